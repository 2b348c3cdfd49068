"""Reading schedules: which are due, what a job kept, whom to tell about which."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from relevo.desk.running.models import Schedule


def due(now: datetime) -> tuple[Schedule, ...]:
    """The schedules whose time has come and whose last task has ended: a job never waits behind itself."""
    return tuple(each for each in Schedule.objects.filter(next_at__lte=now) if not _is_queued(each))


def kept_intervals() -> Mapping[str, int]:
    """How often each job that has a schedule runs, in minutes by name."""
    return dict(Schedule.objects.values_list("name", "every_minutes"))


def kept_by(name: str) -> Mapping[str, Any]:
    """What a job kept at its last run; empty before the first."""
    found = Schedule.objects.filter(name=name).values_list("kept", flat=True).first()
    return found or {}


def untold(but: str) -> tuple[Schedule, ...]:
    """Jobs, without one of them, that fail and nobody was told, or that are well again and nobody was told."""
    news = Q(failing_since__isnull=False, told_at__isnull=True) | Q(failing_since__isnull=True, told_at__isnull=False)
    return tuple(Schedule.objects.filter(news).exclude(name=but))


def _is_queued(schedule: Schedule) -> bool:
    if not schedule.task:
        return False
    waiting = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(pk=UUID(schedule.task), status__in=waiting).exists()
