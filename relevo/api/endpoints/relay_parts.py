"""What the endpoints of the relay share: how texts and persons are sent, and the day it is at the company."""

from datetime import date
from typing import Annotated

from ninja import Field, Schema
from pydantic import StrictInt

from relevo.answers.reading import Reading
from relevo.api.endpoints.desk import PRINTABLE, Body
from relevo.desk.relay.lengths import LONGEST_REASON
from relevo.jobs.clock import today

# A text of several lines.
LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
TAKEN, LONGEST_ID, LONGEST_LINK = 409, 254, 1_000
_LAST_REVISION = 2**31 - 2
Named = Annotated[str, Field("", max_length=LONGEST_ID, pattern=PRINTABLE)]
Reason = Annotated[str, Field("", max_length=LONGEST_REASON, pattern=PRINTABLE)]
Why = Annotated[str, Field(min_length=1, max_length=LONGEST_REASON, pattern=PRINTABLE)]
Link = Annotated[
    str, Field("", max_length=LONGEST_LINK, pattern=PRINTABLE, description="An address that begins with https://.")
]
Revision = Annotated[StrictInt, Field(ge=0, le=_LAST_REVISION)]


class Acted(Body):
    """An act on the revision that was seen: 409 `overtaken` where somebody changed it since."""

    revision: Revision = Field(examples=[1])


class TakenBack(Schema):
    """What was taken back, by its id: it stays in the history, and is listed no more."""

    id: int = Field(examples=[1])


def today_of(reading: Reading) -> date:
    """The day it is where the company is."""
    return today(reading.company_book.company.timezone)
