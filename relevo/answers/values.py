"""What answers are made of: values that know their unit, sentences that name them, figures with their partners."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from relevo.answers.reading import COMPANY, Scope
from relevo.base.errors import WrongUse
from relevo.measures.card import Direction, Unit

__all__ = [
    "Direction",
    "Figure",
    "RowsAsk",
    "Sentence",
    "Tile",
    "Unit",
    "Value",
    "count",
    "day",
    "difference",
    "money",
    "month",
    "months_of",
    "rate",
    "ratio",
    "seconds",
    "text",
]


@dataclass(frozen=True)
class Value:
    """One value: an amount in its unit (money in minor units of `currency`); None where it is undefined."""

    amount: int | float | str | None
    unit: Unit
    currency: str | None = None


@dataclass(frozen=True)
class Sentence:
    """A finding: the code of a sentence and its named values. Surfaces hold the wording, in every language."""

    code: str
    values: Mapping[str, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class RowsAsk:
    """Which rows stand behind a figure. Months are YYYY-MM; what does not apply is None."""

    measure: str
    month: str | None = None
    since: str | None = None
    months: int | None = None
    by: str | None = None
    value: str | None = None
    kind: str | None = None
    cohort: str | None = None
    age: int | None = None

    def parameters(self) -> dict[str, str]:
        """The ask as text parameters, in a fixed order, without those that are None."""
        named = {k: v for k, v in vars(self).items() if k != "measure" and v is not None}
        return {k: str(v) for k, v in named.items()}


@dataclass(frozen=True)
class Figure:
    """A named figure of a page: which measure and column it is, its value, and the rows behind it."""

    measure: str
    code: str
    value: Value
    rows: RowsAsk | None = None


@dataclass(frozen=True)
class Tile:
    """A figure with its partner: never one without the other, nor beside itself (WrongUse).

    `change` is the difference to the same figure `since` (a month), in the figure's unit; None where it is undefined.
    `spark` holds the figure at the last month ends, oldest first, the last of them `month`; a gap is None.
    A figure of no month says `as_of` which day it is.
    `low` and `high` are the ends of its 95 % interval, `n` how many stand behind it; None where there is none.
    `scope` says whose it is where it is not the company's.
    """

    figure: Figure
    partner: Figure
    month: str | None = None
    change: Value | None = None
    since: str | None = None
    better: Direction = Direction.NONE
    spark: tuple[float | None, ...] = ()
    low: Value | None = None
    high: Value | None = None
    n: int | None = None
    as_of: date | None = None

    def __post_init__(self) -> None:
        """Refuse a figure that is its own partner: another view of the same number is no second opinion."""
        if (self.partner.measure, self.partner.code) == (self.figure.measure, self.figure.code):
            raise WrongUse(
                f"The figure {self.figure.code} cannot be its own partner.",
                "Read it with another figure, such as one its definition names.",
            )

    scope: Scope = COMPANY


def money(amount: int | None, currency: str) -> Value:
    """An amount of money in minor units."""
    return Value(amount, Unit.MONEY, currency)


def rate(amount: float | None) -> Value:
    """A fraction, shown as per cent."""
    return Value(amount, Unit.RATE)


def ratio(amount: float | None) -> Value:
    """A plain ratio, shown with two decimals."""
    return Value(amount, Unit.RATIO)


def count(amount: int | None) -> Value:
    """A number of things."""
    return Value(amount, Unit.COUNT)


def seconds(amount: int | None) -> Value:
    """A length of time in seconds."""
    return Value(amount, Unit.SECONDS)


def text(words: str | None) -> Value:
    """A name as it stands in the data."""
    return Value(words, Unit.TEXT)


def month(value: str | None) -> Value:
    """A month written YYYY-MM."""
    return Value(value, Unit.MONTH)


def day(value: date | None) -> Value:
    """A calendar day."""
    return Value(None if value is None else value.isoformat(), Unit.DATE)


def months_of(rows: Sequence[Mapping[str, Any]], column: str, last: int = 13) -> tuple[float | None, ...]:
    """A column of the last months of an answer, for the small line of a tile; a gap is None."""
    return tuple(None if row.get(column) is None else float(row[column]) for row in rows[-last:])


def difference(now: float | None, before: float | None) -> float | None:
    """Now - before; None where either is undefined."""
    return None if now is None or before is None else now - before
