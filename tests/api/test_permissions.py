"""The permission matrix of the API: every address, for every role, for keys of fewer scopes, for rows of others."""

from typing import Any

import pytest

from relevo.api.application import api
from relevo.api.describing import operations
from relevo.desk.people.keys import KeyScope
from tests.answers import company
from tests.api.asking import BASE, Program, member, program
from tests.promised_roles import RECEIVERS, ROLES

OWNER_ONLY = {"/members", "/audit"}
# What each address is asked; the customer is Ana's (even), so that Ben may not see it.
FILLED = {
    "{name}": "mrr",
    "{customer_id}": "C02",
    "{key_id}": "999999",
    "{view_id}": "999999",
    "{candidate_id}": "none",
    "{decision_id}": "999999",
    "{handoff_id}": "999999",
    "{loaded_id}": "H1",
    "{item}": "needs",
    "{line}": "read_all",
    "{promise_id}": "999999",
    "{deal_id}": "never-made",
    "{decline_id}": "999999",
    "{review_id}": "999999",
}
HANDING, PROMISE, DEAL = "/hand-offs/999999", "/promises/999999", "/fit/deals/never-made"
WORDS: dict[str, Any] = {"text": "Import by March", "product_state": "planned"}
RELAY: dict[str, Any] = {
    "POST /hand-offs": {"customer_id": "C02"},
    f"PUT {HANDING}/items/needs": {"text": "Two warehouses", "revision": 0},
    f"PUT {HANDING}/receiver": {"to_person_id": "ana"},
    f"PUT {HANDING}/meeting": {"at": "2026-12-01T09:00:00Z"},
    f"PUT {HANDING}/checklist/read_all": {"is_done": True},
    f"POST {HANDING}/give": {"revision": 1},
    f"POST {HANDING}/return": {"revision": 1, "gaps": ["needs"]},
    f"POST {HANDING}/accept": {"revision": 1},
    f"POST {HANDING}/confirm": {"revision": 1, "items": []},
    f"POST {HANDING}/withdraw": {"revision": 1, "reason": "why"},
    f"POST {HANDING}/reasks": {"item": "needs", "told_by": "agent"},
    f"POST {HANDING}/link": None,
    "POST /promises": {**WORDS, "customer_id": "C02"},
    f"PUT {PROMISE}": {**WORDS, "revision": 1},
    **{f"POST {PROMISE}/{act}": {"why": "why"} for act in ("accept", "refuse", "keep", "break", "withdraw")},
    f"PUT {DEAL}/answers": {"answers": {"owner_named": "yes"}},
    f"POST {DEAL}/override": {"reason": "why"},
    "POST /fit/declined": {"name": "Norr AB", "why": "no_fit", "reason": "why"},
    "POST /fit/declined/999999/undo": {"reason": "why"},
}
VOICES: dict[str, Any] = {"POST /rating-links": {"conversation_id": "V9", "customer_id": "C02"}}
SCOPES = tuple(KeyScope)
REVIEW = "/reviews/999999"
REVIEWING: dict[str, Any] = {
    f"PUT {REVIEW}/marks": {"revision": 0, "marks": {"accuracy": 4}},
    f"POST {REVIEW}/replies": {"text": "Hm"},
    f"POST {REVIEW}/give-back": None,
}
BODIES: dict[str, Any] = {
    "POST /keys": {"name": "a", "scopes": ["read"]},
    "POST /views": {"page": "customers", "name": "a"},
    "PATCH /views/999999": {"name": "b"},
    "POST /identity/decisions": {"kind": "merge", "customer_id": "C10", "other_id": "C20", "reason": "one"},
    "POST /identity/decisions/999999/undo": {"reason": "two"},
    "POST /goals": {
        "measure": "mrr", "value": 1, "until": "2027-01", "counter": "cac", "serves": "logo_churn", "reason": "x",
    },
    **VOICES,
    **RELAY,
    **REVIEWING,
}  # fmt: skip
SCOPES_OF_WRITES = {
    "POST /keys": "admin",
    "DELETE /keys/999999": "admin",
    "POST /views": "write:views",
    "PATCH /views/999999": "write:views",
    "DELETE /views/999999": "write:views",
    "POST /goals": "write:house",
    "POST /identity/decisions": "write:identity",
    "POST /identity/decisions/999999/undo": "write:identity",
    **dict.fromkeys(VOICES, "write:voices"),
    **dict.fromkeys(RELAY, "write:relay"),
    **dict.fromkeys(REVIEWING, "write:reviews"),
    "GET /reviews": "read:persons",
    f"GET {REVIEW}": "read:persons",
}


