"""What other conventions add to run-rate: when it begins and ends, what refunds take off, at which rate it is held.

Nothing here is part of the profile `relevo`; a book under it pays nothing for what follows.
"""

import ibis
import ibis.expr.types as ir

from relevo.base.money import ARR_SCALE, MONTHS_PER_YEAR, RATE_SCALE
from relevo.book.policy import Policy
from relevo.book.schema import EXACT, OPEN, Tables

_HALF_RATE = RATE_SCALE // 2


def recognised(tables: Tables, spans: ir.Table, policy: Policy, as_of_day: ir.IntegerScalar) -> ir.Table:
    """Spans cut to the days on which the policy lets them count."""
    if policy.cancel_recognition == "request":
        spans = _until_request(spans, as_of_day)
    return spans if policy.new_recognition == "service_start" else _since_invoice(tables, spans, policy)


def _until_request(spans: ir.Table, as_of_day: ir.IntegerScalar) -> ir.Table:
    """Spans that end on the day on which the customer asked to cancel, once that is known."""
    asked = ibis.ifelse(spans.requested_day <= as_of_day, spans.requested_day, OPEN).fill_null(OPEN)
    end = ibis.least(spans.to_day.fill_null(OPEN), asked)
    cut = spans.mutate(to_day=ibis.ifelse(end == OPEN, ibis.null("int64"), end))
    return cut.filter(cut.to_day.isnull() | (cut.to_day > cut.from_day))


def _since_invoice(tables: Tables, spans: ir.Table, policy: Policy) -> ir.Table:
    """Spans that begin when their subscription's first invoice was paid or issued; at once where no invoice is known.

    A debt keeps its day, so that its grace does not begin later.
    """
    first = tables.first_invoice.select(billed="subscription_id", issued="issued_day", paid="paid_day")
    joined = spans.left_join(first, spans.subscription_id == first.billed)
    known = joined.paid if policy.new_recognition == "paid" else joined.issued
    begun = ibis.greatest(joined.from_day, known.fill_null(joined.from_day))
    cut = joined.mutate(from_day=ibis.ifelse(joined.status == "past_due", joined.from_day, begun), begun=begun)
    kept = cut.filter((cut.to_day.isnull() | (cut.to_day > cut.from_day)) & (cut.from_day >= cut.begun))
    return kept.select(*spans.columns)


def refunded(tables: Tables, as_of_day: ir.IntegerScalar) -> ir.Table:
    """Refunds as negative rates from their day to their month's end, with the columns of `run_rate`."""
    refunds = tables.refund_span.filter(lambda t: t.from_day <= as_of_day)
    over = refunds.to_day <= as_of_day
    text = ibis.null("string")
    return refunds.select(
        "customer_id", "currency", "from_day",
        subscription_id=ibis.literal("refund"), item_id="payment_id", plan=text,
        arr_e6=-refunds.amount.abs() * (MONTHS_PER_YEAR * ARR_SCALE),
        to_day=ibis.ifelse(over, refunds.to_day, ibis.null("int64")),
        interval=ibis.literal("month:1"), start_cause=ibis.literal("refund"), end_cause=ibis.literal("refund"),
        is_first=ibis.literal(True), is_last=over, term_end_on=ibis.null("date"), auto_renew=ibis.null("boolean"),
        was_e6=ibis.literal(0, "int64"), goes_on=ibis.literal(False), cause=ibis.literal("refund"),
    )  # fmt: skip


def locked(tables: Tables, rates: ir.Table) -> ir.Table:
    """Every item in the book's currency at the rate of the day on which it was first bought, for ever."""
    bought = rates.from_day.min().over(ibis.window(group_by=["subscription_id", "item_id"]))
    return in_base(tables, rates.mutate(rate_day=bought)).select(*rates.columns)


