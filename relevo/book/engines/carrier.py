"""Carry a book to another engine, table by table, and run its measures there.

What is handwritten for DuckDB stays in DuckDB: landing, identity, and the prepared tables, in which time zones are
resolved. Canonical tables are copied when the first question reads them. The roll-ups of one day and policy are a
schema of their own: prepared tables are copied, the expressions of `relevo.book.rollups` run on the engine.

Every table is there whole or not at all, and the same book always gives the same tables. So a carry that was cut
short is simply continued, by any process.
"""

import hashlib
import re
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

import sqlglot

from relevo.book.engine import DuckEngine, Rows
from relevo.book.engines.warehouse import Columns, EngineFailed, Source, Warehouse
from relevo.book.policy import Policy
from relevo.book.rollups.all import expressions_sql
from relevo.book.schema import MADE, ROLLUPS, canonical_schema
from relevo.book.tables import TABLES

# The schema of canonical tables and of lists of customers that a viewer may see: alike under every day and policy.
ROWS = "rows"
_SCOPE: Columns = {"customer_id": "string"}
# How sqlglot calls the dialects of Ibis.
_DIALECTS = {"pyspark": "spark"}


class Carrier:
    """The engine of a carried book. Threads may share it; one of them carries while the others wait."""

    def __init__(self, home: DuckEngine, warehouse: Warehouse, prefix: str, name: str) -> None:
        """`prefix` begins the names of all schemas of the book, `name` is the engine's for messages."""
        self.dialect = warehouse.dialect
        self._home, self._warehouse, self._prefix, self._name = home, warehouse, prefix, name
        self._policies: dict[str, Policy] = {}
        self._there: set[tuple[str, str]] = set()
        self._lock = threading.Lock()

    def prepare(self, schema: str, policy: Policy) -> None:
        """Say which policy the roll-ups of a schema follow."""
        self._policies[schema] = policy

    def run(self, sql: str, schema: str = "main") -> Rows:
        """The rows of SQL over a schema of the book; what it reads is carried first where it is not there yet."""
        with self._lock:
            self._carry(tables_of(sql, self.dialect), schema)
        return self._warehouse.run(sql, self._path(schema))

    def close(self) -> None:
        """Give back the engine's connections; what was carried stays."""
        self._warehouse.close()

    def prune(self, kept: Iterable[str], home: str) -> None:
        """Remove what was carried of books of this home that are no longer kept."""
        wanted = tuple(schema_prefix(home, book_id) for book_id in kept)
        for schema in self._warehouse.schemas():
            if schema.startswith(home_prefix(home)) and not schema.startswith(wanted):
                self._warehouse.drop(schema)

    def _path(self, schema: str) -> tuple[str, str]:
        return (self._prefix + schema, self._prefix + ROWS)

    def _carry(self, names: Iterable[str], schema: str) -> None:
        for name in sorted(names):
            if name in ROLLUPS:
                self._carry_rollups(schema)
            elif (ROWS, name) not in self._there:
                self._bring([name], ROWS)

    def _carry_rollups(self, schema: str) -> None:
        if all((schema, name) in self._there for name in ROLLUPS):
            return
        expressions = expressions_sql(self._policies[schema], self.dialect)
        read = {table for sql in expressions.values() for table in tables_of(sql, self.dialect)}
        self._bring(sorted(read - set(ROLLUPS)), ROWS)
        self._bring([name for name in ROLLUPS if name not in expressions], schema)
        for name, sql in expressions.items():
            self._make(name, schema, sql)

    def _bring(self, names: Iterable[str], schema: str) -> None:
        for name in names:
            self._make(name, schema, None)

    def _make(self, name: str, schema: str, sql: str | None) -> None:
        """Make one table from SQL, or copy it where there is none; nothing where it is there already."""
        there = self._warehouse.tables(self._prefix + schema)
        if name not in there:
            try:
                self._make_missing(name, schema, sql)
            except EngineFailed as problem:
                raise EngineFailed(
                    f"{self._name} did not take the table {name}: {problem.message}",
                    f"{len(there)} tables of {self._prefix + schema} are there and stay; the next question goes on "
                    "from them. The book itself is untouched: RELEVO_ENGINE=duckdb answers from its files.",
                ) from problem
        self._there.add((schema, name))

    def _make_missing(self, name: str, schema: str, sql: str | None) -> None:
        if sql is None:
            source = Source(self._home.connection, "main" if schema == ROWS else schema, name, columns_of(name))
            self._warehouse.bring(self._prefix + schema, source)
        else:
            self._warehouse.derive(self._prefix + schema, name, columns_of(name), sql, self._path(schema))


def columns_of(name: str) -> Columns:
    """The declared columns of a table of a book; any other name is a list of customers."""
    if name in MADE:
        return MADE[name]
    return canonical_schema(name) if name in TABLES else _SCOPE


@lru_cache(maxsize=2048)
def tables_of(sql: str, dialect: str) -> frozenset[str]:
    """The tables that SQL reads, without those it defines itself."""
    parsed = sqlglot.parse_one(sql, read=_DIALECTS.get(dialect, dialect))
    defined = {cte.alias for cte in parsed.find_all(sqlglot.exp.CTE)}
    return frozenset(table.name for table in parsed.find_all(sqlglot.exp.Table)) - defined


def home_prefix(home: str) -> str:
    """What the names of all schemas of a home begin with; homes that share an engine do not meet."""
    return f"relevo_{hashlib.sha256(home.encode()).hexdigest()[:6]}_"


def schema_prefix(home: str, book_id: str) -> str:
    """What the names of all schemas of one book begin with."""
    return home_prefix(home) + re.sub(r"\W", "_", book_id).lower() + "_"


def home_of(books: Path) -> str:
    """What tells the folder of books from every other."""
    return str(books.resolve())
