"""Write the examples of the API's description: what every operation answers for the small company of the tests.

Run by hand from the repository's folder when an answer has changed its shape: `python tools/api_examples.py`. Lists
are cut to two items, long texts stay. A test compares each example with the shape that is described.
"""

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "relevo" / "api" / "examples"
FILLED = {
    "{name}": "mrr", "{customer_id}": "C00", "{candidate_id}": "k-even", "{loaded_id}": "H1", "{handoff_id}": "1",
    "{promise_id}": "1", "{deal_id}": "D39",
}  # fmt: skip
ASKED = {
    "list_customers": "?segment=smb&limit=2",
    "ask_measure": "?from=2026-03&to=2026-04",
    "reconcile": "?tool=stripe",
    "find": "?q=al",
    "list_fit": "?list=unqualified",
}
LONGEST = 2
VIEW = {"page": "customers", "name": "Large ones", "query": "sort=mrr"}
GOAL = {"measure": "mrr", "value": 500000, "until": "2027-03", "counter": "cac", "serves": "logo_churn"}
NEEDS = {"text": "Two warehouses, 40 users.", "said_by": "Rosa Gil", "sure": "certain", "revision": 0}
PROMISED = {"text": "Import from Sage by March.", "product_state": "planned", "due_on": "2027-03-31"}
WHY = {"why": "Nobody will build it."}


def main() -> None:
    """Ask every operation once and write what it said."""
    sys.path.insert(0, str(ROOT))
    os.environ["RELEVO_HOME"] = tempfile.mkdtemp(prefix="relevo-examples-")
    from relevo.base.config import Home
    from relevo.desk.ready import prepare

    prepare(Home(Path(os.environ["RELEVO_HOME"])))
    from django.conf import settings

    from tests.answers import identities

    settings.RELEVO_HOME = identities.home(Path(tempfile.mkdtemp(prefix="relevo-examples-book-"))).path
    settings.ALLOWED_HOSTS = ["testserver"]
    EXAMPLES.mkdir(exist_ok=True)
    for name, said in answers().items():
        (EXAMPLES / f"{name}.json").write_text(json.dumps(short(said), indent=1, ensure_ascii=False) + "\n", "utf-8")


def answers() -> dict[str, Any]:
    """What every operation says, by its name."""
    from relevo.api.application import api
    from relevo.api.describing import operations
    from tests.api.asking import BASE, member, program

    asking, found = program(member("ines", "owner", "mia")), {}
    found["make_key"] = asking.send("POST", "/keys", {"name": "nightly report", "scopes": ["read"]}, 201)
    found["make_view"] = asking.send("POST", "/views", VIEW, 201)
    goal = {**GOAL, "from_on": "2026-10-01", "reason": "Board of October."}
    apart = {"kind": "apart", "customer_id": "C04", "other_id": "C05", "reason": "A branch that pays for itself."}
    found["make_decision"] = asking.send("POST", "/identity/decisions", apart, 201)
    found["set_goal"] = asking.send("POST", "/goals", goal, 201)
    found["make_rating_links"] = asked_for_a_rating(asking)
    found |= handing_on(asking) | promising(asking)
    for path, method, told in operations(api.get_openapi_schema()):
        name = told["operationId"]
        if method == "get" and name not in ("read_openapi", "list_reviews", "get_review", *found):
            for part, value in FILLED.items():
                path = path.replace(part, value)
            found[name] = asking.get(path.removeprefix(BASE) + ASKED.get(name, ""))
    decision = found["make_decision"]["id"]
    why = {"reason": "Two companies after all."}
    found["undo_decision"] = asking.send("POST", f"/identity/decisions/{decision}/undo", why, 201)
    found["update_view"] = asking.send("PATCH", f"/views/{found['make_view']['id']}", {"is_shared": True})
    found["end_key"] = asking.send("DELETE", f"/keys/{found['make_key']['key']['id']}")
    found["make_key"]["token"] = "rlv_" + "x" * 43
    return found | reviewing(asking) | fitting(asking)


def asked_for_a_rating(asking: Any) -> dict[str, Any]:
    """The links of an answer, with another signature than that of this run."""
    made: dict[str, Any] = asking.send("POST", "/rating-links", {"conversation_id": "V1", "message_id": "M1"}, 201)
    token = f"{made['id']}.{'x' * 43}"
    return {**made, "links": {each: f"https://relevo.example.com/r/{token}?a={each}" for each in made["links"]}}


def handing_on(asking: Any) -> dict[str, Any]:
    """A hand-off from its draft to what was right, by what each step answers."""
    with a_month_ago():
        found = taken_over(asking)
    one = f"/hand-offs/{found['begin_handoff']['id']}"
    body = {"revision": asking.get(one)["revision"], "items": [{"item": "needs", "was_right": True}]}
    found["confirm_handoff"] = asking.send("POST", f"{one}/confirm", body, 201)
    other = asking.send("POST", "/hand-offs", {"customer_id": "C01"}, 201)
    back = {"revision": other["revision"], "reason": "Sold to another."}
    found["withdraw_handoff"] = asking.send("POST", f"/hand-offs/{other['id']}/withdraw", back, 201)
    return found


