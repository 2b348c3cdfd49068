"""The engine seam: Ibis compiles (`relevo.book.compiling`), the native driver runs.

An `Engine` runs SQL text and returns plain rows. The Ibis backends are never imported
(docs/decisions/0003-engine-seam.md says why).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import duckdb

Row = tuple[Any, ...]


@dataclass(frozen=True)
class Rows:
    """What a query returned: column names and rows of plain Python values."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    def dicts(self) -> list[dict[str, Any]]:
        """The rows as dictionaries, in order."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


class Engine(Protocol):
    """Something that runs SQL of one dialect."""

    dialect: str

    def run(self, sql: str, parameters: Sequence[object] = ()) -> Rows:
        """Run one statement and return all of its rows."""


class DuckEngine:
    """DuckDB through its own driver. Each `run` uses its own cursor, so readers in threads do not wait."""

    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def run(self, sql: str, parameters: Sequence[object] = ()) -> Rows:
        """Run one statement and return all of its rows."""
        with self.connection.cursor() as cursor:
            return fetch(cursor, sql, parameters)


def fetch(cursor: duckdb.DuckDBPyConnection, sql: str, parameters: Sequence[object] = ()) -> Rows:
    """Run one statement on an open cursor and return all of its rows."""
    result = cursor.execute(sql, list(parameters))
    columns = tuple(d[0] for d in result.description or ())
    return Rows(columns, tuple(result.fetchall()) if columns else ())


def connect(path: Path | None = None, *, memory_limit: str = "2GB", threads: int = 2) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection with its limits always set; in memory where no path is given.

    Extensions are never fetched: what is needed is inside the wheel.
    """
    connection = duckdb.connect(
        str(path) if path else ":memory:",
        config={
            "memory_limit": memory_limit,
            "threads": threads,
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
        },
    )
    for extension in ("icu", "parquet", "json"):
        connection.execute(f"LOAD {extension}")
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def quoted(value: str | Path) -> str:
    """A SQL string literal."""
    return "'" + str(value).replace("'", "''") + "'"
