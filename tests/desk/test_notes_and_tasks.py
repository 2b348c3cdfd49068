"""Notes and tasks: what is kept of them, who is told, and what is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from relevo.base.errors import WrongUse
from relevo.desk.people.actions_erasing import erase_from_desk
from relevo.desk.people.actions_members import NewMember, ensure_member
from relevo.desk.people.models import AuditEntry
from relevo.desk.work.actions import (
    NewNote,
    NewTask,
    add_task,
    file_note,
    finish_task,
    move_task,
    reopen_task,
    withdraw_note,
)
from relevo.desk.work.mails import read_mail
from relevo.desk.work.models import Note, Task
from relevo.desk.work.notes import note_with, notes_about
from relevo.desk.work.tasks import open_tasks_of, task_with, tasks_about

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
CALL = NewNote("C00", "call", " Asked for an offer.\n", NOON - timedelta(hours=2))
MAIL = """---------- Forwarded message ---------
From: Rosa Gil <rosa@alto.example>
Date: Thu, 29 Oct 2026 18:05:00 +0100
Subject: Second warehouse: offer?
To: ana@norte.example

Could you send us an offer: two seats.
"""


def audited(action: str) -> list[tuple[str, str]]:
    return [(e.who, e.about) for e in AuditEntry.objects.filter(action=action)]


def test_a_note_is_kept_with_both_clocks() -> None:
    key = file_note(CALL, "ana", NOON)
    (note,) = notes_about(["C00"])
    assert (note.id, note.kind, note.text) == (key, "call", "Asked for an offer.")
    assert (note.happened_at, note.created_at, note.created_by) == (NOON - timedelta(hours=2), NOON, "ana")
    assert notes_about(["C01"]) == ()
    assert audited("note.filed") == [("ana", "C00")]


def test_a_withdrawn_note_keeps_its_row_and_is_told_no_more() -> None:
    key = file_note(CALL, "ana", NOON)
    withdraw_note(key, "ana", NOON)
    assert notes_about(["C00"]) == ()
    kept = note_with(key)
    assert kept is not None
    assert kept.is_withdrawn
    assert Note.objects.get().text == "Asked for an offer."
    assert audited("note.withdrawn") == [("ana", "C00")]
    with pytest.raises(WrongUse, match="withdrawn before"):
        withdraw_note(key, "ana", NOON)
    assert note_with(key + 1) is None


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (replace(CALL, text=" \n"), "1 to 20000 characters"),
        (replace(CALL, text="x" * 20_001), "1 to 20000 characters"),
        (replace(CALL, kind="rumour"), "no kind 'rumour'"),
        (replace(CALL, happened_at=NOON + timedelta(hours=1)), "lies ahead"),
    ],
)
def test_what_is_no_note_is_refused(new: NewNote, told: str) -> None:
    with pytest.raises(WrongUse, match=told):
        file_note(new, "ana", NOON)
    assert not Note.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_pasted_mail_says_when_it_was_written_and_about_what() -> None:
    file_note(replace(CALL, kind="mail", text=MAIL), "ana", NOON)
    (note,) = notes_about(["C00"])
    assert note.happened_at == datetime(2026, 10, 29, 17, 5, tzinfo=UTC)
    assert note.text == (
        "Second warehouse: offer?\nRosa Gil <rosa@alto.example>\n\nCould you send us an offer: two seats."
    )


@pytest.mark.parametrize(
    ("text", "sender", "subject", "body"),
    [
        ("Hello there,\nSubject: no head", "", "", "Hello there,\nSubject: no head"),
        ("De: Rosa\nEnviado: jueves, 29 de octubre\nAsunto: Oferta\n\nHola", "Rosa", "Oferta", "Hola"),
        ("> From: Rosa\n> Subject: Offer\n\nHi", "Rosa", "Offer", "Hi"),
        ("发件人：Rosa\n主题：报价\n\n你好", "Rosa", "报价", "你好"),
        ("*From:* Rosa\n*Subject:* Offer\nHi", "Rosa", "Offer", "Hi"),
        ("", "", "", ""),
    ],
)
def test_heads_of_mails_are_read_as_programs_write_them(text: str, sender: str, subject: str, body: str) -> None:
    mail = read_mail(text)
    assert (mail.sender, mail.subject, mail.at, mail.body) == (sender, subject, None, body)


@pytest.mark.parametrize("when", ["soon", "Thu, 29 Oct 2026 18:05:00", "Thu, 99 Oct 2026 18:05:00 +0100"])
def test_a_date_that_cannot_be_read_leaves_the_time_of_the_form(when: str) -> None:
    file_note(replace(CALL, kind="mail", text=f"Date: {when}\nSubject: Offer\n\nHi"), "ana", NOON)
    assert Note.objects.get().happened_at == CALL.happened_at


def test_a_task_is_done_reopened_and_moved() -> None:
    ensure_member(NewMember("ben", "ben@norte.example", "csm"), "operator", NOON)
    key = add_task(NewTask("  Send  the offer ", date(2026, 11, 3), "ben", "C00"), "ana", NOON)
    (task,) = tasks_about(["C00"])
    assert (task.title, task.due_on, task.owner, task.created_by) == (
        "Send the offer",
        date(2026, 11, 3),
        "ben",
        "ana",
    )
    assert open_tasks_of("ben", date(2026, 11, 3)) == (task,)
    assert open_tasks_of("ben", date(2026, 11, 2)) == open_tasks_of("ana", date(2026, 11, 3)) == ()
    move_task(key, date(2026, 11, 9), "ana", NOON)
    finish_task(key, "ben", NOON)
    done = task_with(key)
    assert done is not None
    assert (done.due_on, done.done_at, done.done_by) == (date(2026, 11, 9), NOON, "ben")
    assert open_tasks_of("ben", date(2026, 12, 1)) == ()
    with pytest.raises(WrongUse, match="done before"):
        finish_task(key, "ben", NOON)
    with pytest.raises(WrongUse, match="keeps its day"):
        move_task(key, date(2026, 11, 9), "ana", NOON)
    reopen_task(key, "ana", NOON)
    with pytest.raises(WrongUse, match="open already"):
        reopen_task(key, "ana", NOON)
    again = task_with(key)
    assert again is not None
    assert (again.done_at, again.done_by) == (None, "")
    moved = AuditEntry.objects.get(action="task.moved")
    assert moved.details == {"task": key, "from": "2026-11-03", "to": "2026-11-09"}
    assert audited("task.added") == audited("task.reopened") == [("ana", "C00")]
    assert audited("task.finished") == [("ben", "C00")]


def test_open_tasks_stand_before_those_that_are_done() -> None:
    ensure_member(NewMember("ben", "ben@norte.example", "csm"), "operator", NOON)
    first, second, third = (add_task(NewTask(t, date(2026, 11, d), "ben", "C00"), "ana", NOON) for t, d in zip(
        ("a", "b", "c"), (2, 5, 3), strict=True))  # fmt: skip
    finish_task(first, "ben", NOON)
    assert [task.id for task in tasks_about(["C00"])] == [third, second, first]
    assert task_with(third + 9) is None


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (NewTask(" ", date(2026, 11, 3), "ben"), "1 to 200 characters"),
        (NewTask("x" * 201, date(2026, 11, 3), "ben"), "1 to 200 characters"),
        (NewTask("Call", date(2026, 11, 3), "nobody"), "cannot sign in"),
    ],
)
def test_what_is_no_task_is_refused(new: NewTask, told: str) -> None:
    ensure_member(NewMember("ben", "ben@norte.example", "csm"), "operator", NOON)
    with pytest.raises(WrongUse, match=told):
        add_task(new, "ana", NOON)
    assert not Task.objects.exists()


def test_a_forgotten_person_is_gone_from_notes_and_tasks() -> None:
    ensure_member(NewMember("ben", "ben@norte.example", "csm"), "operator", NOON)
    file_note(replace(CALL, text="Rosa Gil called"), "ana", NOON)
    key = add_task(NewTask("Write to Rosa Gil", date(2026, 11, 3), "ben", "C00"), "ana", NOON)
    changed = erase_from_desk(
        lambda value: value.replace("Rosa Gil", "[erased]") if isinstance(value, str) else value,
        lambda text: "Rosa Gil" in text,
        "e1",
        NOON,
    )
    assert changed == 2
    assert notes_about(["C00"])[0].text == "[erased] called"
    task = task_with(key)
    assert task is not None
    assert task.title == "Write to [erased]"
