"""What another policy would change, before it is accepted: star figures, and customers told otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from relevo.answers.cells import Change, Row
from relevo.answers.comparing import BRIDGE, changed_cells, customer_parts
from relevo.answers.reading import Reading
from relevo.base.money import half_up
from relevo.base.periods import month_text
from relevo.book.policy import Policy, differences
from relevo.measures.asking import ask as ask_book
from relevo.measures.card import Ask, View
from relevo.measures.revenue.reported import KINDS

MONTHS = 13
STARS = ("mrr", BRIDGE, "net_revenue_retention", "gross_revenue_retention", "logo_churn")
Convention = tuple[str, Any, Any]


@dataclass(frozen=True)
class KindChange:
    """A customer's month that is told otherwise: kinds of movement with their MRR in minor units, now and then."""

    customer_id: str
    month: str
    now: Mapping[str, int]
    then: Mapping[str, int]


@dataclass(frozen=True)
class PolicyPreview:
    """What a policy would change. `figures` maps each star measure to its cells of the last 13 months that differ.

    `adjustment_cents` is what the first open month would carry for the closed ones; None where none is closed.
    """

    now: Policy
    then: Policy
    conventions: tuple[Convention, ...]
    figures: Mapping[str, tuple[Change, ...]]
    customers: tuple[KindChange, ...]
    adjustment_cents: int | None

    @property
    def changes_nothing(self) -> bool:
        """Whether every figure and every customer stays as it is."""
        return not self.customers and not any(self.figures.values())


def policy_preview(reading: Reading, policy: Policy) -> PolicyPreview:
    """The published book under its policy and under another one, restated, over the last 13 complete months.

    NotReady before the first book.
    """
    book = reading.company_book
    then = replace(reading, published=book.at(policy=policy))
    last = book.last_complete_month
    asked = Ask(first=last - MONTHS + 1, last=last)
    views: tuple[View, View] = ("restated", "restated")
    figures = {name: tuple(changed_cells(reading, then, name, asked, views)) for name in STARS}
    conventions = tuple((n, getattr(book.policy, n), getattr(policy, n)) for n in differences(book.policy, policy))
    return PolicyPreview(
        book.policy, policy, conventions, figures, _told_otherwise(reading, then, range(last - MONTHS + 1, last + 1)),
        _adjustment(reading, then),
    )  # fmt: skip


def _told_otherwise(reading: Reading, then: Reading, months: range) -> tuple[KindChange, ...]:
    one, two = (_kinds(side, months) for side in (reading, then))
    differ = sorted(key for key in {*one, *two} if one.get(key) != two.get(key))
    return tuple(
        KindChange(customer, month_text(month), _cents(one.get(key, {})), _cents(two.get(key, {})))
        for key in differ
        for customer, month in [key]
    )


def _kinds(reading: Reading, months: range) -> dict[tuple[str, int], dict[str, Fraction]]:
    found: dict[tuple[str, int], dict[str, Fraction]] = {}
    for (customer, month, part), amount in customer_parts(reading, months, "restated").items():
        if part in KINDS:
            found.setdefault((customer, month), {})[part] = amount
    return found


def _cents(kinds: Mapping[str, Fraction]) -> dict[str, int]:
    return {kind: half_up(amount) for kind, amount in sorted(kinds.items())}


def _adjustment(reading: Reading, then: Reading) -> int | None:
    """By how much the policies differ at the end of the last closed month: that would be adjusted, not rewritten."""
    through = reading.company_book.closed_through
    if through is None:
        return None
    at_end: list[Row] = [
        ask_book(side.company_book, "mrr", Ask(first=through, last=through, view="restated")).rows[0]
        for side in (reading, then)
    ]
    return int(at_end[1]["mrr_cents"]) - int(at_end[0]["mrr_cents"])
