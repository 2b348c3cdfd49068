"""The rows behind a figure: the customers or movements that make it, and whose sum it is, to the cent.

Every amount is a part of the figure's own cell, apportioned by largest remainder, so the rows always add up to it.
Rows are those of the viewer's customers; for a viewer of all customers the totals are the company's figures.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from relevo.answers import rows_economics
from relevo.answers import rows_parts as parts
from relevo.answers.customers import names_of_customers
from relevo.answers.measures import check_person_level, show
from relevo.answers.reading import NotFound, Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import RowsAsk, Value
from relevo.base.errors import DataRefused, WrongUse
from relevo.base.money import apportion, arr_from_base, mrr_from_base
from relevo.base.periods import month_text, parse_month
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.measures.asking import ask as ask_book
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask, Card, Frame, Out, Unit
from relevo.measures.catalog import find

COHORTS = 24
Record = Mapping[str, Any]
_LISTINGS: Remembered["Listing"] = Remembered(16)

_CUSTOMER = Out("customer_id", Unit.TEXT, "The customer.")
_NAME = Out("name", Unit.TEXT, "Its name.")


@dataclass(frozen=True)
class Listing:
    """Rows and what they add up to: `totals` by column name; `figures` are the measure's own cells for them."""

    columns: tuple[Out, ...]
    rows: tuple[Record, ...]
    totals: Mapping[str, int]
    figures: Mapping[str, Value]


@dataclass(frozen=True)
class RowsPage:
    """The rows behind one figure. `found` counts all of them; `listing.rows` may be one page."""

    stamp: Stamp
    card: Card
    ask: RowsAsk
    listing: Listing
    found: int
    offset: int

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins; None on the last one."""
        shown = self.offset + len(self.listing.rows)
        return shown if shown < self.found else None


def rows_page(reading: Reading, ask: RowsAsk, limit: int | None = 50, offset: int = 0) -> RowsPage:
    """The rows behind a figure, largest first. WrongUse for what no figure asks, Refused for cuts by person."""
    card = find(ask.measure).card
    check_person_level(reading, Ask(by=ask.by, where=((ask.by, ask.value),) if ask.by and ask.value else ()))
    if ask.measure not in _MAKERS:
        raise WrongUse(f"{ask.measure} has no rows of its own.", f"Ask one of {', '.join(sorted(_MAKERS))}.")
    listing = _LISTINGS.get(reading.money_book, (ask, reading.assumed()), lambda: _MAKERS[ask.measure](reading, ask))
    end = None if limit is None else offset + limit
    cut = replace(listing, rows=listing.rows[offset:end])
    return RowsPage(replace(stamp(reading), scope=reading.money_scope), card, ask, cut, len(listing.rows), offset)


def _month(ask: RowsAsk, book: Book) -> int:
    return parse_month(ask.month) if ask.month else book.last_complete_month


def _frame(book: Book, ask: RowsAsk, month: int, months: int | None = None) -> Frame:
    card = find(ask.measure).card
    window = months or (ask.months if card.months else None)
    return frame_of(book, card, Ask(by=ask.by, first=month, last=month, months=window))


def _cell(book: Book, ask: RowsAsk, month: int) -> Record:
    """The figure itself: the row that the measure answers for this month and slice."""
    months = ask.months if find(ask.measure).card.months else None
    answer = ask_book(book, ask.measure, Ask(by=ask.by, first=month, last=month, months=months))
    for row in answer.rows:
        if ask.by is None or row[answer.frame.by or ""] == ask.value:
            return row
    raise NotFound(f"{ask.measure} has no {ask.by} {ask.value!r} in {month_text(month)}.", "Open the figure again.")


def _share_out(exact: Sequence[Fraction], whole: int) -> list[int]:
    """Parts in minor units that sum to the figure; refuses a figure that is not the sum of its parts."""
    gap = abs(sum(exact, Fraction(0)) - whole)
    if gap > max(len(exact), 1):
        raise DataRefused(
            f"The rows add up to {float(sum(exact, Fraction(0))):.2f} and the figure is {whole}, in minor units.",
            "This is a fault of Relevo: report it with the name of the book.",
        )
    return apportion(exact, whole) if exact else []


def _listing(
    columns: Sequence[Out], rows: Sequence[Record], sums: Sequence[str], figures: Mapping[str, Value]
) -> Listing:
    totals = {name: sum(row[name] or 0 for row in rows) for name in sums}
    first = sums[0] if sums else ""
    ordered = sorted(rows, key=lambda r: (-abs(r.get(first) or 0), str(r.get("name"))))
    return Listing((_CUSTOMER, _NAME, *columns), tuple(ordered), totals, figures)


def _stock(reading: Reading, ask: RowsAsk) -> Listing:
    """Customers paying at a month's end."""
    book = reading.money_book
    month = _month(ask, book)
    cell = _cell(book, ask, month)
    column = "arr_cents" if ask.measure == "arr" else "mrr_cents"
    value_of = arr_from_base if ask.measure == "arr" else mrr_from_base
    found = book.run(parts.stock(book.tables, _frame(book, ask, month), ask.value)).dicts()
    cents = _share_out([value_of(int(r["base_e16"])) for r in found], cell[column])
    rows = [{**_who(r), column: c} for r, c in zip(found, cents, strict=True)]
    return _listing((Out(column, Unit.MONEY, "What it pays."),), rows, (column,), _figures(ask, cell))


