"""Definitions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.definitions import definitions_page
from relevo.answers.values import Sentence
from relevo.web.labels import MEASURE_KINDS, UNITS, label
from relevo.web.parts import column_name
from relevo.web.reader import reading_of
from relevo.web.sentences import say


@require_safe
def definitions(request: HttpRequest) -> HttpResponse:
    """The card of every measure, each with an address of its own."""
    page = definitions_page(reading_of(request))
    titles = {card.name: _(card.title) for card in page.cards}
    cards = [
        {
            "card": card,
            "title": titles[card.name],
            "question": _(card.question),
            "kind": label(MEASURE_KINDS, str(card.kind)),
            "unit": label(UNITS, str(card.unit)),
            "partners": [{"name": name, "title": titles.get(name, name)} for name in card.read_with],
            "columns": [(c.name, column_name(c.name), label(UNITS, str(c.unit)), c.doc) for c in card.columns],
        }
        for card in page.cards
    ]
    told = {"page": page, "cards": cards, "sentence": say(Sentence("definitions"))}
    return render(request, "relevo/definitions.html", told)
