"""The tab of what is written here: notes and tasks, which are as of now, and the forms that file them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.translation import gettext as _

from relevo.answers.notes import NoteLine, customer_notes
from relevo.answers.reading import Reading
from relevo.answers.tasks import TaskLine, customer_tasks, possible_owners
from relevo.jobs.clock import now, today
from relevo.web import format as written
from relevo.web.labels import NOTE_KINDS, label
from relevo.web.reader import clock

# A task is due in a week unless somebody says otherwise.
USUALLY_DUE = timedelta(days=7)


def capture() -> Mapping[str, Any]:
    """What the form needs that files a note: kinds, and the time it is for the reader."""
    zone = clock()
    here = now().astimezone(zone)
    return {
        "note_kinds": [(code, label(NOTE_KINDS, code)) for code in NOTE_KINDS],
        "when": f"{here:%Y-%m-%dT%H:%M}",
        "zone": str(zone),
    }


def notes(_request: HttpRequest, reading: Reading, customer_id: str) -> Mapping[str, Any]:
    """Notes and tasks about the customer, and the form for a task."""
    zone = clock()
    # Overdue is overdue for everybody at once, as on Today: by the company's day.
    day = today(reading.company_book.company.timezone)
    reads = reading.viewer.reads_conversations_of(customer_id)
    return {
        "notes": [_note(n, zone) for n in customer_notes(reading, customer_id)],
        "tasks": [task_view(t, zone) for t in customer_tasks(reading, customer_id, day)],
        "owners": possible_owners(reading),
        "due_on": (day + USUALLY_DUE).isoformat(),
        "now": written.minute(now().astimezone(zone)),
        "hidden": "" if reads else _("Notes of others are not for your role; you see those you filed."),
    }


def note_records(_request: HttpRequest, reading: Reading, customer_id: str) -> tuple[list[str], list[Any]]:
    """Notes, for a file."""
    columns = ["kind", "happened_at", "filed_at", "author", "text"]
    return columns, [vars(n) for n in customer_notes(reading, customer_id)]


def task_view(task: TaskLine, zone: ZoneInfo) -> dict[str, Any]:
    """A task as words."""
    return {
        "task": task,
        "due": written.day(task.due_on),
        "due_on": task.due_on.isoformat(),
        "done": written.day(task.done_at.astimezone(zone)) if task.done_at else "",
    }


def _note(note: NoteLine, zone: ZoneInfo) -> dict[str, Any]:
    return {
        "note": note,
        "kind": label(NOTE_KINDS, note.kind),
        "happened": written.minute(note.happened_at.astimezone(zone)),
        "iso": note.happened_at.astimezone(zone).isoformat(timespec="minutes"),
        "filed": written.minute(note.filed_at.astimezone(zone)),
    }
