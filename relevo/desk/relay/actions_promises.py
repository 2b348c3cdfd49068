"""Everything that writes promises: made, taken on or refused, kept, broken.

Whoever calls these has checked that the actor may (`relevo.answers.promise_acting`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import F

from relevo.base.errors import WrongUse
from relevo.desk.people.actions import log_audit
from relevo.desk.relay.actions_history import SET_ASIDE, Overtaken, note, one_line
from relevo.desk.relay.models import LONGEST_REASON, LONGEST_TEXT, Promise
from relevo.desk.relay.promises import EndedHow, ProductState

_LONGEST_NAME, _LONGEST_LINK = 254, 1_000


@dataclass(frozen=True)
class NewPromise:
    """What was promised: to which customer, by whom, whether the product can do it, by which day.

    `person_id` is who promised, `to_whom` who at the customer heard it; `issue_id` is the issue that would keep it.
    """

    customer_id: str
    text: str
    product_state: str
    made_at: datetime
    person_id: str = ""
    to_whom: str = ""
    due_on: date | None = None
    deal_id: str = ""
    handoff_id: int | None = None
    issue_id: str = ""
    link: str = ""


def make_promise(new: NewPromise, who: str, now: datetime) -> int:
    """Write a promise down and return its id. WrongUse without a text, for an unknown state, and for the future."""
    _check(new, now)
    with transaction.atomic():
        told = {**vars(new), "text": new.text.strip(), "to_whom": one_line(new.to_whom, _LONGEST_NAME)}
        row = Promise.objects.create(**told, created_at=now, created_by=who, changed_at=now)
        _note(row, "promised", who, now, row.text, {"product_state": new.product_state, "due_on": _day(new.due_on)})
    return int(row.pk)


def change_promise(
    key: int, text: str, product_state: str, due_on: date | None, issue_id: str, link: str, seen: int, who: str,
    now: datetime,
) -> None:  # fmt: skip
    """Correct a promise that nobody has decided yet. Overtaken where somebody changed it in between.

    Then the text that was not taken is kept in the history.
    """
    with transaction.atomic():
        row = _open(key)
        if row.accepted_at or row.refused_at:
            raise WrongUse("What was decided about is not rewritten.", "Withdraw it, or make another promise.")
        _check(NewPromise(row.customer_id, text, product_state, row.made_at, link=link, issue_id=issue_id), now)
        changed = {"text": text.strip(), "product_state": product_state, "due_on": due_on, "issue_id": issue_id,
                   "link": link}  # fmt: skip
        is_taken = Promise.objects.filter(pk=key, revision=seen).update(**_marks(now), **changed)
        told = {"promise": key, "before": row.text, "due_on": _day(due_on)}
        if is_taken:
            _note(row, "promise.changed", who, now, text.strip(), told)
        else:
            note(row.handoff, SET_ASIDE, who, now, text=text.strip(), details=told, promise=row)
    if not is_taken:
        raise Overtaken("Somebody changed this promise in the meantime.", "Look at what stands there now.")


def decide_promise(key: int, accepted: bool, why: str, who: str, now: datetime) -> None:
    """Take a promise on for those who must keep it, or refuse it; WrongUse where it is refused without a reason.

    WrongUse as well where it was decided before.
    """
    told = one_line(why, LONGEST_REASON)
    if not accepted and not told:
        raise WrongUse("A promise is refused for a reason.", "Say in a sentence why it will not be kept.")
    with transaction.atomic():
        row = _open(key)
        at = {"accepted_at": now} if accepted else {"refused_at": now}
        found = Promise.objects.filter(pk=key, accepted_at__isnull=True, refused_at__isnull=True)
        if not found.update(**_marks(now), **at, decided_by=who, decided_why=told):
            raise WrongUse(f"{row.decided_by or 'Somebody'} decided this promise before.", "Reload the page.")
        _note(row, "promise.accepted" if accepted else "promise.refused", who, now, told)


def decide_all(handoff_id: int, decided: Mapping[int, tuple[bool, str]], who: str, now: datetime) -> None:
    """Decide promises of a hand-off, each as accepted or not with why; WrongUse for one that does not go with it."""
    mine = set(Promise.objects.filter(handoff_id=handoff_id).values_list("pk", flat=True))
    if not set(decided) <= mine:
        raise WrongUse("A promise was decided that does not go with this hand-off.", "Reload the page.")
    for key, (accepted, why) in decided.items():
        decide_promise(key, accepted, why, who, now)


def undecided(handoff_id: int) -> int:
    """How many promises of a hand-off are neither accepted nor refused."""
    rows = Promise.objects.filter(handoff_id=handoff_id, withdrawn_at__isnull=True)
    return rows.filter(accepted_at__isnull=True, refused_at__isnull=True).count()


def keep_promise(
    key: int, is_late: bool, who: str, now: datetime, how: EndedHow = EndedHow.PERSON, at: datetime | None = None
) -> None:
    """Say that a promise was kept; `is_late` where its day was over. `at` is when, now by default.

    One that was broken before it was kept is late. WrongUse where it was kept before.
    """
    with transaction.atomic():
        row, kept_at = _open(key), at or now
        found = Promise.objects.filter(pk=key, kept_at__isnull=True)
        late = is_late or (row.broken_at is not None and row.broken_at < kept_at)
        if not found.update(**_marks(now), kept_at=kept_at, is_late=late, ended_how=how):
            raise WrongUse("This promise was kept before.", "Reload the page.")
        _note(row, "promise.kept", who, now, details={"how": how, "is_late": late})


def break_promise(
    key: int, why: str, who: str, now: datetime, how: EndedHow = EndedHow.PERSON, at: datetime | None = None
) -> None:
    """Say that a promise will not be kept, or was not; `at` is when that was clear, now by default.

    WrongUse where that was said before, or it was kept; and where a person says it without a reason.
    """
    told = one_line(why, LONGEST_REASON)
    if how is EndedHow.PERSON and not told:
        raise WrongUse("A promise is called broken for a reason.", "Say in a sentence why it is not kept.")
    with transaction.atomic():
        row = _open(key)
        found = Promise.objects.filter(pk=key, kept_at__isnull=True, broken_at__isnull=True)
        if not found.update(**_marks(now), broken_at=at or now, ended_how=how):
            raise WrongUse("This promise was kept, or broken, before.", "Reload the page.")
        _note(row, "promise.broken", who, now, told, {"how": how})


def withdraw_promise(key: int, why: str, who: str, now: datetime) -> None:
    """Take back a promise that was written down by mistake; it stays in the history. WrongUse without a reason."""
    told = one_line(why, LONGEST_REASON)
    if not told:
        raise WrongUse("A promise is taken back for a reason.", "Say why in a sentence.")
    with transaction.atomic():
        row = _open(key)
        if row.accepted_at or row.refused_at or row.kept_at or row.broken_at:
            raise WrongUse("What was decided, kept or broken stays.", "Say what became of it instead.")
        Promise.objects.filter(pk=key).update(**_marks(now), withdrawn_at=now)
        _note(row, "promise.withdrawn", who, now, told)


def _open(key: int) -> Promise:
    row = Promise.objects.select_for_update().filter(pk=key, withdrawn_at__isnull=True).first()
    if row is None:
        raise WrongUse(f"There is no promise {key}.", "Look for it under Promises.")
    return row


def _marks(now: datetime) -> dict[str, object]:
    return {"changed_at": now, "is_new": True, "revision": F("revision") + 1}


def _note(
    row: Promise, kind: str, who: str, now: datetime, text: str = "", details: Mapping[str, object] | None = None
) -> None:
    note(row.handoff, kind, who, now, text=text, details={"promise": row.pk, **(details or {})}, promise=row)
    log_audit(who, kind, row.customer_id, now, {"promise": row.pk, **(details or {})})


def _check(new: NewPromise, now: datetime) -> None:
    if not new.text.strip() or len(new.text) > LONGEST_TEXT:
        raise WrongUse(f"A promise has a text of 1 to {LONGEST_TEXT} characters.", "Write it as it was said.")
    if new.product_state not in set(ProductState):
        raise WrongUse(f"The product cannot be {new.product_state[:40]!r}.", f"Known: {', '.join(ProductState)}.")
    if new.link and not new.link.startswith(("https://", "http://")):
        raise WrongUse(f"{new.link[:80]!r} is no link.", "Paste an address that begins with https://.")
    one_line(new.link, _LONGEST_LINK)
    if new.made_at > now:
        raise WrongUse("A promise was made in the past.", "Correct when.")


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
