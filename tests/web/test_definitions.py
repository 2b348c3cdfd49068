"""Definitions on pages: a list that can be narrowed, and a page of its own for every measure."""

import pytest
from django.test import Client
from django.utils.html import escape

from relevo.answers.purposes import PURPOSES
from relevo.measures.card import Kind
from relevo.measures.catalog import MEASURES


def test_the_list_holds_every_measure_and_can_be_narrowed(owner: Client) -> None:
    page = owner.get("/definitions").content.decode()
    assert all(f'href="/definitions/{name}"' in page for name in MEASURES)
    narrowed = owner.get("/definitions?q=retention+gross").content.decode()
    assert '<tr id="gross_revenue_retention">' in narrowed
    assert '<tr id="cac">' not in narrowed
    assert f"1 of {len(MEASURES)} figures match." in narrowed
    assert 'value="retention gross"' in narrowed
    assert "No figure matches." in owner.get("/definitions?q=feelings").content.decode()


def test_a_kind_is_a_word_and_not_only_a_colour(owner: Client) -> None:
    page = owner.get("/definitions?kind=efficiency").content.decode()
    assert '<span class="tag efficiency">efficiency</span>' in page
    swift = sum(measure.card.kind is Kind.EFFICIENCY for measure in MEASURES.values())
    assert 0 < swift < len(MEASURES)
    assert f"{swift} of {len(MEASURES)} figures match." in page


def test_typing_replaces_the_list_alone(owner: Client) -> None:
    part = owner.get("/definitions?q=payback", headers={"HX-Request": "true"}).content.decode()
    assert '<tr id="cac_payback">' in part
    assert "<html" not in part
    assert 'id="lead" hx-swap-oob="true"' in part


@pytest.mark.parametrize("name", MEASURES)
def test_every_measure_has_a_page(owner: Client, name: str) -> None:
    page = owner.get(f"/definitions/{name}").content.decode()
    for words in ("Formula", "Behaviour wanted", "Behaviour risked", "Read with", "nobody owns this", "Reads"):
        assert words in page


def test_a_card_says_what_it_wants_and_what_it_risks(owner: Client) -> None:
    page = owner.get("/definitions/mrr").content.decode()
    purpose = PURPOSES["mrr"]
    for told in (purpose.wanted, purpose.risked, purpose.why):
        assert escape(told) in page


def test_a_panel_gets_the_card_alone(owner: Client) -> None:
    part = owner.get("/definitions/mrr", headers={"HX-Request": "true", "HX-Target": "panel"}).content.decode()
    assert '<article class="definition">' in part
    assert "<!doctype html>" not in part
    assert "<h1>" not in part


def test_a_name_that_is_no_measure_is_a_page_that_says_so(owner: Client) -> None:
    assert owner.get("/definitions/feelings").status_code == 404
