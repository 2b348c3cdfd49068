"""The part of a hand-off's page that says what became of it: its lines, and what could be followed up."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from relevo.answers.reading import Reading
from relevo.answers.relay.follow_ups import FollowLine, FollowUps, Proposed, follow_ups, proposals
from relevo.answers.relay.happened import Watchable, watchable
from relevo.answers.relay.one import OneHandOff
from relevo.desk.relay.following import (
    DATES,
    EVENTS,
    MILESTONE,
    NEEDS,
    STATUSES,
    VALUES,
    WATCHED,
    WISHES,
    WITH_REASON,
    Status,
)
from relevo.web.customer.head import not_for_you
from relevo.web.labels import label
from relevo.web.relay import follow_words as words
from relevo.web.relay.follow_names import COUNTS, PRIORITIES, standing_words
from relevo.web.relay.follow_typed import LineFields, fields_of, fields_proposed, fields_typed
from relevo.web.relay.item_words import item_name
from relevo.web.relay.one import ALL, Said
from relevo.web.relay.words import STEPS

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Form:
    """A form of a line: the name by which it is known when it comes back, what stands in it, and which fields it has.

    `is_open` where it came back. `key` names the line of the text, `read` what was read of it.
    """

    name: str
    item: str
    fields: LineFields
    seen: int = 0
    key: str = ""
    read: str = ""
    is_open: bool = False

    @property
    def id(self) -> str:
        """The name as part of ids on the page."""
        return self.name.replace(".", "-")

    @property
    def said_name(self) -> str:
        """The name of the form that says what became of the same line."""
        return f"say.{self.name.rpartition('.')[2]}"

    @property
    def watch_name(self) -> str:
        """What of the book tells that it was reached, as its list calls it."""
        kind, _colon, what = self.fields.watch.partition(":")
        return label(STEPS, what) if kind == MILESTONE else what.replace("_", " ")

    @property
    def has(self) -> Mapping[str, bool]:
        """Which fields the lines of its item have beside words and a day."""
        return {"priority": self.item == NEEDS, "numbers": self.item == VALUES, "evidence": self.item == EVENTS,
                "watch": self.item in WATCHED, "first": self.item == DATES and not self.seen}  # fmt: skip


@dataclass(frozen=True)
class LineView:
    """A line as words. `quick` are the statuses that one press says, `said` those that a form says with more."""

    id: int
    item: str
    text: str
    standing: str
    mood: str
    beneath: str
    promise_id: int | None
    quick: Choices
    statuses: Choices
    status: str
    on: str
    why: str
    actual: str
    is_value: bool
    form: Form

    @property
    def has_day(self) -> bool:
        """Whether it happens on a day."""
        return self.item != WISHES


@dataclass(frozen=True)
class Group:
    """The lines of one item, the proposals from its text, and the form that adds one by hand."""

    item: str
    name: str
    lines: list[LineView]
    proposed: list[Form]
    add: Form


@dataclass(frozen=True)
class Returned:
    """A form that came back with a problem: its name, what was typed."""

    typed: Mapping[str, str] = field(default_factory=dict)

    def is_for(self, name: str) -> bool:
        """Whether it is the form of this name."""
        return self.typed.get("form") == name


def follow_part(
    reading: Reading, one: OneHandOff, today: date, opened: Collection[str], typed: Mapping[str, str]
) -> dict[str, Any]:
    """What the template of the part needs. Proposals come of items that the viewer sees open."""
    key, found = one.kept.id, follow_ups(reading, one.kept.id, today)
    shown = [item for item in found.items if one.is_giver or ALL in opened or item in opened]
    could = proposals(reading, key, shown) if found.may_write else ()
    back = Returned(typed)
    groups = [_group(item, found, could, one.names, back) for item in found.items]
    known = watchable(reading) if found.may_write and WATCHED & set(found.items) else Watchable((), ())
    return {
        "groups": [g for g in groups if found.may_write or g.lines],
        "may_write": found.may_write,
        "is_shut": found.may_write and len(shown) < len(found.items),
        "priorities": [(code, str(name)) for code, name in PRIORITIES.items()],
        "steps": [(f"milestone:{kind}", label(STEPS, kind)) for kind in known.milestones],
        "features": [(f"usage:{name}", name.replace("_", " ")) for name in known.features],
        "counts": [(code, str(name)) for code, name in COUNTS.items()],
        "today": today.isoformat(),
        "opened": list(opened),
    }


def said_by_item(reading: Reading, key: int, today: date) -> Mapping[str, tuple[Said, ...]]:
    """What reality said of each item's lines."""
    found = follow_ups(reading, key, today)
    return {item: tuple(words.said_of(e) for e in found.lines if e.kept.item == item) for item in found.items}


def _group(item: str, found: FollowUps, could: Collection[Proposed], names: Mapping[str, str], back: Returned) -> Group:
    lines = [_line(each, names, back) for each in found.lines if each.kept.item == item]
    forms = [_proposal(each, back) for each in could if each.proposal.item == item]
    return Group(item, item_name(item), lines, forms, _form(f"add.{item}", item, LineFields(), back))


def _line(line: FollowLine, names: Mapping[str, str], back: Returned) -> LineView:
    kept = line.kept
    name = f"line.{kept.id}"
    is_said = back.is_for(f"say.{kept.id}")
    typed = back.typed if is_said else {}
    return LineView(
        id=kept.id, item=kept.item, text=kept.text if kept.text is not None else not_for_you(),
        standing=standing_words(kept.item, line.standing), mood=words.mood(line.standing),
        beneath=words.beneath(line, names), promise_id=kept.promise_id, quick=_quick(line),
        statuses=_statuses(kept.item), status=typed.get("status", str(kept.status)),
        on=typed.get("on", kept.done_on.isoformat() if kept.done_on else ""),
        why=typed.get("why", kept.reason or ""), is_value=kept.item == VALUES,
        actual=typed.get("actual", f"{kept.actual:f}" if kept.actual is not None else ""),
        form=_form(name, kept.item, fields_of(kept), back, kept.revision, is_open=is_said),
    )  # fmt: skip


def _quick(line: FollowLine) -> Choices:
    """What can be said by one press: what needs no reason and was not said yet."""
    kept = line.kept
    possible = [s for s in STATUSES[kept.item] if s not in WITH_REASON and s is not kept.status]
    return [(str(s), _press(kept.item, s)) for s in possible if s is not Status.OPEN]


def _press(item: str, status: Status) -> str:
    """A status as the words of a button: with a capital."""
    told = standing_words(item, status)
    return told[:1].upper() + told[1:]


def _statuses(item: str) -> Choices:
    return [(str(s), standing_words(item, s)) for s in STATUSES[item]]


def _proposal(each: Proposed, back: Returned) -> Form:
    found = each.proposal
    name = f"take.{found.item}.{found.key}"
    form = _form(name, found.item, fields_proposed(found, each.first_due_on), back)
    return Form(form.name, form.item, form.fields, 0, found.key, words.read_words(each), form.is_open)


def _form(name: str, item: str, fields: LineFields, back: Returned, seen: int = 0, *, is_open: bool = False) -> Form:
    is_back = back.is_for(name)
    return Form(name, item, fields_typed(back.typed) if is_back else fields, seen, "", "", is_open or is_back)
