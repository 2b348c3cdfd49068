"""Saved views as they are read: one's own, and those that others share."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from relevo.desk.work.models import SavedView


@dataclass(frozen=True)
class View:
    """A question to a list under a name; `query` is the list's address without its place in it."""

    id: int
    page: str
    name: str
    query: str
    is_shared: bool
    owner: str
    created_at: datetime
    changed_at: datetime


def views_for(username: str, page: str | None = None) -> tuple[View, ...]:
    """What a user may choose from, by name: the user's own views and those that others share, of one page or of all."""
    found = SavedView.objects.filter(Q(owner=username) | Q(is_shared=True))
    return tuple(view_of(row) for row in (found.filter(page=page) if page else found))


def view_of(row: SavedView) -> View:
    """A row as a value."""
    return View(row.pk, row.page, row.name, row.query, row.is_shared, row.owner, row.created_at, row.changed_at)
