"""The replies of a ticket, by definition: Relevo's, the package's, and every mixture on the way."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from bench.dbt.made_zendesk import ROLES, Comment, Ticket
from bench.dbt.walk import Step

STEPS = (
    Step("deleted", "A deleted ticket is left out of the book, and counted as left out.", "A deleted ticket counts."),
    Step(
        "author unknown",
        "Who is no longer in the table of users is the customer where the ticket names him as its requester.",
        "A comment whose author is not in the table of users is dropped.",
    ),
    Step(
        "opened by us",
        "A conversation that we began has no first reply.",
        "It has one: our first public comment where a note came before it, else our next one.",
    ),
    Step(
        "clock starts",
        "The wait begins with the customer's first public message.",
        "The wait begins when the ticket was created.",
    ),
)
ALL = frozenset(step.name for step in STEPS)


OURS = "ours"
CUSTOMER = "customer"
Spoken = Sequence[tuple[datetime, str]]  # in public, in order; at one moment the customer first


def told(ticket: Ticket, theirs: frozenset[str]) -> int | None:
    """Seconds to the first reply, with these conventions being the package's; None where there is none."""
    spoken = _spoken(ticket, theirs)
    if not spoken:
        return None
    first, who = spoken[0]
    if who == CUSTOMER:
        return _seconds(ticket.created if "clock starts" in theirs else first, _reply(spoken, first))
    if "opened by us" not in theirs:
        return None
    return _seconds(ticket.created, first if _noted(ticket, first) else _reply(spoken, first))


def told_in_all(ticket: Ticket, theirs: frozenset[str]) -> int | None:
    """Seconds that the customer waited in all: the first reply, and one for each question after an answer."""
    spoken = _spoken(ticket, theirs)
    asked = [at for (_, before), (at, who) in pairwise(spoken) if (before, who) == (OURS, CUSTOMER)]
    waits = [told(ticket, theirs), *(_seconds(at, _reply(spoken, at)) for at in asked)]
    return sum(known) if (known := [each for each in waits if each is not None]) else None


def _spoken(ticket: Ticket, theirs: frozenset[str]) -> Spoken:
    if ticket.status == "deleted" and "deleted" not in theirs:
        return []
    kinds = ((each.at, _kind(ticket, each, theirs)) for each in ticket.comments if each.is_public)
    return sorted((at, kind) for at, kind in kinds if kind)


def _kind(ticket: Ticket, comment: Comment, theirs: frozenset[str]) -> str | None:
    """Who wrote; None for somebody unknown and the system."""
    if comment.user in ROLES:
        return CUSTOMER if ROLES[comment.user] == "end-user" else OURS
    return CUSTOMER if comment.user == ticket.asker and "author unknown" not in theirs else None


def _reply(spoken: Spoken, asked: datetime) -> datetime | None:
    return min((at for at, who in spoken if who == OURS and at > asked), default=None)


def _noted(ticket: Ticket, first: datetime) -> bool:
    """Whether a note by somebody known came before."""
    return any(not each.is_public and each.user in ROLES and each.at <= first for each in ticket.comments)


def _seconds(start: datetime, end: datetime | None) -> int | None:
    return None if end is None else round((end - start).total_seconds())
