"""Absence and departure: a person's customers handed over in one plan, given together, and handed back."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from relevo.answers.relay.acting import my_person, takes_part
from relevo.answers.relay.plans import (
    MOST,
    Proposal,
    check_plans_for,
    may_end,
    persons_to_plan_for,
    plan_lines,
    plan_page,
    plan_to_change,
    planned,
    proposal,
    receivers_for,
)
from relevo.base.errors import WrongUse
from relevo.desk.relay.actions_plans import LONGEST_OVERLAP, Given, NewPlan, end_plan, give_plan, hand_over_book
from relevo.desk.relay.plans import PlanKind
from relevo.jobs.clock import now
from relevo.web.labels import label
from relevo.web.reader import reading_of
from relevo.web.relay import plan_words as words
from relevo.web.relay.addresses import plan_address
from relevo.web.trail import note_person_level
from relevo.web.views.settings.tabs import company_today, day_of

NOT_UNDERSTOOD = 422


@dataclass(frozen=True)
class Asked:
    """What the form of a plan says, as it was typed."""

    person: str
    kind: str
    from_on: str
    until_on: str
    overlap: str
    receivers: tuple[str, ...]
    reason: str

    def plan(self) -> NewPlan:
        """The plan that is asked for; WrongUse for a day or a number that is none."""
        until = day_of(self.until_on) if self.until_on and self.kind == PlanKind.ABSENCE else None
        return NewPlan(self.kind, self.person, day_of(self.from_on), until, self.days(), self.reason)

    def days(self) -> int:
        """The days side by side; WrongUse for what is no whole number."""
        text = self.overlap or "0"
        if not text.isascii() or not text.isdigit() or len(text) > 4:
            raise WrongUse(f"{text[:40]!r} is no number of days.", f"Write 0 to {LONGEST_OVERLAP}.")
        return int(text)


@require_http_methods(["GET", "HEAD", "POST"])
def plans(request: HttpRequest) -> HttpResponse:
    """The plans there are, and a form for another; with `?person=` its customers. A POST makes the plan."""
    if request.method == "POST":
        return _make(request)
    asked = _asked(request, request.GET)
    return _page(request, asked) if request.GET.get("person") else _page(request, asked, is_begun=False)


@require_safe
def plan(request: HttpRequest, key: int) -> HttpResponse:
    """One plan: how far it is, its hand-offs, and what can be done with all of them."""
    return _plan_page(request, key)


@require_POST
def give_all(request: HttpRequest, key: int) -> HttpResponse:
    """Give every draft of a plan; those that cannot be given are named with why."""
    plan_to_change(reading_of(request), key)
    given = give_plan(key, request.user.get_username(), now())
    return _plan_page(request, key, given) if given.refused else HttpResponseRedirect(plan_address(key))


@require_POST
def end(request: HttpRequest, key: int) -> HttpResponse:
    """End an absence: the customers come back by drafts of their own."""
    plan_to_change(reading_of(request), key)
    try:
        end_plan(key, request.user.get_username(), now())
    except WrongUse as problem:
        return _plan_page(request, key, problem=problem)
    return HttpResponseRedirect(plan_address(key) + "#back")


def _asked(request: HttpRequest, sent: QueryDict) -> Asked:
    chosen = tuple(each[:254] for each in sent.getlist("to"))
    mine = my_person(reading_of(request))
    kind = sent.get("kind", PlanKind.ABSENCE)
    return Asked(sent.get("person", mine)[:254], kind, sent.get("from", ""), sent.get("until", ""),
                 sent.get("overlap", "5"), chosen, sent.get("reason", ""))  # fmt: skip


def _make(request: HttpRequest) -> HttpResponse:
    reading, asked, today = reading_of(request), _asked(request, request.POST), company_today()
    check_plans_for(reading, asked.person)
    found = proposal(reading, asked.person, asked.receivers, today)
    try:
        new = asked.plan()
        chosen, reasons = _chosen(request, found, "to:"), _chosen(request, found, "why:")
        handoffs, lacking = planned(reading, found, chosen, reasons, new.from_on, new.overlap_days, today)
        if lacking:
            raise WrongUse(f"Changed hands less than 60 days ago: {', '.join(lacking[:5])}.",
                           "Give a reason for each, or leave it out.")  # fmt: skip
        key = hand_over_book(new, handoffs, request.user.get_username(), now())
    except WrongUse as problem:
        return _page(request, asked, problem=problem)
    return HttpResponseRedirect(plan_address(key))


def _chosen(request: HttpRequest, found: Proposal, before: str) -> dict[str, str]:
    """What was chosen or written for each customer; a receiver is one of those that were named."""
    known = {key for key, _name in found.receivers}
    sent = {line.customer_id: request.POST.get(before + line.customer_id, "") for line in found.lines}
    return {key: text for key, text in sent.items() if before != "to:" or text in known}


def _page(
    request: HttpRequest, asked: Asked, *, is_begun: bool = True, problem: WrongUse | None = None
) -> HttpResponse:  # fmt: skip
    reading = reading_of(request)
    lines = plan_lines(reading)
    told: dict[str, Any] = {
        "sentence": words.plans_sentence(lines),
        "grid": words.plans_grid(lines),
        "takes_part": takes_part(reading),
        "problem": problem,
        "asked": asked,
        "today": company_today(),
        "longest": LONGEST_OVERLAP,
    }
    if told["takes_part"]:
        told |= _form(request, asked)
    if is_begun and told["takes_part"]:
        told |= _proposed(request, asked)
    return render(request, "relevo/relay/plans.html", told, status=NOT_UNDERSTOOD if problem else 200)


def _form(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    reading = reading_of(request)
    return {
        "persons": [(key, name, key == asked.person) for key, name in persons_to_plan_for(reading)],
        "receivers": [(key, name, key in asked.receivers) for key, name in receivers_for(reading, asked.person)],
        "kinds": [(kind, label(words.KINDS, kind), kind == asked.kind) for kind in PlanKind],
    }


def _proposed(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    """The customers of the form, each with the receiver that is proposed or was chosen before."""
    reading = reading_of(request)
    found = proposal(reading, asked.person, asked.receivers, company_today())
    if asked.person not in reading.viewer.me:
        note_person_level(request, ["held"])
    typed, is_sent = request.POST, request.method == "POST"
    rows = [
        {
            **words.held_row(line),
            "chosen": typed.get(f"to:{line.customer_id}", "") if is_sent else _offered(line),
            "why": typed.get(f"why:{line.customer_id}", ""),
        }
        for line in found.lines
    ]
    return {"found": found, "rows": rows, "sentence": words.proposal_sentence(found), "most": MOST}


def _offered(line: Any) -> str:
    """Who is proposed; nobody for a customer that changed hands lately: leaving it where it is needs no reason."""
    return "" if line.changed_on else line.receiver


def _plan_page(
    request: HttpRequest, key: int, given: Given | None = None, problem: WrongUse | None = None
) -> HttpResponse:  # fmt: skip
    reading = reading_of(request)
    page = plan_page(reading, key)
    names = {each.handoff.id: each.customer for each in page.away}
    told = {
        "page": page,
        "sentence": words.plan_sentence(page),
        "days": words.days_words(page.line),
        "kind": label(words.KINDS, page.line.plan.kind),
        "away": words.handoffs_grid(_("Hand-offs away"), page.away),
        "back": words.handoffs_grid(_("Hand-offs back"), page.back),
        "drafts": sum(each.handoff.state == "draft" for each in page.away) if page.line.may_change else 0,
        "may_end": may_end(reading, page.line.plan),
        "refused": [(names.get(each, f"#{each}"), why) for each, why in given.refused.items()] if given else [],
        "problem": problem,
    }
    is_refused = bool(told["refused"] or problem)
    return render(request, "relevo/relay/plan.html", told, status=NOT_UNDERSTOOD if is_refused else 200)
