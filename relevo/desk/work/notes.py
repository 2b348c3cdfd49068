"""Notes about customers as values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from relevo.desk.work.models import Note


@dataclass(frozen=True)
class KeptNote:
    """A note as it was filed: what happened when, and who wrote it down when. `customer_id` is as it was then."""

    id: int
    customer_id: str
    kind: str
    text: str
    happened_at: datetime
    created_at: datetime
    created_by: str
    is_withdrawn: bool


def notes_about(customer_ids: Collection[str]) -> tuple[KeptNote, ...]:
    """The notes about a customer under any of its ids, newest first; withdrawn ones are not told."""
    found = Note.objects.filter(customer_id__in=list(customer_ids), withdrawn_at__isnull=True)
    return tuple(_kept(note) for note in found)


def note_with(key: int) -> KeptNote | None:
    """One note, withdrawn or not; None where there is none."""
    found = Note.objects.filter(pk=key).first()
    return _kept(found) if found else None


def _kept(note: Note) -> KeptNote:
    told = (note.customer_id, note.kind, note.text, note.happened_at, note.created_at, note.created_by)
    return KeptNote(note.pk, *told, is_withdrawn=note.withdrawn_at is not None)
