"""From exact sums to cells: rounded once, parts that make the whole, bridges that add up."""

from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.base.money import BASE_SCALE, half_up
from relevo.measures.revenue.movements import BRIDGE
from relevo.measures.rounding import arr, balanced, mrr, rate, rounded_parts, settle, slices_of

PARTS = tuple(c for c in BRIDGE if c not in ("opening_cents", "fx_cents", "closing_cents"))
Row = dict[str, Fraction]

cents = st.one_of(st.just(Fraction(0)), st.fractions(0, 8, max_denominator=12))


@st.composite
def bridges(draw: st.DrawFn) -> Row:
    """One exact bridge: whatever is left over is the exchange rate's."""
    row = dict.fromkeys(BRIDGE, Fraction(0))
    for column in ("opening_cents", "closing_cents", *draw(st.sets(st.sampled_from(PARTS)))):
        row[column] = draw(cents)
    row["fx_cents"] = -sum((BRIDGE[c] * v for c, v in row.items()), Fraction(0))
    return row


def total(cells: list[Row] | list[dict[str, int]], column: str) -> Fraction:
    return sum((Fraction(c[column]) for c in cells), Fraction(0))


@given(st.lists(bridges(), min_size=1, max_size=9))
@settings(max_examples=40)
def test_every_bridge_adds_up_and_every_column_makes_its_whole(table: list[Row]) -> None:
    cells = balanced(table, BRIDGE)
    assert {sum(sign * row[c] for c, sign in BRIDGE.items()) for row in cells} == {0}
    for column in ("opening_cents", "closing_cents"):
        assert total(cells, column) == half_up(total(table, column))
    for column in BRIDGE:
        assert floor(total(table, column)) <= total(cells, column) <= ceil(total(table, column))


@given(st.lists(bridges(), min_size=1, max_size=9))
@settings(max_examples=40)
def test_no_cell_goes_further_than_the_next_whole_cent(table: list[Row]) -> None:
    """So a zero stays zero, a magnitude stays one, and what is whole is not touched."""
    for exact, row in zip(table, balanced(table, BRIDGE), strict=True):
        assert all(floor(exact[c]) <= row[c] <= ceil(exact[c]) for c in BRIDGE)


def test_a_bridge_of_nothing_is_empty() -> None:
    assert balanced([], BRIDGE) == []


def bridge(**tenths: int) -> Row:
    """An exact bridge from tenths of a cent."""
    return {c: Fraction(tenths.get(c.removesuffix("_cents"), 0), 10) for c in BRIDGE}


def test_a_cent_may_change_columns_on_its_way() -> None:
    """The cent is due to `new` by largest remainder, but only the first row can close with it, through `expansion`."""
    grown, passing = bridge(opening=3, expansion=2, closing=5), bridge(new=2, churn=2)
    cells = balanced([grown, passing], BRIDGE)
    assert [{c: v for c, v in row.items() if v} for row in cells] == [{"expansion_cents": 1, "closing_cents": 1}, {}]


@given(st.lists(st.fractions(-9, 9, max_denominator=12), max_size=8))
def test_parts_sum_to_the_half_up_whole(cells: list[Fraction]) -> None:
    assert sum(rounded_parts(cells)) == half_up(sum(cells, Fraction(0)))


def test_parts_of_different_wholes_do_not_share_cents() -> None:
    rows = [{"month": 1, "a": 0}, {"month": 2, "a": 0}, {"month": 1, "a": 0}]
    settle(rows, [{"a": Fraction(1, 2)}, {"a": Fraction(1, 4)}, {"a": Fraction(1, 2)}], ["month"])
    assert [r["a"] for r in rows] == [1, 0, 0]


@pytest.mark.parametrize(
    ("part", "whole", "share"),
    [
        (1, 3, 0.333333),
        (2, 3, 0.666667),
        (0, 5, 0.0),
        (5, 0, None),
        (-1, 4, -0.25),
        (Fraction(1, 2), 1, 0.5),
        (1, 0, None),
    ],
)
def test_a_share_has_six_digits_and_over_nothing_none(part: int, whole: int, share: float | None) -> None:
    assert rate(part, whole) == share


def test_sums_of_the_engine_become_exact_minor_units() -> None:
    assert mrr(Decimal(BASE_SCALE)) == Fraction(1, 12)
    assert arr(3 * BASE_SCALE) == 3
    assert (mrr(None), arr(None)) == (0, 0)


def test_slices_are_those_that_occur() -> None:
    assert slices_of([{"slice": "b"}, {"slice": "a"}, {"slice": "b"}], sliced=True) == ["a", "b"]
    assert slices_of([], sliced=True) == []
    assert slices_of([], sliced=False) == [None]
