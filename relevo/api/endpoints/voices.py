"""What customers say of the answers they got: links by which they rate one."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Query, Router

from relevo.answers.voices.asked import AskedOften, asked
from relevo.answers.voices.call_back import CallBackLine, call_back
from relevo.answers.voices.gone import GoneLine, happy_gone
from relevo.answers.voices.links import invitation_to_make
from relevo.api.callers import reading_of
from relevo.api.endpoints.desk import MADE, PRINTABLE, Body
from relevo.api.endpoints.relay_parts import LONGEST_ID, Named, today_of
from relevo.api.paging import Page, Place
from relevo.api.said import said
from relevo.api.shapes import done, listed, responses, shape
from relevo.api.trail import note_read_through
from relevo.desk.people.keys import KeyScope
from relevo.desk.voices.actions import NewInvitation, invite
from relevo.desk.voices.addresses import paths_of
from relevo.desk.voices.rules import asking_rules
from relevo.jobs.clock import now

router = Router(tags=["voices"])
CallBacks = listed(shape(CallBackLine, "CallBack"), "CallBacks")
HappyGone = listed(shape(GoneLine, "HappyThenGone"), "HappyThenGoneList")


class RatingLinksWanted(Body):
    """What a rating is asked about: a conversation, and the answer in it where the help desk names it.

    Of a conversation that the book has, customer, contact and language are taken from there.
    """

    conversation_id: str = Field(min_length=1, max_length=LONGEST_ID, pattern=PRINTABLE, examples=["V1"])
    message_id: Named = Field("", description="The reply under which the links stand.", examples=["M1"])
    customer_id: Named = Field("", description="Of a conversation newer than the book.", examples=["C00"])
    contact_id: Named = Field("", description="Who is asked; the pause between surveys counts by it.")
    language: str = Field("", max_length=10, pattern=r"^[a-z-]*$", description="ISO 639-1.", examples=["es"])


@dataclass(frozen=True)
class Addresses:
    """One address for each answer: opening it keeps nothing yet."""

    great: str
    okay: str
    not_good: str


@dataclass(frozen=True)
class RatingLinks:
    """The links of one answer, until `expires_at`; `is_made_now` is false where they held already."""

    id: int
    conversation_id: str
    message_id: str
    expires_at: datetime
    is_made_now: bool
    links: Addresses


@router.post("/rating-links", response=done(RatingLinks, 404, status=MADE), summary="Make rating links")
def make_rating_links(request: HttpRequest, body: RatingLinksWanted) -> HttpResponse:
    """Three addresses to put under an answer: great, okay, not good. Asked twice about one answer, they are the same.

    409 `asked_lately` where this contact was asked about another conversation within the house's pause.
    """
    reading = reading_of(request, KeyScope.WRITE_VOICES)
    asked = vars(body)
    new = invitation_to_make(reading, NewInvitation(**{name: asked[name] for name in RatingLinksWanted.model_fields}))
    made = invite(new, asking_rules(today_of(reading)), reading.viewer.name, now())
    links = {answer: _origin(request) + path for answer, path in paths_of(made.id).items()}
    told = RatingLinks(
        made.id, new.conversation_id, new.message_id, made.expires_at, made.is_made_now, Addresses(**links)
    )
    return said(request, told, MADE)


@router.get("/conversations/call-back", response=responses(CallBacks), summary="List whom to call back")
def list_call_back(request: HttpRequest, ask: Query[Page]) -> HttpResponse:
    """Solved, and not happy: votes that are not good and NPS detractors of the last 60 days, newest first.

    Votes through links are as of now (`is_here`), all else as of the book.
    """
    place = Place(request, ask, reading := reading_of(request))
    page = call_back(reading, now(), place.offset, place.limit)
    told = place.page(page.rows, page.found)
    note_read_through(request, "call-back", told)
    return said(request, told)


@router.get("/conversations/happy-then-gone", response=responses(HappyGone), summary="List happy, then gone")
def list_happy_then_gone(request: HttpRequest, ask: Query[Page]) -> HttpResponse:
    """Great votes of the book's last 180 days after which the same trouble came within 7 days, or the end within 30."""
    place = Place(request, ask, reading := reading_of(request))
    page = happy_gone(reading, place.offset, place.limit)
    told = place.page(page.rows, page.found)
    note_read_through(request, "happy-then-gone", told)
    return said(request, told)


@dataclass(frozen=True)
class RatingResponse:
    """How many were asked in the last 90 days of the book and how many answered; shares are percent, null for nobody.

    `often` are contacts in sight who were asked about something else within `days`; `often_found` counts them all.
    """

    conversations: int
    conversations_answered: int
    by_conversations: float | None
    customers: int
    customers_answered: int
    by_customers: float | None
    days: int
    often: tuple[AskedOften, ...]
    often_found: int


@router.get("/conversations/asked", response=responses(RatingResponse), summary="Read the response rate")
def read_response(request: HttpRequest) -> HttpResponse:
    """Who was asked for a rating and who answered, by conversations and by customers; who is asked too often."""
    found = asked(reading_of(request))
    told = RatingResponse(
        by_conversations=_percent(found.by_conversations), by_customers=_percent(found.by_customers), **vars(found)
    )
    return said(request, told)


def _percent(share: Fraction | None) -> float | None:
    return None if share is None else round(float(share), 6)


def _origin(request: HttpRequest) -> str:
    """Where customers reach these pages: the address that is set for them, else the one that was asked."""
    origins = settings.CSRF_TRUSTED_ORIGINS
    return str(origins[0]).rstrip("/") if origins else f"{request.scheme}://{request.get_host()}"
