"""The worker and what it holds: a lease that is renewed while a job runs, and a task that is given back on a stop."""

import signal
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from django_tasks_db.models import DBTaskResult

from relevo.base.config import Home
from relevo.desk.running import actions_queue
from relevo.desk.running.models import JobLease
from relevo.desk.running.outcome import Outcome, Result
from relevo.jobs import worker as module
from relevo.jobs.registry import Job
from relevo.jobs.running import reap, run_job
from relevo.jobs.worker import Worker

DONE = Outcome(Result.OK, "done", "Done.")
PATIENCE_S = 20


@pytest.fixture
def only(home: Home, monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], None]], None]:
    """Let a function be the only job, and queue it."""

    def queue(job: Callable[[], None]) -> None:
        def run(_home: Home, _kept: Mapping[str, Any]) -> Outcome:
            job()
            return DONE

        monkeypatch.setattr("relevo.jobs.running.intervals", lambda _home: {})
        monkeypatch.setattr("relevo.jobs.running.job_named", lambda name: Job(name, run, 15))
        run_job.enqueue("refresh")

    return queue


class Beats:
    """Lets the lease be renewed while `open`, and then not at the same moment as the test asks the Desk.

    In memory, SQLite does not wait for another connection of the same process.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.alone, self.renewed, self.open = threading.RLock(), threading.Event(), False
        self._beat = actions_queue.beat
        monkeypatch.setattr(actions_queue, "beat", self._wait_and_beat)
        monkeypatch.setattr(module, "QUEUE_S", 0.01)
        monkeypatch.setattr(module, "BEAT_S", 0.02)

    def _wait_and_beat(self, worker: str, task: str | None, now: datetime) -> None:
        with self.alone:
            if task is None or self.open:
                self._beat(worker, task, now)
            if task is not None and self.open:
                self.renewed.set()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_long_at_a_task_keeps_it(
    home: Home, only: Callable[[Callable[[], None]], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    beats = Beats(monkeypatch)
    seen: list[object] = []

    def outlasts_its_lease() -> None:
        with beats.alone:
            JobLease.objects.update(beat_at=datetime.now(UTC) - 2 * actions_queue.LEASE)
            beats.open = True
        seen.append(beats.renewed.wait(PATIENCE_S))
        with beats.alone:
            beats.open = False
            reap()  # as a second worker does
            seen.append(actions_queue.take_task("second", datetime.now(UTC)))

    only(outlasts_its_lease)
    worker = Worker(home)
    assert worker.turn()
    assert seen == [True, None]
    task = DBTaskResult.objects.get()
    assert (task.status, task.worker_ids) == ("SUCCESSFUL", [worker.name])


def test_a_worker_that_is_stopped_at_a_task_gives_it_back(
    home: Home, only: Callable[[Callable[[], None]], None]
) -> None:
    worker = Worker(home)
    only(lambda: worker.stop(signal.SIGTERM, None))
    killed = actions_queue.take_task("killed", datetime.now(UTC))
    assert killed is not None
    JobLease.objects.update(beat_at=datetime.now(UTC) - 2 * actions_queue.LEASE)
    with pytest.raises(SystemExit):
        worker.run()
    task = DBTaskResult.objects.get()
    assert (task.status, task.worker_ids, task.started_at) == ("READY", ["killed"], None), "no failed attempt"
    assert JobLease.objects.count() == 0

    only(lambda: None)
    DBTaskResult.objects.exclude(pk=task.pk).delete()
    assert Worker(home).turn()
    task.refresh_from_db()
    assert task.status == "SUCCESSFUL"


def test_a_worker_that_is_stopped_between_tasks_ends_with_its_turn(home: Home) -> None:
    worker = Worker(home)
    worker.stop(signal.SIGTERM, None)
    worker.run()
    assert DBTaskResult.objects.count() == 0
