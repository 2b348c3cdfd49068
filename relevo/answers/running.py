"""What runs by itself: each job, how it went, when it comes again; and in one word whether all is well."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from relevo.answers.reading import Reading, Refused
from relevo.desk.people.roles import Right
from relevo.desk.running.models import Run, Schedule, Worker

# A worker that has said nothing for this long is gone; a run of this length hangs.
SILENT = timedelta(minutes=5)
LONGEST = timedelta(hours=1)
RUNS = 20


class Health(StrEnum):
    """Of all jobs: well; one fails; the worker is gone or hangs; no worker was ever started here."""

    OK = "ok"
    FAILING = "failing"
    STALE = "stale"
    OFF = "off"


class JobState(StrEnum):
    """Of one job: well, failing, at work, switched off by the house, not run yet."""

    OK = "ok"
    FAILING = "failing"
    RUNNING = "running"
    OFF = "off"
    WAITING = "waiting"


@dataclass(frozen=True)
class JobLine:
    """One job: its state, interval and next time, and the last run: a code, words and a hint.

    Words and hint are empty for who does not see all, because they may name rows and files. `failing_since` is None
    while it does not fail.
    """

    name: str
    state: JobState
    every_minutes: int
    next_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    result: str
    code: str
    text: str
    hint: str
    failing_since: datetime | None
    failures_in_row: int


@dataclass(frozen=True)
class RunLine:
    """One run of a job; `ended_at` is None while it runs."""

    name: str
    started_at: datetime
    ended_at: datetime | None
    result: str
    code: str
    text: str


@dataclass(frozen=True)
class Running:
    """All jobs. `seen_at` is when a worker was last seen; `serves` the moment at which the served book was built."""

    health: Health
    seen_at: datetime | None
    jobs: tuple[JobLine, ...]
    runs: tuple[RunLine, ...]
    serves: datetime | None

    @property
    def failing(self) -> tuple[JobLine, ...]:
        """The jobs that fail, the longest first."""
        return tuple(sorted((j for j in self.jobs if j.failing_since), key=lambda j: str(j.failing_since)))


def running(reading: Reading, now: datetime) -> Running:
    """The jobs as they are now. Whoever may see all reads why one failed; everybody else that it did."""
    schedules, seen_at = tuple(Schedule.objects.all()), _seen_at()
    tells_all = reading.viewer.sees_everything
    return Running(
        health=_health(schedules, seen_at, now),
        seen_at=seen_at,
        jobs=tuple(_job(each, tells_all=tells_all) for each in schedules),
        runs=tuple(_run(each) for each in Run.objects.all()[:RUNS]) if tells_all else (),
        serves=reading.published.manifest.built_at if reading.published else None,
    )


def health(reading: Reading, now: datetime) -> Health:  # noqa: ARG001 - says nothing that anybody may not know
    """In one word whether what runs by itself is well."""
    return _health(tuple(Schedule.objects.all()), _seen_at(), now)


def check_may_see_runs(reading: Reading) -> None:
    """Raise Refused unless the viewer may read why a job failed."""
    if not reading.viewer.sees_everything:
        raise Refused("Why a job failed may name customers of others.", "Ask who sees the whole company.")


def check_may_try_mail(reading: Reading) -> None:
    """Raise Refused unless the viewer may change the rules of the house."""
    reading.check_right(Right.HOUSE)


def _seen_at() -> datetime | None:
    return Worker.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()


def _health(schedules: tuple[Schedule, ...], seen_at: datetime | None, now: datetime) -> Health:
    if seen_at is None:
        return Health.OFF
    if now - seen_at > SILENT or any(_hangs(each, now) for each in schedules):
        return Health.STALE
    return Health.FAILING if any(each.failing_since for each in schedules) else Health.OK


def _hangs(schedule: Schedule, now: datetime) -> bool:
    return _is_at_work(schedule) and schedule.last_started_at is not None and now - schedule.last_started_at > LONGEST


def _is_at_work(schedule: Schedule) -> bool:
    began, ended = schedule.last_started_at, schedule.last_ended_at
    return began is not None and (ended is None or ended < began)


def _job(schedule: Schedule, *, tells_all: bool) -> JobLine:
    return JobLine(
        name=schedule.name,
        state=_state(schedule),
        every_minutes=schedule.every_minutes,
        next_at=schedule.next_at,
        started_at=schedule.last_started_at,
        ended_at=schedule.last_ended_at,
        result=schedule.last_result,
        code=schedule.last_code,
        text=schedule.last_text if tells_all else "",
        hint=schedule.last_hint if tells_all else "",
        failing_since=schedule.failing_since,
        failures_in_row=schedule.failures_in_row,
    )


def _state(schedule: Schedule) -> JobState:
    if _is_at_work(schedule):
        return JobState.RUNNING
    if schedule.failing_since is not None:
        return JobState.FAILING
    if schedule.next_at is None:
        return JobState.OFF
    return JobState.OK if schedule.last_ended_at else JobState.WAITING


def _run(run: Run) -> RunLine:
    return RunLine(run.name, run.started_at, run.ended_at, run.result, run.code, run.text)
