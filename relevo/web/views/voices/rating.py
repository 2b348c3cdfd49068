"""The page behind a rating link: great, okay or not good, without signing in.

Programs open the links of a mail before anybody reads it. So GET and HEAD never vote: they show the answer that was
chosen, and POST keeps it. What the page's script does, and what programs can still do: docs/how-to/ask-for-a-rating.md.
"""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from relevo.base.errors import WrongUse
from relevo.base.scales import Answer
from relevo.desk.people.actions_doors import TooMany, begin_try, forgive
from relevo.desk.voices.actions import Said, vote
from relevo.desk.voices.asking import LONGEST_COMMENT, AskingRules
from relevo.desk.voices.links import OWN, RatingVoid, SignedElsewhere, link_of
from relevo.desk.voices.rules import asking_rules
from relevo.desk.voices.votes import Asked, How, asked_with
from relevo.jobs.clock import now
from relevo.web.labels import label
from relevo.web.reader import reading_of
from relevo.web.views.relay.customer_link import come_later, unlisted
from relevo.web.visitors import address_of
from relevo.web.voices.words import ANSWERS, REASONS

# The doors at which tries are counted: links that do not hold, and votes through one that does.
DOOR, VOTES = "rating-link", "rating-votes"
NOT_UNDERSTOOD = 422
Link = int | SignedElsewhere
# Of the languages that conversations have, those that the pages have under another code.
_LANGUAGES = {"pt": "pt-br", "zh": "zh-hans"}


@login_not_required
@never_cache
@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def rating(request: HttpRequest, token: str) -> HttpResponse:
    """The question with the chosen answer, and on POST the vote; a link that does not hold counts as a failed try."""
    try:
        begun = begin_try(DOOR, address_of(request), "", now())
        link, rules = link_of(token, request.GET), asking_rules(now().date())
        asked = asked_with(link, rules.lasts, now())
        with _in_language(request, asked.language):
            answer = _vote(request, link, asked, rules) if request.method == "POST" else _page(request, asked, rules)
            answer["Content-Language"] = translation.get_language() or ""
    except TooMany as problem:
        return come_later(request, problem)
    except RatingVoid:
        return render(request, "relevo/voices/void.html", status=404)
    forgive(begun)
    return answer


def _vote(request: HttpRequest, link: Link, asked: Asked, rules: AskingRules) -> HttpResponse:
    """Keep a vote. Colleagues who are signed in look on: their word is not the customer's."""
    if request.user.is_authenticated:
        return _page(request, asked, rules)
    begin_try(VOTES, "", link.key if isinstance(link, SignedElsewhere) else str(link), now())
    sent, answer = request.POST, _answer(request.POST)
    how = How.MOVED if sent.get("how") == How.MOVED else How.PRESSED
    if answer is None:
        return _page(request, asked, rules, problem="answer")
    said = Said(answer) if how is How.MOVED else Said(answer, sent.get("reason", ""), sent.get("comment", ""))
    try:
        took = vote(link, said, how, rules, now())
    except WrongUse:
        return _page(request, asked, rules, problem="comment")
    return JsonResponse({"took": took}) if how is How.MOVED else HttpResponseRedirect(_here(request))


def _page(request: HttpRequest, asked: Asked, rules: AskingRules, problem: str = "") -> HttpResponse:
    book = reading_of(request).published
    sent: Mapping[str, str] = request.POST if problem else {}
    chosen = _answer(request.POST if problem else request.GET) or asked.answer
    reason = sent.get("reason", asked.reason)
    told: dict[str, Any] = {
        "company": book.company.name if book else "",
        "answers": [(each.value, label(ANSWERS, each), each is chosen) for each in Answer],
        "said": label(ANSWERS, asked.answer) if asked.answer else "",
        "reasons": [(code, label(REASONS, code), code == reason) for code in rules.reasons],
        "comment": sent.get("comment", asked.comment),
        "longest": LONGEST_COMMENT,
        "problem": problem,
        "looks_on": request.user.is_authenticated,
        "sends_itself": not problem and chosen is not None and chosen is not asked.answer,
    }
    return render(request, "relevo/voices/rating.html", told, status=NOT_UNDERSTOOD if problem else 200)


def _answer(asked: Mapping[str, str]) -> Answer | None:
    """The answer of an address (a=) or of a form; None for none, and for what is none."""
    text = asked.get("answer", asked.get("a", ""))
    return Answer(text) if text in set(Answer) else None


def _here(request: HttpRequest) -> str:
    """The address of the same link without a chosen answer."""
    kept = {name: request.GET[name] for name in "cmts" if name in request.GET and request.path.endswith(OWN)}
    return request.path + (f"?{urlencode(kept)}" if kept else "")


def _in_language(request: HttpRequest, language: str) -> AbstractContextManager[Any]:
    """The language of the conversation, until the reader chooses one."""
    code = _LANGUAGES.get(language, language)
    if settings.LANGUAGE_COOKIE_NAME in request.COOKIES or code not in dict(settings.LANGUAGES):
        return nullcontext()
    return translation.override(code)
