"""Settings, sessions and keys: what of mine is open, and ending it."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from relevo.answers.reading import NotFound
from relevo.answers.settings_me import my_keys, my_sessions
from relevo.base.errors import WrongUse
from relevo.desk.people.actions_doors import end_session, end_sessions
from relevo.desk.people.actions_keys import MOST_DAYS, USUAL_DAYS, NewKey, NoSuchKey, create_key, revoke_key
from relevo.desk.people.keys import KeyScope
from relevo.jobs.clock import now
from relevo.web.labels import label
from relevo.web.reader import reading_of
from relevo.web.role_words import DOORS, SCOPES
from relevo.web.views.settings.tabs import settings_page, user_of

DAYS = (7, 30, USUAL_DAYS, MOST_DAYS)


@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """My open sessions."""
    lines = my_sessions(reading_of(request), request.session.session_key or "")
    told = {"lines": [(line, label(DOORS, line.door)) for line in lines], "others": len(lines) > 1}
    return settings_page(request, "sessions", told)


@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """End one of my sessions by its number, or all others."""
    user, which = user_of(request), request.POST.get("session", "")
    if which == "others":
        end_sessions(user, user.username, now(), keep=request.session.session_key or "")
    elif not which.isdecimal() or not end_session(user, int(which[:18]), now()):
        raise NotFound("There is no such session of yours.", "It may have ended already: look at the list.")
    return HttpResponseRedirect(reverse("sessions") + "?done=ended")


@never_cache
@require_http_methods(["GET", "POST"])
def keys(request: HttpRequest) -> HttpResponse:
    """My keys; a POST makes one and shows it, this once."""
    if request.method == "GET":
        return _keys_page(request)
    asked = request.POST
    days = asked.get("days", "")
    new = NewKey(asked.get("name", ""), asked.getlist("scope"), int(days) if days.isdecimal() and len(days) < 6 else 0)
    try:
        made, token = create_key(user_of(request), new, now())
    except WrongUse as problem:
        return _keys_page(request, problem=problem)
    return _keys_page(request, token=token, name=made.name)


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """End one of my keys at once."""
    number = request.POST.get("key", "")
    try:
        revoke_key(user_of(request), int(number[:18]) if number.isdecimal() else 0, now())
    except NoSuchKey as problem:
        raise NotFound(problem.message, problem.hint) from None
    return HttpResponseRedirect(reverse("keys") + "?done=revoked")


def _keys_page(request: HttpRequest, problem: WrongUse | None = None, token: str = "", name: str = "") -> HttpResponse:
    lines = my_keys(reading_of(request), now())
    told = {
        "lines": [(line, ", ".join(label(SCOPES, scope) for scope in line.key.scopes)) for line in lines],
        "scopes": [
            (scope.value, label(SCOPES, scope.value), scope in request.POST.getlist("scope")) for scope in KeyScope
        ],
        "days": DAYS,
        "usual": USUAL_DAYS,
        "token": token,
        "name": name,
        "soon": now() + timedelta(days=7),
    }
    return settings_page(request, "keys", told, problem=problem)
