"""One person's part in the relay, as a sentence, figures and tables."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.relay.person import RelayPerson
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.customer.head import local
from relevo.web.labels import ROLES, label
from relevo.web.parts import Cell, Grid, Head
from relevo.web.reader import clock
from relevo.web.relay.addresses import handoff_address
from relevo.web.relay.fidelity import interval
from relevo.web.relay.words import STATES, from_and_to


def sentence(page: RelayPerson) -> str:
    """How much of what this person gave arrived, or that nothing is confirmed yet."""
    gave = page.gave
    if not gave.get("n"):
        return _("Nothing that %(who)s handed on has been confirmed yet") % {"who": page.name}
    told = ngettext(
        "%(rate)s of what %(who)s knew arrived with the next person, by %(n)s confirmed hand-off",
        "%(rate)s of what %(who)s knew arrived with the next person, by %(n)s confirmed hand-offs",
        gave["n"],
    )
    return told % {"rate": written.rate(gave["fidelity"]), "who": page.name, "n": written.count(gave["n"])}


def facts(page: RelayPerson) -> list[dict[str, str]]:
    """The figures of the person, each with how many stand behind it."""
    promised = page.promised
    due = _("of %(n)s due") % {"n": written.count(promised.get("due") or 0)}
    made = _("%(n)s promises") % {"n": written.count(promised.get("made") or 0)}
    return [
        {"name": _("Fidelity of what was given"), "value": written.rate(page.gave.get("fidelity")),
         "small": _many(page.gave)},
        {"name": _("Fidelity of what was taken over"), "value": written.rate(page.took.get("fidelity")),
         "small": _many(page.took)},
        {"name": _("Promises late or broken"), "value": written.rate(promised.get("gap")), "small": f"{made}, {due}"},
        {"name": _("Dropped batons"), "value": written.count(len(page.dropped)), "small": ""},
        {"name": _("Not sold on purpose"), "value": written.count(len(page.declined)),
         "small": _("counts as a good deed")},
    ]  # fmt: skip


def open_grid(page: RelayPerson) -> Grid:
    """Hand-offs that are under way."""
    heads = (Head(_("Hand-off")), Head(_("Customer")), *from_and_to(), Head(_("State")),
             Head(_("Since")))  # fmt: skip
    rows = tuple(
        (
            Cell(f"#{line.handoff.id}", handoff_address(line.handoff.id)),
            Cell(customer, customer_address(line.handoff.customer_id)),
            Cell(line.giver, small=label(ROLES, line.handoff.from_role)),
            Cell(line.receiver or _("whoever takes it"), small=label(ROLES, line.handoff.to_role)),
            Cell(label(STATES, line.handoff.state)),
            Cell(written.day(line.handoff.changed_at)),
        )
        for line, customer in page.open
    )
    return Grid(_("Under way"), heads, rows)


def dropped_grid(page: RelayPerson) -> Grid:
    """Won deals that this person has not handed on."""
    heads = (Head(_("Customer")), Head(_("Won")), Head(_("Days since"), is_number=True))
    rows = tuple(
        (Cell(d.customer, customer_address(d.customer_id)), Cell(written.day(local(d.closed_at, clock()))),
         Cell(written.count(d.days), is_number=True))
        for d in page.dropped
    )  # fmt: skip
    return Grid(_("Dropped batons"), heads, rows)


def _many(row: Mapping[str, Any]) -> str:
    if not row.get("n"):
        return _("none confirmed")
    return " · ".join(part for part in (interval(row), _("n %(count)s") % {"count": written.count(row["n"])}) if part)
