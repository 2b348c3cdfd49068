"""Which templates hold on a day: those of the house, and one made on the fly for a change within a role."""

from collections.abc import Mapping
from datetime import date

from relevo.answers.reading import Reading
from relevo.desk.house.rules import rules_in_force
from relevo.desk.relay.templates import RULE, Template, templates_with


def templates_on(reading: Reading, on: date) -> tuple[Mapping[str, Template], date | None]:
    """The templates in force on a day for every reader, and the day from which they hold; None for the usual ones."""
    del reading  # rules of the house are the same for everybody who may open a page
    held = rules_in_force(on).get(RULE)
    return (templates_with(held.value), held.from_on) if held else (templates_with({}), None)


def within_role(reading: Reading, role: str, on: date) -> tuple[Template, date | None]:
    """The template for a change of the person in a role: the house's of that name, else the usual items."""
    templates, since = templates_on(reading, on)
    name = f"{role}_to_{role}"
    return templates.get(name) or Template(name, role, role), since
