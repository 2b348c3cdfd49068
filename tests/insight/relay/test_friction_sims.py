"""Over a hundred companies: the planted cause of friction is the top bar, and without one the bars are quiet."""

from collections import Counter

import pytest

from relevo.insight.relay.friction_causes import CAUSES, Cause, causes_of, rows_of
from tests.insight.relay.friction_seeds import drawn

pytestmark = pytest.mark.sims

SEEDS = 100


def over_seeds(cause: Cause | None, size: int) -> tuple[Counter[Cause], Counter[Cause]]:
    """How often each cause was the top bar, and how often its interval excluded 0."""
    top, alarms = Counter[Cause](), Counter[Cause]()
    for seed in range(SEEDS):
        company = drawn(seed, cause, size)
        found = causes_of(rows_of(company.facts, company.people, 50))
        top[found.bars[0].cause] += 1
        alarms.update(b.cause for b in found.bars if b.stands_out)
    return top, alarms


@pytest.mark.parametrize("size", [150, 300])
@pytest.mark.parametrize("cause", CAUSES)
def test_the_planted_cause_is_the_top_bar(cause: Cause, size: int) -> None:
    top, alarms = over_seeds(cause, size)
    assert top[cause] >= 90
    assert alarms[cause] >= 90


@pytest.mark.parametrize("size", [150, 300, 3000])
def test_without_a_cause_the_bars_are_quiet(size: int) -> None:
    """Though whoever takes longer, and whoever is larger, changes hands more often and is asked again more often."""
    _, alarms = over_seeds(None, size)
    assert all(alarms[cause] <= 9 for cause in CAUSES), alarms
