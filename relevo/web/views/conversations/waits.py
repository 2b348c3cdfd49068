"""Conversations: waits."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.conversations.waits import PROMISES_RULE, WaitsPage, waits_page
from relevo.answers.reading import Reading
from relevo.answers.remembering import Remembered
from relevo.web.conversations.compat import compat_grid
from relevo.web.conversations.cover import cover_chart
from relevo.web.conversations.locks import lock_view
from relevo.web.conversations.waits import CUT_NAMES, months_chart, promise_chart, rows_grid, still_waiting
from relevo.web.money.switch import switch
from relevo.web.parts import ChartView, tile_view
from relevo.web.reader import reading_of
from relevo.web.sentences import say
from relevo.web.trail import note_person_level

_CHARTS: Remembered[ChartView | None] = Remembered(32)


@require_safe
def waits(request: HttpRequest) -> HttpResponse:
    """How long customers waited for a first answer; `?by=` cuts the rows by tier, category, channel, team or person."""
    reading = reading_of(request)
    page = waits_page(reading, request.GET.get("by", ""))
    note_person_level(request, ["person_id"] if page.by == "person" else [])
    choices = [(each, str(CUT_NAMES[each])) for each in page.choices]
    told = {
        "page": page,
        "sentence": say(page.sentence),
        "lock": lock_view(page.lock) if page.lock else None,
        "tiles": [tile_view(tile) for tile in page.tiles],
        "months": months_picture(reading, page),
        "promise": promise_chart(page) if page.has_promises else None,
        "promises_rule": PROMISES_RULE,
        "switch": switch(request, "by", "rows", _("Rows by"), choices, page.by),
        "grid": rows_grid(page.rows, page.by),
        "still": still_waiting(page),
        "cover": cover_chart(page.cover) if page.cover else None,
        "compat": compat_grid(page.compat) if page.compat else None,
    }
    return render(request, "relevo/conversations/waits.html", told)


def months_picture(reading: Reading, page: WaitsPage) -> ChartView | None:
    """The months as a picture, drawn once per book, language and promises."""
    about = (get_language(), page.lock, reading.assumed().response_promises)
    return _CHARTS.get(reading.company_book, about, lambda: months_chart(page))
