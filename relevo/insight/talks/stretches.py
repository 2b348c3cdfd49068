"""Weeks and months of conversations: what came, what was done, by how many, and how many hours there were for it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import fsum
from typing import Any

import ibis.expr.types as ir

from relevo.base.periods import day_in, first_day, month_of
from relevo.book.book import Book
from relevo.book.schema import Tables
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask, Frame
from relevo.measures.support.effort import ARRIVAL, Effort, cell_of, effort_of, finished, window_begins
from relevo.measures.support.hours import on_shift, place_among, seconds, starts_at, weeks_of
from relevo.measures.support.load import LOAD

HOUR_MINUTES = 60


@dataclass(frozen=True)
class Stretch:
    """A week or a month of conversations.

    `arriving` is the minutes that what began then was to be expected to take, `spent` those of the replies written
    then, measured or estimated; `helped` are customers and `people` colleagues of those replies. `available` is
    minutes on shift without absences; None where nobody's shifts are known. `touches` are calls, meetings, mails and
    visits outside the help desk. `is_over` says that it had ended by the as-of day.
    """

    begins_on: date
    days: int
    conversations: int
    arriving: float
    spent: float
    helped: int
    people: int
    available: float | None
    touches: int
    is_over: bool

    @property
    def utilisation(self) -> float | None:
        """Expected minutes of what came over the minutes there were; None where none are known."""
        return self.arriving / self.available if self.available else None

    @property
    def per_customer(self) -> float | None:
        """Minutes spent per customer helped; None where nobody was."""
        return self.spent / self.helped if self.helped else None

    @property
    def hours_per_person_week(self) -> float | None:
        """Hours spent in replies per colleague and week; None where nobody replied."""
        return self.spent / HOUR_MINUTES / self.people / (self.days / 7) if self.people else None


@dataclass(frozen=True)
class Stretches:
    """Weeks or months in order, and how their minutes are known.

    `measured` is the part of minutes that systems measured (None without any); the rest are estimates by replies.
    """

    found: tuple[Stretch, ...]
    measured: float | None


def weeks(book: Book, months: int = 6) -> Stretches:
    """The weeks of the months that end with the as-of day's, from Monday on."""
    frame = _frame(book, months)
    begun = [day_in(at, frame.timezone) for at in weeks_of(window_begins(frame), frame.until, frame.timezone)]
    return _stretches(book, frame, (*begun, begun[-1] + timedelta(days=7)))


def months(book: Book, many: int = 12) -> Stretches:
    """The months that end with the as-of day's."""
    last = month_of(book.as_of)
    return _stretches(book, _frame(book, many), tuple(first_day(m) for m in range(last - many + 1, last + 2)))


def _frame(book: Book, many: int) -> Frame:
    return frame_of(book, LOAD.card, Ask(months=many))


def _stretches(book: Book, frame: Frame, borders: Sequence[date]) -> Stretches:
    """The stretches between days."""
    starts = tuple(starts_at(day, frame.timezone) for day in borders)
    came = book.run(arrivals(book.tables, frame, starts)).dicts()
    effort = effort_of(book.run(finished(book.tables, frame)).dicts(), [cell_of(row) for row in came])
    minutes: list[list[float]] = [[] for _ in borders]
    for row in came:
        minutes[row["place"]] += [row["n"] * effort.minutes.get(cell_of(row), 0.0)]
    counts = Counter({place: 0 for place, _ in enumerate(borders)})
    for row in came:
        counts[row["place"]] += row["n"]
    done, there, touched = (
        {row["place"]: row for row in book.run(asked(book.tables, frame, starts)).dicts()}
        for asked in (replied, shifts, touches)
    )
    found = [
        Stretch(
            begins_on=begins, days=(ends - begins).days, conversations=counts[k], arriving=fsum(minutes[k]),
            spent=_spent(done.get(k, _NOTHING), effort), helped=done.get(k, _NOTHING)["helped"],
            people=done.get(k, _NOTHING)["people"], is_over=starts[k + 1] <= frame.until,
            available=there[k]["seconds"] / 60 if k in there else 0.0 if there else None,
            touches=touched[k]["n"] if k in touched else 0,
        )
        for k, (begins, ends) in enumerate(pairwise(borders))
    ]  # fmt: skip
    return Stretches(tuple(found), effort.measured)


_NOTHING = {"helped": 0, "people": 0, "known_s": 0, "rest": 0}


def _spent(row: Mapping[str, Any], effort: Effort) -> float:
    return float(row["known_s"] + effort.seconds * row["rest"]) / 60


def arrivals(tables: Tables, frame: Frame, starts: Sequence[datetime]) -> ir.Table:
    """Conversations that began, per stretch and cell of what was known of them."""
    rows = _placed(tables.episode, "begun_at", frame, starts)
    return rows.group_by(["place", *ARRIVAL]).aggregate(n=rows.count().cast("int64"))


def replied(tables: Tables, frame: Frame, starts: Sequence[datetime]) -> ir.Table:
    """Per stretch: customers helped, colleagues who replied, measured seconds, and replies that nobody measured."""
    rows = _placed(tables.reply, "at", frame, starts)
    return rows.group_by("place").aggregate(
        helped=rows.customer_id.nunique().cast("int64"), people=rows.person_id.nunique().cast("int64"),
        known_s=rows.seconds_spent.sum().fill_null(0).cast("int64"),
        rest=(rows.count() - rows.seconds_spent.count()).cast("int64"),
    )  # fmt: skip


def shifts(tables: Tables, frame: Frame, starts: Sequence[datetime]) -> ir.Table:
    """Seconds on shift of those who work that day, per stretch in which the shift begins."""
    rows = on_shift(tables, frame, starts[0])
    placed = rows.mutate(place=place_among(rows.since, [seconds(at) for at in starts]))
    return placed.group_by("place").aggregate(seconds=(placed.until - placed.since).sum().cast("int64"))


def touches(tables: Tables, frame: Frame, starts: Sequence[datetime]) -> ir.Table:
    """Contacts with customers outside the help desk, per stretch."""
    rows = _placed(tables.touch, "at", frame, starts)
    return rows.group_by("place").aggregate(n=rows.count().cast("int64"))


def _placed(rows: ir.Table, at: str, frame: Frame, starts: Sequence[datetime]) -> ir.Table:
    inside = rows.filter((rows[at] >= starts[0]) & (rows[at] < frame.until))
    return inside.mutate(place=place_among(inside[at], starts))
