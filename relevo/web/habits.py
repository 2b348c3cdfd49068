"""How a person reads pages: the language and time zone of the profile, else the browser's and the company's."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from relevo.desk.house.rules import read_once
from relevo.desk.people.members import profile_of
from relevo.web.reader import reading_of


def read_rules_once(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: a request that only reads asks the Desk for the rules of the house once."""

    def reading(request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return get_response(request)
        with read_once():
            return get_response(request)

    return reading


class FollowProfile:
    """Middleware: what a member chose holds for the request; it stands behind sign-in and the browser's language."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the member's language, with instants in the member's time zone."""
        if isinstance(request.user, User):
            profile = profile_of(request.user)
            if profile.language:
                translation.activate(profile.language)
                request.LANGUAGE_CODE = translation.get_language()
            with timezone.override(ZoneInfo(profile.timezone or _of_company(request))):
                return self.get_response(request)
        return self.get_response(request)


def _of_company(request: HttpRequest) -> str:
    """The company's time zone, from the book that is read; UTC before the first."""
    book = reading_of(request).published
    return book.company.timezone if book else "UTC"
