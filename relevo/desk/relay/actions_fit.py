"""Everything that writes fit answers, overrides of the gate, and deals that were declined.

Whoever calls these has checked that the actor sees the deal (`relevo.answers.fit_acting`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from django.db import transaction

from relevo.base.errors import WrongUse
from relevo.book.currencies import is_currency
from relevo.desk.people.actions import log_audit
from relevo.desk.relay.actions_history import one_line
from relevo.desk.relay.fit import Why
from relevo.desk.relay.fit_questions import Question
from relevo.desk.relay.handoffs import MILLION
from relevo.desk.relay.models import LONGEST_REASON, DeclinedDeal, FitAnswer, FitOverride

_LONGEST_NAME = 200


@dataclass(frozen=True)
class NewDecline:
    """Something not sold on purpose: its name, why, and what it would have brought where that is known."""

    name: str
    why: str
    reason: str
    declined_on: date
    deal_id: str = ""
    customer_id: str = ""
    person_id: str = ""
    amount_cents: int | None = None
    currency: str = ""


def answer_fit(
    deal_id: str, customer_id: str, question: Question, answer: str, person_id: str, who: str, now: datetime
) -> None:
    """Answer a question about a deal; the latest answer holds, earlier ones are in the audit.

    WrongUse for an answer that the question does not have.
    """
    told = next((text for text, _ in question.answers if text.casefold() == answer.strip().casefold()), None)
    if told is None:
        known = ", ".join(text for text, _ in question.answers)
        raise WrongUse(f"{answer[:40]!r} is no answer to {question.key}.", f"Known: {known}.")
    with transaction.atomic():
        values = {"answer": told, "customer_id": customer_id, "answered_at": now, "answered_by": who,
                  "person_id": person_id, "is_new": True}  # fmt: skip
        FitAnswer.objects.update_or_create(deal_id=deal_id, question=question.key, defaults=values)
        log_audit(who, "fit.answered", customer_id, now, {"deal": deal_id, "question": question.key, "answer": told})


def override_gate(deal_id: str, customer_id: str, score: Fraction | None, reason: str, who: str, now: datetime) -> None:
    """Let a deal pass the gate with the score that it has. WrongUse without a reason."""
    told = one_line(reason, LONGEST_REASON)
    if not told:
        raise WrongUse("The gate is passed for a reason.", "Say in a sentence why this deal is sold all the same.")
    with transaction.atomic():
        kept = None if score is None else round(score * MILLION)
        FitOverride.objects.create(
            deal_id=deal_id, customer_id=customer_id, score=kept, reason=told, at=now, who=who
        )  # fmt: skip
        log_audit(who, "fit.overridden", customer_id, now, {"deal": deal_id, "reason": told})


def decline(new: NewDecline, who: str, now: datetime) -> int:
    """Write down what was not sold on purpose, and return its id."""
    name, reason = one_line(new.name, _LONGEST_NAME), one_line(new.reason, LONGEST_REASON)
    if not name or not reason:
        raise WrongUse("A declined deal has a name and a reason.", "Say what was not sold, and why.")
    if new.why not in set(Why):
        raise WrongUse(f"{new.why[:40]!r} is no cause.", f"Known: {', '.join(Why)}.")
    if new.amount_cents is not None and (new.amount_cents < 0 or not is_currency(new.currency)):
        raise WrongUse("An amount is a number of cents in a currency.", "Write both, or neither.")
    if new.declined_on > now.date():
        raise WrongUse("A deal was declined in the past.", "Correct the day.")
    with transaction.atomic():
        row = DeclinedDeal.objects.create(
            **{**vars(new), "name": name, "reason": reason}, created_at=now, created_by=who
        )
        log_audit(who, "deal.declined", new.customer_id, now, {"decline": row.pk, "name": name, "why": new.why})
    return int(row.pk)


def withdraw_decline(key: int, reason: str, who: str, now: datetime) -> None:
    """Take back what was written down by mistake, or was sold after all; its row stays. WrongUse without a reason."""
    told = one_line(reason, LONGEST_REASON)
    if not told:
        raise WrongUse("It is taken back for a reason.", "Say why in a sentence.")
    with transaction.atomic():
        found = DeclinedDeal.objects.filter(pk=key, withdrawn_at__isnull=True)
        if not found.update(withdrawn_at=now, is_new=True):
            raise WrongUse(f"There is no declined deal {key}.", "Reload the page.")
        log_audit(who, "deal.decline_withdrawn", "", now, {"decline": key, "reason": told})


def answer_all(
    deal_id: str, customer_id: str, given: Sequence[tuple[Question, str]], person_id: str, who: str, now: datetime
) -> None:
    """Answer several questions about a deal at once, or none of them where one cannot be."""
    with transaction.atomic():
        for question, answer in given:
            answer_fit(deal_id, customer_id, question, answer, person_id, who, now)
