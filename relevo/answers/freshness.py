"""How old each source is, and which have not been loaded for longer than one would expect of them."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from relevo.answers.reading import Reading
from relevo.base.config import Home
from relevo.book.landing import Landing
from relevo.book.landing_store import OWN_SOURCE

# Without a habit of its own a source is expected to come within two days: a weekend is no alarm.
LONGEST = timedelta(days=2)
# So many loads make a habit.
_HABIT = 3
_SAME = timedelta(minutes=1)


@dataclass(frozen=True)
class SourceAge:
    """A source: when it was last loaded, how long ago, its usual interval (None without a habit), and what it is given.

    `allowed` is the usual interval, at least two days.
    """

    source: str
    loaded_at: datetime
    age: timedelta
    usual: timedelta | None
    allowed: timedelta

    @property
    def is_stale(self) -> bool:
        """Whether it is older than it may be; the Desk is silent while nobody decides anything."""
        return self.source != OWN_SOURCE and self.age > self.allowed


@dataclass(frozen=True)
class StaleSource:
    """A source that is late: when it was last loaded, and how long it was given."""

    source: str
    loaded_at: datetime
    allowed: timedelta


def source_ages(reading: Reading, home: Home, now: datetime) -> tuple[SourceAge, ...]:  # noqa: ARG001 - see below
    """Every source that something was loaded from, the oldest first.

    What was loaded is no secret in the company: every viewer is told the same.
    """
    times: dict[str, list[datetime]] = defaultdict(list)
    for load in Landing(home.landing).loads():
        if load.table is not None:
            times[load.source].append(load.at)
    ages = (_age(source, sorted(at), now) for source, at in times.items())
    return tuple(sorted(ages, key=lambda each: (each.loaded_at, each.source)))


def stale_sources(reading: Reading, home: Home, now: datetime) -> tuple[StaleSource, ...]:
    """Sources whose last load is longer ago than their usual interval, and than two days; the oldest first."""
    late = (each for each in source_ages(reading, home, now) if each.is_stale)
    return tuple(StaleSource(each.source, each.loaded_at, each.allowed) for each in late)


def _age(source: str, times: list[datetime], now: datetime) -> SourceAge:
    usual = _usual(times)
    return SourceAge(source, times[-1], now - times[-1], usual, max(LONGEST, usual or LONGEST))


def _usual(times: list[datetime]) -> timedelta | None:
    """The usual time between two loads; files of one load come within a minute."""
    gaps = sorted(b - a for a, b in pairwise(times) if b - a > _SAME)
    return None if len(gaps) < _HABIT - 1 else gaps[len(gaps) // 2]
