"""What is done with a hand-off that was given: return, accept, confirm, withdraw, tick, meet, ask again, link."""

from collections.abc import Callable, Mapping
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_POST

from relevo.answers.reading import NotFound
from relevo.answers.relay.acting import handoff_to_change, my_person
from relevo.answers.relay.beginning import known_receiver
from relevo.answers.relay.one import handoff_to_show, handoff_to_tell_of
from relevo.base.errors import WrongUse
from relevo.desk.relay.actions import Decided, Verdict, accept, confirm, give_back, withdraw
from relevo.desk.relay.actions_customer import make_link
from relevo.desk.relay.actions_history import Overtaken
from relevo.desk.relay.actions_items import note_reask, set_meeting, tick
from relevo.desk.relay.handoffs import items_of
from relevo.desk.relay.promises import promises_of
from relevo.desk.relay.states import Act, NotNow
from relevo.jobs.clock import now
from relevo.web.reader import clock, reading_of
from relevo.web.relay.page import Shown, handoff_page
from relevo.web.relay.typed import needed, number, yes_or_no

NOT_UNDERSTOOD, TAKEN = 422, 409


@require_POST
def act(request: HttpRequest, key: int, act: str) -> HttpResponse:
    """Do one thing with a hand-off, on the revision that the form was shown with; then its page."""
    if act not in _DO:
        raise NotFound("Nothing of that name can be done with a hand-off.", "Open its page again.")
    try:
        link = _DO[act](request, key) or ""
    except (Overtaken, NotNow) as problem:
        return handoff_page(request, key, Shown(problem, typed=request.POST, status=TAKEN))
    except WrongUse as problem:
        return handoff_page(request, key, Shown(problem, typed=request.POST, status=NOT_UNDERSTOOD))
    if link:
        return handoff_page(request, key, Shown(link=link))
    return HttpResponseRedirect(reverse("hand-off", args=[key]))


def _return(request: HttpRequest, key: int) -> None:
    handoff_to_change(reading_of(request), key, Act.RETURN)
    gaps, why = request.POST.getlist("gap"), request.POST.get("reason", "")
    give_back(key, gaps, why, number(request.POST, "seen"), request.user.get_username(), now())


def _accept(request: HttpRequest, key: int) -> None:
    reading, asked = reading_of(request), request.POST
    kept = handoff_to_change(reading, key, Act.ACCEPT)
    taker = "" if kept.to_person_id else known_receiver(reading, asked.get("to", "")) or my_person(reading)
    open_now = [p for p in promises_of(key) if not (p.accepted_at or p.refused_at)]
    decided = {
        p.id: Decided(bool(told), asked.get(f"why.{p.id}", ""))
        for p in open_now
        if (told := yes_or_no(asked, f"decided.{p.id}")) is not None
    }
    accept(key, taker, decided, number(asked, "seen"), request.user.get_username(), now())


def _confirm(request: HttpRequest, key: int) -> None:
    kept, asked = handoff_to_change(reading_of(request), key, Act.CONFIRM), request.POST
    verdicts = {
        item: Verdict(told, asked.get(f"remark.{item}", ""))
        for item in items_of(key)
        if item in kept.items and (told := yes_or_no(asked, f"right.{item}")) is not None
    }
    unwritten = yes_or_no(asked, "unwritten")
    confirm(key, verdicts, unwritten, number(asked, "seen"), request.user.get_username(), now())


def _withdraw(request: HttpRequest, key: int) -> None:
    handoff_to_change(reading_of(request), key, Act.WITHDRAW)
    asked = request.POST
    withdraw(key, asked.get("withdraw_reason", ""), number(asked, "seen"), request.user.get_username(), now())


def _tick(request: HttpRequest, key: int) -> None:
    handoff_to_change(reading_of(request), key, Act.ACCEPT)
    is_done = needed(yes_or_no(request.POST, "done"), "the line")
    tick(key, request.POST.get("line", ""), is_done, request.user.get_username(), now())


def _meet(request: HttpRequest, key: int) -> None:
    handoff_to_tell_of(reading_of(request), key)
    set_meeting(key, _moment(request.POST.get("meeting", "")), request.user.get_username(), now())


def _reask(request: HttpRequest, key: int) -> None:
    handoff_to_tell_of(reading_of(request), key)
    asked = request.POST
    item, who, note = asked.get("item", ""), asked.get("told_by", ""), asked.get("note", "")
    note_reask(key, item, who, note, request.user.get_username(), now())


def _link(request: HttpRequest, key: int) -> str:
    """The whole address of a new link, to be copied once; earlier ones are void."""
    handoff_to_show(reading_of(request), key)
    token = make_link(key, request.user.get_username(), now())
    try:
        return request.build_absolute_uri(reverse("customer-link", args=[token]))
    except NoReverseMatch:
        return request.build_absolute_uri(f"/h/{token}")


_DO: Mapping[str, Callable[[HttpRequest, int], str | None]] = {
    "return": _return, "accept": _accept, "confirm": _confirm, "withdraw": _withdraw, "tick": _tick,
    "meeting": _meet, "reask": _reask, "link": _link,
}  # fmt: skip


def _moment(text: str) -> datetime | None:
    """The moment of the form, on the clock of who wrote it; None where it was left empty."""
    if not text:
        return None
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise WrongUse(f"{text[:40]!r} is not a moment.", "Write it as 2026-10-31T14:30.") from None
    return at if at.tzinfo else at.replace(tzinfo=clock())
