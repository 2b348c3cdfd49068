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
    """The plan of the item with the largest MRR at each month end; before the first one, on the first paying day.

    Items are laid out as intervals of months. Where those of a customer do not overlap, one is the largest by itself.
    """
    rows = _planned(tables)
    order = ["from_month", "to_month"]
    earlier = ibis.window(rows=(None, -1), group_by="customer_id", order_by=order)
    placed = rows.mutate(
        covered=rows.to_month.max().over(earlier),
        next_month=rows.from_month.lead().over(ibis.window(group_by="customer_id", order_by=order)),
    )
    crowded = placed.filter(placed.covered > placed.from_month).select("customer_id").distinct()
    clear = placed.anti_join(crowded, "customer_id")
    return ibis.union(
        _as_plan(clear, ibis.coalesce(clear.next_month, ibis.literal(OPEN, "int64"))),
        _of_the_largest(rows.semi_join(crowded, "customer_id")),
    )


def _as_plan(rows: ir.Table, to_month: ir.IntegerValue) -> ir.Table:
    return rows.select("customer_id", name=ibis.literal("plan"), value="plan", from_month="from_month",
                       to_month=to_month)  # fmt: skip


def _planned(tables: Tables) -> ir.Table:
    """Paying items with a plan as half-open intervals of months, from the customer's first paying day on.

    What is in force on that day holds from the beginning of time. An item is in force at the end of a month when it
    began in it or before and ends in a later one.
    """
    rates = tables.run_rate.filter(lambda t: t.plan.notnull() & (t.arr_e6 > 0))
    starts = tables.customer_start.select("customer_id", "first_day", "first_month")
    begins = tables.calendar_day.select(from_day="day", begun_month="month")
    ends = tables.calendar_day.select(to_day="day", ended_month="month")
    dated = rates.inner_join(starts, "customer_id").inner_join(begins, "from_day").left_join(ends, "to_day")
    opens = (dated.from_day <= dated.first_day) & (dated.to_day.isnull() | (dated.to_day > dated.first_day))
    until = ibis.coalesce(dated.ended_month, ibis.literal(OPEN, "int64"))
    kept = dated.filter(opens | ((until > dated.begun_month) & (until > dated.first_month)))
    return kept.select(
        "customer_id", "plan", "arr_e6", "subscription_id", "item_id",
        from_month=ibis.ifelse(opens, 0, kept.begun_month), to_month=until,
    )  # fmt: skip


def _of_the_largest(rows: ir.Table) -> ir.Table:
    """The plan at each month in which an item of a customer begins or ends; in between it holds on."""
    marks = ibis.union(
        rows.select("customer_id", month="from_month"),
        rows.filter(rows.to_month < OPEN).select("customer_id", month="to_month"),
    ).distinct()
    held = marks.inner_join(rows, "customer_id")
    held = held.filter((held.from_month <= held.month) & (held.month < held.to_month))
    order = ibis.window(group_by=["customer_id", "month"], order_by=[ibis.desc("arr_e6"), "subscription_id", "item_id"])
    largest = held.mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)
    steps = largest.select("customer_id", "plan", from_month="month")
    following = steps.from_month.lead().over(ibis.window(group_by="customer_id", order_by="from_month"))
    dated = steps.mutate(to_month=ibis.coalesce(following, ibis.literal(OPEN, "int64")))
    return _as_plan(dated, dated.to_month)


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
