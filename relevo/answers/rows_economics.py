"""The rows behind figures of unit economics, survival, expected churn, sold books and support tiers.

Each gives the columns, the rows and which columns are summed; `rows` makes the page of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import ibis
import ibis.expr.types as ir

from relevo.answers import rows_parts as parts
from relevo.answers.measures import show
from relevo.answers.reading import NotFound, Reading
from relevo.answers.values import RowsAsk
from relevo.base.money import apportion, half_up, mrr_from_base
from relevo.base.periods import month_text, parse_month
from relevo.book.book import Tables
from relevo.measures.asking import ask as ask_book
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask, Frame, Out, Unit
from relevo.measures.catalog import find
from relevo.measures.revenue.by_segment import by_segment
from relevo.measures.revenue.cac_payback import lost_before_payback_rows
from relevo.measures.revenue.expected_churn import band_of, lives_by_slice, outlook, past
from relevo.measures.revenue.levels import levels_at
from relevo.measures.revenue.sold_book import sold_customers, then
from relevo.measures.revenue.survival import dated_lives, with_begin
from relevo.measures.slices import SLICE, sliced, sliced_at

Record = Mapping[str, Any]
YEAR = 12


@dataclass(frozen=True)
class Found:
    """Rows with the columns after customer and name, the columns that are summed, and the figure's own cells."""

    columns: tuple[Out, ...]
    rows: Sequence[Record]
    sums: tuple[str, ...]
    cell: Record


def won(reading: Reading, ask: RowsAsk) -> Found:
    """Customers won in the months of an acquisition cost, with their first MRR."""
    book = reading.money_book
    last = parse_month(ask.month) if ask.month else book.last_complete_month
    months = 1 if ask.measure == "cac" else ask.months or YEAR
    frame = frame_of(book, find("mrr_movements").card, Ask(by=ask.by, first=last - months + 1, last=last))
    found = book.run(parts.movements(book.tables, frame, ask.value)).dicts()
    new = [r for r in found if r["kind"] == "new"]
    cents = _shared([mrr_from_base(int(r["base_e16"])) for r in new])
    rows = [{**parts.movement_row(r, c), "new_customers": 1} for r, c in zip(new, cents, strict=True)]
    columns = (
        Out("at", Unit.DATE, "The day of its first MRR."),
        Out("new_customers", Unit.COUNT, "1 for each."),
        Out("base_cents", Unit.MONEY, "Its first MRR."),
    )
    kept = [{k: r[k] for k in ("customer_id", "name", "at", "new_customers", "base_cents")} for r in rows]
    return Found(columns, kept, ("base_cents", "new_customers"), _told(reading, ask, last))


def _told(reading: Reading, ask: RowsAsk, month: int) -> Record:
    """The figure itself, as this viewer is told it."""
    card = find(ask.measure).card
    at = month if card.has_months else None
    for row in show(reading, ask.measure, Ask(by=ask.by, first=at, last=at)).rows:
        name = ask.value if ask.by else "total"
        if row.get(ask.by or "segment", "total") == name:
            return row
    raise NotFound(f"{ask.measure} has no {ask.by} {ask.value!r}.", "Open the figure again.")


def lost(reading: Reading, ask: RowsAsk) -> Found:
    """Customers that left in the window before they had paid back; costs and margins are the company's.

    Their lost_cents add up to the measure's.
    """
    whole = reading.company_book
    card = find("cac_payback").card
    frame = frame_of(whole, card, Ask(by=ask.by, assumptions=reading.assumed()))
    names = _names(reading)
    dimension = ask.by or "segment"
    rows = [
        {
            "customer_id": r["customer_id"],
            "name": names[r["customer_id"]],
            **{column: r[source] for column, (source, _unit, _doc) in _LOST.items()},
        }
        for r in lost_before_payback_rows(whole, frame)
        if r["customer_id"] in names and (ask.by is None or r[dimension] == ask.value)
    ]
    columns = tuple(Out(name, unit, doc) for name, (_source, unit, doc) in _LOST.items())
    cell = _told(reading, ask, whole.last_complete_month)
    return Found(columns, rows, ("lost_cents",), _part(cell, "lost_before_payback", "lost_cents"))


