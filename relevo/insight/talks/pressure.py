"""Whether the team can carry what comes: a gauge by month, and the weeks in which customers got less of its time.

Both look at what arrives and not at how long customers wait: load shows before waits grow (rows S0-10 and S0-43).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, variance

from relevo.insight.talks.stretches import Stretch
from relevo.measures.estimators.beta import student_t95

# Nobody answers customers in every minute of a shift: the usual bound is 75 to 85 %. A default to be edited.
OCCUPANCY = 0.85
# Where no shifts are known, a week is heavy that brings so much more per colleague than the middle one.
MUCH_MORE = 1.25


@dataclass(frozen=True)
class Gauge:
    """One month: active customers, colleagues who replied, and how much of their time is asked for.

    `level` is calm up to the occupancy that can be kept up, tight above it, over above all there is; None where no
    shifts are known.
    """

    month: Stretch
    customers: int

    @property
    def customers_per_person(self) -> float | None:
        """Active customers per colleague who replied."""
        return self.customers / self.month.people if self.month.people else None

    @property
    def level(self) -> str | None:
        """How much is asked for: calm, tight or over."""
        asked = self.month.utilisation
        if asked is None:
            return None
        return "calm" if asked <= OCCUPANCY else "tight" if asked <= 1 else "over"


@dataclass(frozen=True)
class Week:
    """A week and whether more came than could be done: by the hours there were, or than usual for so many people."""

    stretch: Stretch
    is_overloaded: bool


@dataclass(frozen=True)
class Contrast:
    """Minutes per customer in overloaded weeks and in the others, and the difference with its 95 % interval.

    The interval is Welch's; all three are None with fewer than two weeks of a kind. An association: what overloads a
    week may also be what customers write about.
    """

    overloaded: int
    others: int
    with_overload: float | None
    without: float | None
    difference: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Pressure:
    """Weeks in order, and what overload goes with; `by_shifts` says whether it is judged by hours on shift."""

    weeks: tuple[Week, ...]
    contrast: Contrast
    by_shifts: bool


def pressure(stretches: Sequence[Stretch]) -> Pressure:
    """The weeks that are over, with overloaded ones marked."""
    over = [each for each in stretches if each.is_over]
    by_shifts = any(each.available for each in over)
    usual = median([each.arriving / each.people for each in over if each.people] or [0.0])
    weeks = tuple(Week(each, _is_overloaded(each, by_shifts, usual)) for each in over)
    known = [(w.is_overloaded, w.stretch.per_customer) for w in weeks if w.stretch.per_customer is not None]
    parts = [[minutes for marked, minutes in known if marked is kind and minutes is not None] for kind in (True, False)]
    return Pressure(weeks, contrast(*parts), by_shifts)


def _is_overloaded(week: Stretch, by_shifts: bool, usual: float) -> bool:
    if by_shifts:
        return (week.utilisation or 0.0) > OCCUPANCY
    return bool(week.people) and week.arriving / week.people > MUCH_MORE * usual


def contrast(overloaded: Sequence[float], others: Sequence[float]) -> Contrast:
    """How minutes per customer differ between two kinds of weeks (Welch 1947)."""
    means = [fmean(values) if values else None for values in (overloaded, others)]
    if min(len(overloaded), len(others)) < 2 or means[0] is None or means[1] is None:
        return Contrast(len(overloaded), len(others), means[0], means[1], None, None, None)
    parts = [(variance(values) / len(values), len(values) - 1) for values in (overloaded, others)]
    whole = sum(part for part, _ in parts)
    difference = means[0] - means[1]
    free = whole**2 / sum(part**2 / n for part, n in parts) if whole else 1.0
    half = student_t95(max(int(free), 1)) * sqrt(whole)
    return Contrast(len(overloaded), len(others), means[0], means[1], difference, difference - half, difference + half)


def gauges(months: Sequence[Stretch], customers: Sequence[int]) -> tuple[Gauge, ...]:
    """The gauge of each month, with the customers that were active then."""
    return tuple(Gauge(month, active) for month, active in zip(months, customers, strict=True))
