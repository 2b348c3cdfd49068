"""Gaps of promises by group: by hand, by laws, by simulation, and from a book."""

from datetime import date
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from relevo.base.errors import WrongUse
from relevo.book.book import Book
from relevo.insight.relay.promise_gap import FEWEST_DUE, Gap, PromiseRow, gaps, promise_rows
from tests.measures.forward_books import book_of, customer

AS_OF = "2025-06-30"
# Twelve people, of whom some promised little.
DUE = (40, 25, 60, 33, 12, 5, 80, 18, 4, 47, 9, 51)


def of(counts: dict[str, tuple[int, int]]) -> tuple[Gap, ...]:
    """Gaps of groups, each with what was due and unmet."""
    return gaps(PromiseRow(group, due, unmet) for group, (due, unmet) in counts.items())


def test_three_of_four_stand_above_none_of_four() -> None:
    """Row S0-11: a gap of 75 %, listed above the account that got all it was promised."""
    bad, good = of({"good": (4, 0), "bad": (4, 3)})
    assert (bad.group, bad.due, bad.unmet, bad.gap) == ("bad", 4, 3, 0.75)
    assert (good.group, good.due, good.unmet, good.gap) == ("good", 4, 0, 0.0)
    assert 0.375 < bad.pooled < 0.75
    assert 0 < good.pooled < 0.375
    assert (bad.p, bad.stands_out) == (None, False), "four promises are too few to judge anybody by"


def test_few_are_pulled_further_than_many() -> None:
    """Both missed half of what was due, of a company that misses a quarter."""
    found = {g.group: g for g in of({"few": (4, 2), "many": (60, 30), "rest": (200, 34), "others": (100, 22)})}
    assert found["few"].gap == found["many"].gap == 0.5
    assert 0.24 < found["few"].pooled < found["many"].pooled < 0.5
    assert found["few"].high - found["few"].low > found["many"].high - found["many"].low
    assert [g for g in found if found[g].stands_out] == ["many"]


def test_the_chance_is_fishers() -> None:
    """Five of six unmet against two of fourteen: C(7,5) C(13,1) + C(7,6) over C(20,6) = 280 / 38760."""
    found = {g.group: g for g in of({"a": (6, 5), "b": (14, 2)})}
    assert found["a"].p == pytest.approx((21 * 13 + 7) / 38760)
    assert found["a"].stands_out
    assert found["b"].p == pytest.approx(1 - stats.hypergeom.cdf(1, 20, 7, 14))
    assert not found["b"].stands_out


def test_holm_holds_the_second_against_the_level_over_all_but_one() -> None:
    """Of four groups, chances below 0.05 / 4 and 0.05 / 3 stand out; the third, below 0.05 alone, does not."""
    counts = {"a": (20, 14), "b": (20, 12), "c": (20, 4), "d": (100, 20)}
    found = {g.group: g for g in of(counts)}
    chances = sorted(g.p for g in found.values() if g.p is not None)
    allowed = [0.05 / 4, 0.05 / 3, 0.05 / 2, 0.05]
    wanted = next(i for i, (p, level) in enumerate(zip(chances, allowed, strict=True)) if p > level)
    assert sum(g.stands_out for g in found.values()) == wanted == 2


def test_rows_of_one_group_add_up() -> None:
    one = [PromiseRow("a", 1, 1), PromiseRow("a", 1, 0), PromiseRow("b", 1, 0), PromiseRow("a", 0, 0)]
    assert gaps(one) == of({"a": (2, 1), "b": (1, 0)})


def test_nothing_promised_and_nothing_due() -> None:
    assert gaps([]) == ()
    (only,) = of({"a": (0, 0)})
    assert (only.gap, only.pooled, only.stands_out) == (None, pytest.approx(0.5), False)
    found = of({"a": (0, 0), "b": (10, 9)})
    assert [g.gap for g in found] == [0.9, None]


counted = st.integers(0, 40).flatmap(lambda due: st.tuples(st.just(due), st.integers(0, due)))