def taken_over(asking: Any) -> dict[str, Any]:
    """The steps until it was accepted, and asked again."""
    wanted = {"customer_id": "C00", "deal_id": "D0", "template": "sales_to_success"}
    found = {"begin_handoff": asking.send("POST", "/hand-offs", wanted, 201)}
    one = f"/hand-offs/{found['begin_handoff']['id']}"
    found["suggest_items"] = asking.get(f"{one}/suggestions")
    found["write_item"] = asking.send("PUT", f"{one}/items/needs", NEEDS)
    found["set_receiver"] = asking.send("PUT", f"{one}/receiver", {"to_person_id": "ana"})

    def act(name: str, **more: Any) -> Any:
        return asking.send("POST", f"{one}/{name}", {"revision": asking.get(one)["revision"], **more}, 201)

    act("give")
    found["return_handoff"] = act("return", gaps=["calendar"], reason="By when do they need it?")
    found["give_handoff"] = act("give")
    found["set_joint_meeting"] = asking.send("PUT", f"{one}/meeting", {"at": "2026-11-02T09:00:00Z"})
    found["tick_line"] = asking.send("PUT", f"{one}/checklist/read_all", {"is_done": True})
    found["make_customer_link"] = asking.send("POST", f"{one}/link", expect=201)
    found["make_customer_link"]["path"] = "/h/" + "x" * 43
    found["accept_handoff"] = act("accept")
    asked_again = {"item": "calendar", "told_by": "receiver", "note": "By when?"}
    found["note_asked_again"] = asking.send("POST", f"{one}/reasks", asked_again, 201)
    return found


@contextmanager
def a_month_ago() -> Iterator[None]:
    """What was right about a hand-off is known after 30 days."""
    from relevo.api.endpoints import handoff_acts, handoffs

    now = handoffs.now
    handoffs.now = handoff_acts.now = lambda: now() - timedelta(days=31)
    try:
        yield
    finally:
        handoffs.now = handoff_acts.now = now


def promising(asking: Any) -> dict[str, Any]:
    """What a promise answers to all that can be done with one: the first is kept, another one refused and broken."""

    def made() -> Any:
        return asking.send("POST", "/promises", {"customer_id": "C00", **PROMISED, "person_id": "leo"}, 201)

    found = {"make_promise": made()}
    one, other, third = (f"/promises/{told['promise']['key']}" for told in (found["make_promise"], made(), made()))
    found["change_promise"] = asking.send("PUT", one, {**PROMISED, "issue_id": "B1", "revision": 1})
    found["accept_promise"] = asking.send("POST", f"{one}/accept", {"why": "It is on the plan of March."}, 201)
    found["keep_promise"] = asking.send("POST", f"{one}/keep", {}, 201)
    found["refuse_promise"] = asking.send("POST", f"{other}/refuse", WHY, 201)
    found["break_promise"] = asking.send("POST", f"{other}/break", WHY, 201)
    found["withdraw_promise"] = asking.send("POST", f"{third}/withdraw", {"why": "Said twice."}, 201)
    return found


def reviewing(asking: Any) -> dict[str, Any]:
    """Reviews of one conversation of C00 that Leo answered: the first is made, the second given back."""
    from datetime import date

    from relevo.desk.reviews.actions import NewDraw, NewSample, give, keep_sample
    from relevo.jobs.clock import now

    drawn = [NewDraw("V1", person, frozenset({person}), 0.25, "C00", "mail") for person in ("leo", "eva")]
    wanted = keep_sample(NewSample(date(2026, 10, 19), 7, 2, "book", 40), drawn, "relevo", now())
    give({each.key: ("mia",) for each in wanted}, "relevo", now())
    found = {"list_reviews": asking.get("/reviews")}
    one, other = (f"/reviews/{line['id']}" for line in found["list_reviews"]["items"])
    marks = {"accuracy": 4, "clarity": 3, "tone": 4, "next_step": None}
    body = {"revision": 0, "marks": marks, "note": "Clear; say what comes next."}
    found["give_marks"] = asking.send("PUT", f"{one}/marks", body)
    found["reply_to_review"] = asking.send("POST", f"{one}/replies", {"text": "Next time."}, 201)
    found["get_review"] = asking.get(one)
    found["give_review_back"] = asking.send("POST", f"{other}/give-back", expect=201)
    return found


def fitting(asking: Any) -> dict[str, Any]:
    """What an open deal of the company of `tests.web.fitting` answers, which has some."""
    from django.conf import settings

    from tests.web import fitting

    settings.RELEVO_HOME = fitting.home().path
    one, no = "/fit/deals/O8", dict.fromkeys(fitting.KEYS, "no")
    found = {"answer_questions": asking.send("PUT", f"{one}/answers", {"answers": no})}
    found["override_fit"] = asking.send("POST", f"{one}/override", {"reason": "A door to the group."}, 201)
    body = {"deal_id": "O8", "why": "no_fit", "reason": "They need a payroll."}
    found["decline_deal"] = asking.send("POST", "/fit/declined", body, 201)
    found["get_fit"], found["list_fit"] = asking.get(one), asking.get("/fit/deals?list=unqualified")
    found["list_declined"] = asking.get("/fit/declined")
    undo = f"/fit/declined/{found['decline_deal']['key']}/undo"
    found["undo_decline"] = asking.send("POST", undo, {"reason": "Sold after all."}, 201)
    return found


def short(value: Any) -> Any:
    """A value whose lists are cut."""
    if isinstance(value, dict):
        return {key: short(each) for key, each in value.items()}
    return [short(each) for each in value[:LONGEST]] if isinstance(value, list) else value


if __name__ == "__main__":
    main()
