"""What a process that answers requests serves: one home, its book in force, and the reading of whoever asks.

Web and API share it, so that one process opens a book once and both obey the same permissions.
"""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User

from relevo.answers.assumptions import with_house_rules
from relevo.answers.reading import Reading, Shelf, Viewer
from relevo.answers.viewers import Person, reading_for
from relevo.base.config import Home
from relevo.desk.people.members import role_of

NOBODY = Viewer("")


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


def reading_of_user(user: User | AnonymousUser) -> Reading:
    """The book in force as this user may see it; nobody's rows for who has not signed in."""
    reading = with_house_rules(Reading(shelf().book(), NOBODY))
    if not isinstance(user, User) or not user.is_active:
        return reading
    return reading_for(reading, Person(user.username, user.email or user.username, role_of(user)))


def prepare_books_with(prepare: Callable[[Reading], None]) -> None:
    """From now on readers of this process get a new book when its answers are prepared."""
    _PREPARE[home().books] = prepare
    _shelf.cache_clear()


_PREPARE: dict[Path, Callable[[Reading], None]] = {}


@lru_cache(maxsize=4)
def _shelf(books: Path) -> Shelf:
    """One shelf per home: one open book per process."""
    return Shelf(books, _PREPARE.get(books))
