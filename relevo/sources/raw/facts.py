"""What only a whole column tells: whether 03/04 is in March or April, and whether 1,250 is a thousand or one and a bit.

Each column is judged by its own values; one that leaves it open follows the other columns of the file where those
agree. What is still open is asked, never guessed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import duckdb

from relevo.sources.raw.model import Kind

# Two numbers and a year, parted by one sign; what follows is a time of day.
DATE_LIKE = r"(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{4}|\d{2})([ ,T].*)?"
DATES = (Kind.TIME, Kind.DAY)
NUMBERS = (Kind.NUMBER, Kind.MAJOR, Kind.WHOLE)


class Order(StrEnum):
    """How a file writes days: the day first, or the month first."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


class Point(StrEnum):
    """The sign before decimals."""

    POINT = "."
    COMMA = ","


_Fact = TypeVar("_Fact", Order, Point)


@dataclass(frozen=True)
class Facts:
    """How one column is written. None: nothing in it depends on that."""

    order: Order | None = None
    point: Point | None = None


@dataclass(frozen=True)
class Question:
    """What a file leaves open about one field, with values that show it, and what may be answered."""

    field: str
    about: str
    examples: tuple[str, ...]
    choices: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """The facts of each field of a file, and the questions that are left."""

    facts: Mapping[str, Facts]
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class _Seen:
    """What the values of one column show: counts, and a value that could be read both ways."""

    day_first: int
    month_first: int
    either: str | None
    point: int
    comma: int
    doubtful: str | None


def judge(
    connection: duckdb.DuckDBPyConnection, relation: str, fields: Mapping[str, tuple[str, Kind]], said: Facts
) -> Judged:
    """Facts of the fields of a staged file: name to its column (c0 ...) and kind. `said` answers what was asked."""
    asked = {name: at for name, at in fields.items() if at[1] in (*DATES, *NUMBERS)}
    if not asked:
        return Judged({}, ())
    seen = _look(connection, relation, asked)
    orders = _settled((_order(each) for each in seen.values()), said.order)
    points = _settled((_point(each) for each in seen.values()), said.point)
    facts, questions = {}, []
    for name, each in seen.items():
        facts[name] = Facts(_order(each) or orders, _point(each) or points)
        questions += _questions(name, each, facts[name])
    return Judged(facts, tuple(questions))


def _look(
    connection: duckdb.DuckDBPyConnection, relation: str, fields: Mapping[str, tuple[str, Kind]]
) -> dict[str, _Seen]:
    """One pass over the file for all of its dates and numbers."""
    parts = [part for column, kind in fields.values() for part in _counted(column, kind)]
    found = connection.execute(f"SELECT {', '.join(parts)} FROM ({relation})").fetchall()[0]
    return {name: _Seen(*found[6 * n : 6 * n + 6]) for n, name in enumerate(fields)}


def _counted(column: str, kind: Kind) -> Sequence[str]:
    nothing = ("0", "0", "NULL")
    dates = _dates_counted(column) if kind in DATES else nothing
    numbers = _numbers_counted(column) if kind in NUMBERS else nothing
    return (*dates, *numbers)


def _dates_counted(column: str) -> Sequence[str]:
    is_date = f"regexp_full_match(trim({column}), '{DATE_LIKE}')"
    first, second, sign = (f"regexp_extract(trim({column}), '^{DATE_LIKE}$', {n})" for n in (1, 3, 2))
    one, two = f"TRY_CAST({first} AS INTEGER)", f"TRY_CAST({second} AS INTEGER)"
    # Nobody writes the month before the day with dots between.
    return (
        f"count(*) FILTER ({is_date} AND ({one} > 12 OR {sign} = '.'))",
        f"count(*) FILTER ({is_date} AND {two} > 12)",
        f"min({column}) FILTER ({is_date} AND {one} <= 12 AND {two} <= 12 AND {one} <> {two} AND {sign} <> '.')",
    )


def _numbers_counted(column: str) -> Sequence[str]:
    text = f"regexp_replace({column}, '[^0-9,.]', '', 'g')"
    # The sign that stands last of two kinds, or once and not before three digits, is the one before decimals.
    point = r"'\d*(,\d{3})+[.]\d+|\d*[.](\d{1,2}|\d{4,})|0[.]\d+|\d{4,}[.]\d+|\d{1,3}(,\d{3}){2,}'"
    comma = r"'\d*([.]\d{3})+[,]\d+|\d*[,](\d{1,2}|\d{4,})|0[,]\d+|\d{4,}[,]\d+|\d{1,3}([.]\d{3}){2,}'"
    return (
        f"count(*) FILTER (regexp_full_match({text}, {point}))",
        f"count(*) FILTER (regexp_full_match({text}, {comma}))",
        rf"min({column}) FILTER (regexp_full_match({text}, '[1-9]\d{{0,2}}[.,]\d{{3}}'))",
    )


def _order(seen: _Seen) -> Order | None:
    """What the column itself says; None where it says nothing or both."""
    if bool(seen.day_first) == bool(seen.month_first):
        return None
    return Order.DAY_FIRST if seen.day_first else Order.MONTH_FIRST


def _point(seen: _Seen) -> Point | None:
    if bool(seen.point) == bool(seen.comma):
        return None
    return Point.POINT if seen.point else Point.COMMA


def _settled(found: Iterable[_Fact | None], said: _Fact | None) -> _Fact | None:
    """What was answered, else what all columns that say something say."""
    if said is not None:
        return said
    distinct = {each for each in found if each is not None}
    return distinct.pop() if len(distinct) == 1 else None


def _questions(name: str, seen: _Seen, facts: Facts) -> list[Question]:
    asked = []
    if facts.order is None and (seen.either or (seen.day_first and seen.month_first)):
        asked.append(Question(name, "dates", (seen.either or "",), tuple(Order)))
    if facts.point is None and (seen.doubtful or (seen.point and seen.comma)):
        asked.append(Question(name, "decimals", (seen.doubtful or "",), tuple(Point)))
    return asked
