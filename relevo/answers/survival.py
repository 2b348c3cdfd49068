"""How long customers stay, as a whole or by any dimension, with what cannot be drawn said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from relevo.answers.measures import MeasureAnswer, show
from relevo.answers.money_slice import choices
from relevo.answers.reading import Reading
from relevo.answers.values import Sentence, count, rate, text
from relevo.measures.card import Ask

YEAR = 12
# Fewer than this and a step of the survival curve is one customer's doing.
FEWEST_AT_RISK = 10
# More lines than this cannot be told apart.
MOST_CURVES = 5
# A difference that chance makes less often than this is called one.
LIKELY_CHANCE = 0.05


@dataclass(frozen=True)
class Curve:
    """The survival of the customers of one value, as far as ten or more could still leave; empty for all of them."""

    value: str
    customers: int
    left: int
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True)
class Survival:
    """Survival by one dimension, `by` empty for all customers together; the largest values are drawn.

    `too_few` had never ten customers at risk, `undrawn` have their lines in the table alone. `chance` is the chance
    of such differences if all left at one pace (log-rank); None where it is not known.
    """

    by: str
    choices: tuple[str, ...]
    answer: MeasureAnswer
    curves: tuple[Curve, ...]
    undrawn: tuple[str, ...]
    too_few: tuple[str, ...]
    chance: float | None
    title: Sentence


def survival(reading: Reading, by: str = "") -> Survival:
    """Survival of all customers, or by a dimension. Refused for a cut by person without the right to see persons."""
    answer = show(reading, "survival", Ask(by=by or None))
    found = sorted(_curves(answer, by), key=lambda c: (-c.customers, c.value))
    drawable = [c for c in found if c.rows]
    drawn = tuple(drawable[:MOST_CURVES])
    chance = _chance(reading, by) if by else None
    return Survival(
        by=by,
        choices=choices(reading),
        answer=answer,
        curves=drawn,
        undrawn=tuple(c.value for c in drawable[MOST_CURVES:]),
        too_few=tuple(c.value for c in found if not c.rows),
        chance=chance,
        title=_compared(drawn, chance) if by else _alone(drawn),
    )


def _curves(answer: MeasureAnswer, by: str) -> list[Curve]:
    values = dict.fromkeys(str(row[by]) if by else "" for row in answer.rows)
    return [_curve(value, [r for r in answer.rows if not by or r[by] == value]) for value in values]


def _curve(value: str, rows: Sequence[Mapping[str, Any]]) -> Curve:
    known = [row for row in rows if row["at_risk"] is not None]
    return Curve(
        value=value,
        customers=max((row["at_risk"] for row in known), default=0),
        left=sum(row["events"] for row in known),
        rows=tuple(row for row in known if row["at_risk"] >= FEWEST_AT_RISK),
    )


def _chance(reading: Reading, by: str) -> float | None:
    rows = show(reading, "survival_compare", Ask(by=by)).rows
    return next((float(row["p"]) for row in rows if row["p"] is not None), None)


def _alone(curves: Sequence[Curve]) -> Sentence:
    if not curves:
        return Sentence("survival.too_early")
    rows = curves[0].rows
    half = next((r for r in rows if r["survival"] <= 0.5), None)
    if half:
        return Sentence("survival.half", {"tenure": count(half["tenure_month"])})
    last = next((r for r in reversed(rows) if r["tenure_month"] <= 2 * YEAR), rows[-1])
    return Sentence("survival.still_here", {"rate": rate(last["survival"]), "tenure": count(last["tenure_month"])})


def _compared(curves: Sequence[Curve], chance: float | None) -> Sentence:
    """The two values that are furthest apart at the latest age up to two years that all of them have reached."""
    if len(curves) < 2:
        return Sentence("survival.not_compared")
    age = min(2 * YEAR, *(int(c.rows[-1]["tenure_month"]) for c in curves))
    at = {c.value: float(_at(c, age)["survival"]) for c in curves}
    best, worst = max(at, key=lambda v: (at[v], v)), min(at, key=lambda v: (at[v], v))
    values = {
        "tenure": count(age), "best": text(best), "best_rate": rate(at[best]), "worst": text(worst),
        "worst_rate": rate(at[worst]),
    }  # fmt: skip
    is_chance = chance is None or chance >= LIKELY_CHANCE
    return Sentence("survival.may_be_chance" if is_chance else "survival.differs", values)


def _at(curve: Curve, age: int) -> Mapping[str, Any]:
    return next(row for row in reversed(curve.rows) if row["tenure_month"] <= age)
