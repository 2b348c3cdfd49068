"""The permission matrix: every address, for every role, and for rows that are somebody else's."""

import csv
import io
import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from relevo.desk.people.actions_members import NewMember, ensure_member
from relevo.desk.people.models import AuditEntry
from tests.answers import company
from tests.promised_roles import ALL, EVEN, RECEIVERS, ROLES
from tests.web.addresses import readable
from tests.web.conftest import signed_in

# Settings of others than oneself: for whom they open.
PEOPLES = {f"/settings/{name}" for name in ("people", "people/ines", "roles", "audit", "audit.csv", "running")}
ONLY_READ = {"/settings/audit", "/settings/audit.csv", "/settings/running"}
HOUSES = {f"/settings/{name}" for name in ("house", "house/gross_margin", "goals")}
QUESTIONS = "/fit/questions"
# Files and how they are read: for the owner, who may change the data; what the examples name is not there.
FILES = {"/data/files": 200, "/data/files/never-loaded.csv": 404, "/data/uploads/987654": 404}
# What the examples name is not there, for whom it may be; and a promise is made to somebody.
NOT_THERE = {
    "/promises/987654": 404, "/promises/new": 400, "/fit/deals/never-made": 404, "/hand-offs/plans/987654": 404,
    "/conversations/reviews/987654": 404, "/hand-offs/987654": 404, "/hand-offs/987654/items/needs": 302,
}  # fmt: skip
WRITES = {"close-month": "/data/closing/close", "reopen-month": "/data/closing/reopen"}
FILE_ACTIONS = ("files.uploaded", "reading.kept", "reading.taken_back", "file.read_again")
TABS = ("timeline", "notes", "hand-offs", "contacts", "deals", "conversations", "usage", "money", "traits", "joins")


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def browser(served: None, role: str) -> Client:
    person = ROLES[role][0]
    return signed_in(ensure_member(NewMember(f"a-{role}", f"{person}@norte.example", role), "operator", company.NOW))


def records(response: HttpResponse) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode())))


def answers_of(role: str) -> dict[str, int]:
    """What addresses answer to a role that do not simply open."""
    sees_c02 = ROLES[role][1] in (ALL, EVEN) and ROLES[role][0] != "ben"
    is_owner, looks_on = role == "owner", ROLES[role][3] is None
    return {
        **dict.fromkeys((*PEOPLES, "/data/aside.csv", QUESTIONS), 200 if is_owner else 403),
        **dict.fromkeys(HOUSES, 200 if role in ("owner", "finance") else 403),
        **{address: status if is_owner else 403 for address, status in FILES.items()},
        **NOT_THERE,
        # Hand-offs kept here are none, one of C00 was loaded, and roles that see no persons begin none.
        "/hand-offs/new": 403 if looks_on else 200,
        "/hand-offs/loaded/H1": 200 if sees_c02 else 404,
        **dict.fromkeys(
            ("/hand-offs/people/ana", "/conversations/people/ana", "/conversations/appraisal/ana"),
            200 if role in ("owner", "success_lead", "csm") else 404,
        ),
        **({} if sees_c02 else {each: 404 for each in readable() if each.startswith("/customers/C02")}),
    }  # fmt: skip


def test_every_address_answers_or_refuses(browser: Client, role: str) -> None:
    ensure_member(NewMember("ines", "ines@norte.example", "owner"), "operator", company.NOW)
    wanted = answers_of(role)
    for address in readable():
        assert browser.get(address).status_code == wanted.get(address, 200), address


@pytest.mark.parametrize(
    "address", sorted((PEOPLES | HOUSES) - {"/settings/audit", "/settings/audit.csv", "/settings/running"})
)
def test_settings_of_the_house_are_changed_by_who_may(served: None, role: str, browser: Client, address: str) -> None:
    if address == "/settings/house":
        assert browser.post(address).status_code == 405
        return
    ensure_member(NewMember("ines", "ines@norte.example", "owner"), "operator", company.NOW)
    may = role == "owner" or (role == "finance" and address in HOUSES)
    assert browser.post(address, {"do": "nothing"}).status_code == (422 if may else 403)


def test_customers_are_those_of_the_role(browser: Client, role: str) -> None:
    _, customers, amounts, _, _ = ROLES[role]
    rows = records(browser.get("/customers.csv"))
    assert len(rows) == customers
    assert sum(row["mrr_cents"] != "" for row in rows) == amounts


def test_rows_behind_a_figure_are_those_whose_amounts_may_be_seen(browser: Client, role: str) -> None:
    seen = {row["customer_id"] for row in records(browser.get("/rows/mrr.csv")) if row["customer_id"]}
    _, _, amounts, _, _ = ROLES[role]
    payers = {r["customer_id"] for r in records(browser.get("/customers.csv")) if r["status"] == "paying"}
    assert seen == (payers if amounts else set())


