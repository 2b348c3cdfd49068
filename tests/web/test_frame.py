"""What stands around every page: the rail by the journey, the person's menu, language and looks."""

import re
from html import unescape

import pytest
from django.test import Client

from relevo.desk.house.actions import save_rule
from relevo.desk.people.models import AuditEntry
from relevo.web.frame import BELOW, PLACES, initials
from tests.answers import company

# What departments are called, so that none of them becomes a place. "Money" is what a customer pays, not a department.
DEPARTMENTS = (
    # English
    "sales", "marketing", "support", "success", "finance", "accounting", "product", "engineering", "operations",
    "human resources", "people", "service", "it",
    # Spanish
    "ventas", "mercadeo", "soporte", "éxito", "finanzas", "contabilidad", "producto", "ingeniería", "operaciones",
    "recursos humanos", "servicio", "comercial",
    # Portuguese
    "vendas", "suporte", "sucesso", "finanças", "financeiro", "contabilidade", "produto", "engenharia", "operações",
    "atendimento",
    # Chinese
    "销售", "市场", "支持", "成功", "财务", "会计", "产品", "工程", "运营", "人力", "客服",
)  # fmt: skip


def rail(page: str) -> list[str]:
    """The words of the menu, top and foot, as they stand where there is room."""
    menus = re.findall(r'<nav class="places.*?</nav>', page, re.S)
    return [
        unescape(word).strip().lower()
        for menu in menus
        for word in re.findall(r"<span(?: class=\"whole\")?>(.*?)</span>", menu)
    ]


@pytest.mark.parametrize("language", ["en", "es", "pt-br", "zh-hans"])
def test_no_department_is_a_place(owner: Client, language: str) -> None:
    owner.cookies["relevo-language"] = language
    words = rail(owner.get("/definitions").content.decode())
    assert len(words) >= 5
    for word in words:
        named = [
            d for d in DEPARTMENTS if (d in word if "\u4e00" <= d[0] <= "\u9fff" else d in re.findall(r"\w+", word))
        ]
        assert named == [], word


def test_the_rail_leads_by_the_journey_to_pages_that_exist(owner: Client) -> None:
    page = owner.get("/").content.decode()
    assert rail(page)[:5] == ["today", "customers", "money", "hand-offs", "conversations"]
    assert [p.route for p in PLACES] == ["today", "customers", "money", "hand-offs", "conversations", "data"]
    assert [p.route for p in BELOW] == ["definitions", "settings"]
    for address in re.findall(r'<li><a href="([^"]+)"', page):
        assert owner.get(address).status_code == 200, address


def test_a_place_with_a_long_name_has_a_word_for_the_bar_of_a_phone(owner: Client) -> None:
    page = owner.get("/").content.decode()
    assert re.findall(r'<span class="whole">(.*?)</span><span class="brief">(.*?)</span>', page) == [
        ("Conversations", "Talks")
    ]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/", "Today"),
        ("/customers/C00", "Customers"),
        ("/money/reconcile", "Money"),
        ("/rows/mrr", "Money"),
        ("/hand-offs/list?state=given", "Hand-offs"),
        ("/data/closing", "Data"),
        ("/definitions/mrr", "Definitions"),
        ("/kit", "Definitions"),
    ],
)
def test_a_page_lies_under_its_place(owner: Client, address: str, place: str) -> None:
    page = owner.get(address).content.decode()
    here = re.findall(r'aria-current="page">\s*<svg.*?</svg>\s*<span>(.*?)</span>', page, re.S)
    assert here == [place]


def test_the_menu_of_the_person_names_them_and_signs_out(owner: Client) -> None:
    page = owner.get("/").content.decode()
    assert '<span class="initials" aria-hidden="true">I</span>' in page
    assert 'action="/sign-out" method="post"' in page
    assert 'name="theme" value="dark"' in page


@pytest.mark.parametrize(
    ("name", "expected"),
    [("ines.prat@norte.example", "IP"), ("Ana María López", "AM"), ("sales_lead", "SL"), ("李", "李"), ("@", "–")],
)
def test_initials(name: str, expected: str) -> None:
    assert initials(name) == expected


def test_tables_can_be_dense(owner: Client) -> None:
    assert "data-density" not in owner.get("/").content.decode()
    kept = owner.post("/preferences", {"density": "compact", "next": "/money"})
    assert kept["Location"] == "/money"
    assert 'data-density="compact"' in owner.get("/").content.decode()
    owner.post("/preferences", {"density": "nonsense"})
    assert 'data-density="compact"' in owner.get("/").content.decode()
    owner.post("/preferences", {"density": "roomy"})
    assert "data-density" not in owner.get("/").content.decode()


def test_one_star_stands_at_the_head_of_every_page(owner: Client, ana: Client) -> None:
    """Row S2-10: the same measure for everybody, one at a time; changing it is a house rule with its reason."""
    heads = [browser.get(page).content.decode() for browser in (owner, ana) for page in ("/", "/data", "/money")]
    stars = [re.findall(r'<a class="star" href="([^"]*)".*?<b>(.*?)</b>', page) for page in heads]
    kept = owner.get("/measures/net_revenue_retention.json").json()["rows"][-1]["rate"]
    figure = f"{kept * 100:.1f}\u202f%"
    assert {star for found in stars for star in found} == {("/definitions/net_revenue_retention", figure)}
    assert [len(found) for found in stars] == [1] * len(stars)
    since = company.NOW.date().replace(year=2020)
    save_rule("north_star", "gross_revenue_retention", since, "mia", "we look at what stays", company.NOW)
    page = owner.get("/data").content.decode()
    assert re.findall(r'<a class="star" href="([^"]*)"', page) == ["/definitions/gross_revenue_retention"]
    assert AuditEntry.objects.filter(action="rule.saved", about="north_star").count() == 1
