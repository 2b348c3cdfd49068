"""A customer is handed on through the API by two programs: with the seller's key and with the receiver's.

Leo sold C02, Ana holds it. Ben holds the odd customers, so that C02 is not there for him.
"""

import base64
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from relevo.desk.relay.actions_history import SET_ASIDE
from relevo.jobs import clock
from tests.api.asking import Program, member, program

TEXTS = {
    "objectives": "Close the month in two days", "needs": "Two warehouses, 40 users", "wanted_solution": "Plan Team",
    "expected_value": "From 12 hours to 4", "calendar": "Go-live on 1 December", "value_events": "First closed month",
}  # fmt: skip
PROMISE: dict[str, Any] = {"text": "Import from Sage by March", "product_state": "absent", "to_whom": "Rosa Gil"}


@pytest.fixture
def leo(served: None) -> Program:
    return program(member("leo", "seller"))


@pytest.fixture
def ana(served: None) -> Program:
    return program(member("ana", "csm"))


@pytest.fixture
def ben(served: None) -> Program:
    return program(member("ben", "agent"))


@pytest.fixture
def eva(served: None) -> Program:
    return program(member("eva", "analyst"))


def begun(leo: Program, customer: str = "C02", **more: str) -> Any:
    wanted = {"customer_id": customer, "template": "sales_to_success", "to_person_id": "ana", **more}
    return leo.send("POST", "/hand-offs", wanted, 201)


def path(told: Any, *more: str) -> str:
    return "/".join((f"/hand-offs/{told['id']}", *more))


def written(leo: Program, told: Any, *items: str) -> Any:
    for item in items or TEXTS:
        body = {"text": TEXTS[item], "said_by": "Rosa Gil", "sure": "certain", "revision": 0}
        told = leo.send("PUT", path(told, "items", item), body)
    return told


def act(who: Program, told: Any, name: str, expect: int = 201, **more: Any) -> Any:
    return who.send("POST", path(told, name), {"revision": told["revision"], **more}, expect)


def given(leo: Program) -> Any:
    return act(leo, written(leo, begun(leo)), "give")


def text_of(told: Any, item: str) -> Any:
    return next(each for each in told["items"] if each["item"] == item)


def code(answer: Any) -> str:
    return str(answer["error"]["code"])


