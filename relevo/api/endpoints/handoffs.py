"""Hand-offs: the board as a list, one of them, and what giver and receiver do with it."""

from datetime import date
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Field, Path, Query, Router, Schema
from pydantic import StrictBool, StrictInt

from relevo.answers.reading import NotFound, Reading
from relevo.answers.relay.acting import handoff_to_change, my_person
from relevo.answers.relay.beginning import beginning, chosen_of, known_receiver
from relevo.answers.relay.board import COLUMNS, board_rows, dropped_list
from relevo.answers.relay.loaded_one import LoadedHandOff, loaded_handoff
from relevo.answers.relay.one import handoff_to_show, handoff_to_tell_of, one_handoff, suggestions
from relevo.answers.relay.prefill import Candidate
from relevo.api.callers import reading_of
from relevo.api.endpoints.desk import MADE, PRINTABLE, Body, Number
from relevo.api.endpoints.handoff_shapes import (
    DroppedRow,
    HandOffRow,
    HandOffState,
    HandOffTold,
    ItemTold,
    card_told,
    dropped_told,
    handoff_told,
)
from relevo.api.paging import Page, Place
from relevo.api.said import said
from relevo.api.shapes import Problem, done, listed, responses, shape
from relevo.base.errors import WrongUse
from relevo.desk.people.keys import KeyScope
from relevo.desk.relay.actions import (
    Decided,
    NewHandOff,
    Verdict,
    accept,
    confirm,
    draft,
    give,
    give_back,
    withdraw,
)
from relevo.desk.relay.actions_customer import make_link
from relevo.desk.relay.actions_items import ItemText, ToldBy, note_reask, save_item
from relevo.desk.relay.lengths import LONGEST_REASON, LONGEST_TEXT
from relevo.desk.relay.states import Act, State
from relevo.jobs.clock import now, today

router = Router(tags=["relay"])
ONE = "/hand-offs/{handoff_id}"
# A text of several lines.
LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
TAKEN, _MOST, _LONGEST_ID = 409, 50, 254
HandOffs, Dropped = listed(HandOffRow, "HandOffs"), listed(DroppedRow, "DroppedBatons")
Loaded = shape(LoadedHandOff, "LoadedHandOffTold", state=HandOffState)
CandidateTold = shape(Candidate, "CandidateTold", kind=str)
BoardState = Literal["draft", "given", "returned", "accepted", "confirmed"]
Reason = Annotated[str, Field("", max_length=LONGEST_REASON, pattern=PRINTABLE)]
Named = Annotated[str, Field("", max_length=_LONGEST_ID, pattern=PRINTABLE)]
ItemName = Annotated[str, Path(min_length=1, max_length=40, pattern=PRINTABLE, examples=["needs"])]
LoadedId = Annotated[str, Path(max_length=_LONGEST_ID, examples=["H1"])]


class HandOffsQuestion(Page):
    """Which hand-offs."""

    state: BoardState | None = Field(None, description="In this state; of every state of the board by default.")
    mine: bool = Field(False, description="Those that the caller gives, receives, or whose customer it holds.")


class HandOffWanted(Body):
    """A hand-off to begin. What is left out is what fits best, as on the page."""

    customer_id: str = Field(min_length=1, max_length=_LONGEST_ID, pattern=PRINTABLE, examples=["C00"])
    deal_id: Named = Field("", description="The deal after which the customer is handed on.", examples=["D0"])
    template: str = Field("", max_length=40, pattern=PRINTABLE, examples=["sales_to_success"])
    from_person_id: Named = Field("", description="Who hands on: the caller, or the deal's own where it may.")
    to_person_id: Named = Field("", description="Who takes over; nobody named yet where it is empty.", examples=["ana"])
    reason: Reason = Field("", description="Why a customer changes hands in a role twice within 60 days.")


class ItemWanted(Body):
    """What is written into an item."""

    text: str = Field(max_length=LONGEST_TEXT, pattern=LINES, examples=["Two warehouses, 40 users."])
    said_by: Named = Field("", description="Who at the customer said it.", examples=["Rosa Gil"])
    said_on: date | None = None
    sure: Literal["", "certain", "likely", "guess"] = Field("", description="How sure it is.")
    link: str = Field("", max_length=1_000, pattern=PRINTABLE, description="An address that begins with https://.")
    revision: StrictInt = Field(
        ge=0, le=2**31 - 2, description="The item's revision that was seen; 0 for one never written.", examples=[0]
    )


class Acted(Body):
    """An act on the revision of the hand-off that was seen: 409 `overtaken` where somebody changed it since."""

    revision: StrictInt = Field(ge=0, le=2**31 - 2, examples=[1])


