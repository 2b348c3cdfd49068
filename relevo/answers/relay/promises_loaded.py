"""Promises that files brought, as the book knows them: columns made once per book, and the rows that a page shows.

What was written down on the Desk comes into the book with the next build under ids such as `relevo:17`; it is told from
the Desk alone and left out here.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relevo.answers.reading import Ids, Reading
from relevo.answers.viewers import HERE
from relevo.base.periods import end_of_day_utc
from relevo.book.book import Book
from relevo.book.engine import quoted
from relevo.book.remembering import Remembered
from relevo.desk.relay.ledger import SOON
from relevo.desk.relay.promises import ProductState, Standing

Mask = NDArray[np.bool_]
Places = NDArray[np.int64]
STANDINGS, STATES = tuple(Standing), tuple(ProductState)
_NEVER = np.iinfo(np.int64).max
_LOADED: Remembered["Loaded"] = Remembered(2)
# The rows of pages that were looked at before.
_ROWS_KEPT: Remembered[Mapping[str, Mapping[str, Any]]] = Remembered(64)
_COLUMNS = """
    SELECT promise_id, customer_id, coalesce(person_id, ''), product_state, issue_id IS NOT NULL, due_on,
        epoch_us(made_at), epoch_us(kept_at), epoch_us(broken_at)
    FROM promise WHERE made_at < {until} AND NOT starts_with(promise_id, {here}) ORDER BY made_at DESC, promise_id
"""
_ROWS = """
    SELECT p.promise_id, p.customer_id, coalesce(p.deal_id, '') AS deal_id, coalesce(p.issue_id, '') AS issue_id,
        coalesce(p.person_id, '') AS person_id, coalesce(k.name, '') AS to_whom, p.made_at, p.text, p.product_state,
        p.due_on, p.accepted_at, p.refused_at, p.kept_at, p.broken_at
    FROM promise p LEFT JOIN contact k USING (contact_id)
"""
# A list of more ids is longer to read for the engine than the whole table.
_MOST_NAMED = 1_000


@dataclass(frozen=True)
class Names:
    """A column of ids: the ones there are, and for each row the place of its own."""

    known: tuple[str, ...]
    place: Places

    @classmethod
    def of(cls, ids: Sequence[str]) -> "Names":
        """The column of some ids."""
        known = {each: i for i, each in enumerate(dict.fromkeys(ids))}
        return cls(tuple(known), np.array([known[each] for each in ids], dtype=np.int64))

    def among(self, wanted: Collection[str]) -> Mask:
        """Which rows have one of some ids."""
        found = np.fromiter((each in wanted for each in self.known), dtype=bool, count=len(self.known))
        return np.asarray(found[self.place])


@dataclass(frozen=True)
class Loaded:
    """Columns of the loaded promises, newest first: days are ordinals (0 for none), moments microseconds in UTC.

    `standing` and `state` are places in STANDINGS and STATES. Standing is that at the end of the book's day.
    """

    as_of: date
    ids: tuple[str, ...]
    customer: Names
    person: Names
    state: NDArray[np.int64]
    has_issue: Mask
    due: NDArray[np.int64]
    made: NDArray[np.int64]
    broken: NDArray[np.int64]
    standing: NDArray[np.int64]

    def seen(self, customers: Ids, persons: Collection[str]) -> Mask:
        """Those made to some customers, None for all of them, or by some persons."""
        if customers is None:
            return np.ones(len(self.ids), dtype=bool)
        return self.customer.among(customers) | self.person.among(persons)

    def about(self, customer_id: str) -> Mask:
        """Those made to one customer."""
        return self.customer.among((customer_id,))

    def by(self, person_id: str) -> Mask:
        """Those made by one person."""
        return self.person.among((person_id,))

    def is_standing(self, standing: Standing) -> Mask:
        """Those that stood so."""
        return np.asarray(self.standing == STANDINGS.index(standing))

    def is_state(self, state: str) -> Mask:
        """Those of which the product could do so much."""
        return np.asarray(self.state == STATES.index(ProductState(state)))

    def due_between(self, first: date | None, last: date | None) -> Mask:
        """Those due on days from one to another; None leaves an end open. What has no day is in none but that."""
        found = np.ones(len(self.ids), dtype=bool) if first is None and last is None else self.due > 0
        if first is not None:
            found &= self.due >= first.toordinal()
        return found if last is None else found & (self.due <= last.toordinal())

    @property
    def red_soon(self) -> Mask:
        """Open ones that no product can keep and no issue will, due within 30 days of the book's day."""
        day = self.as_of.toordinal()
        near = (self.due > day) & (self.due <= day + SOON.days)
        return near & self.is_state(ProductState.ABSENT) & ~self.has_issue & self.is_standing(Standing.OPEN)

    @property
    def persons(self) -> frozenset[str]:
        """Everybody who made one."""
        return frozenset(self.person.known) - {""}

    def standing_at(self, place: int) -> Standing:
        """How one stood."""
        return STANDINGS[int(self.standing[place])]

    def first_due(self, mask: Mask) -> Places:
        """Places of some of them, the one due first first."""
        places = np.flatnonzero(mask)
        return np.asarray(places[np.argsort(self.due[places], kind="stable")])

    def last_due(self, mask: Mask) -> Places:
        """Places of some of them, the one whose day was last first; what has no day by when it was broken, last."""
        places = np.flatnonzero(mask)
        return np.asarray(places[np.lexsort((-self.broken[places], -self.due[places]))])


