"""Components of pages: tiles with their small line, pictures for mouse and keys, the side panel, the kit."""

import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from allauth.mfa.adapter import get_adapter
from django.test import Client

from relevo.answers.values import Figure, Tile, count, money, rate
from relevo.web import kit as samples
from relevo.web.charts.base import dots, line, ordinal, picture, reference, vertical
from relevo.web.charts.svg import draw
from relevo.web.parts import tile_view
from relevo.web.sparkline import sparkline

PANEL = {"HX-Request": "true", "HX-Target": "panel"}


def test_a_line_runs_from_edge_to_edge_of_its_box() -> None:
    drawn = str(sparkline((0.0, 5.0, 10.0), "three months"))
    # 84 x 28 with edges of 3: x at 3, 42, 81; the highest at 3, the lowest at 25, the middle at 14.
    assert 'd="M3.0 25.0 L42.0 14.0 L81.0 3.0"' in drawn
    assert '<circle cx="81.0" cy="3.0" r="2.4"/>' in drawn
    assert 'role="img" aria-label="three months"' in drawn
    assert "style" not in drawn


def test_a_gap_breaks_the_line_and_the_unknown_end_has_no_dot() -> None:
    drawn = str(sparkline((1.0, 2.0, None, 1.0, 2.0, None), ""))
    assert re.search(r'd="M3\.0 25\.0 L18\.6 3\.0 M49\.8 25\.0 L65\.4 3\.0"', drawn)
    assert "circle" not in drawn


def test_a_line_that_never_moves_runs_through_the_middle() -> None:
    assert 'd="M3.0 14.0 L42.0 14.0 L81.0 14.0"' in str(sparkline((7.0, 7.0, 7.0), ""))


@pytest.mark.parametrize("values", [(), (1.0,), (1.0, 2.0), (None, None, 3.0, 4.0)])
def test_two_points_are_no_line(values: tuple[float | None, ...]) -> None:
    assert sparkline(values, "") == ""


def test_the_words_of_a_line_are_escaped() -> None:
    assert "<b>" not in sparkline((1.0, 2.0, 3.0), '"<b>')


def test_a_tile_says_since_when_how_many_and_how_sure() -> None:
    view = tile_view(samples.tiles()[1])
    assert view.seen == "Oct 2026 · n 828 · 95 %: 92.4–95.7\u202f%"
    assert view.change == "▼ 1.2 points on Oct 2025"
    assert view.mood == "bad"
    assert "13 months: from 91.0\u202f% to 94.1\u202f%; lowest 91.0\u202f%, highest 94.1\u202f%" in view.spark
    assert view.definition_href == "/definitions/net_revenue_retention"


def test_a_tile_of_a_day_has_no_line_and_an_unknown_one_is_a_dash() -> None:
    unknown, of_a_day = (tile_view(tile) for tile in samples.tiles()[2:])
    assert (of_a_day.seen, of_a_day.spark) == ("31 Oct 2026 · n 210", "")
    assert (unknown.value, unknown.change, unknown.mood) == ("–", "", "")


def test_a_tile_without_month_and_day_says_nothing_of_it() -> None:
    tile = Tile(Figure("mrr", "mrr", money(100, "EUR")), Figure("arpa", "arpa", count(1)), low=rate(None))
    assert tile_view(tile).seen == ""


def spec(rows: list[dict[str, Any]]) -> dict[str, Any]:
    x, y = ordinal("name"), vertical("amount", "EUR a month")
    return picture(
        200, 100, [*reference(y, 2, "as planned"), line(rows, x, y, "var(--new)"), dots(rows, x, y, "var(--new)")]
    )


def test_marks_keep_their_words_and_where_they_lead() -> None:
    rows = [{"name": "a", "amount": 1, "tip": "a: 1", "href": "/rows/mrr?month=2026-10"}]
    root = ET.fromstring(str(draw(spec(rows), "It is one")))  # noqa: S314 - drawn by ourselves
    assert (root.get("role"), root.get("aria-label"), root.get("tabindex")) == ("img", "It is one", "0")
    assert [e.get("data-tip") for e in root.iter() if e.get("data-tip")] == ["a: 1"]
    assert [e.get("data-href") for e in root.iter() if e.get("data-href")] == ["/rows/mrr?month=2026-10"]
    # A picture is one thing to a screen reader: nothing in it may take the focus.
    assert [e for e in root.iter() if e.tag.endswith("}a") or (e is not root and e.get("tabindex"))] == []
    assert {"EUR a month", "as planned"} <= {e.text for e in root.iter()}


