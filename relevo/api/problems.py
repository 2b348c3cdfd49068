"""Problems in one shape: {"error": {"code", "message", "where", "hint"}}. Nothing under /api speaks HTML."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import HttpError, ValidationError

from relevo.answers.goals import GoalRefused
from relevo.answers.reading import NotFound, Refused
from relevo.api.plain import json_bytes
from relevo.base.errors import DataRefused, NotReady, RelevoError, WrongUse
from relevo.desk.identity.actions import AlreadyDecided, Contradicted
from relevo.desk.people.actions_keys import NoSuchKey
from relevo.desk.relay.actions import AlreadyOpen, NeedsReason
from relevo.desk.relay.actions_history import Overtaken
from relevo.desk.relay.states import NotNow
from relevo.desk.voices.actions import AskedLately
from relevo.desk.work.actions_views import NameTaken, NoSuchView

BEGIN = "/api/"
DOCS = "/api/v1/docs"
JSON = "application/json"
_LOG = logging.getLogger("relevo.api")


class CursorRefused(RelevoError):
    """A cursor of another book or of another question."""


# The first that fits: status and code of an error that finishes its sentence.
_RELEVO: tuple[tuple[type[RelevoError], int, str], ...] = (
    (NotFound, 404, "not_found"),
    (NoSuchView, 404, "not_found"),
    (NoSuchKey, 404, "not_found"),
    (Refused, 403, "refused"),
    (NameTaken, 409, "taken"),
    (AlreadyDecided, 409, "already_decided"),
    (Contradicted, 409, "contradicted"),
    (Overtaken, 409, "overtaken"),
    (NotNow, 409, "not_now"),
    (AlreadyOpen, 409, "already_open"),
    (NeedsReason, 409, "needs_reason"),
    (AskedLately, 409, "asked_lately"),
    (CursorRefused, 409, "cursor_refused"),
    (NotReady, 409, "not_ready"),
    (DataRefused, 409, "data_refused"),
    (GoalRefused, 409, "goal_refused"),
    (WrongUse, 400, "wrong_use"),
)
_SAID: Mapping[int, tuple[str, str, str]] = {
    400: ("wrong_use", "This request cannot be read.", "Compare it with /api/v1/docs."),
    401: ("signed_out", "Nobody is signed in, and no key that holds was sent.", "Send Authorization: Bearer rlv_…"),
    403: ("refused", "This is not for you.", "Ask the owner of this Relevo."),
    404: ("not_found", "There is no such address.", "/api/v1/docs lists every one."),
    405: ("method_not_allowed", "This address does not take that method.", "The header Allow names those it takes."),
    409: ("conflict", "This cannot be done now.", "Ask again."),
    413: ("too_large", "This request is too large.", "Send less at once."),
    500: ("fault", "This is a fault of Relevo.", "relevo doctor says more; report it with the address you asked."),
}


def error(
    request: HttpRequest, status: int, code: str = "", message: str = "", hint: str = "", where: str = ""
) -> HttpResponse:
    """A problem as JSON; what is not said is said as usual for the status."""
    usual = _SAID.get(status, _SAID[400 if status < 500 else 500])
    told = {
        "code": code or usual[0],
        "message": message or usual[1],
        "where": where or f"{request.method} {request.path}",
        "hint": hint or usual[2],
    }
    response = HttpResponse(json_bytes({"error": told}), status=status, content_type=JSON)
    if status == 401:
        response["WWW-Authenticate"] = 'Bearer realm="relevo"'
    return response


def of_relevo(request: HttpRequest, problem: RelevoError) -> HttpResponse:
    """An error that finishes its sentence."""
    found = next(((status, code) for kind, status, code in _RELEVO if isinstance(problem, kind)), (400, "wrong_use"))
    code = problem.code if isinstance(problem, GoalRefused) else found[1]
    return error(request, found[0], code, problem.message, problem.hint)


def of_validation(request: HttpRequest, problem: ValidationError) -> HttpResponse:
    """A parameter or body that does not fit its description; the first fault is told, and how many there are."""
    first: Mapping[str, Any] = problem.errors[0]
    where = ".".join(str(part) for part in first.get("loc", ()))
    more = len(problem.errors) - 1
    hint = "Compare it with /api/v1/docs." + (f" There are {more} more faults." if more else "")
    return error(request, 422, "invalid", f"{first.get('msg', 'It does not fit')}.", hint, where)


def of_http(request: HttpRequest, problem: HttpError) -> HttpResponse:
    """What django-ninja raises: a body that is no JSON, nobody signed in, a form of another site."""
    usual = _SAID.get(problem.status_code)
    return error(request, problem.status_code, message="" if usual else problem.message)


def of_nothing(request: HttpRequest, problem: Http404) -> HttpResponse:  # noqa: ARG001 - django-ninja's shape
    """Nothing there."""
    return error(request, 404)


def of_fault(request: HttpRequest, problem: Exception) -> HttpResponse:
    """A fault of ours: told without its words, which stand in the log."""
    _LOG.error("%s %s", request.method, request.path, exc_info=problem)
    return error(request, 500)


def no_such_address(request: HttpRequest) -> HttpResponse:
    """Every address below /api that is none."""
    return error(request, 404)


class SpeakJson:
    """Middleware: what anything else says of a request below /api becomes JSON as well, whatever said it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on and look at what comes back."""
        response = self.get_response(request)
        if not request.path.startswith(BEGIN) or request.path == DOCS:
            return response
        if response.status_code < 400 or response.get("Content-Type", "").startswith(JSON):
            return response
        told = error(request, response.status_code)
        if response.has_header("Allow"):
            told["Allow"] = response["Allow"]
        return told
