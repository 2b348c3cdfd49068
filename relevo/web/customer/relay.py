"""The relay of one customer: the strip of who held it, and the tab of its hand-offs and promises."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from relevo.answers.reading import Reading
from relevo.answers.relay.follow_ups import customer_follow_ups
from relevo.answers.relay.person import sees_person
from relevo.answers.relay.promises import PromisesAsk, promises_page
from relevo.answers.relay.strip import (
    HandOffLine,
    LoadedHandOff,
    Stretch,
    customer_handoffs,
    customer_loaded,
)
from relevo.jobs.clock import now, today
from relevo.web import format as written
from relevo.web.charts.strip import Bar, strip_picture
from relevo.web.charts.svg import draw
from relevo.web.customer.head import Fact, local
from relevo.web.labels import ROLES, label
from relevo.web.parts import Cell, ChartView, Grid, Head
from relevo.web.reader import clock, home
from relevo.web.relay.addresses import either_address, handoff_address, loaded_address, person_address
from relevo.web.relay.follow_words import lines_grid, values_grid
from relevo.web.relay.promise_words import ledger_grid
from relevo.web.relay.words import STATES, from_and_to

REASONS: Mapping[str, str | Promise] = {
    "handoff": gettext_lazy("by a hand-off"),
    "assignment": gettext_lazy("assigned"),
    "deal": gettext_lazy("sold to it"),
    "nobody": gettext_lazy("nobody held it"),
}
# The order of the relay; lanes of a house's own roles follow.
_LANES = ("sales", "presales", "implementation", "success", "account_manager", "support")
_ALTERNATE = ("var(--band)", "var(--line)")


def baton_facts(found: tuple[Stretch, ...]) -> list[Fact]:
    """Who holds the baton by the last hand-off, before who is assigned to which role; [] for one that nobody holds now.

    The two differ between the moment in which a receiver accepts and the day on which the CRM is told.
    """
    if not found or not found[-1].is_now:
        return []
    last = found[-1]
    return [Fact(_("the baton"), last.person or _nobody(), _("since %(day)s") % {"day": written.day(last.from_on)})]


def strip_chart(reading: Reading, found: tuple[Stretch, ...]) -> ChartView | None:
    """Who held the customer when, with the fidelity at each change; None for one that never bought."""
    if not found:
        return None
    title = strip_title(found)
    lanes = [label(ROLES, r) if r else _nobody() for r in _roles(found)]
    bars = [_bar(each, i) for i, each in enumerate(found)]
    return ChartView(
        key="relay",
        title=title,
        subtitle=_("who held the customer in which role; a figure is how faithfully it was handed to them"),
        drawing=draw(strip_picture(bars, lanes), title),
        grid=strip_grid(reading, found),
        is_wide=True,
    )


def strip_title(found: tuple[Stretch, ...]) -> str:
    """Who holds it now and how often it changed hands."""
    last = found[-1]
    persons = [each.person_id for each in found if each.person_id]
    changes = sum(one != other for one, other in pairwise(persons))
    told = ngettext("it changed hands %(n)s time", "it changed hands %(n)s times", changes)
    values = {"n": written.count(changes)}
    if not last.is_now:
        return _("%(who)s held it last, until %(day)s; %(changes)s") % {
            "who": last.person or _nobody(), "day": written.day(last.until_on), "changes": told % values,
        }  # fmt: skip
    if last.person_id is None:
        return _("Nobody holds this customer; %(changes)s") % {"changes": told % values}
    return _("%(who)s holds it since %(day)s; %(changes)s") % {
        "who": last.person, "day": written.day(last.from_on), "changes": told % values,
    }  # fmt: skip


def strip_grid(reading: Reading, found: tuple[Stretch, ...]) -> Grid:
    """The strip as a table, the last holder first."""
    heads = (Head(_("Who")), Head(_("Role")), Head(_("From")), Head(_("Until")), Head(_("How that is known")),
             Head(_("Fidelity"), is_number=True))  # fmt: skip
    return Grid(_("Who held it"), heads, tuple(_stretch_row(reading, each) for each in reversed(found)))


def relay(_request: HttpRequest, reading: Reading, customer_id: str) -> Mapping[str, Any]:
    """The hand-offs of the Desk, as of now, those loaded, as of the book, and the promises of both."""
    zone, day = clock(), today(home().config().company.timezone)
    page = promises_page(reading, PromisesAsk(customer_id=customer_id), day)
    followed = customer_follow_ups(reading, customer_id, day)
    return {
        "now": written.moment(now()),
        "here": _here_grid(customer_handoffs(reading, customer_id)),
        "loaded": _loaded_grid(customer_loaded(reading, customer_id), zone),
        "became": lines_grid(followed),
        "values": values_grid(followed),
        "promised": ledger_grid(page),
        "promised_more": page.found > len(page.rows),
    }


def relay_records(_request: HttpRequest, reading: Reading, customer_id: str) -> tuple[list[str], list[Any]]:
    """The hand-offs of both for a file; `handoff_id` of the Desk's is its number."""
    columns = ["handoff_id", "from_role", "to_role", "giver", "receiver", "state", "given_at", "accepted_at",
               "confirmed_at", "completeness", "fidelity"]  # fmt: skip
    here = [_record(line) for line in customer_handoffs(reading, customer_id)]
    loaded = [{**vars(each), "state": None} for each in customer_loaded(reading, customer_id)]
    return columns, here + loaded


