"""One condition on the list of customers: a column, an operator and values, as text that stands in an address.

`segment:is:smb,mid` reads "Segment is smb or mid"; a colon, comma or backslash that belongs to a name or a value has a
backslash before it. Several values are alternatives, several conditions hold together.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np

from relevo.answers.customer_columns import ATTRIBUTE, HELD, WORDS, Column, Kind
from relevo.answers.series import NO, YES, Mask, Series
from relevo.base.errors import WrongUse
from relevo.base.money import exponent
from relevo.base.periods import day_number, first_day, month_of
from relevo.measures.slices import NONE

_NUMBERS = ("min", "max", "is")
_PLAIN = ("is", "not", "has")
OPERATORS: Mapping[Kind, tuple[str, ...]] = {
    Kind.TEXT: _PLAIN,
    Kind.PERSON: _PLAIN,
    Kind.CUSTOMER: _PLAIN,
    Kind.STATUS: ("is", "not"),
    Kind.YES_NO: ("is", "not"),
    Kind.MONEY: _NUMBERS,
    Kind.COUNT: _NUMBERS,
    Kind.MONTHS: _NUMBERS,
    Kind.RATE: _NUMBERS,
    Kind.DAY: ("before", "from", "next", "last", "over", "in", "is"),
}
# How many months the named stretches of time have.
STRETCHES = {"month": 1, "quarter": 3, "year": 12}
MOST_VALUES = 200
_LONGEST = 200
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2})?")
_DAYS = re.compile(r"[0-9]{1,4}")
_AMOUNT = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?")
_SPLIT = re.compile(r"(?:\\.|[^\\:])*", re.DOTALL)
_VALUES = re.compile(r"((?:\\.|[^\\,])*)(?:,|$)", re.DOTALL)


@dataclass(frozen=True)
class Filter:
    """A condition. What it says is checked where it is made: WrongUse for what no column can be asked."""

    column: str
    operator: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        known = OPERATORS[self.kind]
        if self.operator not in known:
            raise WrongUse(
                f"{self.column} cannot be filtered by {self.operator[:40]!r}.", f"Filter by one of {', '.join(known)}."
            )
        if not 0 < len(self.values) <= MOST_VALUES:
            raise WrongUse(f"The filter on {self.column} has {len(self.values)} values.", "Choose at least one value.")
        for value in self.values:
            self._check(value)

    @property
    def kind(self) -> Kind:
        """What the cells of the column are."""
        return Column.named(self.column).kind

    @classmethod
    def parse(cls, text: str) -> "Filter":
        """The condition that a text says; WrongUse where it says none."""
        parts = _split(text)
        if parts[0] in (ATTRIBUTE, HELD) and len(parts) > 3:
            parts = [f"{parts[0]}:{_plain(parts[1])}", *parts[2:]]
        else:
            parts[0] = _plain(parts[0])
        if len(parts) != 3:
            raise WrongUse(
                f"{text[:80]!r} is not a filter.", "Write it as column:is:value, for example segment:is:smb."
            )
        return cls(parts[0], parts[1], tuple(_plain(v) for v in _VALUES.findall(parts[2])[: _count(parts[2])]))

    def __str__(self) -> str:
        prefix, colon, rest = self.column.partition(":")
        name = f"{prefix}{colon}{_guarded(rest)}"
        return f"{name}:{self.operator}:{','.join(_guarded(v) for v in self.values)}"

    def mask(self, series: Series, as_of: date, currency: str) -> Mask:
        """Where a column fulfils the condition. Relative days count from `as_of`; amounts are in major units."""
        if self.operator in ("is", "not"):
            held = series.is_one_of(self.values)
            return ~held if self.operator == "not" else held
        if self.operator == "has":
            return series.contains(self.values)
        masks = [series.between(*self._bounds(value, as_of, currency)) for value in self.values]
        found: Mask = np.logical_or.reduce(masks)
        return found

    def _bounds(self, value: str, as_of: date, currency: str) -> tuple[float | None, float | None]:
        if self.kind is Kind.DAY:
            low, high = _RELATIVE[self.operator](value, as_of)
            return None if low is None else day_number(low), None if high is None else day_number(high)
        exact = Decimal(value) * _scale(self.kind, currency)
        # Whole numbers are bounded below `high`, so "at most" begins just above it.
        return (float(exact), None) if self.operator == "min" else (None, float(np.nextafter(float(exact), np.inf)))

    def _check(self, value: str) -> None:
        if len(value) > _LONGEST or not value:
            raise WrongUse(f"The filter on {self.column} has an empty or a very long value.", "Write a shorter one.")
        if self.operator in ("is", "not"):
            self._check_word(value)
        elif self.operator != "has" and not _CHECKS[self.operator](value):
            raise WrongUse(
                f"The filter on {self.column} does not understand {value[:40]!r}.", _HINTS.get(self.operator, _NUMBER)
            )

    def _check_word(self, value: str) -> None:
        if self.kind not in WORDS and value != NONE:
            raise WrongUse(f"{self.column} is compared with min and max, or with {NONE}.", "Choose another operator.")
        if self.kind is Kind.YES_NO and value not in (YES, NO, NONE):
            raise WrongUse(f"{self.column} is yes, no or {NONE}, not {value[:40]!r}.", "Choose one of them.")


def _split(text: str) -> list[str]:
    """The parts between colons, still guarded; what follows the last expected colon keeps its own."""
    parts, place = [], 0
    while True:
        found = _SPLIT.match(text, place)
        end = found.end() if found else len(text)
        parts.append(text[place:end])
        if end >= len(text) or text[end] != ":":
            return parts
        place = end + 1


def _count(text: str) -> int:
    """How many values a text has: the pattern finds an empty one at the end."""
    return len(re.sub(r"\\.", "", text, flags=re.DOTALL).split(","))


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)


def _guarded(text: str) -> str:
    return re.sub(r"([\\:,])", r"\\\1", text)


def _scale(kind: Kind, currency: str) -> Decimal:
    if kind is Kind.MONEY:
        return Decimal(10) ** exponent(currency)
    return Decimal("0.01") if kind is Kind.RATE else Decimal(1)


def _is_day(value: str) -> bool:
    try:
        return bool(_DAY.fullmatch(value)) and bool(_first(value))
    except ValueError:
        return False


def _first(value: str) -> date:
    """The day, or the first day of the month, that a text names."""
    return date.fromisoformat(value if len(value) > 7 else f"{value}-01")


def _stretch(value: str, as_of: date) -> tuple[date, date]:
    months = STRETCHES[value]
    first = month_of(as_of) - month_of(as_of) % months
    return first_day(first), first_day(first + months)


Bounds = Callable[[str, date], tuple[date | None, date | None]]
_RELATIVE: Mapping[str, Bounds] = {
    "before": lambda value, _: (None, _first(value)),
    "from": lambda value, _: (_first(value), None),
    "next": lambda value, day: (day + timedelta(days=1), day + timedelta(days=int(value) + 1)),
    "last": lambda value, day: (day - timedelta(days=int(value) - 1), day + timedelta(days=1)),
    "over": lambda value, day: (None, day - timedelta(days=int(value) - 1)),
    "in": _stretch,
}
_CHECKS: Mapping[str, Callable[[str], Any]] = {
    "min": _AMOUNT.fullmatch,
    "max": _AMOUNT.fullmatch,
    "before": _is_day,
    "from": _is_day,
    "next": _DAYS.fullmatch,
    "last": _DAYS.fullmatch,
    "over": _DAYS.fullmatch,
    "in": STRETCHES.__contains__,
}
_NUMBER = "Write a number, with a point for decimals."
_WHOLE = "Write a number of days."
_HINTS: Mapping[str, str] = {
    "before": "Write a day or a month, as 2025-01-31 or 2025-01.",
    "from": "Write a day or a month, as 2025-01-31 or 2025-01.",
    "next": _WHOLE,
    "last": _WHOLE,
    "over": _WHOLE,
    "in": f"Write one of {', '.join(STRETCHES)}.",
}
