"""A book in memory from rows of the canonical tables: the same roll-ups and measures, without files or a loader."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import Any

import duckdb

from relevo.base.config import Company
from relevo.book.book import Book
from relevo.book.engine import DuckEngine, connect
from relevo.book.ledger.make import make_ledger
from relevo.book.manifest import Manifest
from relevo.book.policy import Policy
from relevo.book.rollups.all import Setting, show
from relevo.book.rollups.all import make as make_rollups
from relevo.book.store import Store
from relevo.book.tables import TABLES

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
Rows = Sequence[Mapping[str, Any]]
# Answers are remembered by the name of a book: no two of a run share one.
_NUMBERS = count(1)
# What the roll-ups and measures read.
READ = (
    "customer", "customer_attribute", "subscription_span", "fx_rate", "deal", "deal_role", "assignment", "invoice",
    "invoice_line", "payment", "spend", "cancellation", "fit_answer", "work", "person", "handoff", "promise",
    "conversation", "conversation_event", "message", "rating", "survey_invite", "schedule", "holiday", "shift",
    "review", "coaching", "usage", "absence", "person_role", "headcount", "touch",
)  # fmt: skip


class Memory:
    """One connection in which every book is a schema of its own."""

    def __init__(self) -> None:
        self.connection = connect()

    def book(
        self, tables: Mapping[str, Rows], as_of: date, *, timezone: str = "UTC", policy: Policy | None = None,
        history_starts_on: date | None = None, ledger: bool = False,
    ) -> Book:  # fmt: skip
        """The book of some rows as of a day; with `ledger`, the ledger of its conversations too."""
        schema, chosen = f"book{next(_NUMBERS)}", policy or Policy()
        company = Company(timezone=timezone)
        with self.connection.cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA {schema}")
            cursor.execute(f"SET search_path = '{schema},main'")
            for name in READ:
                fill(cursor, name, tables.get(name, ()))
            make_rollups(cursor, Setting(company, chosen, as_of), lambda _name, _rows: None)
            show(cursor, company, schema)
            if ledger:
                make_ledger(cursor, company)
        manifest = Manifest(
            schema, NOW, as_of, None, company, chosen, history_starts_on, {}, {}, (), (),
        )  # fmt: skip
        return Book(manifest, DuckEngine(self.connection), Store(Path("nowhere")), as_of, chosen, schema=schema)

    def forget(self, book: Book) -> None:
        """Drop a book that is not asked any more."""
        self.connection.execute(f"DROP SCHEMA {book.schema} CASCADE")


def fill(cursor: duckdb.DuckDBPyConnection, name: str, rows: Rows) -> None:
    """Create a canonical table with rows; columns that a row does not name are null."""
    columns = TABLES[name].stored_columns
    typed = ", ".join(f'"{c.name}" {c.kind.sql}' for c in columns)
    cursor.execute(f"CREATE TABLE {name} ({typed})")
    if not rows:
        return
    place = "(" + ", ".join("?" for _ in columns) + ")"
    given = [row.get(c.name) for row in rows for c in columns]
    cursor.execute(f"INSERT INTO {name} VALUES {', '.join([place] * len(rows))}", given)
