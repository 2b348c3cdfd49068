"""The demo company keeps the contract of the canonical tables: types, nulls, words, keys, references, time."""

import duckdb
import pytest

from relevo.book.table import Kind, Table
from relevo.book.tables import TABLES
from relevo.sources.demo import DemoSummary
from tests.sources.demo.conftest import ENDS_ON

EVERY_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))

# Where the ids of a column point; columns named after a table's key point at that table.
OWNERS = {
    "customer_id": "customer", "person_id": "person", "contact_id": "contact", "conversation_id": "conversation",
    "deal_id": "deal", "invoice_id": "invoice", "issue_id": "issue", "article_id": "article", "handoff_id": "handoff",
    "message_id": "message",
}  # fmt: skip
OTHERS = {
    ("person", "manager_id"): "person", ("person_role", "manager_id"): "person", ("customer", "parent_id"): "customer",
    ("conversation", "assignee_id"): "person", ("review", "reviewer_id"): "person", ("coaching", "coach_id"): "person",
    ("handoff", "from_person_id"): "person", ("handoff", "to_person_id"): "person",
    ("handoff_item", "said_by"): "contact", ("conversation_event", "by_id"): "person",
}  # fmt: skip


def _count(book: duckdb.DuckDBPyConnection, sql: str) -> int:
    row = book.execute(sql).fetchone()
    assert row is not None
    return int(row[0])


@EVERY_TABLE
def test_every_table_is_filled_with_its_columns_and_types(table: Table, book: duckdb.DuckDBPyConnection) -> None:
    described = {r[0]: r[1] for r in book.execute(f'DESCRIBE "{table.name}"').fetchall()}
    expected = {c.name: "DECIMAL(18,6)" if c.kind is Kind.DECIMAL else c.kind.sql for c in table.columns}
    assert described == expected
    assert _count(book, f'SELECT count(*) FROM "{table.name}"') > 0


@EVERY_TABLE
def test_required_columns_have_no_null(table: Table, book: duckdb.DuckDBPyConnection) -> None:
    required = [c.name for c in table.columns if not c.null]
    nulls = " + ".join(f'count(*) FILTER ("{name}" IS NULL)' for name in required)
    assert _count(book, f'SELECT {nulls} FROM "{table.name}"') == 0


@EVERY_TABLE
def test_optional_columns_are_used_somewhere(table: Table, book: duckdb.DuckDBPyConnection) -> None:
    never = {"touch.body", "schedule.valid_from", "schedule.valid_to"}
    for column in table.columns:
        if f"{table.name}.{column.name}" not in never:
            assert _count(book, f'SELECT count("{column.name}") FROM "{table.name}"') > 0, column.name


@EVERY_TABLE
def test_choices_use_declared_words(table: Table, book: duckdb.DuckDBPyConnection) -> None:
    for column in (c for c in table.columns if c.kind is Kind.CHOICE and not c.is_open):
        words = ", ".join(f"'{w}'" for w in column.values)
        assert _count(book, f'SELECT count(*) FROM "{table.name}" WHERE "{column.name}" NOT IN ({words})') == 0


@EVERY_TABLE
def test_keys_are_unique(table: Table, book: duckdb.DuckDBPyConnection) -> None:
    key = ", ".join(f"coalesce(\"{name}\"::VARCHAR, '')" for name in table.key)
    repeated = f'SELECT count(*) FROM (SELECT {key} FROM "{table.name}" GROUP BY ALL HAVING count(*) > 1)'
    assert _count(book, repeated) == 0


@EVERY_TABLE
def test_references_are_resolvable(table: Table, book: duckdb.DuckDBPyConnection) -> None:
    for column in table.column_names:
        owner = OTHERS.get((table.name, column)) or OWNERS.get(column)
        if owner is None or (owner == table.name and OWNERS.get(column) == owner):
            continue
        key = TABLES[owner].key[0]
        orphans = (
            f'SELECT count("{column}") FROM "{table.name}" ANTI JOIN "{owner}" o ON "{table.name}"."{column}" = o.{key}'
        )
        assert _count(book, orphans) == 0, column


@EVERY_TABLE
def test_nothing_happens_after_the_end(table: Table, book: duckdb.DuckDBPyConnection) -> None:
    planned = {"forecast_at"}
    for column in (c for c in table.columns if c.kind is Kind.TIMESTAMP and c.name not in planned):
        late = f'SELECT count(*) FROM "{table.name}" WHERE "{column.name}" >= DATE \'{ENDS_ON}\' + 1'
        assert _count(book, late) == 0, column.name


@EVERY_TABLE
def test_pairs_of_times_are_in_order(table: Table, book: duckdb.DuckDBPyConnection) -> None:
    pairs = (("valid_from", "valid_to"), ("from_at", "to_at"), ("from_on", "to_on"), ("opened_at", "closed_at"),
             ("opened_at", "resolved_at"), ("resolved_at", "closed_at"), ("issued_on", "paid_on"),
             ("period_from", "period_to"), ("created_at", "shipped_at"), ("started_on", "ended_on"))  # fmt: skip
    for first, second in pairs:
        if {first, second} <= set(table.column_names):
            assert _count(book, f'SELECT count(*) FROM "{table.name}" WHERE "{second}" < "{first}"') == 0, second


@EVERY_TABLE
def test_numbers_are_not_below_their_least_value(table: Table, book: duckdb.DuckDBPyConnection) -> None:
    for column in (c for c in table.columns if c.low is not None):
        assert _count(book, f'SELECT count(*) FROM "{table.name}" WHERE "{column.name}" < {column.low}') == 0


def test_spans_of_an_item_do_not_overlap(book: duckdb.DuckDBPyConnection) -> None:
    overlaps = """
        SELECT count(*) FROM (
            SELECT valid_from, lag(coalesce(valid_to, TIMESTAMP '9999-01-01')) OVER (
                PARTITION BY subscription_id, item_id ORDER BY valid_from) AS earlier_end
            FROM subscription_span)
        WHERE valid_from < earlier_end"""
    assert _count(book, overlaps) == 0


def test_an_item_and_a_subscription_belong_to_one_customer(book: duckdb.DuckDBPyConnection) -> None:
    for key in ("subscription_id", "item_id"):
        several = f"SELECT {key} FROM subscription_span GROUP BY 1 HAVING count(DISTINCT customer_id) > 1"
        assert _count(book, f"SELECT count(*) FROM ({several})") == 0


def test_deals_and_invoices_name_known_subscriptions(book: duckdb.DuckDBPyConnection) -> None:
    for table in ("deal", "invoice", "invoice_line"):
        orphans = f"SELECT count(subscription_id) FROM {table} ANTI JOIN subscription_span USING (subscription_id)"
        assert _count(book, orphans) == 0, table


def test_every_currency_has_a_rate_from_the_first_day_on(book: duckdb.DuckDBPyConnection) -> None:
    used = """
        SELECT currency, min(valid_from)::DATE AS first FROM subscription_span GROUP BY 1
        UNION ALL SELECT currency, min(issued_on) FROM invoice GROUP BY 1"""
    missing = f"""
        SELECT count(*) FROM ({used}) u
        WHERE currency <> 'EUR' AND first < (SELECT min(on_date) FROM fx_rate f WHERE f.currency = u.currency)"""
    assert _count(book, missing) == 0


def test_the_summary_counts_what_was_written(demo: DemoSummary, book: duckdb.DuckDBPyConnection) -> None:
    assert set(demo.rows) == set(TABLES)
    for name, rows in demo.rows.items():
        assert _count(book, f'SELECT count(*) FROM "{name}"') == rows
