"""The promise ledger and one promise: what is seen, what is done, what two editors write, and who may."""

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from relevo.desk.people.models import AuditEntry
from relevo.desk.relay.actions_promises import NewPromise, change_promise, make_promise
from relevo.desk.relay.promises import KeptPromise, history_of_promise, promise_with
from tests.answers import company
from tests.promised_roles import ROLES
from tests.web.conftest import member, signed_in

TODAY = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[date], None]:
    """It is the first of November at eight, where the company is, until a test says otherwise."""

    def set_to(day: date) -> None:
        for module in ("promise", "promises"):
            monkeypatch.setattr(f"relevo.web.views.relay.{module}.company_today", lambda: day)
        monkeypatch.setattr("relevo.web.views.settings.tabs.company_today", lambda: day)
        at = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
        monkeypatch.setattr("relevo.web.views.relay.promise.now", lambda: at)

    set_to(TODAY)
    return set_to


def promised(customer: str = "C00", text: str = "Single sign-on", **more: Any) -> int:
    made = more.pop("made_at", datetime(2026, 10, 1, 9, tzinfo=UTC))
    new = NewPromise(customer, text, **{"product_state": "absent", "made_at": made, "person_id": "leo", **more})
    return make_promise(new, "leo", made)


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def found(key: int) -> KeptPromise:
    kept = promise_with(key)
    assert kept is not None
    return kept


def records(client: Client, query: str = "") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(client.get(f"/promises.csv{query}").content.decode())))


def test_the_ledger_has_both_and_says_as_of_when(owner: Client) -> None:
    promised(due_on=date(2026, 11, 20))
    shown = page(owner, "/promises")
    assert "Of 32 promises that were due, 13 were kept, 0 kept late and 19 broken" in shown, "the book's alone"
    assert "1 written down here, as of 1 Nov 2026; 33 loaded, as of 31 Oct 2026" in shown
    assert "Red and due within 30 days" in shown
    mine = page(owner, "/promises?customer=C00")
    assert "1 written down here, as of 1 Nov 2026; 1 loaded, as of 31 Oct 2026" in mine
    assert mine.rindex("Single sign-on") < mine.rindex(">SSO<"), "the newest first"


def test_an_empty_ledger_says_what_to_do(owner: Client) -> None:
    shown = page(owner, "/promises?standing=late")
    assert "No promise is like that" in shown
    assert 'href="/promises#all"' in shown


def test_filters_stand_in_the_address_and_files_hold_the_same(owner: Client) -> None:
    keys = [
        promised(due_on=date(2026, 10, 30)),
        promised("C01", "Export", product_state="exists", due_on=date(2026, 12, 1)),
        promised("C02", "=1+1", person_id="ana", due_on=date(2026, 12, 2)),
    ]
    ids = [f"relevo:{key}" for key in keys]

    def listed(query: str) -> list[str]:
        """Without what Leo promised with his hand-offs."""
        return [row["promise_id"] for row in records(owner, query) if not row["promise_id"].startswith("O-")]

    assert listed("") == [ids[2], ids[1], ids[0], "O1"]
    assert listed("?standing=broken") == [ids[0]]
    assert listed("?standing=open&product_state=absent") == [ids[2]]
    assert listed("?product_state=planned") == ["O1"]
    assert listed("?person=ana") == [ids[2]]
    assert listed("?customer=C00") == [ids[0], "O1"]
    assert listed("?from=2026-12-01&to=2026-12-01") == [ids[1]]
    assert listed("?to=2026-10-30") == [ids[0]]
    assert records(owner)[0]["text"] == "'=1+1", "a formula is neutralised"
    assert owner.get("/promises.xlsx").content[:2] == b"PK"
    assert AuditEntry.objects.filter(action="exported").count() == 10
    for query in ("?standing=lost", "?product_state=soon", "?from=yesterday"):
        assert owner.get(f"/promises{query}").status_code == 400
    assert page(owner, "/promises").count(f'href="/promises/{keys[0]}"') == 2, "above, and in the table"
    assert page(owner, "/promises?standing=broken").count(f'href="/promises/{keys[0]}"') == 1, "no more"


