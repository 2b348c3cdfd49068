"""Everything that writes what is followed up: lines taken over, changed, taken back, and what is said of them.

Whoever calls these has checked that the actor may (`relevo.answers.relay.follow_ups`). Each names the revision that
the actor saw: of two who act on one revision exactly one does, and what the other wrote is kept in the history.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from relevo.base.errors import WrongUse
from relevo.desk.people.actions import log_audit
from relevo.desk.relay.actions_history import SET_ASIDE, Overtaken, note, one_line
from relevo.desk.relay.actions_promises import NewPromise, make_promise
from relevo.desk.relay.following import (
    FOLLOWED,
    STATUSES,
    VALUES,
    WATCHED,
    WITH_DAY,
    WITH_REASON,
    How,
    Priority,
    Status,
    Watch,
    from_millionths,
    millionths,
)
from relevo.desk.relay.models import LONGEST_REASON, LONGEST_TEXT, FollowUp, HandOff, HandOffItem
from relevo.desk.relay.promises import ProductState
from relevo.desk.relay.states import NotNow, State

_LONGEST_METRIC, _LONGEST_UNIT = 254, 40
_NUMBERS = ("baseline", "target", "actual")


@dataclass(frozen=True)
class LineText:
    """What a line says: its words, how much it is needed, by when, the numbers, the evidence, and what tells of it."""

    text: str
    priority: str = ""
    due_on: date | None = None
    metric: str = ""
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    evidence: str = ""
    watch: Watch | None = None


@dataclass(frozen=True)
class Word:
    """What is said of a line: its status, since or on which day, why, and for a value what was measured."""

    status: str
    on: date | None = None
    reason: str = ""
    actual: Decimal | None = None


def take_over(
    handoff_id: int, item: str, new: LineText, who: str, now: datetime, *, source_key: str = "",
    first_due_on: date | None = None,
) -> int:  # fmt: skip
    """Follow a line up and return its id; a line of the text that was taken over before stays as it is.

    `first_due_on` is the day planned first where it is another than that of now. WrongUse for an item without lines,
    NotNow before the hand-off was given and after it was withdrawn.
    """
    told = _columns(item, new)
    try:
        with transaction.atomic():
            handoff = _given(handoff_id, item)
            row = FollowUp.objects.create(
                handoff=handoff, item=item, source_key=source_key, status=Status.OPEN, created_at=now, created_by=who,
                changed_at=now, changed_by=who, first_due_on=first_due_on or new.due_on, **told,
            )  # fmt: skip
            _note(row, "line.taken", who, now, row.text, _told(told))
    except IntegrityError:
        return int(FollowUp.objects.get(handoff_id=handoff_id, item=item, source_key=source_key).pk)
    return int(row.pk)


def change_line(key: int, new: LineText, seen: int, who: str, now: datetime) -> None:
    """Correct a line; the day planned first stays. Overtaken where somebody changed it since it was seen.

    What a rule found is open again where the rule is changed.
    """
    with _keeping(key, _words(new), who, now), transaction.atomic():
        row = _row(key)
        told = _columns(row.item, new)
        before = {name: getattr(row, name) for name in told}
        if row.first_due_on is None:
            told["first_due_on"] = new.due_on
        if row.said_how == How.RULE and _rule(told) != _rule(before):
            told |= {"status": Status.OPEN, "said_how": "", "done_on": None}
        _save(row, seen, who, now, told)
        changed = {name: before[name] for name in before if before[name] != told[name]}
        _note(row, "line.changed", who, now, told["text"], {**_told(told), "before": _plain(changed)})


def say_of_line(key: int, word: Word, seen: int, who: str, now: datetime, today: date) -> None:
    """Say what became of a line. A person's word stays, whatever a rule finds later; `open` gives it back to the rule.

    The first time that a wish is said to be absent a promise that nobody has decided is written down for it.
    WrongUse for what cannot be said of it, without its reason, or of a day to come.
    """
    why = one_line(word.reason, LONGEST_REASON)
    typed = " · ".join(str(each) for each in (word.actual, why) if each)
    with _keeping(key, typed, who, now), transaction.atomic():
        row = _row(key)
        told = _said(row, word, why, today)
        before = {name: getattr(row, name) for name in told}
        _save(row, seen, who, now, told)
        _note(row, "line.said", who, now, why, {**_told({**before, **told}), "before": _plain(before)})
        if word.status == Status.ABSENT:
            _query(row, who, now)


def take_back_line(key: int, reason: str, seen: int, who: str, now: datetime) -> None:
    """Take back a line that was followed up by mistake; it stays in the history. WrongUse without a reason."""
    why = one_line(reason, LONGEST_REASON)
    if not why:
        raise WrongUse("A line is taken back for a reason.", "Say why in a sentence.")
    with _keeping(key, why, who, now), transaction.atomic():
        row = _row(key)
        _save(row, seen, who, now, {"withdrawn_at": now})
        _note(row, "line.taken_back", who, now, why, {"before": row.text})


def reach_by_rule(key: int, on: date, watch: Watch, who: str, now: datetime) -> bool:
    """Note that the book says a line was reached; whether it was noted. A person's word, or another rule, stands."""
    with transaction.atomic():
        row = FollowUp.objects.select_for_update().filter(pk=key, withdrawn_at__isnull=True).first()
        rule = {"watch": watch.code, "counts": watch.counts, "least": watch.least}
        held = FollowUp.objects.filter(~Q(said_how=How.PERSON), pk=key, status=Status.OPEN, **rule)
        told = {"status": Status.REACHED, "said_how": How.RULE, "done_on": on}
        if row is None or not held.update(**told, revision=F("revision") + 1, changed_at=now, changed_by=who):
            return False
        _note(row, "line.reached", who, now, details={**_told(told), **rule, "counts": str(watch.counts)})
    return True


