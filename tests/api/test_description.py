"""The description is complete, valid and readable: every address, parameter, status, security, example."""

import json
from typing import Any

import jsonschema_rs
import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from relevo.api.application import api
from relevo.api.describing import example_of, operations
from relevo.api.plain import json_bytes
from tests.api.asking import BASE, Program, member

# They name what may not be there in the question, not in the address.
NAME_THINGS_IN_THE_QUESTION = {f"{BASE}/pages/compare"}
NAME_THINGS_IN_THE_BODY = {
    ("post", f"{BASE}/{name}")
    for name in ("identity/decisions", "hand-offs", "promises", "fit/declined", "rating-links")
}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_bytes(api.get_openapi_schema()))
    return found


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> list[str]:
    found = []
    for each in patterns:
        path = before + str(each.pattern)
        found += routes(each.url_patterns, path) if isinstance(each, URLResolver) else [path]
    return found


def test_every_address_below_the_version_is_described(schema: dict[str, Any]) -> None:
    served = {f"/{path}" for path in routes(get_resolver().url_patterns) if path.startswith("api/v1/")}
    plain = {path.replace("<path:", "{").replace("<", "{").replace(">", "}") for path in served}
    assert plain - {f"{BASE}/docs", f"{BASE}/"} == set(schema["paths"])


def test_every_operation_is_told_in_full(schema: dict[str, Any]) -> None:
    names, summaries = [], []
    for path, method, told in operations(schema):
        names.append(told["operationId"])
        summaries.append(told["summary"])
        assert told["summary"], path
        assert told["description"].strip().endswith("."), path
        assert told["tags"], path
        assert told["security"] == [{"ApiKey": []}, {"Session": []}], path
        success = {"get": {"200", "304"}, "post": {"201"}, "patch": {"200"}}.get(method, {"200", "204"})
        assert {s for s in told["responses"] if s < "400"} <= success, path
        assert {"400", "401", "403", "409", "422"} <= set(told["responses"]), path
        named = "{" in path or path in NAME_THINGS_IN_THE_QUESTION or (method, path) in NAME_THINGS_IN_THE_BODY
        assert ("404" in told["responses"]) == named, path
    assert len(set(names)) == len(names)
    assert len(set(summaries)) == len(summaries), "regions of the page of the API are named by these"
    assert schema["components"]["securitySchemes"]["ApiKey"] == {"type": "http", "scheme": "bearer"}


def test_every_answer_has_a_shape_and_an_example_that_fits_it(schema: dict[str, Any]) -> None:
    for path, method, told in operations(schema):
        for status, answer in told["responses"].items():
            if status in ("204", "304"):
                assert "content" not in answer
                continue
            content = answer["content"]["application/json"]
            assert content["schema"], (path, method, status)
            if told["operationId"] != "read_openapi" or status != "200":
                fits(schema, content["schema"], content["example"])


def test_what_is_sent_has_examples(schema: dict[str, Any]) -> None:
    for path, method, told in operations(schema):
        for parameter in told["parameters"]:
            assert parameter["in"] in ("path", "query", "header")
            assert parameter["in"] != "path" or parameter["examples"], (path, parameter["name"])
        if method == "post" and "requestBody" in told:
            shape = schema["components"]["schemas"][
                told["requestBody"]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]
            ]
            assert all(shape["properties"][name].get("examples") for name in shape.get("required", ())), path


def fits(schema: dict[str, Any], shape: dict[str, Any], value: Any) -> None:
    whole = {**shape, "components": schema["components"], "$schema": "https://json-schema.org/draft/2020-12/schema"}
    jsonschema_rs.validator_for(whole).validate(value)


def test_two_shapes_never_share_a_name() -> None:
    description = api.get_openapi_schema()
    with pytest.raises(ValueError, match="named Error"):
        description.add_schema_definitions({"Error": {"type": "string"}})


def test_it_is_read_by_who_has_a_key(owner: Program, schema: dict[str, Any]) -> None:
    assert owner.get("/openapi.json") == schema
    Program(None).get("/openapi.json", 401)


def test_the_examples_are_what_the_small_company_answers(owner: Program) -> None:
    example = example_of("list_people")
    assert example["items"] == owner.get("/people", limit=2)["items"]


def test_the_page_says_every_address_without_script_of_its_own(served: None, schema: dict[str, Any]) -> None:
    browser = Client()
    assert browser.get(f"{BASE}/docs")["Location"].startswith("/sign-in")
    browser.force_login(member("ana", "csm"))
    response = browser.get(f"{BASE}/docs")
    page = response.content.decode()
    assert response["Content-Type"].startswith("text/html")
    for path, _, told in operations(schema):
        assert path in page
        assert told["summary"] in page.replace("&#x27;", "'")
    assert " style=" not in page
    assert not [part for part in page.split('="')[1:] if part.startswith(("http", "//"))]
