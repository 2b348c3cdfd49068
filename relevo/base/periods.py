"""Months as integers, and the grains built from them.

A month is `year * 12 + month - 1`: an integer that subtracts, compares and sorts. A day is the number of days since
1970-01-01. Both are counted in the company's time zone; instants are UTC.
"""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from relevo.base.errors import WrongUse

EPOCH = date(1970, 1, 1)
_MONTH = re.compile(r"(\d{4})-(\d{2})")


class Grain(StrEnum):
    """The length of a reporting period."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        """Months in one period of this grain."""
        return {Grain.MONTH: 1, Grain.QUARTER: 3, Grain.YEAR: 12}[self]


def month_of(day: date) -> int:
    """The month index of a calendar day."""
    return day.year * 12 + day.month - 1


def month_text(month: int) -> str:
    """A month index as YYYY-MM."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def parse_month(text: str) -> int:
    """The month index of YYYY-MM; anything else is wrong use."""
    found = _MONTH.fullmatch(text)
    if not found or not 1 <= int(found[2]) <= 12 or int(found[1]) < 1:
        raise WrongUse(f"{text!r} is not a month.", "Write months as YYYY-MM, for example 2026-03.")
    return int(found[1]) * 12 + int(found[2]) - 1


def parse_day(text: str) -> date:
    """The day of YYYY-MM-DD; anything else is wrong use."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(f"{text!r} is not a day.", "Write days as YYYY-MM-DD, for example 2026-03-31.") from None


def first_day(month: int) -> date:
    """The first calendar day of a month."""
    return date(month // 12, month % 12 + 1, 1)


def last_day(month: int) -> date:
    """The last calendar day of a month."""
    return first_day(month + 1) - timedelta(days=1)


def last_complete_month(as_of: date) -> int:
    """The last month whose last day is not after `as_of`."""
    return month_of(as_of + timedelta(days=1)) - 1


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return (day - EPOCH).days


def day_from_number(number: int) -> date:
    """The calendar day of a day number."""
    return EPOCH + timedelta(days=number)


def day_in(at: datetime, timezone: str) -> date:
    """The day on which an instant of the book, UTC without saying so, falls in `timezone`."""
    return at.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone)).date()


def end_of_day_utc(day: date, timezone: str) -> datetime:
    """The UTC instant at which `day` ends in `timezone`; exclusive end of everything 'as of' that day."""
    following = datetime.combine(day + timedelta(days=1), datetime.min.time(), ZoneInfo(timezone))
    return following.astimezone(UTC)


@dataclass(frozen=True)
class Span:
    """A run of months, both ends included."""

    first: int
    last: int

    def months(self) -> range:
        """Every month index of the span in order."""
        return range(self.first, self.last + 1)


def period_ends(span: Span, grain: Grain, fiscal_start: int = 1) -> list[int]:
    """The last months of the periods of `grain` that end inside the span.

    `fiscal_start` is the calendar month (1-12) with which the fiscal year begins.
    """
    offset = fiscal_start - 1
    return [m for m in span.months() if (m + 1 - offset) % grain.months == 0]
