"""Everything that writes saved views. Only the owner of a view changes it; to everybody else it is not there."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from relevo.base.errors import RelevoError, WrongUse
from relevo.desk.people.actions import log_audit
from relevo.desk.work.models import SavedView
from relevo.desk.work.views import View, view_of

LONGEST_NAME = 80
LONGEST_QUERY = 4000
MOST = 200
_PAGE = re.compile(r"[a-z][a-z_-]{0,39}")


class NoSuchView(RelevoError):
    """There is no view with this number, or it is somebody else's to change."""


class NameTaken(WrongUse):
    """The owner has another view of that name on the page."""


@dataclass(frozen=True)
class ViewChange:
    """What becomes of a view; None leaves it as it is."""

    name: str | None = None
    query: str | None = None
    is_shared: bool | None = None


def save_view(owner: str, page: str, name: str, query: str, now: datetime, *, is_shared: bool = False) -> View:
    """Keep a question under a name. NameTaken for a second view of that name, WrongUse for what is no view. Audited."""
    if not _PAGE.fullmatch(page):
        raise WrongUse(f"{page[:40]!r} is not a page.", "Name the list, for example customers.")
    values: dict[str, Any] = {"name": _name(name), "query": _query(query), "is_shared": is_shared}
    if SavedView.objects.filter(owner=owner).count() >= MOST:
        raise WrongUse(f"You have {MOST} views, which is the most.", "Delete one that you do not use.")
    with transaction.atomic():
        row = _stored(SavedView(owner=owner, page=page, created_at=now, changed_at=now, **values))
        log_audit(owner, "view.saved", f"{page}: {row.name}", now, {"id": row.pk, "shared": is_shared})
    return view_of(row)


def change_view(owner: str, view_id: int, change: ViewChange, now: datetime) -> View:
    """Give a view another name, question or circle. NoSuchView where it is not the owner's. Audited."""
    with transaction.atomic():
        row = _own(owner, view_id)
        told: dict[str, object] = {"id": row.pk}
        if change.name is not None:
            row.name = told["name"] = _name(change.name)
        if change.query is not None:
            row.query = told["query"] = _query(change.query)
        if change.is_shared is not None:
            row.is_shared = told["shared"] = change.is_shared
        row.changed_at = now
        _stored(row)
        log_audit(owner, "view.changed", f"{row.page}: {row.name}", now, told)
    return view_of(row)


def delete_view(owner: str, view_id: int, now: datetime) -> None:
    """Remove a view. NoSuchView where it is not the owner's. Audited."""
    with transaction.atomic():
        row = _own(owner, view_id)
        log_audit(owner, "view.deleted", f"{row.page}: {row.name}", now, {"id": row.pk})
        row.delete()


def _own(owner: str, view_id: int) -> SavedView:
    row = SavedView.objects.filter(owner=owner, pk=view_id).first()
    if row is None:
        raise NoSuchView(f"There is no view {view_id} of yours.", "List your views; a shared one is its owner's.")
    return row


def _stored(row: SavedView) -> SavedView:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        raise NameTaken(f"You have a view {row.name!r} on {row.page} already.", "Choose another name.") from None
    return row


def _name(name: str) -> str:
    kept = " ".join(name.split())
    if not kept or len(kept) > LONGEST_NAME or not kept.isprintable():
        raise WrongUse(f"{name[:40]!r} cannot be the name of a view.", f"Write 1 to {LONGEST_NAME} characters.")
    return kept


def _query(query: str) -> str:
    kept = query.removeprefix("?")
    if len(kept) > LONGEST_QUERY or not kept.isprintable():
        raise WrongUse("This is not the question of a list.", "Send what stands behind the ? of its address.")
    return kept
