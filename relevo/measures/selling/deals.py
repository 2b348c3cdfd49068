"""Deals for new business as counts: closed by month, currency and days it took, and how many stood open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Expression, Found, Frame, Record
from relevo.measures.exchange import Exchange, month_rates

WON, LOST = "won", "lost"


def _month(at: ir.TimestampValue) -> ir.IntegerValue:
    return at.year().cast("int64") * 12 + at.month().cast("int64") - 1


def closed(tables: Tables, frame: Frame) -> ir.Table:
    """Deals for new business won or lost by the as-of day, by month, outcome, currency and days from opening."""
    deals = tables.deal
    ended = deals.filter((deals.kind == "new") & deals.outcome.isin([WON, LOST]) & deals.closed_at.notnull())
    known = ended.filter(ended.closed_at.date() <= frame.as_of)
    days = known.closed_at.date().delta(known.opened_at.date(), unit="day").cast("int64")
    rows = known.select("outcome", "currency", month_index=_month(known.closed_at), days=days, amount="amount_cents")
    grouped = rows.group_by("month_index", "outcome", "currency", "days").aggregate(
        n=rows.count(), valued=rows.amount.count(), amount=rows.amount.sum().cast(EXACT)
    )
    return grouped.rename(month="month_index")


def stood_open(tables: Tables, frame: Frame) -> ir.Table:
    """By month how many deals for new business were opened (+) and ended in any way (-) by the as-of day."""
    deals = tables.deal.filter(tables.deal.kind == "new")
    opened = deals.filter(deals.opened_at.date() <= frame.as_of)
    ended = opened.filter(opened.closed_at.notnull())
    known = ended.filter(ended.closed_at.date() <= frame.as_of)
    steps = ibis.union(
        opened.select(month_index=_month(opened.opened_at), step=ibis.literal(1, "int64")),
        known.select(month_index=_month(known.closed_at), step=ibis.literal(-1, "int64")),
    )
    return steps.group_by("month_index").aggregate(step=steps.step.sum().cast("int64")).rename(month="month_index")


EXPRESSIONS: Mapping[str, Expression] = {"closed": closed}
WITH_OPEN: Mapping[str, Expression] = {"closed": closed, "open": stood_open, "rates": month_rates}


@dataclass(frozen=True)
class Window:
    """Deals that closed in some months: won and lost, days of the won as a histogram, and what the won were worth.

    `worth` is in exact minor units of the book's currency, over the `valued` won deals that have an amount.
    """

    won: int
    lost: int
    days: Mapping[int, int]
    valued: int
    worth: Fraction


def window(found: Found, end: int, months: int, exchange: Exchange | None = None) -> Window:
    """The deals that closed in the `months` up to a month index; without rates nothing is worth anything."""
    rows = [r for r in found["closed"] if end - months < int(r["month"]) <= end]
    won = [r for r in rows if r["outcome"] == WON]
    # A deal without an amount needs no rate of its currency.
    priced = [r for r in won if r["valued"]]
    worth = sum((_worth(r, exchange) for r in priced), Fraction(0)) if exchange else Fraction(0)
    return Window(
        won=_count(won), lost=_count(r for r in rows if r["outcome"] == LOST), days=_histogram(won),
        valued=sum(int(r["valued"]) for r in won), worth=worth,
    )  # fmt: skip


def _worth(row: Record, exchange: Exchange) -> Fraction:
    return exchange.amount(row["currency"], int(row["month"]), row["amount"])


def _count(rows: Iterable[Mapping[str, object]]) -> int:
    return sum(int(str(r["n"])) for r in rows)


def _histogram(rows: Iterable[Mapping[str, object]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for row in rows:
        days = int(str(row["days"]))
        found[days] = found.get(days, 0) + int(str(row["n"]))
    return found
