"""A large made-up company as a folder of canonical Parquet, written by DuckDB alone, and one more day of it.

The demo company has more character and takes twenty times longer to make. Draws are hashes of row numbers, so the
same size always gives the same company.
"""

from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb

FIRST_DAY = date(2023, 11, 1)
LAST_DAY = date(2026, 10, 31)
DAYS = (LAST_DAY - FIRST_DAY).days + 1
# A customer uses a feature every so many days.
EVERY = 110
_FORMAT = "(FORMAT parquet, COMPRESSION zstd)"


def write_company(folder: Path, customers: int) -> None:
    """Write customer, subscription_span, fx_rate, conversation and usage: 5, 10 and 50 rows per customer or so."""
    folder.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(config={"threads": 2, "memory_limit": "4GB"}) as connection:
        _write(connection, _customers(0, customers), folder / "customer.parquet")
        _write(connection, _spans(customers), folder / "subscription_span.parquet")
        _write(connection, _rates(0, DAYS), folder / "fx_rate.parquet")
        for month, (first, last) in enumerate(_months()):
            name = f"month-{month:02d}"
            (folder / name).mkdir(exist_ok=True)
            _write(connection, _conversations(customers, first, last), folder / name / "conversation.parquet")
            _write(connection, _usage(customers, first, last), folder / name / "usage.parquet")


