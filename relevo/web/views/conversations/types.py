"""Conversations: types of work."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.conversations.types import TypesPage, Volume, types_page
from relevo.answers.reading import Reading
from relevo.answers.remembering import Remembered
from relevo.answers.values import text
from relevo.web.conversations.effort import complexity_chart, touch_chart
from relevo.web.conversations.locks import lock_view
from relevo.web.conversations.types import category, drivers_grid, time_chart, volume_chart
from relevo.web.labels import slice_value
from relevo.web.money.switch import switch
from relevo.web.parts import ChartView
from relevo.web.reader import reading_of
from relevo.web.sentences import say

_CHARTS: Remembered[ChartView] = Remembered(64)
_WORK: Remembered[tuple[ChartView | None, ChartView | None]] = Remembered(16)


@require_safe
def work_types(request: HttpRequest) -> HttpResponse:
    """What takes the time, `?segment=` of one segment alone; contact rate by topic, and why contacts changed."""
    reading = reading_of(request)
    page = types_page(reading, request.GET.get("segment", ""))
    options = [("", _("all")), *((each, slice_value(each)) for each in page.segments)]
    touch, complexity = work_pictures(reading, page)
    told = {
        "page": page,
        "touch": touch,
        "complexity": complexity,
        "sentence": said(page),
        "lock": lock_view(page.lock) if page.lock else None,
        "time": time_picture(reading, page) if page.types else None,
        "segment": switch(request, "segment", "time-part", _("Segment"), options, page.segment),
        "volume": volume_picture(reading, page.volume) if page.volume else None,
        "drivers": drivers_grid(page.volume) if page.volume else None,
    }
    return render(request, "relevo/conversations/types.html", told)


def said(page: TypesPage) -> str:
    """The sentence of the page, the category in the reader's words."""
    found = page.sentence
    if "category" not in found.values:
        return say(found)
    named = text(category(str(found.values["category"].amount)))
    return say(replace(found, values={**found.values, "category": named}))


def time_picture(reading: Reading, page: TypesPage) -> ChartView:
    """The time by category, drawn once per book, language, segment and what is withheld."""
    return _CHARTS.get(reading.company_book, (get_language(), page.segment, page.rows), lambda: time_chart(page))


def work_pictures(reading: Reading, page: TypesPage) -> tuple[ChartView | None, ChartView | None]:
    """What one reply solves and whether cases take more, drawn once per book, language and lock."""
    about = (get_language(), page.lock)
    return _WORK.get(
        reading.company_book, about, lambda: (touch_chart(page.one_touch), complexity_chart(page.complexity))
    )


def volume_picture(reading: Reading, volume: Volume) -> ChartView:
    """The change of contacts, drawn once per book and language."""
    return _CHARTS.get(reading.company_book, (get_language(), "volume"), lambda: volume_chart(volume))
