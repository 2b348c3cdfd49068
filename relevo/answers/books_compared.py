"""Two kept books beside each other: which figures changed, for which customers, and why."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime

from relevo.answers.comparing import Comparison, compare
from relevo.answers.policy_preview import STARS
from relevo.answers.reading import NotFound, Reading, Scope
from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.book.book import Book
from relevo.book.store import Store
from relevo.measures.card import Ask
from relevo.measures.catalog import find

USUAL = "mrr_movements"


@dataclass(frozen=True)
class KeptBook:
    """A book whose files are kept, so that it can be compared."""

    id: str
    as_of: date
    built_at: datetime
    is_current: bool


@dataclass(frozen=True)
class ComparePage:
    """What can be compared, and what is asked for; `one` and `two` are '' while fewer than two books are kept."""

    books: tuple[KeptBook, ...]
    measures: tuple[tuple[str, str], ...]
    one: str
    two: str
    measure: str


@dataclass(frozen=True)
class Compared:
    """The comparison, with the names of the customers in it; customers are those whose amounts the viewer may see."""

    found: Comparison
    title: str
    currency: str
    names: dict[str, str]
    scope: Scope


def compare_page(reading: Reading, home: Home, one: str = "", two: str = "", measure: str = USUAL) -> ComparePage:
    """The kept books, newest first; by default the book that is read and the one before it.

    NotFound for a book that is not kept, WrongUse for a measure that is not compared.
    """
    current = reading.company_book.id
    kept = sorted(Store(home.books).history(), key=lambda m: m.built_at, reverse=True)
    books = tuple(KeptBook(m.id, m.as_of, m.built_at, m.id == current) for m in kept)
    ids = [book.id for book in books]
    for asked in (one, two):
        if asked and asked not in ids:
            raise NotFound(f"The book {asked[:40]!r} is not kept.", "Choose one of the kept books under Data, Compare.")
    if measure not in STARS:
        raise WrongUse(f"{measure[:40]!r} is not compared here.", f"Known: {', '.join(STARS)}.")
    others = [book for book in ids if book != current]
    named = tuple((name, find(name).card.title) for name in STARS)
    return ComparePage(books, named, one or (others[0] if others else ""), two or (current if others else ""), measure)


def compared(reading: Reading, home: Home, page: ComparePage) -> Compared:
    """What differs between the two books of a page, with closed months as each book restates them."""
    with _opened(reading, home, page.one) as before, _opened(reading, home, page.two) as after:
        found = compare(before, after, page.measure, Ask(), ("restated", "restated"))
        names = _names(before, found) | _names(after, found)
        currency, scope = after.company_book.company.currency, after.money_scope
    return Compared(found, find(page.measure).card.title, currency, names, scope)


@contextmanager
def _opened(reading: Reading, home: Home, book_id: str) -> Iterator[Reading]:
    """A kept book as the viewer may see it; the one that is read is not opened twice."""
    if book_id == reading.company_book.id:
        yield reading
        return
    house = home.config().house
    book = Book.open(home.books, memory_limit=house.memory_limit, threads=house.threads, book_id=book_id)
    try:
        yield replace(reading, published=book)
    finally:
        book.close()


def _names(reading: Reading, found: Comparison) -> dict[str, str]:
    ids = sorted({change.customer_id for change in found.customers})
    customers = reading.money_book.tables.customer
    rows = reading.money_book.run(customers.filter(customers.customer_id.isin(ids)).select("customer_id", "name")).rows
    return {str(key): str(name) for key, name in rows if name} if ids else {}
