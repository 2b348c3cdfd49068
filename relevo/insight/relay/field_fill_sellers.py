"""The two fill rates deal by deal, of everybody's deals and of each seller's (row S1-13).

Who fills in what reports ask for and writes down nothing of the customer shows a wide gap. The form and the time that
is given come before the person: a seller is told beside everybody, on five deals or more, with an interval.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import reduce
from math import sqrt

import ibis.expr.types as ir

from relevo.book.book import Book, Tables
from relevo.insight.relay.field_fill import NEEDS, Need, Serves, is_filled
from relevo.measures.estimators.beta import student_t95
from relevo.measures.success.sellers import with_seller

YEARS_DAYS = 2 * 365
# Fewer deals than these tell nothing of a seller.
FEWEST_DEALS = 5
METHOD = (
    "Of each deal that was opened within two years and has a customer: the share of the fields for reports that are "
    "filled, and the share of what was learned of the customer: fields of the deal and the customer, of its contacts "
    "what any of them has (unless no contact is loaded at all), of the questions about fit that were answered and the "
    "items of hand-offs that were filled in, where there are any. A seller's rates are means over deals, the gap is "
    "the first less the second, with Student's 95 % interval. Whoever has fewer than five deals is not told alone."
)


@dataclass(frozen=True)
class SellerFill:
    """The fill rates of `deals` deals from 0 to 1, and the gap between them with its 95 % interval.

    `person_id` is None for the deals of everybody. An interval needs two deals.
    """

    person_id: str | None
    deals: int
    report: float
    discovery: float
    low: float | None
    high: float | None

    @property
    def gap(self) -> float:
        """How much fuller the fields for reports are."""
        return self.report - self.discovery


@dataclass(frozen=True)
class Fills:
    """Everybody's rates, None without a deal; each seller's with enough deals, by id; how many sellers have fewer."""

    whole: SellerFill | None
    sellers: tuple[SellerFill, ...]
    few: int


def fills(book: Book) -> Fills:
    """The fill rates of a book's deals as of its day."""
    deals = _deals(book)
    gap = deals.report - deals.discovery
    rows = deals.mutate(gap=gap, square=gap * gap)
    found = rows.group_by("seller").aggregate(
        n=rows.count(), report=rows.report.sum(), discovery=rows.discovery.sum(), square=rows.square.sum()
    )
    listed = [(s, int(n), float(r), float(d), float(q)) for s, n, r, d, q in book.run(found.order_by("seller")).rows]
    told = [_fill(*row) for row in listed if row[0] is not None]
    whole = [sum(row[i] for row in listed) for i in (1, 2, 3, 4)] if listed else None
    return Fills(
        None if whole is None else _fill(None, int(whole[0]), *whole[1:]),
        tuple(each for each in told if each.deals >= FEWEST_DEALS),
        sum(each.deals < FEWEST_DEALS for each in told),
    )


def _fill(person_id: str | None, n: int, report: float, discovery: float, square: float) -> SellerFill:
    """The rates from sums over deals; `square` is that of squared gaps."""
    if n < 2:
        return SellerFill(person_id, n, report / n, discovery / n, None, None)
    gap = (report - discovery) / n
    half = student_t95(n - 1) * sqrt(max(0.0, square - n * gap * gap) / (n - 1) / n)
    return SellerFill(person_id, n, report / n, discovery / n, gap - half, gap + half)


def _deals(book: Book) -> ir.Table:
    """Deals with their seller and their two shares."""
    rows = _beside_deals(book)
    report = [rows[_name(n)] for n in _of("deal", "customer") if n.serves is Serves.REPORT and n.column != "person_id"]
    learned = [rows[_name(n)] for n in _of("deal", "customer") if n.serves is Serves.DISCOVERY]
    contacts = [rows[f"k_{n.column}"].fill_null(0) for n in _of("contact")] if _has_contacts(book) else []
    told = [*(_one(column) for column in learned), *contacts]
    many = len(told) + _sum([each.notnull().cast("int64") for each in (rows.asked, rows.listed)])
    found = _sum([*told, _share(rows.answered, rows.asked), _share(rows.written, rows.listed)])
    full = _sum([_one(each) for each in report]) / len(report)  # portable: there are always fields for reports
    return rows.select("seller", report=full, discovery=found / many)  # portable: many counts columns of the deal too


def _beside_deals(book: Book) -> ir.Table:
    """Deals with their seller, their customer, and what is known of its contacts, its fit, and its hand-offs."""
    tables = book.tables
    opened = tables.deal.filter(tables.deal.opened_at >= book.until - timedelta(days=YEARS_DAYS))
    rows = with_seller(opened.filter((opened.opened_at < book.until) & opened.customer_id.notnull()), tables)
    traits = {f"c_{need.column}": need.column for need in _of("customer")}
    customer = tables.customer.select(of_customer="customer_id", **traits)
    sides = (("customer_id", customer), ("customer_id", _contacts(tables)), ("deal_id", _answers(tables)),
             ("customer_id", _items(tables)))  # fmt: skip
    for key, side in sides:
        rows = rows.left_join(side, rows[key] == side[side.columns[0]])
    return rows


def _has_contacts(book: Book) -> bool:
    return bool(book.run(book.tables.contact.limit(1).select("contact_id")).rows)


def _of(*tables: str) -> list[Need]:
    return [need for need in NEEDS if need.table in tables]


def _name(need: Need) -> str:
    return f"c_{need.column}" if need.table == "customer" else need.column


def _one(column: ir.Column) -> ir.IntegerValue:
    return is_filled(column).cast("int64")


def _sum(columns: list[ir.NumericValue]) -> ir.NumericValue:
    return reduce(lambda one, other: one + other, columns)


def _share(part: ir.IntegerColumn, whole: ir.IntegerColumn) -> ir.FloatingValue:
    """A part of a whole; none where there is no whole."""
    return part.fill_null(0) / whole.fill_null(1).nullif(0)


def _contacts(tables: Tables) -> ir.Table:
    """Per customer: of each field of a contact whether any contact has it."""
    contact = tables.contact
    named = {f"k_{need.column}": _one(contact[need.column]).max() for need in _of("contact")}
    return contact.group_by(contact_of="customer_id").aggregate(**named)


def _answers(tables: Tables) -> ir.Table:
    """Per deal: how many questions about fit were asked, and how many of them were answered."""
    fit = tables.fit_answer
    return fit.group_by(asked_of="deal_id").aggregate(asked=fit.count(), answered=_one(fit.answer).sum())


def _items(tables: Tables) -> ir.Table:
    """Per customer: how many items its hand-offs have, and how many of them were filled in."""
    item, given = tables.handoff_item, tables.handoff.select("customer_id", is_of="handoff_id")
    both = item.inner_join(given, item.handoff_id == given.is_of)
    return both.group_by(given_of="customer_id").aggregate(listed=both.count(), written=_one(both["value"]).sum())
