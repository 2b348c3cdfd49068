"""Saving the items of a form: each that was touched, and nothing lost where somebody saved in between."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from relevo.base.errors import WrongUse
from relevo.desk.relay.actions_items import ItemText, Saved, save_item
from relevo.desk.relay.handoffs import KeptHandOff, KeptItem, items_of
from relevo.desk.relay.states import NotNow
from relevo.web.relay.boxes import Conflict, Troubles, conflict_of
from relevo.web.relay.typed import Typed, typed_item

# How two texts for one item are settled.
MINE, THEIRS, JOIN = "mine", "theirs", "join"


@dataclass
class _Found:
    """What is gathered while a form is saved."""

    conflicts: dict[str, Conflict] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    typed: dict[str, Typed] = field(default_factory=dict)


@dataclass(frozen=True)
class Writer:
    """Who saves, when, and how users are called."""

    name: str
    now: datetime
    names: Mapping[str, str]


def save_typed(kept: KeptHandOff, asked: Mapping[str, str], writer: Writer) -> Troubles:
    """Save every item of a form that was touched. NotNow once all were set aside, where it is given by now."""
    found, too_late = _Found(), None
    for item in kept.items:
        typed = typed_item(asked, item)
        if typed is None:
            continue
        try:
            _save(kept.id, typed, asked.get("settle", ""), writer, found)
        except NotNow as problem:
            too_late = problem
    if too_late:
        raise too_late
    return Troubles(found.conflicts, found.problems, found.typed)


def save_one(kept: KeptHandOff, item: str, asked: Mapping[str, str], writer: Writer) -> Troubles:
    """Save one item of a form."""
    typed, found = typed_item(asked, item), _Found()
    if typed is not None:
        _save(kept.id, typed, asked.get("settle", ""), writer, found)
    return Troubles(found.conflicts, found.problems, found.typed)


def _save(key: int, typed: Typed, settled: str, writer: Writer, found: _Found) -> None:
    held = items_of(key).get(typed.item)
    item, _sign, how = settled.partition(":")
    is_settled = item == typed.item and how in (MINE, THEIRS, JOIN)
    found.typed[typed.item] = typed
    if is_settled and held is not None:
        _settle(key, typed, held, how, writer, found)
    elif typed.conflict and held is not None and held.text != typed.fields.text:
        found.conflicts[typed.item] = conflict_of(typed, held, writer.names)
    elif typed.is_touched:
        _keep(key, typed, typed.fields.text, typed.seen, held, writer, found)


def _settle(key: int, typed: Typed, held: KeptItem, how: str, writer: Writer, found: _Found) -> None:
    """Mine takes the place of theirs, or stands below it; what gives way stays in the history."""
    if how == THEIRS:
        _keep_aside(key, typed, writer)
        return
    text = typed.fields.text if how == MINE else f"{held.text}\n{typed.fields.text}"
    _keep(key, typed, text, typed.conflict, held, writer, found)


def _keep_aside(key: int, typed: Typed, writer: Writer) -> None:
    """What was typed after the two texts were shown is kept in the history as well."""
    save_item(key, typed.item, _worded(typed, typed.fields.text, ""), 0, writer.name, writer.now)


def _keep(key: int, typed: Typed, text: str, seen: int, held: KeptItem | None, writer: Writer, found: _Found) -> None:
    try:
        told = _worded(typed, text, held.source if held else "")
        saved: Saved = save_item(key, typed.item, told, seen, writer.name, writer.now)
    except NotNow:
        raise
    except WrongUse as problem:
        found.problems[typed.item] = f"{problem.message} {problem.hint or ''}".strip()
        return
    if saved.overtaken_by is not None:
        found.conflicts[typed.item] = conflict_of(typed, saved.overtaken_by, writer.names)


def _worded(typed: Typed, text: str, source: str) -> ItemText:
    told = typed.as_item(source)
    return replace(told, text=text)
