"""Notes about a customer, for whoever sees the customer and reads what is said with it."""

from dataclasses import dataclass
from datetime import datetime

from relevo.answers.customers import customer_card
from relevo.answers.identity import current_id, former_ids
from relevo.answers.reading import NotFound, Reading, Refused
from relevo.desk.people.colleagues import colleagues
from relevo.desk.work.notes import KeptNote, note_with, notes_about


@dataclass(frozen=True)
class NoteLine:
    """A note: `happened_at` is when it happened, `filed_at` when `author` wrote it down; `is_mine` may be withdrawn."""

    id: int
    kind: str
    text: str
    happened_at: datetime
    filed_at: datetime
    author: str
    is_mine: bool


def customer_notes(reading: Reading, customer_id: str) -> tuple[NoteLine, ...]:
    """The notes about a customer, newest first. Who may not read its conversations is told their own notes alone.

    NotFound where the viewer may not see the customer.
    """
    reading.check_customer(customer_id)
    names, viewer = dict(colleagues()), reading.viewer
    reads = viewer.reads_conversations_of(customer_id)
    kept = notes_about(former_ids(reading, customer_id))
    return tuple(_line(reading, n, names) for n in kept if reads or n.created_by == viewer.name)


def customer_to_write_about(reading: Reading, customer_id: str) -> str:
    """The id under which to file something about a customer. NotFound where the viewer may not see it."""
    try:
        return customer_card(reading, current_id(reading, customer_id)).customer_id
    except NotFound:
        # The id that was asked for is named, not the one into which it was merged.
        raise NotFound(f"There is no customer {customer_id!r} here.", "Look for it under Customers.") from None


def note_to_withdraw(reading: Reading, key: int) -> str:
    """The customer of a note that the viewer may withdraw: only who filed it may (Refused).

    NotFound for no note, for one about a customer of others, and for one the viewer may not read.
    """
    note = note_with(key)
    if note is None:
        raise NotFound("There is no such note here.", "Look for it on the page of its customer.")
    customer_id = customer_to_write_about(reading, note.customer_id)
    is_mine = note.created_by == reading.viewer.name
    if not is_mine and not reading.viewer.reads_conversations_of(customer_id):
        raise NotFound("There is no such note here.", "Look for it on the page of its customer.")
    if not is_mine:
        raise Refused("Only who filed a note may withdraw it.", f"Ask {note.created_by}.")
    return customer_id


def _line(reading: Reading, note: KeptNote, names: dict[str, str]) -> NoteLine:
    author = names.get(note.created_by, note.created_by)
    is_mine = note.created_by == reading.viewer.name
    return NoteLine(note.id, note.kind, note.text, note.happened_at, note.created_at, author, is_mine)
