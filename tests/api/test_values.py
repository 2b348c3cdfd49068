"""Every endpoint says what the same answer says to a page or on the command line."""

from datetime import date
from typing import Any

import pytest

from relevo.answers import reconcile
from relevo.answers.ahead import ahead_page
from relevo.answers.closing import closing_page
from relevo.answers.customer import customer_page
from relevo.answers.customer_money import customer_money
from relevo.answers.customer_parts import customer_contacts, customer_deals, customer_traits
from relevo.answers.customer_talks import customer_talks
from relevo.answers.customer_timeline import TimelineAsk, customer_timeline
from relevo.answers.customer_usage import customer_usage
from relevo.answers.customers import CustomersAsk, Status, customers_page
from relevo.answers.data import data_page
from relevo.answers.definitions import definition_page, definitions_page
from relevo.answers.forecasts import scored_forecasts
from relevo.answers.measures import show_asked
from relevo.answers.money import money_page
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.answers.review import review_page
from relevo.answers.rows import rows_page
from relevo.answers.search import search
from relevo.answers.today import today_page
from relevo.answers.unit_economics import economics_page
from relevo.answers.values import RowsAsk
from relevo.api.plain import plain
from relevo.desk.work.actions import NewNote, NewTask, add_task, file_note
from relevo.jobs.served import reading_of_user
from tests.answers import company
from tests.answers.company import NOW as NOON
from tests.api.asking import Program, member, program


@pytest.fixture
def reading(served: None) -> Reading:
    return reading_of_user(member("ines", "owner"))


def test_it_says_who_asks(owner: Program) -> None:
    told = owner.get("/me")
    stamp = told.pop("stamp")
    assert told == {
        "user": "ines",
        "role": "owner",
        "language": "",
        "timezone": "",
        "sights": dict.fromkeys(("customers", "money", "persons", "conversations"), "all"),
        "rights": ["data", "house", "house_money", "identity", "people"],
        "scopes": [
            "read",
            "read:money",
            "read:persons",
            "read:conversations",
            "write:views",
            "write:house",
            "write:identity",
            "write:relay",
            "write:voices",
            "write:reviews",
            "admin",
        ],
        "customers": None,
    }
    assert (stamp["company"], stamp["currency"], stamp["as_of"]) == ("Norte Software", "EUR", "2026-10-31")


def test_me_counts_what_a_narrow_key_of_a_csm_sees(served: None) -> None:
    ana = member("ana", "csm")
    assert program(ana).get("/me")["customers"] == 20
    told = program(ana, "read").get("/me")
    assert told["sights"] == {"customers": "own", "money": "none", "persons": "none", "conversations": "none"}
    assert (told["customers"], told["rights"]) == (20, [])


def test_measures_are_the_cards(owner: Program, reading: Reading) -> None:
    cards = [plain(card) for card in definitions_page(reading).cards]
    assert owner.get("/measures", limit=500)["items"] == cards
    assert owner.get("/measures/cac") == plain(definition_page(reading, "cac"))
    assert {"definition", "kind", "read_with", "columns", "unit"} <= set(cards[0])


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("mrr", {}),
        ("net_revenue_retention", {"by": "segment", "from": "2026-01", "to": "2026-06", "months": "12"}),
        ("mrr_movements", {"grain": "quarter", "where": "segment=smb"}),
        ("customer_value", {}),
        ("survival", {"by": "channel"}),
    ],
)
def test_a_measure_answers_as_it_is_shown(owner: Program, reading: Reading, name: str, asked: dict[str, str]) -> None:
    told = owner.get(f"/measures/{name}/answer", limit=500, **asked)
    answer = show_asked(reading, name, {key: [value] for key, value in asked.items()})
    assert {told.pop("found"), len(told["rows"])} == {len(answer.rows)}
    assert (told.pop("partners"), told.pop("next")) == ([], None)
    assert told == plain(answer)


def test_money_is_whole_minor_units_and_null_stays_null(owner: Program) -> None:
    rows = owner.get("/measures/mrr/answer", limit=500)["rows"]
    assert {type(row["mrr_cents"]) for row in rows} == {int}
    assert owner.get("/measures/cac/answer", limit=500)["rows"][-1]["cac_cents"] is None


def test_rows_add_up_to_the_figure_they_stand_behind(owner: Program, reading: Reading) -> None:
    told = owner.get("/measures/mrr/rows", month="2026-03", limit=500)
    page = rows_page(reading, RowsAsk("mrr", month="2026-03"), None)
    assert told["items"] == plain(page.listing.rows)
    cell = owner.get("/measures/mrr/answer", **{"from": "2026-03", "to": "2026-03"})["rows"][0]
    assert told["totals"] == {"mrr_cents": cell["mrr_cents"]}
    assert sum(row["mrr_cents"] for row in told["items"]) == cell["mrr_cents"]
    assert told["ask"]["month"] == "2026-03"


