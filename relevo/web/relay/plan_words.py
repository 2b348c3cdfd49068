"""Absences and departures as sentences and tables."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relevo.answers.relay.held import HeldLine
from relevo.answers.relay.plans import PlanLine, PlannedHandOff, PlanPage, Proposal
from relevo.desk.relay.plans import PlanKind
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.labels import ROLES, label
from relevo.web.parts import Cell, Grid, Head
from relevo.web.relay.addresses import handoff_address, plan_address
from relevo.web.relay.words import STATES

KINDS: Mapping[str, str | Promise] = {
    "absence": gettext_lazy("Absence"),
    "departure": gettext_lazy("Departure"),
}


def plans_sentence(lines: tuple[PlanLine, ...]) -> str:
    """How far the plans are that are not over."""
    going = [line for line in lines if line.plan.ended_at is None]
    drafted = sum(line.progress.drafted for line in going)
    accepted = sum(line.progress.accepted for line in going)
    if not lines:
        return _("No book of customers is being handed over")
    if accepted == drafted:
        return _("Everything that was planned has been taken over")
    told = ngettext(
        "%(n)s customer of a plan has not been taken over yet; %(accepted)s of %(drafted)s have",
        "%(n)s customers of plans have not been taken over yet; %(accepted)s of %(drafted)s have",
        drafted - accepted,
    )
    counted = {"n": drafted - accepted, "accepted": accepted, "drafted": drafted}
    return told % {name: written.count(n) for name, n in counted.items()}


def proposal_sentence(found: Proposal) -> str:
    """How many customers somebody holds, and of how many nothing would be left."""
    if not found.found:
        return _("%(who)s holds no customer that you see") % {"who": found.person}
    blank = sum(not line.filled for line in found.lines)
    told = ngettext(
        "%(who)s holds %(n)s customer; of %(blank)s nothing was written down at a hand-off",
        "%(who)s holds %(n)s customers; of %(blank)s nothing was written down at a hand-off",
        found.found,
    )
    return told % {"who": found.person, "n": written.count(found.found), "blank": written.count(blank)}


def plan_sentence(page: PlanPage) -> str:
    """How far one plan is."""
    progress = page.line.progress
    told = ngettext(
        "%(accepted)s of %(n)s customer of %(who)s has been taken over",
        "%(accepted)s of %(n)s customers of %(who)s have been taken over",
        progress.drafted,
    )
    values = {"accepted": written.count(progress.accepted), "n": written.count(progress.drafted)}
    return told % {**values, "who": page.line.person}


def days_words(line: PlanLine) -> str:
    """From when to when, and that the customers come back."""
    plan, begins = line.plan, written.day(line.plan.from_on)
    if plan.kind is PlanKind.DEPARTURE:
        return _("gone from %(day)s on") % {"day": begins}
    values = {"day": begins, "last": written.day(plan.until_on)}
    if plan.ended_at:
        return _("away from %(day)s to %(last)s; the customers were handed back") % values
    return _("away from %(day)s to %(last)s; then the customers come back") % values


def plans_grid(lines: tuple[PlanLine, ...]) -> Grid:
    """One row per plan, the newest first."""
    heads = (Head(_("Whose customers")), Head(_("What")), Head(_("Days")), Head(_("Drafts"), is_number=True),
             Head(_("Given"), is_number=True), Head(_("Taken over"), is_number=True))  # fmt: skip
    return Grid(_("Plans"), heads, tuple(_plan_row(line) for line in lines))


def handoffs_grid(caption: str, found: tuple[PlannedHandOff, ...]) -> Grid:
    """One row per hand-off of a plan."""
    heads = (Head(_("Customer")), Head(_("Who takes over")), Head(_("Role")), Head(_("State")),
             Head(_("Side by side until")), Head(_("Hand-off")))  # fmt: skip
    return Grid(caption, heads, tuple(_handoff_row(each) for each in found))


def held_row(line: HeldLine) -> dict[str, object]:
    """A customer in the form of a plan, its cells as words."""
    return {
        "line": line,
        "href": customer_address(line.customer_id),
        "role": label(ROLES, line.role),
        "since": written.day(line.since),
        "filled": written.rate(line.filled, 0) if line.filled is not None else _("never handed on"),
        "filled_on": written.day(line.filled_on) if line.filled_on else "",
        "changed": written.day(line.changed_on) if line.changed_on else "",
        "under_way": handoff_address(line.under_way) if line.under_way else "",
    }


def _plan_row(line: PlanLine) -> tuple[Cell, ...]:
    progress = line.progress
    return (
        Cell(line.person, plan_address(line.plan.id)),
        Cell(label(KINDS, line.plan.kind), small=line.plan.reason),
        Cell(days_words(line)),
        *(Cell(written.count(n), is_number=True) for n in (progress.drafted, progress.given, progress.accepted)),
    )


def _handoff_row(each: PlannedHandOff) -> tuple[Cell, ...]:
    kept = each.handoff
    return (
        Cell(each.customer, customer_address(kept.customer_id)),
        Cell(each.receiver),
        Cell(label(ROLES, kept.to_role)),
        Cell(label(STATES, kept.state)),
        Cell(written.day(kept.overlap_until) if kept.overlap_until else ""),
        Cell(f"#{kept.id}", handoff_address(kept.id), small=kept.override_reason),
    )
