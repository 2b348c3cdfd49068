"""Traits: the values by which figures are sliced, as half-open intervals of months per customer.

A value holds at the end of its months. Fixed traits hold always; a plan or a dated attribute changes with time.
"""

import ibis
import ibis.expr.types as ir

from relevo.book.schema import OPEN, Tables

FIXED = {
    "segment": "segment",
    "country": "country",
    "industry": "industry",
    "size_band": "size_band",
    "persona": "persona",
    "channel": "acquisition_channel",
    "parent": "parent_id",
}
DERIVED = ("plan", "seller", "cohort")


def customer_trait(tables: Tables) -> ir.Table:
    """All traits of all customers: customer, dimension, value, months from and to (exclusive)."""
    return ibis.union(*_fixed(tables), _cohort(tables), _seller(tables), _plan(tables), _attributes(tables))


def _always(rows: ir.Table, name: str, value: ir.StringValue) -> ir.Table:
    kept = rows.mutate(value=value).filter(lambda t: t.value.notnull())
    return kept.select(
        "customer_id", name=ibis.literal(name), value="value",
        from_month=ibis.literal(0, "int64"), to_month=ibis.literal(OPEN, "int64"),
    )  # fmt: skip


def _fixed(tables: Tables) -> list[ir.Table]:
    """Columns of `customer`; a dated attribute of the same name replaces the column for that customer."""
    customers, dated = tables.customer, tables.customer_attribute
    found = []
    for name, column in FIXED.items():
        overridden = dated.filter(dated.name.isin([name, column])).select("customer_id")
        plain = customers.anti_join(overridden, "customer_id")
        found.append(_always(plain, name, plain[column]))
    return found


def _cohort(tables: Tables) -> ir.Table:
    """The month of the first MRR, written YYYY-MM."""
    starts = tables.customer_start
    year = ((starts.first_month - starts.first_month % 12) / 12).round().cast("int64")  # portable: an exact division
    month = starts.first_month % 12 + 1
    padded = ibis.ifelse(month < 10, "0" + month.cast("string"), month.cast("string"))
    return _always(starts, "cohort", year.cast("string") + "-" + padded)


def _seller(tables: Tables) -> ir.Table:
    """Who sold the first won new deal: the sold_by role with the largest share, else the deal's own person."""
    deals, roles = tables.deal, tables.deal_role
    won = deals.filter((deals.kind == "new") & (deals.outcome == "won") & deals.customer_id.notnull())
    first = won.mutate(
        place=ibis.row_number().over(ibis.window(group_by="customer_id", order_by=["closed_at", "deal_id"]))
    ).filter(lambda t: t.place == 0)
    sold = roles.filter(roles.role == "sold_by")
    lead = sold.mutate(
        place=ibis.row_number().over(
            ibis.window(group_by="deal_id", order_by=[sold.share.fill_null(0).desc(), "person_id"])
        )
    ).filter(lambda t: t.place == 0)
    both = first.left_join(lead.select("deal_id", seller="person_id"), "deal_id")
    return _always(both, "seller", ibis.coalesce(both.seller, both.person_id))


def _plan(tables: Tables) -> ir.Table:
    """The plan of the item with the largest MRR at each month end; before that, on the first paying day."""
    rates = tables.run_rate.filter(lambda t: t.plan.notnull() & (t.arr_e6 > 0))
    months = tables.calendar_month
    starts = tables.customer_start.select("customer_id", "first_day", "first_month")
    opening = rates.inner_join(starts, "customer_id")
    opening = opening.filter((opening.from_day <= opening.first_day) & _runs_past(opening, opening.first_day))
    first = _largest(opening, ["customer_id"]).select(
        "customer_id", value="plan", from_month=ibis.literal(0, "int64"), until=lambda t: t.first_month + 1
    )
    ends = (
        _months_of_change(tables)
        .inner_join(months, "month")
        .inner_join(starts.select("customer_id", "first_month"), "customer_id")
    )
    later = ends.filter(ends.month > ends.first_month)
    held = rates.inner_join(later, "customer_id")
    held = held.filter((held.from_day <= held.last_day) & _runs_past(held, held.last_day))
    changed = _largest(held, ["customer_id", "month"]).select(
        "customer_id", value="plan", from_month="month", until=ibis.literal(OPEN, "int64")
    )
    steps = ibis.union(first, changed)
    following = steps.from_month.lead().over(ibis.window(group_by="customer_id", order_by="from_month"))
    dated = steps.mutate(to_month=ibis.coalesce(following, ibis.literal(OPEN, "int64")))
    return dated.select(
        "customer_id", name=ibis.literal("plan"), value="value", from_month="from_month", to_month="to_month"
    )


def _months_of_change(tables: Tables) -> ir.Table:
    """The months in which some item of a customer changes, at an equal price too; its plan holds in between."""
    rates, days = tables.run_rate, tables.calendar_day
    marks = ibis.union(
        rates.select("customer_id", day="from_day"),
        rates.filter(rates.to_day.notnull()).select("customer_id", day="to_day"),
    )
    return marks.inner_join(days.select("day", "month"), "day").select("customer_id", "month").distinct()


def _runs_past(rates: ir.Table, day: ir.IntegerColumn) -> ir.BooleanColumn:
    return rates.to_day.isnull() | (rates.to_day > day)


def _largest(rates: ir.Table, group: list[str]) -> ir.Table:
    """The row with the largest rate of each group; ties go to the first subscription and item."""
    order = ibis.window(group_by=group, order_by=[ibis.desc("arr_e6"), "subscription_id", "item_id"])
    return rates.mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)


def _attributes(tables: Tables) -> ir.Table:
    """Dated attributes of customers; one without a date holds from the beginning.

    An attribute named as a column of `customer` is that dimension; one named as a derived dimension is left out.
    """
    starts = tables.attribute_start
    named = starts.name.cases(*((column, name) for name, column in FIXED.items()), else_=starts.name)
    rows = starts.mutate(name=named).filter(lambda t: t.name.notin(DERIVED))
    latest = rows.mutate(
        place=ibis.row_number().over(
            ibis.window(group_by=["customer_id", "name", "from_month"], order_by=[ibis.desc("from_day"), "value"])
        )
    ).filter(lambda t: t.place == 0)
    following = latest.from_month.lead().over(ibis.window(group_by=["customer_id", "name"], order_by="from_month"))
    return latest.select(
        "customer_id", name="name", value="value", from_month="from_month",
        to_month=ibis.coalesce(following, ibis.literal(OPEN, "int64")),
    )  # fmt: skip