class Giving(Acted):
    """Handing on."""

    days: StrictInt | None = Field(None, ge=1, le=365, description="To accept it; those of the template by default.")
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

    id: StrictInt = Field(ge=1, le=2**63 - 1)
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

    reason: str = Field(min_length=1, max_length=LONGEST_REASON, pattern=PRINTABLE, examples=["Sold to another."])


class ReAsked(Body):
    """Something that the customer was asked again."""

    item: str = Field(min_length=1, max_length=40, pattern=PRINTABLE, description="Or `other`.", examples=["needs"])
    told_by: ToldBy = Field(description="Who reports it.", examples=["receiver"])
    note: Reason = Field("", description="What was asked.")


class LinkMade(Schema):
    """The address for the customer, told here and never again; earlier ones are void."""

    path: str


class ItemOvertaken(Schema):
    """What went wrong; and where somebody saved another text meanwhile, what stands there now."""

    error: Problem
    stands: ItemTold | None = None


class Suggested(Schema):
    """What could stand in each item, the best first."""

    items: dict[str, list[CandidateTold]]  # type: ignore[valid-type]


@router.get("/hand-offs", response=responses(HandOffs), summary="List hand-offs")
def list_handoffs(request: HttpRequest, ask: Query[HandOffsQuestion]) -> HttpResponse:
    """The board as a list: state by state, what waits longest first; those of other systems stand as of the book.

    What was confirmed leaves the board after 30 days; withdrawn ones are not on it.
    """
    reading, place = reading_of(request), Place(request, ask)
    states = COLUMNS if ask.state is None else (State(ask.state),)
    cards, found, following = board_rows(reading, states, now(), ask.mine, place.behind, place.limit)
    told = {"items": [card_told(card) for card in cards], "found": found}
    return said(request, {**told, "next": place.cursor(following) if following else None})


@router.get("/hand-offs/dropped", response=responses(Dropped), summary="List dropped batons")
def list_dropped(request: HttpRequest, page: Query[Page]) -> HttpResponse:
    """Won deals of active customers that nobody handed on, the last won first; as of the book."""
    place = Place(request, page, reading := reading_of(request))
    rows, found = dropped_list(reading, place.offset, place.limit)
    return said(request, place.page([dropped_told(each) for each in rows], found))


@router.get("/hand-offs/loaded/{path:loaded_id}", response=responses(Loaded, 404), summary="Read a loaded hand-off")
def get_loaded_handoff(request: HttpRequest, loaded_id: LoadedId) -> HttpResponse:
    """A hand-off that another system keeps, as of the book. It is changed there."""
    return said(request, loaded_handoff(reading_of(request), loaded_id))


@router.get(ONE, response=responses(HandOffTold, 404), summary="Read a hand-off")
def get_handoff(request: HttpRequest, handoff_id: Number) -> HttpResponse:
    """A hand-off as it stands now: items, promises, what was asked again, history, and what the caller may do."""
    reading = reading_of(request)
    return said(request, handoff_told(one_handoff(reading, handoff_id, _today(reading))))


@router.get(f"{ONE}/suggestions", response=responses(Suggested, 404), summary="Suggest what a hand-off could say")
def suggest_items(request: HttpRequest, handoff_id: Number) -> HttpResponse:
    """What is known of the customer, by item, for who writes the hand-off: as far as the caller may read it.

    403 for a key without `write:relay`, and for who does not write it.
    """
    return said(request, {"items": suggestions(reading_of(request), handoff_id)})


@router.post("/hand-offs", response=done(HandOffTold, 404, status=MADE), summary="Begin a hand-off")
def begin_handoff(request: HttpRequest, body: HandOffWanted) -> HttpResponse:
    """A draft with no items written yet: 409 `already_open` where one of the customer into the role is under way."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    found = beginning(reading, body.customer_id, body.deal_id, _today(reading))
    template, giver = chosen_of(found, body.template, body.from_person_id)
    receiver = known_receiver(reading, body.to_person_id)
    new = NewHandOff(
        found.customer_id, template, giver, receiver, found.deal_id, found.template_from, override_reason=body.reason
    )
    return _told(request, draft(new, reading.viewer.name, now()))


@router.put(f"{ONE}/items/{{item}}", response={**done(HandOffTold, 404), TAKEN: ItemOvertaken}, summary="Write an item")
def write_item(request: HttpRequest, handoff_id: Number, item: ItemName, body: ItemWanted) -> HttpResponse:
    """Save an item of a draft or of a returned hand-off.

    409 `overtaken` where somebody saved another text since: nothing is overwritten, `stands` is what stands there, and
    the text that was sent is kept in the history. 409 `not_now` once it was given; the text is kept as well.
    """
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    kept = handoff_to_change(reading, handoff_id, Act.EDIT)
    if item not in kept.items:
        raise NotFound(f"Hand-off {handoff_id} has no item {item!r}.", f"It has: {', '.join(kept.items)}.")
    new = ItemText(body.text, body.said_by, body.said_on, body.sure, body.link)
    saved = save_item(handoff_id, item, new, body.revision, reading.viewer.name, now())
    return _overtaken(request, handoff_id, item) if saved.overtaken_by else _told(request, handoff_id, status=200)


@router.post(f"{ONE}/give", response=done(HandOffTold, 404, status=MADE), summary="Give a hand-off")
def give_handoff(request: HttpRequest, handoff_id: Number, body: Giving) -> HttpResponse:
    """Hand it on as it is written. 409 `needs_reason` for the second change in a role within 60 days without one."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    handoff_to_change(reading, handoff_id, Act.GIVE)
    days = body.days or one_handoff(reading, handoff_id, _today(reading)).days
    give(handoff_id, body.revision, reading.viewer.name, now(), days, body.reason)
    return _told(request, handoff_id)


