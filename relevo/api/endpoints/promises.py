"""The promise ledger: what was promised to customers, by whom and until when, and what became of it."""

from dataclasses import dataclass
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router, Schema

from relevo.answers.reading import Reading
from relevo.answers.relay.acting import promise_to_change
from relevo.answers.relay.issues import Issue
from relevo.answers.relay.promise_lines import PromiseLine
from relevo.answers.relay.promise_one import (
    PromiseEvent,
    PromiseOne,
    known_issue,
    moment_made,
    promise_one,
    promise_start,
)
from relevo.answers.relay.promises import PromisesAsk, promises_page
from relevo.api.callers import reading_of
from relevo.api.endpoints.desk import MADE, PRINTABLE, Body, Number
from relevo.api.endpoints.relay_parts import (
    LINES,
    LONGEST_ID,
    TAKEN,
    Acted,
    Day,
    Id,
    Link,
    Named,
    Reason,
    TakenBack,
    Why,
    today_of,
)
from relevo.api.paging import Page, Place
from relevo.api.said import said
from relevo.api.shapes import Problem, done, listed, responses, shape
from relevo.api.trail import note_persons_of, note_read_through
from relevo.base.errors import WrongUse
from relevo.desk.people.keys import KeyScope
from relevo.desk.relay import actions_promises as actions
from relevo.desk.relay.actions_history import Overtaken
from relevo.desk.relay.lengths import LONGEST_TEXT
from relevo.desk.relay.promises import KeptPromise, ProductState, Standing
from relevo.jobs.clock import now

router = Router(tags=["relay"])
ONE = "/promises/{promise_id}"
Promises = listed(shape(PromiseLine, "PromiseTold"), "Promises")
# As the enum `Act`; a description cannot have two shapes of one name.
PromiseAct = Literal["accept", "refuse", "keep", "break", "change", "withdraw"]


@dataclass(frozen=True)
class PromiseRead:
    """A promise as of today, with its history; words are null where the caller may not read them.

    `acts` is what the caller may do with it now, `issue` the issue that would keep it, as of the book.
    """

    promise: PromiseLine
    handoff_id: int | None
    revision: int
    decided_by: str
    decided_why: str | None
    ended_how: str
    created_by: str
    issue: Issue | None
    history: tuple[PromiseEvent, ...]
    acts: tuple[PromiseAct, ...]


class PromisesQuestion(Page):
    """Which promises."""

    standing: Standing | None = Field(None, description="How they stand.")
    product_state: ProductState | None = Field(None, description="What the product could do when it was promised.")
    person: str = Field("", max_length=LONGEST_ID, description="Made by this person.")
    customer: str = Field("", max_length=LONGEST_ID, description="Made to this customer.", examples=["C00"])
    from_: Day | None = Field(None, alias="from", description="Due on this day or later.", examples=["2026-01-01"])
    to: Day | None = Field(None, description="Due on this day or earlier.", examples=["2026-12-31"])

    def ask(self, place: Place) -> PromisesAsk:
        """The question to the ledger."""
        state = self.product_state.value if self.product_state else ""
        customer = self.customer.strip()
        return PromisesAsk(
            self.standing, state, self.person, customer, self.from_, self.to, place.offset, place.limit
        )  # fmt: skip


class PromiseWanted(Body):
    """A promise to be written down."""

    customer_id: str = Field(
        "", max_length=LONGEST_ID, pattern=PRINTABLE, description="To whom; that of the hand-off where one is named.",
        examples=["C00"],
    )  # fmt: skip
    text: str = Field(min_length=1, max_length=LONGEST_TEXT, pattern=LINES, examples=["Import from Sage by March."])
    product_state: ProductState = Field(description="What the product can do.", examples=["planned"])
    person_id: Named = Field("", description="Who promised it; the caller by default.", examples=["leo"])
    to_whom: Named = Field("", description="Who at the customer heard it.", examples=["Rosa Gil"])
    made_on: Day | None = Field(None, description="When; today by default.", examples=["2026-10-01"])
    due_on: Day | None = Field(None, description="Until when.", examples=["2027-03-31"])
    deal_id: Named = Field("", description="The deal with which it goes.", examples=["D0"])
    handoff_id: Id | None = Field(None, description="The hand-off with which it goes.")
    issue_id: Named = Field("", description="The issue that would keep it.", examples=["B1"])
    link: Link = ""


