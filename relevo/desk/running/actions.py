"""Everything that writes schedules and runs. Who saved an interval is in the audit of house rules; runs are listed."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from relevo.base.errors import WrongUse
from relevo.desk.people.actions import log_audit
from relevo.desk.people.models import AuditEntry
from relevo.desk.running.models import Run, Schedule
from relevo.desk.running.outcome import Outcome, Result
from relevo.desk.running.timing import next_after

# Runs that are kept of each job.
KEPT_RUNS = 20
TESTS_PER_HOUR = 5


def keep_schedule(name: str, every_minutes: int, now: datetime) -> None:
    """Let a job run at an interval from now on, at once for the first time; 0 switches it off.

    Nothing is written where the interval is the same.
    """
    if Schedule.objects.filter(name=name, every_minutes=every_minutes).exists():
        return
    next_at = now if every_minutes else None
    Schedule.objects.update_or_create(name=name, defaults={"every_minutes": every_minutes, "next_at": next_at})


def keep_only(names: Sequence[str]) -> None:
    """Forget the schedules of jobs that this release does not have."""
    Schedule.objects.exclude(name__in=names).delete()


def run_soon(name: str, now: datetime) -> None:
    """Let a job that is not switched off be due at once."""
    Schedule.objects.filter(name=name, next_at__gt=now).update(next_at=now)


def queue_due(schedule: Schedule, queue: Callable[[str], str], now: datetime) -> bool:
    """Queue a job that is due; False where another process did so first.

    The condition stands in the UPDATE itself, and the task is queued in the same transaction: of two clocks that saw
    the same row exactly one queues, and none forgets to.
    """
    if schedule.next_at is None:
        return False
    later = next_after(schedule.next_at, schedule.every_minutes, now)
    with transaction.atomic():
        mine = Schedule.objects.filter(pk=schedule.pk, next_at=schedule.next_at).update(next_at=later)
        if mine:
            Schedule.objects.filter(pk=schedule.pk).update(task=queue(schedule.name))
    return bool(mine)


def begin_run(name: str, now: datetime) -> int:
    """Note that a job begins; the id of its run. Runs of it that never ended were killed, and are told as such."""
    with transaction.atomic():
        _end_unfinished(name, now)
        run = Run.objects.create(name=name, started_at=now)
        Schedule.objects.filter(name=name).update(last_started_at=now)
    return run.pk


def end_run(run: int, outcome: Outcome, now: datetime) -> None:
    """Note how a run ended, on it and on its job's schedule. A run that was given up meanwhile stays so."""
    with transaction.atomic():
        told = {"result": str(outcome.result), "code": outcome.code, "text": outcome.text, "hint": outcome.hint}
        if not Run.objects.filter(pk=run, ended_at__isnull=True).update(ended_at=now, **told):
            return
        found = Run.objects.get(pk=run)
        schedule = Schedule.objects.select_for_update().filter(name=found.name).first()
        if schedule is not None:
            _tell(schedule, found, outcome)
        old = Run.objects.filter(name=found.name).values_list("pk", flat=True)[KEPT_RUNS:]
        Run.objects.filter(pk__in=list(old)).delete()


def give_up_run(name: str, outcome: Outcome, now: datetime) -> None:
    """Note that a job was killed as often as it was tried: its last run failed, and so did the job."""
    run = Run.objects.filter(name=name).first()
    if run is not None:
        Run.objects.filter(pk=run.pk).update(ended_at=None)
        end_run(run.pk, outcome, now)


def mark_told(name: str, now: datetime | None) -> None:
    """Note that people were told by mail that a job fails; with None that they were told it is well again."""
    Schedule.objects.filter(name=name).update(told_at=now)


def note_mail_test(who: str, to: str, now: datetime) -> None:
    """Audit that somebody sends a test mail; WrongUse after five in an hour, so that nobody floods a mailbox."""
    with transaction.atomic():
        since = now - timedelta(hours=1)
        if AuditEntry.objects.filter(action="mail.test", at__gt=since).count() >= TESTS_PER_HOUR:
            raise WrongUse(f"{TESTS_PER_HOUR} test mails were sent within an hour.", "Try again later.")
        log_audit(who, "mail.test", to, now)


def _tell(schedule: Schedule, run: Run, outcome: Outcome) -> None:
    schedule.last_ended_at, schedule.last_result = run.ended_at, str(outcome.result)
    schedule.last_code, schedule.last_text, schedule.last_hint = outcome.code, outcome.text, outcome.hint
    if outcome.kept is not None:
        schedule.kept = dict(outcome.kept)
    if outcome.result is Result.FAILED:
        schedule.failures_in_row += 1
        schedule.failing_since = schedule.failing_since or run.started_at
    elif outcome.result is Result.OK:
        schedule.failures_in_row, schedule.failing_since = 0, None
    # Not its next time nor its task: the clock may have moved them while the job ran.
    schedule.save(
        update_fields=[
            "last_ended_at", "last_result", "last_code", "last_text", "last_hint", "kept", "failures_in_row",
            "failing_since",
        ]
    )  # fmt: skip


def _end_unfinished(name: str, now: datetime) -> None:
    told = {"result": str(Result.FAILED), "code": "killed", "text": "Its process ended before it did."}
    Run.objects.filter(name=name, ended_at__isnull=True).update(ended_at=now, **told)
