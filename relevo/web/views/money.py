"""Money: what was kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.breaks import breaks
from relevo.answers.measures import COMPANY_DIMENSIONS
from relevo.answers.money import OWNERS_RULE, MoneyPage, money_page
from relevo.answers.money_slice import SliceTable
from relevo.answers.owners import Owner, owners_of
from relevo.answers.reading import Reading
from relevo.answers.remembering import Remembered
from relevo.answers.survival import survival
from relevo.web.labels import DIMENSIONS, label
from relevo.web.money.bridge import bridge_chart
from relevo.web.money.cohorts import CELL_NAMES, REVENUE, cohorts_chart
from relevo.web.money.retention import METHOD_NAMES, methods_grid, retention_chart
from relevo.web.money.slices import slice_grid
from relevo.web.money.staying import survival_chart, survival_grid, survival_title, tenure_chart
from relevo.web.money.switch import Switch, switch
from relevo.web.parts import ChartView, tile_view
from relevo.web.reader import reading_of
from relevo.web.sentences import say
from relevo.web.trail import note_person_level

_CHARTS: Remembered[ChartView] = Remembered(128)
# Parts of the page that a switch takes out of the whole; any other part that is asked for is the table.
_PARTS = ("kept", "staying", "triangle")


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """How much of last year's revenue was kept, what moved it, and who stays how long.

    `?by=` cuts the table, `?method=` is how retention is counted, `?cells=` what the triangle says and
    `?survival_by=` the dimension by which survival is compared.
    """
    reading, asked = reading_of(request), request.GET
    by, survival_by = asked.get("by", "channel"), asked.get("survival_by", "")
    page = money_page(reading, by, asked.get("method", ""), survival_by)
    note_person_level(request, [by, survival_by])
    sliced = {"slice": slice_grid(page.slice), "choices": _choices(page.slice), "by": by, "page": page}
    if request.headers.get("HX-Request") and request.headers.get("HX-Target") not in _PARTS:
        return render(request, "relevo/parts/slice.html", sliced)
    cells = asked.get("cells", REVENUE)
    told = sliced | {
        "sentence": " ".join(say(s) for s in (page.sentence, page.second) if s),
        "tiles": [tile_view(tile) for tile in page.tiles],
        "charts": charts(reading, page, cells),
        "switches": _switches(request, page, cells),
        **_methods(page),
    }
    return render(request, "relevo/money.html", told)


@require_safe
def survival_table(request: HttpRequest) -> HttpResponse:
    """Survival month by month, as a table; `?by=` cuts it by a dimension."""
    by = request.GET.get("by", "")
    found = survival(reading_of(request), by)
    note_person_level(request, [by])
    told = {"grid": survival_grid(found), "title": survival_title(found)}
    part = request.headers.get("HX-Request")
    return render(request, "relevo/parts/table.html" if part else "relevo/table.html", told)


def charts(reading: Reading, page: MoneyPage, cells: str = REVENUE) -> Mapping[str, ChartView]:
    """All pictures of the page, each made once per book, language and way to show it.

    They show the company, the same for every viewer, but for survival by what only those may see who see all.
    """
    owners, marks = owners_of(reading, OWNERS_RULE), breaks(reading)
    kept, staying = page.retention, page.survival
    return {
        "bridge": _kept(reading, ("bridge", _named(owners)), lambda: bridge_chart(page, owners)),
        "retention": _kept(reading, ("retention", kept.method, marks), lambda: retention_chart(kept, marks)),
        "cohorts": _kept(reading, ("cohorts", cells), lambda: cohorts_chart(page, cells)),
        "tenure": _kept(reading, ("tenure",), lambda: tenure_chart(page)),
        "survival": _survival(reading, page) if staying.by else _kept(
            reading, ("survival",), lambda: survival_chart(staying)
        ),
    }  # fmt: skip


def _kept(reading: Reading, about: tuple[Any, ...], make: Any) -> ChartView:
    return _CHARTS.get(reading.company_book, (get_language(), *about), make)


def _survival(reading: Reading, page: MoneyPage) -> ChartView:
    """Survival by a dimension: where cells are withheld, or the cut is the viewer's own, the picture is too."""
    found = page.survival
    book = reading.company_book if found.by in COMPANY_DIMENSIONS else reading.book
    about = (get_language(), "survival", found.by, found.answer.hidden, found.choices)
    return _CHARTS.get(book, about, lambda: survival_chart(found))


def _named(owners: Mapping[str, Owner]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((line, owner.name) for line, owner in owners.items()))


def _methods(page: MoneyPage) -> dict[str, Any]:
    gap = page.retention.gap
    return {"methods": methods_grid(gap), "methods_sentence": say(gap.sentence)} if gap else {}


def _switches(request: HttpRequest, page: MoneyPage, cells: str) -> dict[str, Switch]:
    kept, staying = page.retention, page.survival
    dimensions = [("", _("all together")), *((d, label(DIMENSIONS, d)) for d in staying.choices)]
    cell_names, method_names = _pairs(CELL_NAMES), _pairs(METHOD_NAMES)
    return {
        "method": switch(request, "method", "kept", _("Counted"), method_names, kept.method),
        "cells": switch(request, "cells", "triangle", _("Cells say"), cell_names, cells),
        "survival": switch(request, "survival_by", "staying", _("Compare by"), dimensions, staying.by),
    }


def _pairs(names: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    return [(code, str(name)) for code, name in names.items()]


def _choices(table: SliceTable) -> list[dict[str, object]]:
    return [
        {"code": c, "name": label(DIMENSIONS, c), "href": f"{reverse('money')}?by={c}#slices", "on": c == table.by}
        for c in table.choices
    ]
