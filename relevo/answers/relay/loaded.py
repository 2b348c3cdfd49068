"""Hand-offs kept elsewhere and loaded from there: read-only here, and as of the book."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from relevo.answers.reading import NotFound, Reading
from relevo.answers.viewers import HERE
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.desk.relay.board import Whose
from relevo.desk.relay.promises import ProductState
from relevo.desk.relay.states import State

# What is confirmed stays on the board for so long.
CONFIRMED_DAYS = 30
_BEGIN = datetime.min.replace(tzinfo=UTC)
_DATES = ("given_at", "returned_at", "accepted_at", "confirmed_at")
_SAME = ("handoff_id", "customer_id", "from_role", "to_role", "from_person_id", "to_person_id", "completeness")


@dataclass(frozen=True, slots=True)
class LoadedLine:
    """A loaded hand-off as the board tells it: since when it stands so, None where no date says."""

    handoff_id: str
    customer_id: str
    from_role: str
    to_role: str
    from_person_id: str | None
    to_person_id: str | None
    completeness: float | None
    state: State
    since: datetime | None
    red: int

    @property
    def place(self) -> tuple[datetime, str]:
        """Where it stands in its column: by its date, then by its id; without a date first."""
        return self.since or _BEGIN, self.handoff_id


# By state, the latest last.
Columns = Mapping[State, tuple[LoadedLine, ...]]
_COLUMNS: Remembered[Columns] = Remembered(16)


def loaded_columns(reading: Reading, whose: Whose) -> Columns:
    """Loaded hand-offs by state, the latest last; made once per book and sight."""
    book = reading.company_book
    every = _COLUMNS.get(book, "every", lambda: _columns(book))
    if whose.customers is None:
        return every
    return _COLUMNS.get(
        book, whose, lambda: {s: tuple(h for h in held if _is_of(h, whose)) for s, held in every.items()}
    )


def line_seen(reading: Reading, handoff_id: str, whose: Whose) -> LoadedLine:
    """One loaded hand-off that the viewer may see; NotFound where there is none, or none that this one may see."""
    for column in loaded_columns(reading, whose).values():
        for line in column:
            if line.handoff_id == handoff_id:
                return line
    raise NotFound(f"There is no loaded hand-off {handoff_id[:80]!r} here.", "Look for it under Hand-offs.")


def _is_of(line: LoadedLine, whose: Whose) -> bool:
    customers = whose.customers or frozenset()
    return line.customer_id in customers or line.from_person_id in whose.persons or line.to_person_id in whose.persons


def _columns(book: Book) -> Columns:
    found: dict[State, list[LoadedLine]] = {state: [] for state in State}
    until = book.until.replace(tzinfo=UTC)
    for row in book.run(_rows(book)).dicts():
        line = _line(row)
        if line.state is not State.CONFIRMED or line.place[0] >= until - timedelta(days=CONFIRMED_DAYS):
            found[line.state].append(line)
    return {state: tuple(sorted(lines, key=lambda line: line.place)) for state, lines in found.items()}


def _rows(book: Book) -> ir.Table:
    """The loaded hand-offs with their dates up to the book's day, and how many red promises go with each."""
    own, promises = book.tables.handoff, book.tables.promise
    held = own.filter(~own.handoff_id.startswith(HERE))
    dated = held.mutate(**{name: ibis.ifelse(held[name] < book.until, held[name], ibis.null()) for name in _DATES})
    bare = promises.filter((promises.product_state == ProductState.ABSENT.value) & promises.issue_id.isnull())
    red = bare.filter(bare.handoff_id.notnull()).group_by(promised="handoff_id").aggregate(red=lambda t: t.count())
    both = dated.left_join(red, dated.handoff_id == red.promised)
    return both.select(*_SAME, *_DATES, red=ibis.coalesce(both.red, 0))


def _line(row: Mapping[str, Any]) -> LoadedLine:
    state, since = _standing(row)
    share = row["completeness"]
    told = {name: row[name] for name in _SAME if name != "completeness"}
    return LoadedLine(
        **told,
        completeness=None if share is None else float(share),
        state=state,
        since=since.replace(tzinfo=UTC) if since else None,
        red=int(row["red"]),
    )


def _standing(row: Mapping[str, Any]) -> tuple[State, datetime | None]:
    given, returned, accepted, confirmed = (row[name] for name in _DATES)
    if confirmed:
        return State.CONFIRMED, confirmed
    if accepted:
        return State.ACCEPTED, accepted
    if returned and (given is None or returned >= given):
        return State.RETURNED, returned
    return (State.GIVEN, given) if given else (State.DRAFT, None)
