"""What every role may do with a hand-off, a promise and a deal that are there: the matrix by hand, nobody excepted.

C02 is Ana's; Leo sold it and hands it to her. Mia leads Ana and Ben. Who sees no persons looks on.
"""

from datetime import UTC, datetime
from typing import Any

import pytest

from relevo.desk.relay.actions import NewHandOff, accept, draft, give
from relevo.desk.relay.actions_items import ItemText, note_reask, save_item
from relevo.desk.relay.actions_promises import NewPromise, make_promise
from relevo.desk.relay.templates import DEFAULTS
from tests.api.asking import Program, member, program
from tests.promised_roles import ROLES
from tests.web import fitting

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
SALE = DEFAULTS["sales_to_success"]
CONFIDED = "Rosa wants the months closed in two days"
# Who is on which side of a hand-off from Leo to Ana, and for whom C02 is not there.
GIVERS = {"owner", "sales_lead", "seller"}
RECEIVERS = {"owner", "success_lead", "csm"}
ABSENT = {"support_lead", "agent"}
LOOKS_ON = {"finance", "product", "analyst"}


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def asking(served: None, role: str) -> Program:
    return program(member(f"a-{role}", role, ROLES[role][0]))


def handoff(state: str) -> int:
    """A hand-off from Leo to Ana in a state, with one item written."""
    key = draft(NewHandOff("C02", SALE, "leo", "ana"), "leo", NOON)
    save_item(key, "needs", ItemText(CONFIDED, "Rosa Gil"), 0, "leo", NOON)
    if state != "draft":
        give(key, 2, "leo", NOON)
    if state == "accepted":
        accept(key, "", {}, 3, "ana", NOON)
    return key


def status(role: str, side: set[str], done: int) -> int:
    """What an act of one side answers to a role."""
    return 404 if role in ABSENT else done if role in side else 403


DRAFTED: list[tuple[str, str, Any, set[str], int]] = [
    ("PUT", "items/needs", {"text": "Another text", "revision": 1}, GIVERS, 200),
    ("PUT", "receiver", {"to_person_id": "ben"}, GIVERS, 200),
    ("POST", "give", {"revision": 2}, GIVERS, 201),
    ("POST", "withdraw", {"revision": 2, "reason": "why"}, GIVERS, 201),
    ("PUT", "meeting", {"at": None}, GIVERS | RECEIVERS, 200),
    ("POST", "reasks", {"item": "needs", "told_by": "agent"}, GIVERS | RECEIVERS, 409),
    ("POST", "link", None, GIVERS | RECEIVERS, 400),
]
GIVEN: list[tuple[str, str, Any, set[str], int]] = [
    ("POST", "return", {"revision": 3, "gaps": ["needs"]}, RECEIVERS, 201),
    ("POST", "accept", {"revision": 3}, RECEIVERS, 201),
    ("PUT", "checklist/read_all", {"is_done": True}, RECEIVERS, 200),
    ("POST", "confirm", {"revision": 3, "items": []}, RECEIVERS, 409),
    ("POST", "withdraw", {"revision": 3, "reason": "why"}, GIVERS, 201),
    ("POST", "link", None, GIVERS | RECEIVERS, 201),
]
ACCEPTED: list[tuple[str, str, Any, set[str], int]] = [
    ("POST", "confirm", {"revision": 4, "items": [{"item": "needs", "was_right": True}]}, RECEIVERS, 409),
    ("POST", "reasks", {"item": "needs", "told_by": "agent"}, GIVERS | RECEIVERS, 201),
    ("PUT", "items/needs", {"text": "Another text", "revision": 1}, GIVERS, 409),
]


@pytest.mark.parametrize(("state", "calls"), [("draft", DRAFTED), ("given", GIVEN), ("accepted", ACCEPTED)])
def test_each_side_of_a_hand_off_does_its_own(
    asking: Program, role: str, state: str, calls: list[tuple[str, str, Any, set[str], int]]
) -> None:
    for method, name, body, side, done in calls:
        key = handoff(state)
        asking.send(method, f"/hand-offs/{key}/{name}", body, status(role, side, done))
        withdraw_all()


def withdraw_all() -> None:
    """Make room for the next one: of a customer one hand-off into a role is open."""
    from relevo.desk.relay.models import HandOff

    HandOff.objects.all().update(state="withdrawn")


