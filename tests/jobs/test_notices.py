"""What waits for somebody: told on Today and by one mail in the morning, to whom it waits for and nobody else."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from relevo.answers.relay.waiting import SHOWN, Waiting, Waits, waiting
from relevo.answers.viewers import Person, reading_for
from relevo.base.config import Home
from relevo.desk.people.actions_members import NewMember, ensure_member, keep_preferences
from relevo.desk.relay.actions import NewHandOff, accept, draft, give, give_back
from relevo.desk.relay.actions_promises import NewPromise, break_promise, decide_promise, make_promise
from relevo.desk.relay.handoffs import handoff_with
from relevo.desk.relay.paths import BOARD, handoff_path, promise_path
from relevo.desk.relay.templates import DEFAULTS
from relevo.desk.running.outcome import Result
from relevo.jobs import notices as job
from relevo.jobs.notices import send_notices
from relevo.jobs.opening import operator_reading
from relevo.jobs.publish import build_book
from relevo.jobs.refresh import refresh
from tests.jobs.conftest import put, write_settings
from tests.jobs.sink import mail_server

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
# A Monday; the company is in Madrid, where it is seven in the morning.
NOW = datetime(2026, 11, 16, 6, 0, tzinfo=UTC)
TODAY = date(2026, 11, 16)
ROLES = {"sam": "seller", "cleo": "csm", "lea": "success_lead", "fin": "finance"}


@pytest.fixture
def shop(home: Home, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A book in which Sam sold A, B and C and Cleo holds A; both sign in here."""
    monkeypatch.setattr(job, "now", lambda: NOW)
    text = home.settings_file.read_text("utf-8").replace('timezone = "UTC"', 'timezone = "Europe/Madrid"')
    home.settings_file.write_text(text, "utf-8")
    put(home, "customer", [{"customer_id": c, "name": f"Shop {c}"} for c in "ABC"])
    people = [{"person_id": f"p-{n}", "name": n.title(), "email": f"{n}@shop.example", "team": "sales"} for n in ROLES]
    put(home, "person", people)
    put(home, "deal", [
        {"deal_id": f"D{c}", "customer_id": c, "person_id": "p-sam", "kind": "new", "outcome": "won", "currency": "EUR",
         "opened_at": "2026-10-01T00:00:00Z", "closed_at": "2026-11-01T10:00:00Z"} for c in "ABC"
    ])  # fmt: skip
    put(home, "assignment", [{"customer_id": "A", "role": "success", "person_id": "p-cleo", "from_at": "2026-11-02"}])
    refresh(home, {})
    build_book(home, lambda _step: None, as_of=date(2026, 11, 15))
    for name, role in ROLES.items():
        ensure_member(NewMember(name, f"{name}@shop.example", role), "operator", NOW)
    return home


def ask(home: Home, name: str) -> Waiting:
    reading = operator_reading(home)
    try:
        return waiting(reading_for(reading, Person(name, f"{name}@shop.example", ROLES[name])), NOW)
    finally:
        reading.company_book.close()


def told(home: Home, name: str) -> list[tuple[Waits, str, bool]]:
    return [(line.kind, line.customer, line.is_late) for line in ask(home, name).lines]


def given(customer: str, days: int, to: str = "p-cleo", role: str = "sales_to_success") -> int:
    """Given some days ago; it is due three days later."""
    key = draft(NewHandOff(customer, DEFAULTS[role], "p-sam", to), "sam", NOW - days * DAY)
    give(key, 1, "sam", NOW - days * DAY)
    return key


def revision(key: int) -> int:
    found = handoff_with(key)
    assert found is not None
    return found.revision


