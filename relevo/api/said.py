"""How an answer leaves: JSON with an entity tag, which a program sends back to learn that nothing changed."""

import hashlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from relevo.answers.fingerprint import fingerprint
from relevo.answers.reading import Reading
from relevo.api.plain import json_bytes
from relevo.api.problems import JSON

KEPT = "private, no-cache"


def said(request: HttpRequest, answer: Any, status: int = 200) -> HttpResponse:
    """An answer of the Desk: its tag is a hash of what it says."""
    content = json_bytes(answer)
    return _tagged(request, hashlib.sha256(content).hexdigest()[:32], lambda: content, status)


def said_of_book(request: HttpRequest, reading: Reading, make: Callable[[], Any]) -> HttpResponse:
    """An answer of the book alone: its tag is known before it is made, so that it is not made in vain."""
    return _tagged(request, fingerprint(reading, question(request)), lambda: json_bytes(make()), 200)


def question(request: HttpRequest, *, without: tuple[str, ...] = ()) -> str:
    """What is asked: the address with its parameters in a fixed order."""
    asked = sorted((name, value) for name, values in request.GET.lists() for value in values if name not in without)
    return f"{request.path}?{urlencode(asked)}"


def nothing(status: int = 204) -> HttpResponse:
    """Done, and nothing to say."""
    response = HttpResponse(status=status)
    del response["Content-Type"]
    return response


def _tagged(request: HttpRequest, tag: str, make: Callable[[], bytes], status: int) -> HttpResponse:
    known = [each.strip().removeprefix("W/").strip('"') for each in request.headers.get("If-None-Match", "").split(",")]
    if request.method == "GET" and (tag in known or known == ["*"]):
        response = nothing(304)
    else:
        response = HttpResponse(make(), status=status, content_type=JSON)
    if request.method == "GET":
        response["ETag"] = f'"{tag}"'
    response["Cache-Control"] = KEPT
    patch_vary_headers(response, ("Authorization",))
    return response
