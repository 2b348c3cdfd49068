"""Names of colleagues, who are known to everybody in the company."""

from relevo.answers.reading import Reading
from relevo.answers.remembering import Remembered

_NAMES: Remembered[dict[str, str]] = Remembered(2)


def names_of_people(reading: Reading) -> dict[str, str]:
    """Names by person id; they tell nothing of what a person did."""
    book = reading.company_book
    people = book.tables.person.select("person_id", "name")
    return _NAMES.get(book, "people", lambda: {str(key): str(name) for key, name in book.run(people).rows})
