"""Who is one customer: what waits for a word, two customers side by side, decisions and what undoes them."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from relevo.answers.identity_deciding import decision_to_undo, pair_to_decide
from relevo.answers.identity_decisions import decision_lines
from relevo.answers.identity_review import Order, Pair, pair, review_queue
from relevo.base.errors import WrongUse
from relevo.desk.identity.actions import AlreadyDecided, NewDecision
from relevo.desk.identity.actions import decide as keep_decision
from relevo.desk.identity.actions import undo as undo_kept
from relevo.jobs.clock import now
from relevo.web import identity as words
from relevo.web.identity_words import OFTEN, decided
from relevo.web.numbers import offset_of
from relevo.web.parts import More
from relevo.web.reader import reading_of

PAGE = 50
# What was asked is understood and cannot be done: with what was typed, the page says why.
NOT_UNDERSTOOD, TAKEN = 422, 409


@require_safe
def identity(request: HttpRequest) -> HttpResponse:
    """The pairs that wait: `?order=`; with `?one=&other=` those two customers side by side."""
    asked = request.GET
    if asked.get("one") or asked.get("other"):
        return _pair_page(request, pair(reading_of(request), asked.get("one", ""), asked.get("other", "")))
    queue = review_queue(reading_of(request), offset_of(request), asked.get("order") or Order.CONFIDENCE)
    told = {
        "queue": queue,
        "sentence": words.queue_sentence(queue),
        "waiting": words.waiting_note(queue.waiting),
        "grid": words.queue_grid(queue),
        "more": words.queue_more(queue),
        "counts": words.counts_grid(queue.counts),
        "done": _done(request),
    }
    return render(request, _template(request, "identity"), told)


@require_safe
def decisions(request: HttpRequest) -> HttpResponse:
    """All that was ever decided about identity, the latest first."""
    lines, offset = decision_lines(reading_of(request)), offset_of(request)
    end = offset + PAGE
    more = More(f"{reverse('identity-decisions')}?offset={end}", end, len(lines)) if end < len(lines) else None
    told = {"found": len(lines), "grid": words.decisions_grid(lines[offset:end]), "more": more}
    return render(request, _template(request, "identity_decisions"), told)


@require_POST
def decide(request: HttpRequest) -> HttpResponse:
    """Say of two customers that they are one or are not; then the next pair that waits."""
    asked, reading = request.POST, reading_of(request)
    one, other, kept = asked.get("one", ""), asked.get("other", ""), asked.get("keep", "")
    customer_id, other_id = (other, one) if kept == other else (one, other)
    new = NewDecision(asked.get("kind", ""), customer_id, other_id, asked.get("reason", ""), _seen(request))
    pair_to_decide(reading, new.kind, customer_id, other_id)
    try:
        key = keep_decision(new, request.user.get_username(), now())
    except WrongUse as problem:
        return _pair_page(request, pair(reading, one, other), problem)
    return HttpResponseRedirect(_next(request, key))


@require_POST
def undo(request: HttpRequest, key: int) -> HttpResponse:
    """Let a decision hold no more; the two customers stand side by side again."""
    line = decision_to_undo(reading_of(request), key)
    try:
        undo_kept(key, request.user.get_username(), request.POST.get("reason", ""), now())
    except WrongUse as problem:
        return _pair_page(request, pair(reading_of(request), line.customer_id, line.other_id), problem)
    return HttpResponseRedirect(words.pair_address(line.customer_id, line.other_id) + "&done=undone")


def _seen(request: HttpRequest) -> int:
    """The decision that the form was made with; 0 where there was none."""
    text = request.POST.get("instead_of", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else 0


def _next(request: HttpRequest, key: int) -> str:
    """Where to go on: to the next pair that waits, with a word on what was just decided."""
    waiting = review_queue(reading_of(request), limit=1).rows
    if not waiting:
        return f"{reverse('identity')}?done={key}"
    return f"{words.pair_address(waiting[0].customer_id, waiting[0].other_id)}&done={key}"


def _pair_page(request: HttpRequest, found: Pair, problem: WrongUse | None = None) -> HttpResponse:
    told: dict[str, Any] = {
        "pair": found,
        "sentence": words.pair_sentence(found),
        "why_joined": words.join_sentence(found),
        "sides": words.sides_grid(found),
        "evidence": words.evidence_grid(found),
        "history": words.decisions_grid(found.history, more=False),
        "held": decided(found.held) if found.held else "",
        "often": [str(each) for each in OFTEN],
        "waiting": words.waiting_note(found.waiting),
        "done": _done(request),
        "problem": problem,
        "typed": request.POST,
    }
    status = (TAKEN if isinstance(problem, AlreadyDecided) else NOT_UNDERSTOOD) if problem else 200
    return render(request, "relevo/data/identity_pair.html", told, status=status)


def _done(request: HttpRequest) -> dict[str, str] | None:
    """What was decided just before, with the way back; None where the address names nothing that was."""
    text = request.GET.get("done", "")
    if text == "undone":
        return {"text": "", "href": ""}
    lines = decision_lines(reading_of(request)) if text.isascii() and text.isdigit() else ()
    line = next((each for each in lines if str(each.id) == text and each.undone_at is None), None)
    if line is None:
        return None
    return {"text": f"{line.customer}, {line.other}: {decided(line)}", "href": words.pair_address(
        line.customer_id, line.other_id)}  # fmt: skip


def _template(request: HttpRequest, name: str) -> str:
    return "relevo/parts/grid_rows.html" if "HX-Request" in request.headers else f"relevo/data/{name}.html"
