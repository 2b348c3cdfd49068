"""PostgreSQL through psycopg, in one read-only transaction: rows stream into a file of the load's work folder."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import duckdb

from relevo.base.errors import DataRefused
from relevo.book.engine import quoted
from relevo.sources.files.staging import read_csv
from relevo.sources.warehouse.address import Address
from relevo.sources.warehouse.tables import Column, Holds, WarehouseFailed, named, without_zeros

# Seconds after which a host that does not answer is given up; a DSN may say otherwise.
_DEFAULTS = {"connect_timeout": "15", "application_name": "relevo"}
_NUMBERS = ("numeric", "double precision", "real")
_JSON = ("json", "jsonb")
# A value in every row: a row of one null alone would be an empty line, which is none.
_ROW = "_relevo_row"
_RELATIONS = """
    SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\\_%'
        AND n.nspname <> 'information_schema'
    ORDER BY 1, 2"""
_COLUMNS = """
    SELECT a.attname, format_type(a.atttypid, NULL), t.typcategory IN ('A', 'C') FROM pg_attribute a
    JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_type t ON t.oid = a.atttypid
    WHERE n.nspname = %s AND c.relname = %s AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum"""


class Postgres:
    """The schemas of one database as they were when the transaction began."""

    def __init__(self, address: Address, cursor: Any, work: Path, connection: duckdb.DuckDBPyConnection) -> None:
        self.shown = address.shown
        self._cursor, self._work, self._connection = cursor, work, connection
        self._relations: list[tuple[str, str]] | None = None

    def schemas(self) -> tuple[str, ...]:
        """The schemas that have tables or views."""
        return tuple(dict.fromkeys(schema for schema, _ in self._every()))

    def tables(self, schema: str) -> tuple[str, ...]:
        """The tables and views of a schema."""
        return tuple(table for of, table in self._every() if of == schema)

    def columns(self, schema: str, table: str) -> tuple[Column, ...]:
        """The columns of a table or view."""
        self._cursor.execute(_COLUMNS, [schema, table])
        return tuple(Column(name, _holds(kind, nested)) for name, kind, nested in self._cursor.fetchall())

    def rows(self, schema: str, table: str, columns: Sequence[Column]) -> str:
        """SQL of some columns as text. The server sends them now; never more than a block is in memory."""
        out = self._work / f"postgres_{len(list(self._work.glob('postgres_*')))}.csv"
        select = f"SELECT {', '.join(('1', *map(_as_text, columns)))} FROM {named(schema)}.{named(table)}"
        with (
            out.open("wb") as file,
            self._cursor.copy(f"COPY ({select}) TO STDOUT (FORMAT csv, FORCE_QUOTE *)") as sent,
        ):
            for block in sent:
                file.write(block)
        relation = _read(out, columns)
        self._check(relation, self._cursor.rowcount, f"{schema}.{table}")
        return relation

    def _check(self, relation: str, sent: int, table: str) -> None:
        found = self._connection.execute(f"SELECT count(*) FROM ({relation})").fetchall()[0][0]
        if found != sent:
            told = f"{self.shown} sent {sent} rows of {table}, but {found} were read."
            raise DataRefused(told, "Nothing of it was loaded. Please report this: it is a fault of Relevo.")

    def _every(self) -> list[tuple[str, str]]:
        if self._relations is None:
            self._cursor.execute(_RELATIONS)
            self._relations = list(self._cursor.fetchall())
        return self._relations


def _read(file: Path, columns: Sequence[Column]) -> str:
    types = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in (_ROW, *(column.name for column in columns)))
    return f"SELECT * EXCLUDE ({_ROW}) FROM {read_csv(file, f'{{{types}}}', ',')}"


def _as_text(column: Column) -> str:
    name = named(column.name)
    text = f"to_json({name})::text" if column.holds is Holds.NESTED else f"{name}::text"
    return without_zeros(text) if column.holds is Holds.NUMBER else text


def _holds(kind: str, nested: bool) -> Holds:
    if nested:
        return Holds.NESTED
    if kind in _JSON:
        return Holds.JSON
    return Holds.NUMBER if kind in _NUMBERS else Holds.PLAIN


@contextmanager
def opened(address: Address, work: Path, connection: duckdb.DuckDBPyConnection) -> Iterator[Postgres]:
    """A database in one read-only transaction. WarehouseFailed without the driver or an answer."""
    try:
        driver = import_module("psycopg")
    except ModuleNotFoundError as problem:
        told = f"{address} needs psycopg, and {problem.name} is not installed."
        raise WarehouseFailed(told, "Run `pip install 'relevo[postgres]'`.") from None
    try:
        with driver.connect(driver.conninfo.make_conninfo(**{**_DEFAULTS, **address.options})) as server:
            server.isolation_level = driver.IsolationLevel.REPEATABLE_READ
            server.read_only = True
            with server.cursor() as cursor:
                cursor.execute("SET LOCAL TimeZone = 'UTC'")
                cursor.execute("SET LOCAL DateStyle = 'ISO'")
                yield Postgres(address, cursor, work, connection)
    except driver.Error as problem:
        told = address.safe(" ".join(str(problem).split())).rstrip(".?")
        hint = "Look whether the server runs, and whether the user may read the tables: GRANT USAGE, GRANT SELECT."
        raise WarehouseFailed(f"{address} answered: {told}.", hint) from None
