"""The reading of a request: the book in force, as the person who signed in may see it."""

from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone

from relevo.answers.reading import Reading
from relevo.jobs.served import home, published_book_id, reading_of_user, shelf

__all__ = ["clock", "home", "published_book_id", "reading_of", "shelf"]
# Where one's own customers are wanted and not those of the team: ?scope=mine.
MINE = "mine"


def reading_of(request: HttpRequest) -> Reading:
    """One reading per request, so that everything on a page comes from one book."""
    kept: Reading | None = getattr(request, "relevo_reading", None)
    if kept is None:
        kept = whole_reading_of(request)
        if request.GET.get("scope") == MINE and kept.viewer.own:
            kept = kept.of_mine()
        request.relevo_reading = kept  # type: ignore[attr-defined]
    return kept


def clock() -> ZoneInfo:
    """The time zone by which this reader tells the time: that of the profile, else the company's."""
    return ZoneInfo(timezone.get_current_timezone_name())


def whole_reading_of(request: HttpRequest) -> Reading:
    """The reading of a request before `?scope=mine` narrowed it."""
    kept: Reading | None = getattr(request, "relevo_whole", None)
    if kept is None:
        kept = reading_of_user(request.user)
        request.relevo_whole = kept  # type: ignore[attr-defined]
    return kept