def test_pages_say_what_they_show(owner: Program, reading: Reading) -> None:
    home = company.home()
    said: dict[str, Any] = {
        "money": money_page(reading),
        "money?by=segment": money_page(reading, "segment"),
        "data": data_page(reading, home),
        "unit-economics?by=channel": economics_page(reading, "channel"),
        "ahead": ahead_page(reading),
        "review?quarter=2026-Q2": review_page(reading, "2026-Q2"),
        "closing": closing_page(reading),
        "forecasts": scored_forecasts(reading),
    }
    for page, answer in said.items():
        assert owner.get(f"/pages/{page}") == plain(answer), page
    told = owner.get("/pages/today")
    assert told.pop("lists")["week_found"] >= 0
    assert told == plain(today_page(reading))
    cause = reconcile.CAUSES[2]
    asked = {"tool": "chartmogul", "month": "2026-05", "theirs": "100", "cause": cause}
    told = owner.get("/pages/reconcile", **asked)
    assert told == plain(reconcile.reconcile_page(reading, "chartmogul", "2026-05", "100", cause))


def test_customers_are_listed_filtered_and_sorted(owner: Program, reading: Reading) -> None:
    told = owner.get("/customers", status="left", segment="smb", sort="name", limit=500)
    ask = CustomersAsk(status=Status.LEFT, traits=(("segment", "smb"),), sort="name", descending=False, limit=None)
    page = customers_page(reading, ask)
    assert told["items"] == plain(page.rows)
    assert (told["found"], told["paying"], told["mrr_cents"]) == (page.found, 0, 0)
    assert page.found > 1
    assert owner.get("/customers", q="alto")["items"][0]["customer_id"] == "C00"
    assert owner.get("/customers", f="segment:is:smb", status="left", sort="name", limit=500)["items"] == told["items"]
    more = owner.get("/customers", columns="tenure", limit=2)
    assert [c["name"] for c in more["columns"]] == ["name", "tenure"]
    assert set(more["cells"][0]) == {"name", "tenure"}
    assert owner.get("/search", q="alto") == plain(search(reading, "alto"))
    assert owner.get("/customers", sort="mrr", order="asc", limit=1)["items"][0]["mrr_cents"] == 0


def test_a_customer_and_its_timeline(owner: Program, reading: Reading) -> None:
    assert owner.get("/customers/C00") == plain(customer_page(reading, "C00"))
    lines = plain(customer_timeline(reading, "C00", TimelineAsk(limit=None)).lines)
    assert owner.all_of("/customers/C00/timeline", 7) == lines
    kind = lines[0]["happening"]["kind"]
    only = [line for line in lines if line["happening"]["kind"] == kind]
    assert owner.all_of("/customers/C00/timeline", 7, kind=kind) == only


def test_the_parts_of_a_customer(owner: Program, reading: Reading) -> None:
    assert owner.get("/customers/C00/contacts")["items"] == plain(customer_contacts(reading, "C00"))
    assert owner.get("/customers/C00/deals")["items"] == plain(customer_deals(reading, "C00"))
    assert owner.get("/customers/C00/conversations")["items"] == plain(customer_talks(reading, "C00").rows)
    assert owner.get("/customers/C00/usage", limit=500)["items"] == plain(customer_usage(reading, "C00"))
    assert owner.get("/customers/C00/money") == plain(customer_money(reading, "C00"))
    assert owner.get("/customers/C00/traits") == plain(customer_traits(reading, "C00"))
    file_note(NewNote("C00", "call", "They like it.", NOON), "ines", NOON)
    add_task(NewTask("Call them", NOON.date(), "ines", "C00"), "ines", NOON)
    assert owner.get("/customers/C00/notes")["items"][0]["text"] == "They like it."
    assert owner.get("/customers/C00/tasks")["items"][0]["title"] == "Call them"


def test_colleagues_have_a_name_a_role_and_a_team(owner: Program, reading: Reading) -> None:
    told = owner.get("/people")["items"]
    assert {each["person_id"]: each["name"] for each in told} == names_of_people(reading)
    assert told[0] == {"person_id": "ana", "name": "Ana", "role": None, "team": "success"}


def test_data_are_told_in_lists(owner: Program, reading: Reading) -> None:
    page = data_page(reading, company.home())
    assert owner.get("/data/sources", limit=500)["items"] == plain(page.sources)
    assert owner.get("/data/books")["items"] == plain(page.books)
    assert owner.get("/data/findings", limit=500)["items"] == [f.as_dict() for f in page.findings]
    loads = owner.get("/data/loads", limit=500)["items"]
    assert sum(each["rows_in"] for each in loads) == sum(s.rows_in for s in page.sources)
    assert {each["table"] for each in loads} == {s.table for s in page.sources}
    aside = owner.get("/data/quarantine")["items"]
    assert {(a["table"], a["quarantined"]) for a in aside} >= {("customer", 1)}


def test_members_are_told_to_who_may_change_them(owner: Program) -> None:
    member("ana", "csm")
    told = owner.get("/members")["items"]
    assert [(m["username"], m["role"], m["is_active"]) for m in told] == [("ana", "csm", True), ("ines", "owner", True)]


def test_instants_are_utc_and_days_are_days(owner: Program) -> None:
    stamp = owner.get("/me")["stamp"]
    assert stamp["built_at"] == "2026-11-01T06:00:00Z"
    assert date.fromisoformat(stamp["as_of"]) == date(2026, 10, 31)
