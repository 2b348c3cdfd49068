"""Today."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.today import TodayPage, today_page
from relevo.answers.values import RowsAsk
from relevo.web import format as written
from relevo.web.addresses import rows_address
from relevo.web.labels import CAUSES, KINDS, label
from relevo.web.parts import Cell, Grid, Head, tile_view
from relevo.web.reader import reading_of
from relevo.web.sentences import say


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """The first page: what changed this month, which renewals come, what the data lack."""
    page = today_page(reading_of(request))
    told = {
        "page": page,
        "sentence": say(page.sentence),
        "tiles": [tile_view(tile) for tile in page.tiles],
        "moves": _moves(page),
        "moves_href": rows_address(RowsAsk("movement_log", month=page.moves_month)),
        "month": written.month(page.moves_month),
        "renewals": _renewals(page),
        "renewals_href": rows_address(RowsAsk("renewals_due")),
    }
    return render(request, "relevo/today.html", told)


def _moves(page: TodayPage) -> Grid:
    heads = (
        Head(_("Customer")),
        Head(_("Day")),
        Head(_("What happened")),
        Head(_("Cause")),
        Head(_("Change of MRR"), is_number=True),
    )
    return Grid(_("Movements"), heads, tuple(_move(page, row) for row in page.moves))


def _move(page: TodayPage, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    return (
        _customer(page, row["customer_id"]),
        Cell(written.day(row["at"])),
        Cell(label(KINDS, row["kind"])),
        Cell(label(CAUSES, row["cause"]) or written.MISSING),
        Cell(written.signed(written.money, row["base_cents"], page.stamp.currency), is_number=True),
    )


def _renewals(page: TodayPage) -> Grid:
    heads = (
        Head(_("Customer")),
        Head(_("Term ends on")),
        Head(_("MRR"), is_number=True),
        Head(_("Renews by itself")),
        Head(_("Held by")),
    )
    return Grid(_("Renewals due"), heads, tuple(_renewal(page, row) for row in page.renewals))


def _renewal(page: TodayPage, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    return (
        _customer(page, row["customer_id"]),
        Cell(written.day(row["term_end_on"])),
        Cell(written.money(row["mrr_cents"], page.stamp.currency), is_number=True),
        Cell(written.yes_or_no(row["auto_renew"])),
        Cell(page.people.get(row["owner"], row["owner"]) or _("nobody")),
    )


def _customer(page: TodayPage, customer_id: str) -> Cell:
    return Cell(page.names.get(customer_id, customer_id), reverse("customer", args=[customer_id]))
