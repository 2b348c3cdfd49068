"""What a customer is asked through a link, without signing in: is this what you told us?"""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from relevo.answers.relay.understood import understood
from relevo.base.errors import WrongUse
from relevo.desk.people.actions_doors import TooMany, begin_try, forgive
from relevo.desk.relay.actions_customer import LONGEST_SAID, customer_says
from relevo.desk.relay.links import LinkVoid, link_of
from relevo.jobs.clock import now
from relevo.web.reader import reading_of
from relevo.web.relay.item_words import customers_item
from relevo.web.visitors import address_of

# The doors at which tries are counted: links that do not hold, and words through one that does.
DOOR, WORDS = "customer-link", "customer-words"
NOT_UNDERSTOOD = 422
View = Callable[[HttpRequest, str], HttpResponse]


def unlisted(view: View) -> View:
    """An address that no search engine keeps."""

    @wraps(view)
    def unlisted_view(request: HttpRequest, token: str) -> HttpResponse:
        response = view(request, token)
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return unlisted_view


@login_not_required
@never_cache
@unlisted
@require_http_methods(["GET", "HEAD", "POST"])
def customer_link(request: HttpRequest, token: str) -> HttpResponse:
    """What was understood, and a way to say that it is right or what is not.

    A link that does not hold counts as a failed try, so that nobody finds one by trying.
    """
    try:
        begun = begin_try(DOOR, address_of(request), "", now())
        answer = _say(request, token) if request.method == "POST" else _page(request, token)
    except TooMany as problem:
        return come_later(request, problem)
    except LinkVoid:
        return render(request, "relevo/relay/customer_void.html", status=404)
    forgive(begun)
    return answer


def come_later(request: HttpRequest, problem: TooMany) -> HttpResponse:
    """Too many tries: 429, and when to come again; without the ways in that other doors show."""
    response = render(request, "relevo/relay/customer_later.html", {"until": problem.until}, status=429)
    response["Retry-After"] = str(max(1, int((problem.until - now()).total_seconds())))
    return response


def _say(request: HttpRequest, token: str) -> HttpResponse:
    """Keep what the customer says. Colleagues who are signed in look on: their word is not the customer's."""
    link = link_of(token)
    if request.user.is_authenticated:
        return _page(request, token)
    begin_try(WORDS, "", f"{link.handoff_id}", now())
    asked = request.POST
    try:
        customer_says(link, asked.get("confirms") == "yes", asked.get("text", ""), now())
    except WrongUse:
        return _page(request, token, is_refused=True)
    return HttpResponseRedirect(reverse("customer-link", args=[token]))


def _page(request: HttpRequest, token: str, *, is_refused: bool = False) -> HttpResponse:
    company, found = understood(reading_of(request), token)
    told = {
        "company": company,
        "found": found,
        "items": [(customers_item(item), text) for item, text in found.items],
        "is_refused": is_refused,
        "typed": request.POST.get("text", "") if is_refused else found.said,
        "longest": LONGEST_SAID,
        "looks_on": request.user.is_authenticated,
    }
    return render(request, "relevo/relay/customer.html", told, status=NOT_UNDERSTOOD if is_refused else 200)
