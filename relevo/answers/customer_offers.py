"""What the list of customers offers to choose from: its columns, and the values by which one of them is filtered."""

from dataclasses import dataclass

from relevo.answers.customer_columns import COLUMNS, WORDS, Column
from relevo.answers.customer_filters import OPERATORS
from relevo.answers.reading import Reading
from relevo.answers.sight import sight_of

# More values than these are typed and not chosen.
MOST_CHOICES = 300


@dataclass(frozen=True)
class FilterOffer:
    """How a column may be filtered. `choices` are pairs of value and what is shown; empty where a value is typed.

    `has_none` says whether some customer has no value.
    """

    column: Column
    operators: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    has_none: bool


def columns_offered(reading: Reading) -> tuple[Column, ...]:
    """Every column of the list: those of every book, then roles that are held and attributes that customers have."""
    return (*COLUMNS.values(), *sight_of(reading).more_columns)


def filter_offered(reading: Reading, name: str) -> FilterOffer:
    """How one column may be filtered, with the values of the viewer's customers. WrongUse for an unknown column."""
    column, series = Column.named(name), sight_of(reading).column(name)
    present = series.present if column.kind in WORDS else ()
    choices = present if len(present) <= MOST_CHOICES else ()
    has_none = not bool((series.known if series.hidden is None else series.known | series.hidden).all())
    return FilterOffer(column, OPERATORS[column.kind], choices, has_none)
