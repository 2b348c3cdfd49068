"""The job `notices`: a mail in the morning to everybody for whom something of the relay waits.

It may be killed at any line: who was written to today is in the audit and is not written to again.
"""

from collections.abc import Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from relevo.answers.reading import Reading
from relevo.answers.relay.waiting import waiting
from relevo.answers.viewers import Person, reading_for
from relevo.base.config import Home
from relevo.book.store import Store
from relevo.desk.people.actions import log_audit
from relevo.desk.people.recipients import NOTICES_SENT, Recipient, recipients, written_to_since
from relevo.desk.running.outcome import Outcome, Result
from relevo.jobs.clock import now
from relevo.jobs.mail import MailFailed, is_set_up, mail_settings, send
from relevo.jobs.mail_words import notices_letter

NOTICES = "notices"
# The hour of the company's day from which the mails go out.
FROM_HOUR = 7


def send_notices(home: Home, kept: Mapping[str, Any]) -> Outcome:
    """Write to everybody for whom something waits, once a day. Nothing goes out where nothing waits.

    Where the server took no mail at all it is tried again; an address alone that takes none waits until tomorrow.
    """
    here = now().astimezone(ZoneInfo(home.config().company.timezone))
    day = here.date().isoformat()
    if here.hour < FROM_HOUR or kept.get("day") == day:
        return Outcome(Result.OK, "not_yet", "Mails of the morning go out once a day.", kept=dict(kept))
    if not is_set_up(home):
        return Outcome(Result.OK, "not_set_up", "No mail server is set up; what waits is told on Today alone.")
    if Store(home.books).current() is None:
        return Outcome(Result.OK, "no_data", "There is no book yet.")
    sent, refused = _send_all(home, datetime.combine(here.date(), time(), here.tzinfo))
    if refused:
        address, problem = next(iter(refused.items()))
        told = f"{sent} mails were sent; {len(refused)} people were not reached, such as {address}: {problem.message}"
        return Outcome(Result.FAILED, "mail_failed", told, problem.hint, {"day": day} if sent else dict(kept))
    return Outcome(Result.OK, "notices_sent", f"{sent} mails were sent.", kept={"day": day})


def _send_all(home: Home, since: datetime) -> tuple[int, dict[str, MailFailed]]:
    from relevo.jobs.opening import operator_reading  # which opens a book

    sent, refused = 0, dict[str, MailFailed]()
    told, reading = written_to_since(since), operator_reading(home)
    try:
        for each in recipients():
            try:
                sent += each.username not in told and _send(home, reading, each)
            except MailFailed as problem:
                refused[each.email] = problem
    finally:
        reading.company_book.close()
    return sent, refused


def _send(home: Home, reading: Reading, to: Recipient) -> bool:
    found = waiting(reading_for(reading, Person(to.username, to.email, to.role)), now())
    if not found.lines:
        return False
    send(home, to.email, notices_letter(home.config().company.name, found, mail_settings(home).address, to.language))
    log_audit("worker", NOTICES_SENT, to.username, now(), {"lines": len(found.lines)})
    return True
