"""One customer's timeline across all systems, with what colleagues wrote down here; filtered by kind, person and words.

Two clocks: lines of the systems are as of the book, notes are as of now. Each line says which it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from relevo.answers.customers import customer_card
from relevo.answers.holding import shown_name
from relevo.answers.notes import NoteLine, customer_notes
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.base.periods import day_in, month_of, month_text
from relevo.book.remembering import Remembered
from relevo.insight.lines import conversations
from relevo.insight.timeline import Happening, timeline

PAGE = 50
# The kind of lines that colleagues wrote down here.
DESK = "desk"
# Kinds of lines, and codes of others, that repeat what a customer said or was told.
SAID = (conversations.KIND, conversations.VOICE)
SAID_IN = ("cancellation", "touch.", "promise.", "fit.")
# Whoever reads a customer soon narrows its timeline or asks for the rest of it.
_TOLD: Remembered[tuple["Line", ...]] = Remembered(256)


@dataclass(frozen=True)
class TimelineAsk:
    """Which lines: of any of the kinds (all where none is named), of a colleague, with words in them, from a place."""

    kinds: tuple[str, ...] = ()
    person: str = ""
    text: str = ""
    offset: int = 0
    limit: int | None = PAGE


@dataclass(frozen=True)
class Line:
    """One line of the timeline with the name of the colleague it names.

    `filed_at` is when a note was written down, in UTC; None for lines of the book.
    """

    happening: Happening
    who: str | None
    filed_at: datetime | None = None
    note: int | None = None


@dataclass(frozen=True)
class Timeline:
    """A page of lines, newest first. `kinds` and `people` are those that occur, `found` counts what was asked for."""

    ask: TimelineAsk
    lines: tuple[Line, ...]
    found: int
    kinds: tuple[str, ...]
    people: tuple[str, ...]
    timezone: str
    reads_conversations: bool
    sees_money: bool
    last_month_before: str | None

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins; None on the last one."""
        shown = self.ask.offset + len(self.lines)
        return shown if self.lines and shown < self.found else None


def customer_timeline(
    reading: Reading, customer_id: str, ask: TimelineAsk = TimelineAsk(), timezone: str | None = None
) -> Timeline:
    """The timeline of a customer whom the viewer may see (NotFound otherwise), in a time zone, else the company's."""
    customer_card(reading, customer_id)
    viewer, zone = reading.viewer, timezone or reading.company_book.company.timezone
    lines = _all_lines(reading, customer_id)
    matching = [line for line in lines if _matches(line, ask)] if ask.kinds or ask.person or ask.text else lines
    end = None if ask.limit is None else ask.offset + ask.limit
    before = matching[ask.offset - 1] if 0 < ask.offset <= len(matching) else None
    return Timeline(
        ask=ask,
        lines=tuple(matching[ask.offset : end]),
        found=len(matching),
        kinds=tuple(sorted({line.happening.kind for line in lines})),
        people=tuple(sorted({line.who for line in lines if line.who})),
        timezone=zone,
        reads_conversations=viewer.reads_conversations_of(customer_id),
        sees_money=viewer.sees_money_of(customer_id),
        last_month_before=_month(before.happening, zone) if before else None,
    )


def _all_lines(reading: Reading, customer_id: str) -> list[Line]:
    viewer = reading.viewer
    sees_money, reads = viewer.sees_money_of(customer_id), viewer.reads_conversations_of(customer_id)
    about = customer_id, sees_money, reads
    told = _TOLD.get(
        reading.company_book, about, lambda: _told(reading, customer_id, sees_money=sees_money, reads=reads)
    )
    notes = [_note_line(note) for note in customer_notes(reading, customer_id)]
    return sorted((*notes, *told), key=lambda line: line.happening.at, reverse=True) if notes else list(told)


def _told(reading: Reading, customer_id: str, *, sees_money: bool, reads: bool) -> tuple[Line, ...]:
    # The viewer may see this customer, so its rows are read from the whole book: one plan serves every viewer.
    names = names_of_people(reading)
    known = (_visible(h, sees_money=sees_money, reads=reads) for h in timeline(reading.company_book, customer_id))
    return tuple(Line(h, shown_name(names, h.who) if h.who else None) for h in known)


def _note_line(note: NoteLine) -> Line:
    at = note.happened_at.astimezone(UTC).replace(tzinfo=None)
    happened = Happening(
        at, is_day=False, kind=DESK, code=f"note.{note.kind}", what=note.text, who=None,
        amount=None, currency=None, number=None, url=None,
    )  # fmt: skip
    return Line(happened, note.author, note.filed_at, note.id)


def _visible(happening: Happening, *, sees_money: bool, reads: bool) -> Happening:
    """A line without its amount, or without the words of a customer, for who may not see them."""
    if not sees_money:
        happening = replace(happening, amount=None, currency=None)
    is_said = happening.kind in SAID or happening.code.startswith(SAID_IN)
    return replace(happening, what=None, url=None) if is_said and not reads else happening


def _matches(line: Line, ask: TimelineAsk) -> bool:
    told = f"{line.happening.what or ''}\n{line.who or ''}".casefold()
    return (
        (not ask.kinds or line.happening.kind in ask.kinds)
        and ask.person in ("", line.who)
        and _has_all(told, ask.text.casefold().split())
    )


def _has_all(told: str, words: Iterable[str]) -> bool:
    return all(word in told for word in words)


def _month(happening: Happening, zone: str) -> str:
    """The month in which a line falls on the clock of a time zone, as YYYY-MM."""
    return month_text(month_of(happening.at.date() if happening.is_day else day_in(happening.at, zone)))
