"""One hand-off as words: its sentence, what was given beside what reality said, its promises and history."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.relay.one import ItemView, OneHandOff, PromiseLine
from relevo.desk.relay.handoffs import KeptEvent, KeptReAsk
from relevo.desk.relay.states import Act, State
from relevo.web import format as written
from relevo.web.customer.head import not_for_you
from relevo.web.labels import label
from relevo.web.reader import clock
from relevo.web.relay.follow_names import standing_words
from relevo.web.relay.item_words import item_name
from relevo.web.relay.words import CHECKLIST, EVENTS, PRODUCT, STANDINGS, SURE, TOLD_BY, roles, source_words

ALL = "all"


@dataclass(frozen=True)
class Said:
    """One thing that reality said of an item; `mood` is good, bad or nothing."""

    text: str
    mood: str = ""


@dataclass(frozen=True)
class Line:
    """An item that was given. `text` is shown where the line is open; `href` opens it, `part` without leaving."""

    item: str
    name: str
    text: str
    beneath: str
    link: str
    is_open: bool
    is_filled: bool
    size: str
    href: str
    part: str
    said: tuple[Said, ...]


@dataclass(frozen=True)
class PromiseView:
    """A promise as words; `mood` is bad for one that has nothing behind it, or was broken."""

    id: int
    text: str
    state: str
    beneath: str
    mood: str
    is_red: bool
    is_decided: bool
    decision: str


@dataclass(frozen=True)
class EventView:
    """One entry of the history as words."""

    at: str
    iso: str
    who: str
    what: str
    text: str
    is_aside: bool


def sentence(found: OneHandOff) -> str:
    """Where the hand-off stands."""
    kept, share = found.kept, written.rate(float(found.completeness), 0)
    names = {
        "customer": found.customer, "giver": found.giver, "receiver": found.receiver or _("somebody of the role"),
        "share": share, "day": written.day(_here(kept.due_at)), "from": written.day(_here(found.confirm_from)),
    }  # fmt: skip
    return _SENTENCES[kept.state]() % names


_SENTENCES = {
    State.DRAFT: lambda: _("%(giver)s hands %(customer)s on: %(share)s is written down"),
    State.GIVEN: lambda: _("%(receiver)s is asked to take %(customer)s over by %(day)s"),
    State.RETURNED: lambda: _("%(customer)s came back to %(giver)s: something is missing"),
    State.ACCEPTED: lambda: _("%(receiver)s has taken %(customer)s over; what was right is known from %(from)s on"),
    State.CONFIRMED: lambda: _("%(receiver)s has said what was right about %(customer)s"),
    State.WITHDRAWN: lambda: _("The hand-off of %(customer)s was withdrawn"),
}


def facts(found: OneHandOff) -> list[tuple[str, str]]:
    """The figures at the head of the page."""
    kept = found.kept
    told = [
        (_("From whom to whom"), f"{found.giver} → {found.receiver or written.MISSING}"),
        (_("Roles"), roles(kept.from_role, kept.to_role)),
        (_("Begun"), written.day(_here(kept.created_at))),
        (_("Given"), written.day(_here(kept.given_at))),
        (_("Complete"), written.rate(float(found.completeness), 0)),
    ]
    if kept.accepted_at:
        told.append((_("Accepted"), written.day(_here(kept.accepted_at))))
    if kept.accuracy is not None:
        told.append((_("Right"), written.rate(float(kept.accuracy), 0)))
    if kept.meeting_at:
        told.append((_("Meeting"), written.moment(kept.meeting_at)))
    if kept.overlap_until:
        told.append((_("Side by side until"), written.day(kept.overlap_until)))
    return told


def lines(found: OneHandOff, opened: Collection[str]) -> list[Line]:
    """The items that were given. Whoever is of the giver's side sees them open; others open what they read."""
    key = found.kept.id
    return [line(v, key, is_open=is_open(found, v.item, opened), opened=opened) for v in found.items]


def is_open(found: OneHandOff, item: str, opened: Collection[str]) -> bool:
    """Whether the viewer sees the text of an item: who wrote it does, others open it first."""
    return found.reads_words and (found.is_giver or ALL in opened or item in opened)


def line(view: ItemView, key: int, *, is_open: bool, opened: Collection[str] = ()) -> Line:
    """One item that was given."""
    kept = view.kept
    others = [("open", each) for each in opened if each != view.item]
    return Line(
        item=view.item,
        name=item_name(view.item),
        text=kept.text if kept and is_open else "",
        beneath=_beneath(view),
        link=kept.link if kept and is_open else "",
        is_open=is_open and view.is_filled,
        is_filled=view.is_filled,
        size=_size(kept.text) if kept else "",
        href=f"{reverse('hand-off', args=[key])}?{urlencode([*others, ('open', view.item)])}#item-{view.item}",
        part=reverse("hand-off-item", args=[key, view.item]),
        said=tuple(_said(view)),
    )


