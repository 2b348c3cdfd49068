"""Today: what changed since the month began, which renewals come, and what the data lack."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relevo.answers.customers import names_of_customers
from relevo.answers.data import shown_findings
from relevo.answers.header import header
from relevo.answers.measures import MeasureAnswer, show
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.answers.renewals import Renewals, renewals
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.today_star import star_tile
from relevo.answers.values import (
    Figure,
    RowsAsk,
    Sentence,
    Tile,
    count,
    difference,
    money,
    month,
    months_of,
    rate,
)
from relevo.base.findings import Finding, Severity
from relevo.base.periods import month_text
from relevo.measures.card import Ask, Direction

YEAR = 12
SHOWN = 12


@dataclass(frozen=True)
class TodayPage:
    """What the first page says of the company and of renewals; `renewals` are cut to the first dozen."""

    stamp: Stamp
    sentence: Sentence
    tiles: tuple[Tile, ...]
    renewals: tuple[Mapping[str, Any], ...]
    renewals_found: int
    names: Mapping[str, str]
    people: Mapping[str, str]
    warnings: tuple[Finding, ...]
    sees_money: bool = True


def today_page(reading: Reading) -> TodayPage:
    """The first page as of the book's day. NotReady before the first book."""
    book = reading.company_book
    # The month that is still open says little on its first days; from then on it is what a reader wants to hear of.
    open_month, sees_money = book.open_month, reading.viewer.sees_money
    moves = show(reading, "movement_log", Ask(first=open_month, last=open_month))
    due = renewals(reading)
    return TodayPage(
        stamp=stamp(reading),
        sentence=_sentence(moves, due, month_text(open_month)) if sees_money else _company(reading),
        tiles=_tiles(reading, due),
        renewals=due.first(SHOWN),
        renewals_found=due.found,
        names=names_of_customers(reading),
        people=names_of_people(reading),
        warnings=shown_findings(reading, (f for f in book.manifest.findings if f.severity is not Severity.INFO)),
        sees_money=sees_money,
    )


def _company(reading: Reading) -> Sentence:
    """The sentence for who sees no amounts of customers."""
    last = reading.company_book.last_complete_month
    kept = show(reading, "gross_revenue_retention", Ask(first=last, last=last)).last()
    return Sentence("today.company", {"rate": rate(kept.get("rate"))})


def _sentence(moves: MeasureAnswer, due: Renewals, this_month: str) -> Sentence:
    values = {
        "month": month(this_month),
        "came": count(sum(r["kind"] in ("new", "reactivation") for r in moves.rows)),
        "left": count(sum(r["kind"] == "churn" for r in moves.rows)),
        "due": count(due.found),
        "due_mrr": due.mrr,
    }
    code = "today.month_and_renewals" if due.found else "today.month"
    if moves.scope.is_company:
        return Sentence(code, values)
    return Sentence(f"{code}.yours", {**values, "n": count(moves.scope.customers)})


def _tiles(reading: Reading, due: Renewals) -> tuple[Tile, ...]:
    """The star and three guardrails; without amounts of customers there is nothing to say of their renewals."""
    tiles = (star_tile(reading), _kept_tile(reading), _quick_tile(reading))
    return header((*tiles, due.tile()) if reading.viewer.sees_money else tiles)


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
        spark=months_of(net.rows, "rate"),
        n=now.get("customers"),
    )


def _quick_tile(reading: Reading) -> Tile:
    """MRR won in the last complete month, read with what was lost in it."""
    last = reading.company_book.last_complete_month
    row = show(reading, "quick_ratio", Ask(first=last - YEAR, last=last))
    now, before = row.last(), row.rows[0] if len(row.rows) > YEAR else {}
    change = difference(now.get("gained_cents"), before.get("gained_cents"))
    return Tile(
        figure=Figure("quick_ratio", "gained_mrr", money(now.get("gained_cents"), row.currency), _moves(now, "gained")),
        partner=Figure("quick_ratio", "lost_mrr", money(now.get("lost_cents"), row.currency), _moves(now, "lost")),
        month=now.get("month"),
        change=money(None if change is None else int(change), row.currency),
        since=before.get("month"),
        better=Direction.UP,
        spark=months_of(row.rows, "gained_cents"),
    )


def _year(measure: str, row: Mapping[str, Any]) -> RowsAsk:
    return RowsAsk(measure, month=row.get("month"), months=YEAR)


def _moves(row: Mapping[str, Any], kind: str) -> RowsAsk:
    return RowsAsk("quick_ratio", month=row.get("month"), kind=kind)
