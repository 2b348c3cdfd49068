"""The page that lays another tool's figure beside ours."""

import csv
import io
from typing import Any

import pytest
from django.test import Client

from relevo.base.config import Home
from relevo.web.conventions import cause_name, tool_name, way
from tests.answers.company import LAST
from tests.web.test_pages import Page

PAGE = "/money/reconcile?tool=profitwell"


def test_the_page_is_whole_and_opens_to_customers(owner: Client) -> None:
    text = owner.get(f"{PAGE}&month={LAST}&theirs=4%20000.00&cause=fx").content.decode()
    page = Page(text)
    assert page.headings[0] == 1
    assert (page.forbidden, page.unnamed) == ([], [])
    assert len(page.ids) == len(set(page.ids))
    assert "ProfitWell shows" in text
    assert "not explained" in text
    assert "at the rate of the day of purchase" in text
    assert 'value="4 000.00"' in text
    assert "Customers behind “exchange rates”" in text
    assert any(href.startswith("/customers/C") for href in page.hrefs)
    assert any("cause=discounts" not in href and "cause=fx" in href for href in page.hrefs)


def test_money_leads_to_it(owner: Client) -> None:
    assert 'href="/money/reconcile"' in owner.get("/money").content.decode()
    assert "Stripe" in owner.get("/money/reconcile").content.decode()


def test_a_viewer_sees_the_companys_figures_and_their_own_customers(owner: Client, ana: Client) -> None:
    bridge = "/money/reconcile.csv?tool=profitwell"
    assert ana.get(bridge).content == owner.get(bridge).content
    all_rows, mine = (_rows(client, f"{bridge}&cause=ours") for client in (owner, ana))
    assert {r["customer_id"] for r in mine} < {r["customer_id"] for r in all_rows}
    assert mine == [r for r in all_rows if int(r["customer_id"][1:]) % 2 == 0] != []
    assert "Scope: your customers." in ana.get(f"{PAGE}&cause=ours").content.decode()
    assert "none of them is yours" in ana.get(f"{PAGE}&cause=pause").content.decode()


def _rows(client: Client, address: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(address).content.decode())))


@pytest.mark.parametrize("language", ["es", "pt-br", "zh-hans"])
def test_it_speaks_every_language(owner: Client, language: str) -> None:
    owner.cookies["relevo-language"] = language
    text = owner.get(f"{PAGE}&theirs=1").content.decode()
    for english in ("not explained", "at the rate of", "What it shows", "is taken off", "Compare"):
        assert english not in text


def test_where_both_are_the_same_there_is_no_picture(owner: Client) -> None:
    text = owner.get("/money/reconcile?tool=baremetrics").content.decode()
    assert "show the same" in text
    assert "<svg viewBox" not in text.split("<figure")[1]


@pytest.mark.parametrize("asked", ["tool=nobody", "theirs=abc", "month=2026-13", "cause=weather", "month=2031-01"])
def test_what_cannot_be_asked_is_refused_in_words(owner: Client, asked: str) -> None:
    assert owner.get(f"/money/reconcile?{asked}").status_code == 400


def test_before_the_first_book_it_says_what_to_do(settings: Any, tmp_path: Any, owner: Client) -> None:
    settings.RELEVO_HOME = Home(tmp_path).path
    assert "relevo build" in owner.get("/money/reconcile").content.decode()


def test_words_fall_back_to_what_the_policy_says() -> None:
    assert (tool_name("other"), cause_name("theirs", "stripe"), cause_name("ours", "stripe")) == (
        "other",
        "Stripe",
        "Relevo",
    )
    assert cause_name("some_new_field", "stripe") == "some new field"
    assert way("days_per_year", "360") == "360 a year"
    assert way("past_due_grace_days", "30") == "for 30 days"
    assert way("once_on_multimonth", "spread") == "spread"