def _said(row: FollowUp, word: Word, why: str, today: date) -> dict[str, Any]:
    """The columns of a word; WrongUse for one that cannot be said."""
    possible = STATUSES[row.item]
    if word.status not in possible:
        raise WrongUse(f"Of this line nobody can say {word.status[:40]!r}.", f"Known: {', '.join(possible)}.")
    status = Status(word.status)
    if word.actual is not None and row.item != VALUES:
        raise WrongUse("Only a value is measured.", "Say what became of this line instead.")
    if status in WITH_REASON and not why:
        raise WrongUse("This is said for a reason.", "Say why in a sentence.")
    if word.on is not None and word.on > today:
        raise WrongUse(f"{word.on} is yet to come.", "Say it once it happened, or change the day it is due.")
    is_measured = word.actual is not None
    day = (word.on or today) if status in WITH_DAY or is_measured else None
    how = "" if status is Status.OPEN and not is_measured else How.PERSON
    return {"status": status, "reason": why, "done_on": day, "actual": millionths(word.actual), "said_how": how}


def _query(row: FollowUp, who: str, now: datetime) -> None:
    """The promise of a wish that the product cannot meet, made once: its receiver accepts or refuses it."""
    if row.promise_id is not None:
        return
    handoff = row.handoff
    said_by = HandOffItem.objects.filter(handoff=handoff, item=row.item).values_list("said_by", flat=True).first()
    new = NewPromise(
        handoff.customer_id, row.text, ProductState.ABSENT, now, handoff.from_person_id, said_by or "", None,
        handoff.deal_id, handoff.pk,
    )  # fmt: skip
    FollowUp.objects.filter(pk=row.pk).update(promise=make_promise(new, who, now))


def _given(handoff_id: int, item: str) -> HandOff:
    row = HandOff.objects.select_for_update().filter(pk=handoff_id).first()
    if row is None:
        raise WrongUse(f"There is no hand-off {handoff_id}.", "Look for it under Hand-offs.")
    if item not in row.items or item not in FOLLOWED:
        known = ", ".join(each for each in FOLLOWED if each in row.items) or "none"
        raise WrongUse(
            f"Lines of {item[:40]!r} are not followed up here.", f"Items of this hand-off that are: {known}."
        )
    if row.given_at is None or row.state == State.WITHDRAWN:
        raise NotNow("What was not given, or was withdrawn, is not followed up.", "Give the hand-off first.")
    return row


