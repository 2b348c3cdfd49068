"""Fit: a deal under its questions, the gate and who let it pass, and what was not sold on purpose."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router

from relevo.answers.notes import customer_to_write_about
from relevo.answers.reading import Reading
from relevo.answers.relay.acting import my_person
from relevo.answers.relay.declined import DeclineLine, check_may_decline, decline_to_withdraw, declined_deals
from relevo.answers.relay.fit import FitLine, fit_page
from relevo.answers.relay.fit_deal import FitDealPage, QuestionLine, deal_to_act_on, fit_deal
from relevo.answers.relay.fit_deals import FitDeal
from relevo.api.callers import reading_of
from relevo.api.endpoints.desk import MADE, PRINTABLE, Body, Number
from relevo.api.endpoints.handoff_shapes import share
from relevo.api.endpoints.relay_parts import LONGEST_ID, Cents, Day, Named, TakenBack, Why, today_of
from relevo.api.paging import Page, Place
from relevo.api.said import said
from relevo.api.shapes import done, listed, responses, shape
from relevo.api.trail import note_read_through
from relevo.base.errors import WrongUse
from relevo.desk.people.keys import KeyScope
from relevo.desk.relay.actions_fit import NewDecline, answer_all, decline, override_gate, withdraw_decline
from relevo.desk.relay.fit import KeptOverride
from relevo.desk.relay.fit import Why as Cause
from relevo.desk.relay.lengths import LONGEST_REASON
from relevo.jobs.clock import now

router = Router(tags=["relay"])
ONE = "/fit/deals/{path:deal_id}"
DealId = Annotated[str, Path(max_length=LONGEST_ID, examples=["D0"])]
FitList = Literal["open", "unqualified", "overridden"]
DeclinedTold = shape(DeclineLine, "DeclinedDeal")
Declined = listed(DeclinedTold, "DeclinedDeals")


@dataclass(frozen=True)
class FitAnswerTold:
    """A question with its answers and their points, and the answer that holds: null for none, or where it is not read.

    `is_known` says whether the answer is one that the question has: another one counts as none.
    """

    key: str
    text: str
    answers: dict[str, int]
    answer: str | None
    answered_on: date | None
    answered_by: str
    is_known: bool


@dataclass(frozen=True)
class OverrideTold:
    """That somebody let the deal pass the gate, with which score, and why."""

    who: str
    at: datetime
    score: float | None
    reason: str


@dataclass(frozen=True)
class FitRow:
    """How a deal fits: the deal as of the book, answers as of now; score and gate are shares from 0 to 1.

    The deal's `amount_cents` is in the book's currency, null where nobody knows or it is not for the caller.
    `override_by` is who let it pass, '' where nobody did.
    """

    deal: FitDeal
    customer: str
    person: str
    sees_amount: bool
    score: float | None
    gate: float
    answered: int
    asked: int
    is_complete: bool
    is_qualified: bool
    override_by: str


@dataclass(frozen=True)
class FitDealTold:
    """A deal under its questions, with what was answered and decided; `currency` is that of its amount."""

    fit: FitRow
    currency: str
    questions: tuple[FitAnswerTold, ...]
    overrides: tuple[OverrideTold, ...]
    reads_words: bool
    may_act: bool
    may_override: bool


Rows = listed(FitRow, "FitDeals")


class FitQuestion(Page):
    """Which deals."""

    list: FitList = Field("open", description="Open ones, wins of a year that nobody qualified, or those let pass.")


class AnswersWanted(Body):
    """Answers by the key of their question; the others stay as they are."""

    answers: dict[str, Annotated[str, Field(max_length=LONGEST_REASON, pattern=PRINTABLE)]] = Field(
        min_length=1, max_length=50, examples=[{"owner_named": "yes"}]
    )


class OverrideWanted(Body):
    """Why a deal below the gate is sold all the same."""

    reason: Why = Field(examples=["A door to the group."])


class DeclineWanted(Body):
    """What was not sold on purpose: an open deal of the CRM, or something that no CRM knows."""

    deal_id: Named = Field("", description="The open deal, where it is one.")
    customer_id: Named = Field("", description="Where it is one; not beside a deal.")
    name: str = Field("", max_length=200, pattern=PRINTABLE, description="Needed without a deal.", examples=["Norr AB"])
    why: Cause = Field(examples=["no_fit"])
    reason: Why = Field(examples=["They need a payroll."])
    declined_on: Day | None = Field(None, description="Today by default.", examples=["2026-10-01"])
    amount_cents: Cents | None = Field(None, description="In the book's currency; the deal's own by default.")


class DeclineUndone(Body):
    """Why a deal is declined no more."""

    reason: Why = Field(examples=["Sold after all."])


@router.get("/fit/deals", response=responses(Rows), summary="List deals by fit")
def list_fit(request: HttpRequest, ask: Query[FitQuestion]) -> HttpResponse:
    """Open deals for new business, those won within a year that nobody qualified, or those let pass; latest first."""
    place = Place(request, ask, reading := reading_of(request))
    page = fit_page(reading, today_of(reading))
    lists = {"open": page.open, "unqualified": page.unqualified, "overridden": page.overridden}
    told = place.cut(lists[ask.list])
    told = {**told, "items": [_row(line) for line in told["items"]]}
    note_read_through(request, f"fit.{ask.list}", told)
    return said(request, told)


@router.put(f"{ONE}/answers", response=done(FitDealTold, 404), summary="Answer questions about fit")
def answer_questions(request: HttpRequest, deal_id: DealId, body: AnswersWanted) -> HttpResponse:
    """Answer some of a deal's questions, all of them or none; saying again what holds is no news."""
    reading, deal = _to_act_on(request, deal_id)
    held = {line.question.key: line for line in fit_deal(reading, deal_id, today_of(reading)).questions}
    if unknown := sorted(set(body.answers) - set(held)):
        raise WrongUse(f"There is no question {unknown[0][:40]!r}.", f"Known: {', '.join(held)}.")
    given = [(held[key].question, text) for key, text in body.answers.items() if not _is_same(held[key], text)]
    answer_all(deal.deal_id, deal.customer_id, given, my_person(reading), reading.viewer.name, now())
    return _told(request, deal_id, 200)


