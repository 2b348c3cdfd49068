"""Peer reviews: what waits for me, the team's figures, one review, coaching."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from relevo.answers.relay.acting import my_person
from relevo.answers.reviews.drawing import assign
from relevo.answers.reviews.mine import my_reviews
from relevo.answers.reviews.one import review_one
from relevo.answers.reviews.picking import conversation_to_pick
from relevo.answers.reviews.sight import (
    check_leads,
    draw_to_take,
    review_to_answer,
    review_to_score,
    talk_to_withdraw,
)
from relevo.answers.reviews.team import reviews_page
from relevo.base.errors import WrongUse
from relevo.desk.relay.actions_history import Overtaken
from relevo.desk.reviews import actions
from relevo.desk.reviews.rules import review_rules, rubric_for
from relevo.jobs.clock import now
from relevo.web.conversations import reviews as words
from relevo.web.conversations.review_typed import fields, marks_typed, talk_moment
from relevo.web.reader import home, reading_of
from relevo.web.relay.typed import number, yes_or_no
from relevo.web.trail import note_person_level
from relevo.web.views.settings.tabs import company_today

NOT_UNDERSTOOD, TAKEN = 422, 409


@require_safe
def reviews(request: HttpRequest) -> HttpResponse:
    """My part in reviews, and the team's figures."""
    return _page(request)


@require_http_methods(["GET", "POST"])
def one_review(request: HttpRequest, key: int) -> HttpResponse:
    """One review; a POST does what `do` says: score it, reply to it, give it back."""
    if request.method == "GET":
        return _one(request, key)
    doing: Mapping[str, Callable[[], str]] = {
        "score": lambda: _score(request, key),
        "reply": lambda: _reply(request, key),
        "back": lambda: _give_back(request, key),
    }
    act = request.POST.get("do", "")
    if act not in doing:
        raise WrongUse(f"A review cannot take {act[:40]!r}.", f"Known: {', '.join(doing)}.")
    try:
        return HttpResponseRedirect(doing[act]())
    except Overtaken as problem:
        return _one(request, key, problem, TAKEN)
    except WrongUse as problem:
        return _one(request, key, problem, NOT_UNDERSTOOD)


@require_POST
def take_review(request: HttpRequest, key: int) -> HttpResponse:
    """Take over something that waits for a reviewer."""
    reading = reading_of(request)
    wanted = draw_to_take(reading, key, company_today())
    try:
        taken = actions.take(wanted.key, my_person(reading), request.user.get_username(), now())
    except WrongUse as problem:
        return _page(request, problem, TAKEN)
    return HttpResponseRedirect(reverse("one-review", args=[taken]))


@require_POST
def pick_review(request: HttpRequest) -> HttpResponse:
    """Have a conversation of one's own, or of somebody one leads, reviewed for a reason."""
    reading, asked, who = reading_of(request), request.POST, request.user.get_username()
    new = conversation_to_pick(reading, asked.get("conversation", "").strip(), asked.get("person", "").strip())
    try:
        wanted = actions.pick(new, asked.get("why", ""), who, now())
    except WrongUse as problem:
        return _page(request, problem, NOT_UNDERSTOOD)
    rules = replace(review_rules(company_today()), pairs=0.0)
    actions.give(assign(reading, [wanted], rules, wanted.key, now()), who, now())
    return HttpResponseRedirect(f"{reverse('reviews')}?done=picked")


@require_POST
def note_coaching(request: HttpRequest) -> HttpResponse:
    """Write down that somebody was coached, and when."""
    reading, asked = reading_of(request), request.POST
    person = asked.get("person", "")
    check_leads(reading, person)
    try:
        at = talk_moment(asked.get("on", ""), home().config().company.timezone)
        actions.note_coaching(person, my_person(reading), at, None, request.user.get_username(), now())
    except WrongUse as problem:
        return _page(request, problem, NOT_UNDERSTOOD)
    return HttpResponseRedirect(f"{reverse('reviews')}?done=coached#coaching")


@require_POST
def withdraw_coaching(request: HttpRequest, key: int) -> HttpResponse:
    """Take back a talk that was written down by mistake."""
    kept = talk_to_withdraw(reading_of(request), key)
    actions.withdraw_coaching(kept.id, request.user.get_username(), now())
    return HttpResponseRedirect(f"{reverse('reviews')}?done=withdrawn#coaching")


def _page(request: HttpRequest, problem: WrongUse | None = None, status: int = 200) -> HttpResponse:
    reading = reading_of(request)
    page, mine = reviews_page(reading), my_reviews(reading, company_today())
    note_person_level(request, page.shown)
    told: dict[str, Any] = {
        "page": page,
        "mine": mine,
        "sentence": words.sentence(page),
        "glance": words.glance(page) if page.whole.get("n") else [],
        "groups": words.groups_chart(page),
        "steady": words.steady_chart(page),
        "trend": words.trend_chart(page),
        "agreement": words.agreement(page),
        "agreement_grid": words.agreement_grid(page),
        "accuracy": words.accuracy_grid(page),
        "severity": words.severity_grid(page),
        "coached": words.coaching_sentence(page),
        "coaching": words.coaching_grid(page),
        "sample": words.sample_sentence(page),
        "queue": words.lines_grid(mine.queue, _("To review"), tells_person=True),
        "about_me": words.lines_grid(mine.about_me, _("What colleagues said of my answers"), tells_person=False),
        "about_team": words.lines_grid(mine.about_team, _("Reviews of those I lead"), tells_person=True),
        "given": words.lines_grid(mine.given, _("What I reviewed"), tells_person=True),
        "today": company_today(),
        "typed": request.POST,
        "problem": problem,
        "done": request.GET.get("done", ""),
    }
    return render(request, "relevo/conversations/reviews.html", told, status=status)


def _one(request: HttpRequest, key: int, problem: WrongUse | None = None, status: int = 200) -> HttpResponse:
    one = review_one(reading_of(request), key, company_today())
    note_person_level(request, ["person_id"])
    told = {
        "one": one,
        "line": one.line,
        "how": words.drawn_how(one.line),
        "channel": words.channel(one.line.channel),
        "score": words.points(one.line.score),
        "fields": fields(one, request.POST),
        "problem": problem,
        "typed": request.POST,
        "done": request.GET.get("done", ""),
    }
    return render(request, "relevo/conversations/review.html", told, status=status)


def _score(request: HttpRequest, key: int) -> str:
    kept, asked = review_to_score(reading_of(request), key), request.POST
    rubric = rubric_for(kept, company_today())
    marks = marks_typed([each.name for each in rubric], asked)
    hard, seen, who = yes_or_no(asked, "was_hard"), number(asked, "seen"), request.user.get_username()
    actions.score(key, rubric, marks, asked.get("note", ""), hard, seen, who, now())
    return f"{reverse('one-review', args=[key])}?done=scored"


def _reply(request: HttpRequest, key: int) -> str:
    reading = reading_of(request)
    review_to_answer(reading, key)
    actions.reply(key, request.POST.get("text", ""), my_person(reading), request.user.get_username(), now())
    return f"{reverse('one-review', args=[key])}#replies"


def _give_back(request: HttpRequest, key: int) -> str:
    review_to_score(reading_of(request), key)
    actions.give_back(key, request.user.get_username(), now())
    return f"{reverse('reviews')}?done=back"
