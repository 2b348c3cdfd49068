"""Whom one can choose where a person is named: everybody once, though some are known to the book and to the Desk."""

from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.answers.viewers import HERE
from relevo.book.remembering import Remembered
from relevo.desk.people.members import members

_ADDRESSES: Remembered[frozenset[str]] = Remembered(2)


def people_to_choose(reading: Reading) -> dict[str, str]:
    """Names by person id: everybody of the book, and of the users who may sign in those that are nobody of it."""
    here = {
        HERE + each.username: each.name or each.username
        for each in members()
        if each.is_active and (each.email or each.username).casefold() not in _addresses(reading)
    }
    return here | names_of_people(reading)


def _addresses(reading: Reading) -> frozenset[str]:
    book = reading.company_book
    return _ADDRESSES.get(book, "addresses", lambda: frozenset(
        row[0].casefold() for row in book.run(book.tables.person.select("email")).rows if row[0]
    ))  # fmt: skip