def addresses() -> list[tuple[str, str]]:
    found = []
    for path, method, _ in operations(api.get_openapi_schema()):
        for part, value in FILLED.items():
            path = path.replace(part, value)
        found.append((method.upper(), path.removeprefix(BASE)))
    return found


def wanted(role: str, method: str, path: str) -> int:
    """The status that the table of roles promises."""
    if path in OWNER_ONLY:
        return 200 if role == "owner" else 403
    if path.startswith("/customers/C02"):
        return 200 if ROLES[role][0] != "ben" else 404
    if path == "/goals" and method == "POST":
        return 201 if role in ("owner", "finance") else 403
    if path.startswith("/identity/decisions") and method == "POST":
        found = 404 if path.endswith("/undo") else 201
        return found if role in ("owner", "finance") else 403
    if path.startswith(("/identity/candidates/none", REVIEW)):
        return 404
    if path.startswith(("/hand-offs", "/promises", "/fit", "/rating-links")):
        return wanted_of_relay(role, method, path)
    if method == "POST":
        return 201
    return 200 if method == "GET" else 404


def wanted_of_relay(role: str, method: str, path: str) -> int:
    """C02 and C00, of which H1 is, are Ana's; who sees no persons looks on; what else is named is not there."""
    is_foreign = ROLES[role][0] == "ben"
    if path.startswith((HANDING, PROMISE, DEAL, "/fit/declined/999999")):
        return 404
    if method == "GET":
        return 404 if is_foreign and path == "/hand-offs/loaded/H1" else 200
    return 404 if is_foreign and path != "/fit/declined" else 403 if ROLES[role][3] is None else 201


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def asking(served: None, role: str) -> Program:
    return program(member(f"a-{role}", role, ROLES[role][0]))


def test_every_address_answers_or_refuses(asking: Program, role: str) -> None:
    for method, path in addresses():
        asking.send(method, path, BODIES.get(f"{method} {path}"), wanted(role, method, path))


def test_a_key_without_scope_is_refused_everywhere(served: None, role: str) -> None:
    user = member(f"a-{role}", role, ROLES[role][0])
    for scope in (
        "read",
        "write:views",
        "write:house",
        "write:identity",
        "write:relay",
        "write:reviews",
        "write:voices",
        "read:persons",
        "admin",
    ):
        narrow = program(user, scope)
        for method, path in addresses():
            call = f"{method} {path}"
            needed = SCOPES_OF_WRITES.get(call, "admin" if path in OWNER_ONLY else "read")
            if needed != scope:
                narrow.send(method, path, BODIES.get(call), 403)


def test_customers_are_those_of_the_role(asking: Program, role: str) -> None:
    _, customers, amounts, _, _ = ROLES[role]
    rows = asking.get("/customers", limit=500)["items"]
    assert len(rows) == customers
    assert sum(row["mrr_cents"] is not None for row in rows) == amounts


def test_a_key_of_fewer_scopes_sees_fewer_things(served: None, role: str) -> None:
    person, customers, _, _, _ = ROLES[role]
    narrow = program(member(f"a-{role}", role, person), "read")
    page = narrow.get("/customers", limit=500)
    assert (len(page["items"]), page["mrr_cents"]) == (customers, None)
    assert {row["mrr_cents"] for row in page["items"]} == {None}
    assert narrow.get("/measures/mrr/rows")["items"] == []
    assert narrow.get("/measures/customer_value/answer")["rows"] == []
    narrow.get("/measures/mrr/answer", 403, by="seller")
    narrow.get("/measures/seller_quality/answer", 403)
    narrow.get("/measures/promises/answer", 403, by="person")
    if person != "ben":
        lines = narrow.get("/customers/C00/timeline", limit=500)["items"]
        assert {line["happening"]["amount"] for line in lines} == {None}
        assert "Export" not in str(lines)


