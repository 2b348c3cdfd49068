"""One promise: what it is, what became of it, what may be done; and the form that writes one down."""

from collections.abc import Callable, Mapping
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from relevo.answers.relay.acting import promise_to_change
from relevo.answers.relay.issues import issue_named, issues_like
from relevo.answers.relay.promise_one import Act, PromiseOne, PromiseStart, promise_one, promise_start
from relevo.base.errors import WrongUse
from relevo.base.periods import parse_day
from relevo.desk.relay import actions_promises as actions
from relevo.desk.relay.actions_history import Overtaken
from relevo.desk.relay.promises import KeptPromise, ProductState
from relevo.jobs.clock import now
from relevo.web.labels import label
from relevo.web.numbers import number_of
from relevo.web.reader import home, reading_of
from relevo.web.relay import promise_words as words
from relevo.web.views.settings.tabs import company_today, day_of

NOT_UNDERSTOOD, TAKEN = 422, 409
SUGGEST = "suggest"


@require_http_methods(["GET", "POST"])
def promise(request: HttpRequest, key: int) -> HttpResponse:
    """One promise with its history; a POST does what `do` says."""
    reading = reading_of(request)
    if request.method == "GET":
        return _page(request, promise_one(reading, key, company_today()))
    kept, asked = promise_to_change(reading, key), request.POST
    if asked.get("do") == SUGGEST:
        return _page(request, promise_one(reading, key, company_today()), suggests=True)
    try:
        _act(request, kept)
    except WrongUse as problem:
        return _page(request, promise_one(reading_of(request), key, company_today()), problem)
    if asked["do"] == Act.WITHDRAW:
        return HttpResponseRedirect(f"{reverse('promises')}?done=withdrawn")
    return HttpResponseRedirect(f"{reverse('promise', args=[key])}?done={asked['do']}")


@require_http_methods(["GET", "POST"])
def promise_new(request: HttpRequest) -> HttpResponse:
    """The form of a new promise: `?customer=&deal=&handoff=` say to whom and with what it goes."""
    reading = reading_of(request)
    asked = request.GET
    start = promise_start(reading, asked.get("customer", ""), asked.get("deal", ""), number_of(request, "handoff"))
    if request.method == "GET" or request.POST.get("do") == SUGGEST:
        return _form(request, start)
    try:
        key = actions.make_promise(_new(request, start), request.user.get_username(), now())
    except WrongUse as problem:
        return _form(request, start, problem)
    return HttpResponseRedirect(f"{reverse('promise', args=[key])}?done=made")


def _act(request: HttpRequest, kept: KeptPromise) -> None:
    """Do what a form says. WrongUse where it cannot be done, or says nothing that is known."""
    asked, who, at = request.POST, request.user.get_username(), now()
    why, key = asked.get("why", ""), kept.id
    doing: Mapping[str, Callable[[], None]] = {
        Act.ACCEPT: lambda: actions.decide_promise(key, True, why, who, at),
        Act.REFUSE: lambda: actions.decide_promise(key, False, why, who, at),
        Act.KEEP: lambda: actions.keep_promise(key, _is_over(kept), who, at),
        Act.BREAK: lambda: actions.break_promise(key, why, who, at),
        Act.CHANGE: lambda: _change(request, kept),
        Act.WITHDRAW: lambda: actions.withdraw_promise(key, why, who, at),
    }
    act = asked.get("do", "")
    if act not in doing:
        raise WrongUse(f"A promise cannot take {act[:40]!r}.", f"Known: {', '.join(doing)}.")
    doing[act]()


def _change(request: HttpRequest, kept: KeptPromise) -> None:
    asked = request.POST
    actions.change_promise(
        kept.id, asked.get("text", ""), asked.get("product_state", ""), _due(asked), _issue(request),
        asked.get("link", "").strip(), _seen(asked), request.user.get_username(), now(),
    )  # fmt: skip


def _is_over(kept: KeptPromise) -> bool:
    """Whether its day is over where the company is."""
    return kept.due_on is not None and kept.due_on < company_today()


def _new(request: HttpRequest, start: PromiseStart) -> actions.NewPromise:
    asked = request.POST
    person_id = asked.get("person", "")
    if person_id not in dict(start.persons):
        raise WrongUse("Somebody of the company promised it.", "Choose who.")
    return actions.NewPromise(
        start.customer_id, asked.get("text", ""), asked.get("product_state", ""), _made(asked.get("made_on", "")),
        person_id, asked.get("to_whom", ""), _due(asked), start.deal_id, start.handoff_id, _issue(request),
        asked.get("link", "").strip(),
    )  # fmt: skip


