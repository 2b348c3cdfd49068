"""A new book is prepared before readers have it, and they have the one before it meanwhile."""

import threading
from pathlib import Path

import pytest

from relevo.answers.reading import Reading, Shelf
from relevo.book.book import Book
from tests.making import NOW, make, span

WAIT_S = 20


def publish(folder: Path, cents: int) -> str:
    report = make(folder, {"subscription_span": [span("a", "2026-01-01", None, cents)]}, now=NOW.replace(minute=cents))
    return report.manifest.id


def wait_until(shelf: Shelf, book: str) -> bool:
    """Ask until the shelf gives a book, some seconds at most."""
    pause = threading.Event()
    for _ in range(WAIT_S * 20):
        found = shelf.book()
        if found and found.id == book:
            return True
        pause.wait(0.05)
    return False


def test_readers_have_the_old_book_until_the_new_one_is_prepared(tmp_path: Path) -> None:
    first = publish(tmp_path, 10)
    may_end, prepared = threading.Event(), []

    def prepare(reading: Reading) -> None:
        may_end.wait(WAIT_S)
        prepared.append(reading.company_book.id)

    shelf = Shelf(tmp_path / "home" / "book", prepare)
    held = shelf.book()
    assert held is not None
    assert held.id == first
    second = publish(tmp_path, 20)
    assert [book.id for book in (shelf.book(), shelf.book()) if book] == [first, first]
    may_end.set()
    assert wait_until(shelf, second)
    assert prepared == [second]  # once, however often was asked meanwhile


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_book_that_cannot_be_prepared_is_read_all_the_same(tmp_path: Path) -> None:
    publish(tmp_path, 10)

    def prepare(_reading: Reading) -> None:
        raise RuntimeError("no")

    shelf = Shelf(tmp_path / "home" / "book", prepare)
    shelf.book()
    assert wait_until(shelf, publish(tmp_path, 20))


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_book_that_could_not_be_opened_once_is_read_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = publish(tmp_path, 10)
    shelf = Shelf(tmp_path / "home" / "book", lambda _reading: None)
    shelf.book()
    opened, failed = Book.open, threading.Event()

    def fail_once(path: Path) -> Book:
        if failed.is_set():
            return opened(path)
        failed.set()
        raise OSError("too many open files")

    second = publish(tmp_path, 20)
    monkeypatch.setattr(Book, "open", fail_once)
    held = shelf.book()
    assert held is not None
    assert held.id == first
    assert failed.wait(WAIT_S)
    assert wait_until(shelf, second)
