"""One column of many customers as arrays: what filters, sorts and sums it in one pass."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from relevo.answers.customer_columns import WORDS, Kind
from relevo.base.periods import day_from_number, day_number
from relevo.base.words import fold
from relevo.measures.slices import NONE

Numbers = NDArray[Any]
Mask = NDArray[np.bool_]
# Stands between the words of a cell that has several.
AND = "\x1f"
YES, NO = "yes", "no"


@dataclass(frozen=True)
class Series:
    """A column. `numbers` are its values, or for a column of words places in `words`, which stand in their order.

    `known` says which cells have a value, `hidden` which ones the viewer may not see (None means none). A cell of
    several words holds them joined by `AND`; `labels` are what is shown for `words`.
    """

    kind: Kind
    numbers: Numbers
    known: Mask
    words: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    hidden: Mask | None = None

    @classmethod
    def of(cls, kind: Kind, ids: Sequence[str], found: Mapping[str, Any], named: Mapping[str, str]) -> "Series":
        """The column with what was found of each customer; `named` gives the names of persons or customers."""
        if kind in WORDS:
            return cls._of_words(kind, ids, found, named)
        known = np.array([found.get(key) is not None for key in ids], dtype=bool)
        plain = [_number(found.get(key)) for key in ids]
        return cls(kind, np.array(plain, dtype=float if kind is Kind.RATE else np.int64), known)

    @classmethod
    def _of_words(cls, kind: Kind, ids: Sequence[str], found: Mapping[str, Any], named: Mapping[str, str]) -> "Series":
        told = {key: _word(value) for key, value in found.items() if value is not None}
        labels = {word: _label(word, named) for word in set(told.values())}
        words = sorted(labels, key=lambda word: (fold(labels[word]), word))
        place = {word: i for i, word in enumerate(words)}
        numbers = np.array([place[told[key]] if key in told else -1 for key in ids], dtype=np.int64)
        return cls(kind, numbers, numbers >= 0, tuple(words), tuple(labels[word] for word in words))

    def of_rows(self, rows: Numbers | None) -> "Series":
        """The same column of some customers, by their places; None means all."""
        if rows is None:
            return self
        return Series(self.kind, self.numbers[rows], self.known[rows], self.words, self.labels)

    @cached_property
    def _members(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(word.split(AND)) for word in self.words)

    def is_one_of(self, wanted: Iterable[str]) -> Mask:
        """Where a cell holds one of the words; '(none)' means where it holds nothing."""
        chosen = frozenset(wanted)
        places = [i for i, members in enumerate(self._members) if members & chosen]
        held: Mask = np.isin(self.numbers, places) & self.known
        return held | ~self.known if NONE in chosen else held

    def contains(self, parts: Iterable[str]) -> Mask:
        """Where the words shown in a cell contain one of the parts, whatever their case and accents."""
        sought = [fold(part) for part in parts]
        places = [i for i, label in enumerate(self.labels) if any(part in fold(label) for part in sought)]
        found: Mask = np.isin(self.numbers, places) & self.known
        return found

    def between(self, low: float | None, high: float | None) -> Mask:
        """Where a value is at least `low` and below `high`."""
        found = self.known.copy()
        if low is not None:
            found &= self.numbers >= low
        if high is not None:
            found &= self.numbers < high
        return found

    def ordered(self, mask: Mask, *, descending: bool) -> Numbers:
        """Places of the customers of a mask, sorted; equal ones keep their order, the unknown stand last."""
        known, unknown = np.flatnonzero(mask & self.known), np.flatnonzero(mask & ~self.known)
        values = self.numbers[known]
        order = np.argsort(-values if descending else values, kind="stable")
        return np.concatenate([known[order], unknown])

    def sum(self, mask: Mask) -> int:
        """The sum of what is known of a mask."""
        return int(self.numbers[mask & self.known].sum())

    @cached_property
    def present(self) -> tuple[tuple[str, str], ...]:
        """The single words that occur, with what is shown for each, in the order of what is shown."""
        found: dict[str, str] = {}
        for i in np.unique(self.numbers[self.known]):
            names = self.labels[int(i)].split(AND)
            found.update(zip(self.words[int(i)].split(AND), names, strict=True))
        return tuple(sorted(found.items(), key=lambda pair: (fold(pair[1]), pair[0])))

    def cells(self, places: Iterable[int]) -> list[Any]:
        """The values at some places as plain values: str, int, float, bool, date or None."""
        read = self._reader()
        return [read(self.numbers[i]) if self.known[i] else None for i in places]

    def _reader(self) -> Callable[[Any], Any]:
        match self.kind:
            case Kind.YES_NO:
                return lambda place: self.words[place] == YES
            case Kind.STATUS:
                return lambda place: self.words[place]
            case Kind.DAY:
                return lambda number: day_from_number(int(number))
            case Kind.RATE:
                return float
            case kind if kind in WORDS:
                return lambda place: self.labels[place].replace(AND, ", ")
            case _:
                return int


def _number(value: Any) -> Any:
    if value is None:
        return 0
    return day_number(value) if isinstance(value, date) else value


def _word(value: Any) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    return str(value)


def _label(word: str, named: Mapping[str, str]) -> str:
    return AND.join(named.get(part, part) for part in word.split(AND))
