"""One shape of errors, whatever goes wrong and wherever; nothing below /api speaks HTML."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from relevo.api.application import api
from relevo.api.describing import operations
from tests.api.asking import BASE, Program, member, program


def problem_of(response: Any, status: int) -> dict[str, str]:
    assert response.status_code == status, response.content[:300]
    assert response["Content-Type"] == "application/json"
    told = json.loads(response.content)
    assert set(told) == {"error"}
    assert set(told["error"]) == {"code", "message", "where", "hint"}
    assert all(told["error"].values()), told
    return dict(told["error"])


def addresses() -> list[tuple[str, str]]:
    filled = {"{name}": "mrr", "{customer_id}": "C02", "{key_id}": "1", "{view_id}": "1",
              "{handoff_id}": "1", "{promise_id}": "1", "{decline_id}": "1"}  # fmt: skip
    found = []
    for path, method, _ in operations(api.get_openapi_schema()):
        for part, value in filled.items():
            path = path.replace(part, value)
        found.append((method.upper(), path))
    return found


@pytest.mark.parametrize(("method", "path"), addresses())
def test_nobody_is_asked_to_sign_in_the_same_way_everywhere(served: None, method: str, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer rlv_unknown"}, {"Authorization": "Basic YTpi"}):
        response = Client().generic(method, path, headers=headers)
        assert problem_of(response, 401)["code"] == "signed_out"
        assert response["WWW-Authenticate"] == 'Bearer realm="relevo"'


@pytest.mark.parametrize(("method", "path"), [a for a in addresses() if a[0] == "GET"])
def test_a_misspelt_parameter_is_refused_everywhere(owner: Program, method: str, path: str) -> None:
    known = path.removeprefix(BASE).replace("{review_id}", "1")  # numbers are read before parameters are
    problem = owner.get(known, 400, segmnt="smb")["error"]
    assert (problem["code"], "'segmnt'" in problem["message"]) == ("wrong_use", True)


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/", "/v1/nowhere", "/v2/me", "/v1/measures/mrr/nothing", "/v1/me/"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_an_address_that_is_none(served: None, path: str, method: str) -> None:
    assert problem_of(Client().generic(method, f"/api{path}"), 404)["code"] == "not_found"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST", "OPTIONS", "TRACE"])
def test_a_method_that_an_address_does_not_take(owner: Program, method: str) -> None:
    response = owner.client.generic(method, f"{BASE}/me")
    assert problem_of(response, 405)["code"] == "method_not_allowed"
    assert response["Allow"] == "GET"


def test_what_does_not_fit_is_told_by_place(owner: Program) -> None:
    problem = owner.get("/customers", 422, status="gone", limit="0")["error"]
    assert problem["where"].endswith("limit")
    assert problem["hint"] == "Compare it with /api/v1/docs. There are 1 more faults."
    problem = owner.send("POST", "/keys", {"name": "a", "scopes": ["read"], "dayz": 3}, 422)["error"]
    assert problem["where"].endswith("dayz")


@pytest.mark.parametrize("body", ["", "{", "[1", "\x00", '"text"', "null", "[]", "1e999"])
def test_a_body_that_cannot_be_read(owner: Program, body: str) -> None:
    response = owner.client.generic("POST", f"{BASE}/views", body, content_type="application/json")
    assert problem_of(response, response.status_code)["code"] in ("wrong_use", "invalid")
    assert response.status_code in (400, 422)


def test_errors_of_relevo_finish_their_sentence(owner: Program) -> None:
    problem = owner.get("/measures/mrr/answer", 400, by="nowhere")["error"]
    assert "nowhere" in problem["message"]
    assert problem["where"] == "GET /api/v1/measures/mrr/answer"
    assert owner.get("/measures/nothing", 404)["error"]["code"] == "not_found"
    assert owner.get("/customers/C99", 404)["error"]["message"] == "There is no customer 'C99' here."
    analyst = program(member("eva", "analyst"))
    assert analyst.get("/measures/mrr/answer", 403, by="seller")["error"]["code"] == "refused"


def test_before_the_first_book_it_says_what_to_do(owner: Program, settings: Any, tmp_path: Path) -> None:
    settings.RELEVO_HOME = tmp_path
    problem = owner.get("/customers", 409)["error"]
    assert (problem["code"], problem["hint"]) == ("not_ready", "Run `relevo load FOLDER`, then `relevo build`.")
    assert owner.get("/me")["stamp"] is None
    assert owner.get("/measures")["found"] > 30
    assert owner.get("/pages/data")["stamp"] is None
    assert owner.get("/data/loads")["items"] == []
    relay = ("/hand-offs", "/hand-offs/dropped", "/hand-offs/loaded/H1", "/promises", "/fit/deals", "/fit/declined")
    for path in relay:
        assert owner.get(path, 409)["error"]["code"] == "not_ready"
    assert owner.send("POST", "/hand-offs", {"customer_id": "C02"}, 409)["error"]["code"] == "not_ready"


def test_a_fault_of_ours_tells_nothing_of_itself(owner: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret words")

    monkeypatch.setattr("relevo.api.endpoints.company.colleagues", broken)
    problem = owner.get("/people", 500)["error"]
    assert problem["code"] == "fault"
    assert "secret" not in str(problem)


def test_what_fails_before_any_endpoint_speaks_json_too(owner: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    response = Client(raise_request_exception=False).get(f"{BASE}/me", headers={"Host": "elsewhere.example"})
    assert problem_of(response, 400)["code"] == "wrong_use"

    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("relevo.web.habits.profile_of", broken)
    browser = Client(raise_request_exception=False)
    browser.force_login(member("ana", "csm"))
    assert problem_of(browser.get(f"{BASE}/me"), 500)["code"] == "fault"


def test_pages_still_speak_html(served: None) -> None:
    assert Client().get("/nowhere")["Content-Type"].startswith("text/html")