@router.post(f"{ONE}/override", response=done(FitDealTold, 404, status=MADE), summary="Let a deal pass the gate")
def override_fit(request: HttpRequest, deal_id: DealId, body: OverrideWanted) -> HttpResponse:
    """Say why a deal below the gate is sold all the same, once every question is answered."""
    reading, deal = _to_act_on(request, deal_id)
    page = fit_deal(reading, deal_id, today_of(reading))
    if not page.may_override:
        raise WrongUse("This deal needs no override.", "Answer every question first; then see what the gate says.")
    score = page.line.judged.fit.score
    override_gate(deal.deal_id, deal.customer_id, score, body.reason, reading.viewer.name, now())
    return _told(request, deal_id, MADE)


@router.get(ONE, response=responses(FitDealTold, 404), summary="Read the fit of a deal")
def get_fit(request: HttpRequest, deal_id: DealId) -> HttpResponse:
    """Open deals for new business and those won within a year; 404 for others."""
    reading = reading_of(request)
    return said(request, _deal_told(fit_deal(reading, deal_id, today_of(reading))))


@router.get("/fit/declined", response=responses(Declined), summary="List declined deals")
def list_declined(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """What was not sold on purpose, the latest first: here as of now, in the CRM as of the book."""
    place = Place(request, page, reading := reading_of(request))
    told = place.cut(declined_deals(reading))
    note_read_through(request, "fit.declined", told)
    return said(request, told)


@router.post("/fit/declined", response=done(DeclinedTold, 404, status=MADE), summary="Decline a deal")
def decline_deal(request: HttpRequest, body: DeclineWanted) -> HttpResponse:
    """Write down what was not sold on purpose, and why."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    check_may_decline(reading)
    new = _of_deal(reading, body) if body.deal_id else _without_deal(reading, body)
    key = decline(new, reading.viewer.name, now())
    again = reading_of(request, KeyScope.WRITE_RELAY)
    return said(request, next(line for line in declined_deals(again) if line.key == key), MADE)


@router.post("/fit/declined/{decline_id}/undo", response=done(TakenBack, 404, status=MADE), summary="Undo a decline")
def undo_decline(request: HttpRequest, decline_id: Number, body: DeclineUndone) -> HttpResponse:
    """Take back what was written down by mistake, or was sold after all."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    kept = decline_to_withdraw(reading, decline_id)
    withdraw_decline(kept.id, body.reason, reading.viewer.name, now())
    return said(request, {"id": kept.id}, MADE)


def _to_act_on(request: HttpRequest, deal_id: str) -> tuple[Reading, FitDeal]:
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    return reading, deal_to_act_on(reading, deal_id)


def _of_deal(reading: Reading, body: DeclineWanted) -> NewDecline:
    """A deal of the CRM, with its own name, customer and amount."""
    if body.name or body.customer_id:
        raise WrongUse("A deal has its own name and customer.", "Leave out name and customer_id beside deal_id.")
    deal = deal_to_act_on(reading, body.deal_id)
    cents = deal.amount_cents if body.amount_cents is None else body.amount_cents
    return NewDecline(
        deal.name, body.why, body.reason, body.declined_on or today_of(reading), deal.deal_id, deal.customer_id,
        deal.person_id, cents, reading.company_book.company.currency,
    )  # fmt: skip


def _without_deal(reading: Reading, body: DeclineWanted) -> NewDecline:
    """What no CRM knows."""
    customer_id = customer_to_write_about(reading, body.customer_id) if body.customer_id else ""
    return NewDecline(
        body.name, body.why, body.reason, body.declined_on or today_of(reading), "", customer_id, my_person(reading),
        body.amount_cents, reading.company_book.company.currency,
    )  # fmt: skip


def _is_same(line: QuestionLine, text: str) -> bool:
    return line.answered is not None and line.answered.answer.strip().casefold() == text.strip().casefold()


def _told(request: HttpRequest, deal_id: str, status: int) -> HttpResponse:
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    return said(request, _deal_told(fit_deal(reading, deal_id, today_of(reading))), status)


def _row(line: FitLine) -> FitRow:
    judged = line.judged
    return FitRow(
        deal=line.deal,
        customer=line.customer,
        person=line.person,
        sees_amount=line.sees_amount,
        score=share(judged.fit.score),
        gate=round(float(judged.gate), 6),
        answered=judged.fit.answered,
        asked=judged.fit.questions,
        is_complete=judged.is_complete,
        is_qualified=judged.is_qualified,
        override_by=line.override_by,
    )


def _deal_told(page: FitDealPage) -> FitDealTold:
    return FitDealTold(
        fit=_row(page.line),
        currency=page.stamp.currency,
        questions=tuple(map(_question, page.questions)),
        overrides=tuple(_override(kept, who) for kept, who in page.overrides),
        reads_words=page.reads,
        may_act=page.may_act,
        may_override=page.may_override,
    )


def _question(line: QuestionLine) -> FitAnswerTold:
    asked, held = line.question, line.answered
    return FitAnswerTold(
        asked.key, asked.text, dict(asked.answers), held.answer if held else None, held.on if held else None, line.who,
        line.is_known,
    )  # fmt: skip


def _override(kept: KeptOverride, who: str) -> OverrideTold:
    return OverrideTold(who, kept.at, share(kept.score), kept.reason)
