"""Uploads as they are read: which wait, how far one is, what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from relevo.desk.files.models import Upload


class Kind(StrEnum):
    """Files that were brought, or a file that is to be read again."""

    NEW = "new"
    AGAIN = "again"


class State(StrEnum):
    """It waits for the worker, is loaded, was loaded, or could not be."""

    WAITING = "waiting"
    LOADING = "loading"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Brought:
    """One upload. `files` are names with their bytes, `refused` names with why; `told` is what became of it.

    `tries` says how often its loading was begun.
    """

    id: int
    kind: Kind
    state: State
    who: str
    at: datetime
    ended_at: datetime | None
    place: str
    files: tuple[tuple[str, int], ...]
    refused: tuple[tuple[str, str], ...]
    told: Mapping[str, Any]
    tries: int = 0

    @property
    def has_ended(self) -> bool:
        """Whether nothing more happens to it."""
        return self.state in (State.DONE, State.FAILED)


def upload(key: int) -> Brought | None:
    """One upload; None where there is none of that number."""
    found = Upload.objects.filter(pk=key).first()
    return _brought(found) if found else None


def waiting() -> tuple[Brought, ...]:
    """Uploads that are not loaded yet, oldest first; one whose loading was cut off is among them."""
    found = Upload.objects.filter(state__in=(State.WAITING, State.LOADING)).order_by("at", "id")
    return tuple(map(_brought, found))


def latest(limit: int) -> tuple[Brought, ...]:
    """The last uploads, newest first."""
    return tuple(map(_brought, Upload.objects.all()[:limit]))


def last_at() -> datetime | None:
    """When something was uploaded last; None where nothing was."""
    return Upload.objects.filter(kind=Kind.NEW).values_list("at", flat=True).first()


def _brought(row: Upload) -> Brought:
    files = tuple((str(name), int(size)) for name, size in row.files)
    refused = tuple((str(name), str(why)) for name, why in row.refused)
    kind, state = Kind(row.kind), State(row.state)
    return Brought(row.pk, kind, state, row.who, row.at, row.ended_at, row.place, files, refused, row.told, row.tries)
