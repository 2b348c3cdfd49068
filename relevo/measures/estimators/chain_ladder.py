"""Cohort triangles: the pooled row of what was seen, and the projection of what was not (chain ladder).

A triangle is a list of cohorts, each the amounts at age 0, 1, ... up to the last age at which it could be seen. The
pooled row at a late age knows the oldest cohorts alone; the chain ladder multiplies pooled ratios from age to age, each
over all cohorts that show both, and so does not take the mix of cohorts for a change of retention.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

Amounts = Sequence[float]


@dataclass(frozen=True)
class PooledCell:
    """One age: the share of what the cohorts seen at that age began with, and how many cohorts and how much that is."""

    age: int
    share: float | None
    cohorts: int
    began: float
    kept: float


def pooled_row(triangle: Sequence[Amounts]) -> list[PooledCell]:
    """The total row: kept over began, both over the cohorts that reached the age. What was not seen is in neither."""
    found = []
    for age in range(max(map(len, triangle), default=0)):
        seen = [cohort for cohort in triangle if len(cohort) > age]
        began, kept = sum(c[0] for c in seen), sum(c[age] for c in seen)
        found.append(PooledCell(age, kept / began if began else None, len(seen), began, kept))
    return found


@dataclass(frozen=True)
class Step:
    """From one age to the next: the pooled ratio, over how many cohorts and what amount, and Mack's sigma squared.

    `ratio` is None where no cohort with any amount shows both ages; `variance` is None where fewer than three steps
    could tell it.
    """

    age: int
    ratio: float | None
    cohorts: int
    amount: float
    variance: float | None


@dataclass(frozen=True)
class ProjectedCell:
    """One cohort at one age: seen or projected, with the standard error of the projection; None beyond the steps."""

    age: int
    amount: float | None
    seen: bool
    standard_error: float | None


@dataclass(frozen=True)
class ChainLadder:
    """The steps, the share kept by age that they multiply to (age 0 is 1) with its standard error, every cohort."""

    steps: tuple[Step, ...]
    shares: tuple[float | None, ...]
    share_errors: tuple[float | None, ...]
    cohorts: tuple[tuple[ProjectedCell, ...], ...]


def chain_ladder(triangle: Sequence[Amounts], *, counts: bool = False) -> ChainLadder:
    """Every cohort carried to the last age that any shows; standard errors by Mack 1993, free of a distribution.

    Mack assumes that cohorts are independent and that the step to the next age depends on the last amount alone.
    His sigma of a late step rests on two or three cohorts and is too small as often as not. Where the amounts are
    `counts` of customers that stay or leave, a step's variance is at least theirs, ratio * (1 - ratio).
    """
    steps = _steps(triangle, counts=counts)
    cohorts = tuple(tuple(_projected(cohort, steps)) for cohort in triangle)
    shares, errors = _shares(steps)
    return ChainLadder(steps, shares, errors, cohorts)


def _steps(triangle: Sequence[Amounts], *, counts: bool) -> tuple[Step, ...]:
    found: list[Step] = []
    for age in range(max(map(len, triangle), default=1) - 1):
        pairs = [(c[age], c[age + 1]) for c in triangle if len(c) > age + 1]
        amount = sum(before for before, _ in pairs)
        ratio = sum(after for _, after in pairs) / amount if amount else None
        variance = _variance(pairs, ratio, found)
        if counts and ratio is not None:
            variance = max(variance or 0.0, ratio * (1 - ratio))
        found.append(Step(age, ratio, len(pairs), amount, variance))
    return tuple(found)


def _variance(pairs: Sequence[tuple[float, float]], ratio: float | None, before: Sequence[Step]) -> float | None:
    """Mack's sigma squared; from a single cohort it is carried on from the two steps before, as Mack proposes."""
    moved = [(b, a) for b, a in pairs if b > 0]
    if ratio is None:
        return None
    if len(moved) > 1:
        return sum(b * (a / b - ratio) ** 2 for b, a in moved) / (len(moved) - 1)
    known = [s.variance for s in before[-2:]]
    if len(known) < 2 or known[0] is None or known[1] is None:
        return None
    carried = known[1] ** 2 / known[0] if known[0] else 0.0
    return min(carried, known[0], known[1])


def _projected(cohort: Amounts, steps: Sequence[Step]) -> list[ProjectedCell]:
    cells = [ProjectedCell(age, amount, True, None) for age, amount in enumerate(cohort)]
    amount: float | None = cohort[-1] if cohort else None
    spread: float | None = 0.0
    for step in steps[len(cohort) - 1 :] if cohort else ():
        # The relative variance grows by the step's own noise and by that of its estimated ratio.
        spread = _grown(spread, step, [1 / amount if amount else 0.0, 1 / step.amount if step.amount else 0.0])
        amount = None if amount is None or step.ratio is None else amount * step.ratio
        error = None if amount is None or spread is None else amount * sqrt(spread)
        cells.append(ProjectedCell(step.age + 1, amount, False, error))
    return cells


def _shares(steps: Sequence[Step]) -> tuple[tuple[float | None, ...], tuple[float | None, ...]]:
    shares: list[float | None] = [1.0]
    errors: list[float | None] = [0.0]
    spread: float | None = 0.0
    for step in steps:
        last = shares[-1]
        spread = _grown(spread, step, [1 / step.amount if step.amount else 0.0])
        share = None if last is None or step.ratio is None else last * step.ratio
        shares.append(share)
        errors.append(None if share is None or spread is None else share * sqrt(spread))
    return tuple(shares), tuple(errors)


def _grown(spread: float | None, step: Step, weights: Sequence[float]) -> float | None:
    """The relative variance after a step; unknown from the first step whose own variance is unknown."""
    if spread is None or step.variance is None or not step.ratio:
        return None
    return spread + step.variance / step.ratio**2 * sum(weights)