def test_a_page_has_fifty_and_more_leads_on(owner: Client) -> None:
    at = datetime(2026, 10, 1, 9, tzinfo=UTC)
    for i in range(60):
        promised(text=f"promise number {i:02}", made_at=at + timedelta(minutes=i), product_state="exists")
    shown = page(owner, "/promises")
    assert "promise number 59" in shown
    assert "promise number 09" not in shown
    assert "/promises?offset=50" in shown
    rest = owner.get("/promises?offset=50", headers={"HX-Request": "true"}).content.decode()
    assert rest.count("<tr>") == 43, "ten of the Desk's and the 33 loaded ones"
    assert "promise number 09" in rest
    assert "<html" not in rest


def test_sso_by_june_is_red_and_broken_after_june(owner: Client, clock: Callable[[date], None]) -> None:
    clock(date(2026, 6, 30))
    key = promised(made_at=datetime(2026, 5, 1, tzinfo=UTC), due_on=date(2026, 6, 30), text="SSO by June")
    shown = page(owner, f"/promises/{key}")
    assert "Red: the product cannot do it" in shown
    assert "is open, due on 30 Jun 2026" in shown
    clock(date(2026, 7, 1))
    assert "is broken" in page(owner, f"/promises/{key}")
    assert "Broken or past its day" in page(owner, "/promises")


def test_what_a_form_does_stands_in_the_history(owner: Client) -> None:
    key = promised(due_on=date(2026, 10, 31))
    address = f"/promises/{key}"
    assert owner.post(address, {"do": "refuse"}).status_code == 422
    assert "refused for a reason" in owner.post(address, {"do": "refuse", "why": " "}).content.decode()
    assert owner.post(address, {"do": "accept"})["Location"] == f"{address}?done=accept"
    again = owner.post(address, {"do": "refuse", "why": "too late"})
    assert again.status_code == 422
    assert 'value="too late"' in again.content.decode()
    assert owner.post(address, {"do": "break"}).status_code == 422
    owner.post(address, {"do": "keep"})
    kept = found(key)
    assert (kept.is_late, kept.ended_how) == (True, "person"), "its day was over yesterday"
    shown = page(owner, f"{address}?done=keep")
    assert "was kept late" in shown
    assert "accepted by" in shown
    assert [e.kind for e in history_of_promise(key)] == ["promised", "promise.accepted", "promise.kept"]
    assert owner.post(address, {"do": "nothing"}).status_code == 422
    assert owner.get("/promises/987654").status_code == 404


def test_kept_on_its_day_is_in_time(owner: Client) -> None:
    key = promised(due_on=TODAY)
    owner.post(f"/promises/{key}", {"do": "keep"})
    assert not found(key).is_late


def test_broken_and_taken_back(owner: Client) -> None:
    broken, gone = promised(), promised(text="a slip")
    owner.post(f"/promises/{broken}", {"do": "break", "why": "we stopped it"})
    assert "we stopped it" in page(owner, f"/promises/{broken}")
    assert owner.post(f"/promises/{gone}", {"do": "withdraw"}).status_code == 422
    assert owner.post(f"/promises/{gone}", {"do": "withdraw", "why": "a mistake"})["Location"].startswith("/promises?")
    assert owner.get(f"/promises/{gone}").status_code == 404


def test_two_who_correct_one_promise_lose_nothing(owner: Client) -> None:
    key = promised(text="first")
    seen = found(key).revision
    change_promise(key, "hers", "planned", None, "", "", seen, "ana", company.NOW)
    form = {"do": "change", "seen": str(seen), "text": "mine", "product_state": "absent", "due_on": ""}
    answer = owner.post(f"/promises/{key}", form)
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "hers" in shown
    assert "mine" in shown
    assert found(key).text == "hers"
    last = history_of_promise(key)[-1]
    assert (last.kind, last.text, last.who) == ("set_aside", "mine", "ines")
    owner.post(f"/promises/{key}", {**form, "seen": str(found(key).revision)})
    assert found(key).text == "mine"
    assert owner.post(f"/promises/{key}", {**form, "text": " "}).status_code == 422


