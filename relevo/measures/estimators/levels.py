"""Words as columns of numbers: what is compared with, and values so rare that they are pooled."""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from relevo.measures.estimators.lives import Array

# A value of which fewer than so many would have left at everybody's pace is pooled. Not those that did leave: to pool
# by what happened would make the pool look loyal.
FEWEST_EXPECTED = 5


@dataclass(frozen=True, eq=False)
class Columns:
    """Zeros and ones, a column for every value but the one compared with; `names` are (what, value)."""

    numbers: Array
    names: tuple[tuple[str, Hashable], ...]

    def place(self, what: str, value: Hashable) -> int | None:
        """The column of a value; None where it is the one compared with, is pooled or does not occur."""
        return self.names.index((what, value)) if (what, value) in self.names else None

    def beside(self, other: "Columns") -> "Columns":
        """Both side by side."""
        return Columns(np.hstack([self.numbers, other.numbers]), self.names + other.names)


def told(what: str, values: Sequence[Hashable], reference: Hashable) -> Columns:
    """A column for every value but `reference`, none pooled: what the question is about."""
    wanted = sorted({v for v in values if v != reference}, key=str)
    columns = [np.array([v == each for v in values], dtype=float) for each in wanted]
    numbers = np.column_stack(columns) if columns else np.zeros((len(values), 0))
    return Columns(numbers, tuple((what, each) for each in wanted))


def held_equal(factors: Mapping[str, Sequence[Hashable]], n: Array, events: Array) -> Columns:
    """Columns of what shall be equal: the commonest value of each is the one compared with, rare ones are pooled."""
    pace = float(events.sum() / n.sum()) if n.sum() else 0.0
    found = Columns(np.zeros((len(n), 0)), ())
    for what, values in factors.items():
        found = found.beside(_factor(what, values, n, pace))
    return found


def _factor(what: str, values: Sequence[Hashable], n: Array, pace: float) -> Columns:
    months: dict[Hashable, float] = defaultdict(float)
    for value, count in zip(values, n, strict=True):
        months[value] += float(count)
    ranked = sorted(months, key=lambda v: (-months[v], str(v)))
    rare = {v for v in ranked[1:] if months[v] * pace < FEWEST_EXPECTED}
    # One pool of all rare values; where even the pool is too small it goes to the value compared with.
    pool = None if sum(months[v] for v in rare) * pace < FEWEST_EXPECTED else _POOL
    named = {v: pool if v in rare else v for v in ranked}
    reference = ranked[0] if ranked else None
    return told(what, [reference if named[v] is None else named[v] for v in values], reference)


_POOL = "(other)"