def _window(reading: Reading, ask: RowsAsk) -> Listing:
    """Customers paying when a window opened, and what they pay at its end."""
    book = reading.money_book
    month = _month(ask, book)
    cell = _cell(book, ask, month)
    found = book.run(parts.window(book.tables, _frame(book, ask, month), ask.value)).dicts()
    opening = [mrr_from_base(int(r["opening_e16"])) for r in found]
    closing = [mrr_from_base(int(r["closing_e16"])) for r in found]
    kept = [min(o, c) for o, c in zip(opening, closing, strict=True)] if _is_gross(ask.measure) else closing
    if ask.measure == "logo_churn":
        return _left(ask, cell, found, opening)
    if "kept_cents" in cell:
        pair, second = (opening, kept), "kept_cents"
    else:
        pair, second = (opening, [o - k for o, k in zip(opening, kept, strict=True)]), "lost_cents"
    cents = [_share_out(p, cell[n]) for p, n in zip(pair, ("opening_cents", second), strict=True)]
    rows = [{**_who(r), "opening_cents": a, second: b} for r, a, b in zip(found, *cents, strict=True)]
    columns = (Out("opening_cents", Unit.MONEY, "At the opening."), Out(second, Unit.MONEY, "At the end."))
    return _listing(columns, rows, ("opening_cents", second), _figures(ask, cell))


def _is_gross(measure: str) -> bool:
    return measure in ("gross_revenue_retention", "gross_mrr_churn")


def _left(ask: RowsAsk, cell: Record, found: Sequence[Record], opening: Sequence[Fraction]) -> Listing:
    """Customers paying at the opening, those that left first."""
    rows = [
        {**_who(r), "lost": int(r["closing_e16"] <= 0), "opening_customers": 1, "opening_cents": round(o)}
        for r, o in zip(found, opening, strict=True)
    ]
    rows.sort(key=lambda r: -r["opening_cents"])
    columns = (
        Out("lost", Unit.COUNT, "1 where it left."),
        Out("opening_customers", Unit.COUNT, "1 for every customer at the opening."),
        Out("opening_cents", Unit.MONEY, "What it paid at the opening."),
    )
    return _listing(columns, rows, ("lost", "opening_customers"), _figures(ask, cell))