def test_a_promise_is_written_down_with_its_issue(owner: Client) -> None:
    address = "/promises/new?customer=C00&deal=D0"
    shown = page(owner, address)
    assert "What was promised to =Alto, Inc?" in shown
    form = {"text": "Faster", "product_state": "planned", "due_on": "2026-12-01", "person": "leo", "to_whom": "Rosa"}
    suggested = owner.post(address, {**form, "do": "suggest", "issue_words": "slow"})
    assert suggested.status_code == 200
    assert 'name="issue_id" value="B1"' in suggested.content.decode()
    assert "No issue has these words" in owner.post(
        address, {**form, "do": "suggest", "issue_words": "teleport"}).content.decode()  # fmt: skip
    sent = owner.post(address, {**form, "issue_id": "B1", "made_on": "2026-10-30"})
    key = int(sent["Location"].split("/")[2].split("?")[0])
    kept = found(key)
    assert (kept.customer_id, kept.deal_id, kept.issue_id, kept.person_id) == ("C00", "D0", "B1", "leo")
    assert kept.made_at == datetime(2026, 10, 30, 12, tzinfo=UTC), "noon where the company is: in UTC without settings"
    assert "Slow (done)" in page(owner, f"/promises/{key}")


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"text": " "}, "A promise has a text"),
        ({"product_state": "soon"}, "The product cannot be"),
        ({"issue_id": "nope"}, "The book has no issue"),
        ({"person": "nobody"}, "Somebody of the company promised it"),
        ({"link": "javascript:alert(1)"}, "is no link"),
        ({"made_on": "2026-11-02"}, "was made in the past"),
        ({"due_on": "soon"}, "soon"),
    ],
)
def test_what_was_typed_stays_where_it_cannot_be_written(owner: Client, wrong: dict[str, str], told: str) -> None:
    form = {"text": "Faster exports", "product_state": "planned", "person": "leo", "to_whom": "Rosa Gil", **wrong}
    answer = owner.post("/promises/new?customer=C00", form)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert told in shown
    assert 'value="Rosa Gil"' in shown
    assert owner.get("/promises/new").status_code == 400
    assert owner.get("/promises/new?customer=nobody").status_code == 404


def test_gaps_are_compared_by_what_the_viewer_may_see(owner: Client, served: None) -> None:
    assert owner.get("/promises?by=person").status_code == 200
    assert owner.get("/promises?by=colour").status_code == 400
    eva = signed_in(member("eva", "analyst"))
    assert eva.get("/promises?by=person").status_code == 403
    assert eva.get("/promises?person=leo").status_code == 403


def test_gaps_call_a_deal_by_its_name(owner: Client) -> None:
    shown = page(owner, "/promises?by=deal").split('id="gap"')[1]
    assert ">Deal 38<" in shown
    assert ">D38<" not in shown


@pytest.mark.parametrize("role", ROLES)
def test_roles_see_the_promises_of_their_customers(served: None, role: str) -> None:
    """C00 and C02 are Ana's, C01 is Ben's; Leo made the promises, and sees his own wherever they were made."""
    person, customers, _, persons, reads = ROLES[role]
    browser = signed_in(member(person, role))
    keys = {c: promised(c, f"words to {c}", due_on=date(2026, 11, 9)) for c in ("C00", "C01")}
    mine = {"ana": {"C00"}, "ben": {"C01"}}.get(person if customers < company.CUSTOMERS else "", {"C00", "C01"})
    shown = page(browser, "/promises")
    rows = {row["promise_id"]: row for row in records(browser)}
    for customer, key in keys.items():
        sees = customer in mine
        assert browser.get(f"/promises/{key}").status_code == (200 if sees else 404)
        assert (f"relevo:{key}" in rows) == sees
        if not sees:
            assert f"words to {customer}" not in shown
            continue
        knows = reads or person == "leo"
        assert (f"words to {customer}" in shown) == knows
        assert (rows[f"relevo:{key}"]["text"] != "") == knows
        assert (f"words to {customer}" in page(browser, f"/promises/{key}")) == knows
        acting = persons is not None
        assert browser.post(f"/promises/{key}", {"do": "accept"}).status_code == (302 if acting else 403)
        assert browser.get(f"/promises/new?customer={customer}").status_code == (200 if acting else 403)
    assert ("O1" in rows) == ("C00" in mine)
    for customer in {"C00", "C01"} - mine:
        assert browser.post(f"/promises/{keys[customer]}", {"do": "keep"}).status_code == 404
        assert found(keys[customer]).kept_at is None