# Columns of the rows, with the column of the measure's own listing they come from.
_LOST = {
    "began": ("began", Unit.MONTH, "Month of its first MRR."),
    "ended": ("ended", Unit.MONTH, "Month in which it left."),
    "tenure_month": ("tenure_month", Unit.MONTHS, "Months between."),
    "cac_cents": ("cac_cents", Unit.MONEY, "What it cost to win."),
    "brought_cents": ("margin_cents", Unit.MONEY, "Margin it brought."),
    "lost_cents": ("lost_cents", Unit.MONEY, "What was not earned back."),
}


def _part(cell: Record, *names: str) -> Record:
    """Some columns of a figure's row, with its currency."""
    return {name: cell[name] for name in (*names, "currency") if name in cell}


def _names(reading: Reading) -> dict[str, str]:
    """The customers this viewer may see, by id."""
    book = reading.money_book
    found = book.run(book.tables.customer.select("customer_id", "name")).rows
    return {key: name or key for key, name in found}


def value(reading: Reading, ask: RowsAsk) -> Found:
    """What each customer has brought and may bring, largest first."""
    answer = show(reading, "customer_value", Ask(by=ask.by))
    names = _names(reading)
    cut = ask.by or "segment"
    wanted = [r for r in answer.rows if ask.by is None or r[cut] == ask.value]
    kept = ("tenure_month", "active", "realised_cents", "expected_cents", "total_cents")
    rows = [
        {"customer_id": r["customer_id"], "name": names.get(r["customer_id"], r["customer_id"]),
         **{c: r[c] for c in kept}}
        for r in wanted
    ]  # fmt: skip
    sums = ("total_cents", "realised_cents", "expected_cents")
    columns = tuple(c for c in answer.columns if c.name in kept)
    cell = _told(reading, ask, reading.money_book.last_complete_month) if ask.measure == "ltv" else {}
    return Found(columns, rows, sums, _part(cell, "ltv_cents", "low", "high", "n"))


def left(reading: Reading, ask: RowsAsk) -> Found:
    """Customers that left for good: at one tenure or at any, of one value at the first MRR or of all."""
    book = reading.money_book
    card = find(ask.measure).card
    frame = frame_of(book, card, Ask(by=ask.by))
    found = book.run(_left(book.tables, frame, ask)).dicts()
    rows = [
        {
            "customer_id": r["customer_id"], "name": r["name"], "began": month_text(r["end"] - r["tenure"]),
            "ended": month_text(r["end"]), "tenure_month": r["tenure"], "events": 1,
        }
        for r in found
    ]  # fmt: skip
    columns = (
        Out("began", Unit.MONTH, "Month of its first MRR."),
        Out("ended", Unit.MONTH, "Month of its final churn so far."),
        Out("tenure_month", Unit.MONTHS, "Months between."),
        Out("events", Unit.COUNT, "1 for each that left."),
    )
    answer = ask_book(book, "survival", Ask(by=ask.by))
    mine = [r for r in answer.rows if ask.by is None or r[answer.frame.by or ""] == ask.value]
    events = sum(r["events"] for r in mine if ask.age in (None, r["tenure_month"]))
    return Found(columns, rows, ("events",), {"events": events})


def _left(tables: Tables, frame: Frame, ask: RowsAsk) -> ir.Table:
    lives = dated_lives(tables, frame)
    gone = sliced_at(lives.filter(lives.event == 1), tables, frame)
    if frame.by:
        gone = gone.filter(gone[SLICE] == ask.value)
    if ask.age is not None:
        gone = gone.filter(gone.duration == ask.age)
    ends = tables.customer_start.select("customer_id", end="churn_month")
    dated = gone.inner_join(ends, "customer_id").select("customer_id", "end", tenure="duration")
    return parts.named(dated, tables).order_by("tenure", "customer_id")


def leaving(reading: Reading, ask: RowsAsk) -> Found:
    """Paying customers of a segment and age band with the chance of each to leave; all of them where none is asked.

    Chances are the company's for a customer of that segment and age, whoever looks.
    """
    whole, book = reading.company_book, reading.money_book
    frame = frame_of(whole, find("expected_churn").card, Ask(by=ask.by))
    known = outlook(lives_by_slice(whole.run(past(whole.tables, frame)).dicts()))
    found = book.run(_present(book.tables, frame)).dicts() if known else []
    mine = [r for r in found if ask.by is None or r[SLICE] == ask.value]
    mine = [r for r in mine if ask.kind is None or band_of(r["age"]) == ask.kind]
    cents = _shared([mrr_from_base(int(r["base_e16"])) for r in mine])
    rows = [
        {
            "customer_id": r["customer_id"], "name": r["name"], "tenure_month": r["age"], "customers": 1,
            "chance": round(known.chance(r[SLICE], r["age"], frame.window), 6) if known else None, "mrr_cents": c,
        }
        for r, c in zip(mine, cents, strict=True)
    ]  # fmt: skip
    columns = (
        Out("tenure_month", Unit.MONTHS, "Months since the start."),
        Out("customers", Unit.COUNT, "1 for each."),
        Out("chance", Unit.RATE, "Chance of customers like it to leave in the coming months."),
        Out("mrr_cents", Unit.MONEY, "What it pays."),
    )
    return Found(columns, rows, ("mrr_cents", "customers"), _expected(reading, ask))