class PromiseCorrected(Acted):
    """A promise as it is to stand; all of it is sent."""

    text: str = Field(min_length=1, max_length=LONGEST_TEXT, pattern=LINES, examples=["Import from Sage by March."])
    product_state: ProductState = Field(examples=["planned"])
    due_on: Day | None = Field(None, description="Until when.", examples=["2027-03-31"])
    issue_id: Named = Field("", description="The issue that would keep it.", examples=["B1"])
    link: Link = ""


class PromiseWhy(Body):
    """Why, where there is something to say."""

    why: Reason = Field("", description="Why.", examples=["It is on the plan of March."])


class PromiseReason(Body):
    """Why."""

    why: Why = Field(examples=["Nobody will build it."])


class PromiseOvertaken(Schema):
    """What went wrong; where somebody changed it meanwhile, what stands there now and what was sent."""

    error: Problem
    stands: PromiseRead | None = None
    sent: str | None = None


@router.get("/promises", response=responses(Promises), summary="List promises")
def list_promises(request: HttpRequest, ask: Query[PromisesQuestion]) -> HttpResponse:
    """The ledger, newest first: those of the Desk as of today, loaded ones, without `key`, as of the book.

    403 for a colleague whose figures are not the caller's.
    """
    place = Place(request, ask, reading := reading_of(request))
    found = promises_page(reading, ask.ask(place), today_of(reading))
    told = place.page(found.rows, found.found)
    note_persons_of(request, "promises", ["person_id"] if ask.person else [])
    note_read_through(request, "promises", told)
    return said(request, told)


@router.get(ONE, response=responses(PromiseRead, 404), summary="Read a promise")
def get_promise(request: HttpRequest, promise_id: Number) -> HttpResponse:
    """A promise of the Desk with its history, and what the caller may do with it."""
    reading = reading_of(request)
    return said(request, _read(promise_one(reading, promise_id, today_of(reading))))