def _movements(reading: Reading, ask: RowsAsk) -> Listing:
    """Movements of the asked months, of one kind or of all, with what the exchange rates did."""
    book = reading.money_book
    last = _month(ask, book)
    first = parse_month(ask.since) if ask.since else last
    if ask.kind in ("opening", "closing"):
        stock_month = first - 1 if ask.kind == "opening" else last
        return _stock(reading, replace(ask, measure="mrr", month=month_text(stock_month), since=None))
    rows = _moved(book, ask, first, last)
    columns = (
        Out("at", Unit.DATE, "The day it took effect."),
        Out("kind", Unit.TEXT, "What happened."),
        Out("cause", Unit.TEXT, "Why."),
        Out("base_cents", Unit.MONEY, "Change of MRR, signed."),
    )
    total = sum(r["base_cents"] for r in rows)
    figure = {ask.kind or "change": Value(total, Unit.MONEY, book.company.currency)}
    return _listing(columns, rows, ("base_cents",), figure)


def _moved(book: Book, ask: RowsAsk, first: int, last: int) -> list[Record]:
    """Movements of some months, each month's and kind's apportioned to its cell of the bridge."""
    span = Ask(by=ask.by, first=first, last=last)
    bridge = [r for r in ask_book(book, "mrr_movements", span).rows if ask.by is None or r[ask.by] == ask.value]
    frame = frame_of(book, find("mrr_movements").card, span)
    found = book.run(parts.movements(book.tables, frame, ask.value)).dicts()
    rows = [row for cell in bridge for row in _moved_in(cell, found)]
    wanted = parts.wanted_kinds(ask.measure, ask.kind)
    return [r for r in rows if wanted is None or r["kind"] in wanted]


def _moved_in(cell: Record, found: Sequence[Record]) -> list[Record]:
    month = parse_month(cell["month"])
    rows: list[Record] = []
    for kind in parts.KINDS:
        mine = [r for r in found if (r["month"], r["kind"]) == (month, kind)]
        sign = -1 if kind in parts.LOSSES else 1
        cents = _share_out([mrr_from_base(int(r["base_e16"])) for r in mine], sign * cell[f"{kind}_cents"])
        rows += [parts.movement_row(r, c) for r, c in zip(mine, cents, strict=True)]
    return rows + [parts.other_row(n, month, cell[f"{n}_cents"]) for n in parts.OTHER if cell[f"{n}_cents"]]


def _upgrades(reading: Reading, ask: RowsAsk) -> Listing:
    """Customers that chose to buy more on balance."""
    book = reading.money_book
    month = _month(ask, book)
    cell = _cell(book, ask, month)
    found = book.run(parts.upgrades(book.tables, _frame(book, ask, month), ask.value)).dicts()
    cents = _share_out([mrr_from_base(int(r["net_e16"])) for r in found], cell["upgrade_cents"])
    rows = [{**_who(r), "upgrade_cents": c} for r, c in zip(found, cents, strict=True)]
    column = Out("upgrade_cents", Unit.MONEY, "By how much it rose.")
    return _listing((column,), rows, ("upgrade_cents",), _figures(ask, cell))


def _cohort(reading: Reading, ask: RowsAsk) -> Listing:
    """Customers of a cohort that pay at an age."""
    book = reading.money_book
    cohort, age = parse_month(ask.cohort or ""), ask.age or 0
    last = book.last_complete_month
    triangle = ask_book(book, "cohort_retention", Ask(first=min(cohort, last - COHORTS + 1), last=last))
    cell = next((r for r in triangle.rows if (r["cohort"], r["age"]) == (ask.cohort, age)), {})
    if cell.get("mrr_cents") is None:
        raise NotFound(f"The cohort of {ask.cohort} cannot be seen at {age} months yet.", "Ask a younger age.")
    found = book.run(parts.aged(book.tables, age, cohort=cohort)).dicts()
    return _paying(found, cell["mrr_cents"], _figures(ask, cell))


