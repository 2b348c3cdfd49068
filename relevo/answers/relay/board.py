"""The board: dropped batons, then hand-offs by state. What was loaded is as of the book, what stands here is now."""

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from itertools import islice

from relevo.answers.identity import current_id, former_ids
from relevo.answers.reading import Reading
from relevo.answers.relay.acting import person_names
from relevo.answers.relay.dropped import DroppedBaton, dropped_batons
from relevo.answers.relay.loaded import CONFIRMED_DAYS, LoadedLine, loaded_columns
from relevo.answers.relay.sight import all_names, whose
from relevo.base.errors import WrongUse
from relevo.desk.relay.board import After, Listed, Whose, listed, overdue, red_promises, with_ids, written_so_far
from relevo.desk.relay.handoffs import KeptHandOff, open_into
from relevo.desk.relay.states import State
from relevo.desk.relay.templates import CONFIRM_AFTER_DAYS

COLUMN, PAGE = 12, 50
COLUMNS = (State.DRAFT, State.GIVEN, State.RETURNED, State.ACCEPTED, State.CONFIRMED)


@dataclass(frozen=True)
class Card:
    """A hand-off on the board. `key` is None for a loaded one, whose age is as of the book.

    `age` is how long it has been in its state, None where no date says. `customer_id` is empty where the viewer may
    not open the customer. `completeness` is from 0 to 1, of a draft as it stands; `confirm_from` is when an accepted
    one may be confirmed.
    """

    key: int | None
    handoff_id: str
    customer: str
    customer_id: str
    from_role: str
    to_role: str
    giver: str
    receiver: str
    state: State
    age: timedelta | None
    due_at: datetime | None
    is_overdue: bool
    completeness: Fraction | float | None
    confirm_from: datetime | None
    red: int


@dataclass(frozen=True)
class Column:
    """The hand-offs in one state: `here` counts those of the Desk, `loaded` those of the book; `next` goes on."""

    state: State
    cards: tuple[Card, ...]
    here: int
    loaded: int
    next: str

    @property
    def found(self) -> int:
        """How many stand in the column, cut or not."""
        return self.here + self.loaded


@dataclass(frozen=True)
class Begun:
    """A dropped baton, with the hand-off that is under way since; None where none is."""

    baton: DroppedBaton
    under_way: int | None


@dataclass(frozen=True)
class Board:
    """The whole board. `dropped` is cut to a column, `dropped_found` counts all; `overdue` are those given here."""

    dropped: tuple[Begun, ...]
    dropped_found: int
    columns: tuple[Column, ...]
    overdue: int
    as_of: date
    mine: bool


def board(reading: Reading, now: datetime, mine: bool) -> Board:
    """The board of a viewer: the loaded part and the dropped batons as of the book, the rest as of `now`."""
    sight, dropped = whose(reading, mine), dropped_batons(reading)
    every = listed(sight, COLUMNS, _since(now))
    columns = _columns(reading, _Asked(sight, every, loaded_columns(reading, sight), now), COLUMN)
    late, as_of = overdue(now), reading.company_book.as_of
    count = sum(key in late for key in every[State.GIVEN])
    return Board(_begun(reading, dropped[:COLUMN]), len(dropped), columns, count, as_of, mine)


def board_list(reading: Reading, state: str, now: datetime, mine: bool, after: str = "") -> Column:
    """One state as a list of its own, paged. WrongUse for an unknown state, and for a place that cannot be read."""
    if state not in set(COLUMNS):
        raise WrongUse(f"{state[:40]!r} is no column of the board.", f"Known: {', '.join(COLUMNS)}.")
    return _column(reading, State(state), whose(reading, mine), now, PAGE, after)


