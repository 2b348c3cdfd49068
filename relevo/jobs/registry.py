"""Every job that runs by itself, in one list. A new one is a function and a line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.desk.running.outcome import Outcome
from relevo.jobs.clock import today
from relevo.jobs.desk import config_in_force
from relevo.jobs.follow_ups import FOLLOW_UPS, settle_follow_ups
from relevo.jobs.notices import NOTICES, send_notices
from relevo.jobs.promises import PROMISES, settle_promises
from relevo.jobs.refresh import REFRESH, refresh
from relevo.jobs.reviews import REVIEWS, draw_reviews
from relevo.jobs.telling import MAIL_FAILURES, mail_failures
from relevo.jobs.uploads import UPLOADS, load_uploads
from relevo.jobs.webhooks import WEBHOOKS, send_webhooks


@dataclass(frozen=True)
class Job:
    """A job: its name, what it does with a home and what it kept, how often it runs.

    `rule` names the setting of `[house]`, which a house rule of the Desk may change, that says how often instead.
    A job may be killed at any line and started again; it never runs twice at once.
    """

    name: str
    run: Callable[[Home, Mapping[str, Any]], Outcome]
    every_minutes: int
    rule: str = ""


JOBS: tuple[Job, ...] = (
    Job(REFRESH, refresh, 15, rule="publish_every_minutes"),
    Job(UPLOADS, load_uploads, 15),
    Job(MAIL_FAILURES, mail_failures, 15),
    Job(PROMISES, settle_promises, 24 * 60),
    Job(FOLLOW_UPS, settle_follow_ups, 24 * 60),
    Job(REVIEWS, draw_reviews, 24 * 60),
    Job(NOTICES, send_notices, 15),
    Job(WEBHOOKS, send_webhooks, 5),
)


def job_named(name: str) -> Job:
    """A job by name; WrongUse for one that does not exist."""
    found = next((job for job in JOBS if job.name == name), None)
    if found is None:
        raise WrongUse(f"There is no job {name!r}.", f"Known: {', '.join(job.name for job in JOBS)}.")
    return found


def intervals(home: Home) -> dict[str, int]:
    """How often each job runs today, in minutes by name; 0 is never."""
    config, _said = config_in_force(home, today(home.config().company.timezone))
    return {job.name: int(getattr(config.house, job.rule)) if job.rule else job.every_minutes for job in JOBS}
