"""Conversations: the overview."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.conversations.overview import SupportMap
from relevo.answers.conversations.overview import overview as overview_answer
from relevo.answers.conversations.told import Level
from relevo.answers.reading import Reading
from relevo.answers.remembering import Remembered
from relevo.base.errors import WrongUse
from relevo.web import format as written
from relevo.web.conversations.locks import lock_view, why_not
from relevo.web.conversations.overview import EXPECTED, MIX, RAW, map_chart
from relevo.web.money.switch import switch
from relevo.web.numbers import number_of
from relevo.web.parts import ChartView, tile_view
from relevo.web.reader import reading_of
from relevo.web.sentences import say
from relevo.web.trail import note_person_level

_CHARTS: Remembered[ChartView] = Remembered(64)


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """The overview; `?month=` ends the three months of the picture, `?mix=expected` adds what the cases would take."""
    reading, mix = reading_of(request), request.GET.get("mix", RAW)
    if mix not in MIX:
        raise WrongUse(f"The picture is not shown {mix[:40]!r}.", f"Ask mix={EXPECTED}, or leave it out.")
    page = overview_answer(reading, number_of(request, "month"))
    if page.map.told.level is Level.PERSONS:
        note_person_level(request, ["person_id"])
    told = {
        "page": page,
        "sentence": say(page.sentence),
        "lock": lock_view(page.lock) if page.lock else None,
        "tiles": [tile_view(tile) for tile in page.tiles],
        "hidden": why_not(page.map.told),
        "map": map_picture(reading, page.map, mix) if page.map.told.answer else None,
        "mix": mix,
        "mix_switch": switch(request, "mix", "map", _("Circles"), [(c, str(n)) for c, n in MIX.items()], mix),
        "month": written.month(page.map.month),
    }
    return render(request, "relevo/conversations/overview.html", told)


def map_picture(reading: Reading, found: SupportMap, mix: str = RAW) -> ChartView:
    """The picture, drawn once per book, language, month, way to show it, and persons who are in it."""
    about = (get_language(), found.month, mix, found.told.level, found.helpers)
    return _CHARTS.get(reading.company_book, about, lambda: map_chart(found, mix))
