"""The cells in which two answers to one question differ; comparisons of books, policies and releases share them."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from numbers import Number
from typing import Any

from relevo.measures.card import Unit
from relevo.measures.catalog import find

Row = Mapping[str, Any]
_KEYS = (Unit.MONTH, Unit.TEXT, Unit.DATE, Unit.MONTHS, Unit.BOOLEAN)


@dataclass(frozen=True)
class Change:
    """One cell that differs: what identifies its row, its column, and its value on both sides; None where absent."""

    row: Mapping[str, Any]
    column: str
    before: Any
    after: Any

    def as_dict(self) -> dict[str, Any]:
        """The change as it is printed."""
        told = {"column": self.column, "before": self.before, "after": self.after}
        return {**self.row, **told, "difference": _gap(self.before, self.after)}


def key_columns(name: str) -> tuple[str, ...]:
    """The columns of a measure that tell its rows apart."""
    return tuple(column.name for column in find(name).card.columns if column.unit in _KEYS)


def cells_between(before: Sequence[Row], after: Sequence[Row], keys: Collection[str]) -> Iterator[Change]:
    """The cells that differ between two answers, row by row; `keys` are the columns that tell rows apart."""
    one, two = _by_key(before, keys), _by_key(after, keys)
    for key in dict.fromkeys([*one, *two]):
        old, new = one.get(key, {}), two.get(key, {})
        named = {k: v for k, v in (old or new).items() if k in keys}
        for column in dict.fromkeys([*old, *new]):
            if column not in keys and column != "currency" and old.get(column) != new.get(column):
                yield Change(named, column, old.get(column), new.get(column))


def _by_key(rows: Sequence[Row], keys: Collection[str]) -> dict[tuple[Any, ...], Row]:
    """Rows by what identifies them; rows alike are told apart by their place."""
    found: dict[tuple[Any, ...], Row] = {}
    seen: Counter[tuple[Any, ...]] = Counter()
    for row in rows:
        key = tuple(row[k] for k in sorted(keys) if k in row)
        found[(*key, seen[key])] = row
        seen[key] += 1
    return found


def _gap(before: Any, after: Any) -> Any:
    """The difference of two numbers, without what floats add to its digits; None for anything else."""
    if not isinstance(before, Number) or not isinstance(after, Number):
        return None
    gap: Any = after - before  # type: ignore[operator]
    return round(gap, 9) if isinstance(gap, float) else gap
