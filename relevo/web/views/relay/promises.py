"""The promise ledger, as a page and as files."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.relay.promise_gaps import kept_after_promises, promise_counts, promise_gaps
from relevo.answers.relay.promise_lines import PromiseLine
from relevo.answers.relay.promises import Breaches, PromisesAsk, PromisesPage, promises_page
from relevo.answers.values import Unit
from relevo.desk.relay.promises import ProductState, Standing
from relevo.web.downloads import csv_file
from relevo.web.labels import Names, label
from relevo.web.numbers import offset_of
from relevo.web.reader import reading_of
from relevo.web.relay import promise_words as words
from relevo.web.relay.promise_gap import cost_chart, gap_chart, gap_switch
from relevo.web.spreadsheets import SheetColumn, xlsx_file
from relevo.web.trail import note_export, note_person_level
from relevo.web.views.settings.tabs import company_today

# The columns of the files, by the names that other programs read them by.
_COLUMNS: dict[str, Unit] = {
    "promise_id": Unit.TEXT, "as_of": Unit.DATE, "customer_id": Unit.TEXT, "customer": Unit.TEXT,
    "person_id": Unit.TEXT, "person": Unit.TEXT, "text": Unit.TEXT, "to_whom": Unit.TEXT, "product_state": Unit.TEXT,
    "issue_id": Unit.TEXT, "link": Unit.TEXT, "deal_id": Unit.TEXT, "made_at": Unit.TEXT, "due_on": Unit.DATE,
    "standing": Unit.TEXT, "accepted_at": Unit.TEXT, "refused_at": Unit.TEXT, "kept_at": Unit.TEXT,
    "broken_at": Unit.TEXT,
}  # fmt: skip
_MOMENTS = ("made_at", "accepted_at", "refused_at", "kept_at", "broken_at")


@require_safe
def promises(request: HttpRequest) -> HttpResponse:
    """The ledger: what is broken first, then where promises go unmet, then all of them, filtered by the address."""
    reading, today = reading_of(request), company_today()
    ask = PromisesAsk.from_parameters(request.GET.dict(), offset_of(request))
    page = promises_page(reading, ask, today)
    _note_person(request, ask)
    rows = {"page": page, "grid": words.ledger_grid(page), "more": words.ledger_more(page)}
    if request.headers.get("HX-Request"):
        return render(request, "relevo/parts/grid_rows.html", rows)
    return render(request, "relevo/relay/promises.html", {**rows, **_around(request, page)})


@require_safe
def promises_file(request: HttpRequest, form: str) -> HttpResponse:
    """Every promise that the question finds, as CSV or XLSX."""
    ask = PromisesAsk.from_parameters(request.GET.dict())
    page = promises_page(reading_of(request), replace(ask, limit=None), company_today())
    _note_person(request, ask)
    note_export(request, page.found)
    rows = (_plain(line) for line in page.rows)
    if form == "csv":
        return csv_file("promises", list(_COLUMNS), rows)
    sheet = [SheetColumn(name, name.replace("_", " "), unit) for name, unit in _COLUMNS.items()]
    return xlsx_file("promises", sheet, rows, page.stamp.currency)


def _around(request: HttpRequest, page: PromisesPage) -> dict[str, Any]:
    """What stands above the ledger."""
    reading = reading_of(request)
    return {
        **(_before(request, page.breaches) if page.breaches else {}),
        "sentence": words.counts_sentence(promise_counts(reading), page),
        "found": words.found_words(page),
        "standings": _choices(words.STANDINGS, page.ask.standing or "", tuple(Standing)),
        "states": _choices(words.STATES, page.ask.product_state, tuple(ProductState)),
        "is_filtered": bool(page.ask.parameters()),
        "csv_href": words.address(page, "promises-csv"),
        "xlsx_href": words.address(page, "promises-xlsx"),
    }


def _before(request: HttpRequest, found: Breaches) -> dict[str, Any]:
    """What comes before all promises: breaches, and where promises go unmet."""
    reading = reading_of(request)
    gaps = promise_gaps(reading, request.GET.get("by", ""))
    if gaps.by == "person":
        note_person_level(request, ["person_id"])
    return {
        "red": words.breaches_grid(found.red, _("Red and due within 30 days")),
        "broken": words.breaches_grid(found.broken, _("Broken or past its day")),
        "broken_more": words.broken_more(found),
        "broken_href": f"{reverse('promises')}?standing={Standing.BROKEN}#all",
        "gap": gap_chart(gaps),
        "cost": cost_chart(kept_after_promises(reading)),
        "gap_switch": gap_switch(gaps),
    }


def _choices(names: Names, chosen: str, codes: tuple[str, ...]) -> list[tuple[str, str, bool]]:
    return [(str(code), label(names, code), code == chosen) for code in codes]


def _note_person(request: HttpRequest, ask: PromisesAsk) -> None:
    """What one colleague promised, with what was broken of it, adds up to a figure of the colleague."""
    note_person_level(request, ["person_id"] if ask.person_id else [])


def _plain(line: PromiseLine) -> Mapping[str, Any]:
    return dict(_cells(line))


def _cells(line: PromiseLine) -> Iterator[tuple[str, Any]]:
    for name in _COLUMNS:
        if name == "promise_id":
            yield name, line.id
        else:
            value = getattr(line, name)
            yield name, value.isoformat() if name in _MOMENTS and value else value
