"""Write a hand-off: save its items, one or all; take a suggestion, add a promise, give it, withdraw it."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from relevo.answers.reading import NotFound
from relevo.answers.relay.acting import handoff_to_change, person_names
from relevo.answers.relay.beginning import known_receiver
from relevo.answers.relay.one import handoff_to_write, item_view, revision_to_act, suggestions
from relevo.base.errors import WrongUse
from relevo.desk.people.colleagues import colleagues
from relevo.desk.relay.actions import give, withdraw
from relevo.desk.relay.actions_history import Overtaken
from relevo.desk.relay.actions_items import name_receiver, save_item
from relevo.desk.relay.actions_promises import NewPromise, make_promise
from relevo.desk.relay.board import last_event
from relevo.desk.relay.handoffs import KeptHandOff, handoff_with, items_of
from relevo.desk.relay.states import Act, NotNow
from relevo.desk.relay.templates import SUMMARY
from relevo.jobs.clock import now, today
from relevo.web.reader import reading_of
from relevo.web.relay.boxes import Troubles, box
from relevo.web.relay.page import Shown, handoff_page
from relevo.web.relay.saving import Writer, save_one, save_typed
from relevo.web.relay.suggested import as_item, chosen
from relevo.web.relay.typed import day_of, number, typed_item
from relevo.web.views.relay.one import open_item

NOT_UNDERSTOOD, TAKEN = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
def item(request: HttpRequest, key: int, item: str) -> HttpResponse:
    """GET opens an item of what was given; POST saves one that is written, as the form does by itself."""
    return _autosave(request, key, item) if request.method == "POST" else open_item(request, key, item)


@require_POST
def write(request: HttpRequest, key: int) -> HttpResponse:
    """Save all that was touched, then do what the button says: save, use, promise, give, withdraw."""
    reading, asked = reading_of(request), request.POST
    kept = handoff_to_change(reading, key, Act.EDIT)
    try:
        troubles = save_typed(kept, asked, _writer(request))
        if not (troubles.conflicts or troubles.problems):
            _name_receiver(request, handoff_to_write(reading, key))
            return HttpResponseRedirect(_DO.get(_what(asked), _saved)(request, kept))
    except (Overtaken, NotNow) as problem:
        return handoff_page(request, key, Shown(problem, typed=asked, status=TAKEN))
    except WrongUse as problem:
        return handoff_page(request, key, Shown(problem, typed=asked, status=NOT_UNDERSTOOD))
    status = TAKEN if troubles.conflicts else NOT_UNDERSTOOD
    return handoff_page(request, key, Shown(troubles=troubles, typed=asked, status=status))


def _autosave(request: HttpRequest, key: int, item: str) -> HttpResponse:
    """The state of an item after saving it; the whole box where two texts were settled or one cannot be kept."""
    reading, asked = reading_of(request), request.POST
    kept = handoff_to_change(reading, key, Act.EDIT)
    if item not in kept.items or typed_item(asked, item) is None:
        raise NotFound(f"Hand-off {key} has no item {item[:40]!r}.", "Open the hand-off again.")
    try:
        troubles, late = save_one(kept, item, asked, _writer(request)), None
    except NotNow as problem:
        troubles, late = Troubles(), problem
    return _box(request, kept, item, troubles, late)


def _box(request: HttpRequest, kept: KeptHandOff, item: str, troubles: Troubles, late: NotNow | None) -> HttpResponse:
    reading, asked = reading_of(request), request.POST
    view = item_view(reading, kept.id, item)
    if view is None:
        raise NotFound(f"Hand-off {kept.id} has no item {item[:40]!r} for you.", "Open the hand-off again.")
    is_whole = bool(asked.get("settle"))
    suggested = suggestions(reading, kept.id) if is_whole else {}
    day = today(reading.company_book.company.timezone)
    told = {
        "kept": handoff_with(kept.id),
        "box": box(view, day, suggested, troubles),
        "late": late,
        "event": _event(request, kept),
    }
    return render(request, f"relevo/relay/{'item_box' if is_whole else 'item_state'}.html", told)


def _event(request: HttpRequest, kept: KeptHandOff) -> int:
    """How far the history was seen: past what one did oneself, and not past what another did."""
    seen = number(request.POST, "event")
    reading = reading_of(request)
    is_mine = revision_to_act(reading, kept.id, -1, seen) >= 0
    return last_event(kept.id) if is_mine else seen


def _saved(_request: HttpRequest, kept: KeptHandOff) -> str:
    return reverse("hand-off", args=[kept.id]) + "#saved"


def _use(request: HttpRequest, kept: KeptHandOff) -> str:
    """Put a suggestion into its item, below what stands there in the one box of a small company."""
    value = request.POST.get("use", "")
    found = chosen(suggestions(reading_of(request), kept.id), value)
    item = value.partition(".")[0]
    if found is None:
        raise WrongUse("This suggestion is gone.", "Choose another one.")
    target = item if item in kept.items else SUMMARY
    held = items_of(kept.id).get(target)
    new = as_item(found)
    if target == SUMMARY and held and held.text:
        new = replace(new, text=f"{held.text}\n{new.text}", source=held.source)
    save_item(kept.id, target, new, held.revision if held else 0, request.user.get_username(), now())
    return reverse("hand-off", args=[kept.id]) + f"#item-{target}"


def _promise(request: HttpRequest, kept: KeptHandOff) -> str:
    asked = request.POST
    new = NewPromise(
        kept.customer_id, asked.get("promise", ""), asked.get("product", ""), now(), kept.from_person_id,
        asked.get("to_whom", ""), day_of(asked, "due_on"), kept.deal_id, kept.id, asked.get("issue", "").strip(),
        asked.get("promise_link", "").strip(),
    )  # fmt: skip
    make_promise(new, request.user.get_username(), now())
    return reverse("hand-off", args=[kept.id]) + "#promises"


def _give(request: HttpRequest, kept: KeptHandOff) -> str:
    asked, reading = request.POST, reading_of(request)
    seen = revision_to_act(reading, kept.id, number(asked, "seen"), number(asked, "event"))
    days = number(asked, "days")
    if not 1 <= days <= 365:
        raise WrongUse("A receiver has 1 to 365 days.", "Write a whole number of days.")
    give(kept.id, seen, request.user.get_username(), now(), days, asked.get("override", ""))
    return reverse("hand-off", args=[kept.id])


def _withdraw(request: HttpRequest, kept: KeptHandOff) -> str:
    asked = request.POST
    seen = revision_to_act(reading_of(request), kept.id, number(asked, "seen"), number(asked, "event"))
    withdraw(kept.id, asked.get("withdraw_reason", ""), seen, request.user.get_username(), now())
    return reverse("hand-off", args=[kept.id])


_DO: Mapping[str, Callable[[HttpRequest, KeptHandOff], str]] = {
    "save": _saved, "use": _use, "promise": _promise, "give": _give, "withdraw": _withdraw
}  # fmt: skip


def _what(asked: Mapping[str, str]) -> str:
    return "use" if asked.get("use") else asked.get("do", "save")


def _name_receiver(request: HttpRequest, kept: KeptHandOff) -> None:
    """Only where this form changed it: another editor may have named somebody meanwhile."""
    asked = request.POST
    if "to" in asked and asked["to"] != asked.get("was_to", kept.to_person_id) and asked["to"] != kept.to_person_id:
        name_receiver(kept.id, known_receiver(reading_of(request), asked["to"]), request.user.get_username(), now())


def _writer(request: HttpRequest) -> Writer:
    names = {**dict(colleagues()), **person_names(reading_of(request))}
    return Writer(request.user.get_username(), now(), names)
