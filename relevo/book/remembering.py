"""Answers that were made before: a book never changes, so an answer holds as long as its book is read."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from relevo.book.book import Book

T = TypeVar("T")


# The book that is read, and the one before it for requests that began with it.
_BOOKS = 2


class Remembered(Generic[T]):
    """The last `size` answers by what they depend on. Threads may share it; the oldest used goes first.

    An answer holds on to its book, and an open book to some megabytes: answers of earlier books are let go.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = threading.Lock()
        self._kept: OrderedDict[tuple[Hashable, ...], T] = OrderedDict()
        self._books: OrderedDict[str, None] = OrderedDict()

    def get(self, book: Book, about: Hashable, make: Callable[[], T]) -> T:
        """The answer about something in a book, as its viewer's scope sees it; made where it is not kept."""
        key = (book.id, book.as_of, book.policy.hash, book.scope, about)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()  # outside the lock: two threads may make the same answer, none waits for another's
        with self._lock:
            self._kept[key] = made
            self._let_go(book.id)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return made

    def _let_go(self, book: str) -> None:
        """Forget the answers of books that were read before the last two."""
        self._books[book] = None
        self._books.move_to_end(book)
        while len(self._books) > _BOOKS:
            gone, _ = self._books.popitem(last=False)
            for key in [key for key in self._kept if key[0] == gone]:
                del self._kept[key]