def _tenure(reading: Reading, ask: RowsAsk) -> Listing:
    """Customers that pay at a tenure, whenever they started; the figure is their mean."""
    book = reading.money_book
    age = ask.age or 0
    answer = ask_book(book, "arpa_by_tenure", Ask())
    cell = next((r for r in answer.rows if r["tenure_month"] == age), {})
    found = book.run(parts.aged(book.tables, age, until=book.last_complete_month)).dicts()
    whole = round(sum((mrr_from_base(int(r["base_e16"])) for r in found), Fraction(0)))
    return _paying(found, whole, _figures(ask, cell))


def _paying(found: Sequence[Record], whole: int, figures: Mapping[str, Value]) -> Listing:
    cents = _share_out([mrr_from_base(int(r["base_e16"])) for r in found], whole)
    rows = [{**_who(r), "mrr_cents": c} for r, c in zip(found, cents, strict=True)]
    return _listing((Out("mrr_cents", Unit.MONEY, "What it pays at that age."),), rows, ("mrr_cents",), figures)


def _as_answered(reading: Reading, ask: RowsAsk) -> Listing:
    """A measure whose answer is rows already."""
    month = parse_month(ask.month) if ask.month else None
    has_months = find(ask.measure).card.has_months
    answer = show(reading, ask.measure, Ask(first=month, last=month) if has_months else Ask())
    names = names_of_customers(reading)
    column = "base_cents" if ask.measure == "movement_log" else "mrr_cents"
    rows = [{**r, "name": names.get(r["customer_id"], r["customer_id"])} for r in answer.rows]
    columns = [c for c in answer.columns if c.name != "customer_id"]
    total = sum(r[column] for r in rows)
    return _listing(columns, rows, (column,), {column: Value(total, Unit.MONEY, answer.currency)})


def _paying_now(reading: Reading, ask: RowsAsk) -> Listing:
    """The customers that pay when the forecast is made, from whom its existing revenue comes."""
    return _stock(reading, replace(ask, measure="mrr", month=month_text(reading.money_book.last_complete_month)))


def _tier(reading: Reading, ask: RowsAsk) -> Listing:
    """Customers of a support tier that pay at a month's end; the tier is the value."""
    return _stock(reading, replace(ask, measure="mrr", by="tier"))


def _of_economics(reading: Reading, ask: RowsAsk) -> Listing:
    """Rows that another module makes, with their sums and the figure's cells."""
    found = rows_economics.MAKERS[ask.measure](reading, ask)
    return _listing(found.columns, found.rows, found.sums, _figures(ask, found.cell))


def _who(record: Record) -> dict[str, Any]:
    return {"customer_id": record["customer_id"], "name": record["name"]}


def _figures(ask: RowsAsk, cell: Record) -> dict[str, Value]:
    """The cells of the measure that the rows stand behind, with their units."""
    card = find(ask.measure).card
    numbers = [c for c in card.columns if c.name in cell and c.unit not in (Unit.MONTH, Unit.TEXT, Unit.MONTHS)]
    return {c.name: Value(cell[c.name], c.unit, cell.get("currency")) for c in numbers}


_MAKERS: Mapping[str, Callable[[Reading, RowsAsk], Listing]] = {
    **dict.fromkeys(("mrr", "arr", "arpa"), _stock),
    **dict.fromkeys(
        ("net_revenue_retention", "gross_revenue_retention", "gross_mrr_churn", "net_mrr_churn", "logo_churn"), _window
    ),
    **dict.fromkeys(("mrr_movements", "quick_ratio"), _movements),
    **dict.fromkeys(("movement_log", "renewals_due"), _as_answered),
    "upgrade_rate": _upgrades,
    "cohort_retention": _cohort,
    "arpa_by_tenure": _tenure,
    "support_tiers": _tier,
    "forecast": _paying_now,
    **dict.fromkeys(rows_economics.MAKERS, _of_economics),
}
