"""The Money pages: tabs, switches that stand in the address, owners below the bridge, and marks of a break."""

import itertools
import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from relevo.answers.ahead import ahead_page
from relevo.answers.money import money_page
from relevo.answers.pages import PAGES
from relevo.answers.reading import OPERATOR, Reading
from relevo.answers.today import today_page
from relevo.answers.unit_economics import economics_page
from relevo.book.book import Book
from relevo.desk.house.actions import save_rule
from relevo.web.labels import LIFETIME_PARTS, label
from relevo.web.money.economics import _steps, lifetime_chart
from tests.answers import company
from tests.answers.spending import company_that_spends

NOW = datetime(2026, 11, 1, 6, tzinfo=UTC)
TABS = ("/money", "/money/unit-economics", "/money/ahead", "/money/reconcile")


def figure(page: str, key: str) -> str:
    start = page.index(f'<figure id="{key}"')
    return page[start : page.index("</figure>", start)]


@pytest.mark.parametrize("address", TABS)
def test_every_tab_leads_to_the_others_and_says_where_one_is(owner: Client, address: str) -> None:
    page = owner.get(address).content.decode()
    tabs = page[page.index('<nav class="tabs"') :]
    tabs = tabs[: tabs.index("</nav>")]
    assert re.findall(r'href="([^"]+)"', tabs) == list(TABS)
    assert re.findall(r'href="([^"]+)" aria-current="page"', tabs) == [address]


def test_the_bridge_of_lifetime_value_draws_every_part(tmp_path_factory: pytest.TempPathFactory) -> None:
    """From the year before to the last one, a step for each part, each beginning where the one before ended."""
    home = company_that_spends(tmp_path_factory.mktemp("bridge"))
    page = economics_page(Reading(Book.open(home / "book"), OPERATOR))
    assert page.bridge is not None
    steps = [(step.start, step.end) for step in _steps(page.bridge)]
    levels = list(itertools.accumulate(page.bridge.parts.values(), initial=page.bridge.opening))
    assert len(page.bridge.parts) >= 5
    assert steps == [(0, levels[0]), *itertools.pairwise(levels), (0, page.bridge.closing)]
    drawn = lifetime_chart(page)
    assert drawn.drawing
    for name in page.bridge.parts:
        assert str(label(LIFETIME_PARTS, name)) in str(drawn.drawing)


def test_a_page_shows_no_measure_that_its_registry_does_not_know(everything: Reading) -> None:
    shown = {"today": today_page, "money": money_page, "unit-economics": economics_page, "ahead": ahead_page}
    for route, page in shown.items():
        tiles = page(everything).tiles
        assert tuple(tile.figure.measure for tile in tiles) == PAGES[route].tiles
        assert {tile.partner.measure for tile in tiles} <= set(PAGES[route].measures)


@pytest.fixture
def everything() -> Reading:
    return Reading(Book.open(company.home().books), OPERATOR)


def test_a_line_without_an_owner_says_so(owner: Client) -> None:
    bridge = figure(owner.get("/money").content.decode(), "bridge")
    assert bridge.count("<td>nobody owns this") == 5
    assert "no owner" in bridge
    save_rule("bridge_owners", {"new": "leo", "churn": "Success lead"}, date(2026, 1, 1), "ines", "Shared.", NOW)
    bridge = figure(owner.get("/money").content.decode(), "bridge")
    assert bridge.count("<td>nobody owns this") == 3
    assert "<td>Leo</td>" in bridge
    assert "Success lead" in bridge


def test_the_method_is_in_the_address_and_stays_with_the_other_switches(owner: Client) -> None:
    page = owner.get("/money?method=movement&survival_by=segment").content.decode()
    assert "survival_by=segment&amp;method=cohort#kept" in page
    assert re.search(r'aria-current="true"[^>]*>by movements', page)
    kept = figure(page, "retention")
    assert "/rows/mrr_movements?month=2026-10&amp;since=2025-11" in kept
    assert "from one to the other" in page
    assert owner.get("/money?method=feeling").status_code == 400


def test_a_switch_gets_the_whole_page_to_take_its_part_from(owner: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "triangle"}
    page = owner.get("/money?cells=count", headers=headers).content.decode()
    assert 'id="triangle"' in page
    assert '<figure id="cohorts">' in page
    assert owner.get("/money?cells=colours").status_code == 400


def test_cells_of_the_triangle_say_what_is_asked(owner: Client) -> None:
    pages = {cells: owner.get(f"/money?cells={cells}").content.decode() for cells in ("revenue", "customers", "count")}
    texts = {cells: re.findall(r'<td class="h\d"><a[^>]*>([^<]*)<', figure(p, "cohorts")) for cells, p in pages.items()}
    assert "100" in texts["revenue"]
    assert "100" in texts["customers"]
    assert "100" not in texts["count"]
    assert "1" in texts["count"]


