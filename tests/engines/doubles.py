"""Engines for tests that need no server: a warehouse in memory, and drivers that answer from DuckDB."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import duckdb

from relevo.book.engine import Rows, connect, fetch
from relevo.book.engines.warehouse import Columns, EngineFailed, Source


class InMemory:
    """A warehouse in DuckDB's memory. It refuses the tables in `broken`, and notes what it was asked to make."""

    dialect = "duckdb"

    def __init__(self) -> None:
        self.connection = connect()
        self.broken: set[str] = set()
        self.made: list[str] = []
        self.closed = False

    def tables(self, schema: str) -> frozenset[str]:
        found = self.connection.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = ?", [schema])
        return frozenset(row[0] for row in found.fetchall())

    def bring(self, schema: str, source: Source) -> None:
        self._note(schema, source.name)
        with source.cursor() as cursor:
            rows = cursor.execute(source.select).fetchall()
        types = {"string": "VARCHAR", "int64": "BIGINT"}
        typed = ", ".join(f'"{c}" {types.get(t, t)}' for c, t in source.columns.items())
        self.connection.execute(f'CREATE TABLE "{schema}"."{source.name}" ({typed})')
        if rows:
            place = ", ".join("?" for _ in source.columns)
            self.connection.executemany(f'INSERT INTO "{schema}"."{source.name}" VALUES ({place})', rows)

    def derive(self, schema: str, name: str, columns: Columns, sql: str, path: Sequence[str]) -> None:
        self._note(schema, name)
        named = ", ".join(f'"{c}"' for c in columns)
        self._look_in(self.connection, path)
        self.connection.execute(f'CREATE TABLE "{schema}"."{name}" AS SELECT {named} FROM ({sql})')

    def run(self, sql: str, path: Sequence[str]) -> Rows:
        with self.connection.cursor() as cursor:
            self._look_in(cursor, path)
            return fetch(cursor, sql)

    def schemas(self) -> list[str]:
        found = self.connection.execute("SELECT schema_name FROM duckdb_schemas() WHERE NOT internal ORDER BY 1")
        return [row[0] for row in found.fetchall()]

    def drop(self, schema: str) -> None:
        self.connection.execute(f'DROP SCHEMA "{schema}" CASCADE')

    def close(self) -> None:
        self.closed = True

    def _note(self, schema: str, name: str) -> None:
        if name in self.broken:
            raise EngineFailed(f"no room for {name}.")
        self.made.append(f"{schema.rsplit('_', 1)[-1]}.{name}")
        self.connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')

    @staticmethod
    def _look_in(cursor: duckdb.DuckDBPyConnection, path: Sequence[str]) -> None:
        for schema in path:
            cursor.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
        cursor.execute("SET search_path = '" + ",".join(path) + "'")


class PsycopgError(Exception):
    """What the double of psycopg raises."""


class Psycopg:
    """A double of the module psycopg: PostgreSQL's statements, answered by one DuckDB in memory."""

    Error = PsycopgError

    def __init__(self) -> None:
        self.database = duckdb.connect()
        self.opened: list[_Connection] = []
        self.statements: list[str] = []
        self.down = self.breaks = False

    def connect(self, address: str) -> "_Connection":
        if self.down:
            raise PsycopgError(f"no server at {address.partition('@')[2]}\n")
        self.opened.append(_Connection(self))
        return self.opened[-1]


class _Connection:
    def __init__(self, driver: Psycopg) -> None:
        self._driver, self.closed = driver, False

    @contextmanager
    def transaction(self) -> Iterator[None]:
        if self._driver.breaks:
            self.closed = True
            raise PsycopgError("terminating connection")
        yield

    @contextmanager
    def cursor(self) -> Iterator["_Cursor"]:
        yield _Cursor(self._driver)

    def close(self) -> None:
        self.closed = True


# How DuckDB says what PostgreSQL is asked.
_SAID = (
    (r"SELECT pg_advisory_xact_lock\(.*", "SELECT 1"),
    (r"SELECT to_regclass\(%s\)", "SELECT (SELECT 1 FROM duckdb_tables() WHERE schema_name || '.' || table_name = ?)"),
    (r"pg_tables WHERE schemaname = %s", "pg_tables WHERE schemaname = ?"),
    (r"SET LOCAL search_path = (.*)", "SET search_path = '\\1'"),
    (r' COLLATE "C"', ""),
)


