"""Open hours as half-open spans of UTC seconds: business time, shifts and pauses, for any zone and any length.

A calendar's hours are local wall hours with validity and holidays. `open_spans` turns them into merged spans of whole
seconds since 1970 in UTC; from there everything is a sum or an intersection of spans, so that no week is special and
nothing is cut off. Between two instants, open time is the difference of two readings of a running sum.

The wall decides where clocks change: an hour that does not exist does not count, an hour that is repeated counts twice.
Definitions: ../shared/reference/support.md, sections 2 and 3.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from hashlib import sha256
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from relevo.base.errors import DataRefused
from relevo.base.periods import day_number

Span = tuple[int, int]
Spans = tuple[Span, ...]

DAY_S = 86_400
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONDAY = 4  # 1970-01-05, the first Monday, is day 4
_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|(24):(00)")
_LOOK_S = 6 * 3600  # no zone has changed its offset twice within so short a time


@dataclass(frozen=True)
class Hours:
    """One row of opening hours: a weekday (0 is Monday), local times HH:MM, and the days on which they hold.

    `closes` may be 24:00; where it is before `opens`, the hours run over midnight into the next day. They hold on
    `valid_from` and no longer on `valid_to`; null is for ever. Raises DataRefused where `unreadable` says why.
    """

    weekday: int
    opens: str
    closes: str
    valid_from: date | None = None
    valid_to: date | None = None

    def __post_init__(self) -> None:
        why = unreadable("UTC", self.opens, self.closes)
        if why or not 0 <= self.weekday < len(WEEKDAYS):
            raise DataRefused(
                why or f"{self.weekday} is not a weekday.",
                "Write weekdays from 0 for Monday to 6, hours as 09:00 to 17:30, and 00:00 to 24:00 for a whole day.",
            )


@dataclass(frozen=True)
class Calendar:
    """The hours of one schedule in an IANA time zone, without its holidays: local days on which no hours begin."""

    name: str
    timezone: str
    hours: tuple[Hours, ...]
    holidays: frozenset[date] = frozenset()

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that differ as soon as anything that decides the hours differs."""
        rows = sorted(f"{h.weekday} {h.opens} {h.closes} {h.valid_from} {h.valid_to}" for h in self.hours)
        days = sorted(day.isoformat() for day in self.holidays)
        return sha256("\n".join((self.timezone, *rows, "closed", *days)).encode()).hexdigest()[:12]


def unreadable(timezone: str, opens: str, closes: str) -> str:
    """Why nobody can tell when these hours are, in one sentence; empty where all is well."""
    if not known_zone(timezone):
        return f"{timezone!r} is no time zone of the IANA list."
    if bad := [text for text in (opens, closes) if not _CLOCK.fullmatch(text)]:
        return f"{bad[0]!r} is no time of day."
    if opens == closes or opens == "24:00":
        return f"Hours from {opens} to {closes} say neither a day nor nothing."
    return ""


@lru_cache
def known_zone(timezone: str) -> bool:
    """Whether the IANA list has a time zone of this name."""
    try:
        ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def open_spans(calendar: Calendar, first_day: date, last_day: date) -> Spans:
    """The open spans of the hours that begin on a local day from `first_day` to `last_day`, both included.

    Hours that begin on the last day may run into the next. Raises DataRefused for a time zone nobody knows.
    """
    if not known_zone(calendar.timezone):
        raise DataRefused(
            f"The hours of {calendar.name!r} are in {calendar.timezone!r}, which is no time zone of the IANA list.",
            "Write a name such as Europe/Madrid.",
        )
    local = _merged(_local(calendar, day_number(first_day), day_number(last_day)))
    if not local:
        return ()
    found: list[Span] = []
    for from_s, to_s, offset in offsets(calendar.timezone, local[0][0] - DAY_S, local[-1][1] + DAY_S):
        wall = _between(local, from_s + offset, to_s + offset)
        found.extend((start - offset, end - offset) for start, end in wall)
    return _merged(found)


def union(*spans: Spans) -> Spans:
    """The time in which at least one of several is open."""
    return _merged(span for each in spans for span in each)


def within(spans: Spans, others: Spans) -> Spans:
    """The time in which both are open: hours within a shift, a pause within hours."""
    both: list[Span] = []
    mine = theirs = 0
    while mine < len(spans) and theirs < len(others):
        start = max(spans[mine][0], others[theirs][0])
        end = min(spans[mine][1], others[theirs][1])
        if start < end:
            both.append((start, end))
        if spans[mine][1] <= others[theirs][1]:
            mine += 1
        else:
            theirs += 1
    return tuple(both)


