"""The job `promises`: what a promise's issue and its day say of it, where no person said it.

It may be killed at any line and run twice: each promise is settled by itself, and what is settled is not found again.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.base.periods import end_of_day_utc
from relevo.book.store import Store
from relevo.desk.relay.actions_promises import break_promise, keep_promise
from relevo.desk.relay.promises import EndedHow, KeptPromise, overdue, waiting_for_issues
from relevo.desk.running.outcome import Outcome, Result
from relevo.jobs.clock import now, today

PROMISES = "promises"
# Who the history names for what no person did.
WHO = "relevo"


def settle_promises(home: Home, kept: Mapping[str, Any]) -> Outcome:  # noqa: ARG001 - every job has this shape
    """Keep the promises whose issue shipped, then break those whose day is over where the company is."""
    zone = home.config().company.timezone
    shipped = _keep_shipped(home, zone)
    broken = _break_overdue(today(zone), zone)
    if not shipped + broken:
        return Outcome(Result.OK, "nothing_due", "No promise was due.")
    return Outcome(Result.OK, "settled", f"Promises kept by their issue: {shipped}; broken by their day: {broken}.")


def _keep_shipped(home: Home, zone: str) -> int:
    """Issues first: what shipped on its day was kept, though the day is over by now."""
    waiting = waiting_for_issues()
    if not waiting or Store(home.books).current() is None:
        return 0
    at = _shipped(home, {each.issue_id for each in waiting})
    return sum(_keep(each, at[each.issue_id], zone) for each in waiting if each.issue_id in at)


def _shipped(home: Home, issue_ids: set[str]) -> Mapping[str, datetime]:
    from relevo.answers.relay.issues import shipped
    from relevo.jobs.opening import operator_reading

    reading = operator_reading(home)
    try:
        return shipped(reading, issue_ids)
    finally:
        reading.company_book.close()


def _keep(promise: KeptPromise, shipped_at: datetime, zone: str) -> bool:
    """What had shipped before it was promised was kept when it was promised."""
    at = max(shipped_at, promise.made_at)
    is_late = promise.due_on is not None and at >= end_of_day_utc(promise.due_on, zone)
    try:
        keep_promise(promise.id, is_late, WHO, now(), EndedHow.ISSUE, at)
    except WrongUse:
        return False  # somebody said what became of it, or took it back, since it was read; that holds
    return True


def _break_overdue(on: date, zone: str) -> int:
    return sum(_break(each, zone) for each in overdue(on))


def _break(promise: KeptPromise, zone: str) -> bool:
    if promise.due_on is None:
        return False
    try:
        at = end_of_day_utc(promise.due_on, zone)
        break_promise(promise.id, "", WHO, now(), EndedHow.DATE, max(at, promise.made_at))
    except WrongUse:
        return False  # as above
    return True
