"""The tab of joins: why rows of several systems count as this customer, and what people decided about it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from relevo.answers.customer_joins import CustomerJoins, JoinLine, customer_joins
from relevo.answers.reading import Reading
from relevo.web.identity import decisions_grid, pair_address, waiting_note
from relevo.web.identity_words import decided, reason, sure
from relevo.web.parts import Cell, Grid, Head


def joins(_request: HttpRequest, reading: Reading, customer_id: str) -> Mapping[str, Any]:
    """What was joined into the customer, decisions about it, and pairs of it that wait."""
    found = customer_joins(reading, customer_id)
    return {
        "grid": _grid(found, customer_id),
        "empty": _("Every row of this customer names it by its own id: nothing was joined."),
        "lead": waiting_note(found.waiting),
        "second": _open(found, customer_id),
        "second_title": _("Customers that may be this one"),
        "second_empty": _("No rule thinks that another customer may be this one."),
        "third": decisions_grid(found.decisions),
        "third_title": _("What was decided"),
        "third_empty": _("Nobody decided anything about who this customer is."),
    }


def join_records(_request: HttpRequest, reading: Reading, customer_id: str) -> tuple[list[str], list[Any]]:
    """Joins, for a file."""
    columns = ["source", "external_id", "reason", "confidence", "decided_by", "decided_at", "why", "is_split"]
    return columns, [_record(line) for line in customer_joins(reading, customer_id).joins]


def _record(line: JoinLine) -> dict[str, Any]:
    by = line.decision
    told = {"decided_by": by.who, "decided_at": by.decided_at.isoformat(), "why": by.reason} if by else {}
    return {**vars(line), **told}


def _grid(found: CustomerJoins, customer_id: str) -> Grid:
    named = (_("Source system"), _("Its id there"), _("Joined by"))
    heads = (*map(Head, named), Head(_("How sure"), is_number=True), Head(_("Wrong?")))
    way = _("split it off …") if found.may_decide else _("look at it")
    rows = tuple(
        (
            Cell(line.source),
            Cell(line.external_id),
            Cell(_why(line)),
            Cell("" if line.decision else sure(line.confidence), is_number=True),
            Cell(way, pair_address(customer_id, line.external_id)),
        )
        for line in found.joins
    )
    return Grid(_("Ids that count as this customer"), heads, rows)


def _why(line: JoinLine) -> str:
    if line.is_split:
        return _("%(reason)s; split off with the next book") % {"reason": reason(line.reason)}
    return decided(line.decision) if line.decision else reason(line.reason)


def _open(found: CustomerJoins, customer_id: str) -> Grid:
    heads = (Head(_("Customer")), Head(_("Id")), Head(_("How sure"), is_number=True))
    rows = tuple(
        (
            Cell(each.other, pair_address(customer_id, each.other_id)),
            Cell(each.other_id),
            Cell(sure(each.confidence), is_number=True),
        )
        for each in found.open_pairs
    )
    return Grid(_("Customers that may be this one"), heads, rows)
