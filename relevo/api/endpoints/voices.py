"""What customers say of the answers they got: links by which they rate one."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Field, Router

from relevo.answers.voices.links import invitation_to_make
from relevo.api.callers import reading_of
from relevo.api.endpoints.desk import MADE, PRINTABLE, Body
from relevo.api.endpoints.relay_parts import LONGEST_ID, Named, today_of
from relevo.api.said import said
from relevo.api.shapes import done
from relevo.desk.people.keys import KeyScope
from relevo.desk.voices.actions import NewInvitation, invite
from relevo.desk.voices.addresses import paths_of
from relevo.desk.voices.rules import asking_rules
from relevo.jobs.clock import now

router = Router(tags=["voices"])


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


def _origin(request: HttpRequest) -> str:
    """Where customers reach these pages: the address that is set for them, else the one that was asked."""
    origins = settings.CSRF_TRUSTED_ORIGINS
    return str(origins[0]).rstrip("/") if origins else f"{request.scheme}://{request.get_host()}"
