"""The links by which a customer rates an answer: signed, and without anything about the customer in them.

One that was made here names an invitation. One that the help desk signs itself names conversation, message and the
second at which it was made, with a signature by the company's secret: docs/how-to/ask-for-a-rating.md.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core import signing

from relevo.base.errors import RelevoError

# In the place of a token: what the help desk signed stands behind the question mark.
OWN = "own"
_SALT = "relevo.voices.rating"
_LONGEST_ID = 254
# Clocks of two machines differ; a link from further ahead was not made by a clock.
_AHEAD = timedelta(days=1)


class RatingVoid(RelevoError):
    """A link that is wrong, or too old; the text is the same for all, so nothing is learned."""

    def __init__(self) -> None:
        super().__init__("This link does not hold any more.", "Answer the mail, and we read what you write.")


@dataclass(frozen=True)
class SignedElsewhere:
    """What a link of the help desk names."""

    conversation_id: str
    message_id: str
    made_at: datetime

    @property
    def key(self) -> str:
        """A hash under which the link is known here."""
        text = _text(self.conversation_id, self.message_id, int(self.made_at.timestamp()))
        return hashlib.sha256(text.encode()).hexdigest()


def token_of(invitation_id: int) -> str:
    """The signed part of the address of an invitation."""
    return signing.Signer(salt=_SALT, sep=".").sign(str(invitation_id))


def link_of(token: str, asked: Mapping[str, str]) -> int | SignedElsewhere:
    """The id of an invitation that was made here, or what the help desk signed; RatingVoid for anything else."""
    if token == OWN:
        return _signed_elsewhere(asked)
    try:
        return int(signing.Signer(salt=_SALT, sep=".").unsign(token))
    except (signing.BadSignature, ValueError):
        raise RatingVoid from None


def signature(secret: str, conversation_id: str, message_id: str, made_s: int) -> str:
    """What a help desk computes: HMAC-SHA256 in hexadecimal digits over three lines, by the company's secret."""
    return hmac.new(secret.encode(), _text(conversation_id, message_id, made_s).encode(), hashlib.sha256).hexdigest()


def _signed_elsewhere(asked: Mapping[str, str]) -> SignedElsewhere:
    conversation_id, message_id, made = asked.get("c", ""), asked.get("m", ""), asked.get("t", "")
    secret: str = settings.RATING_SECRET
    is_text = 0 < len(conversation_id) <= _LONGEST_ID and len(message_id) <= _LONGEST_ID
    # Ten digits until the year 2286: more would be no second that a calendar has.
    if not (secret and is_text and made.isascii() and made.isdigit() and len(made) == 10):
        raise RatingVoid
    wanted = signature(secret, conversation_id, message_id, int(made))
    if not hmac.compare_digest(wanted.encode(), asked.get("s", "").encode()):
        raise RatingVoid
    return SignedElsewhere(conversation_id, message_id, datetime.fromtimestamp(int(made), UTC))


def is_from_ahead(made_at: datetime, now: datetime) -> bool:
    """Whether a link says that it was made later than clocks can differ."""
    return made_at > now + _AHEAD


def _text(conversation_id: str, message_id: str, made_s: int) -> str:
    return f"{conversation_id}\n{message_id}\n{made_s}"
