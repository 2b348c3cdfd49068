"""The reading of a request: the book in force, as the person who signed in may see it."""

from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest

from relevo.answers.assumptions import with_house_rules
from relevo.answers.reading import Reading, Shelf, Viewer
from relevo.answers.scope import own_and_team
from relevo.base.config import Home

NOBODY = Viewer("", scope=frozenset())


def home() -> Home:
    """The home that this process serves."""
    return Home(Path(settings.RELEVO_HOME))


def published_book_id() -> str | None:
    """The id of the book in force; None before the first."""
    book = shelf().book()
    return book.id if book else None


def shelf() -> Shelf:
    """The shelf of the home that this process serves."""
    return _shelf(home().books)


def reading_of(request: HttpRequest) -> Reading:
    """One reading per request, so that everything on a page comes from one book."""
    kept: Reading | None = getattr(request, "relevo_reading", None)
    if kept is None:
        kept = with_house_rules(_reading(request.user))
        request.relevo_reading = kept  # type: ignore[attr-defined]
    return kept


def _reading(user: User | AnonymousUser) -> Reading:
    book = shelf().book()
    if not user.is_authenticated:
        return Reading(book, NOBODY)
    if user.is_superuser:
        return Reading(book, Viewer(user.username, scope=None, can_see_person_level=True))
    scope = own_and_team(Reading(book, NOBODY), user.email or user.username) if book else frozenset()
    return Reading(book, Viewer(user.username, scope=scope))


@lru_cache(maxsize=4)
def _shelf(books: Path) -> Shelf:
    """One shelf per home: one open book per process."""
    return Shelf(books)
