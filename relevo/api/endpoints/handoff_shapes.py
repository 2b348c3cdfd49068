"""What is told of a hand-off to programs: flat, shares as numbers from 0 to 1, null for words that are not read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Literal

from relevo.answers.relay.board import Begun, Card
from relevo.answers.relay.one import ItemView, OneHandOff, PromiseLine
from relevo.desk.relay.handoffs import KeptEvent, KeptReAsk
from relevo.desk.relay.promises import Standing

# As the enums of the same names; a description cannot have two shapes called State or Act.
HandOffState = Literal["draft", "given", "returned", "accepted", "confirmed", "withdrawn"]
HandOffAct = Literal["edit", "give", "return", "accept", "confirm", "withdraw"]
# Numbers of shares are told to so many digits.
_DIGITS = 6


@dataclass(frozen=True)
class HandOffRow:
    """A hand-off in a list. `id` is null for one of another system, which `loaded_id` names, as of the book.

    `customer_id` is null where the caller may not open the customer; `age` is how long it has been in its state.
    """

    id: int | None
    loaded_id: str | None
    customer_id: str | None
    customer: str
    from_role: str
    to_role: str
    giver: str
    receiver: str
    state: HandOffState
    age: str | None
    due_at: datetime | None
    is_overdue: bool
    completeness: float | None
    confirm_from: datetime | None
    red_promises: int


@dataclass(frozen=True)
class DroppedRow:
    """A won deal that nobody handed on, as of the book; `under_way` is the hand-off begun here since."""

    deal_id: str
    customer_id: str
    customer: str
    closed_at: datetime
    days: int
    owner: str | None
    owner_id: str | None
    is_mine: bool
    under_way: int | None


@dataclass(frozen=True)
class ReAskTold:
    """Something asked again; `was_filled` says whether the hand-off had told it."""

    item: str
    was_filled: bool
    told_by: str
    note: str | None
    at: datetime
    who: str


@dataclass(frozen=True)
class ItemTold:
    """An item; `revision` is 0 where nothing was ever written. `score` is 0, 0.5 or 1."""

    item: str
    is_filled: bool
    score: float
    revision: int
    text: str | None
    said_by: str | None
    said_on: date | None
    sure: str | None
    link: str | None
    changed_at: datetime | None
    changed_by: str | None
    was_right: bool | None
    remark: str | None


@dataclass(frozen=True)
class GivenPromise:
    """A promise that goes with a hand-off."""

    id: int
    text: str | None
    product_state: str
    person_id: str
    to_whom: str | None
    issue_id: str
    link: str | None
    due_on: date | None
    standing: Standing
    is_red: bool
    accepted_at: datetime | None
    refused_at: datetime | None
    decided_why: str | None
    revision: int


@dataclass(frozen=True)
class CheckTold:
    """A line of the receiver's checklist: who ticked it when, null while nobody has."""

    line: str
    who: str | None
    at: datetime | None


@dataclass(frozen=True)
class RelayEventTold:
    """An entry of the history."""

    at: datetime
    who: str
    kind: str
    item: str
    text: str | None
    details: Mapping[str, Any]


@dataclass(frozen=True)
class HandOffTold:
    """A hand-off as it stands now. `revision` is what the next act names; `acts` are those that the caller may do.

    `completeness` is that of now, `given_completeness` that of the last giving. Where `reads_words` is false every
    text is null.
    """

    id: int
    customer_id: str | None
    customer: str
    deal_id: str
    template: str
    from_role: str
    to_role: str
    from_person_id: str
    giver: str
    to_person_id: str
    receiver: str
    state: HandOffState
    revision: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    given_at: datetime | None
    due_at: datetime | None
    returned_at: datetime | None
    accepted_at: datetime | None
    confirm_from: datetime | None
    confirmed_at: datetime | None
    meeting_at: datetime | None
    overlap_until: date | None
    override_reason: str | None
    completeness: float
    given_completeness: float | None
    accuracy: float | None
    unwritten: bool | None
    customer_confirmed_at: datetime | None
    customer_says: str | None
    items: tuple[ItemTold, ...]
    promises: tuple[GivenPromise, ...]
    reasks: tuple[ReAskTold, ...]
    checklist: tuple[CheckTold, ...]
    history: tuple[RelayEventTold, ...]
    acts: tuple[HandOffAct, ...]
    is_giver: bool
    is_receiver: bool
    reads_words: bool


