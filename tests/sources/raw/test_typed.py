"""Values from the texts of exports, by kind; a text that is none has no value, and no value is made up."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relevo.sources.raw.facts import Facts, Order, Point
from relevo.sources.raw.model import Kind
from relevo.sources.raw.typed import value_sql

DAY_FIRST, MONTH_FIRST = Facts(order=Order.DAY_FIRST), Facts(order=Order.MONTH_FIRST)
POINT, COMMA = Facts(point=Point.POINT), Facts(point=Point.COMMA)


def value(
    connection: duckdb.DuckDBPyConnection, kind: Kind, text: str, facts: Facts = DAY_FIRST, zone: str = "UTC"
) -> Any:
    sql = f"SELECT {value_sql(kind, 'x', facts, zone)} FROM (SELECT ?::VARCHAR AS x)"
    return connection.execute(sql, [text]).fetchall()[0][0]


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2026-03-12 09:14", "2026-03-12 09:14:00"),
        ("2026-03-12 3:15:52", "2026-03-12 03:15:52"),
        ("2026-03-12T09:14:05+02:00", "2026-03-12 07:14:05"),
        ("2026-03-12T09:14:05.250Z", "2026-03-12 09:14:05.250000"),
        ("03/04/2026 2:30 PM", "2026-04-03 14:30:00"),
        ("3/4/26 12:05 am", "2026-04-03 00:05:00"),
        ("15.03.2026 08:05:01", "2026-03-15 08:05:01"),
        ("45631.5", "2024-12-05 12:00:00"),
        ("45631", "2024-12-05 00:00:00"),
        ("1700000000", "2023-11-14 22:13:20"),
        ("1700000000123", "2023-11-14 22:13:20.123000"),
        ("Mar 5, 2026 10:22 AM", "2026-03-05 10:22:00"),
        ("5 Mar 2026", "2026-03-05 00:00:00"),
        ("2026/03/04 10:00", "2026-03-04 10:00:00"),
    ],
)
def test_times_as_exports_write_them(connection: duckdb.DuckDBPyConnection, text: str, when: str) -> None:
    assert str(value(connection, Kind.TIME, text)) == when


@pytest.mark.parametrize("text", ["31/02/2026", "13/13/2026", "yesterday", "12", "2026-13-01", "99999999999999"])
def test_what_is_no_time_has_no_value(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    assert value(connection, Kind.TIME, text) is None


def test_the_month_comes_first_where_the_column_says_so(connection: duckdb.DuckDBPyConnection) -> None:
    assert value(connection, Kind.DAY, "03/04/2026", MONTH_FIRST) == date(2026, 3, 4)
    assert value(connection, Kind.DAY, "03.04.2026", MONTH_FIRST) == date(2026, 4, 3), "with dots the day is first"


def test_a_local_time_is_told_in_utc(connection: duckdb.DuckDBPyConnection) -> None:
    assert value(connection, Kind.TIME, "1/7/2026 10:00", zone="Europe/Madrid") == datetime(2026, 7, 1, 8)  # noqa: DTZ001
    assert value(connection, Kind.TIME, "2026-01-01 10:00", zone="Europe/Madrid") == datetime(2026, 1, 1, 9)  # noqa: DTZ001
    day = value(connection, Kind.DAY, "2026-01-01 00:30", zone="Europe/Madrid")
    assert day == date(2026, 1, 1), "as it was written"


@pytest.mark.parametrize(
    ("text", "facts", "amount"),
    [
        ("1,234.50", POINT, "1234.5"),
        ("1.234,50", COMMA, "1234.5"),
        ("€ 12", POINT, "12"),
        ("USD 12.50", POINT, "12.5"),
        ("12,50 EUR", COMMA, "12.5"),
        ("R$ 1.234,50", COMMA, "1234.5"),
        ("-US$ 5.00", POINT, "-5"),
        ("KWD 1,234.567", POINT, "1234.567"),
        ("JP¥ 2.150", COMMA, "2150"),
        ("(12.50)", POINT, "-12.5"),
        ("−3", POINT, "-3"),
        ("12\u202f345.60", POINT, "12345.6"),
        ("1'250.00", POINT, "1250"),
    ],
)
def test_amounts_as_exports_write_them(
    connection: duckdb.DuckDBPyConnection, text: str, facts: Facts, amount: str
) -> None:
    assert value(connection, Kind.MAJOR, text, facts) == Decimal(amount)


@pytest.mark.parametrize("text", ["1.234,5", "1e3", "12.5.1", "12 apples", "--3", "1,23,456", "NaN", "∞"])
def test_what_is_no_amount_has_no_value(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    assert value(connection, Kind.MAJOR, text, POINT) is None


def test_a_whole_number_has_no_decimals(connection: duckdb.DuckDBPyConnection) -> None:
    told = [value(connection, Kind.WHOLE, each, POINT) for each in ("12", "12.0", "1,200", "12.5")]
    assert told == [12, 12, 1200, None]


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        ("01:30:00", 5400),
        ("12:05", 43_500),
        ("1 day 02:03:04", 93_784),
        ("1h 30m", 5400),
        ("45m", 2700),
        ("3 days", 259_200),
        ("soon", None),
    ],
)
def test_lengths_of_time(connection: duckdb.DuckDBPyConnection, text: str, seconds: int | None) -> None:
    assert value(connection, Kind.SPELL, text) == seconds


def test_both_forms_of_a_salesforce_id_are_one(connection: duckdb.DuckDBPyConnection) -> None:
    short, long = "0015500000Xyy06", "0015500000Xyy06AAB"
    assert value(connection, Kind.SALESFORCE_ID, long) == value(connection, Kind.SALESFORCE_ID, short) == short


def test_yes_and_no_in_four_languages(connection: duckdb.DuckDBPyConnection) -> None:
    told = [value(connection, Kind.FLAG, each) for each in ("Yes", "sí", "Sim", "是", "No", "não", "否", "perhaps")]
    assert told == [True] * 4 + [False] * 3 + [None]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(when=st.datetimes(datetime(1971, 1, 1), datetime(2190, 1, 1)), order=st.sampled_from(Order))  # noqa: DTZ001
def test_a_time_comes_back_from_every_way_to_write_it(
    connection: duckdb.DuckDBPyConnection, when: datetime, order: Order
) -> None:
    when = when.replace(second=0, microsecond=0)
    date_form = "%d/%m/%Y" if order is Order.DAY_FIRST else "%m/%d/%Y"
    excel = (when - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001
    written = [f"{date_form} %H:%M", f"{date_form} %I:%M %p", "%Y-%m-%dT%H:%MZ", "%d.%m.%Y %H:%M:%S"]
    texts = [when.strftime(form) for form in written]
    if 20_000 <= excel < 80_000:
        texts.append(f"{excel:.6f}")
    if when.year > 1975:
        texts.append(str(int(when.replace(tzinfo=UTC).timestamp())))
    assert {value(connection, Kind.TIME, text, Facts(order=order)) for text in texts} == {when}
