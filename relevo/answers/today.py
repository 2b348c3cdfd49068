"""Today: what changed since the month began, which renewals come, and what the data lack."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relevo.answers.customers import customer_rows
from relevo.answers.measures import MeasureAnswer, show
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import Figure, RowsAsk, Sentence, Tile, count, difference, money, month, rate
from relevo.base.findings import Finding, Severity
from relevo.base.periods import month_text
from relevo.measures.card import Ask, Direction

YEAR = 12
SHOWN = 12


@dataclass(frozen=True)
class TodayPage:
    """What the first page says. `moves` and `renewals` are cut to the first dozen; the counts cover all of them."""

    stamp: Stamp
    sentence: Sentence
    tiles: tuple[Tile, ...]
    moves: tuple[Mapping[str, Any], ...]
    moves_found: int
    moves_month: str
    renewals: tuple[Mapping[str, Any], ...]
    renewals_found: int
    names: Mapping[str, str]
    people: Mapping[str, str]
    warnings: tuple[Finding, ...]


def today_page(reading: Reading) -> TodayPage:
    """The first page as of the book's day. NotReady before the first book."""
    book = reading.company_book
    # The month that is still open says little on its first days; from then on it is what a reader wants to hear of.
    open_month = book.open_month
    moves = show(reading, "movement_log", Ask(first=open_month, last=open_month))
    renewals = show(reading, "renewals_due", Ask())
    shown = tuple(sorted(moves.rows, key=lambda r: -abs(r["base_cents"] or 0))[:SHOWN])
    due = tuple(sorted(renewals.rows, key=lambda r: (r["term_end_on"], -(r["mrr_cents"] or 0)))[:SHOWN])
    return TodayPage(
        stamp=stamp(reading),
        sentence=_sentence(moves, renewals, month_text(open_month)),
        tiles=_tiles(reading, renewals),
        moves=shown,
        moves_found=len(moves.rows),
        moves_month=month_text(open_month),
        renewals=due,
        renewals_found=len(renewals.rows),
        names={r.customer_id: r.name for r in customer_rows(reading)},
        people=names_of_people(reading),
        warnings=tuple(f for f in book.manifest.findings if f.severity is not Severity.INFO),
    )


def _sentence(moves: MeasureAnswer, renewals: MeasureAnswer, this_month: str) -> Sentence:
    values = {
        "month": month(this_month),
        "came": count(sum(r["kind"] in ("new", "reactivation") for r in moves.rows)),
        "left": count(sum(r["kind"] == "churn" for r in moves.rows)),
        "due": count(len(renewals.rows)),
        "due_mrr": money(sum(r["mrr_cents"] or 0 for r in renewals.rows), renewals.currency),
    }
    return Sentence("today.month_and_renewals" if renewals.rows else "today.month", values)


def _tiles(reading: Reading, renewals: MeasureAnswer) -> tuple[Tile, ...]:
    last = reading.company_book.last_complete_month
    stock = show(reading, "mrr", Ask(first=last - YEAR, last=last))
    return (_stock_tile(stock), _kept_tile(reading), _quick_tile(reading), _renewals_tile(renewals))


def _stock_tile(stock: MeasureAnswer) -> Tile:
    now, before = stock.last(), stock.rows[0] if len(stock.rows) > YEAR else {}
    rows = RowsAsk("mrr", month=now.get("month"))
    change = difference(now.get("mrr_cents"), before.get("mrr_cents"))
    return Tile(
        figure=Figure("mrr", "mrr", money(now.get("mrr_cents"), stock.currency), rows),
        partner=Figure("mrr", "paying_customers", count(now.get("customers")), rows),
        month=now.get("month"),
        change=money(None if change is None else int(change), stock.currency),
        since=before.get("month"),
        better=Direction.UP,
    )


def _kept_tile(reading: Reading) -> Tile:
    last = reading.company_book.last_complete_month
    ask = Ask(first=last - YEAR, last=last)
    net, gross = show(reading, "net_revenue_retention", ask), show(reading, "gross_revenue_retention", ask)
    now, before = net.last(), net.rows[0] if len(net.rows) > YEAR else {}
    return Tile(
        figure=Figure(net.measure, "nrr", rate(now.get("rate")), _year(net.measure, now)),
        partner=Figure(
            gross.measure,
            "grr",
            rate(gross.last().get("rate")),
            _year(gross.measure, now),
        ),
        month=now.get("month"),
        change=rate(difference(now.get("rate"), before.get("rate"))),
        since=before.get("month"),
        better=Direction.UP,
    )


def _quick_tile(reading: Reading) -> Tile:
    """MRR won in the last complete month, read with what was lost in it."""
    last = reading.company_book.last_complete_month
    row = show(reading, "quick_ratio", Ask(first=last, last=last))
    before = show(reading, "quick_ratio", Ask(first=last - YEAR, last=last - YEAR)).last()
    now = row.last()
    change = difference(now.get("gained_cents"), before.get("gained_cents"))
    return Tile(
        figure=Figure("quick_ratio", "gained_mrr", money(now.get("gained_cents"), row.currency), _moves(now, "gained")),
        partner=Figure("quick_ratio", "lost_mrr", money(now.get("lost_cents"), row.currency), _moves(now, "lost")),
        month=now.get("month"),
        change=money(None if change is None else int(change), row.currency),
        since=before.get("month"),
        better=Direction.UP,
    )


def _year(measure: str, row: Mapping[str, Any]) -> RowsAsk:
    return RowsAsk(measure, month=row.get("month"), months=YEAR)


def _moves(row: Mapping[str, Any], kind: str) -> RowsAsk:
    return RowsAsk("quick_ratio", month=row.get("month"), kind=kind)


def _renewals_tile(renewals: MeasureAnswer) -> Tile:
    """MRR that comes up for renewal in 90 days, read with how much of it does not renew by itself."""
    by_hand = [r for r in renewals.rows if r["auto_renew"] is not True]
    rows = RowsAsk("renewals_due")
    due = sum(r["mrr_cents"] or 0 for r in renewals.rows)
    manual = sum(r["mrr_cents"] or 0 for r in by_hand)
    return Tile(
        figure=Figure("renewals_due", "renewals", money(due, renewals.currency), rows),
        partner=Figure("renewals_due", "renewals_by_hand", money(manual, renewals.currency), rows),
    )
