"""Everything that writes the items of a hand-off, and what is noted beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from django.db import IntegrityError, transaction
from django.db.models import F

from relevo.base.errors import WrongUse
from relevo.desk.people.actions import log_audit
from relevo.desk.relay.actions_history import Overtaken, note, one_line, set_aside
from relevo.desk.relay.handoffs import KeptItem, items_of, scores_of, text_key
from relevo.desk.relay.models import LONGEST_REASON, LONGEST_TEXT, HandOff, HandOffItem, ItemRead, ReAsk
from relevo.desk.relay.scoring import NOTHING
from relevo.desk.relay.states import RULES, TAKEN, Act, NotNow, State

# Re-asked items that no template names: something that nobody thought of.
OTHER = "other"
_LONGEST_NAME, _LONGEST_LINK = 254, 1_000


class Sure(StrEnum):
    """How sure it is; '' where nobody said."""

    CERTAIN = "certain"
    LIKELY = "likely"
    GUESS = "guess"


class ToldBy(StrEnum):
    """Who reports that something was asked again."""

    AGENT = "agent"
    RECEIVER = "receiver"
    CUSTOMER = "customer"


@dataclass(frozen=True)
class ItemText:
    """What is written into an item: the text, who at the customer said it when, how sure, a link, where it is from."""

    text: str
    said_by: str = ""
    said_on: date | None = None
    sure: str = ""
    link: str = ""
    source: str = ""


@dataclass(frozen=True)
class Saved:
    """How saving an item ended: its revision now. `overtaken_by` is what stands there where it was not taken."""

    revision: int
    overtaken_by: KeptItem | None = None


def write_first(handoff: HandOff, known: Mapping[str, ItemText], who: str, now: datetime) -> None:
    """Write what is known when a hand-off begins."""
    for item in handoff.items:
        if item in known and known[item].text.strip():
            _create(handoff, item, _checked(known[item]), who, now)


def save_item(key: int, item: str, new: ItemText, seen: int, who: str, now: datetime) -> Saved:
    """Save an item of a draft or of a returned hand-off. `seen` is its revision that the editor saw, 0 for none.

    Where somebody saved another text in between nothing is overwritten: the text is kept in the history, and the
    answer tells what stands there. WrongUse for an item that the hand-off does not have; NotNow once it is given.
    """
    told = _checked(new)
    try:
        with transaction.atomic():
            handoff = _written(key, item, now)
            revision = _save(handoff, item, told, seen, who, now)
    except (Overtaken, IntegrityError):
        set_aside(key, told.text, who, now, item)
        stands = items_of(key)[item]
        return Saved(stands.revision, stands)
    except NotNow:
        set_aside(key, told.text, who, now, item)
        raise
    return Saved(revision)


def name_receiver(key: int, to_person_id: str, who: str, now: datetime) -> None:
    """Name who is to take over, while the hand-off is written; '' for whoever of the role does."""
    with transaction.atomic():
        row = _written(key, "", now)
        HandOff.objects.filter(pk=key).update(to_person_id=to_person_id[:_LONGEST_NAME])
        note(row, "receiver.named", who, now, details={"from": row.to_person_id, "to": to_person_id})


def tick(key: int, name: str, is_done: bool, who: str, now: datetime) -> None:
    """Tick a line of the receiver's checklist, or take the tick back."""
    with transaction.atomic():
        row = HandOff.objects.select_for_update().get(pk=key)
        if name not in row.checklist:
            raise WrongUse(f"This checklist has no line {name[:40]!r}.", f"It has: {', '.join(row.checklist)}.")
        lines = {**row.checklist, name: {"who": who, "at": now.isoformat()} if is_done else None}
        HandOff.objects.filter(pk=key).update(checklist=lines, revision=F("revision") + 1, changed_at=now)
        note(row, "ticked" if is_done else "unticked", who, now, item=name)


def set_meeting(key: int, at: datetime | None, who: str, now: datetime) -> None:
    """Say when giver, receiver and customer meet, or that they do not."""
    with transaction.atomic():
        row = HandOff.objects.select_for_update().get(pk=key)
        HandOff.objects.filter(pk=key).update(meeting_at=at, revision=F("revision") + 1, changed_at=now)
        note(row, "meeting.set", who, now, details={"at": at.isoformat() if at else None})


