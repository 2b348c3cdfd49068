"""What another engine must be able to do so that a book can be carried to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import duckdb

from relevo.base.errors import RelevoError
from relevo.book.engine import Rows, quoted

# Names of columns and their Ibis types, as `relevo.book.schema` declares them.
Columns = Mapping[str, str]
_DUCK_TYPES = {"string": "VARCHAR", "int64": "BIGINT"}


class EngineFailed(RelevoError):
    """Another engine did not do what it was asked; the message says what it answered."""


@dataclass(frozen=True)
class Source:
    """A table of the book's own DuckDB files, under the schema in which it is read there."""

    connection: duckdb.DuckDBPyConnection
    schema: str
    name: str
    columns: Columns

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """A cursor in which the table is seen under its plain name."""
        cursor = self.connection.cursor()
        cursor.execute(f"SET search_path = {quoted(self.schema + ',main')}")
        return cursor

    @property
    def select(self) -> str:
        """The SQL of its rows: the declared columns in order, each of exactly its declared type."""
        typed = ", ".join(f'CAST("{c}" AS {_DUCK_TYPES.get(t, t)}) AS "{c}"' for c, t in self.columns.items())
        return f'SELECT {typed} FROM "{self.name}"'


class Warehouse(Protocol):
    """An engine that keeps tables in schemas. A table is there whole or not at all, also after a crash."""

    dialect: str

    def tables(self, schema: str) -> frozenset[str]:
        """The tables that a schema has; none where there is no such schema."""

    def bring(self, schema: str, source: Source) -> None:
        """Copy a table of the book into a schema."""

    def derive(self, schema: str, name: str, columns: Columns, sql: str, path: Sequence[str]) -> None:
        """Make a table of a schema from SQL that reads the schemas of `path`."""

    def run(self, sql: str, path: Sequence[str]) -> Rows:
        """The rows of SQL whose tables are looked for in the schemas of `path`, in order."""

    def schemas(self) -> Sequence[str]:
        """All schemas there are."""

    def drop(self, schema: str) -> None:
        """Remove a schema with its tables."""

    def close(self) -> None:
        """Give back connections and processes."""
