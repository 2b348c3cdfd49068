"""The sold book: what each seller sold, and what has become of it. It stays with the seller after any reassignment."""

from collections.abc import Sequence
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.base.periods import month_text
from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.intervals import wilson
from relevo.measures.rounding import mrr, rate, settle
from relevo.measures.slices import SLICE, group, sliced

MARKS = (3, 6, 12, 24)


def sold_customers(tables: Tables, frame: Frame) -> ir.Table:
    """Customers with the person who sold them, their first day and month, and what they paid on that day.

    The seller is the one of the first won new deal (deal_role, else the deal's own person), never the holder of an
    assignment. Amounts are valued at the closing rate of the first month.
    """
    sellers = tables.customer_trait.filter(lambda t: t.name == "seller").select("customer_id", person_id="value")
    starts = tables.customer_start.filter(lambda t: t.first_month <= frame.last_complete)
    sold = starts.select("customer_id", "first_month", "first_day").inner_join(sellers, "customer_id")
    changes = tables.mrr_change.select(changer="customer_id", changed="day", currency="currency", delta_e6="delta_e6")
    began = sold.inner_join(changes, (sold.customer_id == changes.changer) & (sold.first_day == changes.changed))
    worth = _in_base(began, began.delta_e6, tables)
    return worth.group_by("customer_id", "person_id", "first_month").aggregate(
        opening_e16=worth.worth.sum().cast(EXACT)
    )


def then(customers: ir.Table, tables: Tables) -> ir.Table:
    """The customers with `later_e16`: what each pays at the end of its month `at`, at the rate of its first month."""
    levels = tables.mrr_level.select(
        holder="customer_id", currency="currency", arr_e6="arr_e6", from_month="from_month", to_month="to_month"
    )
    held = customers.inner_join(
        levels,
        (customers.customer_id == levels.holder)
        & (levels.from_month <= customers["at"])
        & (levels.to_month > customers["at"]),
    )
    worth = _in_base(held, held.arr_e6, tables)
    paid = worth.group_by("customer_id", "at").aggregate(later_e16=worth.worth.sum().cast(EXACT))
    both = customers.left_join(paid, ["customer_id", "at"])
    later = ibis.coalesce(both.later_e16, ibis.literal(0).cast(EXACT))
    return both.select(*customers.columns, later_e16=later)


def _in_base(rows: ir.Table, amount: ir.Value, tables: Tables) -> ir.Table:
    rates = tables.fx_month.select(rated="currency", rate_month="month", rate_e10="rate_e10")
    priced = rows.mutate(amount_e6=amount)
    priced = priced.inner_join(rates, (priced.currency == rates.rated) & (priced.first_month == rates.rate_month))
    return priced.mutate(worth=priced.amount_e6.cast(EXACT) * priced.rate_e10.cast(EXACT))


def book_sums(tables: Tables, frame: Frame) -> ir.Table:
    """Per seller and month sold (and slice): customers, what they opened with and pay now, who still pays."""
    sold = sold_customers(tables, frame).mutate(at=ibis.literal(frame.last_complete, "int64"))
    return _summed(then(sold, tables), tables, frame, "person_id", "first_month")


def mark_sums(tables: Tables, frame: Frame) -> ir.Table:
    """Per seller and mark (months since the start): the same over the customers that are old enough."""
    sold = sold_customers(tables, frame)
    marks = [sold.mutate(mark=ibis.literal(m, "int64"), at=(sold.first_month + m).cast("int64")) for m in MARKS]
    old_enough = ibis.union(*marks).filter(lambda t: t["at"] <= frame.last_complete)
    return _summed(then(old_enough, tables), tables, frame, "person_id", "mark")


def _summed(paid: ir.Table, tables: Tables, frame: Frame, *keys: str) -> ir.Table:
    rows = sliced(paid.mutate(key_month=paid.first_month), tables, frame)
    return rows.group_by(group(frame, *keys)).aggregate(
        customers=rows.count(),
        opening_e16=rows.opening_e16.sum().cast(EXACT),
        later_e16=rows.later_e16.sum().cast(EXACT),
        kept=(rows.later_e16 > 0).sum(),
    )


def _money(found: Sequence[Record], rows: list[Record], later: str) -> list[dict[str, Fraction]]:
    exact = [{"opening_cents": mrr(r["opening_e16"]), later: mrr(r["later_e16"])} for r in found]
    settle(rows, exact, [])
    return exact


