"""The baton: who holds each active customer, since when, and how that is known."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from relevo.base.periods import month_of
from relevo.book.baton import HOLDERS, WON_DAYS, won_since
from relevo.book.schema import Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.slices import SLICE, sliced
from relevo.measures.success.sellers import with_seller, won

HANDOFF, ASSIGNMENT, DEAL, NOBODY = "handoff", "assignment", "deal", "nobody"


def holders(tables: Tables, frame: Frame) -> ir.Table:
    """One row per active customer: of all who could hold it, the first by rank, then the latest, then by id."""
    there = active(tables, frame)
    nobody = _claim(there, NOBODY, ibis.literal(len(HOLDERS) + 2, "int64"), ibis.null("string"), ibis.null("string"),
                    ibis.null("timestamp"))  # fmt: skip
    claims = ibis.union(_received(tables, frame), _assigned(tables, frame), _sold(tables, frame))
    both = ibis.union(claims.semi_join(there, "customer_id"), nobody)
    order = ibis.window(group_by="customer_id", order_by=["rank", ibis.desc("since"), "person_id"])
    first = both.mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)
    dated = first.drop("place").mutate(key_month=ibis.literal(month_of(frame.as_of), "int64"))
    return sliced(dated, tables, frame).order_by("customer_id")


def active(tables: Tables, frame: Frame) -> ir.Table:
    """Customers with MRR above 0 on the as-of day, or with a deal won in the 90 days that end with it."""
    starts, deals = tables.customer_start, won(tables, frame)
    recent = deals.filter(deals.customer_id.notnull() & (deals.closed_at >= won_since(frame.as_of, frame.timezone)))
    return ibis.union(
        starts.filter(starts.churn_day.isnull()).select("customer_id"), recent.select("customer_id"), distinct=True
    )


def _claim(
    rows: ir.Table, reason: str, rank: ir.IntegerValue, role: ir.StringValue, person: ir.StringValue,
    since: ir.TimestampValue,
) -> ir.Table:  # fmt: skip
    return rows.select("customer_id", rank=rank, role=role, person_id=person, since=since, reason=ibis.literal(reason))


def _received(tables: Tables, frame: Frame) -> ir.Table:
    """The receiver of each customer's last accepted hand-off; none where it does not say who that is."""
    done = tables.handoff.filter(lambda t: t.accepted_at < frame.until)
    order = ibis.window(group_by="customer_id", order_by=[ibis.desc("accepted_at"), "handoff_id"])
    last = done.mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)
    named = last.filter(last.to_person_id.notnull())
    return _claim(named, HANDOFF, ibis.literal(0, "int64"), named.to_role, named.to_person_id, named.accepted_at)


def _assigned(tables: Tables, frame: Frame) -> ir.Table:
    """Whoever has an open assignment in one of the roles that hold a customer."""
    held = tables.assignment
    ends_later = held.to_at.isnull() | (held.to_at >= frame.until)
    rows = held.filter(held.role.isin(HOLDERS) & (held.from_at < frame.until) & ends_later)
    rank = rows.role.cases(*((role, i + 1) for i, role in enumerate(HOLDERS)), else_=0).cast("int64")
    return _claim(rows, ASSIGNMENT, rank, rows.role, rows.person_id, rows.from_at)


def _sold(tables: Tables, frame: Frame) -> ir.Table:
    """The seller of each customer's last won deal; none where it is not known who that is."""
    deals = won(tables, frame).filter(lambda t: t.customer_id.notnull())
    order = ibis.window(group_by="customer_id", order_by=[ibis.desc("closed_at"), "deal_id"])
    last = deals.mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)
    rows = with_seller(last, tables).filter(lambda t: t.seller.notnull())
    rank = ibis.literal(len(HOLDERS) + 1, "int64")
    return _claim(rows, DEAL, rank, ibis.literal("sales"), rows.seller, rows.closed_at)


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    return [
        {
            "customer_id": r["customer_id"],
            **({frame.by: r[SLICE]} if frame.by else {}),
            "role": r["role"],
            "person_id": r["person_id"],
            "since": r["since"],
            "reason": r["reason"],
        }
        for r in found
    ]


BATON = Measure(
    Card(
        name="baton",
        title="Baton",
        question="Who holds each customer today, since when, and how do we know?",
        unit=Unit.TEXT,
        grain="one row per active customer",
        direction=Direction.NONE,
        kind=Kind.CONTEXT,
        read_with=("dropped_batons", "gross_revenue_retention"),
        columns=(
            Out("customer_id", Unit.TEXT, "The customer."),
            Out("role", Unit.TEXT, "The role in which it is held; null where nobody holds it."),
            Out("person_id", Unit.TEXT, "Who holds it; null where nobody does."),
            Out("since", Unit.INSTANT, "Since when, in UTC; null where nobody holds it."),
            Out("reason", Unit.TEXT, "How that is known: handoff, assignment, deal, or nobody."),
        ),
        definition=(
            f"Active is a customer with MRR above 0 on the as-of day, or with a deal won in the {WON_DAYS} days that "
            "end with it. It is held by the receiver of its last accepted hand-off; else by whoever has an open "
            "assignment at the end of the day, looked for as success, account manager, implementation and sales (of "
            "several in one role the latest begun); else by the seller of its last won deal: the deal's own person, "
            "else who sold the largest share. What does not name a person is passed over for the next rule. A "
            "customer that nobody holds is a row too, and a finding of the build."
        ),
        source="One holder at any instant, as in a relay.",
        has_months=False,
    ),
    holders,
    _finish,
)
