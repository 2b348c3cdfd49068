"""Breaks in time: when the house began to count by other conventions, for the markers of charts over time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from relevo.answers.reading import Reading
from relevo.base.periods import month_of, month_text
from relevo.book.policy import Policy
from relevo.desk.house.rules import rule_history

POLICY_RULE = "policy"


@dataclass(frozen=True)
class Break:
    """From a day on, in a month (YYYY-MM), other conventions hold: which, and the reason that was given.

    All months of a chart are shown by the conventions of the book; the marker says since when these are the house's.
    """

    month: str
    since: date
    reason: str
    conventions: tuple[str, ...]


def breaks(reading: Reading) -> tuple[Break, ...]:
    """Every change of the house's conventions up to the book's day, oldest first; a rule saved anew changes nothing."""
    found, held = [], Policy()
    for rule in rule_history(POLICY_RULE, reading.company_book.as_of):
        then = Policy.of(cast(Mapping[str, Any], rule.value))
        changed = tuple(n for n in vars(held) if n != "name" and getattr(held, n) != getattr(then, n))
        if changed:
            found.append(Break(month_text(month_of(rule.from_on)), rule.from_on, rule.reason, changed))
        held = then
    return tuple(found)
