"""The job `mail_failures`: write to the owners once when a job begins to fail, and once when it is well again."""

from collections.abc import Mapping
from typing import Any

from relevo.base.config import Home
from relevo.book.store import Store
from relevo.desk.people.actions import log_audit
from relevo.desk.people.owners import owners
from relevo.desk.running.actions import mark_told
from relevo.desk.running.models import Schedule
from relevo.desk.running.outcome import Outcome, Result
from relevo.desk.running.state import untold
from relevo.jobs.clock import now
from relevo.jobs.mail import Letter, MailFailed, is_set_up, mail_settings, send
from relevo.jobs.mail_words import failing_letter, well_letter

MAIL_FAILURES = "mail_failures"


def mail_failures(home: Home, kept: Mapping[str, Any]) -> Outcome:  # noqa: ARG001 - every job has this shape
    """Write to every owner about each job that nobody was told of. What could not be sent is tried the next time."""
    news = untold(but=MAIL_FAILURES)
    if not news:
        return Outcome(Result.OK, "nothing_to_tell", "There is nothing to tell.")
    if not is_set_up(home):
        return Outcome(Result.OK, "not_set_up", "No mail server is set up; failures are told on Today alone.")
    if not owners():
        return Outcome(Result.FAILED, "no_owner", "No owner has an address.", "Give one: relevo init --owner.")
    try:
        sent = sum(_tell(home, each) for each in news)
    except MailFailed as problem:
        return Outcome(Result.FAILED, "mail_failed", problem.message, problem.hint)
    return Outcome(Result.OK, "sent", f"{sent} mails were sent.")


def _tell(home: Home, schedule: Schedule) -> int:
    """Write to every owner about one job, then remember it; how many mails that were."""
    failing = schedule.failing_since is not None
    for owner in owners():
        send(home, owner.email, _letter(home, schedule, owner.language))
        log_audit("worker", "mail.sent", owner.email, now(), {"job": schedule.name, "failing": failing})
    mark_told(schedule.name, now() if failing else None)
    return len(owners())


def _letter(home: Home, schedule: Schedule, language: str) -> Letter:
    company, address = home.config().company.name, mail_settings(home).address
    if schedule.failing_since is None:
        return well_letter(company, schedule, address, language)
    return failing_letter(company, schedule, Store(home.books).current(), address, language)
