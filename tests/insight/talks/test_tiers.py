"""Tiers: promises kept by hand, and a tier without any effect that healthier customers buy (row S2-31)."""

import sys
from typing import Any

import numpy as np
import pytest

from relevo.insight.talks.tiers import PromiseKept, leaving, leaving_of, promises_kept_of
from relevo.measures.slices import SLICE
from relevo.measures.support.person_months import EQUAL
from tests.measures.support.contacts import asked, book, day, pays

AS_OF = "2026-06-30"


def test_promises_are_kept_within_their_minutes_and_open_ones_wait_until_a_week_is_over() -> None:
    """Premium, an hour: 0.5 and 1 hours are in time, 1.1 is not; one open for months is broken, one of today waits."""
    waits = {1: 0.5, 2: 1, 3: 1.1, 4: None}
    talks = [asked(k, "a", "2026-05-04", wait_hours=w, resolved_hours=None, tier="premium") for k, w in waits.items()]
    talks += [asked(5, "a", "2026-06-30", wait_hours=None, resolved_hours=None, tier="premium"),
              asked(6, "a", "2026-05-04", wait_hours=2, tier="basic"), asked(7, "a", "2025-05-04", tier="premium"),
              asked(8, "a", "2026-05-04", wait_hours=1)]  # fmt: skip
    found = promises_kept_of(book(AS_OF, [pays("a", "2025-01-01")], *talks), (("premium", 60),))
    assert found == (
        PromiseKept("premium", 4, 60, 2, 2, 1), PromiseKept("(none)", 1, None, None, 1, 1),
        PromiseKept("basic", 1, None, None, 0, 1),
    )  # fmt: skip
    assert found[0].share == 0.5
    assert found[0].interval == (pytest.approx(0.1500, abs=1e-3), pytest.approx(0.8500, abs=1e-3))
    assert (found[1].share, found[1].interval) == (None, (None, None))


def test_without_any_promise_an_hour_is_told() -> None:
    found = promises_kept_of(book(AS_OF, [pays("a", "2025-01-01")], asked(1, "a", "2026-05-04", tier="vip")), ())
    assert found == (PromiseKept("vip", 1, None, None, 1, 1),)


def months(rng: np.random.Generator, customers: int = 6000) -> list[dict[str, Any]]:
    """A year of customers: steady use and large size mean both staying and buying the tier, which does nothing."""
    rows = []
    for size, leaves in ((1, 0.05), (2, 0.03), (3, 0.012)):
        for usage, factor, buys in (("falling", 2.0, 0.05), ("steady", 1.0, 0.2 * size)):
            for tier, share in (("premium", buys), ("(none)", 1 - buys)):
                n = int(customers * share)
                row = {**dict.fromkeys(EQUAL, "same"), "size": size, "usage": usage, SLICE: tier, "n": n,
                       "lost": int(rng.binomial(n, leaves * factor))}  # fmt: skip
                rows.append(row)
    return rows


def test_a_tier_without_effect_looks_good_as_seen_and_is_near_0_alike() -> None:
    (found,) = leaving(months(np.random.default_rng(2)))
    assert (found.tier, found.beside) == ("premium", "(none)")
    assert found.naive < -0.015
    assert found.alike is not None
    assert found.low is not None
    assert found.high is not None
    assert abs(found.alike) < 0.004
    assert found.low < 0 < found.high
    assert found.rate - found.beside_rate == pytest.approx(found.naive)


@pytest.mark.sims
def test_over_200_companies_the_difference_alike_is_0_and_covered(capsys: pytest.CaptureFixture[str]) -> None:
    found = [leaving(months(np.random.default_rng(seed), 1500))[0] for seed in range(200)]
    known = [f for f in found if f.low is not None and f.high is not None and f.alike is not None]
    told = (np.mean([f.naive for f in known]), np.mean([f.alike for f in known]),
            np.mean([f.low < 0 < f.high for f in known]))  # fmt: skip
    with capsys.disabled():
        sys.stdout.write(f"\na tier without effect, {len(known)} companies, points a month: ")
        sys.stdout.write(f"naive {100 * told[0]:.2f}, alike {100 * told[1]:.3f}, cover {told[2]:.1%}\n")
    assert len(known) > 190
    assert abs(told[1]) < 0.001
    assert told[2] > 0.9


def test_few_losses_and_one_tier_say_nothing_alike() -> None:
    one = {**dict.fromkeys(EQUAL, "same"), SLICE: "a", "n": 100, "lost": 20}
    assert leaving([one]) == ()
    assert leaving([]) == ()
    (few,) = leaving([one, one | {SLICE: "b", "n": 50, "lost": 9}])
    assert (few.tier, few.lost, few.alike) == ("b", 9, None)
    (all_gone,) = leaving([one | {"n": 20}, one | {SLICE: "b", "n": 10, "lost": 10}])
    assert all_gone.alike is None


def test_the_tier_of_a_month_is_that_of_the_customer_four_months_before() -> None:
    """Bought in April: the months from August on are premium ones; until October those are three."""
    bought = [{"customer_id": "a", "name": "tier", "value": "premium", "from_at": day("2026-04-10")}]
    of = book("2026-10-31", [pays("a", "2025-01-01"), pays("b", "2025-01-01")], customer_attribute=bought)
    (found,) = leaving_of(of)
    assert (found.tier, found.months, found.beside, found.lost) == ("premium", 3, "(none)", 0)
