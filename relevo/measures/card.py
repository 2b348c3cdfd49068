"""What every measure must say of itself, and what can be asked of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import ibis.expr.types as ir

from relevo.base.periods import Grain
from relevo.book.book import Book, Tables

Record = dict[str, Any]


class Kind(StrEnum):
    """An efficiency never stands without an outcome beside it; context explains."""

    EFFICIENCY = "efficiency"
    OUTCOME = "outcome"
    CONTEXT = "context"


class Direction(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Unit(StrEnum):
    """What a column counts; it decides how a surface prints it."""

    MONTH = "month"
    MONEY = "money"
    RATE = "rate"
    RATIO = "ratio"
    COUNT = "count"
    MONTHS = "months"
    TEXT = "text"
    DATE = "date"
    BOOLEAN = "boolean"


@dataclass(frozen=True)
class Out:
    """One column of a measure's answer: its name, unit and meaning."""

    name: str
    unit: Unit
    doc: str


@dataclass(frozen=True)
class Card:
    """A measure's definition as everyone reads it.

    `read_with` names the measures it must be read beside. `months` is the default window where the measure has one.
    """

    name: str
    title: str
    question: str
    unit: Unit
    grain: str
    direction: Direction
    kind: Kind
    read_with: tuple[str, ...]
    columns: tuple[Out, ...]
    definition: str
    source: str
    months: int | None = None
    can_slice: bool = True
    has_months: bool = True
    version: int = 1


@dataclass(frozen=True)
class Ask:
    """What is asked of a measure; None means the card's or the book's default.

    Months are month indexes (`relevo.base.periods`), both ends included. `where` keeps customers whose value of a
    dimension, taken as `by` takes it, is one of the given ones.
    """

    by: str | None = None
    first: int | None = None
    last: int | None = None
    months: int | None = None
    grain: Grain = Grain.MONTH
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Frame:
    """An ask with every default filled in for one book: the month ends asked for, the window, the slice."""

    ends: tuple[int, ...]
    window: int
    by: str | None
    where: tuple[tuple[str, str], ...]
    as_of: date
    currency: str
    last_complete: int
    grain: Grain = Grain.MONTH
    history_starts_on: date | None = None


Expression = Callable[[Tables, Frame], ir.Table]
Finish = Callable[[Sequence[Record], Frame], list[Record]]


@dataclass(frozen=True)
class Measure:
    """A card, the expression that an engine runs, and the pure step from exact sums to the answer's cells."""

    card: Card
    expression: Expression
    finish: Finish


@dataclass(frozen=True)
class Answer:
    """What a measure answered: its card, the frame it was asked in, and its rows as dictionaries."""

    card: Card
    frame: Frame
    book: Book
    rows: tuple[Record, ...]