def test_a_picture_is_drawn_the_same_after_somebody_was_shown_a_code_to_scan() -> None:
    told = spec([{"name": "a", "amount": 1, "tip": "a: 1"}]) | {"title": "after a code"}
    before = draw(told, "as before")
    get_adapter().build_totp_svg("otpauth://totp/Relevo:ines?secret=JBSWY3DPEHPK3PXP")
    after = draw(told, "as later")
    assert str(before).replace("as before", "as later") == str(after)
    assert str(after).startswith("<svg ")
    assert str(after).count("xmlns") == 1


def test_a_narrow_picture_is_drawn_whole_on_a_phone() -> None:
    rows = [{"name": "a", "amount": 1, "tip": "a: 1"}]
    assert 'class="slim"' in draw(spec(rows), "narrow")
    assert 'class="slim"' not in draw(spec(rows) | {"width": 700}, "wide")


def test_axes_say_their_units_and_the_line_of_reference_its_meaning(owner: Client) -> None:
    answer = owner.get("/money")
    page = answer.content.decode()
    assert answer.status_code == 200, page
    pictures = dict(re.findall(r'<figure id="(\w+)">.*?(<svg.*?</svg>)', page, re.S))
    for key, words in {
        "bridge": "EUR",
        "retention": "all kept",
        "survival": "share still here",
        "tenure": "EUR a month",
    }.items():
        assert words in pictures[key], key


def test_rows_come_to_the_panel_as_a_part(owner: Client) -> None:
    part = owner.get("/rows/mrr?month=2026-10", headers=PANEL).content.decode()
    assert "<html" not in part
    assert '<h2 id="panel-title"' in part
    assert 'href="/rows/mrr?month=2026-10" data-whole' in part
    assert "<table>" in part
    assert "download as CSV" in part


def test_a_definition_comes_to_the_panel_or_as_a_page(owner: Client) -> None:
    part = owner.get("/definitions/net_revenue_retention", headers=PANEL).content.decode()
    page = owner.get("/definitions/net_revenue_retention").content.decode()
    assert "<html" not in part
    assert 'href="/definitions/net_revenue_retention" data-whole' in part
    for told in (part, page):
        assert "Net revenue retention" in told
        assert 'href="/definitions/gross_revenue_retention"' in told
    assert "<title>Net revenue retention · Relevo</title>" in page


def test_the_panel_shows_no_more_than_the_page(ana: Client) -> None:
    for address, status in (("/rows/mrr?by=seller&value=leo", 403), ("/definitions/nothing", 404)):
        assert ana.get(address).status_code == status
        assert ana.get(address, headers=PANEL).status_code == status


def test_every_figure_of_a_page_opens_its_definition_and_its_rows(owner: Client) -> None:
    for address in ("/", "/money"):
        tiles = re.findall(
            r'<div class="tile">.*?</div>\s*(?=<div class="tile">|</section>)',
            owner.get(address).content.decode(),
            re.S,
        )
        assert len(tiles) == 4
        for tile in tiles:
            assert re.search(r'<h2><a href="/definitions/\w+"', tile)
            assert re.search(r'class="value"><a href="/rows/', tile)
            assert "read with" in tile
            assert re.search(r'class="seen">\S', tile)


def test_the_kit_shows_every_component(owner: Client) -> None:
    page = owner.get("/kit").content.decode()
    classes = {name for names in re.findall(r'class="([^"]+)"', page) for name in names.split()}
    assert classes >= {
        "tiles", "tile", "spark", "frame", "number", "chip", "bar", "drawing", "beneath", "finding", "note", "empty",
        "status", "skeleton", "timeline", "card", "facts", "tabs", "dialog", "panel", "field", "hint", "error",
        "button",
    }  # fmt: skip
    assert "yours" in page
    assert 'dir="rtl"' in page


def test_the_kit_needs_no_book(owner: Client, settings: Any, tmp_path: Any) -> None:
    settings.RELEVO_HOME = tmp_path
    page = owner.get("/kit")
    assert page.status_code == 200
    assert b"yours" not in page.content.replace(b"say that they are yours", b"")