def test_a_hand_off_is_seen_with_its_customer_and_read_with_its_words(asking: Program, role: str) -> None:
    key = handoff("given")
    asking.get(f"/hand-offs/{key}/suggestions", status(role, GIVERS, 200))
    told = asking.get(f"/hand-offs/{key}", 404 if role in ABSENT else 200)
    listed = {row["id"] for row in asking.get("/hand-offs", limit=500)["items"]}
    assert (key in listed) == (role not in ABSENT)
    if role not in ABSENT:
        assert told["reads_words"] == ROLES[role][4]
        assert (CONFIDED in str(told)) == ROLES[role][4]


PROMISED: list[tuple[str, str, Any, int]] = [
    ("PUT", "", {"text": "By May", "product_state": "planned", "revision": 1}, 200),
    ("POST", "/accept", {}, 201),
    ("POST", "/refuse", {"why": "why"}, 201),
    ("POST", "/keep", {}, 201),
    ("POST", "/break", {"why": "why"}, 201),
    ("POST", "/withdraw", {"why": "why"}, 201),
]


def test_promises_are_changed_by_whoever_takes_part_and_reads_them(asking: Program, role: str) -> None:
    everybody = set(ROLES) - LOOKS_ON
    for method, name, body, done in PROMISED:
        key = make_promise(NewPromise("C02", CONFIDED, "absent", NOON, "leo"), "leo", NOON)
        seen = asking.get(f"/promises/{key}", 404 if role in ABSENT else 200)
        if role not in ABSENT:
            assert (CONFIDED in str(seen)) == ROLES[role][4]
        asking.send(method, f"/promises/{key}{name}", body, status(role, everybody, done))
    lines = asking.all_of("/promises", 100, customer="C02")
    told = {line["text"] for line in lines if line["key"]}
    assert (CONFIDED in told) == (role not in ABSENT and ROLES[role][4])
    assert ROLES[role][4] or told <= {None}


# Fit: a company with open deals; O8 is Leo's and has no customer yet ----------------------------------------


@pytest.fixture
def fitted(settings: Any, db: None, role: str) -> Program:
    settings.RELEVO_HOME = fitting.home().path
    return program(member(f"a-{role}", role, ROLES[role][0]))


# Whose scope is everybody sees a deal that has no customer; others see those of persons they act for.
SEE_O8 = {"owner", "sales_lead", "seller", "finance", "product", "analyst"}


def test_the_fit_of_a_deal_is_seen_answered_and_passed(fitted: Program, role: str) -> None:
    sees = role in SEE_O8
    may = sees and role not in LOOKS_ON
    told = fitted.get("/fit/deals/O8", 200 if sees else 404)
    refused = 404 if not sees else 403
    key = fitting.KEYS[1]
    fitted.send("PUT", "/fit/deals/O8/answers", {"answers": {key: "yes"}}, 200 if may else refused)
    fitted.send("POST", "/fit/deals/O8/override", {"reason": "why"}, 400 if may else refused)
    assert ("O8" in {row["deal"]["deal_id"] for row in fitted.get("/fit/deals")["items"]}) == sees
    body = {"deal_id": "O8", "why": "no_fit", "reason": "why"}
    fitted.send("POST", "/fit/declined", body, 201 if may else 403 if role in LOOKS_ON else refused)
    if sees:
        read = {q["answer"] for q in told["questions"]} - {None}
        assert (told["reads_words"], bool(read)) == (ROLES[role][4], ROLES[role][4])


def test_nobody_reads_words_where_the_key_reads_none(served: None) -> None:
    """Both sides too: a party reads as such only through a key that reads words."""
    key = handoff("accepted")
    note_reask(key, "needs", "customer", CONFIDED, "ana", NOON)
    make_promise(NewPromise("C02", CONFIDED, "absent", NOON, "leo", handoff_id=key), "leo", NOON)
    for name, role in (("leo", "seller"), ("ana", "csm"), ("mia", "success_lead"), ("ines", "owner")):
        user = member(name, role)
        assert CONFIDED in str(program(user, "read", "read:conversations", "write:relay").get(f"/hand-offs/{key}"))
        wordless = program(user, "read", "read:money", "read:persons", "write:relay")
        told = wordless.get(f"/hand-offs/{key}")
        lists = (told, wordless.all_of("/promises", 100, customer="C02"), wordless.get("/pages/today"))
        assert not [each for each in lists if CONFIDED in str(each)], name
        assert {item["text"] for item in told["items"]} == {None}
        assert {event["text"] for event in told["history"]} == {None}
        assert {promise["text"] for promise in told["promises"]} == {None}
        assert {reask["note"] for reask in told["reasks"]} == {None}