def test_what_waits_for_whom(shop: Home) -> None:
    # Won on 1 November and never handed on: A, B and C are Sam's to hand on, as of the book.
    dropped = [(Waits.DROPPED, f"Shop {c}", True) for c in "ABC"]
    assert sorted(told(shop, "sam")) == sorted(dropped)
    assert told(shop, "cleo") == []
    given("A", 5)
    given("B", 2)
    back = given("C", 3)
    give_back(back, ["needs"], "Which?", revision(back), "cleo", NOW - DAY)
    assert told(shop, "cleo") == [(Waits.TO_ACCEPT, "Shop A", True), (Waits.TO_ACCEPT, "Shop B", False)]
    # The book learns of it with the next build.
    assert sorted(told(shop, "sam")) == sorted([(Waits.RETURNED, "Shop C", False), *dropped])
    assert told(shop, "lea") == told(shop, "fin") == []
    line = ask(shop, "cleo").lines[0]
    assert (line.who, line.since, line.due_on) == ("Sam", TODAY - 5 * DAY, TODAY - 2 * DAY)


def test_who_is_not_named_is_found_by_role_and_sight(shop: Home) -> None:
    given("A", 1, to="")
    given("B", 1, to="", role="sales_to_implementation")
    assert told(shop, "cleo") == [(Waits.TO_ACCEPT, "Shop A", False)]
    assert [k for k, _, _ in told(shop, "sam")] == [Waits.DROPPED] * 3, "nobody hands on to oneself"
    given("B", 1, to="")
    assert told(shop, "cleo") == [(Waits.TO_ACCEPT, "Shop A", False)], "B is not hers to see"


def test_what_was_accepted_is_confirmed_after_thirty_days(shop: Home) -> None:
    for customer, days in (("A", 30), ("B", 29)):
        key = given(customer, days + 1)
        accept(key, "", {}, revision(key), "cleo", NOW - days * DAY)
    assert told(shop, "cleo") == [(Waits.TO_CONFIRM, "Shop A", False)]


def test_promises_that_are_due_within_a_week_or_broke_yesterday(shop: Home) -> None:
    def promise(text: str, due: date | None) -> int:
        return make_promise(NewPromise("A", text, "planned", NOW - 9 * DAY, "p-sam", due_on=due), "sam", NOW)

    for text, days in (("today", 0), ("week", 7), ("later", 8), ("yesterday", -1), ("long ago", -2)):
        promise(text, TODAY + days * DAY)
    promise("open", None)
    decide_promise(promise("refused", TODAY), False, "No.", "cleo", NOW)
    break_promise(promise("said so", TODAY + 5 * DAY), "No.", "sam", NOW, at=datetime(2026, 11, 15, 9, tzinfo=UTC))
    break_promise(promise("said before", TODAY + 5 * DAY), "No.", "sam", NOW, at=datetime(2026, 11, 14, 9, tzinfo=UTC))
    lines = [line for line in ask(shop, "sam").lines if line.kind is not Waits.DROPPED]
    assert [(line.kind, line.text) for line in lines] == [
        (Waits.PROMISE_BROKEN, "yesterday"),
        (Waits.PROMISE_BROKEN, "said so"),
        (Waits.PROMISE_DUE, "today"),
        (Waits.PROMISE_DUE, "week"),
    ]


def test_of_many_the_first_are_named_and_all_are_counted(shop: Home) -> None:
    for n in range(SHOWN + 2):
        make_promise(NewPromise("A", f"Nr {n}", "exists", NOW - DAY, "p-sam", due_on=TODAY), "sam", NOW)
    found = ask(shop, "sam")
    assert (found.found[Waits.PROMISE_DUE], found.left) == (SHOWN + 2, 2)


def use(home: Home, port: int, more: str = "") -> None:
    """Let a home send through a server."""
    settings = f'host = "127.0.0.1"\nport = {port}\nsender = "relevo@shop.example"\nsecurity = "none"\n'
    write_settings(home, f"[mail]\n{settings}{more}")


@pytest.fixture
def mails(shop: Home) -> Iterator[Any]:
    with mail_server() as server:
        use(shop, server.port, 'address = "https://relevo.shop.example/"\n')
        yield server


