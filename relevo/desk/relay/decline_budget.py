"""How much may be declined in a calendar year: alignment costs some revenue now, so it is planned (row S4-40). Pure."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from relevo.base.errors import WrongUse

RULE = "decline_budget"
# More than anybody declines in a year, in minor units.
MOST_CENTS = 10**15


def budgets_with(rule: object) -> Mapping[int, int]:
    """The budgets in minor units of the company's currency by calendar year; WrongUse for another rule."""
    if not isinstance(rule, Mapping):
        raise WrongUse("The budget is no table.", "Write a year and an amount in each line.")
    return {_year(year): _cents(cents) for year, cents in rule.items()}


def budget_on(rule: object, day: date) -> int | None:
    """The budget of the year of a day; None where nobody set one."""
    return budgets_with(rule).get(day.year)


def _year(told: Any) -> int:
    if not isinstance(told, str) or not re.fullmatch(r"20\d\d", told):
        raise WrongUse(f"{str(told)[:40]!r} is no year.", "Write one such as 2026.")
    return int(told)


def _cents(told: Any) -> int:
    if type(told) is not int or not 0 <= told <= MOST_CENTS:
        raise WrongUse(f"{str(told)[:40]!r} is no amount.", "Write an amount of 0 or more.")
    return told
