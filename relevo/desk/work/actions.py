"""Everything that writes notes about customers and tasks.

Whoever calls these has checked that the writer may see the customer (`relevo.answers.notes`, `relevo.answers.tasks`).
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from relevo.base.errors import WrongUse
from relevo.desk.people.actions import log_audit
from relevo.desk.people.colleagues import is_colleague
from relevo.desk.work.kinds import NoteKind
from relevo.desk.work.mails import read_mail
from relevo.desk.work.models import Note, Task

LONGEST_NOTE, LONGEST_TITLE = 20_000, 200
# Clocks differ a little; what lies further ahead has not happened.
_AHEAD = timedelta(minutes=10)


@dataclass(frozen=True)
class NewNote:
    """What is filed about a customer: its kind, the text as it was typed or pasted, and when it happened."""

    customer_id: str
    kind: str
    text: str
    happened_at: datetime


@dataclass(frozen=True)
class NewTask:
    """What somebody has to do by a day; `customer_id` is '' where it concerns no customer."""

    title: str
    due_on: date
    owner: str
    customer_id: str = ""


def file_note(new: NewNote, who: str, now: datetime) -> int:
    """File a note and return its id. The head of a pasted mail says when it was written and about what.

    WrongUse for an empty or endless text, an unknown kind, and what lies in the future.
    """
    mail = read_mail(new.text) if new.kind == NoteKind.MAIL else None
    text = mail.text if mail else new.text.strip()
    happened = (mail.at if mail else None) or new.happened_at
    _check_note(new.kind, text, happened, now)
    with transaction.atomic():
        note = Note.objects.create(
            customer_id=new.customer_id, kind=new.kind, text=text, happened_at=happened, created_at=now, created_by=who
        )
        log_audit(who, "note.filed", new.customer_id, now, {"note": note.pk, "kind": new.kind})
    return int(note.pk)


def withdraw_note(key: int, who: str, now: datetime) -> None:
    """Take a note off the pages; its row stays. WrongUse where it is withdrawn already."""
    with transaction.atomic():
        changed = Note.objects.filter(pk=key, withdrawn_at__isnull=True).update(withdrawn_at=now)
        if not changed:
            raise WrongUse("This note was withdrawn before.", "Reload the page.")
        note = Note.objects.get(pk=key)
        log_audit(who, "note.withdrawn", note.customer_id, now, {"note": key})


def add_task(new: NewTask, who: str, now: datetime) -> int:
    """Give somebody something to do and return its id. WrongUse without a title or for an owner who cannot sign in."""
    title = " ".join(new.title.split())
    if not title or len(title) > LONGEST_TITLE:
        raise WrongUse(
            f"A task has a title of 1 to {LONGEST_TITLE} characters.", "Say in a few words what is to be done."
        )
    if not is_colleague(new.owner):
        raise WrongUse(f"{new.owner!r} cannot sign in here.", "Choose an owner from the list.")
    with transaction.atomic():
        task = Task.objects.create(
            customer_id=new.customer_id, title=title, due_on=new.due_on, owner=new.owner, created_at=now, created_by=who
        )
        details = {"task": task.pk, "owner": new.owner, "due_on": new.due_on.isoformat()}
        log_audit(who, "task.added", new.customer_id, now, details)
    return int(task.pk)


def finish_task(key: int, who: str, now: datetime) -> None:
    """Say that a task is done. WrongUse where it was done before."""
    with transaction.atomic():
        if not Task.objects.filter(pk=key, done_at__isnull=True).update(done_at=now, done_by=who):
            raise WrongUse("This task was done before.", "Reload the page.")
        _note_task(key, "task.finished", who, now, {})


def reopen_task(key: int, who: str, now: datetime) -> None:
    """Say that a task is not done after all. WrongUse where it is open."""
    with transaction.atomic():
        if not Task.objects.filter(pk=key, done_at__isnull=False).update(done_at=None, done_by=""):
            raise WrongUse("This task is open already.", "Reload the page.")
        _note_task(key, "task.reopened", who, now, {})


def move_task(key: int, due_on: date, who: str, now: datetime) -> None:
    """Give an open task another day. WrongUse where it is done."""
    with transaction.atomic():
        found = Task.objects.select_for_update().filter(pk=key, done_at__isnull=True).first()
        if found is None:
            raise WrongUse("A task that is done keeps its day.", "Reopen it first.")
        before = found.due_on
        Task.objects.filter(pk=key).update(due_on=due_on)
        _note_task(key, "task.moved", who, now, {"from": before.isoformat(), "to": due_on.isoformat()})


def _check_note(kind: str, text: str, happened: datetime, now: datetime) -> None:
    if kind not in set(NoteKind):
        raise WrongUse(f"There is no kind {kind[:40]!r} of note.", f"Known: {', '.join(NoteKind)}.")
    if not text or len(text) > LONGEST_NOTE:
        raise WrongUse(f"A note has 1 to {LONGEST_NOTE} characters.", "Write what happened, or paste the mail.")
    if happened > now + _AHEAD:
        raise WrongUse("A note tells of what has happened, and this lies ahead.", "Make a task of it, or correct when.")


def _note_task(key: int, action: str, who: str, now: datetime, details: dict[str, object]) -> None:
    task = Task.objects.get(pk=key)
    log_audit(who, action, task.customer_id, now, {"task": key, **details})
