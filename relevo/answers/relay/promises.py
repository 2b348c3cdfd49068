"""The promise ledger: what was promised to customers, here and in other systems, and what became of it.

The Desk's own stand as of today and can be changed; loaded ones stand as of the book and are read only. A row says
which it is, and no figure counts both but how many rows a question finds.
"""

import heapq
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice

import numpy as np

from relevo.answers.identity import current_id, every_id, former_ids
from relevo.answers.reading import NONE, Reading, Refused
from relevo.answers.relay.acting import takes_part
from relevo.answers.relay.promise_lines import Lines, PromiseLine
from relevo.answers.relay.promises_loaded import Loaded, Mask
from relevo.answers.stamp import Stamp, stamp
from relevo.base.errors import WrongUse
from relevo.base.periods import parse_day
from relevo.desk.relay import ledger
from relevo.desk.relay.ledger import Wanted
from relevo.desk.relay.promises import ProductState, Standing

PAGE = 50
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# How many of what is broken, and of what is red and due soon, stand above the ledger.
FIRST = 10


@dataclass(frozen=True)
class PromisesAsk:
    """Which promises: how they stand, what the product could do, by whom, to whom, due between two days."""

    standing: Standing | None = None
    product_state: str = ""
    person_id: str = ""
    customer_id: str = ""
    due_from: date | None = None
    due_to: date | None = None
    offset: int = 0
    limit: int | None = PAGE

    @classmethod
    def from_parameters(cls, asked: Mapping[str, str], offset: int = 0) -> "PromisesAsk":
        """The question of an address. WrongUse for a standing or state that is none, and for what is no day."""
        standing, state = asked.get("standing", ""), asked.get("product_state", "")
        if standing and standing not in set(Standing):
            raise WrongUse(f"No promise stands as {standing[:40]!r}.", f"Known: {', '.join(Standing)}.")
        if state and state not in set(ProductState):
            raise WrongUse(f"The product cannot be {state[:40]!r}.", f"Known: {', '.join(ProductState)}.")
        days = [parse_day(text) if (text := asked.get(name, "")) else None for name in ("from", "to")]
        known = Standing(standing) if standing else None
        return cls(known, state, asked.get("person", ""), asked.get("customer", "").strip(), days[0], days[1], offset)

    def parameters(self) -> list[tuple[str, str]]:
        """The question as parameters, in a fixed order, without what it leaves open."""
        days = [("from", self.due_from), ("to", self.due_to)]
        named = [
            ("standing", self.standing or ""),
            ("product_state", self.product_state),
            ("person", self.person_id),
            ("customer", self.customer_id),
            *((name, day.isoformat() if day else "") for name, day in days),
        ]
        return [(name, value) for name, value in named if value]  # fmt: skip


@dataclass(frozen=True)
class Breaches:
    """What comes first: the open ones with nothing behind them that are due soon, then the last that were broken.

    `found` counts all that were broken or are past their day.
    """

    red: tuple[PromiseLine, ...]
    broken: tuple[PromiseLine, ...]
    found: int


@dataclass(frozen=True)
class PromisesPage:
    """One page of the ledger, newest first: `found_here` of the Desk, as of `today`, and `found_loaded` of the book.

    `breaches` come before the first page of all promises; None where something was asked for.
    """

    stamp: Stamp
    today: date
    ask: PromisesAsk
    rows: tuple[PromiseLine, ...]
    found_here: int
    found_loaded: int
    breaches: Breaches | None
    persons: tuple[tuple[str, str], ...]
    may_promise: bool

    @property
    def found(self) -> int:
        """How many promises the question finds."""
        return self.found_here + self.found_loaded

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins; None on the last one."""
        shown = self.ask.offset + len(self.rows)
        return shown if self.rows and shown < self.found else None


def promises_page(reading: Reading, ask: PromisesAsk, today: date) -> PromisesPage:
    """One page of the promises that the viewer may see. Refused for a colleague whose figures are not the viewer's."""
    _check_person(reading, ask.person_id)
    making, wanted = Lines.of(reading, today), _wanted(reading, ask, today)
    loaded = making.loaded
    seen = loaded.seen(reading.viewer.scope, reading.viewer.acts_for or NONE)
    mask = seen & _mask(reading, ask, loaded)
    here, broken = ledger.count_both(wanted, Standing.BROKEN)
    is_narrow = bool(ask.parameters() or ask.offset or ask.limit is None)
    return PromisesPage(
        stamp=stamp(reading),
        today=today,
        ask=ask,
        rows=_rows(making, ask, wanted, mask),
        found_here=here,
        found_loaded=int(mask.sum()),
        breaches=None if is_narrow else _breaches(making, wanted, seen, broken),
        persons=_persons_offered(reading, making),
        may_promise=takes_part(reading),
    )