def promise_view(told: PromiseLine, names: Mapping[str, str]) -> PromiseView:
    """A promise in the language in force."""
    promise, standing = told.promise, label(STANDINGS, told.standing)
    who = names.get(promise.person_id, promise.person_id)
    due = _("due %(day)s") % {"day": written.day(promise.due_on)} if promise.due_on else _("without a day")
    whom = _("to %(name)s") % {"name": promise.to_whom} if promise.to_whom else ""
    is_bad = told.is_red or told.standing == "broken"
    return PromiseView(
        id=promise.id,
        text=promise.text or not_for_you(),
        state=label(PRODUCT, promise.product_state),
        beneath=" · ".join(each for each in (standing, due, who, whom, promise.issue_id) if each),
        mood="bad" if is_bad else "warn" if promise.product_state == "planned" else "good",
        is_red=told.is_red,
        is_decided=bool(promise.accepted_at or promise.refused_at),
        decision=_decision(told),
    )


def event_view(event: KeptEvent, names: Mapping[str, str], *, reads_words: bool) -> EventView:
    """One entry of the history in the language in force."""
    item = f": {_of(event)}" if event.item else ""
    gaps = event.details.get("gaps")
    named = f": {', '.join(item_name(str(gap)) for gap in gaps)}" if gaps else ""
    share = event.details.get("completeness")
    complete = f", {written.rate(float(share), 0)}" if isinstance(share, float) else ""
    at = event.at.astimezone(clock())
    return EventView(
        at=written.minute(at),
        iso=at.isoformat(timespec="minutes"),
        who=names.get(event.who, event.who),
        what=f"{label(EVENTS, event.kind)}{item}{named}{complete}{_became(event)}",
        text=event.text if reads_words else "",
        is_aside=event.kind == "set_aside",
    )


def reask_words(reask: KeptReAsk) -> str:
    """Something that was asked again, as reality's word on an item."""
    told = _("asked again on %(day)s, told by %(who)s") % {
        "day": written.day(_here(reask.at)),
        "who": label(TOLD_BY, reask.told_by),
    }
    return f"{told}: {reask.note}" if reask.note else told


def checklist(found: OneHandOff) -> list[dict[str, object]]:
    """The receiver's checklist: each line with its name and who ticked it."""
    return [
        {"code": name, "name": label(CHECKLIST, name), "done": bool(mark), "who": _who(mark, found.names)}
        for name, mark in found.kept.checklist.items()
    ]


def gaps(found: OneHandOff) -> tuple[tuple[str, ...], str]:
    """For what it was returned, and what was asked; nothing where it is not returned."""
    if found.kept.state is not State.RETURNED:
        return (), ""
    last = next((e for e in reversed(found.history) if e.kind == "returned"), None)
    return (tuple(str(gap) for gap in last.details.get("gaps", ())), last.text) if last else ((), "")


def may(found: OneHandOff) -> dict[str, bool]:
    """What the viewer may do now, by the name of the act; `return` is a word of templates."""
    return {("send_back" if act is Act.RETURN else str(act)): act in found.acts for act in Act}


def _beneath(view: ItemView) -> str:
    kept = view.kept
    if kept is None or not view.is_filled:
        return ""
    day = written.day(kept.said_on) if kept.said_on else ""
    sure = label(SURE, kept.sure) if kept.sure else ""
    source = source_words(kept.source) if kept.source else ""
    return " · ".join(each for each in (kept.said_by, day, sure, source) if each)


def _size(text: str) -> str:
    return ngettext("%(n)s sign", "%(n)s signs", len(text)) % {"n": written.count(len(text))}


def _said(view: ItemView) -> list[Said]:
    kept, found = view.kept, []
    if kept is not None and kept.was_right is not None:
        told = _("right") if kept.was_right else _("wrong")
        found.append(Said(f"{told}: {kept.remark}" if kept.remark else told, "good" if kept.was_right else "bad"))
    return found + [Said(reask_words(each), "bad") for each in view.reasks]


def _decision(told: PromiseLine) -> str:
    promise = told.promise
    if promise.refused_at:
        return _("refused: %(why)s") % {"why": promise.decided_why or not_for_you()}
    return _("taken on") if promise.accepted_at else ""


def _of(event: KeptEvent) -> str:
    return label(CHECKLIST, event.item) if event.kind.endswith("ticked") else item_name(event.item)


def _became(event: KeptEvent) -> str:
    """What was said of a line; nothing for other entries."""
    status = event.details.get("status") if event.kind in ("line.said", "line.reached") else None
    return f", {standing_words(event.item, str(status))}" if status else ""


def _who(mark: object, names: Mapping[str, str]) -> str:
    who = mark.get("who", "") if isinstance(mark, dict) else ""
    return names.get(who, who)


def _here(at: datetime | None) -> datetime | None:
    return at.astimezone(clock()) if at else None
