"""Who answers for what, by house rules of the Desk: lines of the bridge, measures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading


@dataclass(frozen=True)
class Owner:
    """Who answers for something since a day: a colleague by name, or the words that the rule has, such as a role.

    `person_id` is None where the words name no colleague of the book.
    """

    name: str
    person_id: str | None
    since: date


def owners_of(reading: Reading, rule: str) -> Mapping[str, Owner]:
    """By key the owners that a house rule names on the book's day; what nobody owns is absent.

    The rule maps keys to the id of a person or to free words. Before the first book nobody owns anything.
    """
    if reading.published is None:
        return {}
    from relevo.desk.house.rules import rules_in_force  # cards are read where no Desk is, and then nobody owns them

    held = rules_in_force(reading.company_book.as_of).get(rule)
    if held is None or not isinstance(held.value, dict):
        return {}
    people = names_of_people(reading)
    named = {str(key): str(who).strip() for key, who in held.value.items() if who}
    return {k: Owner(people.get(who, who), who if who in people else None, held.from_on) for k, who in named.items()}
