"""Everything that writes decisions about identity.

Whoever calls these has checked that the writer may decide and sees both customers (`relevo.answers.identity_deciding`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from relevo.base.errors import WrongUse
from relevo.desk.identity.decided import DecisionKind, KeptDecision, decision_with, decisions_in_force
from relevo.desk.identity.models import LONGEST_REASON, IdentityDecision
from relevo.desk.people.actions import log_audit


class AlreadyDecided(WrongUse):
    """Somebody decided this pair, or undid what was said of it, since it was looked at."""


class Contradicted(WrongUse):
    """What was decided before says the opposite."""


@dataclass(frozen=True)
class NewDecision:
    """What is decided: `merge` joins `other_id` into `customer_id`, `apart` keeps them apart, and why.

    `instead_of` is the id of the decision about this pair that the decider saw; 0 where there was none.
    """

    kind: str
    customer_id: str
    other_id: str
    reason: str
    instead_of: int = 0


def decide(new: NewDecision, who: str, now: datetime) -> int:
    """Decide about two customers and return the decision's id; what held of them before is undone with it. Audited.

    WrongUse for an unknown kind, one customer twice or no reason; AlreadyDecided where another decision holds than the
    one that was seen; Contradicted where other decisions in force say the opposite.
    """
    reason = _reason(new.reason)
    if new.kind not in set(DecisionKind):
        raise WrongUse(f"There is no decision {new.kind[:40]!r}.", f"Known: {', '.join(DecisionKind)}.")
    if not new.customer_id or not new.other_id or new.customer_id == new.other_id:
        raise WrongUse("A decision names two customers.", "Name two that differ.")
    with transaction.atomic():
        held = decisions_in_force()
        before = next((each for each in held if each.pair == {new.customer_id, new.other_id}), None)
        _refuse_stale(new, before)
        _refuse_contradiction(new, [each for each in held if each is not before])
        if before:
            _end(before, who, now, reason)
        row = _stored(new, reason, who, now)
        details = {"decision": row.pk, "other": new.other_id, "reason": reason, "instead_of": new.instead_of}
        log_audit(who, f"identity.{new.kind}", new.customer_id, now, details)
    return int(row.pk)


def undo(key: int, who: str, reason: str, now: datetime) -> KeptDecision:
    """Let a decision hold no more, and return it as it is then; its row stays. Audited.

    WrongUse without a reason and for an id of none; AlreadyDecided where it was undone before.
    """
    told = _reason(reason)
    with transaction.atomic():
        found = decision_with(key)
        if found is None:
            raise WrongUse(f"There is no decision {key}.", "Look for it in the list of decisions.")
        _end(found, who, now, told)
        details = {"decision": key, "kind": found.kind, "other": found.other_id, "reason": told}
        log_audit(who, "identity.undone", found.customer_id, now, details)
    return decision_with(key) or found


def _reason(text: str) -> str:
    reason = " ".join(text.split())
    if not reason or len(reason) > LONGEST_REASON:
        raise WrongUse(f"A reason has 1 to {LONGEST_REASON} characters.", "Say in a sentence why.")
    return reason


def _end(held: KeptDecision, who: str, now: datetime, reason: str) -> None:
    """The condition stands in the UPDATE itself: of two who undo one decision exactly one changes the row."""
    row = IdentityDecision.objects.filter(pk=held.id, undone_at__isnull=True)
    if not row.update(undone_at=now, undone_by=who, undo_reason=reason):
        raise AlreadyDecided(f"The decision {held.id} was undone before.", "Reload, and look at what holds now.")


def _stored(new: NewDecision, reason: str, who: str, now: datetime) -> IdentityDecision:
    try:
        with transaction.atomic():
            return IdentityDecision.objects.create(
                kind=new.kind, customer_id=new.customer_id, other_id=new.other_id, reason=reason, decided_at=now,
                decided_by=who,
            )  # fmt: skip
    except IntegrityError:
        told = f"{new.customer_id} and {new.other_id} were decided in the meantime."
        raise AlreadyDecided(told, "Reload, and look at what holds now.") from None


def _refuse_stale(new: NewDecision, before: KeptDecision | None) -> None:
    """Raise where what holds is not what the decider saw, or says the same already."""
    if before and before.id != new.instead_of:
        told = f"{before.decided_by} decided this pair in the meantime: {before.kind}, {before.reason!r}."
        raise AlreadyDecided(told, "Reload, and decide anew where you know better.")
    if not before and new.instead_of:
        raise AlreadyDecided("What was decided of this pair was undone in the meantime.", "Reload, and decide anew.")
    if before and (before.kind, before.customer_id) == (new.kind, new.customer_id):
        raise AlreadyDecided(f"That was decided already, by {before.decided_by}.", "Nothing is to be done.")


def _refuse_contradiction(new: NewDecision, held: Iterable[KeptDecision]) -> None:
    """Raise where merges that hold make one customer of two that are to be apart, or a merge leads back to itself."""
    merges, aparts = _parted(held)
    into = {each.other_id: each.customer_id for each in merges}
    if new.kind == DecisionKind.MERGE:
        if _end_of(new.customer_id, into) == new.other_id:
            raise Contradicted(
                f"{new.customer_id} is joined into {new.other_id} already.", "Undo that first, or join it that way."
            )
        if new.other_id in into:
            told = f"{new.other_id} is joined into {into[new.other_id]} already."
            raise Contradicted(told, f"Undo that first, or join {into[new.other_id]} itself.")
        into[new.other_id] = new.customer_id
    pairs = [(each.customer_id, each.other_id) for each in aparts]
    for one, other in [*pairs, *([(new.customer_id, new.other_id)] if new.kind == DecisionKind.APART else [])]:
        if _end_of(one, into) == _end_of(other, into):
            told = f"{one} and {other} would be one customer by what was decided, and two as well."
            raise Contradicted(told, "Undo one of the decisions first.")


def _parted(held: Iterable[KeptDecision]) -> tuple[list[KeptDecision], list[KeptDecision]]:
    listed = list(held)
    merges = [each for each in listed if each.kind == DecisionKind.MERGE]
    return merges, [each for each in listed if each.kind != DecisionKind.MERGE]


def _end_of(customer_id: str, into: dict[str, str]) -> str:
    """The customer that is kept at the end of a chain of merges, which has as many steps as there are merges."""
    for _ in into:
        customer_id = into.get(customer_id, customer_id)
    return customer_id
