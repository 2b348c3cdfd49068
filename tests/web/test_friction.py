"""The page of friction: the map of the four stages, the bars of its causes, and what it says without data."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from relevo.base.config import Company
from relevo.insight.relay.friction import DAY
from relevo.insight.relay.friction_causes import Cause
from tests.insight.relay.friction_book import Table, instant, tables_of
from tests.insight.relay.friction_seeds import UNTIL, drawn
from tests.making import make
from tests.promised_roles import ROLES
from tests.web.conftest import member, signed_in

PAGE = "/hand-offs/friction"


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A company whose friction goes with transfers, and one of few customers."""
    made = {}
    for name, size in (("many", 120), ("few", 4)):
        folder = tmp_path_factory.mktemp(name)
        tables = tables_of(drawn(3, Cause.TRANSFERS, size))
        if name == "many":
            _hold_up(tables)
        report = make(folder, tables, company=Company("Norte", "EUR", "UTC"))
        assert report.published, report.findings
        made[name] = folder / "home"
    return made


def _hold_up(tables: dict[str, Table]) -> None:
    """Two customers that were won 150 days ago and are not set up: one is Ana's."""
    tables["person"].append({"person_id": "ana", "name": "Ana", "email": "ana@norte.example", "team": "success"})
    tables["assignment"].append({"customer_id": "Alba", "role": "success", "person_id": "ana",
                                 "from_at": instant(UNTIL - 150 * DAY)})  # fmt: skip
    for name in ("Alba", "Brisa"):
        tables["customer"].append({"customer_id": name, "name": name, "segment": "smb"})
        tables["deal"].append({
            "deal_id": f"d-{name}", "customer_id": name, "kind": "new", "outcome": "won", "currency": "EUR",
            "opened_at": instant(UNTIL - 170 * DAY), "closed_at": instant(UNTIL - 150 * DAY),
        })  # fmt: skip


@pytest.fixture
def many(settings: Any, db: None, homes: dict[str, Path]) -> None:
    settings.RELEVO_HOME = homes["many"]


@pytest.fixture
def few(settings: Any, db: None, homes: dict[str, Path]) -> None:
    settings.RELEVO_HOME = homes["few"]


def shown(browser: Client) -> str:
    answer = browser.get(PAGE)
    assert answer.status_code == 200
    return re.sub(r"[\u2009\u202f\u00a0]", " ", html.unescape(answer.content.decode()))


def rows(page: str, section: str) -> dict[str, list[str]]:
    """The rows of the table of a section by their first cell, without what stands small beside a figure."""
    table = page.split(f'<section id="{section}">')[1].split("<tbody>")[1].split("</tbody>")[0]
    cells = [re.findall(r"<t[hd][^>]*>([^<]*)", row) for row in table.split("</tr>")[:-1]]
    return {row[0].strip(): [cell.strip() for cell in row[1:]] for row in cells}


def test_the_map_tells_each_stage_and_what_is_not_known(many: None) -> None:
    page = shown(signed_in(member("ines", "owner")))
    table = rows(page, "parts")
    assert list(table) == ["Buying", "Implementation", "Deployment", "Adoption"]
    told = r"<h1>Customers meet the most friction in this stage: \w+, [\d.]+ of 100; \w+ may have more</h1>"
    assert re.search(told, page)
    for cells in table.values():
        # Friction, days, five parts; nothing was planned.
        assert re.fullmatch(r"[\d.]+", cells[0])
        assert cells[3] == "not known"
        assert all(re.fullmatch(r"[\d.]+ %", cell) for cell in cells[4:]), cells
    # In adoption too few finished in the year before to say what was usual.
    assert re.fullmatch(r"[\d.]+ %", table["Buying"][2])
    assert table["Adoption"][2] == "not known"
    assert "Longer than planned is not known of Implementation, Deployment, Adoption" in page
    assert re.search("On top of the usual is not known of [A-Z, a-z]*Adoption", page)
    assert "expected_on" in page


def test_the_bars_tell_the_planted_cause_first_and_of_no_person(many: None) -> None:
    page = shown(signed_in(member("ines", "owner")))
    assert re.search(r"Transfers: friction goes with this the most, \+[\d.]+ points", page)
    table = rows(page, "bars")
    assert next(iter(table)) == "Transfers"
    assert set(table) == {"Transfers", "Inexperienced people", "An uneven process"}
    assert re.fullmatch(r"[\d.]+ transfers to another person", table["Transfers"][2])
    assert [cells[3] for cells in table.values()] == ["120"] * 3
    assert "Association, not proof" in page
    assert "p-c0001" not in page


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_the_same_figures(many: None, role: str) -> None:
    """Figures of the whole company are scoped to nobody, and hold nothing by person."""
    own = shown(signed_in(member("someone", role)))
    everybodys = shown(signed_in(member("ines", "owner")))
    for section in ("parts", "bars"):
        assert rows(own, section) == rows(everybodys, section)


def test_who_is_held_up_is_told_of_customers_in_sight(many: None) -> None:
    every = shown(signed_in(member("ines", "owner"))).split('<section id="held">')[1]
    assert re.findall(r">(Alba|Brisa)</a>", every) == ["Alba", "Brisa"]
    assert ">150<" in every
    own = shown(signed_in(member("ana", "csm"))).split('<section id="held">')[1]
    assert re.findall(r">(Alba|Brisa)</a>", own) == ["Alba"]
    assert "Of your 1 customer." in own
    nobodys = shown(signed_in(member("ben", "csm"))).split('<section id="held">')[1]
    assert "There is none." in nobodys


def test_of_few_customers_nothing_is_told_but_what_is_lacking(few: None) -> None:
    page = shown(signed_in(member("ines", "owner")))
    assert "Nobody knows yet where customers meet friction" in page
    assert "No stage was finished by enough customers within a year" in page
    assert "relevo load FOLDER" in page
    assert "<svg" not in page.split("<h1>")[1]


def test_a_company_without_milestones_is_told_what_to_load(owner: Client) -> None:
    """The small company of all tests has won deals and no milestone but one."""
    page = shown(owner)
    assert "Implementation is not known: load won deals (deal) and the milestone set_up (milestone)." in page
