"""What the demo company promises: an answer within an hour to its priority tier, unless somebody decided otherwise."""

from datetime import UTC, date, datetime

from relevo.base.config import Home
from relevo.desk.house.actions import save_rule
from relevo.desk.house.rules import rules_in_force
from relevo.jobs.demo_rules import PROMISED, promise_answers

RULE = "response_promises"


def test_the_priority_tier_is_promised_an_hour(home: Home) -> None:
    promise_answers(home)
    assert rules_in_force(date(2026, 6, 30))[RULE].value == PROMISED == {"priority": 60}


def test_what_somebody_promised_stays(home: Home) -> None:
    promise_answers(home)
    save_rule(RULE, {"priority": 30}, date(2026, 1, 1), "ines", "we are faster now", datetime.now(UTC))
    promise_answers(home)
    assert rules_in_force(date(2026, 6, 30))[RULE].value == {"priority": 30}
