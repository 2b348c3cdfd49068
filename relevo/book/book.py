"""The Book: one immutable, dated reading of all canonical tables, ready to be asked."""

import hashlib
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb
import ibis.expr.types as ir

from relevo.base.config import Company
from relevo.base.periods import last_complete_month, month_of
from relevo.book.compiling import compile_sql
from relevo.book.engine import DuckEngine, Rows, connect, fetch, quoted
from relevo.book.manifest import Manifest
from relevo.book.policy import Policy
from relevo.book.rollups.all import Setting
from relevo.book.rollups.all import make as make_rollups
from relevo.book.schema import ROLLUPS, Tables
from relevo.book.store import Store, unfinished_cache
from relevo.book.tables import TABLES

__all__ = ["Book", "Tables"]


@dataclass(frozen=True)
class Book:
    """One reading of a company. `as_of` and `policy` are the book's own unless `at` chose others.

    Measures build expressions over `tables` and hand them to `run`. Where `scope` is set, the tables hold only the
    customers it names. Safe to share between threads: every query uses its own cursor.
    """

    manifest: Manifest
    engine: DuckEngine
    store: Store
    as_of: date
    policy: Policy
    schema: str = "main"
    scope: str | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, compare=False, repr=False)

    @classmethod
    def open(cls, path: Path, *, memory_limit: str = "2GB", threads: int = 2, book_id: str | None = None) -> "Book":
        """The published book under a folder (`home.books`), or the one named; NotReady where there is none."""
        store = Store(Path(path))
        manifest = store.manifest(book_id)
        connection = connect(memory_limit=memory_limit, threads=threads)
        show_parts(connection, store, manifest, "VIEW")
        _attach(connection, store.database(manifest.id), "main")
        return cls(manifest, DuckEngine(connection), store, manifest.as_of, manifest.policy)

    @property
    def id(self) -> str:
        """The name of the generation this book is."""
        return self.manifest.id

    @property
    def company(self) -> Company:
        """Whose book it is, in which currency and time zone."""
        return self.manifest.company

    @property
    def tables(self) -> Tables:
        """Unbound tables to build expressions over, narrowed to the scope."""
        return Tables.within(self.scope)

    @property
    def last_complete_month(self) -> int:
        """The last month that had ended by the as-of day."""
        return last_complete_month(self.as_of)

    @property
    def open_month(self) -> int:
        """The month of the as-of day."""
        return month_of(self.as_of)

    def run(self, expression: ir.Table) -> Rows:
        """The rows of an expression over this book's tables."""
        return self.run_sql(compile_sql(expression, self.engine.dialect))

    def run_sql(self, sql: str, parameters: Sequence[object] = ()) -> Rows:
        """The rows of SQL text that was compiled for this book's tables."""
        with self.engine.connection.cursor() as cursor:
            cursor.execute(f"SET search_path = {quoted(self.schema + ',main')}")
            return fetch(cursor, sql, parameters)

    def at(self, as_of: date | None = None, policy: Policy | None = None) -> "Book":
        """The same book as of another day or under another policy; its roll-ups are made once and kept."""
        day, chosen = as_of or self.as_of, policy or self.policy
        if day == self.as_of and chosen == self.policy:
            return self
        if day == self.manifest.as_of and chosen == self.manifest.policy:
            return replace(self, as_of=day, policy=chosen, schema="main")
        name = f"at_{day:%Y%m%d}_{chosen.hash}"
        with self._lock:
            self._ensure(name, day, chosen)
        return replace(self, as_of=day, policy=chosen, schema=name)

    def scoped(self, customers: frozenset[str] | None) -> "Book":
        """The book restricted to the customers somebody may see; None means all of them."""
        if customers is None:
            return self
        listed = sorted(customers)
        name = "scope_" + hashlib.sha256("\x00".join(listed).encode()).hexdigest()[:16]
        with self._lock:
            self.engine.connection.execute(
                f"CREATE TABLE IF NOT EXISTS {name} AS SELECT unnest(?::VARCHAR[]) AS customer_id", [listed]
            )
        return replace(self, scope=name)

    def close(self) -> None:
        """Release the files of the book."""
        self.engine.connection.close()

    def _ensure(self, schema: str, as_of: date, policy: Policy) -> None:
        connection = self.engine.connection
        found = connection.execute(
            "SELECT count(*) FROM information_schema.schemata WHERE schema_name = ?", [schema]
        ).fetchone()
        if found and found[0]:
            return
        file = self.store.cache / f"{self.id}.{schema}.duckdb"
        if not file.exists():
            self._make_cache(file, Setting(self.company, policy, as_of))
        _attach(connection, file, schema)

    def _make_cache(self, file: Path, setting: Setting) -> None:
        unfinished = unfinished_cache(file)
        unfinished.unlink(missing_ok=True)
        connection = connect(unfinished)
        try:
            show_parts(connection, self.store, self.manifest, "TEMP VIEW")
            make_rollups(connection, setting, lambda _name, _rows: None)
        finally:
            connection.close()
        unfinished.replace(file)


def show_parts(connection: duckdb.DuckDBPyConnection, store: Store, manifest: Manifest, kind: str) -> None:
    """Make the canonical tables of a book visible in a connection as views over its Parquet parts."""
    for name in TABLES:
        file = store.parts / manifest.parts[name]
        connection.execute(f"CREATE {kind} {name} AS SELECT * FROM read_parquet({quoted(file)})")


def _attach(connection: duckdb.DuckDBPyConnection, file: Path, schema: str) -> None:
    """Attach a database of roll-ups read-only and show its tables under a schema."""
    alias = f"db_{schema}"
    connection.execute(f"ATTACH {quoted(file)} AS {alias} (READ_ONLY)")
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    for name in (*ROLLUPS, "identity_match") if schema == "main" else ROLLUPS:
        connection.execute(f"CREATE VIEW {schema}.{name} AS SELECT * FROM {alias}.main.{name}")
