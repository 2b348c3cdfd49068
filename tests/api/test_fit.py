"""The fit of deals through the API: the same answers and actions as the pages, of the company of `fitting`.

Ten points in all, six pass the gate. W3 and W4 answered two of ten, W5 after it was won, W2 nothing; O8 is open with
one answer of five that counts.
"""

from typing import Any

import pytest

from tests.api.asking import Program, member, program
from tests.web import fitting

KEYS = fitting.KEYS


@pytest.fixture
def leo(settings: Any, db: None) -> Program:
    settings.RELEVO_HOME = fitting.home().path
    return program(member("leo", "seller"))


def ids(who: Program, name: str) -> list[str]:
    return [row["deal"]["deal_id"] for row in who.all_of("/fit/deals", 2, list=name)]


def answered(leo: Program, given: dict[str, str], expect: int = 200) -> Any:
    return leo.send("PUT", "/fit/deals/O8/answers", {"answers": given}, expect)


def test_deals_are_listed_as_on_the_page(leo: Program) -> None:
    assert ids(leo, "open") == ["O8"], "O9 is Eva's, with a customer that nobody has yet"
    assert set(ids(program(member("mia", "owner")), "open")) == {"O8", "O9"}
    assert ids(leo, "unqualified") == ["W5", "W4", "W3", "W2"]
    assert ids(leo, "overridden") == []
    leo.get("/fit/deals", 422, list="lost")


def test_a_deal_is_answered_scored_and_let_pass_for_a_reason(leo: Program) -> None:
    before = leo.get("/fit/deals/O8")
    assert (before["fit"]["answered"], before["fit"]["asked"], before["fit"]["gate"]) == (1, 5, 0.6)
    assert [(q["answer"], q["is_known"]) for q in before["questions"][:2]] == [("yes", True), ("perhaps", False)]
    assert leo.send("POST", "/fit/deals/O8/override", {"reason": "A door"}, 400)["error"]["code"] == "wrong_use"
    told = answered(leo, dict.fromkeys(KEYS[1:], "no"))
    assert (told["fit"]["score"], told["fit"]["is_complete"], told["fit"]["is_qualified"]) == (0.2, True, False)
    assert (told["questions"][0]["answered_by"], told["questions"][1]["answered_by"]) == ("", "leo")
    leo.send("POST", "/fit/deals/O8/override", {"reason": "  "}, 400)
    passed = leo.send("POST", "/fit/deals/O8/override", {"reason": "A door to the group"}, 201)
    assert [(o["who"], o["score"], o["reason"]) for o in passed["overrides"]] == [("leo", 0.2, "A door to the group")]
    assert (passed["fit"]["is_qualified"], passed["fit"]["override_by"], passed["may_override"]) == (True, "leo", False)
    assert ids(leo, "overridden") == ["O8"]


def test_answers_are_kept_all_or_none(leo: Program) -> None:
    assert answered(leo, {KEYS[1]: "yes", KEYS[2]: "perhaps"}, 400)["error"]["code"] == "wrong_use"
    assert answered(leo, {KEYS[1]: "yes", "colour": "yes"}, 400)["error"]["message"] == "There is no question 'colour'."
    assert leo.get("/fit/deals/O8")["fit"]["answered"] == 1
    leo.send("PUT", "/fit/deals/W2/answers", {"answers": {KEYS[0]: "yes"}}, 403)
    leo.send("PUT", "/fit/deals/L1/answers", {"answers": {KEYS[0]: "yes"}}, 404)


def test_what_was_not_sold_is_written_down_and_taken_back(leo: Program) -> None:
    told = leo.send("POST", "/fit/declined", {"deal_id": "O8", "why": "no_fit", "reason": "They need a payroll."}, 201)
    assert (told["name"], told["amount_cents"], told["currency"], told["is_mine"]) == ("Deal O8", 30_000, "EUR", True)
    assert "O8" not in ids(leo, "open")
    found = leo.all_of("/fit/declined", 1)
    assert [(row["deal_id"], row["key"] is not None) for row in found] == [("O8", True), ("N2", False)]
    for name, role, status in (("eva", "finance", 403), ("ana", "success_lead", 404)):
        program(member(name, role)).send("POST", f"/fit/declined/{told['key']}/undo", {"reason": "x"}, status)
    undone = leo.send("POST", f"/fit/declined/{told['key']}/undo", {"reason": "Sold after all."}, 201)
    assert undone == {"id": told["key"]}
    leo.send("POST", f"/fit/declined/{told['key']}/undo", {"reason": "again"}, 404)
    assert "O8" in ids(leo, "open")


def test_a_decline_without_a_deal_has_a_name_of_its_own(leo: Program) -> None:
    body = {"name": "Norr AB", "why": "too_small", "reason": "Two users.", "amount_cents": 9_900}
    told = leo.send("POST", "/fit/declined", body, 201)
    assert (told["deal_id"], told["person_id"], told["amount_cents"]) == ("", "leo", 9_900)
    leo.send("POST", "/fit/declined", {**body, "name": ""}, 400)
    leo.send("POST", "/fit/declined", {**body, "deal_id": "O8"}, 400)
    leo.send("POST", "/fit/declined", {**body, "declined_on": "2999-01-01"}, 400)
    leo.send("POST", "/fit/declined", {**body, "customer_id": "never"}, 404)


def test_amounts_are_for_who_may_see_them(leo: Program) -> None:
    """A key that sees no amounts: neither in the list, nor of one deal, nor of what was declined."""
    leo.send("POST", "/fit/declined", {"deal_id": "O8", "why": "no_fit", "reason": "They need a payroll."}, 201)
    boss = member("mia", "owner")
    cheap = program(boss, "read", "read:persons", "read:conversations")
    assert program(boss).get("/fit/deals/W1")["fit"]["deal"]["amount_cents"] == 100_000
    assert cheap.get("/fit/deals/W1")["fit"]["deal"]["amount_cents"] is None
    for name in ("open", "unqualified", "overridden"):
        assert {row["deal"]["amount_cents"] for row in cheap.get("/fit/deals", list=name)["items"]} <= {None}
    assert {row["amount_cents"] for row in cheap.get("/fit/declined")["items"]} == {None}