def board_rows(
    reading: Reading, states: Sequence[State], now: datetime, mine: bool, after: str, limit: int
) -> tuple[tuple[Card, ...], int, str]:
    """Hand-offs in some states of the board one state after the other, how many there are in all, and where to go on.

    `after` is where the page before ended, '' for the first; so is what is answered, '' after the last page.
    WrongUse for a place that cannot be read.
    """
    sight, (first, _, place) = whose(reading, mine), after.partition("~")
    if after and first not in states:
        raise WrongUse(f"{after[:80]!r} is no place in the list.", "Begin again without it.")
    begin = states.index(State(first)) if after else 0
    loaded, here = loaded_columns(reading, sight), listed(sight, states, _since(now))
    found = sum(len(here[state]) + len(loaded[state]) for state in states)
    cards: list[Card] = []
    for state in states[begin:]:
        if len(cards) == limit:
            return tuple(cards), found, f"{state}~"
        column = _column(reading, state, sight, now, limit - len(cards), place)
        cards, place = [*cards, *column.cards], ""
        if column.next:
            return tuple(cards), found, f"{state}~{column.next}"
    return tuple(cards), found, ""


def dropped_list(reading: Reading, offset: int, limit: int = PAGE) -> tuple[tuple[Begun, ...], int]:
    """A page of the dropped batons, and how many there are in all."""
    dropped = dropped_batons(reading)
    return _begun(reading, dropped[offset : offset + limit]), len(dropped)


def _begun(reading: Reading, batons: Sequence[DroppedBaton]) -> tuple[Begun, ...]:
    ids = {old: each.customer_id for each in batons for old in former_ids(reading, each.customer_id)}
    under_way = {ids[old]: key for old, key in open_into(ids).items()}
    return tuple(Begun(each, under_way.get(each.customer_id)) for each in batons)


@dataclass(frozen=True)
class _Asked:
    """What columns are made of: who asks, the Desk's hand-offs of each state, and the loaded ones, the latest last."""

    sight: Whose
    every: Listed
    loaded: Mapping[State, Sequence[LoadedLine]]
    now: datetime


def _columns(reading: Reading, asked: _Asked, limit: int) -> tuple[Column, ...]:
    """The first cards of every state, both kinds in one order, by date; all that they tell is asked at once."""
    kept = with_ids([key for keys in asked.every.values() for key in keys[: limit + 1]])
    merged = {
        state: _merged([kept[key] for key in keys[: limit + 1] if key in kept], asked.loaded[state][::-1][: limit + 1])
        for state, keys in asked.every.items()
    }
    cards = _cards(reading, [each for lines in merged.values() for _, each in lines[:limit]], asked.now)
    return tuple(
        Column(state, tuple(islice(cards, min(limit, len(lines)))), len(asked.every[state]),
               len(asked.loaded[state]), _text(lines[limit - 1][1]) if len(lines) > limit else "")
        for state, lines in merged.items()
    )  # fmt: skip


def _column(reading: Reading, state: State, sight: Whose, now: datetime, limit: int, after: str) -> Column:
    """A page of one state behind a place. What was confirmed long ago has left the board."""
    desk_after, book_after = _places(after)
    whole = loaded_columns(reading, sight)[state]
    behind = listed(sight, (state,), _since(now), desk_after)
    loaded = {state: _before(whole, book_after, limit + 1)[::-1]}
    (found,) = _columns(reading, _Asked(sight, behind, loaded, now), limit)
    return replace(found, here=_number(sight, state, now) if after else found.here, loaded=len(whole))


def _since(now: datetime) -> datetime:
    """From when on what was confirmed stands on the board."""
    return now - timedelta(days=CONFIRMED_DAYS)


def _number(sight: Whose, state: State, now: datetime) -> int:
    return len(listed(sight, (state,), _since(now))[state])


def _before(column: tuple[LoadedLine, ...], place: tuple[datetime, str] | None, limit: int) -> tuple[LoadedLine, ...]:
    """The last lines of a column before a place, the latest first."""
    end = len(column) if place is None else bisect_left(column, place, key=lambda line: line.place)
    return column[max(end - limit, 0) : end][::-1]


_Either = KeptHandOff | LoadedLine


def _merged(
    kept: Sequence[KeptHandOff], lines: Sequence[LoadedLine]
) -> list[tuple[tuple[datetime, int, int, str], _Either]]:
    here: list[tuple[tuple[datetime, int, int, str], _Either]] = [((h.changed_at, 0, h.id, ""), h) for h in kept]
    there: list[tuple[tuple[datetime, int, int, str], _Either]] = [
        ((line.place[0], 1, 0, line.handoff_id), line) for line in lines
    ]
    return sorted(here + there, key=lambda pair: pair[0], reverse=True)


