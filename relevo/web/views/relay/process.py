"""How often customers change hands, and what goes with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relevo.answers.relay.process import process as process_answer
from relevo.web.reader import reading_of
from relevo.web.relay import process as words


@require_safe
def process(request: HttpRequest) -> HttpResponse:
    """Hand-offs per customer against staying and first value (`?by=team|person`), ping-pong, silent changes."""
    page = process_answer(reading_of(request), request.GET.get("by", ""))
    told = {
        "page": page,
        "sentence": words.sentence(page),
        "switch": words.switch(page),
        "counts": words.counts_chart(page),
        "stay": words.stay_chart(page),
        "value": words.value_chart(page),
        "method": words.method(),
        "bounced": words.bounced_grid(page),
        "bounced_of": words.counted(len(page.bounced), page.bounced_found),
        "silent": words.silent_grid(page),
        "silent_of": words.counted(len(page.silent), page.silent_found),
    }
    return render(request, "relevo/relay/process.html", told)
