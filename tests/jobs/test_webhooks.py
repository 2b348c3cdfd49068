"""Webhooks: what happened is told once to whom wants it, signed, until it is taken or given up after a day."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.desk.relay.actions import NewHandOff, accept, draft, give, give_back, withdraw
from relevo.desk.relay.actions_history import note
from relevo.desk.relay.actions_items import ItemText, save_item
from relevo.desk.relay.actions_promises import NewPromise, break_promise, keep_promise, make_promise
from relevo.desk.relay.handoffs import handoff_with
from relevo.desk.relay.models import Delivery, HandOff
from relevo.desk.relay.templates import DEFAULTS
from relevo.desk.running.outcome import Outcome, Result
from relevo.jobs import webhooks as job
from relevo.jobs.doctor_deploy import SECRETS
from relevo.jobs.hooks import hooks_of, signature
from relevo.jobs.publish import build_book
from relevo.jobs.refresh import refresh
from relevo.jobs.webhooks import send_webhooks
from tests.jobs.conftest import put, write_settings
from tests.jobs.receiver import Receiver, receiver

pytestmark = pytest.mark.django_db
NOON, HOUR, DAY = datetime(2026, 11, 16, 12, tzinfo=UTC), timedelta(hours=1), timedelta(days=1)
SECRET = "a long secret of the crm"  # noqa: S105 - nobody's
WORDS = "saffron by the sea"


class Clock:
    """The time that it is for the job."""

    def __init__(self) -> None:
        self.at = NOON

    def __call__(self) -> datetime:
        return self.at


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    found = Clock()
    monkeypatch.setattr(job, "now", found)
    monkeypatch.setattr(job, "today", lambda _zone: found.at.date())
    return found


@pytest.fixture
def crm(home: Home, clock: Clock) -> Iterator[Receiver]:
    """A receiver named crm that wants all events."""
    with receiver() as server:
        hook(home, "crm", server.address)
        yield server


def hook(home: Home, name: str, address: str, more: str = "") -> None:
    write_settings(home, f'\n[[webhook]]\nname = "{name}"\naddress = "{address}"\n{more}')
    before = home.webhook_secrets.read_text("utf-8") if home.webhook_secrets.exists() else ""
    home.webhook_secrets.write_text(f"{before}{name} = {SECRET}\n", "utf-8")
    home.webhook_secrets.chmod(0o600)


def revision(key: int) -> int:
    found = handoff_with(key)
    assert found is not None
    return found.revision


def given(customer: str = "A", at: datetime = NOON - HOUR) -> int:
    key = draft(NewHandOff(customer, DEFAULTS["sales_to_success"], "sam", "cleo", deal_id="D1"), "sam", at)
    save_item(key, "needs", ItemText(WORDS, "Ana Gil"), 0, "sam", at)
    give(key, revision(key), "sam", at)
    return key


def again(home: Home, before: Outcome) -> Outcome:
    return send_webhooks(home, before.kept or {})


def events(server: Receiver) -> list[str]:
    return [json.loads(each.body)["event"] for each in server.taken]


def test_what_happened_is_told_in_order_without_a_word_that_somebody_wrote(home: Home, crm: Receiver) -> None:
    given("B")
    first = send_webhooks(home, {})
    assert (first.text, crm.taken) == ("0 messages were sent; 0 wait.", []), "it begins with what happens from then on"
    write_settings(home, '\n[mail]\naddress = "https://relevo.shop.example"\n')
    key = given()
    new = NewPromise("A", WORDS, "absent", NOON - HOUR, "sam", "Ana Gil", date(2026, 12, 1), "D1", key)
    promise = make_promise(new, "sam", NOON - HOUR)
    give_back(key, ["needs"], WORDS, revision(key), "cleo", NOON - HOUR)
    withdraw(key, WORDS, revision(key), "sam", NOON - HOUR)
    break_promise(promise, WORDS, "sam", NOON - HOUR)
    keep_promise(promise, True, "sam", NOON - HOUR)
    note(HandOff.objects.get(pk=key), "ticked", "cleo", NOON - HOUR)
    second = again(home, first)
    assert (second.result, second.text) == (Result.OK, "6 messages were sent; 0 wait.")
    assert events(crm) == [
        "handoff.given", "promise.made", "handoff.returned", "handoff.withdrawn", "promise.broken", "promise.kept",
    ]  # fmt: skip
    assert not any(word in each.body.decode() for each in crm.taken for word in (WORDS, "Ana Gil"))
    told = json.loads(crm.taken[0].body)
    assert told == {
        "at": "2026-11-16T11:00:00+00:00", "by": "sam", "customer_id": "A", "deal_id": "D1", "event": "handoff.given",
        "from_person_id": "sam", "from_role": "sales", "handoff": key, "id": told["id"], "path": f"/hand-offs/{key}",
        "to_person_id": "cleo", "to_role": "success", "url": f"https://relevo.shop.example/hand-offs/{key}",
    }  # fmt: skip
    made = json.loads(crm.taken[1].body)
    assert (made["promise"], made["due_on"], made["product_state"]) == (promise, "2026-12-01", "absent")
    assert again(home, second).text == "0 messages were sent; 0 wait."
    assert len({json.loads(each.body)["id"] for each in crm.taken}) == 6


def test_a_receiver_can_check_who_sent_it_and_when(home: Home, crm: Receiver) -> None:
    first = send_webhooks(home, {})
    given()
    again(home, first)
    (taken,) = crm.taken
    moment, sent = taken.headers["relevo-timestamp"], taken.headers["relevo-signature"]
    assert (taken.path, moment) == ("/hook?to=crm", str(int(NOON.timestamp())))
    assert sent == "sha256=" + hmac.new(SECRET.encode(), f"{moment}.".encode() + taken.body, hashlib.sha256).hexdigest()
    assert sent != signature(SECRET, str(int(moment) + 1), taken.body)
    assert taken.headers["relevo-delivery"] == json.loads(taken.body)["id"]
    assert taken.headers["relevo-event"] == "handoff.given"


def test_what_is_not_taken_is_tried_later_each_time_and_given_up_after_a_day(
    home: Home, crm: Receiver, clock: Clock
) -> None:
    first = send_webhooks(home, {})
    given()
    crm.status = 500
    done, tried = again(home, first), []
    while not Delivery.objects.filter(given_up_at__isnull=False).exists():
        tried.append(clock.at)
        assert done.result is Result.OK
        clock.at = Delivery.objects.get().next_at
        done = again(home, done)
    pauses = [b - a for a, b in pairwise(tried)]
    # A minute, two, four … never more than four hours, and the last try a day after the first.
    assert pauses[:4] == [timedelta(minutes=n) for n in (1, 2, 4, 8)]
    assert max(pauses) == 4 * HOUR
    assert clock.at == NOON + DAY
    assert len(crm.taken) == len(tried) + 1
    assert (done.result, done.code) == (Result.FAILED, "given_up")
    assert done.text == "1 messages to crm were given up after a day: 127.0.0.1 answered 500."
    # It is told until the receiver takes something again.
    assert again(home, done).code == "given_up"
    crm.status = 200
    clock.at += HOUR
    given("C", clock.at - HOUR)
    well = again(home, done)
    assert (well.result, well.text) == (Result.OK, "1 messages were sent; 0 wait.")


def test_a_receiver_that_is_away_is_asked_once_a_run_and_stops_no_other(home: Home, crm: Receiver) -> None:
    with receiver() as other:
        hook(home, "other", other.address, 'events = ["handoff.given"]\n')
        first = send_webhooks(home, {})
        crm.answers = [503]
        for customer in "ABC":
            given(customer)
        make_promise(NewPromise("A", WORDS, "exists", NOON - HOUR), "sam", NOON - HOUR)
        done = again(home, first)
        assert (len(crm.taken), events(other)) == (1, ["handoff.given"] * 3)
        assert done.text == "3 messages were sent; 4 wait."
    crm.answers = [404]
    assert again(home, done).text == "2 messages were sent; 2 wait.", "one was refused, the other is tried later"


def test_a_redirect_is_not_followed(home: Home, crm: Receiver) -> None:
    first = send_webhooks(home, {})
    given()
    crm.status = 302
    assert again(home, first).text == "0 messages were sent; 1 wait."
    assert [each.path for each in crm.taken] == ["/hook?to=crm"]
    assert Delivery.objects.get().answered == "127.0.0.1 answered 302."


def test_a_job_that_was_killed_queues_nothing_twice(home: Home, crm: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    class Cut(BaseException):
        pass

    def off(*_: object) -> int:
        raise Cut

    first = send_webhooks(home, {})
    given()
    with monkeypatch.context() as patch:
        patch.setattr(job, "_send", off)
        with pytest.raises(Cut):
            again(home, first)
    assert crm.taken == []
    again(home, first)  # from the position of before
    assert events(crm) == ["handoff.given"]


def test_an_entry_that_may_stand_beside_an_older_one_waits(home: Home, crm: Receiver, clock: Clock) -> None:
    first = send_webhooks(home, {})
    given(at=NOON - timedelta(seconds=5))
    second = again(home, first)
    assert crm.taken == []
    clock.at += timedelta(seconds=6)
    again(home, second)
    assert events(crm) == ["handoff.given"]


def test_a_dropped_baton_is_told_once(home: Home, crm: Receiver) -> None:
    usual = {"kind": "new", "outcome": "won", "currency": "EUR", "person_id": "p-sam",
             "opened_at": "2026-10-01T00:00:00Z"}  # fmt: skip
    put(home, "deal", [{"deal_id": f"D{n}", "customer_id": "A", "closed_at": f"2026-11-{n}T10:00:00Z", **usual}
                       for n in (10, 16, 17)])  # fmt: skip
    first = send_webhooks(home, {})
    assert again(home, first).result is Result.OK, "there is no book yet"
    refresh(home, {})
    build_book(home, lambda _step: None, as_of=date(2026, 11, 18))
    done = again(home, again(home, first))
    told = [json.loads(each.body) for each in crm.taken]
    # What was won before the webhook was set up is no news.
    assert sorted(each["deal_id"] for each in told) == ["D16", "D17"]
    assert {(each["event"], each["owner"], each["path"]) for each in told} == {("baton.dropped", "p-sam", "/hand-offs")}
    assert done.text == "0 messages were sent; 0 wait."


def test_without_a_webhook_nothing_is_kept_and_what_ended_goes_after_a_month(
    home: Home, clock: Clock, crm: Receiver
) -> None:
    first = send_webhooks(home, {})
    key = given()
    accept(key, "", {}, revision(key), "cleo", NOON - HOUR)
    done = again(home, first)
    clock.at += timedelta(days=31)
    again(home, done)
    assert not Delivery.objects.exists()
    bare = home.settings_file.read_text("utf-8").split("[[webhook]]", maxsplit=1)[0]
    home.settings_file.write_text(bare, "utf-8")
    assert (again(home, done).code, again(home, done).kept) == ("no_webhook", {})


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ('name = "CRM"\naddress = "https://crm.example"', "has the name 'CRM'"),
        ('address = "https://crm.example"', "has the name None"),
        ('name = "crm"\naddress = "http://crm.example"', "The address of the webhook crm"),
        ('name = "crm"\naddress = "https://me:word@crm.example"', "The address of the webhook crm"),
        ('name = "crm"\naddress = "https://crm.example:x"', "The address of the webhook crm"),
        ('name = "crm"\naddress = 7', "The address of the webhook crm"),
        ('name = "crm"\naddress = "https://crm.example"\nsecret = "x"', "unknown setting 'secret'"),
        ('name = "crm"\naddress = "https://crm.example"\nevents = ["all"]', "The events of the webhook crm"),
        ('name = "crm"\naddress = "https://crm.example"\nevents = "handoff.given"', "The events of the webhook crm"),
        ('name = "erp"\naddress = "https://erp.example"', "The webhook erp has no secret"),
        ('name = "crm"\naddress = "https://a.example"\n[[webhook]]\nname = "crm"\naddress = "https://b.example"',
         "one name"),
    ],
)  # fmt: skip
def test_a_webhook_that_makes_no_sense_is_refused(home: Home, told: str, why: str) -> None:
    write_settings(home, f"\n[[webhook]]\n{told}\n")
    home.webhook_secrets.write_text("crm = word\n\nnothing\n", "utf-8")
    home.webhook_secrets.chmod(0o600)
    with pytest.raises(WrongUse, match=why):
        hooks_of(home, {})


def test_secrets_are_in_the_environment_or_in_a_closed_file_and_never_shown(home: Home) -> None:
    write_settings(home, '\n[[webhook]]\nname = "crm"\naddress = "https://crm.example/x"\n')
    (found,) = hooks_of(home, {"RELEVO_WEBHOOK_CRM_SECRET": SECRET})
    assert (found.secret, SECRET in repr(found)) == (SECRET, False)
    home.webhook_secrets.write_text(f"crm = {SECRET} = more\n", "utf-8")
    home.webhook_secrets.chmod(0o640)
    with pytest.raises(WrongUse, match="Others may read"):
        hooks_of(home, {})
    home.webhook_secrets.chmod(0o600)
    assert hooks_of(home, {})[0].secret == f"{SECRET} = more"
    assert home.webhook_secrets.name in SECRETS
