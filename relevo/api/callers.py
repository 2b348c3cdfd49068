"""Who asks: a program with a key, or a page of ours with its session. Both read through the same permissions."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from ninja.errors import AuthenticationError, AuthorizationError
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from relevo.answers.reading import Reading, Refused
from relevo.answers.viewers import narrowed
from relevo.desk.people.actions_keys import note_use
from relevo.desk.people.keys import Key, KeyScope, holder_of
from relevo.jobs.clock import now
from relevo.jobs.served import reading_of_user


@dataclass(frozen=True)
class Caller:
    """A user, and the key through which it asks; None with a session, which may do all that the user may."""

    user: User
    key: Key | None = None

    @property
    def scopes(self) -> tuple[str, ...]:
        """What may be asked."""
        return tuple(KeyScope) if self.key is None else self.key.scopes


class ApiKey(HttpBearer):
    """The header `Authorization: Bearer rlv_…`. A key that does not hold is refused, whatever else was sent."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller:  # noqa: ARG002 - django-ninja's shape
        """Who holds the key; 401 where it does not hold."""
        moment = now()
        holder = holder_of(token, moment)
        if holder is None:
            raise AuthenticationError
        note_use(holder, moment)
        return Caller(holder.user, holder.key)


class Session(APIKeyCookie):
    """The session of a browser that signed in; what writes needs the token of our own pages too."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)  # checked below, only where somebody is signed in: others get 401

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:  # noqa: ARG002
        """Who signed in; None where nobody did, 403 for a write that no page of ours sent."""
        if not isinstance(request.user, User):
            return None
        if check_csrf(request):
            raise AuthorizationError
        return Caller(request.user)


def caller_of(request: HttpRequest) -> Caller:
    """Who asks; django-ninja put it there before the endpoint ran."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return caller


def reading_of(request: HttpRequest, scope: KeyScope = KeyScope.READ) -> Reading:
    """The book in force as this caller may see it. Refused where the key lacks the scope."""
    caller = caller_of(request)
    if scope not in caller.scopes:
        raise Refused(f"This key lacks the scope {scope}.", "Make a key with it, if you may have one.")
    reading = reading_of_user(caller.user)
    return narrowed(reading, caller.scopes) if caller.key else reading
