"""The link by which a customer confirms a hand-off without signing in: signed, limited in time, and revocable."""

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing

from relevo.base.errors import RelevoError

LASTS = timedelta(days=60)
_SALT = "relevo.relay.customer"


class LinkVoid(RelevoError):
    """A link that is wrong, too old, or was replaced; the text is the same for all, so nothing is learned."""


@dataclass(frozen=True)
class CustomerLink:
    """Which hand-off a link opens, and which of its links it is."""

    handoff_id: int
    revision: int


def token_of(link: CustomerLink) -> str:
    """The signed part of the link's address."""
    return signing.dumps([link.handoff_id, link.revision], salt=_SALT)


def link_of(token: str) -> CustomerLink:
    """The link that a token stands for; LinkVoid where it is wrong or too old."""
    try:
        handoff_id, revision = signing.loads(token, salt=_SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkVoid("This link does not hold any more.", "Ask whoever sent it for a new one.") from None
    return CustomerLink(int(handoff_id), int(revision))