def _made(text: str) -> datetime:
    """The moment of today, or noon of an earlier day, where the company is."""
    day = day_of(text)
    if day == company_today():
        return now()
    return datetime.combine(day, time(12), ZoneInfo(home().config().company.timezone))


def _due(asked: QueryDict) -> Any:
    text = asked.get("due_on", "")
    return parse_day(text) if text else None


def _issue(request: HttpRequest) -> str:
    """The issue that a form names; WrongUse where the book has none of it."""
    named = request.POST.get("issue_id", "").strip()
    if named and issue_named(reading_of(request), named) is None:
        raise WrongUse(f"The book has no issue {named[:80]!r}.", "Look for it by its title, or give a link to it.")
    return named


def _seen(asked: QueryDict) -> int:
    text = asked.get("seen", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _page(
    request: HttpRequest, one: PromiseOne, problem: WrongUse | None = None, *, suggests: bool = False
) -> HttpResponse:
    typed, is_changing = request.POST, request.POST.get("do") in (Act.CHANGE, SUGGEST)
    told: dict[str, Any] = {
        "one": one,
        "line": one.line,
        "acts": {str(act): True for act in one.acts},
        "sentence": words.one_sentence(one),
        "is_red": words.is_red(one.line),
        "facts": words.facts(one),
        "history": words.history_grid(one),
        "problem": problem,
        "typed": typed,
        "is_changing": is_changing,
        "theirs": isinstance(problem, Overtaken),
        "done": _done(request.GET.get("done", "")),
        **_fields(request, _shown(one.kept, typed if is_changing else None)),
    }
    taken = isinstance(problem, Overtaken)
    return render(request, "relevo/relay/promise.html", told, status=_status(problem, taken=taken, is_fine=suggests))


def _form(request: HttpRequest, start: PromiseStart, problem: WrongUse | None = None) -> HttpResponse:
    typed = request.POST
    told: dict[str, Any] = {
        "start": start,
        "problem": problem,
        "typed": typed,
        "chosen": typed.get("person") or start.person_id,
        "made_on": typed.get("made_on") or company_today().isoformat(),
        "query": request.GET.urlencode(),
        **_fields(request, _shown(None, typed)),
    }
    return render(request, "relevo/relay/promise_new.html", told, status=_status(problem))


def _status(problem: WrongUse | None, *, taken: bool = False, is_fine: bool = False) -> int:
    if problem is None or is_fine:
        return 200
    return TAKEN if taken else NOT_UNDERSTOOD


def _shown(kept: KeptPromise | None, typed: QueryDict | None) -> dict[str, str]:
    """What stands in the fields: what was typed, else what is kept."""
    names = ("text", "product_state", "due_on", "issue_id", "link", "to_whom", "issue_words")
    if typed:
        return {name: typed.get(name, "") for name in names}
    if kept is None:
        return dict.fromkeys(names, "")
    told = {name: getattr(kept, name, "") or "" for name in names}
    return {**told, "due_on": kept.due_on.isoformat() if kept.due_on else ""}


def _fields(request: HttpRequest, shown: dict[str, str]) -> dict[str, Any]:
    """The fields that the form of a new promise and that of a change share."""
    sought = shown["issue_words"] or (shown["text"] if request.POST.get("do") == SUGGEST else "")
    chosen, reading = shown["issue_id"], reading_of(request)
    found = issues_like(reading, sought) if sought else ()
    named = issue_named(reading, chosen) if chosen else None
    offered = {each.issue_id: f"{each.title} · {each.status}" for each in (*((named,) if named else ()), *found)}
    return {
        "shown": shown,
        "states": [(str(code), label(words.STATES, code), code == shown["product_state"]) for code in ProductState],
        "issues": [(key, told, key == chosen) for key, told in offered.items()],
        "sought": sought,
    }


def _done(code: str) -> str:
    """What was done just before, in words; nothing for what is not known."""
    told = {
        "made": _("Written down."),
        Act.ACCEPT: _("Accepted."),
        Act.REFUSE: _("Refused; whoever promised it should tell the customer."),
        Act.KEEP: pgettext("a promise", "Kept."),
        Act.BREAK: _("Broken; tell the customer before they notice."),
        Act.CHANGE: _("Changed."),
    }
    return str(told.get(code, ""))