def write_next_day(folder: Path, customers: int) -> None:
    """Write what one more day brings: new rows of every table, and spans that ended or changed price."""
    folder.mkdir(parents=True, exist_ok=True)
    fresh = max(1, customers // 1000)
    with duckdb.connect(config={"threads": 2, "memory_limit": "4GB"}) as connection:
        _write(connection, _customers(customers, customers + fresh), folder / "customer.parquet")
        _write(connection, _changed_spans(customers, fresh), folder / "subscription_span.parquet")
        _write(connection, _rates(DAYS, DAYS + 1), folder / "fx_rate.parquet")
        _write(connection, _conversations(customers, DAYS, DAYS + 1), folder / "conversation.parquet")
        _write(connection, _usage(customers, DAYS, DAYS + 1), folder / "usage.parquet")


def _write(connection: duckdb.DuckDBPyConnection, sql: str, file: Path) -> None:
    connection.execute(f"COPY ({sql}) TO '{file}' {_FORMAT}")


def _months() -> list[tuple[int, int]]:
    """The months of history as pairs of day offsets, the end excluded."""
    firsts = [date(FIRST_DAY.year + (10 + n) // 12, (10 + n) % 12 + 1, 1) for n in range(37)]
    offsets = [(first - FIRST_DAY).days for first in firsts]
    return list(pairwise(offsets))


def _day(offset: str) -> str:
    return f"DATE '{FIRST_DAY}' + CAST({offset} AS INTEGER)"


def _draw(seed: str, size: int) -> str:
    """A number below `size` that looks random and is always the same for the same seed."""
    return f"CAST(hash({seed}) % {size}::UBIGINT AS BIGINT)"


def _pick(values: str, seed: str) -> str:
    return f"([{values}])[1 + {_draw(seed, values.count(',') + 1)}]"


def _id(number: str) -> str:
    return f"'c' || lpad(CAST({number} AS VARCHAR), 8, '0')"


def _customers(low: int, high: int) -> str:
    return f"""
        SELECT {_id("i")} AS customer_id, 'Customer ' || i AS name,
            CASE WHEN {_draw("i, 1", 50)} = 0 THEN {_id("i // 2")} END AS parent_id,
            {_pick("'DE','ES','FR','GB','US','BR','CN'", "i, 2")} AS country,
            {_pick("'small','small','small','middle','middle','large'", "i, 3")} AS segment,
            {_pick("'ads','referral','partner','organic'", "i, 4")} AS acquisition_channel,
            {_pick("'retail','health','software','finance'", "i, 5")} AS industry
        FROM range({low}, {high}) AS t(i)"""


_SPAN_COLUMNS = f"""
    's' || lpad(CAST(i AS VARCHAR), 8, '0') AS subscription_id, 'main' AS item_id, {_id("i")} AS customer_id,
    CAST({_day("from_day")} AS TIMESTAMP) + INTERVAL 10 HOUR AS valid_from,
    CAST({_day("to_day")} AS TIMESTAMP) + INTERVAL 10 HOUR AS valid_to,
    {_pick("'free','basic','team','business'", "i, j // 2, 6")} AS plan,
    CAST(500 + {_draw("i, j, 7", 20000)} AS BIGINT) AS unit_amount_cents,
    CAST(1 + {_draw("i, j // 3, 8", 20)} AS DECIMAL(18,3)) AS quantity,
    CASE WHEN {_draw("i, 9", 5)} = 0 THEN 'year' ELSE 'month' END AS interval_unit, CAST(1 AS BIGINT) AS interval_count,
    CASE WHEN {_draw("i, j, 10", 10)} = 0 THEN CAST(100 AS BIGINT) END AS discount_cents,
    CASE WHEN {_draw("i, j, 10", 10)} = 0 THEN {_pick("'forever','repeating','once'", "i, j, 11")} END AS discount_kind,
    {_pick("'EUR','EUR','EUR','EUR','EUR','EUR','EUR','USD','USD','GBP'", "i, 12")} AS currency,
    CASE WHEN j = 0 AND {_draw("i, 13", 20)} = 0 THEN 'trialing' WHEN {_draw("i, j, 14", 33)} = 0 THEN 'past_due'
         WHEN {_draw("i, j, 14", 33)} = 1 THEN 'paused' ELSE 'active' END AS status,
    'licensed' AS usage, CASE WHEN {_draw("i, 15", 5)} = 0 THEN 'invoice' ELSE 'charge' END AS collection"""


def _spans(customers: int) -> str:
    """Chains of spans: each begins where the one before it ends, some after a gap; two in five chains end."""
    return f"""
        WITH steps AS (
            SELECT i, j, 3 + {_draw("i, 2", 7)} AS steps, {_draw("i, 16", 5)} < 2 AS leaves,
                CAST({_draw("i, 1", DAYS - 40)} + sum(20 + {_draw("i, j, 3", 130)})
                    OVER (PARTITION BY i ORDER BY j ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
                    AS BIGINT) AS next_day, CAST({_draw("i, 1", DAYS - 40)} AS BIGINT) AS first_day
            FROM range({customers}) AS t(i), range(10) AS u(j) WHERE j <= 3 + {_draw("i, 2", 7)}
        ),
        begun AS (
            SELECT *, coalesce(next_day, first_day) + CASE WHEN j > 0 AND {_draw("i, j, 17", 20)} = 0 THEN 9 ELSE 0 END
                AS from_day, lead(next_day) OVER (PARTITION BY i ORDER BY j) AS end_day FROM steps
        )
        SELECT {_SPAN_COLUMNS} FROM (
            SELECT i, j, from_day, CASE WHEN end_day < {DAYS} AND (j + 1 < steps OR leaves) THEN end_day END AS to_day
            FROM begun WHERE j < steps AND from_day < {DAYS}) ORDER BY i, j"""


def _changed_spans(customers: int, fresh: int) -> str:
    """One span in five hundred that is open ends and is followed by another; new customers get their first one."""
    return f"""
        WITH history AS ({_spans(customers)}),
        ends AS (
            SELECT * REPLACE (CAST({_day(str(DAYS))} AS TIMESTAMP) + INTERVAL 9 HOUR AS valid_to) FROM history
            WHERE valid_to IS NULL AND {_draw("subscription_id, 99", 500)} = 0
        )
        SELECT * FROM ends
        UNION ALL SELECT * REPLACE (valid_to AS valid_from, CAST(NULL AS TIMESTAMP) AS valid_to,
            unit_amount_cents + 100 AS unit_amount_cents) FROM ends WHERE {_draw("subscription_id, 98", 3)} > 0
        UNION ALL SELECT {_SPAN_COLUMNS} FROM (SELECT {customers} + i AS i, 0 AS j, {DAYS} AS from_day,
            CAST(NULL AS BIGINT) AS to_day FROM range({fresh}) AS t(i))"""


def _rates(low: int, high: int) -> str:
    return f"""
        SELECT currency, {_day("d")} AS on_date,
            CAST(base * (1 + ({_draw("currency, d", 1000)}) / 20000.0) AS DECIMAL(18,6)) AS rate
        FROM (VALUES ('USD', 0.9), ('GBP', 1.15)) AS c(currency, base), range({low}, {high}) AS t(d)"""


def _conversations(customers: int, first: int, last: int) -> str:
    rows = customers * 10 * (last - first) // DAYS
    return f"""
        SELECT 'v' || lpad(CAST({first} AS VARCHAR), 4, '0') || lpad(CAST(i AS VARCHAR), 8, '0') AS conversation_id,
            {_id(_draw(f"i, {first}, 20", customers))} AS customer_id,
            {_pick("'mail','chat','phone'", f"i, {first}, 21")} AS channel,
            {_pick("'bug','question','billing'", f"i, {first}, 22")} AS category,
            CAST({_day(f"{first} + i * {last - first} // {rows}")} AS TIMESTAMP)
                + to_minutes(CAST({_draw("i, 23", 1440)} AS BIGINT)) AS opened_at,
            CAST({_day(f"{first} + i * {last - first} // {rows}")} AS TIMESTAMP)
                + to_minutes(CAST(1440 + {_draw("i, 24", 1440)} AS BIGINT)) AS resolved_at,
            {_draw(f"i, {first}, 25", 10)} = 0 AS escalated
        FROM range({rows}) AS t(i)"""


def _usage(customers: int, first: int, last: int) -> str:
    """Each customer uses each of five features on every 110th day; which day and feature, depends on the customer."""
    return f"""
        SELECT {_id("i")} AS customer_id, {_day("d")} AS on_date, feature,
            CAST(1 + {_draw("i, d, k", 50)} AS BIGINT) AS events, CAST(1 + {_draw("i, d, 30", 9)} AS BIGINT) AS users
        FROM range({first}, {last}) AS t(d),
            (VALUES (0, 'reports'), (1, 'export'), (2, 'search'), (3, 'share'), (4, 'import')) AS f(k, feature),
            LATERAL (SELECT unnest(range((d * 37 + k * 22) % {EVERY}, {customers}, {EVERY})) AS i) AS c"""
