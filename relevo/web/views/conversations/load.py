"""Conversations: load."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from relevo.answers.conversations.load import LoadPage, load_page
from relevo.answers.conversations.told import Level
from relevo.answers.reading import Reading
from relevo.answers.remembering import Remembered
from relevo.web import format as written
from relevo.web.conversations import load as words
from relevo.web.conversations.locks import lock_view, why_not
from relevo.web.parts import ChartView
from relevo.web.reader import reading_of
from relevo.web.sentences import say
from relevo.web.trail import note_person_level

_CHARTS: Remembered[ChartView] = Remembered(64)
_WEEKS: Remembered[ChartView | None] = Remembered(16)


@require_safe
def load(request: HttpRequest) -> HttpResponse:
    """Who carries the hard work, whether anybody leaves it, overloaded weeks, and the reader's own weeks."""
    reading = reading_of(request)
    page = load_page(reading)
    if page.told.level is Level.PERSONS or page.strips:
        note_person_level(request, ["person_id"])
    told = {
        "page": page,
        "sentence": say(page.sentence),
        "lock": lock_view(page.lock) if page.lock else None,
        "hidden": None if page.lock else why_not(page.told),
        "hard": hard_picture(reading, page) if page.rows else None,
        "grid": words.rows_grid(page),
        "picks": words.picks_grid(page),
        "picks_words": words.picks_words(page),
        "likings": words.likings_grid(page),
        "likings_words": words.likings_words(page),
        "topics": words.topics_grid(page),
        "weeks": weeks_picture(reading, page),
        "months": words.months_grid(page),
        "strips": words.strips_grid(page),
        "kept": written.rate(page.kept.last().get("rate")) if page.kept else "",
    }
    return render(request, "relevo/conversations/load.html", told)


def hard_picture(reading: Reading, page: LoadPage) -> ChartView:
    """The hard cases, drawn once per book, language and those who are in it."""
    about = (get_language(), page.told.level, page.rows)
    return _CHARTS.get(reading.company_book, about, lambda: words.hard_chart(page))


def weeks_picture(reading: Reading, page: LoadPage) -> ChartView | None:
    """The weeks, drawn once per book and language; None while nothing is shown."""
    return _WEEKS.get(reading.company_book, (get_language(), page.lock), lambda: words.weeks_chart(page))