def _row(key: int) -> FollowUp:
    found = FollowUp.objects.select_for_update(of=("self",)).select_related("handoff")
    row = found.filter(pk=key, withdrawn_at__isnull=True).first()
    if row is None:
        raise WrongUse(f"There is no line {key} that is followed up.", "Open its hand-off again.")
    return row


def _save(row: FollowUp, seen: int, who: str, now: datetime, told: Mapping[str, Any]) -> None:
    """The condition stands in the UPDATE itself: of two who saw one revision exactly one changes the row."""
    held = FollowUp.objects.filter(pk=row.pk, revision=seen, withdrawn_at__isnull=True)
    if not held.update(**told, revision=seen + 1, changed_at=now, changed_by=who):
        raise Overtaken("Somebody changed this line in the meantime.", "Look at what stands there now.")


@contextmanager
def _keeping(key: int, text: str, who: str, now: datetime) -> Iterator[None]:
    """What was written is kept in the history where somebody else came first."""
    try:
        yield
    except Overtaken:
        row = FollowUp.objects.filter(pk=key).select_related("handoff").first()
        if row and text:
            with transaction.atomic():
                note(row.handoff, SET_ASIDE, who, now, item=row.item, text=text, details={"line": key})
        raise


def _columns(item: str, new: LineText) -> dict[str, Any]:
    """A line as its row keeps it; WrongUse for one that cannot be kept."""
    text = new.text.strip()
    if not text or len(text) > LONGEST_TEXT:
        raise WrongUse(f"A line has a text of 1 to {LONGEST_TEXT} characters.", "Write what they said.")
    if new.priority and new.priority not in set(Priority):
        raise WrongUse(f"Nothing is needed {new.priority[:40]!r}.", f"Known: {', '.join(Priority)}.")
    if new.watch and item not in WATCHED:
        raise WrongUse("The book tells of days and events alone.", "Say yourself what became of this line.")
    watch = new.watch
    return {
        "text": text, "priority": new.priority, "due_on": new.due_on,
        "metric": one_line(new.metric, _LONGEST_METRIC), "unit": one_line(new.unit, _LONGEST_UNIT),
        "baseline": millionths(new.baseline), "target": millionths(new.target),
        "evidence": one_line(new.evidence, LONGEST_REASON), "watch": one_line(watch.code if watch else "", 254),
        "counts": str(watch.counts) if watch else "", "least": watch.least if watch else None,
    }  # fmt: skip


def _words(new: LineText) -> str:
    """All that a line says, as the history keeps what was not taken."""
    numbers = " → ".join(str(each) for each in (new.baseline, new.target) if each is not None)
    day = new.due_on.isoformat() if new.due_on else ""
    told = (new.text.strip(), new.metric, numbers, new.unit, day, new.evidence)
    return " · ".join(each for each in told if each)


def _rule(told: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(told[name] for name in ("watch", "counts", "least"))


def _told(columns: Mapping[str, Any]) -> dict[str, object]:
    """What of a line the history tells beside its text, and that is nobody's words."""
    return _plain({name: columns[name] for name in ("status", "due_on", "done_on", "said_how") if name in columns})


def _plain(columns: Mapping[str, Any]) -> dict[str, object]:
    """Columns as the history keeps them: days and numbers as text."""
    return {name: _text(name, value) for name, value in columns.items()}


def _text(name: str, value: Any) -> object:
    if name in _NUMBERS and value is not None:
        return str(from_millionths(value))
    return value.isoformat() if isinstance(value, date) else value


def _note(
    row: FollowUp, kind: str, who: str, now: datetime, text: str = "", details: Mapping[str, object] | None = None
) -> None:
    note(row.handoff, kind, who, now, item=row.item, text=text, details={"line": row.pk, **(details or {})})
    log_audit(who, f"handoff.{kind}", row.handoff.customer_id, now, {"handoff": row.handoff_id, "line": row.pk})
