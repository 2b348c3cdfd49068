"""The rows behind a figure, as a page and as files."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.rows import RowsPage, rows_page
from relevo.answers.values import RowsAsk, Unit, Value
from relevo.web import format as written
from relevo.web.addresses import customer_address, rows_address
from relevo.web.downloads import csv_file
from relevo.web.labels import DIMENSIONS, KINDS, label, slice_value
from relevo.web.numbers import number_of, offset_of
from relevo.web.panel import in_panel
from relevo.web.parts import Cell, Grid, Head, More, cell, column_name
from relevo.web.reader import reading_of
from relevo.web.sentences import full
from relevo.web.spreadsheets import SheetColumn, xlsx_file
from relevo.web.trail import note_export, note_person_level

_NUMBERS = (Unit.MONEY, Unit.RATE, Unit.RATIO, Unit.COUNT, Unit.MONTHS, Unit.SECONDS)


@require_safe
def rows(request: HttpRequest, name: str) -> HttpResponse:
    """The customers or movements behind a figure; their sum is the figure."""
    ask = _ask(request, name)
    page = rows_page(reading_of(request), ask, offset=offset_of(request))
    note_person_level(request, [ask.by])
    told = {
        "page": page,
        "title": _(page.card.title),
        "about": _about(ask),
        "figures": [
            (label(KINDS, k) if k in KINDS else column_name(k), full(v)) for k, v in page.listing.figures.items()
        ],
        "grid": _grid(page),
        "csv_href": _file_href("csv", ask),
        "xlsx_href": _file_href("xlsx", ask),
        "more": _more(page),
        "page_href": rows_address(ask),
    }
    return render(request, _template(request), told)


def _template(request: HttpRequest) -> str:
    if in_panel(request):
        return "relevo/parts/panel_rows.html"
    return "relevo/parts/grid_rows.html" if request.headers.get("HX-Request") else "relevo/rows.html"


@require_safe
def rows_file(request: HttpRequest, name: str, form: str) -> HttpResponse:
    """All rows behind a figure as CSV or XLSX."""
    ask = _ask(request, name)
    page = rows_page(reading_of(request), ask, limit=None)
    note_person_level(request, [ask.by])
    note_export(request, page.found)
    columns = page.listing.columns
    if form == "csv":
        return csv_file(f"{name}-rows", [column.name for column in columns], page.listing.rows)
    sheet = [SheetColumn(column.name, column_name(column.name), column.unit) for column in columns]
    return xlsx_file(f"{name}-rows", sheet, page.listing.rows, page.stamp.currency)


def _ask(request: HttpRequest, name: str) -> RowsAsk:
    asked = {key: request.GET.get(key) or None for key in ("month", "since", "by", "value", "kind", "cohort")}
    return RowsAsk(
        name,
        month=asked["month"],
        since=asked["since"],
        months=number_of(request, "months"),
        by=asked["by"],
        value=asked["value"],
        kind=asked["kind"],
        cohort=asked["cohort"],
        age=number_of(request, "age"),
    )


def _file_href(form: str, ask: RowsAsk) -> str:
    return f"{reverse(f'rows-{form}', args=[ask.measure])}?{urlencode(ask.parameters())}"


def _more(page: RowsPage) -> More | None:
    if page.next_offset is None:
        return None
    href = f"{rows_address(page.ask)}{'&' if page.ask.parameters() else '?'}offset={page.next_offset}"
    return More(href, page.next_offset, page.found)


def _about(ask: RowsAsk) -> list[str]:
    """What was asked, in words, as chips."""
    told = []
    if ask.since and ask.month:
        told.append(_("%(first)s to %(last)s") % {"first": written.month(ask.since), "last": written.month(ask.month)})
    elif ask.month:
        told.append(written.month(ask.month))
    if ask.months:
        told.append(_("window of %(months)s") % {"months": written.months(ask.months)})
    if ask.by:
        told.append(f"{label(DIMENSIONS, ask.by)}: {slice_value(ask.value)}")
    if ask.kind:
        told.append(label(KINDS, ask.kind))
    if ask.cohort:
        told.append(_("started in %(month)s") % {"month": written.month(ask.cohort)})
    if ask.age is not None:
        told.append(_("%(months)s after the start") % {"months": written.months(ask.age)})
    return told


def _grid(page: RowsPage) -> Grid:
    columns = [c for c in page.listing.columns if c.name != "customer_id"]
    heads = tuple(Head(column_name(c.name), c.unit in _NUMBERS) for c in columns)
    currency = page.stamp.currency
    body = tuple(tuple(_cell(c.name, c.unit, row, currency) for c in columns) for row in page.listing.rows)
    totals = page.listing.totals
    foot = tuple(
        Cell(full(Value(totals[c.name], c.unit, currency)), is_number=True) if c.name in totals
        else Cell(_("Sum") if i == 0 else "")
        for i, c in enumerate(columns)
    )  # fmt: skip
    return Grid(_("Rows"), heads, body, foot)


def _cell(name: str, unit: Unit, row: Any, currency: str) -> Cell:
    if name == "name":
        key = row["customer_id"]
        return Cell(row["name"] or _("no single customer"), customer_address(key) if key else "")
    return cell(name, unit, row.get(name), currency)