@router.post(f"{ONE}/return", response=done(HandOffTold, 404, status=MADE), summary="Return a hand-off")
def return_handoff(request: HttpRequest, handoff_id: Number, body: Returning) -> HttpResponse:
    """Send it back to the giver with the items that are missing or wrong."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    handoff_to_change(reading, handoff_id, Act.RETURN)
    give_back(handoff_id, body.gaps, body.reason, body.revision, reading.viewer.name, now())
    return _told(request, handoff_id)


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
    return _told(request, handoff_id)


@router.post(f"{ONE}/confirm", response=done(HandOffTold, 404, status=MADE), summary="Confirm a hand-off")
def confirm_handoff(request: HttpRequest, handoff_id: Number, body: Confirming) -> HttpResponse:
    """Say what was right, 30 days after it was accepted; 409 `not_now` before."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    kept = handoff_to_change(reading, handoff_id, Act.CONFIRM)
    verdicts = {each.item: Verdict(each.was_right, each.remark) for each in body.items}
    if unknown := sorted(set(verdicts) - set(kept.items)):
        raise WrongUse(f"This hand-off has no item {unknown[0]!r}.", f"It has: {', '.join(kept.items)}.")
    confirm(handoff_id, verdicts, body.unwritten, body.revision, reading.viewer.name, now())
    return _told(request, handoff_id)


@router.post(f"{ONE}/withdraw", response=done(HandOffTold, 404, status=MADE), summary="Withdraw a hand-off")
def withdraw_handoff(request: HttpRequest, handoff_id: Number, body: Withdrawing) -> HttpResponse:
    """Take back what was not accepted; it stays in the history."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    handoff_to_change(reading, handoff_id, Act.WITHDRAW)
    withdraw(handoff_id, body.reason, body.revision, reading.viewer.name, now())
    return _told(request, handoff_id)


@router.post(f"{ONE}/reasks", response=done(HandOffTold, 404, status=MADE), summary="Note what was asked again")
def note_asked_again(request: HttpRequest, handoff_id: Number, body: ReAsked) -> HttpResponse:
    """Note that the customer was asked something again; 409 `not_now` before the hand-off was accepted."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    handoff_to_tell_of(reading, handoff_id)
    note_reask(handoff_id, body.item, body.told_by, body.note, reading.viewer.name, now())
    return _told(request, handoff_id)


@router.post(f"{ONE}/link", response=done(LinkMade, 404, status=MADE), summary="Make a link for the customer")
def make_customer_link(request: HttpRequest, handoff_id: Number) -> HttpResponse:
    """The address at which the customer confirms what was understood, without signing in; it holds for 60 days."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    handoff_to_show(reading, handoff_id)
    token = make_link(handoff_id, reading.viewer.name, now())
    return said(request, {"path": reverse("customer-link", args=[token])}, MADE)


def _told(request: HttpRequest, key: int, status: int = MADE) -> HttpResponse:
    """The hand-off as it stands after what was done: what the caller sees may have changed with it."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    return said(request, handoff_told(one_handoff(reading, key, _today(reading))), status)


def _overtaken(request: HttpRequest, key: int, item: str) -> HttpResponse:
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    found = handoff_told(one_handoff(reading, key, _today(reading)))
    problem = {
        "code": "overtaken",
        "message": "Somebody saved another text in the meantime.",
        "where": f"{request.method} {request.path}",
        "hint": "Look at both, and send it again with the revision that stands; yours is kept in the history.",
    }
    return said(request, {"error": problem, "stands": next(i for i in found.items if i.item == item)}, TAKEN)


def _today(reading: Reading) -> date:
    """The day it is where the company is."""
    return today(reading.company_book.company.timezone)