@pytest.mark.parametrize("measure", ["movement_log", "renewals_due", "customer_value"])
def test_measures_whose_rows_are_customers_stay_in_sight(browser: Client, role: str, measure: str) -> None:
    visible = {row["customer_id"] for row in records(browser.get("/customers.csv"))}
    rows = browser.get(f"/measures/{measure}.json").json()["rows"]
    assert {row["customer_id"] for row in rows} <= (visible if ROLES[role][2] else set())


def test_a_foreign_customer_is_not_there(browser: Client, role: str) -> None:
    seen = {row["customer_id"] for row in records(browser.get("/customers.csv"))}
    for key in (company.key(i) for i in range(company.CUSTOMERS)):
        status = browser.get(f"/customers/{key}").status_code
        assert status == (200 if key in seen else 404), key


# Questions to the list that would bring a customer up by every road there is.
ROADS = (
    "", "?q=customer", "?f=name:has:customer", "?f=held:is:ana,ben", "?f=since:from:2000-01", "?f=segment:not:x",
    "?view=all", "?view=paying", "?columns=name,held,seller,attr:tier&sort=seller", "?scope=mine",
)  # fmt: skip


@pytest.mark.parametrize("road", ROADS)
def test_no_question_to_the_list_finds_a_foreign_customer(browser: Client, role: str, road: str) -> None:
    seen = {row["customer_id"] for row in records(browser.get("/customers.csv"))}
    rows = records(browser.get(f"/customers.csv{road}"))
    assert {row["customer_id"] for row in rows} <= seen
    assert role == "product" or all(row.get("mrr_cents") != "" for row in rows)


def test_search_finds_nobody_elses_customers(browser: Client, role: str) -> None:
    seen = {row["customer_id"] for row in records(browser.get("/customers.csv"))}
    for text in ("customer", "rosa", "deal", "c0", "example", "x-1"):
        page = browser.get(f"/search?q={text}").content.decode()
        assert set(re.findall(r"/customers/(C\d\d)", page)) <= seen


def test_a_sum_by_person_is_told_to_those_who_see_the_person(browser: Client, role: str) -> None:
    page = browser.get("/customers?f=seller:is:leo").content.decode()
    sees_leo = "leo" in (ROLES[role][3] or ())
    assert ("a month" in page) == (sees_leo and bool(ROLES[role][2]))


def test_figures_of_the_company_are_the_same_for_everyone(browser: Client, owner: Client) -> None:
    for question in ("net_revenue_retention", "mrr", "logo_churn", "mrr_movements"):
        assert browser.get(f"/measures/{question}.json").json() == owner.get(f"/measures/{question}.json").json()


def test_a_slice_of_few_customers_tells_nothing(browser: Client, role: str) -> None:
    """Four customers came through events: who does not see all of them must not learn their sum."""
    rows = browser.get("/measures/mrr.json?by=channel").json()["rows"]
    few = [row for row in rows if row["channel"] == "events"]
    assert few
    sees_all = role in ("owner", "finance", "analyst")
    assert all((row["mrr_cents"] is not None) == sees_all for row in few)


def test_persons_are_seen_by_those_who_lead_them(browser: Client, role: str) -> None:
    persons = ROLES[role][3]
    by_seller = browser.get("/measures/mrr.json?by=seller")
    quality = browser.get("/measures/seller_quality.json")
    if persons is None:
        assert (by_seller.status_code, quality.status_code) == (403, 403)
        return
    assert {row["seller"] for row in by_seller.json()["rows"]} <= persons | ({"(none)"} if role == "owner" else set())
    assert {row["person_id"] for row in quality.json()["rows"]} == persons
    foreign = browser.get("/measures/mrr.json?where=seller%3Dleo")
    assert foreign.status_code == (200 if "leo" in persons else 403)
    assert browser.get("/rows/mrr?by=seller&value=leo").status_code == foreign.status_code


@pytest.mark.parametrize(
    ("measure", "by"), [("handoff_fidelity", "from_person"), ("handoff_fidelity", "to_person"), ("promises", "person")]
)
def test_hand_offs_and_promises_by_person_are_for_those_who_lead_them(
    browser: Client, role: str, measure: str, by: str
) -> None:
    persons, address = ROLES[role][3], f"/measures/{measure}.json"
    asked = browser.get(address, {"by": by})
    assert browser.get(address).status_code == 200
    assert asked.status_code == browser.get(address.replace("json", "csv"), {"by": by}).status_code
    if persons is None:
        assert asked.status_code == 403
        return
    nameless = {"(none)"} if role == "owner" and by == "person" else set()
    wanted = RECEIVERS[role] if by == "to_person" else persons
    assert {row[by] for row in asked.json()["rows"]} == wanted | nameless
    is_in_sight = role == "owner" or "leo" in persons
    assert browser.get(address, {"where": f"{by}=leo"}).status_code == (200 if is_in_sight else 403)


