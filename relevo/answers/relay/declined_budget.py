"""What was declined this year beside what may be: revenue that is forgone on purpose is planned (row S4-40)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from relevo.answers.reading import Reading
from relevo.answers.relay.declined import DeclineLine
from relevo.desk.house.rules import rules_in_force
from relevo.desk.relay.decline_budget import RULE, budget_on


@dataclass(frozen=True)
class DeclinedThisYear:
    """What was declined in a calendar year so far, in minor units of the company's currency.

    `cents` sums the amounts that are known, `unknown` counts deals without one or in another currency. `budget_cents`
    is None where nobody set one.
    """

    year: int
    deals: int
    cents: int
    unknown: int
    budget_cents: int | None

    @property
    def share(self) -> float | None:
        """How much of the budget is used; None without one, or with one of nothing."""
        return self.cents / self.budget_cents if self.budget_cents else None


def declined_this_year(reading: Reading, lines: Iterable[DeclineLine], today: date) -> DeclinedThisYear | None:
    """The year's declined deals against its budget; None for a viewer who does not see the amounts of all customers."""
    if reading.viewer.scope is not None or reading.viewer.money is not None:
        return None
    currency = reading.company_book.company.currency
    year = [line for line in lines if line.declined_on.year == today.year and line.declined_on <= today]
    known = [line.amount_cents for line in year if line.amount_cents is not None and line.currency == currency]
    rule = rules_in_force(today).get(RULE)
    budget = budget_on(rule.value, today) if rule else None
    return DeclinedThisYear(today.year, len(year), sum(known), len(year) - len(known), budget)
