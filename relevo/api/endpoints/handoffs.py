"""Hand-offs: the board as a list, one of them, and what its giver writes."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema

from relevo.answers.reading import NotFound
from relevo.answers.relay.acting import handoff_to_change
from relevo.answers.relay.beginning import beginning, known_receiver
from relevo.answers.relay.board import COLUMNS, board_rows, dropped_list
from relevo.answers.relay.loaded_one import LoadedHandOff, loaded_handoff
from relevo.answers.relay.one import handoff_to_write, one_handoff, suggestions
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
from relevo.api.endpoints.relay_parts import LINES, LONGEST_ID, TAKEN, Day, Link, Named, Reason, Revision, today_of
from relevo.api.paging import Page, Place
from relevo.api.said import said
from relevo.api.shapes import Problem, done, listed, responses, shape
from relevo.desk.people.keys import KeyScope
from relevo.desk.relay.actions import NewHandOff, draft
from relevo.desk.relay.actions_items import ItemText, name_receiver, save_item
from relevo.desk.relay.lengths import LONGEST_TEXT
from relevo.desk.relay.states import Act, State
from relevo.jobs.clock import now

router = Router(tags=["relay"])
ONE = "/hand-offs/{handoff_id}"
HandOffs, Dropped = listed(HandOffRow, "HandOffs"), listed(DroppedRow, "DroppedBatons")
Loaded = shape(LoadedHandOff, "LoadedHandOffTold", state=HandOffState)
CandidateTold = shape(Candidate, "CandidateTold", kind=str)
BoardState = Literal["draft", "given", "returned", "accepted", "confirmed"]
ItemName = Annotated[str, Path(min_length=1, max_length=40, pattern=PRINTABLE, examples=["needs"])]
LoadedId = Annotated[str, Path(max_length=LONGEST_ID, examples=["H1"])]


class HandOffsQuestion(Page):
    """Which hand-offs."""

    state: BoardState | None = Field(None, description="In this state; of every state of the board by default.")
    mine: bool = Field(False, description="Those that the caller gives, receives, or whose customer it holds.")


class HandOffWanted(Body):
    """A hand-off to begin. What is left out is what fits best, as on the page."""

    customer_id: str = Field(min_length=1, max_length=LONGEST_ID, pattern=PRINTABLE, examples=["C00"])
    deal_id: str | None = Field(
        None, max_length=LONGEST_ID, pattern=PRINTABLE, description="After which deal; that won last by default.",
        examples=["D0"],
    )  # fmt: skip
    template: str = Field("", max_length=40, pattern=PRINTABLE, examples=["sales_to_success"])
    from_person_id: Named = Field("", description="Who hands on: the caller, or the deal's own where it may.")
    to_person_id: Named = Field("", description="Who takes over; nobody named yet where it is empty.", examples=["ana"])
    reason: Reason = Field("", description="Why a customer changes hands in a role twice within 60 days.")


class ItemWanted(Body):
    """What is written into an item."""

    text: str = Field(max_length=LONGEST_TEXT, pattern=LINES, examples=["Two warehouses, 40 users."])
    said_by: Named = Field("", description="Who at the customer said it.", examples=["Rosa Gil"])
    said_on: Day | None = None
    sure: Literal["", "certain", "likely", "guess"] = Field("", description="How sure it is.")
    link: Link = ""
    revision: Revision = Field(description="The item's revision that was seen; 0 for one never written.", examples=[0])


class ReceiverWanted(Body):
    """Who is to take over; '' for whoever of the role does."""

    to_person_id: Named = Field(examples=["ana"])


class ItemOvertaken(Schema):
    """What went wrong; where somebody saved another text meanwhile, what stands there now and what was sent."""

    error: Problem
    stands: ItemTold | None = None
    sent: str | None = None


class Suggested(Schema):
    """What could stand in each item, the best first."""

    items: dict[str, list[CandidateTold]]  # type: ignore[valid-type]


@router.get("/hand-offs", response=responses(HandOffs), summary="List hand-offs")
def list_handoffs(request: HttpRequest, ask: Query[HandOffsQuestion]) -> HttpResponse:
    """The board as a list: state by state, what changed last first; those of other systems stand as of the book.

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
    return said(request, handoff_told(one_handoff(reading, handoff_id, today_of(reading))))


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
    found = beginning(reading, body.customer_id, body.deal_id, today_of(reading))
    template, giver = found.choose(body.template, body.from_person_id)
    receiver = known_receiver(reading, body.to_person_id)
    new = NewHandOff(
        found.customer_id, template, giver, receiver, found.deal_id, found.template_from, override_reason=body.reason
    )
    return handoff_said(request, draft(new, reading.viewer.name, now()))


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
    if saved.overtaken_by:
        return _overtaken(request, handoff_id, item, body.text)
    return handoff_said(request, handoff_id, 200)


@router.put(f"{ONE}/receiver", response=done(HandOffTold, 404), summary="Name who takes over")
def set_receiver(request: HttpRequest, handoff_id: Number, body: ReceiverWanted) -> HttpResponse:
    """Name the receiver while the hand-off is written; 409 `not_now` once it was given."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    kept = handoff_to_write(reading, handoff_id)
    if body.to_person_id != kept.to_person_id:
        name_receiver(handoff_id, known_receiver(reading, body.to_person_id), reading.viewer.name, now())
    return handoff_said(request, handoff_id, 200)


def handoff_said(request: HttpRequest, key: int, status: int = MADE) -> HttpResponse:
    """The hand-off as it stands after what was done: what the caller sees may have changed with it."""
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    return said(request, handoff_told(one_handoff(reading, key, today_of(reading))), status)


def _overtaken(request: HttpRequest, key: int, item: str, sent: str) -> HttpResponse:
    reading = reading_of(request, KeyScope.WRITE_RELAY)
    found = handoff_told(one_handoff(reading, key, today_of(reading)))
    problem = {
        "code": "overtaken",
        "message": "Somebody saved another text in the meantime.",
        "where": f"{request.method} {request.path}",
        "hint": "Look at both, and send it again with the revision that stands; yours is kept in the history.",
    }
    stands = next(each for each in found.items if each.item == item)
    return said(request, {"error": problem, "stands": stands, "sent": sent}, TAKEN)