def readings(spans: Spans) -> tuple[int, ...]:
    """Open seconds before each span: what a clock that runs only in open hours shows at its beginning."""
    return tuple(accumulate((end - start for start, end in spans[:-1]), initial=0))[: len(spans)]


def open_seconds(spans: Spans, start_s: int, end_s: int, before: Sequence[int] | None = None) -> int:
    """Open seconds in [start_s, end_s); negative where the end is before the start.

    `before` are the `readings` of the spans, given by who asks many times. The published cases BT pass through it; the
    ledger and waits_compat read the same running sum in SQL and by columns.
    """
    sums = readings(spans) if before is None else before
    return _reading(spans, sums, end_s) - _reading(spans, sums, start_s)


def due(spans: Spans, start_s: int, target_s: int) -> int:
    """The first instant at which `target_s` open seconds have passed since `start_s`.

    What lands on closing time is due at closing time; a second more is due after the next opening. A target of 0 is
    due at once. Raises DataRefused where the hours end before. It states the published cases
    BT-01 to BT-07; `waits` compares open seconds with the promise, which is the same.
    """
    if target_s <= 0:
        return start_s
    sums = readings(spans)
    wanted = _reading(spans, sums, start_s) + target_s
    at = bisect_left(sums, wanted) - 1
    if at < 0 or wanted > sums[at] + spans[at][1] - spans[at][0]:
        start = datetime.fromtimestamp(start_s, UTC).isoformat(sep=" ")
        raise DataRefused(
            f"The open hours end before {target_s} s have passed since {start}.",
            "Make the hours up to a later day, or write hours that hold for longer.",
        )
    return spans[at][0] + wanted - sums[at]


@lru_cache(maxsize=64)
def offsets(timezone: str, from_s: int, to_s: int) -> tuple[tuple[int, int, int], ...]:
    """Runs of UTC seconds in which a known zone keeps one offset: (from, to, seconds that local time is ahead)."""
    zone = ZoneInfo(timezone)
    runs: list[tuple[int, int, int]] = []
    start, offset = from_s, _offset(zone, from_s)
    for before, at in pairwise((*range(from_s, to_s, _LOOK_S), to_s)):
        if (new := _offset(zone, at)) != offset:
            change = _change(zone, before, at)
            runs.append((start, change, offset))
            start, offset = change, new
    return (*runs, (start, to_s, offset))


def _reading(spans: Spans, sums: Sequence[int], at_s: int) -> int:
    number = bisect_right(spans, at_s, key=lambda span: span[0]) - 1
    if number < 0:
        return 0
    return sums[number] + min(at_s, spans[number][1]) - spans[number][0]


def _local(calendar: Calendar, first: int, last: int) -> Iterable[Span]:
    """Spans of the wall clock, in seconds as if it were UTC."""
    closed = {day_number(day) for day in calendar.holidays}
    for hours in calendar.hours:
        opens, closes = _seconds(hours.opens), _seconds(hours.closes)
        length = closes - opens if closes > opens else closes - opens + DAY_S
        start = first if hours.valid_from is None else max(first, day_number(hours.valid_from))
        stop = last + 1 if hours.valid_to is None else min(last + 1, day_number(hours.valid_to))
        for day in range(start + (hours.weekday + _MONDAY - start) % 7, stop, 7):
            if day not in closed:
                yield day * DAY_S + opens, day * DAY_S + opens + length


def _seconds(text: str) -> int:
    return int(text[:2]) * 3600 + int(text[3:]) * 60


def _merged(spans: Iterable[Span]) -> Spans:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        elif start < end:
            merged.append((start, end))
    return tuple(merged)


def _between(spans: Spans, from_s: int, to_s: int) -> Spans:
    """The part of merged spans in [from_s, to_s)."""
    first = bisect_right(spans, from_s, key=lambda span: span[1])
    stop = bisect_left(spans, to_s, key=lambda span: span[0])
    return tuple((max(start, from_s), min(end, to_s)) for start, end in spans[first:stop])


def _change(zone: ZoneInfo, before: int, after: int) -> int:
    """The second at which the offset changes between two instants."""
    old = _offset(zone, before)
    while after - before > 1:
        middle = (before + after) // 2
        before, after = (middle, after) if _offset(zone, middle) == old else (before, middle)
    return after


def _offset(zone: ZoneInfo, at_s: int) -> int:
    offset = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=at_s)).astimezone(zone).utcoffset()
    return int((offset or timedelta()).total_seconds())
