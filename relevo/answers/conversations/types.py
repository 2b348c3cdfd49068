"""Types of work: what takes the time, how often customers write about what, and why that changed within a year."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relevo.answers.conversations.steps import DriverRow, Volume, comparable, whole_steps
from relevo.answers.conversations.tiles import YEAR
from relevo.answers.conversations.told import Lock, measure_lock
from relevo.answers.measures import Ask, MeasureAnswer, show
from relevo.answers.reading import Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import Sentence, count, rate, text
from relevo.base.errors import WrongUse
from relevo.base.periods import month_text
from relevo.book.remembering import Remembered
from relevo.insight.talks.complexity import Complexity, Month, complexity
from relevo.insight.talks.contact_rows import contacts_of
from relevo.insight.talks.contacts import Change, Contacts, change, whole
from relevo.insight.talks.one_touch import OneTouch, one_touch

__all__ = [
    "Change",
    "Complexity",
    "DriverRow",
    "Month",
    "OneTouch",
    "TypeRow",
    "TypesPage",
    "Volume",
    "comparable",
    "types_page",
]
SEGMENT = "segment"
# A year and a month to compare with, and the open month of the book's day.
_MONTHS = YEAR + 2
_CONTACTS: Remembered[Mapping[int, Contacts]] = Remembered(4)
_TOUCHES: Remembered[OneTouch] = Remembered(4)
_COMPLEXITY: Remembered[Complexity] = Remembered(4)


@dataclass(frozen=True)
class TypeRow:
    """A category of the last three months; figures are None where too few customers are behind them."""

    category: str
    conversations: int | None
    minutes: int | None
    share: float | None
    per_100: float | None


@dataclass(frozen=True)
class TypesPage:
    """The page; `lock` says from which stage on it is shown, and everything else is empty then.

    `segment` is the one shown, '' for all, and `segments` are those that can be asked for. What one reply solves, and
    whether cases take more than a year ago, are of the whole company.
    """

    stamp: Stamp
    lock: Lock | None
    sentence: Sentence
    types: MeasureAnswer | None
    rows: tuple[TypeRow, ...]
    segment: str
    segments: tuple[str, ...]
    volume: Volume | None
    one_touch: OneTouch | None = None
    complexity: Complexity | None = None

    @property
    def has_any(self) -> bool:
        """Whether any conversation began in the window."""
        return any(row.conversations for row in self.rows) or bool(self.segment)


def types_page(reading: Reading, segment: str = "") -> TypesPage:
    """The page of types, of all customers or one segment; WrongUse for a segment that nobody is in.

    NotReady before the first book.
    """
    lock = measure_lock(reading, "work_types")
    if lock:
        return TypesPage(stamp(reading), lock, Sentence("types.locked"), None, (), "", (), None)
    book = reading.company_book
    contacts = _CONTACTS.get(book, "contacts", lambda: contacts_of(book, _MONTHS))
    segments = tuple(sorted({name for each in contacts.values() for name in each.customers}))
    if segment and segment not in segments:
        raise WrongUse(f"No customer is in the segment {segment[:40]!r}.", f"Known: {', '.join(segments)}.")
    types = show(reading, "work_types", Ask(where=((SEGMENT, segment),) if segment else ()))
    rows = tuple(_row(row) for row in types.rows)
    return TypesPage(
        stamp=stamp(reading),
        lock=None,
        sentence=_sentence(rows),
        types=types,
        rows=rows,
        segment=segment,
        segments=segments,
        volume=_volume(contacts, book.last_complete_month),
        one_touch=_TOUCHES.get(book, "touch", lambda: one_touch(book)),
        complexity=_COMPLEXITY.get(book, "months", lambda: complexity(book)),
    )


def _row(row: Mapping[str, Any]) -> TypeRow:
    return TypeRow(str(row["category"]), row["conversations"], row["minutes"], row["share"], row["per_100_customers"])


def _sentence(rows: tuple[TypeRow, ...]) -> Sentence:
    """What takes most of the time, beside how many of the conversations it is."""
    known = [row for row in rows if row.share is not None]
    if not known:
        return Sentence("types.none")
    most = max(known, key=lambda row: (row.share or 0.0, row.category))
    whole_of = sum(row.conversations or 0 for row in rows)
    part = (most.conversations or 0) / whole_of if whole_of else None
    return Sentence("types.most", {
        "category": text(most.category), "share": rate(most.share), "part": rate(part), "n": count(whole_of),
    })  # fmt: skip


def _volume(contacts: Mapping[int, Contacts], last: int) -> Volume | None:
    """The last complete month against the same one a year before, or the earliest with contacts; None without one."""
    months = sorted(m for m in contacts if m <= last and (contacts[m].contacts or contacts[m].others))
    if len(months) < 2 or months[-1] != last:
        return None
    since = last - YEAR if last - YEAR in months else months[0]
    before, after = contacts[since], contacts[last]
    parts = change(before, after)
    total = whole(parts)
    drivers = tuple(DriverRow(each, before.per_100(each.driver), after.per_100(each.driver)) for each in parts)
    steps = whole_steps(total)
    return Volume(month_text(since), month_text(last), total.before, total.after, steps, drivers)
