"""The tables in which a book says who is one customer, and who might be."""

from collections.abc import Mapping

import duckdb

# Ids that are translated; pairs of customers for review; per source, how many customers stand alone.
IDENTITY: Mapping[str, Mapping[str, str]] = {
    "identity_match": {
        "source": "VARCHAR",
        "external_id": "VARCHAR",
        "customer_id": "VARCHAR",
        "reason": "VARCHAR",
        "confidence": "DOUBLE",
    },
    "identity_candidate": {
        "candidate_id": "VARCHAR",
        "customer_id": "VARCHAR",
        "other_id": "VARCHAR",
        "confidence": "DOUBLE",
        "evidence": "VARCHAR",
    },
    "identity_count": {
        "source": "VARCHAR",
        "customers": "BIGINT",
        "matched": "BIGINT",
        "unmatched": "BIGINT",
        "candidates": "BIGINT",
    },
}


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the tables without rows."""
    for name in IDENTITY:
        connection.execute(f"CREATE OR REPLACE TABLE {name} AS {_nothing(name)}")


def show(connection: duckdb.DuckDBPyConnection, database: str) -> None:
    """Show the tables of an attached book; what an older release did not write has no rows, or is null."""
    found = connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = ?", [database]
    ).fetchall()
    has = {(table, column) for table, column in found}
    for name, columns in IDENTITY.items():
        told = [f"{c}" if (name, c) in has else f"NULL::{kind} AS {c}" for c, kind in columns.items()]
        is_there = any(table == name for table, _ in has)
        rows = f"SELECT {', '.join(told)} FROM {database}.main.{name}" if is_there else _nothing(name)
        connection.execute(f"CREATE VIEW main.{name} AS {rows}")


def _nothing(name: str) -> str:
    return f"SELECT {', '.join(f'NULL::{kind} AS {c}' for c, kind in IDENTITY[name].items())} WHERE false"