def _finish_book(found: Sequence[Record], frame: Frame) -> list[Record]:
    ordered = sorted(found, key=lambda r: (r["person_id"], r["first_month"], r.get(SLICE) or ""))
    rows: list[Record] = [
        {
            "person_id": r["person_id"], "month_sold": month_text(r["first_month"]),
            **({frame.by: r[SLICE]} if frame.by else {}), "customers": int(r["customers"]),
        }
        for r in ordered
    ]  # fmt: skip
    exact = _money(ordered, rows, "now_cents")
    for row, cells, r in zip(rows, exact, ordered, strict=True):
        row["nrr"] = rate(cells["now_cents"], cells["opening_cents"])
        row["kept_customers"] = int(r["kept"])
        row["currency"] = frame.currency
    return rows


def _finish_marks(found: Sequence[Record], frame: Frame) -> list[Record]:
    ordered = sorted(found, key=lambda r: (r["person_id"], r["mark"], r.get(SLICE) or ""))
    rows: list[Record] = [
        {
            "person_id": r["person_id"], "mark": r["mark"], **({frame.by: r[SLICE]} if frame.by else {}),
            "customers": int(r["customers"]),
        }
        for r in ordered
    ]  # fmt: skip
    exact = _money(ordered, rows, "kept_cents")
    for row, cells, r in zip(rows, exact, ordered, strict=True):
        row["nrr"] = rate(cells["kept_cents"], cells["opening_cents"])
        row["kept_customers"] = int(r["kept"])
        row["survival"] = rate(row["kept_customers"], row["customers"])
        row["low"], row["high"] = wilson(row["kept_customers"], row["customers"])
        row["currency"] = frame.currency
    return rows


_PERSON = Out("person_id", Unit.TEXT, "Who sold it: sold_by with the largest share on the first won new deal.")
_OPENING = Out("opening_cents", Unit.MONEY, "What they paid per month on their first day.")
_SOLD_BY = (
    "The seller is read from deal_role (sold_by, the largest share), else from the deal's own person, and never from "
    "an assignment: whoever holds the customer now changes nothing. Customers count from their first MRR; a won deal "
    "that never paid is not here. Amounts at the exchange rates of the month of the start."
)

SOLD_BOOK = Measure(
    Card(
        name="sold_book",
        title="My book since I sold it",
        question="What has become of the customers that each person sold?",
        unit=Unit.RATE,
        grain="one row per seller and month of the customers' first MRR",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("sold_book_marks", "seller_quality"),
        columns=(
            _PERSON,
            Out("month_sold", Unit.MONTH, "The month in which what was sold began to pay."),
            Out("customers", Unit.COUNT, "Customers sold that began to pay in it."),
            _OPENING,
            Out("now_cents", Unit.MONEY, "What the same customers pay at the end of the last complete month."),
            Out("nrr", Unit.RATE, "now / opening."),
            Out("kept_customers", Unit.COUNT, "Those of them that pay now."),
        ),
        definition=_SOLD_BY,
        source="Every seller keeps the book of what they sold (S0-09).",
        has_months=False,
    ),
    book_sums,
    _finish_book,
)

SOLD_BOOK_MARKS = Measure(
    Card(
        name="sold_book_marks",
        title="Sold book at 3, 6, 12 and 24 months",
        question="How much of what each person sold is still there after 3, 6, 12 and 24 months?",
        unit=Unit.RATE,
        grain="one row per seller and mark",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("sold_book", "seller_quality"),
        columns=(
            _PERSON,
            Out("mark", Unit.MONTHS, "Months since the month of the first MRR."),
            Out("customers", Unit.COUNT, "Customers sold that long ago or longer (n)."),
            _OPENING,
            Out("kept_cents", Unit.MONEY, "What they paid at the end of the month of the mark."),
            Out("nrr", Unit.RATE, "kept / opening."),
            Out("kept_customers", Unit.COUNT, "Those that paid then."),
            Out("survival", Unit.RATE, "kept customers / customers."),
            Out("low", Unit.RATE, "Lower end of the 95 % Wilson interval of survival."),
            Out("high", Unit.RATE, "Upper end of the 95 % Wilson interval of survival."),
        ),
        definition=_SOLD_BY + " A mark has the customers that have reached it; none is filled in.",
        source="Every seller keeps the book of what they sold (S0-09).",
        has_months=False,
    ),
    mark_sums,
    _finish_marks,
)
