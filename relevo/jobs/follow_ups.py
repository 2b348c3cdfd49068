"""The job `follow_ups`: what the book says of the days and events that hand-offs told, where no person said it.

It may be killed at any line and run twice: each line is settled by itself, and what is reached is not found again.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from relevo.base.config import Home
from relevo.book.store import Store
from relevo.desk.relay.actions_follow_ups import reach_by_rule
from relevo.desk.relay.follow_ups import KeptFollowUp, watched
from relevo.desk.relay.handoffs import given_moments
from relevo.desk.running.outcome import Outcome, Result
from relevo.jobs.clock import now

FOLLOW_UPS = "follow_ups"
# Who the history names for what no person did.
WHO = "relevo"


def settle_follow_ups(home: Home, kept: Mapping[str, Any]) -> Outcome:  # noqa: ARG001 - every job has this shape
    """Note of every open line whose rule the book meets that it was reached, and on which day."""
    lines = watched()
    if not lines or Store(home.books).current() is None:
        return Outcome(Result.OK, "nothing_due", "No line waits for the book.")
    days = _days(home, lines)
    reached = sum(_reach(each, days[each.id]) for each in lines if each.id in days)
    if not reached:
        return Outcome(Result.OK, "nothing_due", "Nothing that lines wait for was reached.")
    return Outcome(Result.OK, "settled", f"Lines of hand-offs reached by the book: {reached}.")


def _days(home: Home, lines: tuple[KeptFollowUp, ...]) -> Mapping[int, date]:
    from relevo.answers.relay.happened import happened
    from relevo.jobs.opening import operator_reading

    given: Mapping[int, datetime] = given_moments({each.handoff_id for each in lines})
    reading = operator_reading(home)
    try:
        return happened(reading, [(each, given[each.handoff_id]) for each in lines if each.handoff_id in given])
    finally:
        reading.company_book.close()


def _reach(line: KeptFollowUp, on: date) -> bool:
    return line.watch is not None and reach_by_rule(line.id, on, line.watch, WHO, now())
