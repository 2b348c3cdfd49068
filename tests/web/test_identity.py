"""The pages of identity: what waits, two customers side by side, decisions, what undoes them, and who may."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from relevo.desk.identity.actions import NewDecision, decide
from relevo.desk.identity.decided import decisions_in_force, every_decision
from relevo.desk.people.models import AuditEntry
from tests.answers import company, identities
from tests.promised_roles import ROLES
from tests.web.conftest import member, signed_in

PAIR = "/data/identity?one=C00&other=C02"
DECIDE = "/data/identity/decide"


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return identities.home(tmp_path_factory.mktemp("identity")).path


@pytest.fixture
def served(settings: Any, db: None, joined: Path) -> None:
    """The small company, whose book says who may be one customer."""
    settings.RELEVO_HOME = joined


def page(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def form(**changed: str) -> dict[str, str]:
    return {"one": "C00", "other": "C02", "keep": "C00", "reason": "the same tax number", "kind": "merge", **changed}


def test_the_queue_leads_to_the_pairs(owner: Client) -> None:
    shown = page(owner, "/data/identity")
    assert "3 pairs of customers may be one" in shown
    assert re.findall(r'href="(/data/identity\?one=[^"]+)"', shown) == [
        "/data/identity?one=C01&amp;other=C03", "/data/identity?one=C00&amp;other=C02",
        "/data/identity?one=C04&amp;other=C05",
    ]  # fmt: skip
    assert "&lt;b&gt;Brisa&lt;/b&gt;" in shown
    assert "Known to it alone" in shown
    by_money = page(owner, "/data/identity?order=money")
    assert by_money.index("other=C03") < by_money.index("other=C05") < by_money.index("other=C02")
    assert 'aria-sort="descending"' in by_money
    assert owner.get("/data/identity?order=luck").status_code == 400
    assert owner.get("/data/identity?one=C00&other=nobody").status_code == 404
    assert owner.get("/data/identity?one=C00").status_code == 404
    assert owner.get("/data/identity?one=C00&other=C00").status_code == 400


def test_a_pair_stands_side_by_side(owner: Client) -> None:
    shown = page(owner, PAIR)
    assert "Are =Alto, Inc and Customer 02 one customer?" in shown
    assert "c0.example" in shown
    assert "c2.example" in shown
    assert shown.index("Tax number</th><td>ESB0001") < shown.index("Country</th><td>ES</td><td>NA</td><td>against it")
    assert "They are one customer" in shown
    assert "The rules do not compare these two" in page(owner, "/data/identity?one=C10&other=C20")


def test_who_decides_is_led_to_the_next_pair_and_may_undo_it(owner: Client) -> None:
    sent = owner.post(DECIDE, form())
    key = decisions_in_force()[0].id
    assert sent["Location"] == f"/data/identity?one=C01&other=C03&done={key}"
    following = page(owner, sent["Location"])
    assert "one customer: ines" in following
    assert "Look again, or undo it" in following
    assert "1 decision waits for the next book" in following
    assert "2 pairs of customers may be one" in page(owner, "/data/identity")
    again = page(owner, PAIR)
    assert "Decide anew" in again
    assert f"/data/identity/{key}/undo" in again
    undone = owner.post(f"/data/identity/{key}/undo", {"reason": "two after all"})
    assert undone["Location"] == "/data/identity?one=C00&other=C02&done=undone"
    assert "Undone; what was said stays in the history." in page(owner, undone["Location"])
    assert decisions_in_force() == ()
    listed = page(owner, "/data/identity/decisions")
    assert "1 decision was made" in listed
    assert "two after all" in listed
    assert {(e.who, e.action) for e in AuditEntry.objects.all()} >= {
        ("ines", "identity.merge"), ("ines", "identity.undone"),
    }  # fmt: skip


def test_whose_name_stays_is_chosen(owner: Client) -> None:
    owner.post(DECIDE, form(keep="C02"))
    (held,) = decisions_in_force()
    assert (held.kind, held.customer_id, held.other_id) == ("merge", "C02", "C00")


def test_when_nothing_waits_any_more_the_queue_says_so(owner: Client) -> None:
    for one, other in (("C00", "C02"), ("C01", "C03")):
        owner.post(DECIDE, form(one=one, other=other, kind="apart"))
    sent = owner.post(DECIDE, form(one="C04", other="C05", keep="C05"))
    assert sent["Location"].startswith("/data/identity?done=")
    shown = page(owner, sent["Location"])
    assert "No pair of customers waits for your word" in shown
    assert "Nothing is to be decided" in shown
    assert "3 decisions wait for the next book" in shown


def test_what_was_typed_stays_where_it_cannot_be_done(owner: Client) -> None:
    missing = owner.post(DECIDE, form(reason=" ", keep="C02"))
    assert missing.status_code == 422
    assert "A reason has 1 to 500 characters." in missing.content.decode()
    assert re.search(r'value="C02" checked', missing.content.decode())
    assert every_decision() == ()
    decide(NewDecision("apart", "C00", "C02", "another of that name"), "leo", company.NOW)
    taken = owner.post(DECIDE, form(reason="my reason"))
    assert taken.status_code == 409
    told = taken.content.decode()
    assert "leo decided this pair in the meantime" in told
    assert 'value="my reason"' in told
    seen = re.search(r'name="instead_of" value="(\d+)"', told)
    assert seen
    assert owner.post(DECIDE, form(instead_of=seen[1])).status_code == 302
    assert [d.kind for d in decisions_in_force()] == ["merge"]
    assert owner.post(DECIDE, form(instead_of="x" * 99)).status_code == 409
    assert owner.post(DECIDE, form(kind="perhaps")).status_code == 422
    assert owner.post(DECIDE, form(other="gone")).status_code == 404
    assert owner.post("/data/identity/987654/undo", {"reason": "why"}).status_code == 404
    held = decisions_in_force()[0].id
    assert owner.post(f"/data/identity/{held}/undo", {"reason": ""}).status_code == 422
    assert owner.get(DECIDE).status_code == 405


def test_what_was_joined_is_split_from_the_customers_page(owner: Client) -> None:
    tab = page(owner, "/customers/C00?tab=joins")
    assert "the same: Domain" in tab
    assert "/data/identity?one=C00&amp;other=B-7" in tab
    shown = page(owner, "/data/identity?one=C00&other=B-7")
    assert "B-7 counts as =Alto, Inc" in shown
    assert "billing names it so; it was joined by: the same: Domain. The rule is 97 % sure." in shown
    assert "They are one customer" not in shown
    owner.post(DECIDE, form(other="B-7", kind="apart", reason="a namesake"))
    (held,) = decisions_in_force()
    assert (held.kind, held.customer_id, held.other_id) == ("apart", "C00", "B-7")
    tab = page(owner, "/customers/C00?tab=joins")
    assert "split off with the next book" in tab
    assert "a namesake" in tab
    assert "same domain" in owner.get("/customers/C00?tab=joins&as=csv").content.decode()
    assert "nothing was joined" in page(owner, "/customers/C08?tab=joins")


def test_the_first_pages_count_what_waits(owner: Client, ana: Client) -> None:
    for address in ("/", "/data"):
        shown = page(owner, address)
        assert "3 pairs of customers may be one and wait" in shown
        assert "Customers that one system alone knows: 12 of crm." in shown
        assert "/data/identity" in shown
        assert "1 pair of customers may be one and waits" in page(ana, address)


@pytest.mark.parametrize("role", ROLES)
def test_owner_and_finance_decide(served: None, role: str) -> None:
    """C00 and C02 are Ana's; who may not see both finds neither the pair nor the way to it."""
    browser = signed_in(member(ROLES[role][0] if role != "owner" else "ines", role))
    may, sees = role in ("owner", "finance"), ROLES[role][0] != "ben"
    assert browser.get(PAIR).status_code == (200 if sees else 404)
    if sees:
        assert ("They are one customer" in page(browser, PAIR)) == may
        assert ("ESB0001" in page(browser, PAIR)) == bool(ROLES[role][2]), "a tax number is for who sees amounts"
    assert browser.post(DECIDE, form()).status_code == (302 if may else 403)
    key = decide(NewDecision("apart", "C10", "C20", "two"), "leo", company.NOW)
    assert browser.post(f"/data/identity/{key}/undo", {"reason": "x"}).status_code == (302 if may else 403)
    assert len(every_decision()) == (2 if may else 1)


def test_nobody_decides_of_customers_of_others(served: None) -> None:
    """A house may let a role see its own alone; finance of such a house decides of none but those."""
    from relevo.desk.house.actions import save_rule

    rule: dict[str, Any] = {"finance": {"customers": "own", "money": "own"}}
    save_rule("roles", rule, company.NOW.date().replace(year=2020), "ines", "we try it", company.NOW)
    ana = signed_in(member("ana", "finance"))
    assert ana.post(DECIDE, form(one="C01", other="C03")).status_code == 404
    assert ana.post(DECIDE, form(one="C00", other="C03")).status_code == 404
    key = decide(NewDecision("merge", "C01", "C03", "one"), "leo", company.NOW)
    assert ana.post(f"/data/identity/{key}/undo", {"reason": "x"}).status_code == 404
    assert "Customer 03" not in page(ana, "/data/identity/decisions")
    assert ana.post(DECIDE, form()).status_code == 302
