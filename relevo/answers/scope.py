"""Whose customers a person may see: their own, and those of everybody below them."""

from relevo.answers.reading import Reading


def own_and_led(reading: Reading, email: str) -> frozenset[str]:
    """Ids of the persons with this address and of everybody below them; empty where it belongs to nobody."""
    book = reading.company_book
    people = book.run(book.tables.person.select("person_id", "email", "manager_id")).rows
    return frozenset(_with_reports({p for p, address, _ in people if (address or "").lower() == email.lower()}, people))


def own_and_team(reading: Reading, email: str) -> frozenset[str]:
    """Ids of the customers with an open assignment or a deal of this person or of somebody they manage.

    Empty where the address belongs to nobody in the book.
    """
    book, team = reading.company_book, own_and_led(reading, email)
    if not team:
        return frozenset()
    held, deals = book.tables.assignment, book.tables.deal
    listed = sorted(team)
    open_now = held.filter(held.person_id.isin(listed) & held.to_at.isnull()).select("customer_id")
    sold = deals.filter(deals.person_id.isin(listed) & deals.customer_id.notnull()).select("customer_id")
    return frozenset(row[0] for row in (*book.run(open_now).rows, *book.run(sold).rows))


def _with_reports(team: set[str], people: tuple[tuple[str, ...], ...]) -> set[str]:
    """Persons and everybody below them, however deep; a loop of managers ends."""
    found, new = set(team), set(team)
    while new:
        new = {person for person, _, manager in people if manager in new} - found
        found |= new
    return found
