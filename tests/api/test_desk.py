"""What is kept on the Desk through the API: keys, saved views, goals, and the trail of it all."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from relevo.desk.house.models import HouseRule
from relevo.desk.people.models import ApiKey, AuditEntry
from relevo.jobs.clock import now
from tests.api.asking import BASE, Program, member, program

GOAL: dict[str, Any] = {
    "measure": "mrr", "value": 500000, "until": "2027-03", "counter": "cac", "serves": "logo_churn",
    "from_on": "2026-10-01", "reason": "Board of October.",
}  # fmt: skip


def entries(action: str) -> list[AuditEntry]:
    return list(AuditEntry.objects.filter(action=action).order_by("id"))


# Keys ------------------------------------------------------------------------------------------------------


def test_a_key_is_made_listed_used_and_revoked(owner: Program) -> None:
    made = owner.send("POST", "/keys", {"name": "nightly", "scopes": ["read"], "days": 30}, 201)
    fresh = Program(made["token"])
    assert fresh.get("/me")["scopes"] == ["read"]
    listed = owner.get("/keys")["items"][0]
    assert (listed["name"], listed["prefix"]) == ("nightly", made["token"][:12])
    assert listed["last_used_at"] is not None
    assert "hash" not in str(listed)
    revoked = owner.send("DELETE", f"/keys/{listed['id']}")
    assert revoked["revoked_at"] is not None
    fresh.get("/me", 401)
    owner.send("DELETE", "/keys/999999", expect=404)


def test_a_key_that_expired_or_of_somebody_who_left_is_none(served: None) -> None:
    ana = member("ana", "csm")
    asking = program(ana)
    asking.get("/me")
    ApiKey.objects.update(expires_at=now() - timedelta(seconds=1))
    asking.get("/me", 401)
    ApiKey.objects.update(expires_at=now() + timedelta(days=1))
    ana.is_active = False
    ana.save()
    asking.get("/me", 401)


def test_a_key_makes_no_key_that_may_more(served: None) -> None:
    maker = program(member("ines", "owner"), "read", "admin")
    problem = maker.send("POST", "/keys", {"name": "a", "scopes": ["read", "read:money"]}, 400)["error"]
    assert "read:money" in problem["message"]
    made = maker.send("POST", "/keys", {"name": "a", "scopes": ["read"], "days": 365}, 201)
    assert made["key"]["expires_at"] == maker.get("/keys")["items"][-1]["expires_at"]
    program(member("eva", "analyst"), "read").send("POST", "/keys", {"name": "a", "scopes": ["read"]}, 403)


def test_keys_of_others_are_neither_listed_nor_revoked(owner: Program) -> None:
    ana = program(member("ana", "csm"))
    mine = ana.get("/keys")["items"]
    assert len(mine) == 1
    owner.send("DELETE", f"/keys/{mine[0]['id']}", expect=404)
    assert ana.get("/me")["user"] == "ana"


# Sessions --------------------------------------------------------------------------------------------------


def test_a_session_reads_and_writes_only_from_our_own_pages(served: None) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member("ana", "csm"))
    assert browser.get(f"{BASE}/me").json()["user"] == "ana"
    view = {"page": "customers", "name": "a"}
    refused = browser.post(f"{BASE}/views", view, content_type="application/json")
    assert (refused.status_code, refused.json()["error"]["code"]) == (403, "refused")
    browser.get("/")
    token = browser.cookies["relevo-csrf"].value
    sent = browser.post(f"{BASE}/views", view, content_type="application/json", headers={"X-CSRFToken": token})
    assert sent.status_code == 201


def test_a_key_that_does_not_hold_is_refused_beside_a_session(served: None) -> None:
    browser = Client()
    browser.force_login(member("ana", "csm"))
    assert browser.get(f"{BASE}/me", headers={"Authorization": "Bearer rlv_no"}).status_code == 401


# Saved views -----------------------------------------------------------------------------------------------


def test_a_view_is_kept_changed_shared_and_deleted(owner: Program) -> None:
    view = owner.send("POST", "/views", {"page": "customers", "name": "Large", "query": "sort=mrr"}, 201)
    path = f"/views/{view['id']}"
    ana = program(member("ana", "csm"))
    assert ana.get("/views")["items"] == []
    changed = owner.send("PATCH", path, {"is_shared": True})
    assert (changed["name"], changed["query"], changed["is_shared"]) == ("Large", "sort=mrr", True)
    assert ana.get("/views", page="customers")["items"] == [changed]
    assert ana.get("/views", page="data")["items"] == []
    ana.send("PATCH", path, {"name": "Mine"}, 404)
    ana.send("DELETE", path, expect=404)
    owner.send("POST", "/views", {"page": "customers", "name": "Large"}, 409)
    assert owner.send("DELETE", path, expect=204) is None
    owner.send("DELETE", path, expect=404)
    assert [e.action for e in AuditEntry.objects.filter(action__startswith="view.").order_by("id")] == [
        "view.saved", "view.changed", "view.deleted",
    ]  # fmt: skip


def test_views_are_written_with_the_scope_alone(served: None) -> None:
    reader = program(member("ana", "csm"), "read")
    reader.send("POST", "/views", {"page": "customers", "name": "a"}, 403)
    writer = program(member("ana", "csm"), "write:views")
    view = writer.send("POST", "/views", {"page": "customers", "name": "a"}, 201)
    writer.get("/views", 403)
    reader.send("DELETE", f"/views/{view['id']}", expect=403)


# Goals -----------------------------------------------------------------------------------------------------


def test_a_goal_on_a_single_measure_is_refused(owner: Program) -> None:
    problem = owner.send("POST", "/goals", {**GOAL, "counter": ""}, 409)["error"]
    assert problem["code"] == "single_metric"
    assert problem["message"].startswith("A goal on mrr alone would be reached at the cost of everything")
    assert "`counter`" in problem["hint"]
    assert not HouseRule.objects.exists()


@pytest.mark.parametrize("counter", ["mrr", "net_revenue_retention", "logo_churn"])
def test_a_counter_measure_is_of_another_kind(owner: Program, counter: str) -> None:
    assert owner.send("POST", "/goals", {**GOAL, "counter": counter}, 409)["error"]["code"] == "single_metric"


@pytest.mark.parametrize("serves", ["", "cac", "arpa"])
def test_a_target_that_serves_no_retention_is_refused(owner: Program, serves: str) -> None:
    problem = owner.send("POST", "/goals", {**GOAL, "serves": serves}, 409)["error"]
    assert problem["code"] == "orphan_target"
    assert "net_revenue_retention" in problem["hint"]


def test_a_goal_is_kept_as_a_house_rule_and_replaces_its_like(owner: Program) -> None:
    owner.send("POST", "/goals", GOAL, 201)
    owner.send("POST", "/goals", {**GOAL, "measure": "logo_churn", "value": 0.02, "serves": ""}, 201)
    told = owner.send("POST", "/goals", {**GOAL, "value": 600000}, 201)
    kept = {"until": "2027-03", "counter": "cac", "serves": "logo_churn"}
    assert told["goals"] == owner.get("/goals")["goals"]
    assert told["goals"] == [
        {"measure": "logo_churn", "value": 0.02, **kept},
        {"measure": "mrr", "value": 600000.0, **kept},
    ]
    assert (told["orphans"], told["orphan_share"], told["may_change"]) == ([], 0, True)
    assert [e.about for e in entries("rule.saved")] == ["targets"] * 3


def test_goals_set_after_the_day_of_the_book_are_all_kept(owner: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """The book is of October; where the company is, 23 November has begun and UTC has the 22nd."""
    late = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    monkeypatch.setattr("relevo.jobs.clock.now", lambda: late)
    monkeypatch.setattr("relevo.api.endpoints.desk.now", lambda: late)
    goal = {name: value for name, value in GOAL.items() if name != "from_on"}
    told = [owner.send("POST", "/goals", {**goal, "measure": name}, 201) for name in ("mrr", "logo_churn")]
    assert [[g["measure"] for g in each["goals"]] for each in told] == [["mrr"], ["mrr", "logo_churn"]]
    assert owner.get("/goals") == told[-1]
    assert set(HouseRule.objects.values_list("from_on", flat=True)) == {date(2026, 11, 23)}


def test_a_goal_for_a_later_day_is_told_as_of_that_day(owner: Program) -> None:
    told = owner.send("POST", "/goals", {**GOAL, "from_on": "2999-01-01"}, 201)
    assert [g["measure"] for g in told["goals"]] == ["mrr"]
    assert owner.get("/goals")["goals"] == []


def test_an_activity_may_be_a_goal_beside_an_outcome(owner: Program) -> None:
    demos = {**GOAL, "measure": "demos", "value": 500}
    assert owner.send("POST", "/goals", demos, 409)["error"]["code"] == "single_metric"  # cac is an efficiency too
    told = owner.send("POST", "/goals", {**demos, "counter": "gross_revenue_retention"}, 201)
    assert told["goals"][0]["measure"] == "demos"


def test_goals_are_set_by_who_may_change_house_rules(served: None) -> None:
    program(member("fin", "finance", "eva")).send("POST", "/goals", GOAL, 201)
    program(member("ana", "csm")).send("POST", "/goals", GOAL, 403)
    program(member("fin", "finance", "eva"), "read").send("POST", "/goals", GOAL, 403)
    assert program(member("ana", "csm")).get("/goals")["may_change"] is False


# Efficiency never stands alone -------------------------------------------------------------------------------


def test_a_measure_of_efficiency_brings_its_outcomes(owner: Program) -> None:
    told = owner.get("/measures/cac/answer", by="segment")
    assert told["kind"] == "efficiency"
    partners = {p["measure"]: p for p in told["partners"]}
    assert list(partners) == ["ltv_to_cac", "cac_payback", "logo_churn"]
    assert partners["logo_churn"]["kind"] == "outcome"
    assert partners["logo_churn"]["asked"] == {"by": ["segment"]}
    alone = owner.get("/measures/logo_churn/answer", by="segment", limit=500)
    assert partners["logo_churn"]["answer"]["rows"] == alone["rows"]
    assert alone["partners"] == []


def test_raw_leaves_the_partners_out_and_is_written_down(owner: Program) -> None:
    assert owner.get("/measures/cac/answer", raw="true")["partners"] == []
    (entry,) = entries("exported")
    assert (entry.who, entry.about) == ("ines", "cac raw")
    assert "raw=true" in entry.details["address"]


# The trail -------------------------------------------------------------------------------------------------


def test_a_list_read_to_its_end_is_an_export(owner: Program) -> None:
    assert len(owner.all_of("/customers", 15)) == 40
    (entry,) = entries("exported")
    assert (entry.who, entry.about, entry.details["rows"]) == ("ines", "customers", 40)
    assert entry.details["key"].startswith("rlv_")
    owner.get("/customers", limit=5)
    owner.get("/measures/mrr/rows", limit=500)
    owner.get("/measures/movement_log/answer", limit=500)
    assert [e.about for e in entries("exported")] == ["customers", "mrr rows", "movement_log"]


def test_whoever_looks_at_persons_is_written_down(owner: Program) -> None:
    owner.get("/measures/mrr/answer")
    assert entries("person_level.seen") == []
    owner.get("/measures/mrr/answer", by="seller")
    owner.get("/measures/mrr/answer", where="seller=leo")
    owner.get("/measures/seller_quality/answer")
    owner.get("/measures/mrr/rows", by="seller", value="leo")
    owner.get("/measures/handoff_fidelity/answer", by="from_person")
    owner.get("/measures/promises/answer", where="person=leo")
    owner.get("/measures/promises/answer", by="product_state")
    seen = [(e.about, e.details["by"]) for e in entries("person_level.seen")]
    assert seen == [
        ("mrr", ["seller"]), ("mrr", ["seller"]), ("seller_quality", ["person_id"]), ("mrr rows", ["seller"]),
        ("handoff_fidelity", ["from_person"]), ("promises", ["person"]),
    ]  # fmt: skip


def test_the_audit_is_read_by_who_may_change_people(owner: Program) -> None:
    told = owner.get("/audit", action="key.created")["items"]
    assert [(e["who"], e["action"]) for e in told] == [("ines", "key.created")]
    program(member("eva", "finance")).get("/audit", 403)
    program(member("ines", "owner"), "read").get("/audit", 403)


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("/customers.csv", 40),
        ("/measures/mrr.csv", 43),
        ("/measures/mrr.json", 43),
        ("/rows/mrr.csv", 34),
        ("/money/reconcile.csv", None),
    ],
)
def test_a_file_of_a_page_is_an_export_too(served: None, address: str, rows: int | None) -> None:
    browser = Client()
    browser.force_login(member("ines", "owner"))
    assert browser.get(address).status_code == 200
    (entry,) = entries("exported")
    assert (entry.who, entry.about) == ("ines", address)
    assert rows is None or entry.details["rows"] == rows
