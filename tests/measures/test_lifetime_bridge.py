"""The LTV bridge: it sums exactly, no order is preferred, and each factor gets what it did."""

from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.book.book import Book
from relevo.measures.asking import ask
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask, Record
from relevo.measures.revenue.lifetime_bridge import BRIDGE, FACTORS, State, contributions, shapley, worth
from tests.measures.small_economics import book, customers, pays, spent

AGES = 6
PLAIN = np.ones(AGES)
shares = st.fractions(0, 1, max_denominator=50)


@st.composite
def states(draw: st.DrawFn) -> State:
    hazards = np.array(draw(st.lists(st.floats(0, 0.5), min_size=AGES, max_size=AGES)))
    growth = np.array(draw(st.lists(st.floats(0.5, 2), min_size=AGES, max_size=AGES)))
    return State(draw(shares), np.cumprod(1 - hazards), growth, draw(st.floats(0, 1e6)), draw(shares))


def bridge(made: Book, **question: object) -> dict[str, Record]:
    return {r["segment"]: r for r in ask(made, "ltv_bridge", Ask(**question)).rows}  # type: ignore[arg-type]


def adds_up(row: Record) -> bool:
    return sum(sign * (row[column] or 0) for column, sign in BRIDGE.items()) == 0


@given(st.lists(st.tuples(states(), states()), min_size=1, max_size=3))
@settings(max_examples=20)
def test_s3_34_contributions_add_up_exactly(pairs: list[tuple[State, State]]) -> None:
    did = contributions(pairs, PLAIN)
    opening, closing = (sum((worth(p[i], PLAIN) for p in pairs), Fraction(0)) for i in (0, 1))
    assert sum(did.values()) == closing - opening


@given(states(), states())
@settings(max_examples=20)
def test_what_did_not_change_did_nothing(opening: State, closing: State) -> None:
    still = State(opening.mix, closing.retention, opening.expansion, opening.price, opening.margin)
    did = contributions([(opening, still)], PLAIN)
    assert {name for name, v in did.items() if v} <= {"retention"}
    assert did["retention"] == worth(still, PLAIN) - worth(opening, PLAIN)


def test_it_is_the_mean_over_all_orders() -> None:
    """A product of three factors, worked out order by order."""
    before, after = {"a": 2, "b": 3, "c": 5}, {"a": 4, "b": 6, "c": 7}

    def value(changed: frozenset[str]) -> Fraction:
        product = Fraction(1)
        for name in before:
            product *= (after if name in changed else before)[name]
        return product

    orders = list(permutations(before))
    plain = dict.fromkeys(before, Fraction(0))
    for order in orders:
        for place, name in enumerate(order):
            gained = value(frozenset(order[: place + 1])) - value(frozenset(order[:place]))
            plain[name] += gained / len(orders)
    assert shapley(list(before), value) == plain


def two_years(**more: int) -> Book:
    """Forty customers start in January 2024 and forty in January 2025, dearer then; ten of the first leave."""
    early = [pays(f"a{i}", "2024-01", 15 if i < 10 else None, 10_000) for i in range(40)]
    late = [pays(f"b{i}", "2025-01", None, more.get("price", 20_000)) for i in range(40)]
    names = customers({f"{k}{i}": "smb" if i < 20 else "ent" for k in "ab" for i in range(40)})
    won = [spent("2024-01", 400_000, segment=s) for s in ("smb", "ent")]
    won += [spent("2025-01", 600_000, segment=s) for s in ("smb", "ent")]
    cost = [spent(m, c, "cost_of_revenue") for m, c in (("2024-06", 40_000), ("2025-06", 220_000))]
    return book("2025-12-31", [*early, *late], customer=names, spend=[*won, *cost])


def test_each_factor_of_two_windows_in_cents() -> None:
    rows = bridge(two_years(), assumptions=Assumptions(horizon_months=12, discount_per_year=Fraction(0)))
    assert set(rows) == {"smb", "ent", "total"}
    assert all(adds_up(row) for row in rows.values())
    total = rows["total"]
    assert (total["net_of_cac"], total["months"], total["n"]) == (True, 12, 80)
    # A customer cost 400,000 / 20 cents before and 600,000 / 20 now.
    assert (total["cost_cents"], rows["smb"]["cost_cents"]) == (-10_000, -10_000)
    # 2024: 100.00 a month at 90 % for twelve months.
    assert total["opening_cents"] == 12 * 9_000 - 20_000
    assert total["price_cents"] > 0
    assert total["margin_cents"] < 0


def test_without_a_cost_in_both_windows_it_is_the_value_alone() -> None:
    spans = [pays(f"c{i}", "2024-01", None, 10_000) for i in range(10)]
    row = bridge(book("2025-12-31", spans, spend=[spent("2025-03", 100)]))["total"]
    assert (row["net_of_cac"], row["cost_cents"], row["opening_cents"] > 0) == (False, None, True)
    assert adds_up(row)
    assert row["opening_cents"] == row["closing_cents"]


def test_a_segment_that_comes_or_goes_moves_the_mix_alone() -> None:
    old = [pays(f"o{i}", "2024-01", 11, 10_000) for i in range(40)]
    stay = [pays(f"s{i}", "2024-01", None, 20_000) for i in range(40)]
    new = [pays(f"n{i}", "2025-01", None, 90_000) for i in range(40)]
    names = customers({f"{k}{i}": k for k in "osn" for i in range(40)})
    rows = bridge(book("2025-12-31", [*old, *stay, *new], customer=names))
    assert set(rows) == {"s", "total"}
    assert adds_up(rows["total"])
    assert rows["total"]["mix_cents"] > 0
    assert [rows["s"][f"{name}_cents"] for name in FACTORS] == [0] * 5


def test_before_two_windows_there_is_no_bridge() -> None:
    assert bridge(book("2025-06-30", [pays("a", "2025-01", None, 100)])) == {}


def test_a_free_first_month_has_no_price_to_grow_from() -> None:
    spans = [pays(f"c{i}", "2025-01", None, 100, currency="USD") for i in range(3)]
    rates = [{"currency": "USD", "on_date": "2025-01-01", "rate": "0"}]
    row = bridge(book("2025-04-30", spans, fx_rate=rates), months=2).get("total")
    assert row is None or row["closing_cents"] == pytest.approx(0)
