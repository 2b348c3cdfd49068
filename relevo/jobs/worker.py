"""The worker: one process that looks at the clock and works through the queue, until it is told to stop.

Run as `python -m relevo.jobs.worker HOME`. It opens no book and no connection before it begins, and forks never.
"""

import logging
import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from relevo.base.config import Home
from relevo.base.errors import RelevoError
from relevo.desk.ready import prepare
from relevo.jobs.clock import now

if TYPE_CHECKING:
    from relevo.desk.running.actions_queue import Queued

logger = logging.getLogger(__name__)
# How often the queue is looked at, the clock, and dead workers.
QUEUE_S, CLOCK_S, BEAT_S = 1.0, 5.0, 6.0


class Worker:
    """One worker of a home. `stop` may be called from a signal handler."""

    def __init__(self, home: Home) -> None:
        self.name = f"{socket.gethostname()[:32]}:{os.getpid()}:{now():%H%M%S}"
        self._home = home
        self._stopped = threading.Event()
        self._busy = False
        self._turn = 0
        self._told = ""

    def stop(self, _number: int, _frame: FrameType | None) -> None:
        """End now: a task that runs is left where it is and given back to the queue, which every job allows."""
        self._stopped.set()
        if self._busy:
            raise SystemExit(0)

    def run(self) -> None:
        """Work until stopped."""
        from django.db import OperationalError, connection

        while not self._stopped.is_set():
            try:
                worked = self.turn()
            except OperationalError as problem:
                # A Desk that is locked or away for a moment: the next turn tries again.
                logger.warning("The Desk did not answer: %s", problem)
                connection.close()
                worked = False
            if not worked:
                self._stopped.wait(QUEUE_S)

    def turn(self) -> bool:
        """One look at the clock, when it is time for it, and one task of the queue; whether there was one."""
        from relevo.desk.running import actions_queue
        from relevo.jobs.running import reap

        if self._turn % int(BEAT_S / QUEUE_S) == 0:
            actions_queue.beat(self.name, None, now())
            reap()
        if self._turn % int(CLOCK_S / QUEUE_S) == 0:
            self._look_at_clock()
        self._turn += 1
        task = actions_queue.take_task(self.name, now())
        if task is not None:
            self._work(task)
        return task is not None

    def _look_at_clock(self) -> None:
        """Queue what is due; settings that cannot be read are told once and not at each look."""
        from relevo.jobs.running import tick

        told = ""
        try:
            tick(self._home)
        except RelevoError as problem:
            told = str(problem)
            if told != self._told:
                logger.warning("Jobs keep their times, for the settings cannot be read: %s", told)
        self._told = told

    def _work(self, task: "Queued") -> None:
        """Run one task under a lease; what it raises is kept with it."""
        from relevo.desk.running import actions_queue

        try:
            with self._held(str(task.pk)):
                value = task.task.call(*task.args_kwargs["args"], **task.args_kwargs["kwargs"])
            task.set_successful(value)
        except Exception as problem:
            logger.exception("The task %s failed", task.pk)
            task.set_failed(problem)
        except BaseException:
            actions_queue.give_back(task, self.name)
            raise
        actions_queue.let_go(task, self.name)

    @contextmanager
    def _held(self, task: str) -> Iterator[None]:
        """Renew the lease of a task from another thread while it runs."""
        ended = threading.Event()
        beating = threading.Thread(target=self._beat, args=(task, ended), name="lease", daemon=True)
        beating.start()
        self._busy = True
        try:
            yield
        finally:
            self._busy = False
            ended.set()
            beating.join()

    def _beat(self, task: str, ended: threading.Event) -> None:
        from django.db import OperationalError, connection

        from relevo.desk.running import actions_queue

        while not ended.wait(BEAT_S):
            try:
                actions_queue.beat(self.name, task, now())
            except OperationalError as problem:
                logger.warning("The lease could not be renewed: %s", problem)
        connection.close()


def work(home: Home) -> None:
    """Be the worker of a home until SIGTERM or Ctrl-C."""
    prepare(home)
    worker = Worker(home)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, worker.stop)
    from relevo.desk.running.actions import keep_only
    from relevo.jobs.registry import JOBS

    keep_only([job.name for job in JOBS])
    with suppress(SystemExit):
        worker.run()


if __name__ == "__main__":
    from relevo.jobs.supervising import end_with_parent

    end_with_parent()
    work(Home(Path(sys.argv[1])))