def note_reask(key: int, item: str, told_by: str, text: str, who: str, now: datetime) -> bool:
    """Note that the customer was asked something again; whether the hand-off had told it.

    `item` is one of the hand-off's, or `other`. NotNow before it was accepted: nobody has received it yet.
    """
    if told_by not in set(ToldBy):
        raise WrongUse(f"{told_by[:40]!r} reports nothing.", f"Known: {', '.join(ToldBy)}.")
    with transaction.atomic():
        row = HandOff.objects.select_for_update().get(pk=key)
        if State(row.state) not in TAKEN:
            raise NotNow("Nobody has received this hand-off yet.", "Note it once it is accepted.")
        if item not in (*row.items, OTHER):
            raise WrongUse(f"This hand-off has no item {item[:40]!r}.", f"It has: {', '.join(row.items)}, {OTHER}.")
        was_filled = scores_of(key, row.customer_id, row.items).get(item, NOTHING) > NOTHING
        told = one_line(text, LONGEST_REASON)
        ReAsk.objects.create(handoff=row, item=item, was_filled=was_filled, told_by=told_by, note=told, at=now, who=who)
        HandOff.objects.filter(pk=key).update(is_new=True, changed_at=now)
        note(row, "reasked", who, now, item=item, text=told, details={"told_by": told_by, "was_filled": was_filled})
        log_audit(who, "handoff.reasked", row.customer_id, now, {"handoff": key, "item": item})
    return was_filled


def note_read(key: int, item: str, who: str, now: datetime) -> None:
    """Note that somebody downstream opened an item."""
    ItemRead.objects.update_or_create(handoff_id=key, item=item, who=who, defaults={"at": now})


def _written(key: int, item: str, now: datetime) -> HandOff:
    """The hand-off, which now counts one change more; NotNow where nothing can be written into it any more."""
    allowed = RULES[Act.EDIT].sources
    row = HandOff.objects.select_for_update().filter(pk=key).first()
    if row is None:
        raise WrongUse(f"There is no hand-off {key}.", "Look for it under Hand-offs.")
    if item and item not in row.items:
        raise WrongUse(f"This hand-off has no item {item[:40]!r}.", f"It has: {', '.join(row.items)}.")
    found = HandOff.objects.filter(pk=key, state__in=list(allowed))
    if not found.update(revision=F("revision") + 1, changed_at=now):
        raise NotNow(f"This hand-off is {row.state}: what was given stands.", "Ask the receiver to return it.")
    return row


def _save(handoff: HandOff, item: str, new: ItemText, seen: int, who: str, now: datetime) -> int:
    held = HandOffItem.objects.filter(handoff=handoff, item=item).first()
    if held is None:
        return _create(handoff, item, new, who, now)
    if held.text == new.text and held.revision != seen:
        return int(held.revision)
    changed = {**vars(new), "text_key": text_key(new.text), "changed_at": now, "changed_by": who}
    rows = HandOffItem.objects.filter(pk=held.pk, revision=seen)
    if not rows.update(revision=seen + 1, **changed):
        raise Overtaken("Somebody saved another text in the meantime.", "Look at both.")
    note(handoff, "item.saved", who, now, item=item, text=new.text, details=_details(new))
    return seen + 1


def _create(handoff: HandOff, item: str, new: ItemText, who: str, now: datetime) -> int:
    with transaction.atomic():  # of two who write first the second one meets the constraint
        HandOffItem.objects.create(
            handoff=handoff, item=item, text_key=text_key(new.text), changed_at=now, changed_by=who, **vars(new)
        )
    note(handoff, "item.saved", who, now, item=item, text=new.text, details=_details(new))
    return 1


def _details(new: ItemText) -> dict[str, object]:
    return {"said_by": new.said_by, "sure": new.sure, "source": new.source}


def _checked(new: ItemText) -> ItemText:
    """The text as it is kept; WrongUse for one that is endless, an unknown sureness, or a link that is none."""
    text = new.text.strip()
    if len(text) > LONGEST_TEXT:
        raise WrongUse(f"This text has {len(text)} characters.", f"Write {LONGEST_TEXT} at most, and link to the rest.")
    if new.sure and new.sure not in set(Sure):
        raise WrongUse(f"Nothing is {new.sure[:40]!r} sure.", f"Known: {', '.join(Sure)}.")
    if new.link and not new.link.startswith(("https://", "http://")):
        raise WrongUse(f"{new.link[:80]!r} is no link.", "Paste an address that begins with https://.")
    return replace(new, text=text, said_by=one_line(new.said_by, _LONGEST_NAME), link=one_line(new.link, _LONGEST_LINK))
