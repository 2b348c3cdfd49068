"""Hand-offs as values, with their items, re-asks and history."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from relevo.desk.among import among
from relevo.desk.relay.models import HandOff, HandOffItem, ReAsk, RelayEvent
from relevo.desk.relay.scoring import folded, score
from relevo.desk.relay.states import OPEN, TAKEN, State

# From this length on the same words in two customers' hand-offs are a copy and no chance.
COPIED_FROM = 20
MILLION = 1_000_000


@dataclass(frozen=True)
class KeptItem:
    """One item: the text as it stands, who said it when, how sure it is, and what the receiver found later."""

    item: str
    text: str
    said_by: str
    said_on: date | None
    sure: str
    link: str
    source: str
    revision: int
    changed_at: datetime
    changed_by: str
    was_right: bool | None
    remark: str


@dataclass(frozen=True)
class KeptReAsk:
    """Something asked again: `was_filled` says whether the hand-off had told it, `told_by` who reports it."""

    item: str
    was_filled: bool
    told_by: str
    note: str
    at: datetime
    who: str


@dataclass(frozen=True)
class KeptEvent:
    """One entry of the history."""

    at: datetime
    who: str
    kind: str
    item: str
    text: str
    details: Mapping[str, Any]


@dataclass(frozen=True)
class KeptHandOff:
    """A hand-off as it stands. Persons are ids of the book, '' where nobody is named; shares are from 0 to 1."""

    id: int
    customer_id: str
    deal_id: str
    template: str
    items: tuple[str, ...]
    checklist: Mapping[str, Any]
    from_role: str
    to_role: str
    from_person_id: str
    to_person_id: str
    state: State
    revision: int
    created_at: datetime
    created_by: str
    changed_at: datetime
    given_at: datetime | None
    due_at: datetime | None
    returned_at: datetime | None
    accepted_at: datetime | None
    confirmed_at: datetime | None
    meeting_at: datetime | None
    overlap_until: date | None
    completeness: Fraction | None
    accuracy: Fraction | None
    unwritten: bool | None
    override_reason: str
    customer_confirmed_at: datetime | None
    customer_says: str
    link_revision: int
    plan_id: int | None

    @property
    def is_open(self) -> bool:
        """Whether it has not been taken over yet; the giver holds the baton."""
        return self.state in OPEN

    @property
    def since(self) -> datetime:
        """When it came into its present state."""
        came = {
            State.GIVEN: self.given_at,
            State.RETURNED: self.returned_at,
            State.ACCEPTED: self.accepted_at,
            State.CONFIRMED: self.confirmed_at,
            State.WITHDRAWN: self.changed_at,
        }
        return came.get(self.state) or self.created_at


def handoff_with(key: int) -> KeptHandOff | None:
    """One hand-off; None where there is none."""
    row = HandOff.objects.filter(pk=key).first()
    return kept(row) if row else None


def handoffs_in(states: Collection[State], limit: int, offset: int = 0, *, about: Collection[str] | None = None,
                persons: Collection[str] | None = None) -> tuple[KeptHandOff, ...]:  # fmt: skip
    """Hand-offs in some states, the one changed last first; of some customers, or of persons as giver or receiver."""
    rows = _matching(states, about, persons).order_by("-changed_at", "-id")[offset : offset + limit]
    return tuple(kept(row) for row in rows)


def count_in(states: Collection[State], *, about: Collection[str] | None = None,
             persons: Collection[str] | None = None) -> int:  # fmt: skip
    """How many `handoffs_in` finds in all."""
    return _matching(states, about, persons).count()


def handoffs_about(customer_ids: Collection[str]) -> tuple[KeptHandOff, ...]:
    """Every hand-off of a customer under any of its ids, newest first."""
    return tuple(kept(row) for row in HandOff.objects.filter(customer_id__in=among(customer_ids)))


def open_into(customer_ids: Collection[str], to_role: str = "") -> Mapping[str, int]:
    """The open hand-off of each of these customers, the one begun last; into a role where one is named."""
    rows = HandOff.objects.filter(customer_id__in=among(customer_ids), state__in=list(OPEN))
    if to_role:
        rows = rows.filter(to_role=to_role)
    return dict(rows.order_by("id").values_list("customer_id", "id"))


def taken_since(customer_ids: Collection[str], since: datetime) -> tuple[KeptHandOff, ...]:
    """Hand-offs of customers that were accepted at or after a moment, the latest first."""
    held = HandOff.objects.filter(customer_id__in=among(customer_ids), state__in=list(TAKEN), accepted_at__gte=since)
    return tuple(kept(row) for row in held.order_by("-accepted_at", "-id"))


def given_moments(keys: Collection[int]) -> Mapping[int, datetime]:
    """When each of some hand-offs was given last; those that never were are not there."""
    rows = HandOff.objects.filter(pk__in=list(keys)).values_list("pk", "given_at")
    return {key: at for key, at in rows if at is not None}


def items_of(key: int) -> Mapping[str, KeptItem]:
    """The items of a hand-off by their names; one that nobody wrote is not there."""
    return {row.item: kept_item(row) for row in HandOffItem.objects.filter(handoff_id=key)}


def items_about(customer_ids: Collection[str], besides: int = 0) -> tuple[KeptItem, ...]:
    """What was written in any hand-off of a customer, the latest first; `besides` one of them."""
    rows = HandOffItem.objects.filter(handoff__customer_id__in=among(customer_ids)).exclude(text="")
    return tuple(kept_item(row) for row in rows.exclude(handoff_id=besides).order_by("-changed_at", "-id"))


def reasks_of(key: int) -> tuple[KeptReAsk, ...]:
    """What was asked again after a hand-off, in order."""
    rows = ReAsk.objects.filter(handoff_id=key)
    return tuple(KeptReAsk(r.item, r.was_filled, r.told_by, r.note, r.at, r.who) for r in rows)


def history_of(key: int) -> tuple[KeptEvent, ...]:
    """Everything that happened to a hand-off, in order."""
    rows = RelayEvent.objects.filter(handoff_id=key)
    return tuple(KeptEvent(r.at, r.who, r.kind, r.item, r.text, r.details) for r in rows)


def scores_of(key: int, customer_id: str, items: Sequence[str]) -> Mapping[str, Fraction]:
    """What each item of a hand-off counts: 0, a half or 1; a text copied from another customer's counts 0."""
    rows = HandOffItem.objects.filter(handoff_id=key, item__in=list(items)).annotate(is_copy=_copied(customer_id))
    return {row.item: _score(row, is_copy=row.is_copy) for row in rows}


