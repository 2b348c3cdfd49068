"""What every part of the demo company shares: array types, the calendar, the random streams, the profile.

Times are integers inside: days since 1970-01-01, seconds since 1970-01-01 (UTC), and months counted from the first
month of the company's history. A negative time, person or customer means "none" and is written as null.
"""

import zlib
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from relevo.base.errors import WrongUse
from relevo.base.periods import day_number, first_day, last_day, month_of

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

DAY = 86_400
HOUR = 3_600
REPORTED_MONTHS = 36
EARLY_MONTHS = 12
MONTHS = REPORTED_MONTHS + EARLY_MONTHS
NONE = -1


@dataclass(frozen=True)
class Company:
    """Which truths a company carries; every switch off is a company without any signal."""

    name: str
    sellers_differ: bool
    managers_differ: bool
    has_clawback: bool
    has_signal: bool
    premium_helps: bool = False


COMPANIES = {
    "norte": Company("norte", sellers_differ=True, managers_differ=False, has_clawback=True, has_signal=True),
    "mirror": Company("mirror", sellers_differ=False, managers_differ=True, has_clawback=False, has_signal=True),
    "silent": Company("silent", sellers_differ=False, managers_differ=False, has_clawback=False, has_signal=False),
}


@dataclass(frozen=True)
class Calendar:
    """The months of the company: twelve early ones with the first customers, then the 36 that are reported."""

    starts: Ints
    first_month: int

    @property
    def opens(self) -> int:
        """First day of the 36 reported months."""
        return int(self.starts[EARLY_MONTHS])

    @property
    def end(self) -> int:
        """First day after the last reported month; nothing in the data happens on it or later."""
        return int(self.starts[MONTHS])

    @property
    def end_second(self) -> int:
        """The instant at which everything ends."""
        return self.end * DAY

    def month(self, day: Ints) -> Ints:
        """The company month each day falls in."""
        return np.clip(np.searchsorted(self.starts, day, side="right") - 1, 0, MONTHS - 1)

    def of_year(self, month: Ints) -> Ints:
        """The calendar month 0-11 of company months."""
        return np.asarray((self.first_month + month) % 12, dtype=np.int64)

    def day(self, month: Ints, day_of_month: Ints) -> Ints:
        """The day number of a day (1-28) of a company month, also one after the end."""
        day: Ints = self.starts[np.minimum(month, len(self.starts) - 1)] + day_of_month - 1
        return day


def calendar(ends_on: date) -> Calendar:
    """The calendar that ends on a month's last day; WrongUse if the day is not one."""
    last = month_of(ends_on)
    if ends_on != last_day(last):
        raise WrongUse(
            f"The demo company must end on a month's last day, not on {ends_on}.",
            f"Use {last_day(last)} for that month.",
        )
    first = last - MONTHS + 1
    starts = [day_number(first_day(first + m)) for m in range(2 * MONTHS + 1)]
    return Calendar(np.array(starts, dtype=np.int64), first)


@dataclass(frozen=True)
class Frame:
    """One run: how many customers, which seed, which months, which company."""

    customers: int
    seed: int
    calendar: Calendar
    company: Company

    def stream(self, name: str, part: int = 0) -> np.random.Generator:
        """A random stream of its own for a module, so that adding a module does not shift the others."""
        return np.random.default_rng([self.seed, zlib.crc32(name.encode()), part])


def frame(customers: int, seed: int, ends_on: date, company: str) -> Frame:
    """Check what was asked for and fix it for the run."""
    if company not in COMPANIES:
        raise WrongUse(f"There is no demo company {company!r}.", f"Choose one of {', '.join(COMPANIES)}.")
    if customers < 1:
        raise WrongUse(f"The demo company needs at least one customer, not {customers}.", "Ask for 2000.")
    return Frame(customers, seed, calendar(ends_on), COMPANIES[company])


def choose(rng: np.random.Generator, weights: Floats | list[float], size: int) -> Ints:
    """`size` draws of an index with the given weights."""
    edges = np.cumsum(np.asarray(weights, dtype=np.float64))
    return np.asarray(np.searchsorted(edges / edges[-1], rng.random(size), side="right"), dtype=np.int64)


def choose_rows(rng: np.random.Generator, weights: Floats) -> Ints:
    """One draw of a column index for each row of a matrix of weights."""
    edges = np.cumsum(weights, axis=1)
    drawn = rng.random(len(weights)) * edges[:, -1]
    return np.asarray((edges <= drawn[:, None]).sum(axis=1), dtype=np.int64)


def office_seconds(rng: np.random.Generator, size: int) -> Ints:
    """Seconds into a UTC day, inside 07:00-16:00, so that the day is the same in most offices."""
    return rng.integers(7 * HOUR, 16 * HOUR, size)


def known_until(at: Ints, end: int) -> Ints:
    """The same times, with what lies at or after `end` unknown."""
    return np.where(at < end, at, NONE)
