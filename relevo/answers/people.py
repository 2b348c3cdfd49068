"""Names of colleagues, who are known to everybody in the company."""

from dataclasses import dataclass

from relevo.answers.reading import Reading
from relevo.book.book import Book
from relevo.book.remembering import Remembered

_NAMES: Remembered[dict[str, str]] = Remembered(2)
_PEOPLE: Remembered[tuple["Colleague", ...]] = Remembered(2)


@dataclass(frozen=True)
class Colleague:
    """Somebody of the company: who it is, not what the person did."""

    person_id: str
    name: str
    role: str | None
    team: str | None


def colleagues(reading: Reading) -> tuple[Colleague, ...]:
    """Everybody who works, or worked, at the company, by name; the same for every viewer. NotReady without a book."""
    book = reading.company_book
    return _PEOPLE.get(book, "colleagues", lambda: _colleagues(book))


def names_of_people(reading: Reading) -> dict[str, str]:
    """Names by person id; they tell nothing of what a person did."""
    book = reading.company_book
    return _NAMES.get(book, "people", lambda: {each.person_id: each.name for each in colleagues(reading)})


def _colleagues(book: Book) -> tuple[Colleague, ...]:
    people = book.tables.person.select("person_id", "name", "role", "team").order_by("name", "person_id")
    return tuple(Colleague(*row) for row in book.run(people).rows)