class _Cursor:
    def __init__(self, driver: Psycopg) -> None:
        self._driver, self._cursor = driver, driver.database.cursor()

    @property
    def description(self) -> list[Any] | None:
        found = self._cursor.description
        is_empty = not found or found[0][0] in ("Success", "Count")
        return None if is_empty else [SimpleNamespace(name=column[0]) for column in found]

    def execute(self, sql: str, parameters: Sequence[str] | None = None) -> None:
        self._driver.statements.append(sql)
        said, given = sql, [str(p).replace('"', "") for p in parameters or ()]
        for pattern, words in _SAID:
            said = re.sub(pattern, words, said)
        if said.startswith("SET search_path"):
            said = said.replace('"', "").replace(", ", ",")
        try:
            self._cursor.execute(said, given if "?" in said else None)
        except duckdb.Error as problem:
            raise PsycopgError(str(problem)) from problem

    def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()

    def fetchone(self) -> Any:
        return self._cursor.fetchone()

    @contextmanager
    def copy(self, sql: str) -> Iterator["_Copy"]:
        yield _Copy(self._cursor, sql.removeprefix("COPY ").removesuffix(" FROM STDIN"))


class _Copy:
    def __init__(self, cursor: duckdb.DuckDBPyConnection, target: str) -> None:
        self._cursor, self._target = cursor, target

    def write_row(self, row: Sequence[Any]) -> None:
        self._cursor.execute(f"INSERT INTO {self._target} VALUES ({', '.join('?' for _ in row)})", list(row))


class PySparkError(Exception):
    """What the double of PySpark raises."""


class PySpark:
    """A double of the modules of PySpark; every session is a DuckDB in memory."""

    def __init__(self, file: Path) -> None:
        self.settings: dict[str, str] = {}
        self.modules: dict[str, Any] = {
            "pyspark": SimpleNamespace(__file__=str(file)),
            "pyspark.errors": SimpleNamespace(PySparkException=PySparkError),
            "pyspark.sql": SimpleNamespace(SparkSession=SimpleNamespace(builder=self)),
            "py4j.protocol": SimpleNamespace(Py4JError=PySparkError),
        }

    def appName(self, _name: str) -> "PySpark":  # noqa: N802 - PySpark's name
        return self

    def master(self, master: str) -> "PySpark":
        self.settings["master"] = master
        return self

    def config(self, name: str, value: str) -> "PySpark":
        self.settings[name] = value
        return self

    def getOrCreate(self) -> "_Session":  # noqa: N802 - PySpark's name
        return _Session()


class _Session:
    def __init__(self) -> None:
        self._database = duckdb.connect()
        self.read = SimpleNamespace(parquet=self._parquet)

    def newSession(self) -> "_Session":  # noqa: N802 - PySpark's name
        return _Session()

    def sql(self, text: str) -> "_Frame":
        try:
            return _Frame(self._database.sql(text.replace("`", '"').replace("STRING", "VARCHAR")))
        except duckdb.Error as problem:
            raise PySparkError(f"{problem}\nJVM stacktrace") from problem

    def _parquet(self, address: str) -> Any:
        files = Path(address.removeprefix("file://"))
        found = files / "*.parquet" if files.is_dir() else files

        def view(name: str) -> None:
            self._database.execute(f"CREATE OR REPLACE VIEW \"{name}\" AS FROM read_parquet('{found}')")

        return SimpleNamespace(createOrReplaceTempView=view)


class _Frame:
    def __init__(self, relation: duckdb.DuckDBPyRelation) -> None:
        self._relation = relation
        self.columns = relation.columns
        self.write = SimpleNamespace(parquet=self._write)

    def collect(self) -> list[Any]:
        return self._relation.fetchall()

    def _write(self, address: str) -> None:
        folder = Path(address.removeprefix("file://"))
        folder.mkdir()
        self._relation.write_parquet(str(folder / "part-0.parquet"))
