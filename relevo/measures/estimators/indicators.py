"""Columns that are 0 or 1, without laying them out: sums and products of a design in which a row has few ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.voted import Codes


@dataclass(frozen=True, eq=False)
class Indicators:
    """A design of groups of columns: in each group a row has a one in the column of its code and zeros elsewhere."""

    codes: tuple[Codes, ...]
    sizes: tuple[int, ...]

    @classmethod
    def of(cls, codes: Sequence[Codes], sizes: Sequence[int] | None = None) -> "Indicators":
        """The design of these codes; `sizes` where some codes do not occur."""
        found = [int(code.max(initial=0)) + 1 for code in codes] if sizes is None else sizes
        return cls(tuple(codes), tuple(found))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The first column of each group."""
        return tuple(int(at) for at in np.cumsum((0, *self.sizes)))

    @property
    def columns(self) -> int:
        """How many columns there are in all."""
        return sum(self.sizes)

    def times(self, slopes: Array) -> Array:
        """Per row the sum of its columns' slopes."""
        total = np.zeros(len(self.codes[0]))
        for start, code in zip(self.starts, self.codes, strict=False):
            total += slopes[start + code]
        return total

    def summed(self, values: Array) -> Array:
        """Per column the sum of the values of its rows."""
        parts = [np.bincount(c, weights=values, minlength=s) for c, s in zip(self.codes, self.sizes, strict=True)]
        return np.concatenate(parts)

    def gram(self, weights: Array) -> Array:
        """Column by column the weight of the rows that have a one in both."""
        made = np.zeros((self.columns, self.columns))
        for i, (a, rows) in enumerate(zip(self.codes, self.sizes, strict=True)):
            for j, (b, wide) in enumerate(zip(self.codes[: i + 1], self.sizes, strict=False)):
                block = np.bincount(a * wide + b, weights=weights, minlength=rows * wide).reshape(rows, wide)
                here, there = self._place(i), self._place(j)
                made[here, there], made[there, here] = block, block.T
        return made

    def _place(self, group: int) -> slice:
        return slice(self.starts[group], self.starts[group + 1])
