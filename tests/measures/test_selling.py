"""Win rate, time to close and pipeline velocity of ten deals, recomputed by hand (row S0-02)."""

from typing import Any

import pytest

from relevo.answers.reading import OPERATOR, Reading
from relevo.answers.selling import selling_table
from relevo.base.errors import DataRefused
from relevo.base.periods import parse_month
from relevo.book.book import Book
from relevo.measures.asking import ask
from relevo.measures.card import Ask, Kind
from relevo.measures.catalog import MEASURES, find
from tests.measures.small_economics import book, deal, pays

# Number, opened, closed, how it ended, amount in cents.
TEN = (
    (1, "2026-01-01", "2026-01-31", "won", 120_000),  # 30 days
    (2, "2026-01-05", "2026-02-04", "lost", 90_000),
    (3, "2026-01-10", "2026-02-19", "won", 240_000),  # 40 days
    (4, "2026-01-15", "2026-03-01", "won", 60_000),  # 45 days
    (5, "2026-02-01", "2026-03-03", "lost", None),
    (6, "2026-02-10", "2026-03-12", "won", 180_000),  # 30 days
    (7, "2026-02-20", "2026-03-05", "declined", 50_000),  # not ours to win: in no rate
    (8, "2026-03-01", None, "open", 70_000),
    (9, "2026-03-10", None, "open", None),
    (10, "2026-03-20", None, "open", 10_000),
)
SELLING = ("win_rate", "time_to_close", "pipeline_velocity")


@pytest.fixture(scope="module")
def ten() -> Book:
    deals = [deal(n, o, c, outcome=how, amount_cents=cents) for n, o, c, how, cents in TEN]
    return book("2026-03-31", [pays("a", "2026-01", None, 10_000)], deal=deals)


def last(made: Book, name: str, months: int) -> dict[str, Any]:
    month = made.last_complete_month
    (row,) = ask(made, name, Ask(first=month, last=month, months=months)).rows
    return row


def test_win_rate_is_won_over_won_and_lost(ten: Book) -> None:
    row = last(ten, "win_rate", 3)
    assert (row["month"], row["months"], row["won"], row["lost"], row["rate"]) == ("2026-03", 3, 4, 2, 0.666667)
    assert (row["low"], row["high"]) == (0.299993, 0.903229)  # Wilson, 4 of 6
    months = ask(ten, "win_rate", Ask(first=parse_month("2026-01"), last=parse_month("2026-03"))).rows
    assert [(r["won"], r["lost"]) for r in months] == [(1, 0), (1, 1), (2, 1)]


def test_time_to_close_is_that_of_won_deals(ten: Book) -> None:
    row = last(ten, "time_to_close", 3)
    assert (row["won"], row["median_days"], row["mean_days"]) == (4, 35.0, 36.25)
    assert last(ten, "time_to_close", 1)["mean_days"] == 37.5


def test_velocity_is_opportunities_by_rate_by_value_by_days(ten: Book) -> None:
    """3 open x 4/6 x 1,500.00 / 36.25 days = 82.76 a day."""
    row = last(ten, "pipeline_velocity", 3)
    assert (row["opportunities"], row["rate"], row["value_cents"], row["cycle_days"]) == (3, 0.666667, 150_000, 36.25)
    assert (row["velocity_cents"], row["currency"]) == (8_276, "EUR")


def test_without_an_ended_deal_nothing_is_defined() -> None:
    made = book("2026-03-31", [pays("a", "2026-01", None, 10_000)], deal=[deal(1, "2026-03-01", None)])
    assert last(made, "win_rate", 3)["rate"] is None
    assert last(made, "time_to_close", 3)["median_days"] is None
    row = last(made, "pipeline_velocity", 3)
    assert (row["opportunities"], row["velocity_cents"]) == (1, None)


def test_deals_of_other_currencies_and_kinds() -> None:
    deals = [
        deal(1, "2026-01-01", "2026-01-11", amount_cents=100_000, currency="USD"),
        deal(2, "2026-01-01", "2026-01-11", amount_cents=999_999, kind="renewal"),
    ]
    rates = [{"currency": "USD", "on_date": "2026-01-01", "rate": "0.5"}]
    made = book("2026-01-31", [pays("a", "2026-01", None, 10_000)], deal=deals, fx_rate=rates)
    row = last(made, "pipeline_velocity", 1)
    assert (row["value_cents"], row["cycle_days"], row["opportunities"]) == (50_000, 10.0, 0)


@pytest.mark.parametrize("name", SELLING)
def test_they_are_efficiency_and_never_without_an_outcome(name: str) -> None:
    card = find(name).card
    assert card.kind is Kind.EFFICIENCY
    assert any(MEASURES[other].card.kind is Kind.OUTCOME for other in card.read_with)


def test_a_deal_without_an_amount_needs_no_rate() -> None:
    deals = [
        deal(1, "2026-01-01", "2026-01-31", outcome="won", amount_cents=None, currency="USD"),
        deal(2, "2026-02-01", "2026-02-11", outcome="won", amount_cents=100_000),
    ]
    row = last(book("2026-03-31", [pays("a", "2026-01", None, 10_000)], deal=deals), "pipeline_velocity", 3)
    assert row["value_cents"] == 100_000


def test_a_page_lives_without_the_rate_of_a_deal() -> None:
    """Money per day is not known then; what else the table says stays, beside what was kept."""
    deals = [deal(1, "2026-02-01", "2026-02-11", outcome="won", amount_cents=100_000, currency="USD")]
    made = book("2026-03-31", [pays("a", "2025-01", None, 10_000)], deal=deals)
    with pytest.raises(DataRefused, match="USD"):
        last(made, "pipeline_velocity", 3)
    table = selling_table(Reading(made, OPERATOR))
    february = next(m for m in table.months if m.month == "2026-02")
    assert (february.ended, february.win_rate, february.median_days, february.velocity_cents) == (1, 1.0, 10.0, None)
    assert (february.net, february.gross) == (1.0, 1.0)


def test_the_table_says_what_the_measures_say(ten: Book) -> None:
    """Each column of the table is its measure's, month by month; what stays stands beside it."""
    told = {m.month: m for m in selling_table(Reading(ten, OPERATOR)).months}
    for month in ("2026-02", "2026-03"):
        at = parse_month(month)

        def row(name: str, at: int = at) -> dict[str, Any]:
            return ask(ten, name, Ask(first=at, last=at)).rows[0]

        shown = told[month]
        assert shown.win_rate == row("win_rate")["rate"]
        assert shown.median_days == row("time_to_close")["median_days"]
        assert shown.velocity_cents == row("pipeline_velocity")["velocity_cents"]
        assert shown.net == row("net_revenue_retention")["rate"]
        assert shown.gross == row("gross_revenue_retention")["rate"]
    assert len({m.median_days for m in told.values()}) > 2
