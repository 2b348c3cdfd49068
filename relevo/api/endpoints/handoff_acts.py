"""What giver and receiver do with a hand-off: give, return, accept, confirm, withdraw, meet, tick, ask again, link."""

from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Field, Path, Router, Schema
from pydantic import StrictBool

from relevo.answers.reading import NotFound
from relevo.answers.relay.acting import handoff_to_change, my_person
from relevo.answers.relay.beginning import known_receiver
from relevo.answers.relay.one import handoff_to_show, handoff_to_tell_of, one_handoff
from relevo.api.callers import reading_of
from relevo.api.endpoints.desk import MADE, PRINTABLE, Body, Number
from relevo.api.endpoints.handoff_shapes import HandOffTold
from relevo.api.endpoints.handoffs import ONE, handoff_said
from relevo.api.endpoints.relay_parts import LINES, Acted, Days, Id, Moment, Named, Reason, Why, today_of
from relevo.api.said import said
from relevo.api.shapes import done
from relevo.base.errors import WrongUse
from relevo.desk.people.keys import KeyScope
from relevo.desk.relay.actions import Decided, Verdict, accept, confirm, give, give_back, withdraw
from relevo.desk.relay.actions_customer import make_link
from relevo.desk.relay.actions_items import ToldBy, note_reask, set_meeting, tick
from relevo.desk.relay.lengths import LONGEST_TEXT
from relevo.desk.relay.states import Act
from relevo.jobs.clock import now

router = Router(tags=["relay"])
_MOST = 50
_FIRST_YEAR, _LAST_YEAR = 2000, 2199
LineName = Annotated[str, Path(min_length=1, max_length=40, pattern=PRINTABLE, examples=["read_all"])]


class Giving(Acted):
    """Handing on."""

    days: Days | None = Field(None, description="To accept it; those of the template by default.")
    reason: Reason = Field("", description="Why a customer changes hands in a role twice within 60 days.")


class Returning(Acted):
    """Returning it to the giver."""

    gaps: list[str] = Field(
        min_length=1, max_length=_MOST, description="The items that are missing or wrong, or `promises`.",
        examples=[["needs"]],
    )  # fmt: skip
    reason: str = Field("", max_length=LONGEST_TEXT, pattern=LINES, description="What is asked.")


class PromiseDecided(Body):
    """Whether those who must keep a promise take it on; why is needed where they refuse."""

    id: Id
    accepted: StrictBool
    why: Reason = ""


class Accepting(Acted):
    """Taking the customer over, with every promise that goes with it decided."""

    to_person_id: Named = Field("", description="Who takes over where nobody was named; the caller by default.")
    promises: list[PromiseDecided] = Field([], max_length=500)


class ItemJudged(Body):
    """What the receiver found of a filled item after working with it."""

    item: str = Field(min_length=1, max_length=40, pattern=PRINTABLE, examples=["needs"])
    was_right: StrictBool
    remark: Reason = ""


class Confirming(Acted):
    """Saying what was right, of every item that was filled."""

    items: list[ItemJudged] = Field(max_length=_MOST, examples=[[{"item": "needs", "was_right": True}]])
    unwritten: StrictBool | None = Field(None, description="Whether the giver knew more than was written.")


class Withdrawing(Acted):
    """Taking back what was not accepted."""

    reason: Why = Field(examples=["Sold to another."])


class ReAsked(Body):
    """Something that the customer was asked again."""

    item: str = Field(min_length=1, max_length=40, pattern=PRINTABLE, description="Or `other`.", examples=["needs"])
    told_by: ToldBy = Field(description="Who reports it.", examples=["receiver"])
    note: Reason = Field("", description="What was asked.")


class Meeting(Body):
    """When giver, receiver and customer meet; null where they do not."""

    at: Moment | None = Field(examples=["2026-12-01T09:00:00Z"])


class Ticked(Body):
    """Whether a line of the receiver's checklist is done."""

    is_done: StrictBool


class LinkMade(Schema):
    """The address for the customer, told here and never again; earlier ones are void."""

    path: str


@router.post(f"{ONE}/give", response=done(HandOffTold, 404, status=MADE), summary="Give a hand-off")
def give_handoff(request: HttpRequest, handoff_id: Number, body: Giving) -> HttpResponse:
    """Hand it on as it is written. 409 `needs_reason` for the second change in a role within 60 days without one."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    handoff_to_change(reading, handoff_id, Act.GIVE)
    days = body.days or one_handoff(reading, handoff_id, today_of(reading)).days
    give(handoff_id, body.revision, reading.viewer.name, now(), days, body.reason)
    return handoff_said(request, handoff_id)


@router.post(f"{ONE}/return", response=done(HandOffTold, 404, status=MADE), summary="Return a hand-off")
def return_handoff(request: HttpRequest, handoff_id: Number, body: Returning) -> HttpResponse:
    """Send it back to the giver with the items that are missing or wrong."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    handoff_to_change(reading, handoff_id, Act.RETURN)
    give_back(handoff_id, body.gaps, body.reason, body.revision, reading.viewer.name, now())
    return handoff_said(request, handoff_id)


