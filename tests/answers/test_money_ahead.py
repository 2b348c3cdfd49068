"""What is ahead, and unit economics, on a small company with spend."""

from dataclasses import replace
from datetime import date

import pytest

from relevo.answers.ahead import ahead_page
from relevo.answers.measures import show
from relevo.answers.reading import COMPANY, OPERATOR, Reading, Refused, Viewer
from relevo.answers.renewals import renewals
from relevo.answers.rows import rows_page
from relevo.answers.today import today_page
from relevo.answers.unit_economics import TOTAL, economics_page
from relevo.answers.values import RowsAsk
from relevo.base.errors import WrongUse
from relevo.book.book import Book
from relevo.measures.card import Ask
from tests.answers.spending import STARTS, company_that_spends


@pytest.fixture(scope="module")
def spending(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """The company of `tests.answers.spending`."""
    return Reading(Book.open(company_that_spends(tmp_path_factory.mktemp("spending")) / "book"), OPERATOR)


def test_cost_and_payback_are_those_counted_by_hand(spending: Reading) -> None:
    page = economics_page(spending)
    assert page.total is not None
    assert page.total.cac_cents == 100_000
    assert page.total.won == 24
    payback = show(spending, "cac_payback", Ask()).rows[-1]
    assert payback["simple_months"] == 12.5
    assert page.total.months == payback["survival_months"]
    assert page.total.months is not None
    assert page.total.months >= 13
    assert page.sentence.code == "economics.costs_and_brings"


def test_customers_lost_before_payback_are_counted_and_listed(spending: Reading) -> None:
    """Of the 24 won in each year every fourth leaves in month five: cost 1 000, margin 5 x 80 = 400, 600 not earned."""
    page = economics_page(spending)
    assert page.total is not None
    gone = [i for i in range(2 * STARTS) if i % 4 == 0 and STARTS - 12 <= i // 2 + 5 < STARTS]
    assert page.total.lost == len(gone)
    assert page.total.lost_cents == len(gone) * 60_000
    rows = rows_page(spending, RowsAsk("cac_payback"), limit=None)
    assert {r["customer_id"] for r in rows.listing.rows} == {f"S{i:02}" for i in gone}
    assert rows.listing.totals == {"lost_cents": page.total.lost_cents}


def test_the_bridge_of_lifetime_value_sums_exactly_for_every_value(spending: Reading) -> None:
    page = economics_page(spending)
    assert page.bridges[0] == TOTAL
    for part in page.bridges:
        bridge = economics_page(spending, part=part).bridge
        assert bridge is not None
        assert bridge.opening + sum(bridge.parts.values()) == bridge.closing


def test_only_dimensions_of_the_company_cut_unit_economics(spending: Reading) -> None:
    with pytest.raises(WrongUse):
        economics_page(spending, by="seller")


def test_few_customers_are_not_judged(spending: Reading) -> None:
    some = Viewer("ana", scope=frozenset({"S00", "S01"}))
    mine = Reading(spending.published, some)
    assert economics_page(mine).total == economics_page(spending).total
    with pytest.raises(Refused):
        show(mine, "ltv", Ask(by="industry"))


def test_without_spend_the_cost_is_said_to_be_missing(everything: Reading) -> None:
    page = economics_page(everything)
    assert page.sentence.code == "economics.no_cost"
    assert page.curve_title.code == "payback.no_cost"
    assert all(row.cac_cents is None for row in page.rows)
    events = next(r for r in economics_page(everything, by="channel").rows if r.value == "events")
    assert events.too_few
    assert events.ltv_cents is None


def test_tiles_pair_efficiency_with_an_outcome(everything: Reading) -> None:
    from relevo.measures.card import Kind
    from relevo.measures.catalog import find

    for tile in (*economics_page(everything).tiles, *ahead_page(everything).tiles):
        kinds = {find(name).card.kind for name in (tile.figure.measure, tile.partner.measure)}
        assert (tile.figure.code, tile.figure.measure) != (tile.partner.code, tile.partner.measure)
        if tile.figure.code in ("cac", "ltv_to_cac"):
            assert Kind.OUTCOME in kinds


# Ahead -----------------------------------------------------------------------------------------------------


def test_the_forecast_adds_up_and_begins_at_what_is_paid(everything: Reading) -> None:
    page = ahead_page(everything)
    assert [row["existing_cents"] + row["new_cents"] for row in page.forecast.rows] == [
        row["total_cents"] for row in page.forecast.rows
    ]
    now = show(everything, "mrr", Ask()).last()
    assert page.past.last() == now
    rows = rows_page(everything, RowsAsk("forecast"), limit=None)
    assert rows.listing.totals["mrr_cents"] == now["mrr_cents"]


def test_who_is_expected_to_leave_is_the_same_for_everybody(everything: Reading, anas: Reading) -> None:
    assert ahead_page(anas).tiles[2] == ahead_page(everything).tiles[2]
    assert ahead_page(anas).churn.hidden > 0
    assert any(row["customers"] is None for row in ahead_page(anas).churn.rows)


def test_today_tells_the_same_renewals(everything: Reading, anas: Reading) -> None:
    for reading in (everything, anas):
        today, ahead = today_page(reading), ahead_page(reading)
        assert (today.tiles[-1], today.renewals_found) == (ahead.tiles[-1], ahead.renewals_found)
        assert today.renewals == ahead.renewals[: len(today.renewals)]


def test_contracts_that_end_on_one_day_have_an_order(everything: Reading) -> None:
    found = renewals(everything)
    same = {"term_end_on": date(2026, 12, 1), "mrr_cents": 100, "auto_renew": None}
    rows = tuple({**same, "customer_id": key} for key in ("b", "c", "a"))
    backwards = replace(found, due=replace(found.due, rows=rows[::-1]))
    for each in (replace(found, due=replace(found.due, rows=rows)), backwards):
        assert [row["customer_id"] for row in each.first(2)] == ["a", "b"]


def test_the_tile_of_renewals_says_whose_they_are(everything: Reading, anas: Reading) -> None:
    assert ahead_page(everything).tiles[-1].scope is COMPANY
    assert ahead_page(anas).tiles[-1].scope == anas.scope


def test_who_sees_no_amounts_is_not_told_that_nothing_is_due(everything: Reading) -> None:
    page = ahead_page(replace(everything, viewer=Viewer("pia", scope=None, role="product")))
    assert ahead_page(everything).renewals
    assert not page.sees_money
    assert "renewals_due" not in {tile.figure.measure for tile in page.tiles}


def test_renewals_are_those_of_the_viewer(everything: Reading, anas: Reading) -> None:
    mine = {row["customer_id"] for row in ahead_page(anas).renewals}
    assert mine
    assert all(int(key[1:]) % 2 == 0 for key in mine)
    assert ahead_page(everything).renewals_found > ahead_page(anas).renewals_found
