"""The customer's own word through a link: what is shown, what is not, who is kept out, and what is written down."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from relevo.desk.people.models import AuditEntry
from relevo.desk.relay import links
from relevo.desk.relay.actions import Decided, NewHandOff, accept, draft, give, give_back, withdraw
from relevo.desk.relay.actions_customer import make_link
from relevo.desk.relay.actions_items import ItemText, note_reask
from relevo.desk.relay.actions_promises import NewPromise, decide_promise, make_promise, withdraw_promise
from relevo.desk.relay.handoffs import handoff_with, history_of
from relevo.desk.relay.promises import promises_of
from relevo.desk.relay.templates import DEFAULTS

NOON = datetime(2026, 10, 1, 12, tzinfo=UTC)
KNOWN = {
    "objectives": ItemText("Plan a week in an <hour>", "Rosa Gil", date(2026, 9, 1), "guess",
                           "https://crm.example/1", "deal D2"),
    "calendar": ItemText("Open before November"),
}  # fmt: skip


def revision(key: int) -> int:
    found = handoff_with(key)
    assert found
    return found.revision


@pytest.fixture
def given(served: None) -> int:
    new = NewHandOff("C02", DEFAULTS["sales_to_success"], "leo", "ana", "D2", known=KNOWN)
    key = draft(new, "leo", NOON)
    make_promise(NewPromise("C02", "Single sign-on", "absent", NOON, "leo", "Rosa Gil", date(2026, 12, 1),
                            handoff_id=key), "leo", NOON)  # fmt: skip
    give(key, revision(key), "leo", NOON)
    return key


@pytest.fixture
def link(given: int) -> str:
    return "/h/" + make_link(given, "leo", NOON)


def opened(address: str, **headers: str) -> HttpResponse:
    return Client().get(address, headers=headers)  # type: ignore[return-value]


def test_the_customer_reads_what_was_understood_and_nothing_said_among_colleagues(given: int, link: str) -> None:
    (promise,) = promises_of(given)
    accept(given, "ana", {promise.id: Decided(accepted=True)}, revision(given), "ana", NOON)
    note_reask(given, "needs", "receiver", "They grumble", "ana", NOON)
    answer = opened(link)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert "This is what we understood" in shown
    assert "Norte Software" in shown
    assert "Plan a week in an &lt;hour&gt;" in shown
    assert "Open before November" in shown
    assert re.search(r"Single sign-on</span> <span class=\"mute\">until 1 Dec 2026", shown)
    for hidden in ("Rosa", "guess", "crm.example", "deal D2", "grumble", "C02", "Customer 02", "leo", "ana", "absent",
                   "accepted", "as of", "/customers", "/sign-in"):  # fmt: skip
        assert hidden not in shown, hidden


def test_a_promise_that_was_refused_or_withdrawn_is_not_repeated(given: int, link: str) -> None:
    later = make_promise(NewPromise("C02", "A discount for ever", "absent", NOON, "leo", handoff_id=given), "leo", NOON)
    taken_back = make_promise(NewPromise("C02", "A free year", "absent", NOON, "leo", handoff_id=given), "leo", NOON)
    assert b"A discount for ever" in opened(link).content
    decide_promise(later, accepted=False, why="Nobody may", who="ana", now=NOON)
    withdraw_promise(taken_back, "A mistake", "leo", NOON)
    shown = opened(link).content.decode()
    assert "Single sign-on" in shown
    assert "A discount" not in shown
    assert "A free year" not in shown


def test_nobody_keeps_or_passes_on_the_page(link: str) -> None:
    for answer in (opened(link), opened("/h/never-made")):
        assert "noindex" in answer["X-Robots-Tag"]
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == opened("/sign-in")["Referrer-Policy"] == "same-origin"
        assert not answer.cookies.get("sessionid")


def test_it_speaks_the_language_of_the_browser(link: str) -> None:
    assert '<html lang="es"' in opened(link, accept_language="es-MX,es;q=0.9").content.decode()
    assert '<html lang="zh-hans"' in opened(link, accept_language="zh-CN").content.decode()
    assert "1 dic 2026" in opened(link, accept_language="es").content.decode()


def test_a_yes_and_what_is_missing_are_kept(given: int, link: str) -> None:
    browser = Client()
    sent = browser.post(link, {"confirms": "yes", "text": ""})
    assert (sent.status_code, sent["Location"]) == (302, link)
    assert "you confirmed this on" in browser.get(link).content.decode()
    browser.post(link, {"confirms": "no", "text": "We begin in <May>"})
    kept = handoff_with(given)
    assert kept
    assert (kept.customer_says, kept.customer_confirmed_at) == ("We begin in <May>", None)
    shown = browser.get(link).content.decode()
    assert "We begin in &lt;May&gt;</textarea>" in shown
    assert "you confirmed this" not in shown
    said = [(e.kind, e.who, e.text) for e in history_of(given) if e.who == "customer"]
    assert said == [("customer.confirmed", "customer", ""), ("customer.said", "customer", "We begin in <May>")]
    assert AuditEntry.objects.filter(who="customer", action="handoff.customer").count() == 2


def test_what_cannot_be_kept_is_asked_again_with_what_was_typed(given: int, link: str) -> None:
    assert Client().post(link, {"confirms": "no", "text": "  "}).status_code == 422
    long = "a" * 2_001
    answer = Client().post(link, {"confirms": "no", "text": long})
    assert answer.status_code == 422
    assert long in answer.content.decode()
    assert 'aria-invalid="true"' in answer.content.decode()
    kept = handoff_with(given)
    assert kept
    assert kept.customer_says == ""


def test_a_form_that_was_not_sent_from_our_page_is_refused(link: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link, {"confirms": "yes"}).status_code == 403
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', strict.get(link).content.decode())
    assert token
    assert strict.post(link, {"confirms": "yes", "csrfmiddlewaretoken": token[1]}).status_code == 302


def test_links_that_do_not_hold_all_look_the_same(given: int, link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = opened("/h/never-made")
    assert wrong.status_code == 404
    told = [_plain(wrong), _plain(opened(link + "x"))]
    newer = "/h/" + make_link(given, "leo", NOON)
    told.append(_plain(opened(link)))
    assert opened(newer).status_code == 200
    assert Client().post(link, {"confirms": "yes"}).status_code == 404
    monkeypatch.setattr(links, "LASTS", timedelta(seconds=-1))
    told.append(_plain(opened(newer)))
    assert len(set(told)) == 1
    assert "This link does not hold any more" in told[0]


@pytest.mark.parametrize("how", ["returned", "withdrawn"])
def test_what_was_returned_or_withdrawn_is_not_shown(given: int, link: str, how: str) -> None:
    if how == "returned":
        give_back(given, ["needs"], "What do they need?", revision(given), "ana", NOON)
    else:
        withdraw(given, "Sold to nobody", revision(given), "leo", NOON)
    assert opened(link).status_code == 404
    assert Client().post(link, {"confirms": "yes"}).status_code == 404
    kept = handoff_with(given)
    assert kept
    assert kept.customer_confirmed_at is None


def _plain(answer: HttpResponse) -> str:
    """A page without what differs in every answer: the token of its form, and its own address."""
    assert answer.status_code == 404
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def test_links_cannot_be_found_by_trying(link: str) -> None:
    for number in range(10):
        assert opened(f"/h/guess-{number}").status_code == 404
    closed = opened(link)
    assert closed.status_code == 429
    assert int(closed["Retry-After"]) > 0
    assert b"/sign-in" not in closed.content
    assert Client(REMOTE_ADDR="10.1.1.1").get(link).status_code == 200


def test_looking_often_closes_nothing_but_writing_often_does(link: str) -> None:
    for _each in range(12):
        assert opened(link).status_code == 200
    answers = [Client().post(link, {"confirms": "no", "text": f"word {n}"}).status_code for n in range(11)]
    assert answers == [302] * 10 + [429]


def test_the_link_opens_nothing_else(link: str) -> None:
    browser = Client()
    browser.get(link)
    browser.post(link, {"confirms": "yes"})
    for address in ("/", "/customers", "/customers/C02", "/measures/mrr.json", "/settings", "/api/v1/customers"):
        assert browser.get(address).status_code in (302, 401, 403), address
    assert browser.put(link).status_code == 405


def test_a_colleague_looks_on_and_does_not_answer_for_the_customer(given: int, link: str, owner: Client) -> None:
    shown = owner.get(link).content.decode()
    assert "This is what your customer sees." in shown
    assert "<nav" not in shown
    assert 'name="confirms"' not in shown
    assert owner.post(link, {"confirms": "yes"}).status_code == 200
    kept = handoff_with(given)
    assert kept
    assert kept.customer_confirmed_at is None
