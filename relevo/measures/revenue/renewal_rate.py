"""Renewal rate: of the contracts whose term ended, how many and how much went on."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.revenue.periods import in_periods
from relevo.measures.revenue.snapshot import filled, labels
from relevo.measures.rounding import mrr, rate, settle
from relevo.measures.slices import group, sliced

# Sources write the last day of a term or the first after it; one day each side covers both.
BEFORE = 1
AFTER = 1
# A successor contract of the same customer may begin so many days around the end of the term.
SUCCESSOR_DAYS = 30
_EMPTY: Record = {"available_e16": 0, "renewed_e16": 0, "available": 0, "renewed": 0}


def renewals(tables: Tables, frame: Frame) -> ir.Table:
    """Per period of the term's end (and slice): run-rate and contracts that could end, and those that went on."""
    ended = ended_terms(tables)
    both = ended.left_join(went_on(tables, ended), ["customer_id", "end_day"])
    zero = ibis.literal(0).cast(EXACT)
    paired = both.select(
        "customer_id", "month", "available_e16", key_month=both.month - 1,
        kept_e16=ibis.least(both.available_e16, ibis.coalesce(both.after_e16, zero)),
    )  # fmt: skip
    rows = sliced(in_periods(paired, frame), tables, frame)
    return rows.group_by(group(frame, "month")).aggregate(
        available_e16=rows.available_e16.sum().cast(EXACT),
        renewed_e16=rows.kept_e16.sum().cast(EXACT),
        available=rows.count(),
        renewed=(rows.kept_e16 > 0).sum(),
    )


def ended_terms(tables: Tables) -> ir.Table:
    """Contracts (customer and day of the term's end) in force until then, with what they paid at that day's rate."""
    days = tables.calendar_day.select(end_day="day", month="month", ended_on="on_date")
    known = tables.calendar_day.day.max().as_scalar()
    held = tables.run_rate.filter(lambda t: t.term_end_on.notnull() & (t.arr_e6 > 0))
    terms = held.inner_join(days, held.term_end_on == days.ended_on)
    until = terms.filter(
        (terms.from_day <= terms.end_day - BEFORE)
        & (terms.to_day.isnull() | (terms.to_day > terms.end_day - BEFORE))
        & (terms.end_day + AFTER <= known)
    )
    worth = _in_base(until, tables)
    return worth.group_by("customer_id", "end_day", "month").aggregate(available_e16=worth.worth.sum().cast(EXACT))


def went_on(tables: Tables, ended: ir.Table) -> ir.Table:
    """Per contract that ended: the run-rate in force afterwards of its subscriptions and of successors."""
    rates = tables.run_rate
    same = _subscriptions(tables, rates)
    ends = ended.select("customer_id", "end_day")
    later = rates.inner_join(ends, "customer_id")
    marked = later.left_join(
        same,
        (later.customer_id == same.holder)
        & (later.end_day == same.held_end)
        & (later.subscription_id == same.held_subscription),
    )
    own = marked.held_subscription.notnull()
    at_once = (marked.from_day <= marked.end_day + AFTER) & (
        marked.to_day.isnull() | (marked.to_day > marked.end_day + AFTER)
    )
    successor = (marked.from_day >= marked.end_day - SUCCESSOR_DAYS) & marked.is_first
    kept = marked.filter(at_once & (own | successor))
    worth = _in_base(kept, tables)
    return worth.group_by("customer_id", "end_day").aggregate(after_e16=worth.worth.sum().cast(EXACT))


def _subscriptions(tables: Tables, rates: ir.Table) -> ir.Table:
    """The subscriptions of each contract that ended: customer, day, subscription."""
    days = tables.calendar_day.select(held_end="day", ended_on="on_date")
    dated = rates.filter(rates.term_end_on.notnull())
    terms = dated.inner_join(days, dated.term_end_on == days.ended_on)
    return terms.select(holder="customer_id", held_end="held_end", held_subscription="subscription_id").distinct()


def _in_base(rows: ir.Table, tables: Tables) -> ir.Table:
    """Rows with `worth`, their run-rate in the book's currency at the rate of the day on which the term ended."""
    rates = tables.fx_day.select(rated="currency", rate_from="from_day", rate_to="to_day", rate_e10="rate_e10")
    priced = rows.inner_join(
        rates, (rows.currency == rates.rated) & (rows.end_day >= rates.rate_from) & (rows.end_day < rates.rate_to)
    )
    return priced.mutate(worth=priced.arr_e6.cast(EXACT) * priced.rate_e10.cast(EXACT))


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    ordered = filled(found, frame, _EMPTY)
    rows = [{**labels(r, frame), "available_cents": 0, "renewed_cents": 0} for r in ordered]
    exact = [{"available_cents": mrr(r["available_e16"]), "renewed_cents": mrr(r["renewed_e16"])} for r in ordered]
    settle(rows, exact, ["month"])
    for row, cells, r in zip(rows, exact, ordered, strict=True):
        row["rate"] = rate(cells["renewed_cents"], cells["available_cents"])
        row["available"], row["renewed"] = int(r["available"]), int(r["renewed"])
        row["currency"] = frame.currency
    return rows


RENEWAL_RATE = Measure(
    Card(
        name="renewal_rate",
        title="Renewal rate",
        question="Of the contracts whose term ended, how much was renewed?",
        unit=Unit.RATE,
        grain="one row per month in which terms ended",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("gross_revenue_retention", "logo_churn"),
        columns=(
            Out("month", Unit.MONTH, "The month in which the terms ended."),
            Out("available_cents", Unit.MONEY, "MRR whose term ended in it: available to renew."),
            Out("renewed_cents", Unit.MONEY, "How much of it went on; at most what was available."),
            Out("rate", Unit.RATE, "renewed / available MRR; null where no term ended."),
            Out("available", Unit.COUNT, "Contracts whose term ended: one per customer and day."),
            Out("renewed", Unit.COUNT, "Those of them that went on in any amount."),
        ),
        definition=(
            "A contract is what a customer has under a term that ends on one day; it is available if it was in force "
            "the day before. It is renewed by what its subscriptions, or subscriptions of the same customer that "
            "began within 30 days of the term's end, pay the day after, capped at what was available: growth at "
            "renewal is expansion. A contract cancelled before its term ended was never available. A late renewal "
            "within the policy's tolerance (30 days where invoices are sent) counts as one once it is there, so "
            "the last month may rise."
        ),
        source="Available to renew (ATR); the base of all MRR would hide the rate behind months that cannot end.",
    ),
    renewals,
    _finish,
)
