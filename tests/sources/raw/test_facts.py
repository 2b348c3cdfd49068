"""What only a whole column tells, and what stays open and is asked."""

import duckdb
import pytest

from relevo.sources.raw.facts import Facts, Judged, Order, Point, judge
from relevo.sources.raw.model import Kind

ONE = Facts()


def judged(connection: duckdb.DuckDBPyConnection, said: Facts = ONE, **columns: list[str | None]) -> Judged:
    """Columns by name: those of dates are named d..., those of amounts a...."""
    made = ", ".join(f"unnest(?::VARCHAR[]) AS {name}" for name in columns)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE seen AS SELECT {made}", list(columns.values()))
    kinds = {name: (name, Kind.TIME if name.startswith("d") else Kind.MAJOR) for name in columns}
    return judge(connection, "SELECT * FROM seen", kinds, said)


@pytest.mark.parametrize(
    ("values", "order"),
    [
        (["03/04/2026", "13/04/2026"], Order.DAY_FIRST),
        (["03/04/2026", "04/13/2026 2:30 PM"], Order.MONTH_FIRST),
        (["03.04.2026 08:00"], Order.DAY_FIRST),
        (["03-04-26", "31-12-25"], Order.DAY_FIRST),
        (["2026-03-04", "45631", None], None),
        (["04/04/2026", "05/05/2026"], None),
    ],
)
def test_the_order_of_day_and_month_is_that_of_the_column(
    connection: duckdb.DuckDBPyConnection, values: list[str | None], order: Order | None
) -> None:
    found = judged(connection, d=values)
    assert (found.facts["d"].order, found.questions) == (order, ())


def test_what_could_be_both_is_asked_with_a_value_that_shows_it(connection: duckdb.DuckDBPyConnection) -> None:
    (asked,) = judged(connection, d=["05/06/2026", "03/04/2026"]).questions
    assert (asked.field, asked.about, asked.examples, asked.choices) == ("d", "dates", ("03/04/2026",), ("dmy", "mdy"))


def test_a_column_that_is_both_is_asked(connection: duckdb.DuckDBPyConnection) -> None:
    (asked,) = judged(connection, d=["13/04/2026", "04/13/2026"]).questions
    assert asked.about == "dates"


def test_an_open_column_follows_the_others_of_its_file_where_they_agree(connection: duckdb.DuckDBPyConnection) -> None:
    follows = judged(connection, d=["03/04/2026", "04/04/2026"], d2=["31/01/2026", None])
    assert (follows.facts["d"].order, follows.questions) == (Order.DAY_FIRST, ())
    torn = judged(connection, d=["03/04/2026"], d2=["31/01/2026"], d3=["01/31/2026"])
    assert [each.field for each in torn.questions] == ["d"]


def test_an_answer_settles_it(connection: duckdb.DuckDBPyConnection) -> None:
    found = judged(connection, Facts(Order.MONTH_FIRST, Point.COMMA), d=["03/04/2026"], a=["1.250"])
    assert (found.facts["d"].order, found.facts["a"].point) == (Order.MONTH_FIRST, Point.COMMA)
    assert found.questions == ()


@pytest.mark.parametrize(
    ("values", "point"),
    [
        (["1,250.50"], Point.POINT),
        (["1.250,50", "3"], Point.COMMA),
        (["1,5", "1.250"], Point.COMMA),
        (["€ 12.99"], Point.POINT),
        (["1,250,000"], Point.POINT),
        (["12", "1250"], None),
    ],
)
def test_the_sign_before_decimals_is_that_of_the_column(
    connection: duckdb.DuckDBPyConnection, values: list[str | None], point: Point | None
) -> None:
    found = judged(connection, a=values)
    assert (found.facts["a"].point, found.questions) == (point, ())


def test_a_thousand_or_one_and_a_bit_is_asked(connection: duckdb.DuckDBPyConnection) -> None:
    (asked,) = judged(connection, a=["1,250", "2,300"]).questions
    assert (asked.about, asked.examples, asked.choices) == ("decimals", ("1,250",), (".", ","))


def test_a_file_without_dates_and_numbers_leaves_nothing_open(connection: duckdb.DuckDBPyConnection) -> None:
    assert judge(connection, "SELECT 1", {"name": ("c0", Kind.TEXT)}, ONE) == Judged({}, ())
