"""Weeks of a window, and the hours in which people were there to answer: shifts without absences."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import ibis
import ibis.expr.types as ir

from relevo.base.business_time import offsets
from relevo.base.periods import day_in, end_of_day_utc
from relevo.book.schema import Tables
from relevo.measures.card import Frame

_DAY = 86_400


def weeks_of(begins: datetime, until: datetime, timezone: str) -> tuple[datetime, ...]:
    """The first instants of the weeks that a window touches, Mondays in the company's time zone, in UTC."""
    first = day_in(begins, timezone)
    monday = first - timedelta(days=first.weekday())
    found = []
    while (starts := starts_at(monday, timezone)) < until:
        found.append(starts)
        monday += timedelta(days=7)
    return tuple(found)


def starts_at(day: date, timezone: str) -> datetime:
    """The first instant of a day in a time zone: UTC without saying so."""
    return end_of_day_utc(day - timedelta(days=1), timezone).replace(tzinfo=None)


def place_among(at: ir.Value, starts: Sequence[datetime] | Sequence[int]) -> ir.IntegerValue:
    """How many of the given instants have come by an instant, less one: the number of the week it lies in, from 0.

    Instants are timestamps on both sides, or seconds.
    """
    places = ibis.literal(-1, "int64")
    for start in starts:
        places = places + ibis.ifelse(at >= start, ibis.literal(1, "int64"), ibis.literal(0, "int64"))
    return places


def seconds(at: datetime) -> int:
    """An instant of the book, which is UTC without saying so, in seconds."""
    return int(at.replace(tzinfo=UTC).timestamp())


def on_shift(tables: Tables, frame: Frame, begins: datetime) -> ir.Table:
    """Shifts within a window, without those that begin on a day of absence: person_id, and both ends in seconds.

    Days are those of the company's time zone.
    """
    shift, absence = tables.shift, tables.absence
    begun = shift.from_at.epoch_seconds().cast("int64")
    local = begun + _ahead(begun, begins, frame)
    rows = shift.filter((shift.from_at < frame.until) & (shift.to_at > begins)).select(
        "person_id", since=ibis.greatest(begun, seconds(begins)),
        until=ibis.least(shift.to_at.epoch_seconds().cast("int64"), seconds(frame.until)),
        day=((local - local % _DAY) / _DAY).round().cast("int64"),  # portable: the division is exact
    )  # fmt: skip
    epoch = ibis.literal(date(1970, 1, 1))
    off = absence.select(
        who="person_id", from_day=absence.from_on.delta(epoch, unit="day").cast("int64"),
        to_day=absence.to_on.delta(epoch, unit="day").cast("int64"),
    )  # fmt: skip
    is_off = (rows.person_id == off.who) & (rows.day >= off.from_day) & (rows.day < off.to_day)
    return rows.anti_join(off, is_off).filter(lambda t: t.until > t.since)


def _ahead(at: ir.IntegerValue, begins: datetime, frame: Frame) -> ir.IntegerValue:
    """Seconds by which the company's clock is ahead of UTC in seconds of a window, and of the day before it."""
    first, *later = offsets(frame.timezone, seconds(begins) - _DAY, seconds(frame.until))
    changes = ((at >= from_s, offset) for from_s, _, offset in reversed(later))
    return ibis.cases(*changes, else_=first[2]) if later else ibis.literal(first[2], "int64")


def available(tables: Tables, frame: Frame, begins: datetime) -> ir.Table:
    """Seconds on shift and not absent within a window, per person who had any."""
    rows = on_shift(tables, frame, begins)
    return rows.group_by("person_id").aggregate(seconds=(rows.until - rows.since).sum().cast("int64"))
