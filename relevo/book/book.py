"""The Book: one immutable, dated reading of all canonical tables, ready to be asked."""

import hashlib
import threading
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import cast

import duckdb
import ibis.expr.types as ir

from relevo.base.config import Company
from relevo.base.periods import end_of_day_utc, last_complete_month, month_of
from relevo.book import closing
from relevo.book.compiling import compile_sql, keep_in
from relevo.book.engine import DuckEngine, Engine, Rows, connect, quoted
from relevo.book.engines.address import DUCKDB, Address, chosen_address
from relevo.book.engines.opening import carrier_for
from relevo.book.ledger import keeping
from relevo.book.manifest import Manifest
from relevo.book.matching import tables as identity_tables
from relevo.book.parts import show_parts
from relevo.book.policy import Policy
from relevo.book.rollups.all import Setting, show
from relevo.book.rollups.all import make as make_rollups
from relevo.book.rollups.partial import whole_sql
from relevo.book.schema import KEPT, Tables
from relevo.book.store import Store, unfinished_cache

__all__ = ["Book", "Tables"]


@dataclass(frozen=True)
class Book:
    """One reading of a company. `as_of` and `policy` are the book's own unless `at` chose others.

    Measures build expressions over `tables` and hand them to `run`. Where `scope` is set, the tables hold only the
    customers it names. Safe to share between threads: every query uses its own cursor.

    `engine` answers; where it is not DuckDB, `carried_from` still reads the book's own files.
    """

    manifest: Manifest
    engine: Engine
    store: Store
    as_of: date
    policy: Policy
    schema: str = "main"
    scope: str | None = None
    carried_from: DuckEngine | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock, compare=False, repr=False)

    @classmethod
    def open(
        cls, path: Path, *, memory_limit: str = "2GB", threads: int = 2, book_id: str | None = None,
        engine: Address | None = None,
    ) -> "Book":  # fmt: skip
        """The published book under a folder (`home.books`), or the one named; NotReady where there is none.

        Measures run on `engine`, by default the one that RELEVO_ENGINE names; NotReady where it cannot be reached.
        """
        store = Store(Path(path))
        keep_in(store.texts)
        manifest = store.manifest(book_id)
        connection = connect(memory_limit=memory_limit, threads=threads, spill=store.spill)
        show_parts(connection, store, manifest, "VIEW")
        base = store.database(manifest.base) if manifest.base else None
        _attach(connection, store.database(manifest.id), "main", base)
        show(connection, manifest.company)
        closing.show(connection, closing.closed_folder(store.path), manifest.closed, "db_main")
        files, address = DuckEngine(connection), engine or chosen_address()
        if address == DUCKDB:
            return cls(manifest, files, store, manifest.as_of, manifest.policy)
        carrier = carrier_for(address, files, store, manifest)
        return cls(manifest, carrier, store, manifest.as_of, manifest.policy, carried_from=files)

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
    def until(self) -> datetime:
        """The end of the as-of day as the book's timestamps have it: UTC without saying so, exclusive."""
        return end_of_day_utc(self.as_of, self.company.timezone).replace(tzinfo=None)

    @property
    def last_complete_month(self) -> int:
        """The last month that had ended by the as-of day."""
        return last_complete_month(self.as_of)

    @property
    def closed_through(self) -> int | None:
        """The last closed month; None where none is, and as of another day or under another policy than the book's."""
        is_own = self.as_of == self.manifest.as_of and self.policy == self.manifest.policy
        return max((each.month for each in self.manifest.closed), default=None) if is_own else None

    @property
    def open_month(self) -> int:
        """The month of the as-of day."""
        return month_of(self.as_of)

    def run(self, expression: ir.Table) -> Rows:
        """The rows of an expression over this book's tables."""
        return self.run_sql(compile_sql(expression, self.engine.dialect))

    def run_sql(self, sql: str) -> Rows:
        """The rows of SQL text that was compiled for this book's tables in the dialect of its engine.

        The first one that reads the ledger of conversations makes it.
        """
        if keeping.reads(sql):
            with self._lock:
                keeping.ensure(self._files.connection, self.store, self.manifest, self.schema)
        return self.engine.run(sql, self.schema)

    @property
    def in_files(self) -> "Book":
        """The same book answered by DuckDB from its own files, whichever engine was chosen."""
        return self if self.carried_from is None else replace(self, engine=self.carried_from, carried_from=None)

    @property
    def _files(self) -> DuckEngine:
        return self.carried_from or cast(DuckEngine, self.engine)

    def at(self, as_of: date | None = None, policy: Policy | None = None) -> "Book":
        """The same book as of another day or under another policy; its roll-ups are made once and kept."""
        day, chosen = as_of or self.as_of, policy or self.policy
        if day == self.as_of and chosen == self.policy:
            return self
        if day == self.manifest.as_of and chosen.rolled == self.manifest.policy.rolled:
            return replace(self, as_of=day, policy=chosen, schema="main")
        name = f"at_{day:%Y%m%d}_{chosen.rolled.hash}"
        with self._lock:
            self._ensure(name, day, chosen)
        self.engine.prepare(name, chosen)
        return replace(self, as_of=day, policy=chosen, schema=name)

    def scoped(self, customers: frozenset[str] | None) -> "Book":
        """The book restricted to the customers somebody may see; None means all of them."""
        if customers is None:
            return self
        listed = sorted(customers)
        name = "scope_" + hashlib.sha256("\x00".join(listed).encode()).hexdigest()[:16]
        with self._lock:
            self._files.connection.execute(
                f"CREATE TABLE IF NOT EXISTS {name} AS SELECT unnest(?::VARCHAR[]) AS customer_id", [listed]
            )
        return replace(self, scope=name)

    def close(self) -> None:
        """Release the files of the book."""
        self.engine.close()
        if self.carried_from is not None:
            self.carried_from.close()

    def _ensure(self, schema: str, as_of: date, policy: Policy) -> None:
        connection = self._files.connection
        found = connection.execute(
            "SELECT count(*) FROM information_schema.schemata WHERE schema_name = ?", [schema]
        ).fetchone()
        if found and found[0]:
            return
        file = self.store.cache / f"{self.id}.{schema}.duckdb"
        if not file.exists():
            self._make_cache(file, Setting(self.company, policy, as_of))
        _attach(connection, file, schema)
        show(connection, self.company, schema)

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


def _attach(connection: duckdb.DuckDBPyConnection, file: Path, schema: str, base: Path | None = None) -> None:
    """Attach a database of roll-ups read-only, and its base where it has one; show their tables under a schema."""
    alias = f"db_{schema}"
    connection.execute(f"ATTACH {quoted(file)} AS {alias} (READ_ONLY)")
    connection.execute(f"CREATE SCHEMA IF NOT EXISTS {schema}")
    if base:
        connection.execute(f"ATTACH {quoted(base)} AS db_base (READ_ONLY)")
    for name in KEPT:
        rows = whole_sql(name, "db_base", alias) if base else f"SELECT * FROM {alias}.main.{name}"
        connection.execute(f"CREATE VIEW {schema}.{name} AS {rows}")
    if schema == "main":
        identity_tables.show(connection, alias)
