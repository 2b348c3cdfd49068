"""The files of closed months: whole or absent, named by their hash, refused where they changed."""

from pathlib import Path

import pytest

from relevo.base.errors import DataRefused, NotReady
from relevo.base.periods import parse_month
from relevo.book import closing
from relevo.book.book import Book
from relevo.book.engine import connect
from relevo.book.manifest import ClosedFile, Manifest
from relevo.book.store import Store
from tests.making import NOW, make_book, span

TABLES = {
    "customer": [{"customer_id": "A", "name": "A"}],
    "subscription_span": [span("A", "2026-08-10", None, 10000)],
}
ROWS = "SELECT 'A' AS customer_id, 'closing' AS part, NULL AS day, NULL AS cause, 5 AS base_e16"
AUGUST = parse_month("2026-08")


def written(book: Book, folder: Path) -> ClosedFile:
    return closing.write_month(book.in_files.run_sql, folder, AUGUST, ROWS, follows=False)


def test_what_a_killed_closing_left_is_removed(tmp_path: Path) -> None:
    book = make_book(tmp_path, TABLES)
    folder = closing.closed_folder(tmp_path / "home" / "book")
    with closing.writing(folder, ()):
        each = written(book, folder)
        with pytest.raises(NotReady, match="Another closing"), closing.writing(folder, ()):
            pass
    assert each.file == f"2026-08-{each.sha256[:12]}.parquet"
    (folder / "2026-08-left.parquet").write_text("a whole file of which the Desk was never told")
    (folder / ".tmp-2026-08.parquet").write_text("half a file")
    with closing.writing(folder, {each.file}):
        assert [f.name for f in folder.glob("*.parquet")] == [each.file]
    with connect() as connection:
        found = connection.execute(f"SELECT * FROM ({closing.parts_sql(folder, [each])})").fetchall()
    assert [row[:3] for row in found] == [(AUGUST, "A", "closing"), (AUGUST, "A", "held")]
    book.close()


def test_a_changed_or_missing_file_is_refused(tmp_path: Path) -> None:
    book = make_book(tmp_path, TABLES)
    folder = tmp_path / "home" / "closed"
    folder.mkdir()
    each = written(book, folder)
    book.close()
    closing.check(folder, [each])
    with (folder / each.file).open("ab") as file:
        file.write(b"x")
    with pytest.raises(DataRefused, match=r"2026-08.*SHA-256 differs.*relevo reopen 2026-08"):
        closing.check(folder, [each])
    (folder / each.file).unlink()
    with pytest.raises(DataRefused, match="is gone"):
        closing.check(folder, [each])


def test_a_book_shows_what_was_closed_when_it_was_made(tmp_path: Path) -> None:
    book = make_book(tmp_path, TABLES)
    assert book.closed_through is None
    (tmp_path / "home" / "closed").mkdir()
    each = written(book, tmp_path / "home" / "closed")
    book.close()
    later = make_book(tmp_path, TABLES, closed=(each,))
    assert later.closed_through == AUGUST
    assert later.run_sql("SELECT count(*) FROM closed_part").rows == ((2,),)
    assert later.run_sql("SELECT * FROM closed_move").rows == later.run_sql("SELECT * FROM closed_trait").rows == ()
    assert Manifest.from_json(later.manifest.to_json()) == later.manifest
    later.close()
    (tmp_path / "home" / "closed" / each.file).write_bytes(b"")
    with pytest.raises(DataRefused):
        Book.open(tmp_path / "home" / "book")
    served = Store(tmp_path / "home" / "book").current()
    with pytest.raises(DataRefused):
        make_book(tmp_path, TABLES, closed=(each,), now=NOW.replace(hour=13))
    assert Store(tmp_path / "home" / "book").current() == served, "the book that was served still is"
