"""Who asks, and who works at the company."""

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema

from relevo.answers.people import Colleague, colleagues
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.viewers import sights
from relevo.api.callers import caller_of, reading_of
from relevo.api.paging import Page, Place
from relevo.api.said import said, said_of_book
from relevo.api.shapes import listed, responses, shape
from relevo.desk.people.members import profile_of

router = Router(tags=["company"])
Colleagues = listed(shape(Colleague), "Colleagues")


class Me(Schema):
    """Who asks: the role, how far it sees per kind of row (none, own, team, all), what it may change, and the book.

    `customers` counts the customers whose rows are seen; null is all of them. `scopes` are the key's; with a session
    all of them. `stamp` is null before the first book.
    """

    user: str
    role: str
    language: str
    timezone: str
    sights: dict[str, str]
    rights: list[str]
    scopes: list[str]
    customers: int | None
    stamp: Stamp | None


@router.get("/me", response=responses(Me), summary="Who am I?")
def me(request: HttpRequest) -> HttpResponse:
    """The user behind the key or session, and what is seen and may be changed through it."""
    caller, reading = caller_of(request), reading_of(request)
    profile = profile_of(caller.user)
    told = {
        "user": caller.user.username,
        "role": profile.role,
        "language": profile.language,
        "timezone": profile.timezone,
        "sights": sights(reading, caller.scopes),
        "rights": sorted(reading.viewer.rights),
        "scopes": caller.scopes,
        "customers": reading.scope.customers,
        "stamp": stamp(reading) if reading.published else None,
    }
    return said(request, told)


@router.get("/people", response=responses(Colleagues), summary="List colleagues")
def list_people(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Everybody who works, or worked, at the company: id, name, role and team, nothing of what they did."""
    reading = reading_of(request)
    place = Place(request, page, reading)
    return said_of_book(request, reading, lambda: place.cut(colleagues(reading)))
