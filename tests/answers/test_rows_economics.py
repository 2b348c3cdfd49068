"""Rows behind figures of unit economics, survival, expected churn, sold books and tiers add up to them."""

from dataclasses import replace
from fractions import Fraction
from functools import partial

import pytest

from relevo.answers.measures import show
from relevo.answers.reading import NotFound, Reading, Refused
from relevo.answers.rows import rows_page
from relevo.answers.values import RowsAsk
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask
from tests.answers.company import LAST


def test_customers_won_are_those_of_the_cost(everything: Reading) -> None:
    for row in [r for r in show(everything, "cac", Ask()).rows if r["new_customers"]][-6:]:
        page = rows_page(everything, RowsAsk("cac", month=row["month"]), limit=None)
        assert page.found == row["new_customers"]
        assert page.listing.totals["new_customers"] == row["new_customers"]


def test_rows_follow_what_the_house_assumes(everything: Reading) -> None:
    """A margin changed by a rule changes figure and rows at once: both are asked with it."""
    for margin in ("0.8", "0.5"):
        reading = replace(everything, assumed=partial(Assumptions, gross_margin=Fraction(margin)))
        page = rows_page(reading, RowsAsk("customer_value"), limit=None)
        told = show(reading, "customer_value", Ask()).rows
        assert page.listing.totals["realised_cents"] == sum(r["realised_cents"] for r in told)


@pytest.mark.parametrize("by", [None, "segment"])
def test_customers_that_left_are_the_events_of_survival(everything: Reading, by: str | None) -> None:
    for row in [r for r in show(everything, "survival", Ask(by=by)).rows if r["events"]]:
        ask = RowsAsk("survival", age=row["tenure_month"], by=by, value=row[by] if by else None)
        page = rows_page(everything, ask, limit=None)
        assert page.found == row["events"]
        assert {r["tenure_month"] for r in page.listing.rows} == {row["tenure_month"]}


def test_customers_that_left_are_the_events_compared(everything: Reading) -> None:
    for row in show(everything, "survival_compare", Ask(by="segment")).rows:
        page = rows_page(everything, RowsAsk("survival_compare", by="segment", value=row["level"]), limit=None)
        assert page.found == row["events"]


def test_customers_of_a_cell_are_those_expected_to_leave(everything: Reading) -> None:
    for row in show(everything, "expected_churn", Ask()).rows:
        ask = RowsAsk("expected_churn", by="segment", value=row["segment"], kind=row["age_band"])
        page = rows_page(everything, ask, limit=None)
        assert page.found == row["customers"]
        assert abs(sum(r["chance"] for r in page.listing.rows) - row["expected_lost"]) < 0.01
    whole = rows_page(everything, RowsAsk("expected_churn"), limit=None)
    assert whole.listing.totals["mrr_cents"] == show(everything, "mrr", Ask()).last()["mrr_cents"]


def test_values_of_customers_add_up(everything: Reading) -> None:
    page = rows_page(everything, RowsAsk("ltv"), limit=None)
    answer = show(everything, "customer_value", Ask())
    assert page.listing.totals["total_cents"] == sum(r["total_cents"] for r in answer.rows)
    smb = rows_page(everything, RowsAsk("ltv", by="segment", value="smb"), limit=None)
    assert smb.found == sum(r["segment"] == "smb" for r in answer.rows)


def test_a_sold_book_opens_to_its_customers(everything: Reading) -> None:
    for row in show(everything, "sold_book", Ask()).rows[-5:]:
        ask = RowsAsk("sold_book", by="seller", value=row["person_id"], month=row["month_sold"])
        page = rows_page(everything, ask, limit=None)
        assert page.found == row["customers"]
        assert page.listing.totals["opening_cents"] == row["opening_cents"]
        assert page.listing.totals["kept_customers"] == row["kept_customers"]
    quality = next(r for r in show(everything, "seller_quality", Ask()).rows if r["person_id"] == "leo")
    page = rows_page(everything, RowsAsk("seller_quality", by="seller", value="leo"), limit=None)
    assert page.found == quality["customers"]
    assert page.listing.totals["now_cents"] == quality["now_cents"]


def test_a_sold_book_is_for_those_who_may_see_persons(everything: Reading, anas: Reading) -> None:
    with pytest.raises(Refused):
        rows_page(anas, RowsAsk("sold_book", by="seller", value="leo"))
    for ask in (RowsAsk("sold_book"), RowsAsk("sold_book", by="seller")):
        with pytest.raises(NotFound):
            rows_page(everything, ask)


def test_customers_of_a_tier_are_its_mrr(everything: Reading) -> None:
    for row in show(everything, "support_tiers", Ask(first=2026 * 12 + 9, last=2026 * 12 + 9)).rows:
        page = rows_page(everything, RowsAsk("support_tiers", month=LAST, value=row["tier"]), limit=None)
        assert (page.found, page.listing.totals["mrr_cents"]) == (row["customers"], row["mrr_cents"])


def test_rows_are_those_of_the_viewer(anas: Reading) -> None:
    for ask in (RowsAsk("ltv"), RowsAsk("expected_churn"), RowsAsk("cac", month=LAST), RowsAsk("survival")):
        rows = rows_page(anas, ask, limit=None).listing.rows
        assert all(int(r["customer_id"][1:]) % 2 == 0 for r in rows)
