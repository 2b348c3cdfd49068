"""From a proven identity to a session: the second factor where one is asked for, then a session that is listed.

Every door ends here: password, link and OpenID Connect. What is asked after a door waits in the session of nobody.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth import login
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from relevo.desk.people.actions import log_audit
from relevo.desk.people.actions_doors import Seen, TooMany, note_session
from relevo.desk.people.second import asks_for_codes
from relevo.jobs.clock import now
from relevo.web.visitors import address_of, browser_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
DOOR, SEEN = "relevo-door", "relevo-seen"
_WAITING = "relevo-waiting"
# How long somebody has to find the phone, and how often the use of a session is written down.
PATIENCE = timedelta(minutes=10)
EVERY = timedelta(minutes=5)


def let_in(request: HttpRequest, user: User, door: str, wanted: str = "") -> HttpResponse:
    """Begin a session for somebody who came through a door, or ask for a code first where that is switched on."""
    if door != "openid" and asks_for_codes(user):
        request.session.flush()
        request.session[_WAITING] = {"user": user.pk, "door": door, "next": wanted, "at": now().timestamp()}
        return redirect("sign-in-code")
    return begin(request, user, door, wanted)


def waiting(request: HttpRequest) -> tuple[User, str, str] | None:
    """Whom a code is awaited of, through which door, and where to; None where nobody, or too long ago."""
    kept = request.session.get(_WAITING)
    if not kept or datetime.fromtimestamp(kept["at"], now().tzinfo) < now() - PATIENCE:
        return None
    user = User.objects.filter(pk=kept["user"], is_active=True).first()
    return (user, kept["door"], kept["next"]) if user else None


def begin(request: HttpRequest, user: User, door: str, wanted: str = "") -> HttpResponse:
    """Begin a session under a new key, and lead to the page that was wanted, if it is one of ours."""
    request.session.pop(_WAITING, None)
    login(request, user, backend=BACKEND)
    request.session[DOOR] = door
    request.session.pop(SEEN, None)
    log_audit(user.username, "session.started", door, now())
    return HttpResponseRedirect(ours(request, wanted))


def ours(request: HttpRequest, wanted: str) -> str:
    """An address of ours that was asked for; Today for any other."""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else "/"


def too_many(request: HttpRequest, problem: TooMany) -> HttpResponse:
    """The page of a door that is closed for a while: 429, and when to try again."""
    response = render(request, "relevo/too_many.html", {"until": problem.until}, status=429)
    response["Retry-After"] = str(max(1, int((problem.until - now()).total_seconds())))
    return response


class NoteSession:
    """Middleware: an open session is listed with its last use, written down every few minutes and not more often."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, then note."""
        response = self.get_response(request)
        user, session = getattr(request, "user", None), request.session
        if isinstance(user, User) and session.session_key and _is_due(session.get(SEEN)):
            session[SEEN] = now().timestamp()
            seen = Seen(session.get(DOOR, ""), address_of(request), browser_of(request))
            note_session(user, session.session_key, seen, now())
        return response


def _is_due(seen: float | None) -> bool:
    return seen is None or datetime.fromtimestamp(seen, now().tzinfo) < now() - EVERY
