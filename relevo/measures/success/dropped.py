"""Dropped batons: deals that were won and never handed on."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from relevo.base.periods import day_in, month_of
from relevo.book.baton import RECEIVERS
from relevo.book.schema import Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.slices import SLICE, sliced
from relevo.measures.success.sellers import with_seller, won

# A hand-off given so many days before the closing still counts: the next one is brought in before the signature.
BEFORE_DAYS = 30


def dropped(tables: Tables, frame: Frame) -> ir.Table:
    """Won new deals without a hand-off of their customer, unless the seller holds the next role: newest first."""
    alone = _not_handed_on(tables, frame)
    following = _next_holder(alone, tables, frame)
    both = alone.left_join(following, alone.deal_id == following.held_deal)
    kept = both.filter(both.next_person.isnull() | both.seller.isnull() | (both.next_person != both.seller))
    month = ibis.literal(month_of(frame.as_of), "int64")
    rows = kept.select("deal_id", "customer_id", "closed_at", owner="seller", key_month=month)
    return sliced(rows, tables, frame).order_by(ibis.desc("closed_at"), "deal_id")


def _not_handed_on(tables: Tables, frame: Frame) -> ir.Table:
    """Won new deals after which, or shortly before which, no hand-off of their customer was given."""
    deals = won(tables, frame).filter(lambda t: t.kind == "new")
    given = tables.handoff.filter(lambda t: t.given_at < frame.until)
    last = given.group_by(handed="customer_id").aggregate(last_at=given.given_at.max())
    both = deals.left_join(last, deals.customer_id == last.handed)
    late = both.last_at.isnull() | (both.last_at < both.closed_at - ibis.interval(days=BEFORE_DAYS))
    return with_seller(both.filter(late).select(*deals.columns), tables)


def _next_holder(deals: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """Per deal who first held the next role after the closing: of the relay's roles, the first that anybody held."""
    held = tables.assignment.filter(lambda t: t.role.isin(RECEIVERS) & (t.from_at < frame.until))
    rank = held.role.cases(*((role, i) for i, role in enumerate(RECEIVERS)), else_=len(RECEIVERS))
    spans = held.select(holder="customer_id", next_person="person_id", begun="from_at", ended="to_at", rank=rank)
    sold = deals.select(held_deal="deal_id", buyer="customer_id", closed="closed_at")
    both = sold.inner_join(spans, sold.buyer == spans.holder)
    after = both.filter(both.ended.isnull() | ((both.ended > both.closed) & (both.ended > both.begun)))
    first_held = ibis.greatest(after.begun, after.closed)
    order = ibis.window(group_by="held_deal", order_by=["rank", first_held, ibis.desc("begun"), "next_person"])
    placed = after.mutate(place=ibis.row_number().over(order))
    return placed.filter(placed.place == 0).select("held_deal", "next_person")


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    return [
        {
            "deal_id": r["deal_id"],
            "customer_id": r["customer_id"],
            **({frame.by: r[SLICE]} if frame.by else {}),
            "closed_at": r["closed_at"],
            "days": (frame.as_of - day_in(r["closed_at"], frame.timezone)).days,
            "owner": r["owner"],
        }
        for r in found
    ]


DROPPED_BATONS = Measure(
    Card(
        name="dropped_batons",
        title="Dropped batons",
        question="Which deals did we win and never hand on, and who has to?",
        unit=Unit.COUNT,
        grain="one row per deal, newest first",
        direction=Direction.DOWN,
        kind=Kind.EFFICIENCY,
        read_with=("baton", "gross_revenue_retention"),
        columns=(
            Out("deal_id", Unit.TEXT, "The won deal."),
            Out("customer_id", Unit.TEXT, "Its customer; null where the deal names none."),
            Out("closed_at", Unit.INSTANT, "When it was won, in UTC."),
            Out("days", Unit.COUNT, "Whole days from the day of the closing to the as-of day, in the company's zone."),
            Out("owner", Unit.TEXT, "Who has to hand it on: who sold it; null where that is unknown."),
        ),
        definition=(
            "A deal of kind new, won by the end of the as-of day, is dropped when no hand-off of its customer was "
            f"given since {BEFORE_DAYS} days before its closing, and the next role is not held by its seller. The next "
            "role is the first of presales, implementation, success, account manager and support that anybody held "
            "between the closing and the as-of day, held by whoever was first in it. The seller is the deal's own "
            "person, else who sold the largest share. Without a customer or a seller nothing can prove a hand-off: "
            "the deal is listed. A hand-off that was given counts, accepted or not: what waits is on the board."
        ),
        source="A won deal needs a receiver, as a baton does.",
        has_months=False,
    ),
    dropped,
    _finish,
)
