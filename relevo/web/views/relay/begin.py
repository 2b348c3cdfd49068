"""Begin a hand-off: which customer and deal, by which template, from whom to whom; what is known is filled in."""

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from relevo.answers.reading import Reading
from relevo.answers.relay.beginning import Beginning, beginning, check_takes_part, known_receiver
from relevo.answers.relay.known import known_of
from relevo.answers.relay.prefill import candidates
from relevo.base.errors import WrongUse
from relevo.desk.relay.actions import AlreadyOpen, NewHandOff, draft
from relevo.desk.relay.handoffs import open_into
from relevo.jobs.clock import now, today
from relevo.web.reader import reading_of
from relevo.web.relay.begin import begin_parts
from relevo.web.relay.suggested import known_items

NOT_UNDERSTOOD, TAKEN = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
def new_handoff(request: HttpRequest) -> HttpResponse:
    """The form: `?customer=&deal=`; what it sends makes the draft and leads to it."""
    reading = reading_of(request)
    check_takes_part(reading)
    asked = request.POST if request.method == "POST" else request.GET
    customer_id = asked.get("customer", "")
    if not customer_id:
        return render(request, "relevo/relay/new_whose.html")
    found = beginning(reading, customer_id, asked.get("deal"), _today(reading))
    return _begin(request, reading, found) if request.method == "POST" else _form(request, found)


def _begin(request: HttpRequest, reading: Reading, found: Beginning) -> HttpResponse:
    try:
        key = draft(_new(request, reading, found), request.user.get_username(), now())
    except AlreadyOpen as problem:
        return _form(request, found, problem, TAKEN)
    except WrongUse as problem:
        return _form(request, found, problem, NOT_UNDERSTOOD)
    return HttpResponseRedirect(reverse("hand-off", args=[key]))


def _new(request: HttpRequest, reading: Reading, found: Beginning) -> NewHandOff:
    asked = request.POST
    template, giver = found.choose(asked.get("template", ""), asked.get("giver", ""))
    known = candidates(known_of(reading, found.customer_id, found.deal_id), template.items)
    return NewHandOff(
        customer_id=found.customer_id,
        template=template,
        from_person_id=giver,
        to_person_id=known_receiver(reading, asked.get("to", "")),
        deal_id=found.deal_id,
        template_from=found.template_from,
        known=known_items(known, template.items),
        override_reason=asked.get("why", ""),
    )


def _form(request: HttpRequest, found: Beginning, problem: WrongUse | None = None, status: int = 200) -> HttpResponse:
    told = begin_parts(found, request.POST) | {"problem": problem}
    if status == TAKEN:
        template = found.templates.get(request.POST.get("template", found.chosen))
        held = open_into([found.customer_id], template.to_role if template else "")
        told["under_way"] = next(iter(held.values()), None)
    return render(request, "relevo/relay/new.html", told, status=status)


def _today(reading: Reading) -> date:
    return today(reading.company_book.company.timezone)