def test_rows_behind_a_figure_are_those_whose_amounts_may_be_seen(asking: Program, role: str) -> None:
    seen = {row["customer_id"] for row in asking.get("/measures/mrr/rows", limit=500)["items"]}
    payers = {r["customer_id"] for r in asking.get("/customers", limit=500)["items"] if r["status"] == "paying"}
    assert seen == (payers if ROLES[role][2] else set())


@pytest.mark.parametrize("measure", ["movement_log", "renewals_due", "customer_value"])
def test_measures_whose_rows_are_customers_stay_in_sight(asking: Program, role: str, measure: str) -> None:
    visible = {row["customer_id"] for row in asking.get("/customers", limit=500)["items"]}
    rows = asking.get(f"/measures/{measure}/answer", limit=500)["rows"]
    assert {row["customer_id"] for row in rows} <= (visible if ROLES[role][2] else set())


def test_a_foreign_customer_is_not_there(asking: Program) -> None:
    seen = {row["customer_id"] for row in asking.get("/customers", limit=500)["items"]}
    for key in (company.key(i) for i in range(0, company.CUSTOMERS, 3)):
        for path in (f"/customers/{key}", f"/customers/{key}/timeline"):
            asking.get(path, 200 if key in seen else 404)


def test_figures_of_the_company_are_the_same_for_everyone(asking: Program, owner: Program) -> None:
    for name in ("net_revenue_retention", "mrr", "logo_churn", "cac"):
        path = f"/measures/{name}/answer"
        assert asking.get(path) == owner.get(path), name


def test_a_slice_of_few_customers_tells_nothing(asking: Program, role: str) -> None:
    rows = asking.get("/measures/mrr/answer", by="channel", limit=500)["rows"]
    few = [row for row in rows if row["channel"] == "events"]
    assert few
    sees_all = role in ("owner", "finance", "analyst")
    assert all((row["mrr_cents"] is not None) == sees_all for row in few)


def test_persons_are_seen_by_those_who_lead_them(asking: Program, role: str) -> None:
    persons = ROLES[role][3]
    if persons is None:
        asking.get("/measures/mrr/answer", 403, by="seller")
        asking.get("/measures/seller_quality/answer", 403)
        asking.get("/measures/mrr/rows", 403, by="seller", value="leo")
        return
    rows = asking.get("/measures/mrr/answer", by="seller")["rows"]
    assert {row["seller"] for row in rows} <= persons | ({"(none)"} if role == "owner" else set())
    assert {row["person_id"] for row in asking.get("/measures/seller_quality/answer")["rows"]} == persons
    asking.get("/measures/mrr/answer", 200 if "leo" in persons else 403, where="seller=leo")
    asking.get("/measures/mrr/rows", 200 if "leo" in persons else 403, by="seller", value="leo")


@pytest.mark.parametrize(
    ("measure", "by"), [("handoff_fidelity", "from_person"), ("handoff_fidelity", "to_person"), ("promises", "person")]
)
def test_hand_offs_and_promises_by_person_are_for_those_who_lead_them(
    asking: Program, role: str, measure: str, by: str
) -> None:
    persons, address = ROLES[role][3], f"/measures/{measure}/answer"
    asking.get(address)
    if persons is None:
        asking.get(address, 403, by=by)
        asking.get(address, 403, where=f"{by}=leo")
        return
    wanted = RECEIVERS[role] if by == "to_person" else persons
    nameless = {"(none)"} if role == "owner" and by == "person" else set()
    assert {row[by] for row in asking.get(address, by=by)["rows"]} == wanted | nameless
    for person in ("leo", "ana"):
        is_in_sight = role == "owner" or person in persons | RECEIVERS[role]
        asking.get(address, 200 if is_in_sight else 403, where=f"{by}={person}")


def test_words_of_customers_are_for_those_who_may_read_them(asking: Program, role: str) -> None:
    if ROLES[role][0] != "ben":
        assert ("Export" in str(asking.get("/customers/C00/timeline", limit=500))) == ROLES[role][4]


def test_what_is_put_aside_is_counted_for_all_and_read_by_who_sees_all(asking: Program, role: str) -> None:
    assert asking.get("/data/quarantine")["found"] == 1
    assert bool(asking.get("/pages/data")["aside"]) == (role == "owner")
