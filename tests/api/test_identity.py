"""Identity through the API: pairs, decisions, what stands in the way, and what a key may."""

from pathlib import Path
from typing import Any

import pytest

from relevo.desk.identity.decided import decisions_in_force
from tests.answers import identities
from tests.api.asking import Program, member, program

DECISION = {"kind": "merge", "customer_id": "C00", "other_id": "C02", "reason": "the same tax number"}


@pytest.fixture(scope="module")
def joined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return identities.home(tmp_path_factory.mktemp("identity")).path


@pytest.fixture
def asking(settings: Any, db: None, joined: Path) -> Program:
    settings.RELEVO_HOME = joined
    return program(member("ines", "owner"))


def keys(page: dict[str, Any]) -> list[str]:
    return [row["candidate_id"] for row in page["items"]]


def test_pairs_come_in_pages_and_one_by_one(asking: Program) -> None:
    assert keys(asking.get("/identity/candidates")) == ["k-odd", "k-even", "k-both"]
    assert [r["candidate_id"] for r in asking.all_of("/identity/candidates", limit=1)] == ["k-odd", "k-even", "k-both"]
    assert keys(asking.get("/identity/candidates", order="money")) == ["k-odd", "k-both", "k-even"]
    asking.get("/identity/candidates", 422, order="luck")
    found = asking.get("/identity/candidates/k-even")
    assert (found["one"]["customer_id"], found["other"]["customer_id"], found["confidence"]) == ("C00", "C02", 0.8)
    assert asking.get("/identity/candidates/none", 404)["error"]["code"] == "not_found"
    counted = asking.get("/identity/sources")["items"]
    assert [(c["source"], c["unmatched"]) for c in counted] == [("billing", 0), ("crm", 12)]


def test_a_pair_is_decided_replaced_and_undone(asking: Program) -> None:
    made = asking.send("POST", "/identity/decisions", DECISION, 201)
    assert (made["kind"], made["who"], made["in_book"]) == ("merge", "ines", False)
    assert keys(asking.get("/identity/candidates")) == ["k-odd", "k-both"]
    again = asking.send("POST", "/identity/decisions", {**DECISION, "kind": "apart"}, 409)
    assert again["error"]["code"] == "already_decided"
    other = asking.send("POST", "/identity/decisions", {**DECISION, "kind": "apart", "instead_of": made["id"]}, 201)
    undo = f"/identity/decisions/{other['id']}/undo"
    assert asking.send("POST", undo, {"reason": "one after all"}, 201)["undo_reason"] == "one after all"
    assert asking.send("POST", undo, {"reason": "again"}, 409)["error"]["code"] == "already_decided"
    assert decisions_in_force() == ()
    assert [d["id"] for d in asking.get("/identity/decisions")["items"]] == [other["id"], made["id"]]


def test_what_cannot_be_decided_says_why(asking: Program) -> None:
    asking.send("POST", "/identity/decisions", DECISION, 201)
    asking.send("POST", "/identity/decisions", {**DECISION, "customer_id": "C04", "other_id": "C00"}, 201)
    apart = {**DECISION, "kind": "apart", "customer_id": "C04", "other_id": "C02"}
    assert asking.send("POST", "/identity/decisions", apart, 409)["error"]["code"] == "contradicted"
    assert asking.send("POST", "/identity/decisions", {**DECISION, "other_id": "gone"}, 404)
    joined = asking.send("POST", "/identity/decisions", {**DECISION, "other_id": "B-7"}, 400)
    assert joined["error"]["code"] == "wrong_use"
    asking.send("POST", "/identity/decisions", {**DECISION, "kind": "perhaps"}, 422)
    asking.send("POST", "/identity/decisions", {**DECISION, "reason": ""}, 422)
    asking.send("POST", "/identity/decisions", {**DECISION, "reason": "a\nb"}, 422)


def test_a_customer_tells_its_joins(asking: Program) -> None:
    found = asking.get("/customers/C00/joins")
    assert [(j["external_id"], j["reason"]) for j in found["joins"]] == [("B-7", "same domain")]
    assert [p["other_id"] for p in found["open_pairs"]] == ["C02"]


def test_who_sees_few_is_told_of_few(asking: Program) -> None:
    ana = program(member("ana", "success_lead"))
    assert keys(ana.get("/identity/candidates")) == ["k-even"]
    ana.get("/identity/candidates/k-odd", 404)
    asking.send("POST", "/identity/decisions", {**DECISION, "customer_id": "C01", "other_id": "C03"}, 201)
    assert ana.get("/identity/decisions")["found"] == 0
    ana.send("POST", "/identity/decisions", DECISION, 403)
    narrow = program(member("ines", "owner"), "read")
    narrow.send("POST", "/identity/decisions", DECISION, 403)
    told = narrow.get("/identity/candidates/k-even")
    assert (told["one"]["mrr_cents"], told["one"]["tax_id"]) == (None, None)
    assert [e["left"] for e in told["evidence"] if e["kind"] == "tax_id"] == [""]