@router.post("/promises", response=done(PromiseRead, 404, status=MADE), summary="Write a promise down")
def make_promise(request: HttpRequest, body: PromiseWanted) -> HttpResponse:
    """What was promised to a customer, or with a hand-off."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    start = promise_start(reading, body.customer_id, body.deal_id, body.handoff_id)
    person_id = body.person_id or start.person_id
    if person_id not in {start.person_id, *dict(start.persons)}:
        raise WrongUse(f"Nobody is known as {person_id[:80]!r}.", "GET /people lists them; leave it out for yourself.")
    at = now()
    made_at = moment_made(reading, body.made_on, at) if body.made_on else at
    new = actions.NewPromise(
        start.customer_id, body.text, body.product_state, made_at, person_id, body.to_whom, body.due_on, start.deal_id,
        start.handoff_id, known_issue(reading, body.issue_id), body.link,
    )  # fmt: skip
    return _told(request, actions.make_promise(new, reading.viewer.name, at))


@router.put(ONE, response={**done(PromiseRead, 404), TAKEN: PromiseOvertaken}, summary="Correct a promise")
def change_promise(request: HttpRequest, promise_id: Number, body: PromiseCorrected) -> HttpResponse:
    """Correct what nobody has decided yet.

    409 `overtaken` where somebody changed it since: nothing is overwritten, `stands` is what stands there, and the
    text that was sent is kept in the history.
    """
    reading, kept = _mine(request, promise_id)
    issue_id = known_issue(reading, body.issue_id)
    try:
        actions.change_promise(
            kept.id, body.text, body.product_state, body.due_on, issue_id, body.link, body.revision,
            reading.viewer.name, now(),
        )  # fmt: skip
    except Overtaken as problem:
        return _overtaken(request, promise_id, problem, body.text)
    return _told(request, promise_id, 200)


@router.post(f"{ONE}/accept", response=done(PromiseRead, 404, status=MADE), summary="Accept a promise")
def accept_promise(request: HttpRequest, promise_id: Number, body: PromiseWhy) -> HttpResponse:
    """Take it on for those who must keep it."""
    reading, kept = _mine(request, promise_id)
    actions.decide_promise(kept.id, True, body.why, reading.viewer.name, now())
    return _told(request, promise_id)


@router.post(f"{ONE}/refuse", response=done(PromiseRead, 404, status=MADE), summary="Refuse a promise")
def refuse_promise(request: HttpRequest, promise_id: Number, body: PromiseReason) -> HttpResponse:
    """Say that it will not be kept, and why; whoever promised it tells the customer."""
    reading, kept = _mine(request, promise_id)
    actions.decide_promise(kept.id, False, body.why, reading.viewer.name, now())
    return _told(request, promise_id)


@router.post(f"{ONE}/keep", response=done(PromiseRead, 404, status=MADE), summary="Say that a promise was kept")
def keep_promise(request: HttpRequest, promise_id: Number, body: PromiseWhy) -> HttpResponse:  # noqa: ARG001 - nothing to say
    """Kept today; late where its day is over."""
    reading, kept = _mine(request, promise_id)
    is_late = kept.due_on is not None and kept.due_on < today_of(reading)
    actions.keep_promise(kept.id, is_late, reading.viewer.name, now())
    return _told(request, promise_id)


@router.post(f"{ONE}/break", response=done(PromiseRead, 404, status=MADE), summary="Say that a promise is broken")
def break_promise(request: HttpRequest, promise_id: Number, body: PromiseReason) -> HttpResponse:
    """It was not kept, or will not be; and why."""
    reading, kept = _mine(request, promise_id)
    actions.break_promise(kept.id, body.why, reading.viewer.name, now())
    return _told(request, promise_id)


@router.post(f"{ONE}/withdraw", response=done(TakenBack, 404, status=MADE), summary="Take a promise back")
def withdraw_promise(request: HttpRequest, promise_id: Number, body: PromiseReason) -> HttpResponse:
    """Take back what was written down by mistake; it stays in the history, and is listed no more."""
    reading, kept = _mine(request, promise_id)
    actions.withdraw_promise(kept.id, body.why, reading.viewer.name, now())
    return said(request, {"id": kept.id}, MADE)


def _mine(request: HttpRequest, key: int) -> tuple[Reading, KeptPromise]:
    """Who acts, and the promise about which this one may say something."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    return reading, promise_to_change(reading, key)


def _told(request: HttpRequest, key: int, status: int = MADE) -> HttpResponse:
    """The promise as it stands after what was done."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    return said(request, _read(promise_one(reading, key, today_of(reading))), status)


def _overtaken(request: HttpRequest, key: int, problem: Overtaken, sent: str) -> HttpResponse:
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    told = {
        "code": "overtaken",
        "message": problem.message,
        "where": f"{request.method} {request.path}",
        "hint": "Look at both, and send it again with the revision that stands; yours is kept in the history.",
    }
    stands = _read(promise_one(reading, key, today_of(reading)))
    return said(request, {"error": told, "stands": stands, "sent": sent}, TAKEN)


def _read(one: PromiseOne) -> PromiseRead:
    kept, reads = one.kept, one.line.text is not None
    why = kept.decided_why if reads else None
    acts: Any = one.acts
    return PromiseRead(
        one.line, kept.handoff_id, kept.revision, one.decided_by, why, kept.ended_how, kept.created_by, one.issue,
        one.events, acts,
    )  # fmt: skip