def _present(tables: Tables, frame: Frame) -> ir.Table:
    starts = tables.customer_start.select("customer_id", "first_month")
    held = levels_at(tables, [frame.last_complete]).inner_join(with_begin(starts, tables, frame), "customer_id")
    rows = sliced(held.mutate(key_month=held.month, age=held.month - held.begin), tables, by_segment(frame))
    return parts.named(rows.select("customer_id", SLICE, "age", "base_e16"), tables)


def _expected(reading: Reading, ask: RowsAsk) -> Record:
    """The cell of one segment and band as this viewer is told it; nothing for several together."""
    if ask.by is None or ask.kind is None:
        return {}
    rows = show(reading, "expected_churn", Ask(by=ask.by)).rows
    cell = next((r for r in rows if (r[ask.by], r["age_band"]) == (ask.value, ask.kind)), None)
    if cell is None:
        raise NotFound(f"There is no {ask.value!r} of {ask.kind!r} months.", "Open the figure again.")
    return {
        k: cell[k] for k in ("customers", "expected_lost", "low", "high", "mrr_at_risk_cents", "currency") if k in cell
    }


def sold(reading: Reading, ask: RowsAsk) -> Found:
    """The customers that one person sold: what each paid at first and pays now; asked by seller, of one value."""
    book, viewer = reading.money_book, reading.viewer
    if ask.by != "seller" or not ask.value or not (viewer.persons is None or ask.value in viewer.persons):
        raise NotFound(f"Nobody {ask.value!r} is yours to look at.", "Open the figure again.")
    frame = frame_of(book, find("sold_book").card, Ask())
    found = book.run(_sold(book.tables, frame, ask)).dicts()
    exact = [[mrr_from_base(int(r[c])) for r in found] for c in ("opening_e16", "later_e16")]
    first, now = (_shared(each) for each in exact)
    rows = [
        {
            "customer_id": r["customer_id"], "name": r["name"], "began": month_text(r["first_month"]),
            "opening_cents": a, "now_cents": b, "kept_customers": int(r["later_e16"] > 0),
        }
        for r, a, b in zip(found, first, now, strict=True)
    ]  # fmt: skip
    columns = (
        Out("began", Unit.MONTH, "Month of its first MRR."),
        Out("opening_cents", Unit.MONEY, "What it paid on its first day."),
        Out("now_cents", Unit.MONEY, "What it pays now, at the rates of its first month."),
        Out("kept_customers", Unit.COUNT, "1 where it still pays."),
    )
    return Found(columns, rows, ("opening_cents", "now_cents", "kept_customers"), {})


def _sold(tables: Tables, frame: Frame, ask: RowsAsk) -> ir.Table:
    mine = sold_customers(tables, frame).mutate(at=ibis.literal(frame.last_complete, "int64"))
    mine = mine.filter(mine.person_id == ask.value)
    if ask.month:
        mine = mine.filter(mine.first_month == parse_month(ask.month))
    rows = then(mine, tables)
    return parts.named(rows.select("customer_id", "first_month", "opening_e16", "later_e16"), tables)


def _shared(exact: Sequence[Fraction]) -> list[int]:
    """Parts in minor units that add up to their rounded sum."""
    return apportion(exact, half_up(sum(exact, Fraction(0)))) if exact else []


MAKERS: Mapping[str, Callable[[Reading, RowsAsk], Found]] = {
    **dict.fromkeys(("cac", "ltv_to_cac"), won),
    "cac_payback": lost,
    **dict.fromkeys(("ltv", "customer_value"), value),
    **dict.fromkeys(("survival", "survival_compare"), left),
    "expected_churn": leaving,
    **dict.fromkeys(("sold_book", "seller_quality"), sold),
}
