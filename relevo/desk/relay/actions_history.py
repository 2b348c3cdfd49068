"""The history of hand-offs and promises: what was done and written, also what was not taken."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction

from relevo.base.errors import WrongUse
from relevo.desk.relay.models import HandOff, Promise, RelayEvent
from relevo.desk.relay.states import NotNow

# The kind of an entry that keeps what somebody wrote while somebody else changed the same.
SET_ASIDE = "set_aside"


class Overtaken(WrongUse):
    """Somebody changed the same since it was looked at."""


def note(
    handoff: HandOff | None, kind: str, who: str, now: datetime, *, item: str = "", text: str = "",
    details: Mapping[str, object] | None = None, promise: Promise | None = None,
) -> None:  # fmt: skip
    """Add an entry to the history of a hand-off, of a promise, or of both."""
    RelayEvent.objects.create(
        handoff=handoff, promise=promise, at=now, who=who, kind=kind, item=item, text=text, details=dict(details or {})
    )


@contextmanager
def keeping(key: int, text: str, who: str, now: datetime) -> Iterator[None]:
    """Do it whole or not at all. What was written with it is kept in the history where somebody else came first."""
    try:
        with transaction.atomic():
            yield
    except (Overtaken, NotNow):
        set_aside(key, text, who, now)
        raise


def set_aside(key: int, text: str, who: str, now: datetime, item: str = "") -> None:
    """Keep a text that was not taken, in a transaction of its own: the other one failed. Nothing for no text."""
    if not text:
        return
    with transaction.atomic():
        row = HandOff.objects.filter(pk=key).first()
        if row:
            note(row, SET_ASIDE, who, now, item=item, text=text)


def one_line(text: str, longest: int) -> str:
    """A text in one line; WrongUse for one that is too long."""
    told = " ".join(text.split())
    if len(told) > longest:
        raise WrongUse(f"This text has {len(told)} characters.", f"Write {longest} at most.")
    return told