@router.post(f"{ONE}/accept", response=done(HandOffTold, 404, status=MADE), summary="Accept a hand-off")
def accept_handoff(request: HttpRequest, handoff_id: Number, body: Accepting) -> HttpResponse:
    """Take the customer over: from now on the receiver holds the baton."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    kept = handoff_to_change(reading, handoff_id, Act.ACCEPT)
    if kept.to_person_id and body.to_person_id not in ("", kept.to_person_id):
        raise WrongUse("Another receiver was named.", "Leave out to_person_id, or return it to have it changed.")
    taker = "" if kept.to_person_id else known_receiver(reading, body.to_person_id) or my_person(reading)
    decided = {each.id: Decided(each.accepted, each.why) for each in body.promises}
    accept(handoff_id, taker, decided, body.revision, reading.viewer.name, now())
    return handoff_said(request, handoff_id)


@router.post(f"{ONE}/confirm", response=done(HandOffTold, 404, status=MADE), summary="Confirm a hand-off")
def confirm_handoff(request: HttpRequest, handoff_id: Number, body: Confirming) -> HttpResponse:
    """Say what was right, 30 days after it was accepted; 409 `not_now` before."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    kept = handoff_to_change(reading, handoff_id, Act.CONFIRM)
    verdicts = {each.item: Verdict(each.was_right, each.remark) for each in body.items}
    if unknown := sorted(set(verdicts) - set(kept.items)):
        raise WrongUse(f"This hand-off has no item {unknown[0]!r}.", f"It has: {', '.join(kept.items)}.")
    confirm(handoff_id, verdicts, body.unwritten, body.revision, reading.viewer.name, now())
    return handoff_said(request, handoff_id)


@router.post(f"{ONE}/withdraw", response=done(HandOffTold, 404, status=MADE), summary="Withdraw a hand-off")
def withdraw_handoff(request: HttpRequest, handoff_id: Number, body: Withdrawing) -> HttpResponse:
    """Take back what was not accepted; it stays in the history."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    handoff_to_change(reading, handoff_id, Act.WITHDRAW)
    withdraw(handoff_id, body.reason, body.revision, reading.viewer.name, now())
    return handoff_said(request, handoff_id)


@router.post(f"{ONE}/reasks", response=done(HandOffTold, 404, status=MADE), summary="Note what was asked again")
def note_asked_again(request: HttpRequest, handoff_id: Number, body: ReAsked) -> HttpResponse:
    """Note that the customer was asked something again; 409 `not_now` before the hand-off was accepted."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    handoff_to_tell_of(reading, handoff_id)
    note_reask(handoff_id, body.item, body.told_by, body.note, reading.viewer.name, now())
    return handoff_said(request, handoff_id)


@router.put(f"{ONE}/meeting", response=done(HandOffTold, 404), summary="Set the joint meeting")
def set_joint_meeting(request: HttpRequest, handoff_id: Number, body: Meeting) -> HttpResponse:
    """Say when giver, receiver and customer meet, or that they do not."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    handoff_to_tell_of(reading, handoff_id)
    set_meeting(handoff_id, _known(body.at), reading.viewer.name, now())
    return handoff_said(request, handoff_id, 200)


@router.put(f"{ONE}/checklist/{{line}}", response=done(HandOffTold, 404), summary="Tick a line of the checklist")
def tick_line(request: HttpRequest, handoff_id: Number, line: LineName, body: Ticked) -> HttpResponse:
    """Tick a line of the receiver's checklist, or take the tick back."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    kept = handoff_to_change(reading, handoff_id, Act.ACCEPT)
    if line not in kept.checklist:
        raise NotFound(f"This checklist has no line {line!r}.", f"It has: {', '.join(kept.checklist) or 'none'}.")
    tick(handoff_id, line, body.is_done, reading.viewer.name, now())
    return handoff_said(request, handoff_id, 200)


@router.post(f"{ONE}/link", response=done(LinkMade, 404, status=MADE), summary="Make a link for the customer")
def make_customer_link(request: HttpRequest, handoff_id: Number) -> HttpResponse:
    """The address at which the customer confirms what was understood, without signing in; it holds for 60 days."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    handoff_to_show(reading, handoff_id)
    token = make_link(handoff_id, reading.viewer.name, now())
    return said(request, {"path": reverse("customer-link", args=[token])}, MADE)


def _known(at: datetime | None) -> datetime | None:
    """A moment that a calendar has; WrongUse for one of another century."""
    if at is not None and not _FIRST_YEAR <= at.year <= _LAST_YEAR:
        raise WrongUse(f"Nobody meets in {at.year}.", "Send the moment as 2026-10-31T14:30:00Z.")
    return at
