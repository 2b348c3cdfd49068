"""The engine seam: Ibis compiles (`relevo.book.compiling`), the native driver runs.

An `Engine` runs SQL text and returns plain rows. The Ibis backends are never imported
(docs/decisions/0003-engine-seam.md says why).
"""

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

import duckdb

from relevo.book.policy import Policy

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
    """Something that runs SQL of one dialect over the tables of a book."""

    dialect: str

    def prepare(self, schema: str, policy: Policy) -> None:
        """Be told, before the first question of a schema, which policy its roll-ups follow."""

    def run(self, sql: str, schema: str = "main") -> Rows:
        """Run one statement over the roll-ups of a schema and return all of its rows.

        Values are int, Decimal, float, bool, str, date, datetime (naive, UTC) or None; whole numbers are int.
        """

    def close(self) -> None:
        """Give back files and connections."""


class DuckEngine:
    """DuckDB through its own driver. Each `run` uses its own cursor, so readers in threads do not wait."""

    dialect = "duckdb"

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def prepare(self, schema: str, policy: Policy) -> None:
        """Nothing: the book attaches the files of a schema."""

    def run(self, sql: str, schema: str = "main") -> Rows:
        """Run one statement over the tables of a schema and return all of its rows."""
        with self.connection.cursor() as cursor:
            cursor.execute(f"SET search_path = {quoted(schema + ',main')}")
            return fetch(cursor, sql)

    def close(self) -> None:
        """Release the files."""
        self.connection.close()


def fetch(cursor: duckdb.DuckDBPyConnection, sql: str) -> Rows:
    """Run one statement on an open cursor and return all of its rows."""
    result = cursor.execute(sql)
    described = result.description or []
    found = result.fetchall() if described else []
    has_decimals = any(str(d[1]).startswith("DECIMAL") for d in described)
    return Rows(tuple(d[0] for d in described), whole_numbers(found) if has_decimals else tuple(found))


def whole_numbers(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows in which a decimal of scale 0 is an int: drivers disagree on sums of integers, and money is integers."""
    return tuple(tuple(int(v) if type(v) is Decimal and v.as_tuple().exponent == 0 else v for v in row) for row in rows)


def connect(
    path: Path | None = None, *, memory_limit: str = "2GB", threads: int = 2, spill: Path | None = None
) -> duckdb.DuckDBPyConnection:
    """A DuckDB connection with its limits always set; in memory where no path is given.

    What exceeds the memory limit goes into the folder `spill` while it is needed: by default beside the path, and
    without one into the machine's folder for passing files, never into the folder somebody happens to work in.
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
    if spill or not path:
        passing = spill or Path(tempfile.gettempdir()) / f"relevo-spill-{os.getpid()}"
        connection.execute(f"SET temp_directory = {quoted(passing)}")
    return connection


def quoted(value: str | Path) -> str:
    """A SQL string literal."""
    return "'" + str(value).replace("'", "''") + "'"
