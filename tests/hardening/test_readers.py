"""Readers during rebuilds: no error, no page that mixes two books, and memory that stays flat."""

import os
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from relevo.answers.measures import Ask, show
from relevo.answers.reading import OPERATOR, Reading, Shelf
from relevo.base.config import Home
from tests.hardening.shop import CENTS, Shop, builder

READERS = 5
REBUILDS = 20
# Of the first rebuilds, in which caches fill; growth is measured after them.
WARM = 6
MOST_GROWTH = 96 * 1024 * 1024


@dataclass
class Seen:
    """What readers saw: books, pages, and what went wrong."""

    books: set[str] = field(default_factory=set)
    pages: int = 0
    wrong: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)


def read_pages(shelf: Shelf, seen: Seen) -> None:
    """Answer page after page, each from the one book that is in force when it begins."""
    while not seen.stop.is_set():
        try:
            read_page(shelf, seen)
        except BaseException as problem:
            seen.wrong.append(repr(problem))
            return


def read_page(shelf: Shelf, seen: Seen) -> None:
    book = shelf.book()
    assert book
    reading = Reading(book, OPERATOR)
    mrr = show(reading, "mrr", Ask())
    time.sleep(0.01)
    customers = reading.book.run(reading.book.tables.customer.count().as_table()).rows[0][0]
    arr = show(reading, "arr", Ask())
    told = (mrr.rows[-1]["mrr_cents"] * 12, arr.rows[-1]["arr_cents"])
    if {mrr.book, arr.book} != {book.id} or told != (CENTS * customers * 12,) * 2:
        seen.wrong.append(f"{mrr.book} and {arr.book} under {book.id}: {told} of {customers} customers")
    if customers != book.manifest.rows["customer"]:
        seen.wrong.append(f"{customers} customers in {book.id}")
    seen.books.add(book.id)
    seen.pages += 1


def memory() -> int:
    """Bytes of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")


@pytest.mark.nightly
def test_five_readers_during_twenty_rebuilds(tmp_path: Path) -> None:
    shop, seen, grown = Shop(Home(tmp_path / "home"), tmp_path / "raw"), Seen(), list[int]()
    shop.open()
    with builder(shop.home) as builds:
        assert builds.build()[0] == 0
        shelf = Shelf(shop.home.books)
        readers = [threading.Thread(target=read_pages, args=(shelf, seen)) for _ in range(READERS)]
        for reader in readers:
            reader.start()
        for _ in range(REBUILDS):
            shop.one_more()
            code, _ = builds.build()
            assert code == 0
            grown.append(memory())
        time.sleep(1)
        seen.stop.set()
        for reader in readers:
            reader.join()
    assert seen.wrong == []
    assert len(seen.books) > REBUILDS // 2
    assert seen.pages > REBUILDS * READERS
    growth = max(grown[-3:]) - max(grown[WARM - 3 : WARM])
    assert growth < MOST_GROWTH, f"memory grew by {growth // 1024**2} MB over {REBUILDS - WARM} rebuilds: {grown}"
