"""What django-ninja's description leaves out: headers of answers, what an error says, examples."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from ninja.openapi.schema import OpenAPISchema

_EXAMPLES = Path(__file__).parent / "examples"
_TAG = {"description": "What the answer depends on; send it back as If-None-Match.", "schema": {"type": "string"}}
_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of an earlier answer; 304 where it still holds.",
}
_ERRORS = {
    400: ("wrong_use", "'nowhere' is not a dimension.", "Known: segment, channel, plan, country."),
    401: ("signed_out", "Nobody is signed in, and no key that holds was sent.", "Send Authorization: Bearer rlv_…"),
    403: ("refused", "This key lacks the scope admin.", "Make a key with it, if you may have one."),
    404: ("not_found", "There is no customer 'C99' here.", "Look for it under Customers."),
    409: ("not_ready", "No book has been published yet.", "Run `relevo load FOLDER`, then `relevo build`."),
    422: ("invalid", "Input should be less than or equal to 500.", "Compare it with /api/v1/docs."),
}


def described(schema: OpenAPISchema) -> OpenAPISchema:
    """The description with headers and examples."""
    for path, method, operation in operations(schema):
        for status, answer in operation["responses"].items():
            _complete(answer, int(status), operation["operationId"], f"{method.upper()} {path}")
        if method == "get":
            operation["parameters"].append(_MATCH)
            for status in (200, 304):
                operation["responses"][status]["headers"] = {"ETag": _TAG}
    return schema


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every operation with its path and method."""
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def _complete(answer: dict[str, Any], status: int, operation: str, asked: str) -> None:
    content = answer.get("content", {}).get("application/json")
    if content is None:
        return
    if status in _ERRORS:
        code, message, hint = _ERRORS[status]
        content["example"] = {"error": {"code": code, "message": message, "where": asked, "hint": hint}}
    elif (example := example_of(operation)) is not None:
        content["example"] = example


@lru_cache(maxsize=128)
def example_of(operation: str) -> Any:
    """What an operation answered for a small company, cut short; None where that would say nothing."""
    file = _EXAMPLES / f"{operation}.json"
    return json.loads(file.read_text("utf-8")) if file.exists() else None
