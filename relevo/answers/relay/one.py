"""One hand-off as its page tells it: what was given beside what reality said, and what the viewer may do."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from relevo.answers.customer_parts import customer_contacts
from relevo.answers.identity import current_id
from relevo.answers.reading import Reading, Refused
from relevo.answers.relay.acting import (
    acts,
    handoff_seen,
    handoff_taken_part_in,
    handoff_to_change,
    person_names,
    sides,
)
from relevo.answers.relay.acting import reads_words as may_read
from relevo.answers.relay.beginning import house_templates
from relevo.answers.relay.known import known_of
from relevo.answers.relay.prefill import Candidate, candidates
from relevo.answers.relay.sight import all_names
from relevo.answers.relay.unread import unread_event, unread_handoff, unread_item, unread_promise, unread_reask
from relevo.desk.people.colleagues import colleagues
from relevo.desk.relay.board import last_event, others_since
from relevo.desk.relay.handoffs import (
    KeptEvent,
    KeptHandOff,
    KeptItem,
    KeptReAsk,
    history_of,
    items_of,
    reasks_of,
    scores_of,
)
from relevo.desk.relay.promises import KeptPromise, Standing, promises_of
from relevo.desk.relay.scoring import NOTHING, completeness
from relevo.desk.relay.states import Act, Side, check
from relevo.desk.relay.templates import CONFIRM_AFTER_DAYS, USUAL_DAYS


@dataclass(frozen=True)
class ItemView:
    """An item with what stands in it (None: nothing was ever written), its score, and what it was asked again for."""

    item: str
    kept: KeptItem | None
    score: Fraction
    reasks: tuple[KeptReAsk, ...]

    @property
    def is_filled(self) -> bool:
        """Whether it says something."""
        return self.score > NOTHING


@dataclass(frozen=True)
class PromiseLine:
    """A promise that goes with the hand-off, what became of it by today, and whether nothing stands behind it."""

    promise: KeptPromise
    standing: Standing
    is_red: bool


@dataclass(frozen=True)
class OneHandOff:
    """The page of a hand-off. Names stand for persons; `customer_id` is empty where the viewer may not open it.

    `completeness` is as it stands now. `days` are what the template gives the receiver. `event` is the last entry of
    the history, `acts` what the viewer may do now, `names` those of persons and of users. Where `reads_words` is
    False every text is left out: of items, promises, re-asks, the history, the customer and the reason of a change.
    """

    kept: KeptHandOff
    customer: str
    customer_id: str
    giver: str
    receiver: str
    items: tuple[ItemView, ...]
    completeness: Fraction
    promises: tuple[PromiseLine, ...]
    reasks: tuple[KeptReAsk, ...]
    history: tuple[KeptEvent, ...]
    event: int
    acts: tuple[Act, ...]
    is_giver: bool
    is_receiver: bool
    reads_words: bool
    days: int
    confirm_from: datetime | None
    names: Mapping[str, str]


def one_handoff(reading: Reading, key: int, today: date) -> OneHandOff:
    """One hand-off of the Desk, as it stands today; NotFound where the viewer may not see it."""
    kept = handoff_seen(reading, key)
    found = _whole(reading, kept, today)
    return found if found.reads_words else _unread(found)


def _whole(reading: Reading, kept: KeptHandOff, today: date) -> OneHandOff:
    key = kept.id
    customer_id, scope = current_id(reading, kept.customer_id), reading.viewer.scope
    people, mine, reasks = person_names(reading), sides(reading, kept), reasks_of(key)
    scores = scores_of(key, kept.customer_id, kept.items)
    template = house_templates(reading, today)[0].get(kept.template)
    return OneHandOff(
        kept=kept,
        customer=all_names(reading).get(customer_id, customer_id),
        customer_id=customer_id if scope is None or customer_id in scope else "",
        giver=people.get(kept.from_person_id, kept.from_person_id),
        receiver=people.get(kept.to_person_id, kept.to_person_id),
        items=_items(kept, scores, reasks),
        completeness=completeness(scores, kept.items),
        promises=tuple(PromiseLine(p, p.standing(today), p.is_red) for p in promises_of(key)),
        reasks=reasks,
        history=history_of(key),
        event=last_event(key),
        acts=acts(reading, kept),
        is_giver=Side.GIVER in mine,
        is_receiver=Side.RECEIVER in mine,
        reads_words=may_read(reading, kept),
        days=template.days if template else USUAL_DAYS,
        confirm_from=kept.accepted_at + timedelta(days=CONFIRM_AFTER_DAYS) if kept.accepted_at else None,
        names={**dict(colleagues()), **people},
    )


def _unread(found: OneHandOff) -> OneHandOff:
    """The same without any words."""
    return replace(
        found,
        kept=unread_handoff(found.kept),
        items=tuple(_unread_view(view) for view in found.items),
        promises=tuple(replace(each, promise=unread_promise(each.promise)) for each in found.promises),
        reasks=tuple(map(unread_reask, found.reasks)),
        history=tuple(map(unread_event, found.history)),
    )


def _unread_view(view: ItemView) -> ItemView:
    kept = unread_item(view.kept) if view.kept else None
    return replace(view, kept=kept, reasks=tuple(map(unread_reask, view.reasks)))


def item_view(reading: Reading, key: int, item: str) -> ItemView | None:
    """One item of a hand-off that the viewer may read; None for an item that it does not have."""
    kept = handoff_seen(reading, key)
    if item not in kept.items or not may_read(reading, kept):
        return None
    scores = scores_of(key, kept.customer_id, kept.items)
    return next(each for each in _items(kept, scores, reasks_of(key)) if each.item == item)


def handoff_read_by(reading: Reading, key: int, opened: Collection[str], every: str) -> tuple[str, ...]:
    """Which items are read by opening these, or `every` one: those that say something, once they were given.

    Nothing for the giver's side, who wrote them, and for who may not read them.
    """
    kept = handoff_seen(reading, key)
    if Side.GIVER in sides(reading, kept) or not may_read(reading, kept) or kept.given_at is None:
        return ()
    scores = scores_of(key, kept.customer_id, kept.items)
    filled = [item for item in kept.items if scores.get(item, NOTHING) > NOTHING]
    return tuple(item for item in filled if every in opened or item in opened)


def suggestions(reading: Reading, key: int) -> Mapping[str, tuple[Candidate, ...]]:
    """What could stand in the items of a hand-off that the viewer writes, from what the viewer may read."""
    kept = handoff_to_change(reading, key, Act.EDIT)
    customer_id, scope = current_id(reading, kept.customer_id), reading.viewer.scope
    if scope is not None and customer_id not in scope:
        return {}
    return candidates(known_of(reading, customer_id, kept.deal_id, besides=key), kept.items)


def handoff_to_write(reading: Reading, key: int) -> KeptHandOff:
    """A hand-off that the viewer may write into now; Refused, NotFound, or NotNow once it is given."""
    kept = handoff_to_change(reading, key, Act.EDIT)
    check(Act.EDIT, kept.state)
    return kept


def revision_to_act(reading: Reading, key: int, seen: int, event: int) -> int:
    """The revision to act on: that of now where nobody else did anything since the event that was seen.

    What one saved oneself in the meantime, such as by autosave, is no change that one has not seen.
    """
    kept = handoff_seen(reading, key)
    return seen if others_since(key, event, reading.viewer.name) else kept.revision


def handoff_to_tell_of(reading: Reading, key: int) -> KeptHandOff:
    """A hand-off beside which a party may note something; Refused for who is neither giver nor receiver."""
    kept = handoff_taken_part_in(reading, key)
    return kept if sides(reading, kept) else handoff_to_change(reading, key, Act.ACCEPT)


def handoff_to_show(reading: Reading, key: int) -> KeptHandOff:
    """A hand-off of which a party may make a link for the customer, by which its words are read without signing in."""
    kept = handoff_to_tell_of(reading, key)
    if not may_read(reading, kept):
        raise Refused("A link shows what you may not read.", "Ask somebody who reads what the customer said.")
    return kept


def _items(kept: KeptHandOff, scores: Mapping[str, Fraction], reasks: tuple[KeptReAsk, ...]) -> tuple[ItemView, ...]:
    held = items_of(kept.id)
    return tuple(
        ItemView(i, held.get(i), scores.get(i, NOTHING), tuple(r for r in reasks if r.item == i)) for i in kept.items
    )


def contact_names(reading: Reading, customer_id: str) -> tuple[str, ...]:
    """Who at a customer may have said something; nobody for a customer that the viewer may not open."""
    if not customer_id:
        return ()
    return tuple(each.name for each in customer_contacts(reading, customer_id) if each.left_on is None)