def test_survival_by_a_dimension_labels_its_lines_and_names_who_is_too_few(owner: Client) -> None:
    staying = figure(owner.get("/money?survival_by=channel").content.decode(), "survival")
    assert "too few: " in staying
    assert "events" in staying
    assert "log-rank" in staying
    assert "by=channel&amp;value=inbound" in staying


def test_a_change_of_conventions_is_marked_and_dated(owner: Client) -> None:
    before = figure(owner.get("/money").content.decode(), "retention")
    assert "counted otherwise" not in before
    rule = {"name": "house", "past_due_grace_days": 60}
    save_rule("policy", rule, date(2026, 4, 1), "ines", "Customers pay late.", NOW)
    after = figure(owner.get("/money").content.decode(), "retention")
    assert "counted otherwise since 1 Apr 2026" in after
    assert "Customers pay late." in after


def test_lines_of_habit_say_where_they_come_from(spending: Client) -> None:
    page = spending.get("/money/unit-economics").content.decode()
    assert "12 months, a rule of thumb; yours: " in page
    assert "3, a rule of thumb" in page
    save_rule("payback_line_months", 18, date(2026, 1, 1), "ines", "Our investors ask.", NOW)
    save_rule("ltv_to_cac_line", 4, date(2026, 1, 1), "ines", "Our investors ask.", NOW)
    page = spending.get("/money/unit-economics").content.decode()
    assert "18 months, house rule since 1 Jan 2026; yours: " in page
    assert "4, house rule since 1 Jan 2026" in page


@pytest.fixture
def spending(owner: Client, settings: Any, tmp_path: Path) -> Client:
    """The same browser on a company with acquisition spend."""
    settings.RELEVO_HOME = company_that_spends(tmp_path)
    return owner


def test_a_figure_without_rows_opens_its_definition(owner: Client) -> None:
    page = owner.get("/money/ahead").content.decode()
    assert '<a href="/definitions/committed_mrr"' in page


@pytest.mark.parametrize("address", ["/money/unit-economics?by=channel", "/money/ahead"])
def test_every_link_of_a_page_answers(owner: Client, address: str) -> None:
    page = owner.get(address).content.decode()
    links = {h.replace("&amp;", "&") for h in re.findall(r'href="(/[^"#]*)', page)}
    wanted = sorted(h for h in links if h.startswith(("/rows/", "/measures/", "/definitions/")))
    assert wanted
    for link in wanted[:: max(1, len(wanted) // 25)]:
        assert owner.get(link).status_code == 200, link


def test_ana_sees_the_figures_of_the_company_and_rows_of_her_own(ana: Client, owner: Client) -> None:
    whole, mine = (c.get("/money/ahead").content.decode() for c in (owner, ana))
    tiles = [page[page.index('class="tiles"') : page.index("</section>")] for page in (whole, mine)]
    values = [re.findall(r'class="value">(?:<a[^>]*>)?([^<]+)', part) for part in tiles]
    assert values[0][:3] == values[1][:3]
    assert "too few" in mine
    assert "Customer 03" in whole
    assert "Customer 03" not in mine


def test_a_long_table_is_sent_when_it_is_opened(owner: Client) -> None:
    page = owner.get("/money?survival_by=segment").content.decode()
    staying = figure(page, "survival")
    assert 'hx-get="/money/survival?by=segment"' in staying
    assert "<table" not in staying
    whole = owner.get("/money/survival?by=segment").content.decode()
    assert "<h1>" in whole
    part = owner.get("/money/survival?by=segment", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert part.count("<tr>") == whole.count("<tr>")


def test_the_triangle_is_a_table_with_its_finding_as_caption(owner: Client) -> None:
    triangle = figure(owner.get("/money").content.decode(), "cohorts")
    title = re.search(r"<h2>(.*?)</h2>", triangle)
    assert title
    assert f'<caption class="hidden">{title[1]}</caption>' in triangle
    assert "<svg" not in triangle


@pytest.mark.parametrize("address", ["/money", "/money/unit-economics", "/money/ahead"])
def test_a_page_is_light(owner: Client, address: str) -> None:
    assert len(owner.get(address).content) < 150_000


def test_efficiency_of_selling_stands_beside_what_stays(owner: Client) -> None:
    """Row S0-02: win rate, time to close and velocity are shown with retention in the same table, and nowhere else."""
    page = owner.get("/money/unit-economics").content.decode()
    table = page[page.index('aria-label="Selling and what stays"') :]
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', table[: table.index("</thead>")])
    assert heads == ["Month", "Win rate", "Days to close", "Pipeline a day", "Kept net", "Kept gross"]
    selling = {"win_rate", "time_to_close", "pipeline_velocity"}
    assert {route for route, shown in PAGES.items() if selling & set(shown.measures)} == {"unit-economics"}
    assert "net_revenue_retention" in PAGES["unit-economics"].measures
