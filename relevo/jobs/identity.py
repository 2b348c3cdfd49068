"""Who is one customer: what the Desk decided, for builds; and deciding from the command line."""

from dataclasses import dataclass
from datetime import datetime

from relevo.base.config import Home
from relevo.book.matching.decisions import Decision, fingerprint
from relevo.desk.ready import prepare
from relevo.jobs.clock import now


@dataclass(frozen=True)
class Decided:
    """What was decided: its id, and the words of what it took the place of, '' where there was nothing."""

    id: int
    instead_of: str


def ready(home: Home) -> None:
    """Make sure that the home has a Desk, so that decisions can be read and written."""
    prepare(home)


def decisions(home: Home, known_at: datetime | None = None) -> tuple[Decision, ...]:
    """The decisions that hold now, or held at a moment; none in a home without a Desk."""
    if not home.has_desk:
        return ()
    prepare(home)
    from relevo.desk.identity.decided import decisions_for_build

    return decisions_for_build(known_at)


def decided(home: Home, known_at: datetime | None = None) -> str:
    """What a book depends on of them, as a fingerprint; '' where nothing was decided."""
    return fingerprint(decisions(home, known_at))


def decide(home: Home, kind: str, customer_id: str, other_id: str, reason: str, who: str = "operator") -> Decided:
    """Say of two customers of the published book that they are one (`merge`) or are not (`apart`). Audited.

    What held of the two before is replaced. WrongUse where the book says so already, where it was decided so, without
    a reason, and where other decisions say the opposite; NotFound for a customer that the book does not have.
    """
    prepare(home)
    from relevo.answers.identity_deciding import pair_to_decide
    from relevo.answers.identity_decisions import decisions_that_hold
    from relevo.desk.identity.actions import NewDecision
    from relevo.desk.identity.actions import decide as keep
    from relevo.jobs.opening import operator_reading  # which needs this module to make books

    reading = operator_reading(home)
    pair_to_decide(reading, kind, customer_id, other_id)
    before = decisions_that_hold(reading).get(frozenset((customer_id, other_id)))
    new = NewDecision(kind, customer_id, other_id, reason, before.id if before else 0)
    key = keep(new, who, now())
    return Decided(key, f"{before.kind} by {before.who}: {before.reason}" if before else "")


def undo(home: Home, key: int, reason: str, who: str = "operator") -> tuple[str, str]:
    """Let a decision hold no more; the two customers it named. Audited. WrongUse without a reason, and for none."""
    prepare(home)
    from relevo.desk.identity.actions import undo as end

    ended = end(key, who, reason, now())
    return ended.customer_id, ended.other_id