def _breaches(making: Lines, wanted: Wanted, seen: Mask, found: int) -> Breaches:
    """What was promised and is broken (`found` of them here), past its day, or about to be, as far as it is seen."""
    loaded = making.loaded
    broken = replace(wanted, standing=Standing.BROKEN)
    is_broken = loaded.is_standing(Standing.BROKEN) & seen
    red = [making.ours(each) for each in ledger.red_soon(wanted, FIRST)]
    last = [making.ours(each) for each in ledger.last_due(broken, FIRST)]
    red += making.theirs(loaded.first_due(loaded.red_soon & seen)[:FIRST])
    last += making.theirs(loaded.last_due(is_broken)[:FIRST])
    return Breaches(
        red=tuple(sorted(red, key=lambda line: line.due_on or date.max)[:FIRST]),
        broken=tuple(sorted(last, key=_last_day, reverse=True)[:FIRST]),
        found=found + int(is_broken.sum()),
    )


def _last_day(line: PromiseLine) -> date:
    ended = line.broken_at.date() if line.broken_at else date.min
    return line.due_on or ended


def _check_person(reading: Reading, person_id: str) -> None:
    """A list of what one colleague promised, with how much was broken, is a figure of the colleague."""
    persons = reading.viewer.persons
    if person_id and persons is not None and person_id not in persons | reading.viewer.me:
        raise Refused("What one colleague promised is not shown to you.", "Take the filter on the person away.")


def _wanted(reading: Reading, ask: PromisesAsk, today: date) -> Wanted:
    viewer = reading.viewer
    about = former_ids(reading, ask.customer_id) if ask.customer_id else None
    return Wanted(
        today, ask.standing, ask.product_state, ask.person_id, about, ask.due_from, ask.due_to,
        _customers_seen(reading) if about is None else _seen_of(reading, ask.customer_id, about),
        viewer.acts_for or NONE,
    )  # fmt: skip


def _seen_of(reading: Reading, customer_id: str, about: frozenset[str]) -> Collection[str] | None:
    """The ids of one customer where it is in sight, none where it is not; None is everybody."""
    scope = reading.viewer.scope
    if scope is None:
        return None
    return about if current_id(reading, customer_id) in scope else NONE


def _customers_seen(reading: Reading) -> Collection[str] | None:
    """The ids, of now and before, of the customers in sight; None is everybody."""
    scope = reading.viewer.scope
    return None if scope is None else every_id(reading, scope)


def _mask(reading: Reading, ask: PromisesAsk, loaded: Loaded) -> Mask:
    found = loaded.due_between(ask.due_from, ask.due_to)
    if ask.standing is not None:
        found &= loaded.is_standing(ask.standing)
    if ask.product_state:
        found &= loaded.is_state(ask.product_state)
    if ask.person_id:
        found &= loaded.by(ask.person_id)
    return found & loaded.about(current_id(reading, ask.customer_id)) if ask.customer_id else found


def _rows(making: Lines, ask: PromisesAsk, wanted: Wanted, mask: Mask) -> tuple[PromiseLine, ...]:
    """The page, newest first, of two ledgers that are each in that order."""
    end = None if ask.limit is None else ask.offset + ask.limit
    made = making.loaded.made
    ours = ((-_microseconds(at), 0, key) for at, key in ledger.newest(wanted, end))
    theirs = ((-int(made[place]), 1, int(place)) for place in np.flatnonzero(mask)[:end])
    shown = list(islice(heapq.merge(ours, theirs), ask.offset, end))
    kept = ledger.with_keys(frozenset(key for _, source, key in shown if source == 0))
    places = [place for _, source, place in shown if source == 1]
    loaded = dict(zip(places, making.theirs(places), strict=True))
    return tuple(loaded[each] if source else making.ours(kept[each]) for _, source, each in shown)


def _persons_offered(reading: Reading, making: Lines) -> tuple[tuple[str, str], ...]:
    """Who promised anything, of those whose figures the viewer may see, by name."""
    viewer, names = reading.viewer, making.persons
    may = None if viewer.persons is None else viewer.persons | viewer.me
    made = making.loaded.persons | ledger.promisers(may)
    seen = made if may is None else made & may
    return tuple(sorted(((each, names.get(each, each)) for each in seen), key=lambda pair: pair[1]))


def _microseconds(at: datetime) -> int:
    """Exactly, as the book's columns have it: a float of seconds would lose the last digits."""
    spent = at - _EPOCH
    return (spent.days * 86_400 + spent.seconds) * 1_000_000 + spent.microseconds
