"""Everything that moves a hand-off from state to state.

Whoever calls these has checked that the actor may (`relevo.answers.handoff_acting`). Each names the revision that the
actor saw: of two who act on one revision exactly one does, and what the other wrote is kept in the history.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

from django.db import IntegrityError, transaction

from relevo.base.errors import WrongUse
from relevo.desk.people.actions import log_audit
from relevo.desk.relay.actions_history import Overtaken, keeping, note, one_line
from relevo.desk.relay.actions_items import ItemText, write_first
from relevo.desk.relay.actions_promises import decide_all, undecided
from relevo.desk.relay.handoffs import MILLION, scores_of, taken_since
from relevo.desk.relay.models import LONGEST_REASON, HandOff, HandOffItem
from relevo.desk.relay.scoring import NOTHING, completeness
from relevo.desk.relay.states import OPEN, Act, NotNow, State, check
from relevo.desk.relay.templates import CONFIRM_AFTER_DAYS, PROMISES, USUAL_DAYS, Template

TWO_CHANGES = timedelta(days=60)
_CONFIRM_AFTER = timedelta(days=CONFIRM_AFTER_DAYS)


class AlreadyOpen(WrongUse):
    """A hand-off of this customer into this role is under way."""


class NeedsReason(WrongUse):
    """Something that is done only with a reason."""


@dataclass(frozen=True)
class NewHandOff:
    """A hand-off to begin: whose, by which template, from whom to whom, and what is known already by item.

    Persons are ids of the book, '' where nobody is named yet. `template_from` is the day from which the template
    holds, None for the usual one.
    """

    customer_id: str
    template: Template
    from_person_id: str
    to_person_id: str = ""
    deal_id: str = ""
    template_from: date | None = None
    known: Mapping[str, ItemText] = field(default_factory=dict)
    overlap_until: date | None = None
    override_reason: str = ""
    plan_id: int | None = None


@dataclass(frozen=True)
class Verdict:
    """What the receiver found of a filled item after working with it."""

    was_right: bool
    remark: str = ""


@dataclass(frozen=True)
class Decided:
    """Whether the people who must keep a promise agreed to it; why is needed where they refuse."""

    accepted: bool
    why: str = ""


def draft(new: NewHandOff, who: str, now: datetime) -> int:
    """Begin a hand-off and return its id. AlreadyOpen where one of this customer into this role is open."""
    shape = new.template
    if not new.customer_id or not new.from_person_id:
        raise WrongUse("A hand-off has a customer and a giver.", "Name both.")
    try:
        with transaction.atomic():
            row = HandOff.objects.create(
                customer_id=new.customer_id, deal_id=new.deal_id, template=shape.name, template_from=new.template_from,
                items=list(shape.items), checklist=dict.fromkeys(shape.checklist),
                from_role=shape.from_role, to_role=shape.to_role, from_person_id=new.from_person_id,
                to_person_id=new.to_person_id, state=State.DRAFT, created_at=now, created_by=who, changed_at=now,
                overlap_until=new.overlap_until, override_reason=one_line(new.override_reason, LONGEST_REASON),
                plan_id=new.plan_id,
            )  # fmt: skip
            write_first(row, new.known, who, now)
            note(row, "drafted", who, now, details={"template": shape.name, "to": new.to_person_id})
            log_audit(who, "handoff.drafted", new.customer_id, now, {"handoff": row.pk})
    except IntegrityError:
        raise _already_open(new) from None
    return int(row.pk)


def give(key: int, seen: int, who: str, now: datetime, days: int = USUAL_DAYS, why: str = "") -> Fraction:
    """Hand it on, with what is written; how complete it is. The receiver has `days` to accept.

    NeedsReason for the second change of the person in a role within 60 days that nobody gave a reason for; `why` is
    one, which takes the place of an earlier one.
    """
    with keeping(key, why, who, now):
        row = _ready(key, Act.GIVE)
        row.override_reason = one_line(why, LONGEST_REASON) or row.override_reason
        _refuse_second_change(row, now)
        scores = scores_of(key, row.customer_id, row.items)
        share = completeness(scores, row.items)
        _move(row, Act.GIVE, seen, now, given_at=now, due_at=now + timedelta(days=days), returned_at=None,
              completeness=round(share * MILLION), override_reason=row.override_reason)  # fmt: skip
        told = {"completeness": float(share), "scores": {item: float(each) for item, each in scores.items()}}
        note(row, "given", who, now, details={**told, "to": row.to_person_id})
        log_audit(who, "handoff.given", row.customer_id, now, {"handoff": key})
    return share


def give_back(key: int, gaps: Sequence[str], reason: str, seen: int, who: str, now: datetime) -> None:
    """Return it to the giver with the items that are missing or wrong, and what is asked. WrongUse without a gap."""
    told = reason.strip()
    with keeping(key, told, who, now):
        row = _ready(key, Act.RETURN)
        if not gaps or not set(gaps) <= {*row.items, PROMISES}:
            raise WrongUse("A hand-off is returned for items that it has.", f"Name some of {', '.join(row.items)}.")
        _move(row, Act.RETURN, seen, now, returned_at=now)
        note(row, "returned", who, now, text=told, details={"gaps": list(gaps)})
        log_audit(who, "handoff.returned", row.customer_id, now, {"handoff": key, "gaps": list(gaps)})


def accept(key: int, to_person_id: str, decided: Mapping[int, Decided], seen: int, who: str, now: datetime) -> None:
    """Take the customer over: from now on the receiver holds the baton.

    Every promise that goes with it is accepted or refused with it; WrongUse where one is left open, or nobody is
    named as the receiver.
    """
    with keeping(key, _lines(each.why for each in decided.values()), who, now):
        row = _ready(key, Act.ACCEPT)
        receiver = to_person_id or row.to_person_id
        if not receiver:
            raise WrongUse("Somebody takes the customer over.", "Name who.")
        decide_all(key, {each: (d.accepted, d.why) for each, d in decided.items()}, who, now)
        left = undecided(key)
        if left:
            raise WrongUse(f"{left} promises of this hand-off are not decided.", "Accept or refuse each of them.")
        _move(row, Act.ACCEPT, seen, now, accepted_at=now, to_person_id=receiver)
        note(row, "accepted", who, now, details={"by": receiver, "asked": row.to_person_id})
        log_audit(who, "handoff.accepted", row.customer_id, now, {"handoff": key, "to": receiver})


def confirm(
    key: int, verdicts: Mapping[str, Verdict], unwritten: bool | None, seen: int, who: str, now: datetime
) -> Fraction:
    """Say what was right, after 30 days of working with it; how accurate it was.

    Every filled item is judged (WrongUse otherwise). Where none was filled nothing was wrong: 1.
    """
    with keeping(key, _lines(each.remark for each in verdicts.values()), who, now):
        row = _ready(key, Act.CONFIRM)
        _refuse_early(row, now)
        filled = [i for i, each in scores_of(key, row.customer_id, row.items).items() if each > NOTHING]
        share = _judged(key, filled, verdicts)
        _move(row, Act.CONFIRM, seen, now, confirmed_at=now, accuracy=round(share * MILLION), unwritten=unwritten)
        wrong = [item for item in filled if not verdicts[item].was_right]
        note(row, "confirmed", who, now, details={"accuracy": float(share), "wrong": wrong, "unwritten": unwritten})
        log_audit(who, "handoff.confirmed", row.customer_id, now, {"handoff": key})
    return share


def withdraw(key: int, reason: str, seen: int, who: str, now: datetime) -> None:
    """Take back what was not accepted; it stays in the history. WrongUse without a reason."""
    told = one_line(reason, LONGEST_REASON)
    if not told:
        raise WrongUse("A hand-off is withdrawn for a reason.", "Say why in a sentence.")
    with keeping(key, told, who, now):
        row = _ready(key, Act.WITHDRAW)
        _move(row, Act.WITHDRAW, seen, now, withdrawn_at=now)
        note(row, "withdrawn", who, now, text=told)
        log_audit(who, "handoff.withdrawn", row.customer_id, now, {"handoff": key, "reason": told})


def _refuse_early(row: HandOff, now: datetime) -> None:
    begins = row.accepted_at + _CONFIRM_AFTER if row.accepted_at else now
    if now < begins:
        raise NotNow(f"What was right is known after {CONFIRM_AFTER_DAYS} days.", f"Confirm from {begins:%F} on.")


def _judged(key: int, filled: Sequence[str], verdicts: Mapping[str, Verdict]) -> Fraction:
    """Keep what was found of each filled item; the part of them that was right."""
    missing = [item for item in filled if item not in verdicts]
    if missing:
        raise WrongUse("Every item that was filled in is judged.", f"Say of {', '.join(missing)} whether it was right.")
    for item in filled:
        found = verdicts[item]
        HandOffItem.objects.filter(handoff_id=key, item=item).update(
            was_right=found.was_right, remark=one_line(found.remark, LONGEST_REASON)
        )
    return Fraction(sum(verdicts[item].was_right for item in filled), len(filled)) if filled else Fraction(1)


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(filter(None, texts))


def _ready(key: int, act: Act) -> HandOff:
    """The row, locked where the database can, in a state that allows the act."""
    row = HandOff.objects.select_for_update().filter(pk=key).first()
    if row is None:
        raise WrongUse(f"There is no hand-off {key}.", "Look for it under Hand-offs.")
    check(act, State(row.state))
    return row


def _move(row: HandOff, act: Act, seen: int, now: datetime, **changed: object) -> None:
    """The condition stands in the UPDATE itself: of two who saw one revision exactly one changes the row."""
    target = check(act, State(row.state)).target or row.state
    is_told = target != State.WITHDRAWN or row.given_at is not None
    found = HandOff.objects.filter(pk=row.pk, revision=seen, state=row.state)
    if not found.update(revision=seen + 1, state=target, changed_at=now, is_new=is_told, **changed):
        raise Overtaken("Somebody changed this hand-off in the meantime.", "Reload, and look at what stands there now.")


def _refuse_second_change(row: HandOff, now: datetime) -> None:
    if row.from_role != row.to_role or row.override_reason:
        return
    before = [h for h in taken_since([row.customer_id], now - TWO_CHANGES) if h.from_role == h.to_role == row.to_role]
    if before:
        raise NeedsReason(
            f"This customer changed hands in {row.to_role} on {before[0].accepted_at:%F} already.",
            "Wait until 60 days have passed, or give a reason.",
        )


def _already_open(new: NewHandOff) -> WrongUse:
    held = HandOff.objects.filter(
        customer_id=new.customer_id, to_role=new.template.to_role, state__in=list(OPEN)
    ).first()
    told = f"Hand-off {held.pk} of this customer to {new.template.to_role} is under way." if held else "It exists."
    return AlreadyOpen(told, "Go on with that one, or withdraw it first.")