def test_one_mail_in_the_morning_in_the_language_of_the_reader(shop: Home, mails: Any) -> None:
    key = given("A", 5)
    keep_preferences(User.objects.get(username="cleo"), language="es")
    done = send_notices(shop, {})
    assert (done.result, done.code, done.kept) == (Result.OK, "notices_sent", {"day": "2026-11-16"})
    assert sorted(mail["To"] for mail in mails.mails) == ["cleo@shop.example", "sam@shop.example"]
    (hers,) = (mail for mail in mails.mails if mail["To"] == "cleo@shop.example")
    body = hers.get_body(("plain",)).get_content()
    assert f"https://relevo.shop.example/hand-offs/{key}" in body
    assert "Shop A" in body
    assert "Shop B" not in body
    assert f'<a href="https://relevo.shop.example/hand-offs/{key}">' in hers.get_body(("html",)).get_content()
    # Once a day, and a worker that was killed before it could note the day writes to nobody twice.
    assert send_notices(shop, done.kept or {}).code == "not_yet"
    assert send_notices(shop, {}).text == "0 mails were sent."
    assert len(mails.mails) == 2


def test_who_wants_none_and_whom_nothing_waits_for_hear_nothing(shop: Home, mails: Any) -> None:
    given("A", 5)
    keep_preferences(User.objects.get(username="cleo"), morning_mail=False)
    User.objects.filter(username="sam").update(is_active=False)
    assert send_notices(shop, {}).code == "notices_sent"
    assert mails.mails == []


def test_before_seven_without_a_server_and_without_a_book_nothing_is_sent(
    shop: Home, mails: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    given("A", 5)
    monkeypatch.setattr(job, "now", lambda: NOW - timedelta(minutes=1))
    assert send_notices(shop, {"day": "2026-11-15"}).code == "not_yet"
    monkeypatch.setattr(job, "now", lambda: NOW)
    monkeypatch.setattr(job, "is_set_up", lambda _home: False)
    assert (send_notices(shop, {}).result, send_notices(shop, {}).code) == (Result.OK, "not_set_up")
    monkeypatch.undo()
    monkeypatch.setattr(job, "now", lambda: NOW)
    (shop.books / "CURRENT").unlink()
    assert send_notices(shop, {}).code == "no_data"
    assert mails.mails == []


def test_a_server_that_takes_nothing_is_tried_again_the_same_day(shop: Home) -> None:
    given("A", 5)
    with mail_server(refuses="RCPT") as server:
        use(shop, server.port)
        done = send_notices(shop, {})
    assert (done.result, done.kept) == (Result.FAILED, {})
    assert done.text.startswith("0 mails were sent; 2 people were not reached, such as cleo@shop.example:")


def test_an_address_that_takes_nothing_stops_nobody_else(shop: Home) -> None:
    given("A", 5)
    with mail_server(refuses="RCPT TO:<cleo") as server:
        use(shop, server.port)
        done = send_notices(shop, {})
        assert [mail["To"] for mail in server.mails] == ["sam@shop.example"]
        assert "https://" not in server.mails[0].get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert (done.result, done.kept) == (Result.FAILED, {"day": "2026-11-16"})


def test_today_lists_what_waits_and_the_profile_switches_the_mail_off(shop: Home) -> None:
    key = given("A", 5)
    browser = Client()
    browser.force_login(User.objects.get(username="cleo"))
    page = browser.get("/").content.decode()
    assert "What waits for you" in page
    assert f'href="/hand-offs/{key}"' in page
    assert "Shop A: Sam gave it" in page
    browser.post("/settings/profile", {"language": "", "timezone": "", "morning_mail": "off"})
    assert not User.objects.get(username="cleo").member.morning_mail  # type: ignore[attr-defined]
    browser.force_login(User.objects.get(username="fin"))
    assert "What waits for you" not in browser.get("/").content.decode()


def test_addresses_in_mails_are_those_of_the_pages() -> None:
    assert promise_path(7) == reverse("promise", args=[7])
    assert handoff_path(7) == reverse("hand-off", args=[7])
    assert reverse("hand-offs") == BOARD