def test_a_customer_is_handed_on_from_the_draft_to_the_confirmation(
    leo: Program, ana: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = begun(leo)
    assert (told["state"], told["giver"], told["receiver"], told["completeness"]) == ("draft", "Leo", "Ana", 0)
    told = written(leo, told, "objectives", "needs", "wanted_solution")
    promise = leo.send("POST", "/promises", {**PROMISE, "handoff_id": told["id"]}, 201)
    told = act(leo, leo.get(path(told)), "give")
    assert (told["state"], told["given_completeness"], told["acts"]) == ("given", 0.5, ["withdraw"])

    seen = ana.get(path(told))
    assert (seen["is_receiver"], seen["acts"]) == (True, ["return", "accept"])
    assert text_of(seen, "needs")["text"] == TEXTS["needs"]
    back = act(ana, seen, "return", gaps=["expected_value", "calendar"], reason="Which number, by when?")
    (returned,) = [event for event in back["history"] if event["kind"] == "returned"]
    assert returned["details"]["gaps"] == ["expected_value", "calendar"]
    assert code(act(leo, back, "return", 403, gaps=["needs"])) == "refused"

    filled = written(leo, back, "expected_value", "calendar", "value_events")
    again = act(leo, filled, "give")
    assert again["given_completeness"] == 1
    decided = [{"id": promise["promise"]["key"], "accepted": False, "why": "Nobody will build it."}]
    assert code(act(ana, again, "accept", 400)) == "wrong_use", "a promise is left open"
    taken = act(ana, again, "accept", promises=decided)
    assert (taken["state"], taken["to_person_id"], taken["acts"]) == ("accepted", "ana", ["confirm"])
    assert (taken["promises"][0]["refused_at"] is not None, taken["promises"][0]["decided_why"]) == (
        True, "Nobody will build it.",
    )  # fmt: skip

    asked = ana.send("POST", path(taken, "reasks"), {"item": "needs", "told_by": "receiver", "note": "How many?"}, 201)
    assert [(r["item"], r["was_filled"], r["note"]) for r in asked["reasks"]] == [("needs", True, "How many?")]
    right = [{"item": item, "was_right": item != "calendar"} for item in TEXTS]
    assert code(act(ana, asked, "confirm", 409, items=right)) == "not_now", "only after 30 days"
    later = clock.now() + timedelta(days=31)
    monkeypatch.setattr("relevo.api.endpoints.handoff_acts.now", lambda: later)
    done = act(ana, asked, "confirm", items=right, unwritten=True)
    assert (done["state"], done["accuracy"], done["unwritten"]) == ("confirmed", 0.833333, True)
    assert [e["kind"] for e in done["history"] if e["kind"] != "item.saved"] == [
        "drafted", "promised", "given", "returned", "given", "promise.refused", "accepted", "reasked", "confirmed",
    ]  # fmt: skip
    assert {e["text"] for e in done["history"] if e["kind"] == "item.saved"} == set(TEXTS.values())


def test_a_second_writer_gets_both_texts_and_nothing_is_lost(leo: Program, owner: Program) -> None:
    told = written(leo, begun(leo), "needs")
    late = {"text": "Three warehouses", "revision": 0}
    answer = owner.send("PUT", path(told, "items", "needs"), late, 409)
    assert (code(answer), answer["sent"]) == ("overtaken", "Three warehouses")
    assert (answer["stands"]["text"], answer["stands"]["revision"]) == (TEXTS["needs"], 1)
    found = leo.get(path(told))
    assert text_of(found, "needs")["text"] == TEXTS["needs"]
    aside = [(e["who"], e["item"], e["text"]) for e in found["history"] if e["kind"] == SET_ASIDE]
    assert aside == [("ines", "needs", "Three warehouses")]
    settled = owner.send("PUT", path(told, "items", "needs"), {**late, "revision": answer["stands"]["revision"]})
    assert text_of(settled, "needs")["text"] == "Three warehouses"
    assert {e["text"] for e in settled["history"] if e["item"] == "needs"} == {TEXTS["needs"], "Three warehouses"}


def test_of_two_who_act_on_one_revision_one_is_told(leo: Program, owner: Program, ana: Program) -> None:
    told = given(leo)
    act(ana, told, "return", gaps=["needs"], reason="Which?")
    assert code(act(owner, told, "accept", 409)) == "not_now"
    back = leo.get(path(told))
    leo.send("PUT", path(told, "items", "needs"), {"text": "Two, both in Norte", "revision": 1})
    late = act(owner, back, "withdraw", 409, reason="Not sold after all.")
    assert code(late) == "overtaken"
    assert [e["text"] for e in leo.get(path(told))["history"] if e["kind"] == SET_ASIDE] == ["Not sold after all."]
    refused = leo.send("PUT", path(told, "items", "nothing"), {"text": "a", "revision": 0}, 404)
    assert code(refused) == "not_found"


def test_what_was_given_stands_and_late_texts_are_kept(leo: Program) -> None:
    told = given(leo)
    late = leo.send("PUT", path(told, "items", "needs"), {"text": "Four warehouses", "revision": 1}, 409)
    assert code(late) == "not_now"
    found = leo.get(path(told))
    assert text_of(found, "needs")["text"] == TEXTS["needs"]
    assert [e["text"] for e in found["history"] if e["kind"] == SET_ASIDE] == ["Four warehouses"]
    assert code(leo.send("PUT", path(told, "receiver"), {"to_person_id": "ben"}, 409)) == "not_now"


def test_a_second_hand_off_into_the_role_waits_for_the_first(leo: Program) -> None:
    told = begun(leo)
    problem = leo.send("POST", "/hand-offs", {"customer_id": "C02", "template": "sales_to_success"}, 409)["error"]
    assert (problem["code"], f"Hand-off {told['id']} " in problem["message"]) == ("already_open", True)
    act(leo, told, "withdraw", reason="Not sold after all.")
    assert begun(leo)["id"] != told["id"]


def test_a_second_change_in_a_role_within_60_days_needs_a_reason(owner: Program, ana: Program) -> None:
    inside = {"template": "success_to_success", "from_person_id": "", "deal_id": ""}
    first = begun(ana, **inside, to_person_id="ben")
    act(owner, act(ana, first, "give"), "accept")
    second = begun(owner, **inside, to_person_id="ana")
    assert code(act(owner, second, "give", 409)) == "needs_reason"
    told = act(owner, second, "give", reason="Ben is ill.")
    assert (told["state"], told["override_reason"]) == ("given", "Ben is ill.")


def test_whoever_has_no_part_in_it_finds_nothing_or_looks_on(
    leo: Program, ben: Program, eva: Program, ana: Program
) -> None:
    told = given(leo)
    writes = [
        ("POST", path(told, "give"), {"revision": 1}),
        ("POST", path(told, "return"), {"revision": 1, "gaps": ["needs"]}),
        ("POST", path(told, "accept"), {"revision": 1}),
        ("POST", path(told, "confirm"), {"revision": 1, "items": []}),
        ("POST", path(told, "withdraw"), {"revision": 1, "reason": "Mine"}),
        ("POST", path(told, "reasks"), {"item": "needs", "told_by": "agent"}),
        ("POST", path(told, "link"), None),
        ("PUT", path(told, "items", "needs"), {"text": "Mine", "revision": 1}),
        ("PUT", path(told, "receiver"), {"to_person_id": "ben"}),
        ("PUT", path(told, "meeting"), {"at": None}),
        ("PUT", path(told, "checklist", "read_all"), {"is_done": True}),
    ]
    before = leo.get(path(told))
    ben.get(path(told), 404)
    eva.get(path(told))
    only_read = program(member("ana", "csm"), "read", "read:conversations")
    for method, address, body in writes:
        assert code(ben.send(method, address, body, 404)) == "not_found", address
        assert code(eva.send(method, address, body, 403)) == "refused", address
        assert code(only_read.send(method, address, body, 403)) == "refused", address
    assert leo.get(path(told)) == before
    for who in (ben, eva):
        assert who.get("/hand-offs/dropped", limit=500)["items"] == [
            row for row in who.get("/hand-offs/dropped", limit=500)["items"] if not row["is_mine"]
        ]


def test_the_receiver_meets_ticks_and_sends_the_customer_a_link(leo: Program, ana: Program, ben: Program) -> None:
    told = given(leo)
    met = ana.send("PUT", path(told, "meeting"), {"at": "2026-12-01T10:00:00+01:00"})
    assert met["meeting_at"] == "2026-12-01T09:00:00Z"
    assert ana.send("PUT", path(told, "meeting"), {"at": None})["meeting_at"] is None
    assert code(ana.send("PUT", path(told, "meeting"), {"at": "0001-01-01T00:00:00Z"}, 400)) == "wrong_use"
    ticked = ana.send("PUT", path(told, "checklist", "read_all"), {"is_done": True})
    assert [(c["line"], c["who"]) for c in ticked["checklist"] if c["at"]] == [("read_all", "ana")]
    none = ana.send("PUT", path(told, "checklist", "read_all"), {"is_done": False})
    assert {c["at"] for c in none["checklist"]} == {None}
    ana.send("PUT", path(told, "checklist", "sing"), {"is_done": True}, 404)
    assert code(leo.send("PUT", path(told, "checklist", "read_all"), {"is_done": True}, 403)) == "refused"
    link = ana.send("POST", path(told, "link"), expect=201)["path"]
    shown = Client().get(link).content.decode()
    assert TEXTS["needs"] in shown
    wordless = program(member("ana", "csm"), "read", "write:relay")
    assert code(wordless.send("POST", path(told, "link"), expect=403)) == "refused"


def test_suggestions_are_for_who_writes(leo: Program, ana: Program) -> None:
    told = begun(leo)
    items = leo.get(path(told, "suggestions"))["items"]
    assert items["wanted_solution"][0]["kind"] == "deal"
    assert items["wanted_solution"][0]["deal"]["amount_cents"] == 120_000
    assert code(ana.get(path(told, "suggestions"), 403)) == "refused"
    cheap = program(member("leo", "seller"), "read", "write:relay").get(path(told, "suggestions"))["items"]
    assert "120000" not in str(cheap)
    assert code(program(member("leo", "seller"), "read").get(path(told, "suggestions"), 403)) == "refused"


# The board -------------------------------------------------------------------------------------------------


def test_the_board_is_one_list_of_every_state_in_pages(leo: Program, owner: Program) -> None:
    keys = [begun(leo, f"C{i:02}")["id"] for i in (2, 3, 4, 5, 6)]
    for key in keys[2:]:
        act(leo, leo.get(f"/hand-offs/{key}"), "give")
    whole = owner.get("/hand-offs", limit=500)
    assert whole["next"] is None
    assert whole["found"] == len(whole["items"])
    states = [row["state"] for row in whole["items"]]
    assert states == sorted(states, key=["draft", "given", "returned", "accepted", "confirmed"].index)
    for limit in (1, 2, 3):
        assert [(r["id"], r["loaded_id"]) for r in owner.all_of("/hand-offs", limit)] == [
            (r["id"], r["loaded_id"]) for r in whole["items"]
        ]
    drafts = owner.get("/hand-offs", state="draft")
    assert ([r["id"] for r in drafts["items"]], drafts["found"]) == ([keys[1], keys[0]], 2)
    assert [r["id"] for r in leo.all_of("/hand-offs", 2, state="given") if r["id"]] == keys[:1:-1]
    owner.get("/hand-offs", 422, state="withdrawn")
    mine = {r["id"] for r in program(member("ben", "agent")).get("/hand-offs", mine="true", limit=500)["items"]}
    assert mine & set(keys) == {keys[1], keys[3]}, "Ben holds the odd ones"


def test_a_cursor_of_the_board_belongs_to_its_question(leo: Program, owner: Program) -> None:
    for i in (2, 3):
        begun(leo, f"C{i:02}")
    following = owner.get("/hand-offs", limit=1, state="draft")["next"]
    owner.get("/hand-offs", 409, limit=1, state="given", cursor=following)
    assert owner.get("/hand-offs", limit=1, state="draft", cursor=following)["next"] is None


@pytest.mark.parametrize(
    "place",
    [
        "nowhere", "withdrawn~", "draft~yesterday~h~1", "draft~2026-11-01T00:00:00~h~1",
        "draft~2026-11-01T00:00:00Z~x~1", "draft~2026-11-01T00:00:00Z~h~one",
        "draft~2026-11-01T00:00:00Z~h~99999999999999999999",
        "draft~0001-01-01T00:00:00+14:00~h~1", "draft~9999-12-31T23:59:59-14:00~l~H1", "draft~2026-11-01T00:00:00Z~h~",
    ],
)  # fmt: skip
def test_a_cursor_that_somebody_made_up_is_refused(leo: Program, place: str) -> None:
    for i in (2, 3):
        begun(leo, f"C{i:02}")
    real = leo.get("/hand-offs", limit=1)["next"]
    parts = json.loads(base64.urlsafe_b64decode(real + "=" * (-len(real) % 4)))
    forged = base64.urlsafe_b64encode(json.dumps([*parts[:2], place]).encode()).decode().rstrip("=")
    assert code(leo.get("/hand-offs", 400, limit=1, cursor=forged)) == "wrong_use"


def test_a_dropped_baton_tells_what_is_under_way_since(leo: Program) -> None:
    rows = leo.all_of("/hand-offs/dropped", 5)
    assert len(rows) == leo.get("/hand-offs/dropped")["found"] == 12
    assert {(row["owner_id"], row["under_way"]) for row in rows} == {("leo", None)}
    key = begun(leo, rows[0]["customer_id"])["id"]
    assert leo.get("/hand-offs/dropped", limit=1)["items"][0]["under_way"] == key


def test_a_loaded_hand_off_is_read_and_not_written(leo: Program, ben: Program) -> None:
    told = leo.get("/hand-offs/loaded/H1")
    assert (told["handoff_id"], told["customer_id"]) == ("H1", "C00")
    ben.get("/hand-offs/loaded/H1", 404)
    leo.send("PUT", "/hand-offs/loaded/H1", {}, 405)


# Promises --------------------------------------------------------------------------------------------------


def made(leo: Program, **more: Any) -> Any:
    return leo.send("POST", "/promises", {**PROMISE, "customer_id": "C02", **more}, 201)


def of(told: Any, *more: str) -> str:
    return "/".join((f"/promises/{told['promise']['key']}", *more))


def test_a_promise_is_made_corrected_taken_on_and_kept(leo: Program, ana: Program) -> None:
    told = made(leo, due_on="2027-03-31")
    assert (told["promise"]["standing"], told["promise"]["person_id"], told["revision"]) == ("open", "leo", 1)
    better = {**{k: PROMISE[k] for k in ("text", "product_state")}, "due_on": "2027-04-30", "revision": 1}
    changed = leo.send("PUT", of(told), {**better, "product_state": "planned"})
    assert (changed["promise"]["due_on"], changed["promise"]["product_state"]) == ("2027-04-30", "planned")
    late = ana.send("PUT", of(told), {**better, "text": "Import from anything"}, 409)
    assert (code(late), late["sent"]) == ("overtaken", "Import from anything")
    assert late["stands"]["promise"]["text"] == PROMISE["text"]
    taken = ana.send("POST", of(told, "accept"), {"why": "It is on the plan."}, 201)
    assert (taken["decided_by"], taken["decided_why"]) == ("ana", "It is on the plan.")
    leo.send("PUT", of(told), {**better, "revision": taken["revision"]}, 400)
    kept = ana.send("POST", of(told, "keep"), {}, 201)
    assert (kept["promise"]["standing"], kept["acts"]) == ("kept", [])
    assert [e["kind"] for e in kept["history"]] == [
        "promised", "promise.changed", SET_ASIDE, "promise.accepted", "promise.kept",
    ]  # fmt: skip
    assert "Import from anything" in {e["text"] for e in kept["history"]}


def test_a_promise_is_refused_broken_or_taken_back_for_a_reason(leo: Program, ana: Program) -> None:
    first, second = made(leo), made(leo)
    for name in ("refuse", "break", "withdraw"):
        ana.send("POST", of(first, name), {}, 422)
        ana.send("POST", of(first, name), {"why": "  "}, 400)
    refused = ana.send("POST", of(first, "refuse"), {"why": "Nobody will build it."}, 201)
    assert (refused["decided_why"], refused["acts"]) == ("Nobody will build it.", ["keep", "break"])
    ana.send("POST", of(first, "accept"), {}, 400)
    broken = leo.send("POST", of(first, "break"), {"why": "Nobody built it."}, 201)
    assert broken["promise"]["standing"] == "broken"
    assert leo.send("POST", of(second, "withdraw"), {"why": "Said twice."}, 201) == {"id": second["promise"]["key"]}
    leo.get(of(second), 404)
    found = leo.get("/promises", customer="C02", limit=500)["items"]
    assert [row["key"] for row in found if row["key"]] == [first["promise"]["key"]]


def test_promises_are_found_by_how_they_stand_and_by_whom(leo: Program, owner: Program, ana: Program) -> None:
    key = made(leo, due_on="2027-03-31")["promise"]["key"]
    assert owner.get("/promises", limit=1)["items"][0]["key"] == key, "the newest first"
    every = owner.all_of("/promises", 7)
    assert len(every) == owner.get("/promises")["found"] == len({row["id"] for row in every})
    assert [r["key"] for r in owner.get("/promises", standing="open", **{"from": "2027-01-01"})["items"]] == [key]
    assert {r["person_id"] for r in owner.all_of("/promises", 50, person="leo")} == {"leo"}
    ana.get("/promises", 403, person="leo")
    owner.get("/promises", 422, standing="forgotten")


def test_promises_of_others_are_not_there_and_who_looks_on_says_nothing(
    leo: Program, ben: Program, eva: Program
) -> None:
    told = made(leo)
    better = {"text": "By May", "product_state": "planned", "revision": 1}
    said = [("POST", name, {"why": "So"}) for name in ("accept", "refuse", "keep", "break", "withdraw")]
    writes: list[tuple[str, str, Any]] = [("PUT", "", better), *said]
    wordless = program(member("ana", "csm"), "read", "write:relay")
    assert wordless.get(of(told))["acts"] == []
    for method, name, body in writes:
        address = of(told, name) if name else of(told)
        ben.send(method, address, body, 404)
        for who in (eva, wordless):
            assert code(who.send(method, address, body, 403)) == "refused", address
    assert leo.get(of(told)) == told
    ben.send("POST", "/promises", {**PROMISE, "customer_id": "C02"}, 404)
    eva.send("POST", "/promises", {**PROMISE, "customer_id": "C02"}, 403)
    leo.send("POST", "/promises", {**PROMISE, "customer_id": "C02", "person_id": "nobody"}, 400)
    leo.send("POST", "/promises", {**PROMISE, "customer_id": "C02", "issue_id": "never-filed"}, 400)
    leo.send("POST", "/promises", PROMISE, 400)
