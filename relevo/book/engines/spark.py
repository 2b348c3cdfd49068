"""Spark through PySpark: a folder of Parquet per book, day and policy.

Tables are files in a folder that the driver and all workers see, so no catalog is needed and nothing is left in the
cluster. A table gets its name by one rename when it is whole. Sums beyond 64 bits stop with an error (ANSI mode).
"""

import os
import shutil
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

from relevo.book.engine import Rows, quoted, whole_numbers
from relevo.book.engines.address import Address
from relevo.book.engines.java import start_gateway, wheel_java
from relevo.book.engines.warehouse import Columns, EngineFailed, Source

_TYPES = {
    "string": "STRING",
    "int64": "BIGINT",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "timestamp": "TIMESTAMP_NTZ",
    "decimal(38, 0)": "DECIMAL(38,0)",
    "decimal(38, 18)": "DECIMAL(38,18)",
}
_SETTINGS = {
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.timestampType": "TIMESTAMP_NTZ",
    "spark.sql.ansi.enabled": "true",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}
# One machine needs few; a cluster knows its own number.
_LOCAL = {"spark.sql.shuffle.partitions": "8"}
_SUFFIX = ".parquet"


class Spark:
    """The folders that one Spark reads. Each pair of schemas has a session of its own with one view per table."""

    dialect = "pyspark"

    def __init__(self, address: Address, folder: Path, memory: str = "2g") -> None:
        """`folder` is used where the address names none (`?folder=`); a cluster needs one that all machines share.

        `memory` bounds the local driver.
        """
        self._failures = _failures()
        self._address, self._folder = address, Path(address.options.get("folder", folder)).absolute()
        self._sessions: dict[tuple[str, ...], Any] = {}
        self._seen: dict[tuple[str, ...], set[Path]] = {}
        self._lock = threading.Lock()
        with self._told():
            self._root = _session(address, memory)

    def tables(self, schema: str) -> frozenset[str]:
        """The tables that a schema has."""
        return frozenset(f.stem for f in self._files(schema))

    def schemas(self) -> Sequence[str]:
        """All schemas there are."""
        return sorted(f.name for f in self._folder.glob("relevo_*"))

    def drop(self, schema: str) -> None:
        """Remove a schema with its tables."""
        shutil.rmtree(self._folder / schema)

    def bring(self, schema: str, source: Source) -> None:
        """Copy a table of the book into a schema; DuckDB writes the file."""
        with self._making(schema, source.name) as unfinished, source.cursor() as reader:
            reader.execute(f"COPY ({source.select}) TO {quoted(unfinished)} (FORMAT parquet)")

    def derive(self, schema: str, name: str, columns: Columns, sql: str, path: Sequence[str]) -> None:
        """Make a table of a schema from SQL that reads the schemas of `path`."""
        typed = ", ".join(f"CAST(`{c}` AS {_TYPES[t]}) AS `{c}`" for c, t in columns.items())
        with self._making(schema, name) as unfinished, self._told():
            found = self._over(path).sql(f"SELECT {typed} FROM ({sql}) AS found")
            found.write.parquet(unfinished.as_uri())

    def run(self, sql: str, path: Sequence[str]) -> Rows:
        """The rows of SQL whose tables are looked for in the schemas of `path`."""
        with self._told():
            found = self._over(path).sql(sql)
            return Rows(tuple(found.columns), whole_numbers(tuple(row) for row in found.collect()))

    def close(self) -> None:
        """Forget the sessions; the Java process ends with this one, other books may still use it."""
        self._sessions.clear()

    def _files(self, schema: str) -> list[Path]:
        return sorted((self._folder / schema).glob(f"[!.]*{_SUFFIX}"))

    def _over(self, path: Sequence[str]) -> Any:
        """The session of some schemas, with a view for every table they have by now; the first schema wins."""
        key = tuple(path)
        with self._lock:
            session = self._sessions.setdefault(key, self._root.newSession())
            seen = self._seen.setdefault(key, set())
            for file in (f for schema in reversed(key) for f in self._files(schema) if f not in seen):
                session.read.parquet(file.as_uri()).createOrReplaceTempView(file.stem)
                seen.add(file)
            return session

    @contextmanager
    def _making(self, schema: str, name: str) -> Iterator[Path]:
        """Where to write a table; it gets its name at the end unless another process was faster."""
        final = self._folder / schema / f"{name}{_SUFFIX}"
        unfinished = final.with_name(f".{os.getpid()}-{final.name}")
        final.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield unfinished
            if not final.exists():
                unfinished.rename(final)
        finally:
            _remove(unfinished)

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except self._failures as problem:
            raise EngineFailed(
                f"{self._address} answered: {str(problem).strip().splitlines()[0]}",
                "Look at the log of Spark; RELEVO_ENGINE=duckdb asks the book's files.",
            ) from problem


def _failures() -> tuple[type[Exception], ...]:
    """What PySpark and the bridge to Java raise."""
    return (import_module("pyspark.errors").PySparkException, import_module("py4j.protocol").Py4JError)


def _session(address: Address, memory: str) -> Any:
    java = wheel_java()
    if java:
        start_gateway(java, memory)
    builder = import_module("pyspark.sql").SparkSession.builder.appName("relevo").master(_master(address))
    local = {} if ":" in address.place else _LOCAL
    for name, value in {**_SETTINGS, **local, "spark.driver.memory": memory}.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def _master(address: Address) -> str:
    """`local[2]` and the like as Spark calls them, a host with its port as the address of a cluster."""
    return f"spark://{address.place}" if ":" in address.place else address.place


def _remove(unfinished: Path) -> None:
    if unfinished.is_dir():
        shutil.rmtree(unfinished)
    unfinished.unlink(missing_ok=True)