def scores_of_all(keys: Collection[int]) -> Mapping[int, Mapping[str, Fraction]]:
    """What each written item of some hand-offs counts, by hand-off and item."""
    found: dict[int, dict[str, Fraction]] = {}
    rows = HandOffItem.objects.filter(handoff_id__in=list(keys))
    for row in rows.annotate(is_copy=_copied(OuterRef("handoff__customer_id"))):
        found.setdefault(row.handoff_id, {})[row.item] = _score(row, is_copy=row.is_copy)
    return found


def text_key(text: str) -> str:
    """The hash by which copies of a text are found; '' for one so short that two people may have written it."""
    plain = folded(text)
    return hashlib.sha256(plain.encode()).hexdigest()[:32] if len(plain) >= COPIED_FROM else ""


def kept(row: HandOff) -> KeptHandOff:
    """A row as a value."""
    names = KeptHandOff.__dataclass_fields__
    same = {name: getattr(row, name) for name in names if name != "id"}
    return KeptHandOff(**{**same, "id": row.pk, "items": tuple(row.items), "state": State(row.state),
                          "completeness": _share(row.completeness), "accuracy": _share(row.accuracy)})  # fmt: skip


def kept_item(row: HandOffItem) -> KeptItem:
    """A row as a value."""
    return KeptItem(**{name: getattr(row, name) for name in KeptItem.__dataclass_fields__})


def _matching(states: Collection[State], about: Collection[str] | None, persons: Collection[str] | None
              ) -> QuerySet[HandOff]:  # fmt: skip
    found = HandOff.objects.filter(state__in=list(states))
    if about is not None:
        found = found.filter(customer_id__in=among(about))
    if persons is not None:
        named = list(persons)
        found = found.filter(from_person_id__in=named) | found.filter(to_person_id__in=named)
    return found


def _copied(customer_id: str | OuterRef) -> Exists:
    """Whether the same text stood earlier in the hand-off of another customer."""
    same = HandOffItem.objects.filter(item=OuterRef("item"), text_key=OuterRef("text_key"), id__lt=OuterRef("pk"))
    return Exists(same.exclude(text_key="").exclude(handoff__customer_id=customer_id))


def _score(row: HandOffItem, *, is_copy: bool) -> Fraction:
    return score(row.item, row.text, {folded(row.text)} if is_copy else ())


def _share(millionths: int | None) -> Fraction | None:
    return None if millionths is None else Fraction(millionths, MILLION)
