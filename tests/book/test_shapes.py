"""SQL text kept by shape is what Ibis would have written."""

from typing import Any

import ibis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relevo.book import compiling
from relevo.book.compiling import compile_sql, translate
from relevo.book.shapes import shape_of

DIALECTS = ("duckdb", "postgres", "pyspark")
rows = ibis.table({"month": "int64", "day": "int64", "name": "string"}, name="rows")


def asked(month: int, months: list[int], day: int, name: str = "x") -> Any:
    kept = rows.filter((rows.month.isin(months)) & (rows.day > day) & (rows.name == name))
    shown = kept.mutate(since=kept.month - month, twice=kept.month + month)
    return shown.group_by("name", "since", "twice").agg(n=ibis._.count())


months = st.integers(20_000, 26_000)


@given(months, st.lists(months, min_size=1, max_size=40, unique=True), st.integers(-5, 40_000))
def test_the_text_is_what_ibis_writes_in_every_dialect(month: int, listed: list[int], day: int) -> None:
    question = asked(month, listed, day)
    for dialect in DIALECTS:
        assert compile_sql(question, dialect).split() == translate(question.op(), dialect).split()


def test_questions_of_other_months_share_a_shape_and_others_do_not() -> None:
    one = shape_of(asked(24_300, [24_301, 24_302], 19_000).op()).key
    assert shape_of(asked(24_310, [24_299], 20_500).op()).key == one
    assert shape_of(asked(24_310, [24_299], 20_500, "y").op()).key != one
    assert shape_of(asked(24_310, [24_299], 500).op()).key != one
    assert shape_of(asked(24_310, [], 20_500).op()).key != one


def test_equal_numbers_are_one_gap_and_so_another_shape_than_different_ones() -> None:
    assert shape_of(asked(24_300, [24_301], 24_300).op()).key != shape_of(asked(24_300, [24_301], 19_000).op()).key


@pytest.mark.parametrize("number", [32_000, 32_767])
def test_a_number_that_could_be_a_holder_is_translated_each_time(number: int) -> None:
    question = asked(24_300, [24_301], number)
    assert shape_of(question.op()).text(lambda root: translate(root, "duckdb")) is None
    assert str(number) in compile_sql(question)


def test_a_number_that_is_reckoned_with_before_it_is_written_is_no_gap() -> None:
    shape = shape_of(asked(24_300, [24_301], 19_000).op())
    assert shape.text(lambda _root: "SELECT 32001") is None
    assert shape.text(lambda root: "SELECT 1" if root == shape.root else "SELECT 2") is None


def test_more_numbers_than_there_are_holders_are_translated_each_time() -> None:
    many = rows.select(**{f"c{n}": rows.month - (20_000 + n) for n in range(200)})
    assert shape_of(many.op()).text(lambda root: translate(root, "duckdb")) is None


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "_MOST", 2)
    monkeypatch.setattr(compiling, "_KEPT", {})
    for name in ("a", "b", "c", "d"):
        assert f"'{name}'" in compile_sql(asked(24_300, [24_301], 19_000, name))
    assert 1 <= len(compiling._KEPT) <= 2
