"""Whose customers a person may see: their own, and those of everybody below them."""

from relevo.answers.holding import is_held
from relevo.answers.reading import Reading


def own_persons(reading: Reading, email: str) -> frozenset[str]:
    """Ids of the persons with this address; empty where it belongs to nobody."""
    people = _people(reading)
    return frozenset(p for p, address, _ in people if email and (address or "").lower() == email.lower())


def own_and_led(reading: Reading, email: str) -> frozenset[str]:
    """Ids of the persons with this address and of everybody below them; empty where it belongs to nobody."""
    return frozenset(_with_reports(set(own_persons(reading, email)), _people(reading)))


def led_by(reading: Reading, persons: frozenset[str]) -> frozenset[str]:
    """These persons and everybody below them."""
    return frozenset(_with_reports(set(persons), _people(reading))) if persons else frozenset()


def own_customers(reading: Reading, email: str) -> frozenset[str]:
    """Ids of the customers that the person with this address holds on the book's day, or has a deal with."""
    return _customers_of(reading, own_persons(reading, email))


def own_and_team(reading: Reading, email: str) -> frozenset[str]:
    """Ids of the customers that this person or somebody they manage holds on the book's day, or has a deal with.

    Empty where the address belongs to nobody in the book.
    """
    return _customers_of(reading, own_and_led(reading, email))


def _customers_of(reading: Reading, persons: frozenset[str]) -> frozenset[str]:
    if not persons:
        return frozenset()
    book, listed = reading.company_book, sorted(persons)
    held, deals = book.tables.assignment, book.tables.deal
    open_now = held.filter(held.person_id.isin(listed) & is_held(held, book.until)).select("customer_id")
    sold = deals.filter(deals.person_id.isin(listed) & deals.customer_id.notnull()).select("customer_id")
    return frozenset(row[0] for row in (*book.run(open_now).rows, *book.run(sold).rows))


def _people(reading: Reading) -> tuple[tuple[str, ...], ...]:
    book = reading.company_book
    return book.run(book.tables.person.select("person_id", "email", "manager_id")).rows


def _with_reports(team: set[str], people: tuple[tuple[str, ...], ...]) -> set[str]:
    """Persons and everybody below them, however deep; a loop of managers ends."""
    found, new = set(team), set(team)
    while new:
        new = {person for person, _, manager in people if manager in new} - found
        found |= new
    return found
