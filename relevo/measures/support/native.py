"""How help desks count, from the rows of the book: from creation to a reply, with one schedule for the whole span.

What a tool does is told by its own documentation and by public code that reads its data (support reference, sections 1
and 2); how an account is set up is not known here.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from relevo.base.business_time import Calendar, Spans, open_spans, readings, union
from relevo.book.book import Book
from relevo.book.ledger.hours import EVERYBODY, OF_HOURS, SHIFT, calendars
from relevo.book.schema import Tables
from relevo.measures.card import Frame
from relevo.measures.support.hours import seconds as instant_s
from relevo.measures.support.hours import starts_at
from relevo.measures.support.spells import fell_in, seconds

Numbers = npt.NDArray[np.int64]
# A message that is there within a second of the creation is the one with which somebody created it.
_SAME_S = 1


def talks(tables: Tables, frame: Frame) -> ir.Table:
    """One row per conversation that a human answered in public by the as-of day, as a help desk's clock sees it.

    `opened_s` is its creation and `first_s` the first such reply after it: the second where an agent created it with a
    public message. Both have the period they fall in. `asked_s` is the customer's first message, `free_s` when the
    last bot before the reply had written. `is_ours` is 1 where the company began.
    """
    first = _first_replies(tables, frame)
    bots = tables.message.filter(lambda t: (t.author_kind == "bot") & t.is_public).select(
        on="conversation_id", bot_at="at"
    )
    met = first.inner_join(bots, (first.conversation_id == bots.on) & (bots.bot_at <= first.first_at))
    free = met.group_by("on").aggregate(free_at=met.bot_at.max())
    begun = tables.episode.filter(lambda t: t.episode == 1).select("begun_by", "calendar", of="conversation_id")
    turns = tables.customer_wait.filter(lambda t: t.is_first & (t.episode == 1))
    asked = turns.select("from_at", whose="conversation_id")
    told = (
        first.left_join(begun, first.conversation_id == begun.of)
        .left_join(free, first.conversation_id == free.on)
        .left_join(asked, first.conversation_id == asked.whose)
    )
    return told.select(
        "calendar", opened_s=seconds(told.opened_at), first_s=seconds(told.first_at),
        free_s=seconds(ibis.coalesce(told.free_at, told.opened_at)), opened_in=fell_in(told.opened_at, frame),
        asked_s=seconds(ibis.coalesce(told.from_at, told.opened_at)), first_in=fell_in(told.first_at, frame),
        is_ours=(told.begun_by == "company").cast("int64"),
    )  # fmt: skip


def _first_replies(tables: Tables, frame: Frame) -> ir.Table:
    """Conversations with the instant of their first public reply after the creation."""
    known = tables.conversation.filter(lambda t: t.opened_at < frame.until).select("conversation_id", "opened_at")
    said = tables.reply.filter(lambda t: t["at"] < frame.until).select(talk="conversation_id", at="at")
    both = known.inner_join(said, known.conversation_id == said.talk)
    later = both.filter(seconds(both["at"]) > seconds(both.opened_at) + _SAME_S)
    return later.group_by("conversation_id", "opened_at").aggregate(first_at=later["at"].min())


@dataclass(frozen=True, eq=False)
class Clock:
    """A clock that runs in open hours, read at many instants at once."""

    starts: Numbers
    ends: Numbers
    before: Numbers

    @classmethod
    def of(cls, spans: Spans) -> "Clock":
        """The clock of some open spans."""
        return cls(_whole(s for s, _ in spans), _whole(e for _, e in spans), _whole(readings(spans)))

    def passed(self, start: Numbers, end: Numbers) -> Numbers:
        """Open seconds between instants."""
        return self._shown(end) - self._shown(start)

    def _shown(self, at: Numbers) -> Numbers:
        if not self.starts.size:
            return np.zeros_like(at)
        place = np.searchsorted(self.starts, at, side="right") - 1
        inside = self.before[place] + np.minimum(at, self.ends[place]) - self.starts[place]
        return np.where(place < 0, 0, inside)


def _whole(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, dtype=np.int64)


def schedules(book: Book) -> dict[str, tuple[Calendar, ...]]:
    """The schedules of a book by the name of a calendar, and all of them together; what cannot be read is left out."""
    rows, days = book.tables.schedule.select(*OF_HOURS), book.tables.holiday.select("schedule_id", "on_date")
    found = calendars(book.run(rows).rows, book.run(days).rows)
    return {**found, EVERYBODY: tuple(each for zones in found.values() for each in zones)}


def at_the_moment(calendars: Sequence[Calendar], start: Numbers, end: Numbers) -> Numbers:
    """Open seconds of spans where the hours in force at a span's end are those of the whole span (Zendesk native)."""
    took = np.zeros_like(start)
    edges = _changes(calendars)
    number = np.searchsorted(_whole(edges), end, side="right")
    for place in np.unique(number):
        mine = number == place
        moment = edges[place - 1] if place else (edges[0] - 1 if edges else int(end[0]))
        days = tuple(datetime.fromtimestamp(int(s), UTC).date() for s in (start[mine].min(), end[mine].max()))
        clock = Clock.of(_as_they_were(calendars, moment, days[0] - timedelta(days=2), days[1] + timedelta(days=1)))
        took[mine] = clock.passed(start[mine], end[mine])
    return took


def _changes(calendars: Sequence[Calendar]) -> list[int]:
    """The instants at which the hours change."""
    days = {(day, c.timezone) for c in calendars for h in c.hours for day in (h.valid_from, h.valid_to) if day}
    return sorted({instant_s(starts_at(day, zone)) for day, zone in days})


def _as_they_were(calendars: Sequence[Calendar], moment: int, first: date, last: date) -> Spans:
    """The spans of the hours in force at a moment, as if they always had been."""
    return union(*(open_spans(_always(calendar, moment), first, last) for calendar in calendars))


def _always(calendar: Calendar, moment: int) -> Calendar:
    day = datetime.fromtimestamp(moment, ZoneInfo(calendar.timezone)).date()
    held = (h for h in calendar.hours if (h.valid_from or day) <= day and (h.valid_to is None or day < h.valid_to))
    return replace(calendar, hours=tuple(replace(h, valid_from=None, valid_to=None) for h in held))


def clocks(book: Book) -> Mapping[str, Clock]:
    """The clock of every schedule as the ledger counts: the hours in force at each instant."""
    hours = book.tables.open_hours
    shown = hours.filter(~hours.calendar.startswith(SHIFT)).select("calendar", "from_s", "to_s")
    spans: dict[str, list[tuple[int, int]]] = {}
    for calendar, from_s, to_s in book.run(shown.order_by("calendar", "from_s")).rows:
        spans.setdefault(calendar, []).append((from_s, to_s))
    return {name: Clock.of(tuple(found)) for name, found in spans.items()}
