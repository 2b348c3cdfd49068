"""Where the ledger of a book is: nowhere until it is asked, then in the cache, and gone with its book."""

from datetime import date
from pathlib import Path

import pytest

from relevo.book.book import Book
from relevo.book.ledger.keeping import reads
from tests.book.ledger.talks import office, talk, together
from tests.making import make, span

AS_OF = "2026-06-30"


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """The books of a home with one conversation."""
    rows = together(office(), talk("t", [("10:00", "c"), ("10:20", "ana")]))
    rows["customer"] = [{"customer_id": "acme", "name": "Acme"}]
    rows["subscription_span"] = [span("acme", "2025-01-01", None, 10_000)]
    assert make(tmp_path, {name: found for name, found in rows.items() if found}, AS_OF).published
    return tmp_path / "home" / "book"


def cached(books: Path) -> list[Path]:
    return sorted((books / "cache").glob("*.ledger.duckdb"))


def waited(book: Book) -> list[int]:
    return [row[0] for row in book.run(book.tables.customer_wait.select("wait_s")).rows]


def test_it_is_made_when_it_is_first_asked_and_not_before(books: Path) -> None:
    book = Book.open(books)
    book.run(book.tables.customer.select("customer_id"))
    assert cached(books) == []
    assert waited(book) == [20 * 60]
    assert [file.name for file in cached(books)] == [f"{book.id}.ledger.duckdb"]


def test_another_reader_finds_it_there(books: Path) -> None:
    assert waited(Book.open(books)) == [20 * 60]
    (kept,) = cached(books)
    made_at = kept.stat().st_mtime_ns
    other = Book.open(books)
    assert waited(other) == waited(other) == [20 * 60]
    assert kept.stat().st_mtime_ns == made_at


def test_another_day_reads_the_same_one(books: Path) -> None:
    book = Book.open(books)
    assert waited(book.at(date(2026, 3, 31))) == [20 * 60]
    assert waited(book) == [20 * 60]
    assert len(cached(books)) == 1


def test_what_a_killed_process_left_is_made_anew(books: Path) -> None:
    book = Book.open(books)
    (books / "cache" / f".tmp-1-1-{book.id}.ledger.duckdb").write_bytes(b"half")
    assert waited(book) == [20 * 60]


@pytest.mark.parametrize(
    ("sql", "expected"),
    [('SELECT * FROM "episode" AS "t0"', True), ("SELECT * FROM `vote`", True), ("SELECT 'no_reply' FROM x", False)],
)
def test_sql_that_reads_it_is_known_by_its_names(sql: str, expected: bool) -> None:
    assert reads(sql) is expected
