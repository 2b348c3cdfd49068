"""The clock and the worker in pieces: queue what is due, run one task, give back what a dead worker dropped.

Django has to be set up before this is imported, for the task is declared here.
"""

import logging
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django_tasks import task

from relevo.base.config import Home
from relevo.base.errors import NotReady, RelevoError
from relevo.desk.running import actions, actions_queue
from relevo.desk.running.outcome import Outcome, Result
from relevo.desk.running.state import due, kept_by, kept_intervals, untold
from relevo.jobs.clock import now
from relevo.jobs.registry import JOBS, intervals, job_named
from relevo.jobs.telling import MAIL_FAILURES

logger = logging.getLogger(__name__)
KILLED = Outcome(
    Result.FAILED,
    "killed",
    f"Its process was killed {actions_queue.ATTEMPTS} times.",
    "relevo doctor says what is short; often it is memory.",
)


@task()
def run_job(name: str) -> str:
    """Run a job of the registry now and note how it went; the code of its outcome."""
    job, home = job_named(name), Home(Path(settings.RELEVO_HOME))
    run = actions.begin_run(name, now())
    try:
        outcome = job.run(home, kept_by(name))
    except NotReady as busy:
        outcome = Outcome(Result.PUT_OFF, "put_off", busy.message, busy.hint)
    except RelevoError as problem:
        outcome = Outcome(Result.FAILED, "wrong_use", problem.message, problem.hint)
    except Exception as problem:
        # A fault in one job must not end the worker, which runs the others; it is told like any other failure.
        logger.exception("The job %s failed", name)
        told = f"{type(problem).__name__}: {problem}"[:500]
        outcome = Outcome(Result.FAILED, "fault", told, "Look into the log, run relevo doctor, and report both.")
    actions.end_run(run, outcome, now())
    _have_it_told(name)
    return outcome.code


def tick(home: Home) -> int:
    """Bring the schedules up to the house rules, and queue what is due; how many jobs were queued.

    Where the settings cannot be read, jobs keep their times, so that the next run fails and is told; then it is raised.
    """
    at = now()
    try:
        wanted = intervals(home)
    except RelevoError:
        _queue({**{job.name: job.every_minutes for job in JOBS}, **kept_intervals()}, at)
        raise
    return _queue(wanted, at)


def _queue(wanted: Mapping[str, int], at: datetime) -> int:
    for name, minutes in wanted.items():
        actions.keep_schedule(name, minutes, at)
    return sum(actions.queue_due(each, lambda name: str(run_job.enqueue(name).id), at) for each in due(at))


def reap() -> int:
    """Give back the tasks of dead workers; how many were tried too often, whose jobs are told to have failed."""
    at = now()
    lost = actions_queue.reap(at)
    for each in lost:
        name = str(each.args_kwargs["args"][0]) if each.task_path == run_job.module_path else ""
        actions.give_up_run(name, KILLED, at)
        _have_it_told(name)
    actions_queue.prune(at)
    return len(lost)


def _have_it_told(name: str) -> None:
    """Let the mail about a change go out now and not at its next turn."""
    if name != MAIL_FAILURES and untold(but=MAIL_FAILURES):
        actions.run_soon(MAIL_FAILURES, now())
