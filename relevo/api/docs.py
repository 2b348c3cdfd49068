"""The description of the API as a page: no script and nothing from another host."""

import json
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from relevo.api.application import api
from relevo.api.describing import operations


@dataclass(frozen=True)
class Parameter:
    """One parameter, or one field of a body."""

    name: str
    place: str
    kind: str
    is_required: bool
    about: SafeString


@dataclass(frozen=True)
class Entry:
    """One operation as it is read."""

    method: str
    path: str
    name: str
    summary: str
    about: SafeString
    parameters: tuple[Parameter, ...]
    answers: str
    errors: str
    example: str


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Every operation in the order of the description, by its kind."""
    schema = api.get_openapi_schema()
    groups: dict[str, list[Entry]] = {}
    for path, method, operation in operations(schema):
        groups.setdefault(operation["tags"][0].capitalize(), []).append(_entry(schema, path, method, operation))
    told = {"about": _marked(schema["info"]["description"]), "version": schema["info"]["version"], "groups": groups}
    return render(request, "relevo/api_docs.html", told)


def _entry(schema: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> Entry:
    said = {str(status): answer for status, answer in operation["responses"].items()}
    good = [f"{status} {_kind(schema, _content(a)) or 'without content'}" for status, a in said.items() if status < "4"]
    example = next((a["content"]["application/json"].get("example") for a in said.values() if "content" in a), None)
    return Entry(
        method.upper(), path, operation["operationId"], operation["summary"],
        _marked(operation.get("description", "")), (*_parameters(schema, operation), *_fields(schema, operation)),
        ", ".join(good), ", ".join(status for status in said if status >= "4"),
        json.dumps(example, indent=1, ensure_ascii=False) if example else "",
    )  # fmt: skip


def _marked(text: str) -> SafeString:
    """Text in which what stands between backticks is code."""
    parts = " ".join(text.split()).split("`")
    return format_html_join(
        "", "{}", ((format_html("<code>{}</code>", p) if i % 2 else p,) for i, p in enumerate(parts))
    )


def _parameters(schema: dict[str, Any], operation: dict[str, Any]) -> list[Parameter]:
    return [
        Parameter(p["name"], p["in"], _kind(schema, p["schema"]), p["required"], _marked(p.get("description", "")))
        for p in operation["parameters"]
    ]


def _fields(schema: dict[str, Any], operation: dict[str, Any]) -> list[Parameter]:
    body = operation.get("requestBody")
    if not body:
        return []
    shape = _resolved(schema, _content(body))
    required = shape.get("required", [])
    return [
        Parameter(name, "body", _kind(schema, each), name in required, _marked(each.get("description", "")))
        for name, each in shape["properties"].items()
    ]


def _content(part: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = part.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def _resolved(schema: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in part:
        return part
    found: dict[str, Any] = schema["components"]["schemas"][part["$ref"].rsplit("/", 1)[-1]]
    return found


def _kind(schema: dict[str, Any], part: dict[str, Any]) -> str:
    """A type in a word or two."""
    if "$ref" in part:
        named = part["$ref"].rsplit("/", 1)[-1]
        values = _resolved(schema, part).get("enum")
        return " | ".join(map(str, values)) if values else str(named)
    if "anyOf" in part:
        return " | ".join(_kind(schema, each) for each in part["anyOf"])
    if "enum" in part:
        return " | ".join(map(str, part["enum"]))
    if part.get("type") == "array":
        return f"list of {_kind(schema, part.get('items', {}))}"
    return str(part.get("format") or part.get("type") or "")
