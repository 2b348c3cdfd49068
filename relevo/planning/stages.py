"""Stages: how large the company is decides what is shown, what is refused and why.

Five stages by headcount of the whole company. A company does not change stage with every joiner and leaver: three
month ends in a row on the other side of a limit are needed. The limits are defaults with their source, not laws.
Source: the five headcount stages of the article on customer success by company size (rows S3-02, S3-67).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from relevo.base.periods import last_day, month_of

# The last headcount of stages 1 to 4; above the last one is stage 5.
LIMITS = (5, 20, 100, 250)
MONTHS_TO_CHANGE = 3


# From these stages on figures of work are told by team, and by person (rows S3-24, S3-52; tension T04).
TEAMS_FROM, PERSONS_FROM = 3, 5


@dataclass(frozen=True)
class Stage:
    """The stage in force: 1 to 5, or None while no headcount is known; since when; the headcount last known."""

    number: int | None
    since: date | None
    employees: int | None


UNKNOWN = Stage(None, None, None)


def begins_above(number: int, limits: Sequence[int] = LIMITS) -> int:
    """The headcount above which a stage begins; 0 for the first."""
    return limits[number - 2] if number > 1 else 0


def size_of(employees: int, limits: Sequence[int] = LIMITS) -> int:
    """The stage a headcount alone speaks for."""
    return 1 + sum(employees > limit for limit in limits)


def stage(headcount: Iterable[tuple[date, int]], as_of: date, limits: Sequence[int] = LIMITS) -> Stage:
    """The stage on a day from dated headcounts, with three month ends in a row needed for a change.

    The first known headcount sets the first stage at once. A jump over several limits goes as far as all three month
    ends agree on.
    """
    known = sorted((day, n) for day, n in headcount if day <= as_of)
    if not known:
        return UNKNOWN
    number, since = size_of(known[0][1], limits), known[0][0]
    recent: list[int] = []
    for month in range(month_of(known[0][0]), month_of(as_of) + 1):
        end = last_day(month)
        if end > as_of:
            break
        recent = [*recent, size_of(_last_known(known, end), limits)][-MONTHS_TO_CHANGE:]
        moved = _agreed(recent, number)
        if moved != number:
            number, since = moved, end
    return Stage(number, since, known[-1][1])


def _last_known(known: Sequence[tuple[date, int]], day: date) -> int:
    return max((each for each in known if each[0] <= day), key=lambda each: each[0])[1]


def _agreed(recent: Sequence[int], now: int) -> int:
    """The stage that all recent month ends allow a move to; the present one where they do not agree."""
    if len(recent) < MONTHS_TO_CHANGE:
        return now
    if min(recent) > now:
        return min(recent)
    return max(recent) if max(recent) < now else now


def is_locked(from_stage: int, current: Stage) -> bool:
    """Whether something that belongs to a later stage is locked; nothing is while the stage is unknown."""
    return current.number is not None and current.number < from_stage
