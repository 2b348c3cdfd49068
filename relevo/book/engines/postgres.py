"""PostgreSQL through psycopg: a schema per book, day and policy.

Every table is made in one transaction under an advisory lock, so processes that carry the same book do not meet.
Text is compared by code point (collation "C"), as DuckDB and Spark compare it.
"""

import queue
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from relevo.book.engine import Rows, whole_numbers
from relevo.book.engines.address import Address
from relevo.book.engines.warehouse import Columns, EngineFailed, Source

_TYPES = {
    "string": 'text COLLATE "C"',
    "int64": "bigint",
    "boolean": "boolean",
    "date": "date",
    "timestamp": "timestamp",
    "decimal(38, 0)": "numeric(38,0)",
    "decimal(38, 18)": "numeric(38,18)",
}
_BATCH = 20_000


class Postgres:
    """The schemas of one database. Threads share it: each statement takes a connection that is free, or a new one."""

    dialect = "postgres"

    def __init__(self, address: Address) -> None:
        """Asks the server for its version, so that a wrong address is told at once."""
        self._driver: Any = import_module("psycopg")
        self._address = address
        self._free: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._ask("SELECT version()")

    def tables(self, schema: str) -> frozenset[str]:
        """The tables that a schema has."""
        return frozenset(r[0] for r in self._ask("SELECT tablename FROM pg_tables WHERE schemaname = %s", schema))

    def schemas(self) -> Sequence[str]:
        """All schemas there are."""
        return [r[0] for r in self._ask("SELECT nspname FROM pg_namespace ORDER BY nspname")]

    def drop(self, schema: str) -> None:
        """Remove a schema with its tables."""
        self._ask(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE')

    def bring(self, schema: str, source: Source) -> None:
        """Copy a table of the book into a schema."""
        with self._making(schema, source.name, source.columns) as cursor:
            if cursor is None:
                return
            names = ", ".join(f'"{c}"' for c in source.columns)
            with source.cursor() as reader, cursor.copy(f'COPY "{source.name}" ({names}) FROM STDIN') as copy:
                reader.execute(source.select)
                while rows := reader.fetchmany(_BATCH):
                    for row in rows:
                        copy.write_row(row)

    def derive(self, schema: str, name: str, columns: Columns, sql: str, path: Sequence[str]) -> None:
        """Make a table of a schema from SQL that reads the schemas of `path`."""
        typed = ", ".join(f'CAST("{c}" AS {_TYPES[t].partition(" ")[0]}) AS "{c}"' for c, t in columns.items())
        with self._making(schema, name, columns) as cursor:
            if cursor is not None:
                cursor.execute(_path(path))
                cursor.execute(f'INSERT INTO "{schema}"."{name}" SELECT {typed} FROM ({sql}) AS found')

    def run(self, sql: str, path: Sequence[str]) -> Rows:
        """The rows of SQL whose tables are looked for in the schemas of `path`."""
        with self._cursor() as cursor:
            cursor.execute(_path(path))
            cursor.execute(sql)
            columns = tuple(c.name for c in cursor.description)
            return Rows(columns, whole_numbers(cursor.fetchall()))

    def close(self) -> None:
        """Close the connections that are free."""
        while not self._free.empty():
            self._free.get().close()

    def _ask(self, sql: str, *parameters: str) -> list[tuple[Any, ...]]:
        with self._cursor() as cursor:
            cursor.execute(sql, parameters or None)
            return list(cursor.fetchall()) if cursor.description else []

    @contextmanager
    def _making(self, schema: str, name: str, columns: Columns) -> Iterator[Any]:
        """A cursor in a transaction in which the empty table was just made; None where another process made it."""
        typed = ", ".join(f'"{c}" {_TYPES[t]}' for c, t in columns.items())
        with self._cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [schema])
            cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
            cursor.execute("SELECT to_regclass(%s)", [f'"{schema}"."{name}"'])
            if cursor.fetchone()[0] is not None:
                yield None
                return
            cursor.execute(_path([schema]))
            cursor.execute(f'CREATE TABLE "{name}" ({typed})')
            yield cursor
            cursor.execute(f'ANALYZE "{schema}"."{name}"')

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        """A cursor in a transaction of its own; a connection that broke is not used again."""
        try:
            connection = self._connection()
            try:
                with connection.transaction(), connection.cursor() as cursor:
                    yield cursor
            finally:
                self._give_back(connection)
        except self._driver.Error as problem:
            raise EngineFailed(
                f"{self._address} answered: {str(problem).strip()}.",
                "Look whether the server runs and the user may create schemas; RELEVO_ENGINE=duckdb asks the files.",
            ) from problem

    def _give_back(self, connection: Any) -> None:
        if not connection.closed:
            self._free.put(connection)

    def _connection(self) -> Any:
        while not self._free.empty():
            connection = self._free.get()
            if not connection.closed:
                return connection
        return self._driver.connect(self._address.text)


def _path(schemas: Sequence[str]) -> str:
    return "SET LOCAL search_path = " + ", ".join(f'"{s}"' for s in schemas)
