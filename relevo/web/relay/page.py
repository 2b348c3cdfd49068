"""The page of one hand-off: the form of who writes it, or what was given beside what reality said."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from relevo.answers.reading import Reading
from relevo.answers.relay.beginning import receivers
from relevo.answers.relay.one import ItemView, OneHandOff, contact_names, one_handoff, suggestions
from relevo.base.errors import RelevoError
from relevo.desk.relay.handoffs import KeptEvent
from relevo.desk.relay.states import Act, State
from relevo.jobs.clock import now, today
from relevo.web import format as written
from relevo.web.labels import label
from relevo.web.reader import clock, reading_of
from relevo.web.relay import one as words
from relevo.web.relay.begin import receiver_groups
from relevo.web.relay.boxes import Troubles, box
from relevo.web.relay.follow import follow_part, said_by_item
from relevo.web.relay.item_words import item_name
from relevo.web.relay.words import PRODUCT, STATES, TOLD_BY

WRITTEN = (State.DRAFT, State.RETURNED)


@dataclass(frozen=True)
class Shown:
    """What a page shows beside the hand-off itself: what could not be done, what was typed, which items are open."""

    problem: RelevoError | None = None
    troubles: Troubles = field(default_factory=Troubles)
    typed: Mapping[str, str] = field(default_factory=dict)
    opened: Collection[str] = ()
    link: str = ""
    status: int = 200


def handoff_page(request: HttpRequest, key: int, shown: Shown = Shown()) -> HttpResponse:
    """The page of a hand-off as the viewer may see it now."""
    reading = reading_of(request)
    found = one_handoff(reading, key, _today(reading))
    is_written = found.kept.state in WRITTEN and found.is_giver
    told = _told(found, shown) | (_writing(reading, found, shown) if is_written else _reading(reading, found, shown))
    name = "write" if is_written else "one"
    return render(request, f"relevo/relay/{name}.html", told, status=shown.status)


def opened_item(request: HttpRequest, key: int, view: ItemView) -> dict[str, Any]:
    """What the template of one item shows that was opened in its place, and of the part that follows it up."""
    reading = reading_of(request)
    day = _today(reading)
    found, line = one_handoff(reading, key, day), words.line(view, key, is_open=True)
    said = said_by_item(reading, key, day).get(view.item, ())
    opened = [*request.GET.getlist("open"), view.item]
    return {
        "kept": found.kept,
        "line": replace(line, said=line.said + said),
        "follow": follow_part(reading, found, day, opened, {}),
    }


def _told(found: OneHandOff, shown: Shown) -> dict[str, Any]:
    named, asked = words.gaps(found)
    return {
        "found": found,
        "kept": found.kept,
        "sentence": words.sentence(found),
        "state": label(STATES, found.kept.state),
        "facts": words.facts(found),
        "may": words.may(found),
        "problem": shown.problem,
        "typed": shown.typed,
        "promises": [words.promise_view(p, found.names) for p in found.promises],
        "gaps": [item_name(gap) for gap in named],
        "asked": asked if found.reads_words else "",
        "history": [
            words.event_view(e, found.names, reads_words=_tells(found, e, shown.opened)) for e in found.history
        ],
        "customers_word": found.kept.customer_says if found.reads_words else "",
        "customer_confirmed": written.moment(found.kept.customer_confirmed_at)
        if found.kept.customer_confirmed_at
        else "",
    }


def _writing(reading: Reading, found: OneHandOff, shown: Shown) -> dict[str, Any]:
    suggested, day = suggestions(reading, found.kept.id), _today(reading)
    named, _asked = words.gaps(found)
    return {
        "boxes": [box(view, day, suggested, shown.troubles, named) for view in found.items],
        "groups": receiver_groups(receivers(reading), found.kept.to_role),
        "to": shown.typed.get("to", found.kept.to_person_id),
        "products": [(code, str(name)) for code, name in PRODUCT.items()],
        "contacts": contact_names(reading, found.customer_id) if found.reads_words else (),
        "days": shown.typed.get("days", str(found.days)),
        "is_same_role": found.kept.from_role == found.kept.to_role,
    }


def _reading(reading: Reading, found: OneHandOff, shown: Shown) -> dict[str, Any]:
    kept, begins = found.kept, found.confirm_from
    day = _today(reading)
    said = said_by_item(reading, kept.id, day)
    lines = [replace(each, said=each.said + said.get(each.item, ())) for each in words.lines(found, shown.opened)]
    takes = not kept.to_person_id and Act.ACCEPT in found.acts
    is_due = begins is not None and begins <= now()
    return {
        "lines": lines,
        "follow": follow_part(reading, found, day, shown.opened, shown.typed),
        "open_all": reverse("hand-off", args=[kept.id]) + f"?open={words.ALL}",
        "has_closed": found.reads_words and any(line.is_filled and not line.is_open for line in lines),
        "checklist": words.checklist(found),
        "reasks": [words.reask_words(each) for each in found.reasks if each.item not in kept.items],
        "told_by": [(code, str(name)) for code, name in TOLD_BY.items()],
        "gap_choices": [(item, item_name(item)) for item in (*kept.items, "promises")],
        "reask_choices": [(item, item_name(item)) for item in (*kept.items, "other")],
        "meeting": f"{kept.meeting_at.astimezone(clock()):%Y-%m-%dT%H:%M}" if kept.meeting_at else "",
        "zone": str(clock()),
        "is_due": is_due,
        "confirm_from": begins,
        "verdicts": _verdicts(found, shown.typed),
        "undecided": _undecided(found, shown.typed),
        "typed_gaps": _all(shown.typed, "gap"),
        "is_taken": kept.state in (State.ACCEPTED, State.CONFIRMED),
        "is_given": kept.given_at is not None,
        "is_party": found.is_giver or found.is_receiver,
        "takers": receiver_groups(receivers(reading), kept.to_role) if takes else (),
        "link": shown.link,
    }  # fmt: skip


def _tells(found: OneHandOff, event: KeptEvent, opened: Collection[str]) -> bool:
    """Whether the history tells a text: not that of an item which its reader has yet to open."""
    is_shut = event.kind == "item.saved" and not words.is_open(found, event.item, opened)
    return found.reads_words and not is_shut


def _verdicts(found: OneHandOff, typed: Mapping[str, str]) -> list[dict[str, str]]:
    """The items to be judged, with what was said of them before."""
    return [
        {"item": v.item, "name": item_name(v.item), "answer": typed.get(f"right.{v.item}", ""),
         "remark": typed.get(f"remark.{v.item}", "")}
        for v in found.items
        if v.is_filled
    ]  # fmt: skip


def _undecided(found: OneHandOff, typed: Mapping[str, str]) -> list[dict[str, object]]:
    """The promises to be decided, with what was said of them before."""
    shown = (words.promise_view(p, found.names) for p in found.promises)
    return [
        {**vars(p), "answer": typed.get(f"decided.{p.id}", ""), "why": typed.get(f"why.{p.id}", "")}
        for p in shown
        if not p.is_decided
    ]


def _all(typed: Mapping[str, str], name: str) -> list[str]:
    """Every value of a name that a form sent."""
    return typed.getlist(name) if isinstance(typed, QueryDict) else []


def _today(reading: Reading) -> date:
    return today(reading.company_book.company.timezone)
