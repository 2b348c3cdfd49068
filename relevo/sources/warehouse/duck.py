"""A DuckDB file, opened for reading alone, and a folder of Parquet files."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from relevo.book.engine import quoted
from relevo.sources.warehouse.address import Address
from relevo.sources.warehouse.tables import Column, Holds, WarehouseFailed, named, without_zeros

_ALIAS = "relevo_warehouse"
_NUMBERS = ("DECIMAL", "DOUBLE", "FLOAT")
_NESTED = ("STRUCT", "MAP", "UNION")


class DuckFile:
    """The tables and views of a DuckDB file. Nobody writes into it while it is open here."""

    def __init__(self, address: Address, connection: duckdb.DuckDBPyConnection) -> None:
        self.shown = address.shown
        self._connection = connection

    def schemas(self) -> tuple[str, ...]:
        """The schemas that have tables or views."""
        return tuple(dict.fromkeys(schema for schema, _ in self._relations()))

    def tables(self, schema: str) -> tuple[str, ...]:
        """The tables and views of a schema."""
        return tuple(table for of, table in self._relations() if of == schema)

    def columns(self, schema: str, table: str) -> tuple[Column, ...]:
        """The columns of a table or view."""
        return described(self._connection, self._relation(schema, table), f"{schema}.{table} of {self.shown}")

    def rows(self, schema: str, table: str, columns: Sequence[Column]) -> str:
        """SQL of some columns as text."""
        return f"SELECT {', '.join(map(as_text, columns))} FROM {self._relation(schema, table)}"

    def _relation(self, schema: str, table: str) -> str:
        return f"{_ALIAS}.{named(schema)}.{named(table)}"

    def _relations(self) -> list[tuple[str, str]]:
        return self._connection.execute(
            f"""SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = '{_ALIAS}' UNION
            SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = '{_ALIAS}' AND NOT internal
            ORDER BY ALL"""
        ).fetchall()


class ParquetFolder:
    """A folder with one folder per schema; in it a file, or a folder of files, per table. `.` is the folder itself.

    What is there when it is opened is read; files that come later are not.
    """

    def __init__(self, address: Address, connection: duckdb.DuckDBPyConnection) -> None:
        self.shown = address.shown
        self._connection = connection
        self._files: dict[str, dict[str, list[Path]]] = {}
        for file in sorted(address.path.rglob("*.parquet")):
            place = file.relative_to(address.path).parts
            if not any(part.startswith(".") for part in place):
                table = place[1] if len(place) > 2 else file.stem
                self._files.setdefault(place[0] if len(place) > 1 else ".", {}).setdefault(table, []).append(file)

    def schemas(self) -> tuple[str, ...]:
        """The folders that have Parquet files."""
        return tuple(sorted(self._files))

    def tables(self, schema: str) -> tuple[str, ...]:
        """The tables of one of them."""
        return tuple(sorted(self._files.get(schema, ())))

    def columns(self, schema: str, table: str) -> tuple[Column, ...]:
        """The columns that any file of a table has."""
        return described(self._connection, self._relation(schema, table), f"{schema}/{table} of {self.shown}")

    def rows(self, schema: str, table: str, columns: Sequence[Column]) -> str:
        """SQL of some columns as text."""
        return f"SELECT {', '.join(map(as_text, columns))} FROM {self._relation(schema, table)}"

    def _relation(self, schema: str, table: str) -> str:
        files = ", ".join(quoted(file) for file in self._files[schema][table])
        return f"read_parquet([{files}], union_by_name = true, hive_partitioning = false)"


def as_text(column: Column) -> str:
    """SQL of a column as text under its own name."""
    name = named(column.name)
    text = f"CAST({f'to_json({name})' if column.holds is Holds.NESTED else name} AS VARCHAR)"
    return f"{without_zeros(text) if column.holds is Holds.NUMBER else text} AS {name}"


def described(connection: duckdb.DuckDBPyConnection, relation: str, where: str) -> tuple[Column, ...]:
    """The columns of a relation; WarehouseFailed, which says where, for one that cannot be read."""
    try:
        found = connection.execute(f"DESCRIBE SELECT * FROM {relation}").fetchall()
    except duckdb.Error as problem:
        told = str(problem).splitlines()[0]
        raise WarehouseFailed(f"{where} cannot be read: {told}.", "Look whether it is whole.") from None
    return tuple(Column(name, _holds(kind)) for name, kind, *_ in found)


def _holds(kind: str) -> Holds:
    if kind == "JSON":
        return Holds.JSON
    if kind.startswith(_NESTED) or kind.endswith("]"):
        return Holds.NESTED
    return Holds.NUMBER if kind.startswith(_NUMBERS) else Holds.PLAIN


@contextmanager
def attached(address: Address, connection: duckdb.DuckDBPyConnection) -> Iterator[DuckFile]:
    """The file attached to the connection of a load, in one transaction; WarehouseFailed where it cannot be opened."""
    try:
        connection.execute(f"ATTACH {quoted(address.path.absolute())} AS {_ALIAS} (READ_ONLY)")
    except duckdb.Error as problem:
        told = str(problem).splitlines()[0]
        hint = "Close what writes into it, and look whether it is a file of DuckDB."
        raise WarehouseFailed(f"{address} cannot be opened: {told}.", hint) from None
    try:
        connection.execute("BEGIN")
        try:
            yield DuckFile(address, connection)
        finally:
            connection.execute("ROLLBACK")
    finally:
        connection.execute(f"DETACH {_ALIAS}")