_SAME = (
    "id", "deal_id", "template", "from_role", "to_role", "from_person_id", "to_person_id", "state", "revision",
    "created_at", "created_by", "changed_at", "given_at", "due_at", "returned_at", "accepted_at", "confirmed_at",
    "meeting_at", "overlap_until", "unwritten", "customer_confirmed_at",
)  # fmt: skip
_SHOWN = ("customer", "giver", "receiver", "confirm_from", "acts", "is_giver", "is_receiver", "reads_words")


def share(value: Fraction | float | None) -> float | None:
    """A share as a number of six digits."""
    return None if value is None else round(float(value), _DIGITS)


def card_told(card: Card) -> HandOffRow:
    """A card of the board as a row."""
    names = ("customer", "from_role", "to_role", "giver", "receiver", "state", "due_at", "is_overdue", "confirm_from")
    return HandOffRow(
        id=card.key,
        loaded_id=card.handoff_id or None,
        customer_id=card.customer_id or None,
        age=None if card.age is None else f"PT{int(card.age.total_seconds())}S",
        completeness=share(card.completeness),
        red_promises=card.red,
        **{name: getattr(card, name) for name in names},
    )


def dropped_told(begun: Begun) -> DroppedRow:
    """A dropped baton as a row."""
    return DroppedRow(**vars(begun.baton), under_way=begun.under_way)


def handoff_told(found: OneHandOff) -> HandOffTold:
    """A hand-off as its page tells it."""
    kept, reads = found.kept, found.reads_words
    return HandOffTold(
        customer_id=found.customer_id or None,
        override_reason=kept.override_reason if reads else None,
        completeness=round(float(found.completeness), _DIGITS),
        given_completeness=share(kept.completeness),
        accuracy=share(kept.accuracy),
        customer_says=kept.customer_says if reads else None,
        items=tuple(item_told(view, reads=reads) for view in found.items),
        promises=tuple(_promise(each, reads=reads) for each in found.promises),
        reasks=tuple(_reask(each, reads=reads) for each in found.reasks),
        checklist=tuple(_check(line, mark) for line, mark in kept.checklist.items()),
        history=tuple(_event(each, reads=reads) for each in found.history),
        **{name: getattr(kept, name) for name in _SAME},
        **{name: getattr(found, name) for name in _SHOWN},
    )


def item_told(view: ItemView, *, reads: bool) -> ItemTold:
    """An item as it stands."""
    kept, words = view.kept, ("text", "said_by", "said_on", "sure", "link", "remark")
    marks = ("changed_at", "changed_by", "was_right")
    return ItemTold(
        item=view.item,
        is_filled=view.is_filled,
        score=round(float(view.score), _DIGITS),
        revision=kept.revision if kept else 0,
        **{name: getattr(kept, name) if reads and kept else None for name in words},
        **{name: getattr(kept, name) if kept else None for name in marks},
    )


def _promise(line: PromiseLine, *, reads: bool) -> GivenPromise:
    kept, words = line.promise, ("text", "to_whom", "link", "decided_why")
    same = ("id", "product_state", "person_id", "issue_id", "due_on", "accepted_at", "refused_at", "revision")
    told: dict[str, Any] = {name: getattr(kept, name) if reads else None for name in words}
    told |= {name: getattr(kept, name) for name in same}
    return GivenPromise(standing=line.standing, is_red=line.is_red, **told)


def _reask(kept: KeptReAsk, *, reads: bool) -> ReAskTold:
    return ReAskTold(kept.item, kept.was_filled, kept.told_by, kept.note if reads else None, kept.at, kept.who)


def _check(line: str, mark: Mapping[str, str] | None) -> CheckTold:
    return CheckTold(line, mark["who"], datetime.fromisoformat(mark["at"])) if mark else CheckTold(line, None, None)


def _event(kept: KeptEvent, *, reads: bool) -> RelayEventTold:
    return RelayEventTold(kept.at, kept.who, kept.kind, kept.item, kept.text if reads else None, kept.details)
