"""One deal under its questions: answered, let pass the gate, or declined."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from relevo.answers.relay.acting import my_person
from relevo.answers.relay.fit_deal import FitDealPage, deal_to_act_on, fit_deal
from relevo.answers.relay.fit_deals import FitDeal
from relevo.base.errors import WrongUse
from relevo.desk.relay.actions_fit import NewDecline, answer_all, decline, override_gate
from relevo.desk.relay.fit import Why
from relevo.jobs.clock import now
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.customer.head import not_for_you
from relevo.web.labels import label
from relevo.web.reader import clock, reading_of
from relevo.web.relay import fit_words as words
from relevo.web.views.relay.fit import NOT_UNDERSTOOD, minor_of
from relevo.web.views.settings.tabs import company_today, day_of


@require_http_methods(["GET", "POST"])
def deal(request: HttpRequest, deal_id: str) -> HttpResponse:
    """One deal; a POST answers, lets it pass or declines it, as `do` says."""
    page = fit_deal(reading_of(request), deal_id, company_today())
    if request.method == "GET":
        return _page(request, page)
    known, asked = deal_to_act_on(reading_of(request), deal_id), request.POST.get("do", "")
    try:
        _act(request, known, page, asked)
    except WrongUse as problem:
        return _page(request, page, problem)
    if asked == "decline":
        return HttpResponseRedirect(f"{reverse('fit')}?done=declined#declined")
    return HttpResponseRedirect(f"{reverse('fit-deal', args=[deal_id])}?done={asked}")


def _act(request: HttpRequest, known: FitDeal, page: FitDealPage, asked: str) -> None:
    who, at, typed = request.user.get_username(), now(), request.POST
    if asked == "answer":
        given = [(q.question, typed[f"q_{q.question.key}"]) for q in page.questions if typed.get(f"q_{q.question.key}")]
        changed = [(q, text) for q, text in given if not _is_same(page, q.key, text)]
        answer_all(known.deal_id, known.customer_id, changed, my_person(reading_of(request)), who, at)
    elif asked == "override":
        if not page.may_override:
            raise WrongUse("This deal needs no override.", "Answer every question first; then see what the gate says.")
        score = page.line.judged.fit.score
        override_gate(known.deal_id, known.customer_id, score, typed.get("reason", ""), who, at)
    elif asked == "decline":
        decline(_decline(request, known), who, at)
    else:
        raise WrongUse(f"A deal cannot take {asked[:40]!r}.", "Known: answer, override, decline.")


def _is_same(page: FitDealPage, key: str, text: str) -> bool:
    """Whether this is the answer that holds: saying it again is no news."""
    held = next((q.answered for q in page.questions if q.question.key == key), None)
    return held is not None and held.answer.strip().casefold() == text.strip().casefold()


def _decline(request: HttpRequest, known: FitDeal) -> NewDecline:
    """The amount is that of the deal, unless another was typed."""
    asked, currency = request.POST, reading_of(request).company_book.company.currency
    typed = minor_of(asked.get("amount", ""), currency)
    return NewDecline(
        known.name, asked.get("why", ""), asked.get("reason", ""), day_of(asked.get("declined_on", "")),
        deal_id=known.deal_id, customer_id=known.customer_id, person_id=known.person_id,
        amount_cents=known.amount_cents if typed is None else typed, currency=currency,
    )  # fmt: skip


def _page(request: HttpRequest, page: FitDealPage, problem: WrongUse | None = None) -> HttpResponse:
    line, typed = page.line, request.POST
    told: dict[str, Any] = {
        "page": page,
        "line": line,
        "sentence": words.deal_sentence(page),
        "facts": _facts(page),
        "questions": [_question(each, typed) for each in page.questions],
        "overrides": [(name, written.day(each.at.astimezone(clock())), each.reason) for each, name in page.overrides],
        "whys": [(str(code), label(words.WHYS, code)) for code in Why],
        "today": company_today().isoformat(),
        "problem": problem,
        "typed": typed,
        "done": request.GET.get("done", ""),
    }
    return render(request, "relevo/relay/fit_deal.html", told, status=NOT_UNDERSTOOD if problem else 200)


def _question(line: Any, typed: Any) -> dict[str, Any]:
    """A question with its choices; the one that was typed, else the one that holds, is chosen."""
    question, held = line.question, line.answered
    chosen = typed.get(f"q_{question.key}") or (held.answer if held else "")
    by = ""
    if held:
        who, day = line.who or _("the CRM"), written.day(held.on) if held.on else ""
        by = _("%(who)s, %(day)s") % {"who": who, "day": day} if day else who
    return {
        "key": question.key,
        "text": question.text,
        "choices": [(text, points, text.casefold() == chosen.strip().casefold()) for text, points in question.answers],
        "by": by,
        "unknown": held.answer if held and not line.is_known else "",
    }


def _facts(page: FitDealPage) -> list[tuple[str, str, str]]:
    line, found = page.line, page.line.deal
    amount = written.money(line.amount_cents, page.stamp.currency) if line.sees_amount else not_for_you()
    href = customer_address(found.customer_id) if line.customer else ""
    return [
        (_("Customer"), line.customer or found.customer_id or written.MISSING, href),
        (_("Sold by"), line.person or written.MISSING, ""),
        (_("Amount"), amount, ""),
        (_("Opened on"), written.day(found.opened_on), ""),
        (_("Won on"), written.day(found.closed_on), "") if found.closed_on else (_("State"), _("open"), ""),
        (_("At the gate"), words.state(line), ""),
    ]
