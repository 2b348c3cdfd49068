"""Random companies under other policies: every customer's MRR equals the one worked out day by day."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings

from relevo.base.money import half_up
from relevo.base.periods import last_complete_month
from relevo.book.policy import Policy
from relevo.measures.revenue.reconcile import THEIRS, customers_behind
from tests.measures.companies import AS_OF, Small, companies
from tests.measures.memory import Memory
from tests.measures.oracle import PER_YEAR, Oracle, Rules

PAYING = frozenset({"active", "past_due"})
KINDS = frozenset({None, "forever", "repeating", "once"})
PAIRS = [
    (
        Policy(discounts="none", pause="keep", past_due_grace_days=None),
        Rules(deducted=frozenset(), once_if_long=False, statuses=PAYING | {"paused"}, grace=None),
    ),
    (
        Policy(discounts="forever_only", past_due_grace_days=10, unpaid="keep"),
        Rules(
            deducted=frozenset({None, "forever"}), once_if_long=False, statuses=PAYING | {"unpaid"},
            grace=timedelta(days=10),
        ),
    ),
    (
        Policy(discounts="all", days_per_year=Fraction(360), weeks_per_year=Fraction("51.96"), metered="as_billed"),
        Rules(
            deducted=KINDS, usages=frozenset({"licensed", "metered"}),
            per_year={**PER_YEAR, "day": 360, "week": Fraction("51.96")},
        ),
    ),
    (Policy(once_on_multimonth="ignore"), Rules(once_if_long=False)),
]  # fmt: skip


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


@given(companies())
@settings(max_examples=3)
def test_mrr_under_a_policy_is_what_the_days_say(memory: Memory, small: Small) -> None:
    _agrees(memory, small)


@pytest.mark.nightly
@given(companies())
@settings(max_examples=150, derandomize=False)
def test_mrr_under_a_policy_is_what_the_days_say_of_many_companies(memory: Memory, small: Small) -> None:
    _agrees(memory, small)


def _agrees(memory: Memory, small: Small) -> None:
    book, end = small.book(memory), last_complete_month(AS_OF)
    house = small.oracle()
    for policy, rules in PAIRS:
        oracle = Oracle(house.spans, house.rates, house.as_of, house.timezone, rules)
        for month in (end - 4, end):
            found = {s.customer_id: s.after_cents for s in customers_behind(book, policy, month, THEIRS)}
            assert found == {c: half_up(oracle.level(c, month)) for c in oracle.paying(month)}
    memory.forget(book)
