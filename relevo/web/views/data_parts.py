"""Data, more closely: loads, rows put aside."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.aside import AsideAsk, AsidePage, aside_page, check_may_read
from relevo.answers.loads import LoadLine, loads
from relevo.desk.people.actions import log_audit
from relevo.jobs.clock import now
from relevo.web import format as written
from relevo.web.downloads import csv_file
from relevo.web.numbers import offset_of
from relevo.web.parts import Cell, Grid, Head, More
from relevo.web.reader import home, reading_of
from relevo.web.trail import note_export

PAGE = 50
LOAD_COLUMNS = ("loaded_at", "source", "file", "table", "rows_in", "kept", "quarantined", "id", "sha256")
ASIDE_COLUMNS = ("table", "source", "file", "line", "column", "value", "reason", "hint", "load")
_FILTERS = ("table", "source", "reason")


@require_safe
def loads_page(request: HttpRequest) -> HttpResponse:
    """Every file that was loaded, the latest first: `?source=`."""
    every = loads(reading_of(request), home())
    source, offset = request.GET.get("source", ""), offset_of(request)
    asked = [load for load in every if source in ("", load.source)]
    told = {
        "found": len(asked),
        "grid": _loads(asked[offset : offset + PAGE]),
        "more": _more("loads", {"source": source}, offset + PAGE, len(asked)),
        "sources": sorted({load.source for load in every}),
        "source": source,
        "csv_href": _address("loads-csv", {"source": source}),
    }
    return render(request, _template(request, "loads"), told)


@require_safe
def loads_csv(request: HttpRequest) -> HttpResponse:
    """Every load that the page's question finds."""
    source = request.GET.get("source", "")
    found = [load for load in loads(reading_of(request), home()) if source in ("", load.source)]
    note_export(request, len(found))
    return csv_file("loads", LOAD_COLUMNS, ({**vars(load), "loaded_at": load.loaded_at.isoformat()} for load in found))


@require_safe
def aside(request: HttpRequest) -> HttpResponse:
    """Rows put aside: `?table=&source=&reason=`."""
    page = aside_page(reading_of(request), home(), _ask(request))
    parameters = _parameters(page.ask)
    told = {
        "page": page,
        "grid": _aside(page),
        "more": _more("aside", parameters, page.next_offset or 0, page.found) if page.next_offset else None,
        "reasons": _reasons(page),
        "chips": [(value, _address("aside", {**parameters, name: ""})) for name, value in parameters.items()],
        "csv_href": _address("aside-csv", parameters),
    }
    return render(request, _template(request, "aside"), told)


@require_safe
def aside_csv(request: HttpRequest) -> HttpResponse:
    """Every row put aside that the page's question finds; for who sees everything. Audited."""
    reading = reading_of(request)
    check_may_read(reading)
    page = aside_page(reading, home(), replace(_ask(request), limit=None, offset=0))
    log_audit(reading.viewer.name, "quarantine.exported", "", now(), _parameters(page.ask))
    return csv_file("put-aside", ASIDE_COLUMNS, (vars(row) for row in page.rows))


def _ask(request: HttpRequest) -> AsideAsk:
    table, source, reason = (request.GET.get(name) or None for name in _FILTERS)
    return AsideAsk(table, source, reason, offset_of(request))


def _parameters(ask: AsideAsk) -> dict[str, str]:
    return {name: value for name in _FILTERS if (value := getattr(ask, name))}


def _template(request: HttpRequest, name: str) -> str:
    return "relevo/parts/grid_rows.html" if request.headers.get("HX-Request") else f"relevo/data/{name}.html"


def _address(route: str, parameters: Mapping[str, Any]) -> str:
    asked = urlencode({name: value for name, value in parameters.items() if value})
    return reverse(route) + (f"?{asked}" if asked else "")


def _more(route: str, parameters: Mapping[str, Any], shown: int, found: int) -> More | None:
    return More(_address(route, {**parameters, "offset": shown}), shown, found) if shown < found else None


def _loads(lines: Iterable[LoadLine]) -> Grid:
    names = (_("Loaded"), _("Source"), _("File"), _("Table"))
    numbers = (_("Rows read"), _("Kept"), _("Put aside"))
    heads = (*(Head(name) for name in names), *(Head(name, is_number=True) for name in numbers))
    return Grid(_("Loads"), heads, tuple(_load(line) for line in lines))


def _load(line: LoadLine) -> tuple[Cell, ...]:
    wanted = {"table": line.table, "source": line.source} if line.quarantined else {}
    return (
        Cell(written.moment(line.loaded_at)),
        Cell(line.source),
        Cell(line.file),
        Cell(line.table or _("nobody maps it")),
        Cell(written.count(line.rows_in), is_number=True),
        Cell(written.count(line.kept), is_number=True),
        Cell(written.count(line.quarantined), _address("aside", wanted) if wanted else "", is_number=True),
    )


def _aside(page: AsidePage) -> Grid:
    names = (_("File"), _("Line"), _("Column"), _("Value"), _("Why"), _("What to do"))
    rows = tuple(
        (
            Cell(row.file, small=row.table),
            Cell(written.count(row.line), is_number=True),
            Cell(row.column or ""),
            Cell((row.value or "")[:120]),
            Cell(row.reason),
            Cell(row.hint),
        )
        for row in page.rows
    )
    return Grid(_("Rows put aside"), tuple(Head(name, name == _("Line")) for name in names), rows)


def _reasons(page: AsidePage) -> Grid:
    heads = (Head(_("Why")), Head(_("Table")), Head(_("Source")), Head(_("Rows"), is_number=True))
    rows = tuple(
        (
            Cell(each.reason, _address("aside", {"table": each.table, "source": each.source, "reason": each.reason})),
            Cell(each.table, _address("aside", {"table": each.table})),
            Cell(each.source, _address("aside", {"source": each.source})),
            Cell(written.count(each.rows), is_number=True),
        )
        for each in page.reasons
    )
    return Grid(_("Reasons"), heads, rows)
