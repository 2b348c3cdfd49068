"""One hand-off that was kept elsewhere, with its items: read-only, as of the book."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import ibis.expr.types as ir

from relevo.answers.reading import Reading
from relevo.answers.relay.acting import person_names
from relevo.answers.relay.loaded import line_seen
from relevo.answers.relay.sight import all_names, whose
from relevo.book.book import Book, Tables
from relevo.desk.relay.states import State
from relevo.insight.one_customer import ask_about, of_customer


@dataclass(frozen=True)
class LoadedItem:
    """What was written in one item; None where it was left empty, or may not be read."""

    item: str
    value: str | None
    said_by: str | None
    was_right: bool | None


@dataclass(frozen=True)
class LoadedHandOff:
    """A loaded hand-off. Dates are UTC without saying so; `facts` are the columns of its row by name."""

    handoff_id: str
    customer: str
    customer_id: str
    giver: str
    receiver: str
    state: State
    facts: Mapping[str, Any]
    items: tuple[LoadedItem, ...]
    reads_words: bool
    as_of: datetime


def loaded_handoff(reading: Reading, handoff_id: str) -> LoadedHandOff:
    """One loaded hand-off; NotFound where the viewer may not see it."""
    line = line_seen(reading, handoff_id, whose(reading))
    book, people, viewer = reading.company_book, person_names(reading), reading.viewer
    customer_id, scope = line.customer_id, reading.viewer.scope
    row = next(r for r in ask_about(book, customer_id, _handoffs).dicts() if r["handoff_id"] == handoff_id)
    is_party = any(
        each in (viewer.me | (viewer.acts_for or viewer.me)) for each in (line.from_person_id, line.to_person_id)
    )
    reads = viewer.reads_conversations_of(customer_id) or (is_party and viewer.reads_own)
    return LoadedHandOff(
        handoff_id=handoff_id,
        customer=all_names(reading).get(customer_id, customer_id),
        customer_id=customer_id if scope is None or customer_id in scope else "",
        giver=people.get(line.from_person_id or "", line.from_person_id or ""),
        receiver=people.get(line.to_person_id or "", line.to_person_id or ""),
        state=line.state,
        facts=row,
        items=_items(book, customer_id, handoff_id, reads=reads),
        reads_words=reads,
        as_of=book.until,
    )


def _items(book: Book, customer_id: str, handoff_id: str, *, reads: bool) -> tuple[LoadedItem, ...]:
    rows = [r for r in ask_about(book, customer_id, _written).rows if r[0] == handoff_id]
    if not reads:
        return tuple(LoadedItem(item, None, None, right) for _, item, _, _, right in rows)
    return tuple(LoadedItem(item, value, said_by, right) for _, item, value, said_by, right in rows)


def _handoffs(tables: Tables) -> ir.Table:
    return of_customer(tables.handoff)


def _written(tables: Tables) -> ir.Table:
    mine = of_customer(tables.handoff).select("handoff_id")
    people = tables.contact.select(who="contact_id", contact="name")
    held = tables.handoff_item.inner_join(mine, "handoff_id")
    both = held.left_join(people, held.said_by == people.who)
    said = both.mutate(told=both.contact.coalesce(both.said_by))
    return said.select("handoff_id", "item", "value", "told", "confirmed").order_by("handoff_id", "item")
