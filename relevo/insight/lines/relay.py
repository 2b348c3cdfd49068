"""Lines of who held the baton, what they did, what was handed over and what was promised."""

import ibis
import ibis.expr.types as ir

from relevo.book.book import Tables
from relevo.insight.lines import line, monthly

KIND = "relay"


def assignment(tables: Tables) -> list[ir.Table]:
    """Who took the customer over in which role, and who gave it up."""
    rows = tables.assignment
    return [
        line(rows, "from_at", KIND, "assignment.began", what="role", who="person_id"),
        line(rows, "to_at", KIND, "assignment.ended", what="role", who="person_id"),
    ]


def touch(tables: Tables) -> list[ir.Table]:
    """Calls, meetings, mails and visits."""
    rows = tables.touch
    return [line(rows, "at", KIND, "touch." + rows.kind, what="subject", who="person_id", number="minutes")]


def work(tables: Tables) -> list[ir.Table]:
    """One line a month and activity: minutes worked for the customer."""
    rows = monthly(tables.work, "on_date")
    months = rows.group_by("customer_id", "month_start", "activity").aggregate(minutes=rows.minutes.sum())
    return [line(months, "month_start", KIND, "work.month", what="activity", number="minutes", url=None)]


def milestone(tables: Tables) -> list[ir.Table]:
    """Milestones as they were reached; those expected and not reached by their day."""
    rows = tables.milestone
    missed = rows.filter(rows.reached_at.isnull())
    return [
        line(rows, "reached_at", KIND, "milestone.reached", what="kind", who="person_id"),
        line(missed, "expected_on", KIND, "milestone.missed", what="kind", who="person_id"),
    ]


def handoff(tables: Tables) -> list[ir.Table]:
    """Hand-offs as they were given, returned, accepted and confirmed by the customer."""
    rows = tables.handoff
    route = rows.from_role + " → " + rows.to_role
    return [
        line(rows, "given_at", KIND, "handoff.given", what=route, who="from_person_id", number="items"),
        line(rows, "returned_at", KIND, "handoff.returned", what=route, who="to_person_id"),
        line(rows, "accepted_at", KIND, "handoff.accepted", what=route, who="to_person_id"),
        line(rows, "customer_confirmed_at", KIND, "handoff.confirmed", what=route),
    ]


def promise(tables: Tables) -> list[ir.Table]:
    """Promises as they were made, accepted, refused, kept and broken."""
    rows = tables.promise
    said = ibis.coalesce(rows.text, rows.promise_id)
    steps = ("made", "accepted", "refused", "kept", "broken")
    return [line(rows, f"{s}_at", KIND, f"promise.{s}", what=said, who="person_id") for s in steps]


LINES = {
    "assignment": assignment,
    "touch": touch,
    "work": work,
    "milestone": milestone,
    "handoff": handoff,
    "promise": promise,
}