def test_how_sellers_fill_in_records_is_for_those_who_lead_them(browser: Client, role: str) -> None:
    """All deals are told to everybody; Leo, who sold them, to who sees Leo's figures, and that is in the audit."""
    persons, address = ROLES[role][3], "/hand-offs/records"
    sees_any = persons is not None
    whole, by_seller = browser.get(address), browser.get(f"{address}?by=seller")
    gap = whole.content.decode().split('<section id="gap">')[1].split("</section>")[0]
    assert "All deals" in gap
    assert "Leo" not in gap
    assert ("?by=seller" in gap) == sees_any
    assert by_seller.status_code == (200 if sees_any else 403)
    told = by_seller.content.decode().partition('<section id="gap">')[2].partition("</section>")[0]
    assert (">Leo<" in told) == ("leo" in (persons or ()))
    seen = AuditEntry.objects.filter(action="person_level.seen", details__by=["seller"])
    assert seen.exists() == sees_any
    assert browser.get(f"{address}?by=weather").status_code == 400


def test_friction_is_the_same_for_everyone(browser: Client, owner: Client) -> None:
    def told(client: Client) -> str:
        return client.get("/hand-offs/friction").content.decode().split('<div class="lead">')[1].split("</main>")[0]

    assert told(browser) == told(owner)


def test_an_aggregate_of_one_customer_is_not_told(browser: Client, role: str) -> None:
    """A filter that leaves one customer gives its amount to those alone who may see it."""
    page = browser.get("/customers?q=Customer+05").content.decode()
    sees = role in ("owner", "sales_lead", "support_lead", "seller", "agent", "finance", "analyst", "success_lead")
    assert ("100.64" in page) == sees


def test_words_of_customers_are_for_those_who_may_read_them(browser: Client, role: str) -> None:
    page = browser.get("/customers/C00")
    if page.status_code == 404:
        return
    assert ("Export" in page.content.decode()) == ROLES[role][4]
    assert ("slow" in page.content.decode()) == ROLES[role][4]


def test_no_amount_stands_on_the_page_of_a_customer_without_the_right(browser: Client, role: str) -> None:
    page = browser.get("/customers/C02")
    if page.status_code == 404:
        return
    assert ("€" in page.content.decode()) == bool(ROLES[role][2])


@pytest.mark.parametrize("address", WRITES.values())
def test_months_are_closed_by_owner_and_finance(browser: Client, role: str, address: str) -> None:
    response = browser.post(address, {"month": "2020-01", "reason": "no such month"})
    assert response.status_code == (400 if role in ("owner", "finance") else 403)


@pytest.mark.parametrize(
    ("address", "asked", "wanted"),
    [
        ("/data/upload", {}, 400),
        ("/data/files/never-loaded.csv", {"do": "load", "is": "hubspot.deals_export"}, 404),
        ("/data/files/never-loaded.csv", {"do": "leave", "pattern": "other.csv"}, 404),
        ("/data/files/never-loaded.csv", {"do": "ask", "held": "x"}, 404),
        ("/data/take-back", {"file": "x"}, 400),
        ("/data/read-again", {"file": "x"}, 404),
    ],
)
def test_files_are_brought_and_read_by_the_owner_alone(
    browser: Client, role: str, address: str, asked: dict[str, str], wanted: int
) -> None:
    assert browser.post(address, asked).status_code == (wanted if role == "owner" else 403)
    assert not AuditEntry.objects.filter(action__in=FILE_ACTIONS).exists()
    assert ('id="bring"' in browser.get("/data").content.decode()) is (role == "owner")


def test_a_stranger_sees_nothing(served: None) -> None:
    for address in readable():
        assert Client().get(address)["Location"].startswith("/sign-in?next=/")


def test_mine_is_narrower_than_the_team(served: None) -> None:
    lead = signed_in(ensure_member(NewMember("mia", "mia@norte.example", "success_lead"), "operator", company.NOW))
    ana = signed_in(ensure_member(NewMember("ana", "ana@norte.example", "success_lead"), "operator", company.NOW))
    assert len(records(lead.get("/customers.csv"))) == ALL
    assert len(records(ana.get("/customers.csv?scope=mine"))) == EVEN


def test_a_house_rule_changes_what_a_role_sees(served: None) -> None:
    from relevo.desk.house.actions import save_rule

    rule: dict[str, Any] = {"seller": {"money": "none"}}
    save_rule("roles", rule, company.NOW.date().replace(year=2020), "ines", "we try it", company.NOW)
    seller = signed_in(ensure_member(NewMember("leo", "leo@norte.example", "seller"), "operator", company.NOW))
    rows = records(seller.get("/customers.csv"))
    assert len(rows) == ALL
    assert {row["mrr_cents"] for row in rows} == {""}
