"""Follow up what a hand-off told: take lines over, change them, say what became of them, take them back."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from relevo.answers.relay.follow_ups import handoff_to_follow, line_to_tell_of, proposals
from relevo.answers.relay.one import handoff_read_by, one_handoff
from relevo.base.errors import WrongUse
from relevo.desk.relay.actions_follow_ups import change_line, say_of_line, take_back_line, take_over
from relevo.desk.relay.actions_history import Overtaken
from relevo.desk.relay.actions_items import note_read
from relevo.desk.relay.follow_ups import KeptFollowUp
from relevo.desk.relay.states import NotNow
from relevo.jobs.clock import now
from relevo.web.reader import reading_of
from relevo.web.relay.follow import follow_part
from relevo.web.relay.follow_typed import fields_proposed, fields_typed, first_day, line_of, word_of
from relevo.web.relay.one import ALL
from relevo.web.relay.page import Shown, handoff_page
from relevo.web.relay.typed import number
from relevo.web.views.settings.tabs import company_today

NOT_UNDERSTOOD, TAKEN = 422, 409


@require_POST
def take(request: HttpRequest, key: int) -> HttpResponse:
    """Follow a line up, as it was proposed or as it was typed; or all that is proposed of one item."""
    handoff_to_follow(reading_of(request), key)
    is_all = request.POST.get("do") == "all"
    return _done(request, key, lambda: _take_all(request, key) if is_all else _take(request, key))


@require_POST
def line(request: HttpRequest, key: int, line: int) -> HttpResponse:
    """Do with a line what the button says: say something of it, change it, or take it back."""
    kept, asked = line_to_tell_of(reading_of(request), key, line), request.POST
    doing: Mapping[str, Callable[[], str]] = {
        "say": lambda: _say(request, kept, asked.get("status", "")),
        "change": lambda: _change(request, kept),
        "back": lambda: _take_back(request, kept),
    }
    quick, _colon, status = asked.get("do", "").partition(":")
    if quick == "quick":
        return _done(request, key, lambda: _say(request, kept, status))
    if quick not in doing:
        raise WrongUse(f"A line cannot take {quick[:40]!r}.", f"Known: {', '.join(doing)}.")
    return _done(request, key, doing[quick])


def _take(request: HttpRequest, key: int) -> str:
    asked, who = request.POST, request.user.get_username()
    item, fields = asked.get("item", ""), fields_typed(request.POST)
    source, first = asked.get("key", "")[:32], first_day(fields)
    found = take_over(key, item, line_of(fields, item), who, now(), source_key=source, first_due_on=first)
    _read(request, key, item)
    return f"line-{found}"


def _take_all(request: HttpRequest, key: int) -> str:
    """All that is proposed of an item, as it was read and shown beneath each."""
    item, who = request.POST.get("item", ""), request.user.get_username()
    for each in proposals(reading_of(request), key, [item]):
        found = each.proposal
        new = line_of(fields_proposed(found, each.first_due_on), item)
        take_over(key, item, new, who, now(), source_key=found.key, first_due_on=each.first_due_on)
    _read(request, key, item)
    return f"follow-{item}"


def _say(request: HttpRequest, kept: KeptFollowUp, status: str) -> str:
    seen, who = number(request.POST, "seen"), request.user.get_username()
    say_of_line(kept.id, word_of(request.POST, status), seen, who, now(), company_today())
    return f"line-{kept.id}"


def _change(request: HttpRequest, kept: KeptFollowUp) -> str:
    new = line_of(fields_typed(request.POST), kept.item)
    change_line(kept.id, new, number(request.POST, "seen"), request.user.get_username(), now())
    return f"line-{kept.id}"


def _take_back(request: HttpRequest, kept: KeptFollowUp) -> str:
    asked = request.POST
    take_back_line(kept.id, asked.get("why", ""), number(asked, "seen"), request.user.get_username(), now())
    return f"follow-{kept.item}"


def _read(request: HttpRequest, key: int, item: str) -> None:
    """Who follows a line of an item up has read the item."""
    for each in handoff_read_by(reading_of(request), key, [item], ALL):
        note_read(key, each, request.user.get_username(), now())


def _done(request: HttpRequest, key: int, do: Callable[[], str]) -> HttpResponse:
    """Do it and show the page again, or its part alone to a script; with what was typed where it could not be done."""
    opened = request.POST.getlist("open")
    try:
        place = do()
    except (Overtaken, NotNow) as problem:
        return _again(request, key, Shown(problem, typed=request.POST, opened=opened, status=TAKEN))
    except WrongUse as problem:
        return _again(request, key, Shown(problem, typed=request.POST, opened=opened, status=NOT_UNDERSTOOD))
    if "HX-Request" in request.headers:
        return _again(request, key, Shown(opened=opened))
    asked = "&".join(f"open={item}" for item in opened if item.replace("_", "").isalnum())
    return HttpResponseRedirect(f"{reverse('hand-off', args=[key])}{'?' if asked else ''}{asked}#{place}")


def _again(request: HttpRequest, key: int, shown: Shown) -> HttpResponse:
    if "HX-Request" not in request.headers:
        return handoff_page(request, key, shown)
    reading, day = reading_of(request), company_today()
    one = one_handoff(reading, key, day)
    told = {
        "kept": one.kept,
        "follow": follow_part(reading, one, day, shown.opened, shown.typed),
        "problem": shown.problem,
        "is_part": True,
    }
    return render(request, "relevo/relay/follow_ups.html", told)
