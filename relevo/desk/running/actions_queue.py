"""Everything that writes the queue beside the library's own: taking a task, holding it, giving back what was dropped.

The library leaves a task whose worker was killed RUNNING for ever. Here a worker holds what it runs by a lease that it
renews; a lease nobody renews is ended by whoever looks next.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from django_tasks_db.utils import exclusive_transaction

from relevo.desk.running.models import JobLease, Worker

Queued = DBTaskResult[Any, Any]
BACKEND = "default"
# A worker renews its lease every tenth of this.
LEASE = timedelta(seconds=60)
ATTEMPTS = 3
_KEPT = timedelta(days=1)


def take_task(worker: str, now: datetime) -> Queued | None:
    """The first task that waits, claimed and held by this worker; None where none waits or another was faster."""
    waiting = DBTaskResult.objects.ready().filter(backend_name=BACKEND)
    if not waiting.exists():
        return None
    with exclusive_transaction():
        task = waiting.get_locked()
        if task is not None:
            task.claim(worker)
            JobLease.objects.update_or_create(task=str(task.pk), defaults={"worker": worker, "beat_at": now})
    return task


def beat(worker: str, task: str | None, now: datetime) -> None:
    """Say that a worker works, and that it still holds its task."""
    Worker.objects.update_or_create(name=worker, defaults={"beat_at": now}, create_defaults=_born(now))
    if task:
        JobLease.objects.filter(task=task, worker=worker).update(beat_at=now)


def _born(now: datetime) -> dict[str, datetime]:
    return {"started_at": now, "beat_at": now}


def let_go(task: Queued, worker: str) -> None:
    """End the hold on a task that has ended."""
    JobLease.objects.filter(task=str(task.pk), worker=worker).delete()


def give_back(task: Queued, worker: str) -> None:
    """Put a task that this worker was told to leave back into the queue; the attempt does not count."""
    with transaction.atomic():
        mine = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING)
        mine.update(status=TaskResultStatus.READY, started_at=None, worker_ids=task.worker_ids[:-1])
        let_go(task, worker)


def reap(now: datetime) -> tuple[Queued, ...]:
    """Give back every task whose worker has not renewed its lease; those tried often enough fail and are returned."""
    dead = [each for each in _running() if _beat_of(each, now) < now - LEASE]
    return tuple(each for each in dead if _ended(each, now))


def prune(now: datetime) -> None:
    """Remove tasks that ended and workers that were last seen a day ago."""
    ended = (TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED)
    DBTaskResult.objects.filter(status__in=ended, finished_at__lt=now - _KEPT).delete()
    Worker.objects.filter(beat_at__lt=now - _KEPT).delete()


def _running() -> list[Queued]:
    return list(DBTaskResult.objects.running().filter(backend_name=BACKEND))


def _beat_of(task: Queued, now: datetime) -> datetime:
    lease = JobLease.objects.filter(task=str(task.pk)).first()
    return lease.beat_at if lease else task.started_at or now


def _ended(task: Queued, now: datetime) -> bool:
    """End the hold on one task; whether it was its last attempt. Of two reapers one changes the row."""
    is_last = len(task.worker_ids) >= ATTEMPTS
    fresh = {"status": TaskResultStatus.FAILED, "finished_at": now} if is_last else {"status": TaskResultStatus.READY}
    with transaction.atomic():
        held = DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING, started_at=task.started_at)
        changed = held.update(**fresh)
        if changed:
            JobLease.objects.filter(task=str(task.pk)).delete()
    return bool(changed) and is_last
