"""Schedules, runs, leases: who is due, who runs it, and what becomes of what was dropped."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from django_tasks_db.models import DBTaskResult

from relevo.base.errors import WrongUse
from relevo.desk.people.models import AuditEntry
from relevo.desk.running import actions, actions_queue
from relevo.desk.running.models import JobLease, Run, Schedule, Worker
from relevo.desk.running.outcome import Outcome, Result
from relevo.desk.running.state import due, kept_by, untold
from relevo.desk.running.timing import next_after
from relevo.jobs.running import run_job

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
BAD = Outcome(Result.FAILED, "refused", "A row is wrong.", "Mend it.")
GOOD = Outcome(Result.OK, "published", "The book b1 was published.", kept={"folder": "hash"})


@pytest.mark.parametrize(
    ("late", "expected"),
    [
        (timedelta(0), 15),  # on time
        (MINUTE, 15),  # a minute late: the rhythm stays
        (15 * MINUTE, 30),  # exactly at the next turn: that one is this one
        (600 * MINUTE, 615),  # ten hours of standing still are made up for by one run
        (-5 * MINUTE, 0),  # not due yet
    ],
)
def test_a_job_comes_again_in_its_rhythm(late: timedelta, expected: int) -> None:
    assert next_after(NOON, 15, NOON + late) == NOON + expected * MINUTE


@pytest.fixture
def refresh(db: None) -> Schedule:
    actions.keep_schedule("refresh", 15, NOON)
    return Schedule.objects.get(name="refresh")


def test_a_new_job_is_due_at_once_and_keeps_its_time_while_nothing_changes(refresh: Schedule) -> None:
    assert due(NOON) == (refresh,)
    actions.keep_schedule("refresh", 15, NOON + MINUTE)
    refresh.refresh_from_db()
    assert refresh.next_at == NOON


def test_another_interval_holds_at_once_and_none_is_never(refresh: Schedule) -> None:
    actions.keep_schedule("refresh", 60, NOON + MINUTE)
    refresh.refresh_from_db()
    assert (refresh.every_minutes, refresh.next_at) == (60, NOON + MINUTE)
    actions.keep_schedule("refresh", 0, NOON)
    assert due(NOON + timedelta(days=9)) == ()


def test_two_clocks_that_see_the_same_row_queue_once(refresh: Schedule) -> None:
    one, other = due(NOON)[0], due(NOON)[0]
    tasks = (str(number) for number in count())
    assert actions.queue_due(one, lambda name: f"{name} {next(tasks)}", NOON)
    assert not actions.queue_due(other, lambda name: f"{name} {next(tasks)}", NOON)
    refresh.refresh_from_db()
    assert (refresh.task, refresh.next_at) == ("refresh 0", NOON + 15 * MINUTE)


def test_a_job_does_not_wait_behind_itself(refresh: Schedule) -> None:
    actions.queue_due(refresh, lambda name: str(run_job.enqueue(name).id), NOON)
    assert due(NOON + 20 * MINUTE) == (), "its task has not been run"
    DBTaskResult.objects.update(status="SUCCESSFUL")
    assert [each.name for each in due(NOON + 20 * MINUTE)] == ["refresh"]


def test_how_a_run_ended_stands_on_it_and_on_its_job(refresh: Schedule) -> None:
    actions.end_run(actions.begin_run("refresh", NOON), GOOD, NOON + MINUTE)
    refresh.refresh_from_db()
    assert (refresh.last_started_at, refresh.last_ended_at) == (NOON, NOON + MINUTE)
    assert (refresh.last_result, refresh.last_code, refresh.failures_in_row) == ("ok", "published", 0)
    assert kept_by("refresh") == {"folder": "hash"}
    assert [(r.result, r.text) for r in Run.objects.all()] == [("ok", GOOD.text)]


def test_failures_are_counted_from_the_first_and_end_with_a_run_that_is_well(refresh: Schedule) -> None:
    actions.end_run(actions.begin_run("refresh", NOON), GOOD, NOON)
    for minute in (15, 30):
        at = NOON + minute * MINUTE
        actions.end_run(actions.begin_run("refresh", at), BAD, at + MINUTE)
    refresh.refresh_from_db()
    assert (refresh.failures_in_row, refresh.failing_since) == (2, NOON + 15 * MINUTE)
    assert (refresh.last_text, refresh.last_hint, refresh.kept) == (BAD.text, BAD.hint, {"folder": "hash"})

    actions.end_run(actions.begin_run("refresh", NOON), Outcome(Result.PUT_OFF, "put_off", "Busy."), NOON)
    refresh.refresh_from_db()
    assert refresh.failures_in_row == 2, "a run that was put off says nothing about the job"
    actions.end_run(actions.begin_run("refresh", NOON), GOOD, NOON)
    refresh.refresh_from_db()
    assert (refresh.failures_in_row, refresh.failing_since) == (0, None)


def test_the_last_twenty_runs_of_a_job_are_kept(refresh: Schedule) -> None:
    actions.end_run(actions.begin_run("mail_failures", NOON), GOOD, NOON)
    for minute in range(25):
        at = NOON + minute * MINUTE
        actions.end_run(actions.begin_run("refresh", at), GOOD, at)
    kept = Run.objects.filter(name="refresh")
    assert (kept.count(), kept.last().started_at) == (20, NOON + 5 * MINUTE)  # type: ignore[union-attr]
    assert Run.objects.filter(name="mail_failures").count() == 1


def test_who_has_to_be_told(refresh: Schedule) -> None:
    assert untold(but="mail_failures") == ()
    actions.end_run(actions.begin_run("refresh", NOON), BAD, NOON)
    assert [each.name for each in untold(but="mail_failures")] == ["refresh"]
    assert untold(but="refresh") == ()
    actions.mark_told("refresh", NOON)
    assert untold(but="mail_failures") == (), "told once, however long it fails"
    actions.end_run(actions.begin_run("refresh", NOON), GOOD, NOON)
    assert [each.name for each in untold(but="mail_failures")] == ["refresh"]
    actions.mark_told("refresh", None)
    assert untold(but="mail_failures") == ()


def test_a_task_is_taken_by_one_worker(refresh: Schedule) -> None:
    run_job.enqueue("refresh")
    first = actions_queue.take_task("one", NOON)
    assert first is not None
    assert first.worker_ids == ["one"]
    assert actions_queue.take_task("other", NOON) is None
    assert JobLease.objects.get().worker == "one"


def held(worker: str = "one") -> actions_queue.Queued:
    """A task that a worker took at noon."""
    run_job.enqueue("refresh")
    task = actions_queue.take_task(worker, NOON)
    assert task is not None
    DBTaskResult.objects.filter(pk=task.pk).update(started_at=NOON)
    task.refresh_from_db()
    return task


def test_the_task_of_a_killed_worker_is_given_to_another(refresh: Schedule) -> None:
    task = held()
    assert actions_queue.reap(NOON + actions_queue.LEASE) == ()
    assert actions_queue.take_task("other", NOON) is None, "its lease still holds"
    actions_queue.reap(NOON + actions_queue.LEASE + MINUTE)
    again = actions_queue.take_task("other", NOON + 3 * MINUTE)
    assert again is not None
    assert (again.pk, again.worker_ids) == (task.pk, ["one", "other"])


def test_a_lease_that_is_renewed_holds(refresh: Schedule) -> None:
    task = held()
    actions_queue.beat("one", str(task.pk), NOON + 5 * MINUTE)
    actions_queue.reap(NOON + 5 * MINUTE + actions_queue.LEASE)
    task.refresh_from_db()
    assert task.status == "RUNNING"


def test_a_task_that_was_killed_three_times_fails(refresh: Schedule) -> None:
    task = held()
    for number, worker in enumerate(("two", "three"), start=1):
        assert actions_queue.reap(NOON + 3 * number * MINUTE) == ()
        assert actions_queue.take_task(worker, NOON + 3 * number * MINUTE) is not None
        DBTaskResult.objects.update(started_at=NOON)
    lost = actions_queue.reap(NOON + timedelta(hours=1))
    assert [each.pk for each in lost] == [task.pk]
    task.refresh_from_db()
    assert task.status == "FAILED"
    assert actions_queue.take_task("four", NOON + timedelta(hours=1)) is None


def test_a_worker_that_is_told_to_stop_gives_its_task_back(refresh: Schedule) -> None:
    actions_queue.give_back(held(), "one")
    again = actions_queue.take_task("two", NOON)
    assert again is not None
    assert again.worker_ids == ["two"], "being stopped is no failed attempt"


def test_a_run_that_never_ended_was_killed(refresh: Schedule) -> None:
    actions.begin_run("refresh", NOON)
    second = actions.begin_run("refresh", NOON + 3 * MINUTE)
    first = Run.objects.get(ended_at__isnull=False)
    assert (first.code, first.result) == ("killed", "failed")
    actions.end_run(second, GOOD, NOON + 4 * MINUTE)
    actions.end_run(first.pk, BAD, NOON + 5 * MINUTE)
    refresh.refresh_from_db()
    assert refresh.last_result == "ok", "the worker that was given up speaks no more"


def test_what_is_over_for_a_day_is_forgotten(refresh: Schedule) -> None:
    task = held()
    actions_queue.beat("one", None, NOON)
    DBTaskResult.objects.filter(pk=task.pk).update(status="SUCCESSFUL", finished_at=NOON)
    actions_queue.prune(NOON + timedelta(hours=23))
    assert (DBTaskResult.objects.count(), Worker.objects.count()) == (1, 1)
    actions_queue.prune(NOON + timedelta(hours=25))
    assert (DBTaskResult.objects.count(), Worker.objects.count()) == (0, 0)


def test_jobs_of_another_release_are_forgotten(refresh: Schedule) -> None:
    actions.keep_schedule("gone", 5, NOON)
    actions.keep_only(["refresh"])
    assert [each.name for each in Schedule.objects.all()] == ["refresh"]


def test_test_mails_are_audited_and_few(db: None) -> None:
    for _ in range(actions.TESTS_PER_HOUR):
        actions.note_mail_test("ines", "ines@norte.example", NOON)
    with pytest.raises(WrongUse, match="within an hour"):
        actions.note_mail_test("ines", "ines@norte.example", NOON + 59 * MINUTE)
    actions.note_mail_test("ines", "ines@norte.example", NOON + 61 * MINUTE)
    assert AuditEntry.objects.filter(action="mail.test", who="ines").count() == 6
