"""Open the published book as the operator of this machine reads it."""

from dataclasses import replace
from datetime import date, datetime

from relevo.answers.reading import OPERATOR, Reading
from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.book.book import Book
from relevo.book.policy import profile
from relevo.desk.ready import prepare
from relevo.jobs.known import known_at_books
from relevo.measures.assumptions import Assumptions


def operator_reading(
    home: Home, *, as_of: date | None = None, policy: str | None = None, known_at: datetime | None = None,
    book_id: str | None = None,
) -> Reading:  # fmt: skip
    """The operator's reading of a home's book, as of another day or under another policy where asked.

    With `known_at` only what was recorded by then is in it, which makes a book of its own; `book_id` names a kept
    book. NotReady before the first book; wrong use for a day after the book's.
    """
    house = home.config().house
    books = known_at_books(home, known_at, as_of) if known_at else home.books
    book = Book.open(books, memory_limit=house.memory_limit, threads=house.threads, book_id=book_id)
    if as_of and as_of > book.as_of:
        raise WrongUse(
            f"The book looks to {book.as_of} and knows nothing of {as_of}.", f"Build it: relevo build --as-of {as_of}."
        )
    reading = Reading(book.at(as_of, profile(policy) if policy else None), OPERATOR)
    return replace(reading, assumed=lambda: _assumed(home, reading)) if home.has_desk else reading


def _assumed(home: Home, reading: Reading) -> Assumptions:
    """What the house rules of the home's Desk say on the reading's day; Django starts only here, where it is asked."""
    prepare(home)
    from relevo.answers.assumptions import assumptions_in_force

    return assumptions_in_force(reading)


def cards_reading() -> Reading:
    """The operator's reading without a book: enough for definitions."""
    return Reading(None, OPERATOR)
