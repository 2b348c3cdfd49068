"""How faithfully customers are handed on."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relevo.answers.relay.fidelity import fidelity as fidelity_answer
from relevo.web.numbers import offset_of
from relevo.web.reader import reading_of
from relevo.web.relay import fidelity as words
from relevo.web.trail import note_person_level


@require_safe
def fidelity(request: HttpRequest) -> HttpResponse:
    """Fidelity with its parts, by transition or (`?by=`) person, by quarter; what a lost item costs; hand-offs."""
    offset, reading = offset_of(request), reading_of(request)
    page = fidelity_answer(reading, request.GET.get("by", ""), offset)
    note_person_level(request, [page.by])
    told: dict[str, Any] = {"grid": words.lines_grid(page.lines), "more": words.lines_more(page, offset)}
    if "HX-Request" in request.headers:
        return render(request, "relevo/parts/grid_rows.html", told)
    told |= {
        "page": page,
        "sentence": words.sentence(page),
        "parts": words.parts(page),
        "switch": words.switch(page),
        "groups": words.groups_chart(page),
        "trend": words.trend_chart(page),
        "lost": words.lost_grid(page),
        "leak": words.leak_chart(page),
        "leak_lacking": words.leak_lacking(page),
    }
    return render(request, "relevo/relay/fidelity.html", told)
