"""A loaded hand-off as words."""

from datetime import UTC
from typing import Any

from django.utils.translation import gettext as _

from relevo.answers.relay.loaded_one import LoadedHandOff, LoadedItem
from relevo.web import format as written
from relevo.web.customer.head import not_for_you
from relevo.web.labels import label
from relevo.web.parts import Cell, Grid, Head
from relevo.web.reader import clock
from relevo.web.relay.board import source_of
from relevo.web.relay.item_words import item_name
from relevo.web.relay.words import STATES, roles


def loaded_parts(found: LoadedHandOff) -> dict[str, Any]:
    """What the page of a loaded hand-off shows."""
    return {
        "found": found,
        "sentence": _("%(giver)s handed %(customer)s on to %(receiver)s") % {
            "giver": found.giver or written.MISSING,
            "customer": found.customer,
            "receiver": found.receiver or written.MISSING,
        },
        "state": label(STATES, found.state),
        "source": source_of(found.handoff_id),
        "facts": _facts(found),
        "grid": _grid(found),
    }  # fmt: skip


def _facts(found: LoadedHandOff) -> list[tuple[str, str]]:
    row = found.facts
    told = [(_("Roles"), roles(row["from_role"], row["to_role"]))]
    named = {"given_at": _("Given"), "returned_at": _("Returned"), "accepted_at": _("Accepted"),
             "confirmed_at": _("Confirmed")}  # fmt: skip
    dated = [(name, row[column]) for column, name in named.items() if row[column] and row[column] < found.as_of]
    told += [(name, written.day(at.replace(tzinfo=UTC).astimezone(clock()))) for name, at in dated]
    shares = ((_("Complete"), row["completeness"]), (_("Right"), row["accuracy"]))
    told += [(name, written.rate(share, 0)) for name, share in shares if share is not None]
    if row["reasks"] is not None:
        told.append((_("Asked again"), written.count(row["reasks"])))
    return told


def _grid(found: LoadedHandOff) -> Grid:
    heads = (Head(_("Item")), Head(_("What was given")), Head(_("Who said it")), Head(_("What reality said")))
    return Grid(_("What was handed on"), heads, tuple(_row(each, reads=found.reads_words) for each in found.items))


def _row(each: LoadedItem, *, reads: bool) -> tuple[Cell, ...]:
    right = {True: _("right"), False: _("wrong")}.get(each.was_right, "") if each.was_right is not None else ""
    value = (each.value or written.MISSING) if reads else not_for_you()
    return Cell(item_name(each.item)), Cell(value), Cell(each.said_by or ""), Cell(right)
