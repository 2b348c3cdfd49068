"""How much may be declined in a year: what the rule may say, and whose year a day is in."""

from datetime import date
from typing import Any

import pytest

from relevo.base.errors import WrongUse
from relevo.desk.house.known import KNOWN
from relevo.desk.relay.decline_budget import MOST_CENTS, RULE, budget_on


def test_a_budget_is_that_of_the_calendar_year() -> None:
    rule = {"2026": 500_000, "2027": 0}
    days = [date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1), date(2028, 1, 1)]
    assert [budget_on(rule, day) for day in days] == [None, 500_000, 500_000, 0, None]
    assert budget_on({}, days[0]) is None


@pytest.mark.parametrize(
    "rule", [None, [2026], {"26": 1}, {2026: 1}, {"2026": 1.5}, {"2026": True}, {"2026": -1}, {"2026": MOST_CENTS + 1}]
)
def test_a_rule_that_is_no_budget_is_refused(rule: Any) -> None:
    with pytest.raises(WrongUse):
        budget_on(rule, date(2026, 1, 1))
    with pytest.raises(WrongUse):
        KNOWN[RULE].check(rule)
