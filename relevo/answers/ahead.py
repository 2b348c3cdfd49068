"""What is to come: revenue from customers there are and from new ones, who may leave, and contracts that end."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relevo.answers.customers import names_of_customers
from relevo.answers.header import header
from relevo.answers.measures import FEWEST_CUSTOMERS, MeasureAnswer, show
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.answers.renewals import Renewals, renewals
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import Figure, RowsAsk, Sentence, Tile, count, money, rate
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.measures.asking import ask as ask_book
from relevo.measures.card import Ask, Direction

YEAR = 12
SHOWN = 20


@dataclass(frozen=True)
class AheadPage:
    """Everything the page says. `past` is MRR of the last twelve months; `renewals` are cut to the first twenty.

    They are those of the viewer's customers; who sees no amounts sees none of them (`sees_money`).
    """

    stamp: Stamp
    sentence: Sentence
    second: Sentence | None
    tiles: tuple[Tile, ...]
    past: MeasureAnswer
    forecast: MeasureAnswer
    committed: MeasureAnswer
    forecast_title: Sentence
    churn: MeasureAnswer
    churn_title: Sentence
    renewals: tuple[Mapping[str, Any], ...]
    renewals_found: int
    renewals_title: Sentence
    names: Mapping[str, str]
    people: Mapping[str, str]
    sees_money: bool = True


def ahead_page(reading: Reading) -> AheadPage:
    """What the next twelve months hold, from the book's day. NotReady before the first book."""
    last = reading.company_book.last_complete_month
    past = show(reading, "mrr", Ask(first=last - YEAR, last=last))
    forecast, committed = show(reading, "forecast", Ask()), show(reading, "committed_mrr", Ask())
    churn, due = show(reading, "expected_churn", Ask()), renewals(reading)
    leaving = _leaving(reading)
    sees_money = reading.viewer.sees_money
    tiles = (_forecast_tile(past, forecast), _committed_tile(past, committed), _leaving_tile(leaving, churn))
    return AheadPage(
        stamp=stamp(reading),
        sentence=_sentence(forecast),
        second=_second(leaving, churn.currency),
        tiles=header((*tiles, due.tile()) if sees_money else tiles),
        past=past,
        forecast=forecast,
        committed=committed,
        forecast_title=_forecast_title(past, forecast),
        churn=churn,
        churn_title=_churn_title(leaving),
        renewals=due.first(SHOWN),
        renewals_found=due.found,
        renewals_title=_renewals_title(due),
        names=names_of_customers(reading),
        people=names_of_people(reading),
        sees_money=sees_money,
    )


@dataclass(frozen=True)
class Leaving:
    """The whole company's outlook: customers, how many are expected to leave in twelve months, MRR with them."""

    customers: int
    expected: float
    mrr_cents: int


_LEAVING: Remembered[Leaving | None] = Remembered(2)


def _leaving(reading: Reading) -> Leaving | None:
    """Sums over all segments and ages: an outcome of the company, whoever looks; cells of few are in it too."""
    book = reading.company_book
    return _LEAVING.get(book, "leaving", lambda: _leaving_of(book))


def _leaving_of(book: Book) -> Leaving | None:
    rows = ask_book(book, "expected_churn", Ask()).rows
    customers = sum(r["customers"] for r in rows)
    if customers < FEWEST_CUSTOMERS:
        return None
    return Leaving(
        customers=customers,
        expected=sum(float(r["expected_lost"]) for r in rows),
        mrr_cents=sum(r["mrr_at_risk_cents"] for r in rows),
    )


def _sentence(forecast: MeasureAnswer) -> Sentence:
    row = forecast.last()
    if row.get("low_cents") is None:  # less than half a year of history says nothing of a year to come
        return Sentence("ahead.too_early")
    share = row["existing_cents"] / row["total_cents"] if row["total_cents"] else None
    values = {"total": money(row["total_cents"], forecast.currency), "share": rate(share)}
    return Sentence("ahead.in_a_year", values)


def _second(leaving: Leaving | None, currency: str) -> Sentence | None:
    if leaving is None:
        return None
    values = {"lost": count(round(leaving.expected)), "money": money(leaving.mrr_cents, currency)}
    return Sentence("ahead.will_leave", values)


def _forecast_tile(past: MeasureAnswer, forecast: MeasureAnswer) -> Tile:
    row, now = forecast.last(), past.last()
    if row.get("low_cents") is None:
        row = {}
    total, held = row.get("total_cents"), now.get("mrr_cents")
    change = None if total is None or held is None else total - held
    rows = RowsAsk("forecast")
    return Tile(
        figure=Figure("forecast", "forecast", money(total, forecast.currency), rows),
        partner=Figure("forecast", "from_existing", money(row.get("existing_cents"), forecast.currency), rows),
        month=row.get("month"),
        change=money(change, forecast.currency),
        since=now.get("month"),
        better=Direction.UP,
    )


def _committed_tile(past: MeasureAnswer, committed: MeasureAnswer) -> Tile:
    row, now = committed.last(), past.last()
    rows = RowsAsk("mrr", month=now.get("month"))
    return Tile(
        figure=Figure("committed_mrr", "committed", money(row.get("cmrr_cents"), committed.currency)),
        partner=Figure("mrr", "mrr_now", money(now.get("mrr_cents"), past.currency), rows),
        month=row.get("month"),
        better=Direction.UP,
    )


def _leaving_tile(leaving: Leaving | None, churn: MeasureAnswer) -> Tile:
    expected = None if leaving is None else round(leaving.expected)
    cents = None if leaving is None else leaving.mrr_cents
    rows = RowsAsk("expected_churn")
    return Tile(
        figure=Figure("expected_churn", "expected_to_leave", count(expected), rows),
        partner=Figure("expected_churn", "mrr_with_them", money(cents, churn.currency), rows),
        better=Direction.DOWN,
    )


def _forecast_title(past: MeasureAnswer, forecast: MeasureAnswer) -> Sentence:
    row, now = forecast.last(), past.last()
    if row.get("low_cents") is None or now.get("mrr_cents") is None:
        return Sentence("forecast.too_early")
    moved = row["existing_cents"] - now["mrr_cents"]
    values = {"new": money(row["new_cents"], forecast.currency), "existing": money(abs(moved), forecast.currency)}
    return Sentence("forecast.grows" if moved >= 0 else "forecast.leaks", values)


def _churn_title(leaving: Leaving | None) -> Sentence:
    if leaving is None:
        return Sentence("leaving.too_early")
    values = {
        "lost": count(round(leaving.expected)), "customers": count(leaving.customers),
        "share": rate(leaving.expected / leaving.customers),
    }  # fmt: skip
    return Sentence("leaving.expected", values)


def _renewals_title(due: Renewals) -> Sentence:
    if not due.found:
        return Sentence("renewals.none")
    return Sentence("renewals.due", {"n": count(due.found), "mrr": due.mrr})
