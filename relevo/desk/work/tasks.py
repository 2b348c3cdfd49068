"""Tasks as values."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from relevo.desk.work.models import Task


@dataclass(frozen=True)
class KeptTask:
    """A task: `customer_id` is '' where it concerns no customer; `done_at` is None while it is open."""

    id: int
    customer_id: str
    title: str
    due_on: date
    owner: str
    created_by: str
    done_at: datetime | None
    done_by: str


def tasks_about(customer_ids: Collection[str]) -> tuple[KeptTask, ...]:
    """The tasks about a customer under any of its ids: open ones first, each by its day."""
    found = [_kept(task) for task in Task.objects.filter(customer_id__in=list(customer_ids))]
    return tuple(sorted(found, key=lambda task: task.done_at is not None))


def open_tasks_of(owner: str, until: date) -> tuple[KeptTask, ...]:
    """What a user has to do by a day, the longest overdue first."""
    return tuple(_kept(t) for t in Task.objects.filter(owner=owner, done_at__isnull=True, due_on__lte=until))


def task_with(key: int) -> KeptTask | None:
    """One task; None where there is none."""
    found = Task.objects.filter(pk=key).first()
    return _kept(found) if found else None


def _kept(task: Task) -> KeptTask:
    told = (task.customer_id, task.title, task.due_on, task.owner, task.created_by, task.done_at, task.done_by)
    return KeptTask(task.pk, *told)