def in_base(tables: Tables, rates: ir.Table) -> ir.Table:
    """Rates with a `rate_day`, converted at that day's rate and rounded half-up to a millionth of a minor unit.

    The division is of a multiple of the divisor and exact below 2^51 of them (22 million a year in EUR per item).
    """
    base = base_currency(tables)
    fx = tables.fx_day.select("rate_e10", fx_currency="currency", since="from_day", until="to_day")
    priced = rates.inner_join(
        fx, (rates.currency == fx.fx_currency) & (rates.rate_day >= fx.since) & (rates.rate_day < fx.until)
    )
    amounts = {c: _at_rate(priced[c], priced.rate_e10) for c in rates.columns if c in ("arr_e6", "was_e6")}
    kept = [c for c in rates.columns if c not in (*amounts, "currency")]
    return priced.select(*kept, **amounts).cross_join(base)


def _at_rate(amount: ir.IntegerColumn, rate_e10: ir.IntegerColumn) -> ir.IntegerColumn:
    shifted = amount.cast(EXACT) * rate_e10.cast(EXACT) + ibis.literal(_HALF_RATE).cast(EXACT)
    scale = ibis.literal(RATE_SCALE).cast(EXACT)
    return ((shifted - shifted % scale) / scale).round().cast("int64")  # portable: exact, and the scale is not 0


def base_currency(tables: Tables) -> ir.Table:
    """The currency of the book, in one row."""
    fx = tables.fx_day
    return fx.filter(fx.is_base).select("currency")


def service_start_levels(tables: Tables, native: ir.Table) -> ir.Table:
    """Levels in the book's currency alone: one row per customer and month of those who pay in foreign money too."""
    foreign, months = at_service_start(tables), tables.calendar_month.select("month")
    domestic = native.semi_join(base_currency(tables), "currency")
    payers = foreign.select("customer_id").distinct()
    mixed = domestic.semi_join(payers, "customer_id")
    held = mixed.inner_join(months, (mixed.from_month <= months.month) & (months.month < mixed.to_month))
    laid_out = held.select("customer_id", "currency", "arr_e6", from_month="month", to_month=held.month + 1)
    both = ibis.union(foreign, laid_out)
    summed = both.group_by("customer_id", "currency", "from_month", "to_month").aggregate(
        arr_e6=both.arr_e6.sum().cast("int64")
    )
    each = summed.filter(summed.arr_e6 != 0).select("customer_id", "currency", "arr_e6", "from_month", "to_month")
    return ibis.union(domestic.anti_join(payers, "customer_id"), each)


def at_service_start(tables: Tables) -> ir.Table:
    """Items in foreign currency per month, at the rate of the day on which the period of service then running began.

    Periods are counted from the day on which the item's terms began to hold.
    """
    rates, months, days = tables.run_rate, tables.calendar_month, tables.calendar_day
    foreign = rates.anti_join(base_currency(tables), "currency")
    begun = foreign.inner_join(days, foreign.from_day == days.day)
    begun = begun.select(
        "customer_id", "currency", "arr_e6", "from_day", "to_day", "interval", from_month="month",
        place=begun.on_date.day() - 1,
    )  # fmt: skip
    held = begun.inner_join(
        months, (begun.from_day <= months.last_day) & (begun.to_day.isnull() | (begun.to_day > months.last_day))
    )
    count = held.interval.re_replace("^[a-z]+:", "").cast("int64")
    ages = held.mutate(
        starts=held.month - (held.month - held.from_month) % (count * ibis.ifelse(_is(held, "year"), 12, 1)),
        by_day=held.last_day - (held.last_day - held.from_day) % (count * ibis.ifelse(_is(held, "week"), 7, 1)),
    )
    first = months.select(starts="month", opens="first_day", closes="last_day")
    dated = ages.inner_join(first, "starts").select(*ages.columns, "opens", "closes").filter(lambda t: t.arr_e6 != 0)
    by_month = ibis.least(dated.opens + dated.place, dated.closes)
    moments = dated.mutate(rate_day=ibis.ifelse(_is(dated, "month") | _is(dated, "year"), by_month, dated.by_day))
    return in_base(tables, moments).select(
        "customer_id", "currency", "arr_e6", from_month="month", to_month=lambda t: t.month + 1
    )


def _is(rates: ir.Table, unit: str) -> ir.BooleanColumn:
    return rates.interval.startswith(f"{unit}:")
