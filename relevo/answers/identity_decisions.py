"""What people decided about identity, as the viewer may read it, and what of it the book that is read holds already."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from relevo.answers.customers import names_of_customers
from relevo.answers.identity import current_id, former_ids
from relevo.answers.reading import Reading
from relevo.book.matching.decisions import fingerprint
from relevo.desk.identity.decided import (
    KeptDecision,
    decisions_about,
    decisions_for_build,
    decisions_in_force,
    every_decision,
)
from relevo.desk.people.colleagues import colleagues


@dataclass(frozen=True)
class DecisionLine:
    """A decision about two customers. Ids are as they were then; names are those of the book, or the ids.

    It holds until `undone_at`. `in_book` says whether the book that is read was made after it was decided or undone.
    """

    id: int
    kind: str
    customer_id: str
    customer: str
    other_id: str
    other: str
    reason: str
    decided_at: datetime
    who: str
    undone_at: datetime | None
    undone_by: str
    undo_reason: str
    in_book: bool

    @property
    def pair(self) -> frozenset[str]:
        """The two customers, in no order."""
        return frozenset((self.customer_id, self.other_id))


def decision_lines(reading: Reading) -> tuple[DecisionLine, ...]:
    """All that was ever decided about customers that the viewer may see, the latest first."""
    return _lines(reading, every_decision())


def decisions_of(reading: Reading, customer_id: str) -> tuple[DecisionLine, ...]:
    """What was decided about one customer, the latest first. NotFound where the viewer may not see it."""
    reading.check_customer(customer_id)
    return _lines(reading, decisions_about(former_ids(reading, customer_id)))


def decisions_that_hold(reading: Reading) -> Mapping[frozenset[str], DecisionLine]:
    """The decisions in force about customers that the viewer may see, by the two customers they name."""
    return {line.pair: line for line in _lines(reading, decisions_in_force())}


def waiting(reading: Reading) -> int:
    """How many decisions were made or undone since the book that is read was made; 0 before the first book.

    It counts what every viewer may know: a number.
    """
    if reading.published is None or _is_current(reading):
        return 0
    made = reading.published.manifest.built_at
    changed = sum(_changed_at(each) > made for each in every_decision())
    return max(changed, 1)  # a book that was made with others than hold now is behind, whatever their times say


def _lines(reading: Reading, kept: Iterable[KeptDecision]) -> tuple[DecisionLine, ...]:
    scope, names = reading.viewer.scope, dict(colleagues())
    customers = names_of_customers(reading) if reading.published else {}
    current = reading.published is None or _is_current(reading)
    lines = []
    for each in kept:
        known = [current_id(reading, key) if reading.published else key for key in (each.customer_id, each.other_id)]
        if scope is None or set(known) <= scope:
            lines.append(_line(reading, each, names, [customers.get(key, "") for key in known], is_current=current))
    return tuple(lines)


def _line(
    reading: Reading, each: KeptDecision, names: Mapping[str, str], called: list[str], *, is_current: bool
) -> DecisionLine:
    made = reading.published.manifest.built_at if reading.published else datetime.max.replace(tzinfo=UTC)
    return DecisionLine(
        id=each.id,
        kind=each.kind,
        customer_id=each.customer_id,
        customer=called[0] or each.customer_id,
        other_id=each.other_id,
        other=called[1] or each.other_id,
        reason=each.reason,
        decided_at=each.decided_at,
        who=names.get(each.decided_by, each.decided_by),
        undone_at=each.undone_at,
        undone_by=names.get(each.undone_by, each.undone_by),
        undo_reason=each.undo_reason,
        in_book=is_current or _changed_at(each) <= made,
    )


def _changed_at(each: KeptDecision) -> datetime:
    return each.undone_at or each.decided_at


def _is_current(reading: Reading) -> bool:
    """Whether the book was made with the decisions that hold now."""
    return reading.company_book.manifest.decided == fingerprint(decisions_for_build())
