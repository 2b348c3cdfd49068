"""Books in memory in which months are closed: what one company said then, read by what it says now."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from relevo.base.periods import parse_month
from relevo.book import closing
from relevo.book.book import Book
from relevo.book.compiling import compile_sql
from relevo.book.manifest import ClosedFile
from relevo.measures.asking import ask, frame_of
from relevo.measures.card import Ask, View
from relevo.measures.catalog import find
from relevo.measures.revenue.reported import evidence
from tests.measures.memory import Memory, Rows


@dataclass
class Closings:
    """The closed months of one company, in a folder."""

    memory: Memory
    folder: Path
    files: list[ClosedFile] = field(default_factory=list)

    def book(self, tables: Mapping[str, Rows], as_of: date, **more: Any) -> Book:
        """A book made while these months are closed."""
        book = self.memory.book(tables, as_of, **more)
        if not self.files:
            return book
        with self.memory.connection.cursor() as cursor:
            cursor.execute(f"SET search_path = '{book.schema},main'")
            cursor.execute(f"CREATE VIEW closed_part AS {closing.parts_sql(self.folder, self.files)}")
            closing.make(cursor, self.folder, self.files)
        return replace(book, manifest=replace(book.manifest, closed=tuple(self.files)))

    def close(self, book: Book, through: str) -> None:
        """Close every month of a book from the last closed one (or its first) through a month."""
        first = book.run_sql("SELECT min(first_month) FROM customer_start").rows[0][0]
        if first is None:
            return
        self.folder.mkdir(exist_ok=True)
        start = self.files[-1].month + 1 if self.files else first
        for month in range(start, parse_month(through) + 1):
            frame = frame_of(book, find("mrr_movements").card, Ask(first=month, last=month))
            sql = compile_sql(evidence(book.tables, frame))
            self.files.append(self._written(book, month, sql))

    def _written(self, book: Book, month: int, sql: str) -> ClosedFile:
        return closing.write_month(book.run_sql, self.folder, month, sql, follows=bool(book.manifest.closed))


def rows_of(book: Book, view: View | None, name: str = "mrr_movements", **asked: Any) -> list[dict[str, Any]]:
    """The rows of a measure over all of history."""
    return list(ask(book, name, Ask(view=view, **asked)).rows)


def through(rows: Sequence[Mapping[str, Any]], month: str) -> list[Mapping[str, Any]]:
    """The rows up to a month."""
    return [row for row in rows if row["month"] <= month]
