"""One person's part in the relay."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from relevo.answers.relay.person import MOST, relay_person
from relevo.web.reader import reading_of
from relevo.web.relay import person as words
from relevo.web.relay.fidelity import lines_grid
from relevo.web.relay.fit_words import declined_grid
from relevo.web.relay.promise_words import ledger_grid
from relevo.web.trail import note_person_level
from relevo.web.views.settings.tabs import company_today


@require_safe
def person(request: HttpRequest, person_id: str) -> HttpResponse:
    """What somebody gave and took with fidelity, promised, and has yet to hand on; 404 where it is not the viewer's."""
    page = relay_person(reading_of(request), person_id, company_today())
    if not page.is_me:
        note_person_level(request, ["person_id"])
    told = {
        "page": page,
        "sentence": words.sentence(page),
        "facts": words.facts(page),
        "dropped": words.dropped_grid(page),
        "open": words.open_grid(page),
        "declined": declined_grid(page.declined[:MOST]),
        "grid": lines_grid(page.lines),
        "promised": ledger_grid(page.promises),
        "more_promises": page.promises.found > len(page.promises.rows),
    }
    return render(request, "relevo/relay/person.html", told)
