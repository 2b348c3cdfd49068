import pytest

from relevo.answers.reading import OPERATOR, Reading, Viewer
from relevo.book.book import Book
from tests.answers import company


@pytest.fixture(scope="session")
def book() -> Book:
    return Book.open(company.home().books)


@pytest.fixture(scope="session")
def everything(book: Book) -> Reading:
    """The reading of somebody who sees all."""
    return Reading(book, OPERATOR)


@pytest.fixture(scope="session")
def anas(book: Book) -> Reading:
    """The reading of Ana, who sees the even customers."""
    mine = frozenset(company.key(i) for i in range(0, company.CUSTOMERS, 2))
    return Reading(book, Viewer("ana@norte.example", scope=mine, money=mine, conversations=mine, own=mine))
