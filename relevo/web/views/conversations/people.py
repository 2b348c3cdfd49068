"""Conversations: people in context, and one person from four angles."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.conversations.people import PeoplePage, people_page
from relevo.answers.conversations.person import appraisal, support_person
from relevo.answers.reading import Reading
from relevo.answers.remembering import Remembered
from relevo.base.errors import WrongUse
from relevo.web.conversations import people as words
from relevo.web.conversations import person as person_words
from relevo.web.conversations.locks import LockView, lock_view, not_yours
from relevo.web.downloads import csv_file
from relevo.web.money.switch import switch
from relevo.web.numbers import number_of
from relevo.web.parts import ChartView
from relevo.web.reader import reading_of
from relevo.web.trail import note_export, note_person_level

_AGAINST: Remembered[ChartView] = Remembered(64)
_FUNNELS: Remembered[ChartView | None] = Remembered(64)


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Happiness of everybody whom the viewer may see, raw and in context; `?months=` is the window."""
    reading = reading_of(request)
    page = people_page(reading, number_of(request, "months"))
    if page.persons:
        note_person_level(request, ["person_id"])
    told = {
        "page": page,
        "sentence": words.sentence(page),
        "lock": lock_view(page.lock) if page.lock else None,
        "hidden": _hidden(page),
        "facts": words.facts(page),
        "recommended": words.recommended_words(page),
        "against": against_picture_of(reading, page) if page.persons else None,
        "funnel": funnel_picture_of(reading, page),
        "grid": words.persons_grid(page),
        "teams": words.teams_grid(page),
        "method": words.method(),
        "window": switch(request, "months", "window", _("Window"), words.windows(), str(page.months)),
    }
    return render(request, "relevo/conversations/people.html", told)


@require_safe
def person(request: HttpRequest, person_id: str) -> HttpResponse:
    """One person from four angles; NotFound for whoever may not see it."""
    page = support_person(reading_of(request), person_id, number_of(request, "months"))
    if not page.is_me:
        note_person_level(request, ["person_id"])
    told = {
        "page": page,
        "sentence": person_words.sentence(page),
        "lock": lock_view(page.lock) if page.lock else None,
        "angles": person_words.angles(page),
    }
    return render(request, "relevo/conversations/person.html", told)


@require_safe
def appraisal_file(request: HttpRequest, person_id: str) -> HttpResponse:
    """The four angles of a person as CSV, `?months=` as on the page; WrongUse for whatever would leave one out."""
    unknown = sorted(set(request.GET) - {"months"})
    if unknown:
        raise WrongUse(
            f"An appraisal is not made by {unknown[0][:40]!r}: it has all four angles, and says which are missing.",
            "Take it as it is, or ask for another window by months.",
        )
    page = appraisal(reading_of(request), person_id, number_of(request, "months"))
    rows = person_words.appraisal_rows(page)
    note_person_level(request, ["person_id"])
    note_export(request, len(rows))
    return csv_file("appraisal", person_words.APPRAISAL, rows)


def _hidden(page: PeoplePage) -> LockView | None:
    """What is said where no persons are told: the stage of the company, or the viewer's role."""
    if page.persons_lock:
        return lock_view(page.persons_lock)
    return None if page.sees_persons else not_yours()


def against_picture_of(reading: Reading, page: PeoplePage) -> ChartView:
    """The picture of raw against expected, drawn once per book, language, window and those who are in it."""
    return _AGAINST.get(reading.company_book, _about(page), lambda: words.against_chart(page))


def funnel_picture_of(reading: Reading, page: PeoplePage) -> ChartView | None:
    """The funnel, drawn once per book, language, window and those who are in it."""
    return _FUNNELS.get(reading.company_book, _about(page), lambda: words.funnel_chart(page))


def _about(page: PeoplePage) -> tuple[object, ...]:
    return get_language(), page.months, tuple(line.happy.person_id for line in page.persons)
