"""What the records tell whoever comes next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relevo.answers.relay.fill_gap import fill_gap
from relevo.answers.relay.records import records as records_answer
from relevo.web.reader import reading_of
from relevo.web.relay import fill_gap as gap_words
from relevo.web.relay import records as words
from relevo.web.sentences import say
from relevo.web.trail import note_person_level


@require_safe
def records(request: HttpRequest) -> HttpResponse:
    """How full fields are, what records are about, and which sellers stay in touch; the gap (`?by=seller`)."""
    reading = reading_of(request)
    gap = fill_gap(reading, request.GET.get("by", ""))
    note_person_level(request, [gap.by])
    found = records_answer(reading)
    told = {
        "page": found,
        "sentence": say(found.sentence),
        "fields": words.fields_chart(found),
        "mix": words.mix_chart(found),
        "roles": words.roles_grid(found),
        "gap": gap_words.chart(gap),
        "gap_switch": gap_words.switch(gap),
        "presence": words.presence_grid(found),
        "untouched": words.untouched_grid(found) if found.untouched else None,
    }
    return render(request, "relevo/relay/records.html", told)
