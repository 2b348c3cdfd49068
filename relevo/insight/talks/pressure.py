"""Whether the team can carry what comes: a gauge by month, and the weeks in which customers got less of its time.

Both look at what arrives and not at how long customers wait: load shows before waits grow (rows S0-10 and S0-43). What
arrives is held against the hours on shift, and also against what is usual for so many of them: replies are only a part
of what fills a shift, so that few teams ever come near all of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, variance

from relevo.insight.talks.stretches import Stretch
from relevo.measures.estimators.beta import student_t95

# Nobody answers customers in every minute of a shift: the usual bound is 75 to 85 %. A default to be edited.
OCCUPANCY = 0.85
# So much more than the middle week or month brings, per hour on shift, is much and is too much; per colleague where no
# shifts are known. Defaults to be edited.
MUCH_MORE, TOO_MUCH = 1.25, 1.5


@dataclass(frozen=True)
class Gauge:
    """One month: active customers, colleagues who replied, and how much of their time is asked for.

    `against_usual` is what came per hour on shift (or colleague) over that of the middle month; None where nobody was
    there.
    """

    month: Stretch
    customers: int
    against_usual: float | None

    @property
    def customers_per_person(self) -> float | None:
        """Active customers per colleague who replied."""
        return self.customers / self.month.people if self.month.people else None

    @property
    def level(self) -> str | None:
        """How much is asked for: calm; tight above the occupancy that can be kept up, or much more than usual; over.

        Over is more than all there is, or too much beside what is usual; None where neither is known.
        """
        asked, usual = self.month.utilisation, self.against_usual
        if asked is None and usual is None:
            return None
        if (asked or 0) > 1 or (usual or 0) > TOO_MUCH:
            return "over"
        return "tight" if (asked or 0) > OCCUPANCY or (usual or 0) > MUCH_MORE else "calm"


@dataclass(frozen=True)
class Week:
    """A week and whether more came than the hours on shift carry, or much more than usual for them."""

    stretch: Stretch
    is_overloaded: bool
    against_usual: float | None


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
    """Weeks in order, and what overload goes with; `by_shifts` says whether they are judged by hours on shift."""

    weeks: tuple[Week, ...]
    contrast: Contrast
    by_shifts: bool


def pressure(stretches: Sequence[Stretch]) -> Pressure:
    """The weeks that are over, with overloaded ones marked."""
    over = [each for each in stretches if each.is_over]
    weeks = tuple(
        Week(each, (each.utilisation or 0) > OCCUPANCY or (usual or 0) > MUCH_MORE, usual)
        for each, usual in zip(over, against_usual(over), strict=True)
    )
    known = [(w.is_overloaded, w.stretch.per_customer) for w in weeks if w.stretch.per_customer is not None]
    parts = [[minutes for marked, minutes in known if marked is kind and minutes is not None] for kind in (True, False)]
    return Pressure(weeks, contrast(*parts), _has_shifts(over))


def against_usual(stretches: Sequence[Stretch]) -> list[float | None]:
    """What came per minute on shift over that of the middle stretch; per colleague where no shifts are known.

    None where nobody was there.
    """
    by_shifts = _has_shifts(stretches)
    there = [each.available if by_shifts else float(each.people) for each in stretches]
    paces = [each.arriving / size if size else None for each, size in zip(stretches, there, strict=True)]
    usual = median([pace for pace in paces if pace is not None] or [0.0])
    return [pace / usual if pace is not None and usual else None for pace in paces]


def _has_shifts(stretches: Sequence[Stretch]) -> bool:
    return any(each.available for each in stretches)


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
    usual = against_usual(months)
    return tuple(Gauge(month, active, held) for month, active, held in zip(months, customers, usual, strict=True))
