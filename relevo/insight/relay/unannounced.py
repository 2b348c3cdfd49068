"""Owner changes that nobody announced: detected from the history of assignments alone (row S1-11)."""

from dataclasses import dataclass
from datetime import datetime

import ibis
import ibis.expr.types as ir

from relevo.book.baton import RECEIVERS
from relevo.book.book import Book, Tables

# A hand-off given so long before or after a change announces it.
NEAR_DAYS = 30
# The roles in the order in which a customer is handed on.
RELAY = ("sales", *RECEIVERS)


@dataclass(frozen=True)
class UnannouncedChange:
    """A customer's owner became another person at an instant (UTC), and no hand-off says so.

    `role` is the role in which the new person began; the old one had it, or the nearest role before it in the relay.
    """

    customer_id: str
    role: str
    from_person: str
    to_person: str
    at: datetime


def unannounced_changes(book: Book) -> tuple[UnannouncedChange, ...]:
    """Owner changes by the end of the as-of day without a hand-off within 30 days, newest first.

    A change is another person in the same role, or a role that begins with another person than the one before it in
    the relay. Customers are those of the book's scope.
    """
    found = book.run(_changes(book.tables, book.until)).dicts()
    return tuple(UnannouncedChange(**row) for row in found)


def _changes(tables: Tables, until: datetime) -> ir.Table:
    begun = tables.assignment.filter(lambda t: t.from_at < until)
    changes = ibis.union(_within_roles(begun), _between_roles(begun))
    given = tables.handoff.filter(lambda t: t.given_at < until).select(handed="customer_id", given_at="given_at")
    near = ibis.interval(days=NEAR_DAYS)
    silent = changes.anti_join(
        given,
        (changes.customer_id == given.handed)
        & (given.given_at >= changes["at"] - near)
        & (given.given_at <= changes["at"] + near),
    )
    return silent.order_by(ibis.desc("at"), "customer_id", "role", "to_person")


def _within_roles(begun: ir.Table) -> ir.Table:
    """Another person in the same role; two who began together do not follow each other."""
    order = ibis.window(group_by=["customer_id", "role"], order_by=["from_at", "person_id"])
    rows = begun.mutate(before=begun.person_id.lag().over(order), before_at=begun.from_at.lag().over(order))
    changed = rows.filter((rows.before != rows.person_id) & (rows.before_at < rows.from_at))
    return changed.select("customer_id", "role", from_person="before", to_person="person_id", at="from_at")


def _between_roles(begun: ir.Table) -> ir.Table:
    """A role that begins with another person than the nearest role before it in the relay had by then."""
    known = begun.filter(begun.role.isin(RELAY))
    ranked = known.mutate(rank=known.role.cases(*((role, i) for i, role in enumerate(RELAY)), else_=len(RELAY)))
    order = ibis.window(group_by=["customer_id", "role"], order_by=["from_at", "person_id"])
    first = ranked.mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)
    earlier = ranked.select(had="customer_id", from_person="person_id", had_rank="rank", had_at="from_at")
    before = (earlier.had_rank < first["rank"]) & (earlier.had_at <= first.from_at)
    both = first.inner_join(earlier, (first.customer_id == earlier.had) & before)
    nearest = ibis.window(
        group_by=["customer_id", "role"], order_by=[ibis.desc("had_rank"), ibis.desc("had_at"), "from_person"]
    )
    placed = both.mutate(near=ibis.row_number().over(nearest)).filter(lambda t: t.near == 0)
    changed = placed.filter(placed.from_person != placed.person_id)
    return changed.select("customer_id", "role", "from_person", to_person="person_id", at="from_at")