def loaded_promises(reading: Reading) -> Loaded:
    """The loaded promises of everybody; whoever asks narrows them to what the viewer sees. NotReady without a book."""
    book = reading.company_book
    return _LOADED.get(book, "promises", lambda: _read(book))


def loaded_rows(reading: Reading, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    """The rows of some loaded promises by their id, what came after the book's day left out."""
    if not ids:
        return {}
    book = reading.company_book
    if len(ids) > _MOST_NAMED:
        return _rows(book, ids)
    return _ROWS_KEPT.get(book, tuple(ids), lambda: _rows(book, ids))


def _rows(book: Book, ids: Sequence[str]) -> Mapping[str, Mapping[str, Any]]:
    named = f" WHERE p.promise_id IN ({', '.join(map(quoted, ids))})" if len(ids) <= _MOST_NAMED else ""
    found = book.in_files.run_sql(_ROWS + named).dicts()
    return {row["promise_id"]: _known(row, book.until) for row in found}


def _known(row: Mapping[str, Any], until: datetime) -> Mapping[str, Any]:
    moments = ("made_at", "accepted_at", "refused_at", "kept_at", "broken_at")
    told = {name: row[name].replace(tzinfo=UTC) if row[name] and row[name] < until else None for name in moments}
    return {**row, **told}


def _read(book: Book) -> Loaded:
    sql = _COLUMNS.format(until=quoted(str(book.until)), here=quoted(HERE))
    rows = book.in_files.run_sql(sql).rows
    ids, customers, persons, states, issues, dues, *moments = zip(*rows, strict=True) if rows else ((),) * 9
    due = np.array([day.toordinal() if day else 0 for day in dues], dtype=np.int64)
    made, kept, broken = (np.array([_NEVER if at is None else at for at in each], np.int64) for each in moments)
    return Loaded(
        book.as_of, ids, Names.of(customers), Names.of(persons),
        state=np.array([STATES.index(each) for each in states], dtype=np.int64),
        has_issue=np.array(issues, dtype=bool),
        due=due,
        made=made,
        broken=np.where(broken == _NEVER, 0, broken),
        standing=_standings(book, due, kept, broken),
    )  # fmt: skip


def _standings(book: Book, due: NDArray[np.int64], kept: NDArray[np.int64], broken: NDArray[np.int64]) -> Places:
    """The same rule as that of the measure `promises`, promise by promise."""
    until = _microseconds(book.until.replace(tzinfo=UTC))
    days, place = np.unique(due, return_inverse=True)
    over = np.array([_end(day, book.company.timezone) for day in days], dtype=np.int64)[place]
    is_kept, is_marked = kept < until, broken < until
    is_late = is_kept & ((kept >= over) | (is_marked & (broken < kept)))
    is_broken = ~is_kept & (is_marked | (over <= until))
    conditions = [is_late, is_kept, is_broken]
    names = [Standing.LATE, Standing.KEPT, Standing.BROKEN]
    return np.select(conditions, [STANDINGS.index(name) for name in names], STANDINGS.index(Standing.OPEN))


def _end(day: int, timezone: str) -> int:
    return _microseconds(end_of_day_utc(date.fromordinal(day), timezone)) if day else _NEVER


def _microseconds(at: datetime) -> int:
    return round(at.timestamp()) * 1_000_000
