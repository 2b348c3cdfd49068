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
    sent, refused = 0, dict[str, MailFailed]()
    for each in news:
        reached = _tell(home, each, refused)
        if not reached:
            break  # who could not be reached about this job cannot be about the next: each try may take a while
        sent += reached
    return _outcome(sent, refused)


def _tell(home: Home, schedule: Schedule, refused: dict[str, MailFailed]) -> int:
    """Write to every owner about one job and remember it once somebody was reached; how many were.

    An address that takes no mail goes into `refused` and stops nobody else's.
    """
    failing, reached = schedule.failing_since is not None, 0
    for owner in owners():
        try:
            send(home, owner.email, _letter(home, schedule, owner.language))
        except MailFailed as problem:
            refused[owner.email] = problem
            continue
        reached += 1
        log_audit("worker", "mail.sent", owner.email, now(), {"job": schedule.name, "failing": failing})
    if reached:
        mark_told(schedule.name, now() if failing else None)
    return reached


def _outcome(sent: int, refused: Mapping[str, MailFailed]) -> Outcome:
    """What became of the mails: the first address that took none, and of how many."""
    if not refused:
        return Outcome(Result.OK, "sent", f"{sent} mails were sent.")
    address, problem = next(iter(refused.items()))
    told = f"{sent} mails were sent; {len(refused)} owners were not reached, such as {address}: {problem.message}"
    return Outcome(Result.FAILED, "mail_failed", told, problem.hint)


def _letter(home: Home, schedule: Schedule, language: str) -> Letter:
    company, address = home.config().company.name, mail_settings(home).address
    if schedule.failing_since is None:
        return well_letter(company, schedule, address, language)
    return failing_letter(company, schedule, Store(home.books).current(), address, language)