def _text(last: _Either) -> str:
    """The place behind a card, for an address: `MOMENT.h.KEY` of one here, `MOMENT.l.ID` of a loaded one."""
    if isinstance(last, KeptHandOff):
        return f"{last.changed_at.isoformat()}~h~{last.id}"
    return f"{last.place[0].isoformat()}~l~{last.handoff_id}"


def _places(after: str) -> tuple[After | None, tuple[datetime, str] | None]:
    if not after:
        return None, None
    moment, _, rest = after.partition("~")
    kind, _, key = rest.partition("~")
    try:
        at = datetime.fromisoformat(moment)
        is_dated = at.tzinfo is not None and bool(at.astimezone(UTC))
    except (ValueError, OverflowError):
        is_dated = False
    is_number = key.isascii() and key.isdigit() and len(key) < 19
    if not is_dated or kind not in ("h", "l") or (kind == "h" and not is_number):
        raise WrongUse(f"{after[:80]!r} is no place in the list.", "Open the list again from the board.")
    return (After(at, int(key)), (at, "")) if kind == "h" else (After(at), (at, key))


def _cards(reading: Reading, shown: Sequence[_Either], now: datetime) -> Iterator[Card]:
    here = [each for each in shown if isinstance(each, KeptHandOff)]
    red, so_far = red_promises([h.id for h in here]), written_so_far([h for h in here if h.completeness is None])
    names, people = all_names(reading), person_names(reading)
    return (
        _card(reading, each, now, red.get(each.id, 0), so_far.get(each.id), names, people)
        if isinstance(each, KeptHandOff)
        else _loaded_card(reading, each, names, people)
        for each in shown
    )


def _card(
    reading: Reading, kept: KeptHandOff, now: datetime, red: int, so_far: Fraction | None, names: Mapping[str, str],
    people: Mapping[str, str],
) -> Card:  # fmt: skip
    customer_id, accepted = current_id(reading, kept.customer_id), kept.state is State.ACCEPTED
    begins = kept.accepted_at + timedelta(days=CONFIRM_AFTER_DAYS) if accepted and kept.accepted_at else None
    return Card(
        key=kept.id,
        handoff_id="",
        customer=names.get(customer_id, customer_id),
        customer_id=_opened(reading, customer_id, names),
        from_role=kept.from_role,
        to_role=kept.to_role,
        giver=people.get(kept.from_person_id, kept.from_person_id),
        receiver=people.get(kept.to_person_id, kept.to_person_id),
        state=kept.state,
        age=now - kept.since,
        due_at=kept.due_at,
        is_overdue=kept.state is State.GIVEN and kept.due_at is not None and kept.due_at < now,
        completeness=kept.completeness if kept.completeness is not None else so_far,
        confirm_from=begins,
        red=red,
    )


def _loaded_card(reading: Reading, line: LoadedLine, names: Mapping[str, str], people: Mapping[str, str]) -> Card:
    begins = line.since + timedelta(days=CONFIRM_AFTER_DAYS) if line.since and line.state is State.ACCEPTED else None
    return Card(
        key=None,
        handoff_id=line.handoff_id,
        customer=names.get(line.customer_id, line.customer_id),
        customer_id=_opened(reading, line.customer_id, names),
        from_role=line.from_role,
        to_role=line.to_role,
        giver=people.get(line.from_person_id or "", line.from_person_id or ""),
        receiver=people.get(line.to_person_id or "", line.to_person_id or ""),
        state=line.state,
        age=reading.company_book.until.replace(tzinfo=UTC) - line.since if line.since else None,
        due_at=None,
        is_overdue=False,
        completeness=line.completeness,
        confirm_from=begins,
        red=line.red,
    )


def _opened(reading: Reading, customer_id: str, names: Collection[str]) -> str:
    scope = reading.viewer.scope
    return customer_id if customer_id in names and (scope is None or customer_id in scope) else ""