@given(st.dictionaries(st.sampled_from("abcdefgh"), counted, min_size=1))
@settings(max_examples=60)
def test_laws(counts: dict[str, tuple[int, int]]) -> None:
    found = of(counts)
    mean = (sum(u for _, u in counts.values()) + 0.5) / (sum(d for d, _ in counts.values()) + 1)
    assert {g.group: (g.due, g.unmet) for g in found} == counts
    assert [g.pooled for g in found] == sorted((g.pooled for g in found), reverse=True)
    for g in found:
        assert 0 <= g.low < g.pooled < g.high <= 1
        own = mean if g.gap is None else g.gap
        assert min(own, mean) - 1e-9 <= g.pooled <= max(own, mean) + 1e-9
        assert (g.p is None) == (g.due < FEWEST_DUE)
        assert not (g.stands_out and g.p is None)


def simulated(rng: np.random.Generator, first: float, others: float) -> list[str]:
    """Who stands out where the first of twelve misses promises at one rate and the others at another."""
    unmet = [int(rng.binomial(due, others if i else first)) for i, due in enumerate(DUE)]
    return [g.group for g in gaps(PromiseRow(str(i), d, u) for i, (d, u) in enumerate(zip(DUE, unmet, strict=True)))
            if g.stands_out]  # fmt: skip


@pytest.mark.parametrize("rate", [0.1, 0.3])
def test_where_all_are_alike_few_lists_name_anybody(rate: float) -> None:
    """At most 5 % of 200 companies may: 18 would be surprising (binomial, 1 in 100)."""
    rng = np.random.default_rng(20)
    assert sum(bool(simulated(rng, rate, rate)) for _ in range(200)) <= 18


def test_who_misses_twice_as_often_is_found() -> None:
    """Forty promises at 60 % beside a company at 25 %: found in nine of ten and more, and hardly ever with another."""
    rng = np.random.default_rng(21)
    found = [simulated(rng, 0.6, 0.25) for _ in range(100)]
    assert sum("0" in each for each in found) >= 90
    assert sum(each not in ([], ["0"]) for each in found) <= 9


@pytest.fixture(scope="module")
def book() -> Book:
    def promise(key: int, who: str, deal: str | None, person: str | None, **more: Any) -> dict[str, Any]:
        return {
            "promise_id": f"p{key}", "customer_id": who, "deal_id": deal, "person_id": person, "text": "SSO",
            "product_state": "absent" if key % 2 else "exists", "made_at": "2025-01-20T10:00:00",
            "due_on": date(2025, 3, 1), **more,
        }  # fmt: skip

    kept, late = {"kept_at": "2025-02-01T00:00:00"}, {"kept_at": "2025-04-01T00:00:00"}
    promises = [
        promise(1, "a", "d1", "ana"), promise(2, "a", "d1", "ana", **late), promise(3, "a", "d1", "ana"),
        promise(4, "a", "d2", "ben", **kept), *(promise(i, "b", None, None, **kept) for i in (5, 6, 7, 8)),
        promise(9, "c", "d3", "ben", due_on=date(2026, 1, 1)),
    ]  # fmt: skip
    customers = [customer("a", segment="smb"), customer("b", segment="ent"), customer("c")]
    return book_of({"promise": promises, "customer": customers}, AS_OF)


@pytest.mark.parametrize(
    ("by", "wanted"),
    [
        ("customer", {"a": (4, 3), "b": (4, 0), "c": (0, 0)}),
        ("deal", {"d1": (3, 3), "d2": (1, 0), "d3": (0, 0), "(none)": (4, 0)}),
        ("person", {"ana": (3, 3), "ben": (1, 0), "(none)": (4, 0)}),
        ("segment", {"smb": (4, 3), "ent": (4, 0), "(none)": (0, 0)}),
        ("product_state", {"absent": (4, 2), "exists": (4, 1)}),
    ],
)
def test_the_rows_of_a_book(book: Book, by: Any, wanted: dict[str, tuple[int, int]]) -> None:
    assert {row.group: (row.due, row.unmet) for row in promise_rows(book, by)} == wanted


def test_the_account_with_the_gap_is_listed_first(book: Book) -> None:
    first = gaps(promise_rows(book, "customer"))[0]
    assert (first.group, first.gap) == ("a", 0.75)
    with pytest.raises(WrongUse, match="not compared by 'colour'"):
        promise_rows(book, "colour")  # type: ignore[arg-type]
