"""Parquet: the same checks as CSV, starting from typed columns; nothing is lost in a conversion."""

import gzip
from datetime import date, datetime
from decimal import Decimal

import pytest
import zstandard

DAY = "DATE '2024-01-01' AS on_date"


def reasons(company):
    return [(row.line, row.column, row.value, row.reason) for row in company.bad()]


def test_typed_columns_are_taken_as_they_are(company):
    company.parquet(
        "subscription_span.parquet",
        """SELECT 's' AS subscription_id, 'i' AS item_id, 'c' AS customer_id,
        TIMESTAMPTZ '2024-01-01 10:00:00+02:00' AS valid_from, DATE '2025-01-01' AS valid_to,
        1000::INTEGER AS unit_amount_cents, 1.5::DECIMAL(6,2) AS quantity, 'month' AS interval_unit,
        1.0::DOUBLE AS interval_count, 'EUR' AS currency, 'active' AS status, 'licensed' AS usage,
        DATE '2025-01-01' AS term_end_on, true AS auto_renew""",
    )
    company.load()
    assert company.bad() == ()
    columns = "valid_from, valid_to, unit_amount_cents, quantity, interval_count, term_end_on, auto_renew, _line"
    assert company.kept("subscription_span", columns) == [
        (
            datetime(2024, 1, 1, 8),  # noqa: DTZ001
            datetime(2025, 1, 1),  # noqa: DTZ001
            1000,
            Decimal("1.5"),
            1,
            date(2025, 1, 1),
            True,
            1,
        )
    ]


@pytest.mark.parametrize(
    ("table", "select", "column", "value", "reason"),
    [
        (
            "headcount",
            f"{DAY}, 12.5 AS employees",
            "employees",
            "12.5",
            "it is not a whole number",
        ),
        (
            "headcount",
            f"{DAY}, 'NaN'::DOUBLE AS employees",
            "employees",
            "nan",
            "it is not a whole number",
        ),
        (
            "headcount",
            f"{DAY}, '1e3' AS employees",
            "employees",
            "1e3",
            "it is not a whole number",
        ),
        (
            "headcount",
            f"{DAY}, 18446744073709551615::UBIGINT AS employees",
            "employees",
            "18446744073709551615",
            "it is not a whole number",
        ),
        (
            "headcount",
            "DATE '1900-01-01' AS on_date, 1 AS employees",
            "on_date",
            "1900-01-01",
            "the year is outside 1970 to 2200",
        ),
        (
            "headcount",
            "TIMESTAMP '2024-01-01 10:00:00' AS on_date, 1 AS employees",
            "on_date",
            "2024-01-01 10:00:00",
            "it is an instant, not a day",
        ),
        (
            "headcount",
            "NULL::DATE AS on_date, 1 AS employees",
            "on_date",
            None,
            "it is empty but required",
        ),
        (
            "customer",
            "1.0::DOUBLE AS customer_id, 'Acme' AS name",
            "customer_id",
            "1.0",
            "it is a floating point number",
        ),
        (
            "customer",
            "'c' AS customer_id, ['a'] AS name",
            "name",
            "[a]",
            "the column has the type VARCHAR[]",
        ),
        (
            "customer",
            "'c' AS customer_id, 'Acme' AS name, TIMESTAMP 'infinity' AS created_at",
            "created_at",
            "infinity",
            "the year is outside 1970 to 2200",
        ),
        (
            "fx_rate",
            f"'USD' AS currency, {DAY}, 1e-10::DOUBLE AS rate",
            "rate",
            "1e-10",
            "it is not a decimal number",
        ),
    ],
)
def test_a_value_that_would_be_changed_is_quarantined(company, table, select, column, value, reason):
    company.parquet(f"{table}.parquet", f"SELECT {select}")
    company.load()
    assert company.counts() == {f"{table}.parquet": (1, 0, 1)}
    assert reasons(company) == [(1, column, value, reason)]
    assert company.bad()[0].hint


def test_numbers_that_lose_nothing_are_kept(company):
    company.parquet("headcount.parquet", "SELECT TIMESTAMP '2024-01-01' AS on_date, 12.0 AS employees")
    company.parquet("customer.parquet", "SELECT 7 AS customer_id, 'Acme' AS name, '' AS country")
    company.parquet("fx_rate.parquet", "SELECT 'USD' AS currency, DATE '2024-01-01' AS on_date, 0.1::DOUBLE AS rate")
    company.load()
    assert company.kept("headcount", "on_date, employees") == [(date(2024, 1, 1), 12)]
    assert company.kept("customer", "customer_id, country") == [("7", None)]
    assert company.kept("fx_rate", "rate") == [(Decimal("0.1"),)]


def test_line_is_the_number_of_the_row(company):
    company.parquet(
        "headcount.parquet",
        "SELECT DATE '2024-01-01' + n::INTEGER AS on_date, CASE WHEN n = 2 THEN -1 ELSE n END AS employees "
        "FROM range(4) AS t (n)",
    )
    company.load()
    assert [line for (line,) in company.kept("headcount", "_line")] == [1, 2, 4]
    assert reasons(company) == [(3, "employees", "-1", "it is below 0")]


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
def test_a_parquet_file_may_be_compressed_outside_too(company, pack):
    plain = company.parquet("headcount.parquet", "SELECT DATE '2024-01-01' AS on_date, 5 AS employees")
    suffix = ".gz" if pack is gzip.compress else ".zst"
    company.write(f"headcount.parquet{suffix}", pack(plain.read_bytes()))
    plain.unlink()
    company.load()
    assert company.kept("headcount", "employees") == [(5,)]


def test_a_file_damaged_inside_is_critical_and_its_rows_are_counted(company):
    path = company.parquet(
        "customer.parquet", "SELECT 'c' || n AS customer_id, 'Acme ' || n AS name FROM range(5000) AS t (n)"
    )
    content = bytearray(path.read_bytes())
    content[200:4000] = b"\xff" * 3800
    path.write_bytes(content)
    company.load()
    assert company.counts() == {"customer.parquet": (5000, 0, 5000)}
    severities = {f.code: str(f.severity) for f in company.status().findings}
    assert severities == {"unreadable_file": "critical", "quarantined_rows": "warning"}


def test_a_missing_column_is_critical_and_its_rows_are_counted(company):
    company.parquet("customer.parquet", "SELECT 'c' AS customer_id FROM range(3)")
    company.load()
    assert company.counts() == {"customer.parquet": (3, 0, 3)}
    assert [row.line for row in company.bad()] == [1, 2, 3]


def test_columns_that_differ_in_capitals_only_are_kept_apart(company):
    company.write("x.csv", "")
    company.parquet("customer.parquet", 'SELECT \'c\' AS customer_id, \'Acme\' AS name, \'odd "one"\' AS "the ""q"""')
    company.load()
    assert company.kept("customer", "name") == [("Acme",)]
    assert any(f.code == "unknown_columns" for f in company.status().findings)
