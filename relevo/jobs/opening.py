"""Open the published book as the operator of this machine reads it."""

from datetime import date

from relevo.answers.reading import OPERATOR, Reading
from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.book.book import Book
from relevo.book.policy import profile


def operator_reading(home: Home, *, as_of: date | None = None, policy: str | None = None) -> Reading:
    """The operator's reading of a home's book, as of another day or under another policy where asked.

    NotReady before the first book; wrong use for a day after the book's.
    """
    house = home.config().house
    book = Book.open(home.books, memory_limit=house.memory_limit, threads=house.threads)
    if as_of and as_of > book.as_of:
        raise WrongUse(
            f"The book looks to {book.as_of} and knows nothing of {as_of}.", f"Build it: relevo build --as-of {as_of}."
        )
    return Reading(book.at(as_of, profile(policy) if policy else None), OPERATOR)


def cards_reading() -> Reading:
    """The operator's reading without a book: enough for definitions."""
    return Reading(None, OPERATOR)
