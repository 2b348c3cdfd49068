"""What the endpoints of the relay share: how texts, days and numbers are sent, and the day it is at the company."""

import re
from datetime import date
from typing import Annotated, Any

from ninja import Field, Schema
from pydantic import AwareDatetime, BeforeValidator, StrictInt

from relevo.answers.reading import Reading
from relevo.api.endpoints.desk import PRINTABLE, Body
from relevo.desk.relay.lengths import LONGEST_REASON
from relevo.jobs.clock import today

# A text of several lines.
LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
TAKEN, LONGEST_ID, LONGEST_LINK = 409, 254, 1_000
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _whole(value: Any) -> Any:
    """JSON does not tell 7.0 from 7; text and true are no numbers."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _written_day(value: Any) -> Any:
    """A day is written as one; a bare number would be read as seconds since 1970."""
    if isinstance(value, int | float) or (isinstance(value, str) and not _DAY.fullmatch(value)):
        raise ValueError("A day is written as 2026-10-31")
    return value


def _written_moment(value: Any) -> Any:
    """A moment begins with its day."""
    if isinstance(value, int | float) or (isinstance(value, str) and not _DAY.match(value)):
        raise ValueError("A moment is written as 2026-10-31T14:30:00Z")
    return value


Revision = Annotated[StrictInt, Field(ge=0, le=2**31 - 2), BeforeValidator(_whole)]
Id = Annotated[StrictInt, Field(ge=1, le=2**63 - 1), BeforeValidator(_whole)]
Days = Annotated[StrictInt, Field(ge=1, le=365), BeforeValidator(_whole)]
Cents = Annotated[StrictInt, Field(ge=0, le=10**15), BeforeValidator(_whole)]
Day = Annotated[date, BeforeValidator(_written_day)]
Moment = Annotated[AwareDatetime, BeforeValidator(_written_moment)]
Named = Annotated[str, Field("", max_length=LONGEST_ID, pattern=PRINTABLE)]
Reason = Annotated[str, Field("", max_length=LONGEST_REASON, pattern=PRINTABLE)]
Why = Annotated[str, Field(min_length=1, max_length=LONGEST_REASON, pattern=PRINTABLE)]
Link = Annotated[
    str, Field("", max_length=LONGEST_LINK, pattern=PRINTABLE, description="An address that begins with https://.")
]


class Acted(Body):
    """An act on the revision that was seen: 409 `overtaken` where somebody changed it since."""

    revision: Revision = Field(examples=[1])


class TakenBack(Schema):
    """What was taken back, by its id: it stays in the history, and is listed no more."""

    id: int = Field(examples=[1])


def today_of(reading: Reading) -> date:
    """The day it is where the company is."""
    return today(reading.company_book.company.timezone)
