"""The page of whom to call back."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relevo.answers.voices.asked import asked as asked_answer
from relevo.answers.voices.call_back import call_back as call_back_answer
from relevo.answers.voices.gone import happy_gone
from relevo.jobs.clock import now
from relevo.web.conversations import call_back as words
from relevo.web.numbers import offset_of
from relevo.web.reader import reading_of
from relevo.web.views.settings.tabs import company_today

# A call back waits until the next day at the latest.
_DUE = timedelta(days=1)


@require_safe
def call_back(request: HttpRequest) -> HttpResponse:
    """Unhappy though solved, newest first; happy and then gone; who answered of those who were asked."""
    reading = reading_of(request)
    page, gone, asked = call_back_answer(reading, now(), offset_of(request)), happy_gone(reading), asked_answer(reading)
    told = {
        "page": page,
        "sentence": words.sentence(page),
        "weeks": words.weeks_chart(page),
        "heads": words.unhappy_heads(),
        "rows": words.unhappy_rows(page),
        "more": words.more_address(page),
        "gone": gone,
        "gone_sentence": words.gone_sentence(gone),
        "gone_heads": words.gone_heads(),
        "gone_rows": words.gone_rows(gone),
        "asked_sentence": words.asked_sentence(asked),
        "often": words.often_grid(asked),
        "often_title": words.often_title(asked),
        "due_on": company_today() + _DUE,
        "owner": request.user.get_username(),
    }
    return render(request, "relevo/conversations/call_back.html", told)