def _record(line: HandOffLine) -> dict[str, Any]:
    kept = line.handoff
    same = ("from_role", "to_role", "given_at", "accepted_at", "confirmed_at")
    share = None if kept.completeness is None else float(kept.completeness)
    return {**{name: getattr(kept, name) for name in same}, "handoff_id": f"relevo:{kept.id}", "giver": line.giver,
            "receiver": line.receiver, "state": str(kept.state), "completeness": share, "fidelity": None}  # fmt: skip


def _roles(found: tuple[Stretch, ...]) -> list[str]:
    """The lanes that somebody was in, in the order of the relay; nobody's comes last."""
    seen = {each.role or "" for each in found}
    known = [role for role in _LANES if role in seen]
    return [*known, *sorted(seen - {*_LANES, ""}), *([""] if "" in seen else [])]


def _bar(each: Stretch, place: int) -> Bar:
    lane = label(ROLES, each.role) if each.role else _nobody()
    score = "" if each.fidelity is None else written.rate(each.fidelity, 0)
    who = each.person or _nobody()
    until = _("today") if each.is_now else written.day(each.until_on)
    tip = f"{who}, {lane}: {written.day(each.from_on)} – {until}" + (f", {score}" if score else "")
    colour = "var(--paper)" if each.person_id is None else _ALTERNATE[place % 2]
    return Bar(lane, each.from_on, each.until_on, who, score, tip, colour)


def _nobody() -> str:
    return pgettext("holds a customer", "nobody")


def _stretch_row(reading: Reading, each: Stretch) -> tuple[Cell, ...]:
    person = each.person_id or ""
    href = person_address(person) if person and sees_person(reading, person) else ""
    known = either_address(each.key, each.handoff_id)
    return (
        Cell(each.person or _nobody(), href),
        Cell(label(ROLES, each.role)),
        Cell(written.day(each.from_on)),
        Cell(_("today") if each.is_now else written.day(each.until_on)),
        Cell(label(REASONS, each.reason), known),
        Cell(written.rate(each.fidelity) if each.fidelity is not None else "", is_number=True),
    )


def _here_grid(lines: tuple[HandOffLine, ...]) -> Grid:
    heads = (Head(_("Hand-off")), *from_and_to(), Head(_("State")), Head(_("Since")),
             Head(_("Complete"), is_number=True))  # fmt: skip
    return Grid(_("Hand-offs here"), heads, tuple(_here_row(line) for line in lines))


def _here_row(line: HandOffLine) -> tuple[Cell, ...]:
    kept = line.handoff
    share = None if kept.completeness is None else float(kept.completeness)
    return (
        Cell(f"#{kept.id}", handoff_address(kept.id)),
        Cell(line.giver, small=label(ROLES, kept.from_role)),
        Cell(line.receiver or _("whoever takes it"), small=label(ROLES, kept.to_role)),
        Cell(label(STATES, kept.state)),
        Cell(written.day(kept.changed_at)),
        Cell(written.rate(share, 0), is_number=True),
    )


def _loaded_grid(found: tuple[LoadedHandOff, ...], zone: ZoneInfo) -> Grid:
    heads = (Head(_("Hand-off")), *from_and_to(), Head(_("Given")), Head(_("Accepted")),
             Head(_("Confirmed")), Head(_("Complete"), is_number=True),
             Head(_("Fidelity"), is_number=True))  # fmt: skip
    return Grid(_("Loaded hand-offs"), heads, tuple(_loaded_row(each, zone) for each in found))


def _loaded_row(each: LoadedHandOff, zone: ZoneInfo) -> tuple[Cell, ...]:
    days = (each.given_at, each.accepted_at, each.confirmed_at)
    return (
        Cell(each.handoff_id, loaded_address(each.handoff_id)),
        Cell(each.giver, small=label(ROLES, each.from_role)),
        Cell(each.receiver, small=label(ROLES, each.to_role)),
        *(Cell(written.day(local(at, zone)) if at else "") for at in days),
        Cell(written.rate(each.completeness, 0), is_number=True),
        Cell(written.rate(each.fidelity, 0), is_number=True),
    )
