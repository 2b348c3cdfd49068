"""Where customers meet friction, and what it goes with."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relevo.answers.relay.friction import friction as friction_answer
from relevo.web.reader import reading_of
from relevo.web.relay import friction as words


@require_safe
def friction(request: HttpRequest) -> HttpResponse:
    """Friction in four stages with its parts, three causes beside it, and who is held up."""
    page = friction_answer(reading_of(request))
    told = {
        "page": page,
        "sentence": words.sentence(page),
        "map": words.map_chart(page),
        "parts": words.parts_grid(page),
        "needs": words.needs(page),
        "held": words.held_grid(page),
        "held_of": words.held_of(page),
        "method": words.method(),
        "causes": words.causes_chart(page),
        "bars": words.causes_grid(page),
        "causes_method": words.causes_method(),
    }
    return render(request, "relevo/relay/friction.html", told)
