"""Why one customer is made of the rows of several systems: what rules joined and people decided."""

from collections.abc import Mapping
from dataclasses import dataclass

from relevo.answers.customers import customer_card, names_of_customers
from relevo.answers.identity_book import Candidate, Join, candidates, joins_of
from relevo.answers.identity_decisions import DecisionLine, decisions_of, decisions_that_hold, waiting
from relevo.answers.reading import Reading
from relevo.desk.identity.decided import DecisionKind
from relevo.desk.people.roles import Right


@dataclass(frozen=True)
class JoinLine:
    """An id of a system whose rows count here; `decision` is who said so, None where a rule did.

    `is_split` says that somebody decided against it: the next book will not join it any more.
    """

    source: str
    external_id: str
    reason: str
    confidence: float | None
    decision: DecisionLine | None
    is_split: bool


@dataclass(frozen=True)
class OpenPair:
    """Another customer that may be the same, and how sure the rules are."""

    other_id: str
    other: str
    confidence: float


@dataclass(frozen=True)
class CustomerJoins:
    """The joins of a customer in this book, what was ever decided about it, and the pairs of it that wait."""

    joins: tuple[JoinLine, ...]
    decisions: tuple[DecisionLine, ...]
    open_pairs: tuple[OpenPair, ...]
    waiting: int
    may_decide: bool


def customer_joins(reading: Reading, customer_id: str) -> CustomerJoins:
    """The history of joins of a customer. NotFound where the viewer may not see it."""
    customer_card(reading, customer_id)
    held = decisions_that_hold(reading)
    return CustomerJoins(
        joins=tuple(_line(join, held) for join in joins_of(reading, customer_id)),
        decisions=decisions_of(reading, customer_id),
        open_pairs=tuple(
            _open(reading, c, customer_id) for c in candidates(reading) if customer_id in c.pair and c.pair not in held
        ),
        waiting=waiting(reading),
        may_decide=Right.IDENTITY in reading.viewer.rights,
    )


def _open(reading: Reading, found: Candidate, customer_id: str) -> OpenPair:
    other = found.other_id if found.customer_id == customer_id else found.customer_id
    return OpenPair(other, names_of_customers(reading).get(other, other), found.confidence)


def _line(join: Join, held: Mapping[frozenset[str], DecisionLine]) -> JoinLine:
    """A chain of merges ends at this customer: what was decided of its first step says why its rows count here."""
    merged = next((d for d in held.values() if d.kind == DecisionKind.MERGE and d.other_id == join.external_id), None)
    split = held.get(frozenset((join.customer_id, join.external_id)))
    is_split = split is not None and split.kind == DecisionKind.APART
    return JoinLine(join.source, join.external_id, join.reason, join.confidence, merged, is_split)
