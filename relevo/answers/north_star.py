"""The one measure that the whole company reads first."""

from dataclasses import dataclass
from datetime import date

from relevo.answers.measures import show
from relevo.answers.reading import Reading
from relevo.answers.values import Figure, Value
from relevo.desk.house.known import KNOWN, NORTH_STAR
from relevo.desk.house.rules import rules_in_force
from relevo.measures.card import Ask
from relevo.measures.catalog import find
from relevo.measures.headlines import HEADLINES


@dataclass(frozen=True)
class NorthStar:
    """The measure, since when and by whom; both are empty where nobody chose and the default holds."""

    measure: str
    since: date | None = None
    saved_by: str = ""


def north_star(reading: Reading) -> NorthStar:
    """The star on the day of the book: the house rule in force, else the default. There is one at a time."""
    rule = rules_in_force(reading.published.as_of).get(NORTH_STAR) if reading.published else None
    if rule is None:
        return NorthStar(str(KNOWN[NORTH_STAR].default))
    return NorthStar(str(rule.value), rule.from_on, rule.saved_by)


def star_figure(reading: Reading) -> Figure | None:
    """The star in its last complete month, the company's for every viewer.

    None before the first book, and for a rule of an earlier release that names what is no star.
    """
    if reading.published is None:
        return None
    name = north_star(reading).measure
    if name not in HEADLINES:
        return None
    last = reading.published.last_complete_month
    answer = show(reading, name, Ask(first=last, last=last))
    column = next(c for c in answer.columns if c.name == HEADLINES[name])
    return Figure(name, answer.title, Value(answer.last().get(column.name), column.unit, answer.currency))


def possible_stars(reading: Reading) -> tuple[tuple[str, str], ...]:  # noqa: ARG001 - every answer has this shape
    """Names and titles of the measures that can be the star."""
    return tuple((name, find(name).card.title) for name in HEADLINES)
