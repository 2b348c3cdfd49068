"""From exact sums to cells: rounded once, and parts that still make their whole."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from relevo.base.money import apportion, arr_from_base, half_up, mrr_from_base
from relevo.measures.card import Record
from relevo.measures.slices import SLICE

RATE_DIGITS = 6


def mrr(value: Decimal | int | None) -> Fraction:
    """Exact MRR in minor units from a sum of base run-rates; no rows are 0."""
    return mrr_from_base(int(value or 0))


def arr(value: Decimal | int | None) -> Fraction:
    """Exact ARR in minor units from a sum of base run-rates; no rows are 0."""
    return arr_from_base(int(value or 0))


def rate(part: Fraction | int, whole: Fraction | int) -> float | None:
    """A share with six digits, rounded half-up; undefined over nothing."""
    if not whole:
        return None
    return float(half_up(Fraction(part) / Fraction(whole) * 10**RATE_DIGITS) / 10**RATE_DIGITS)


def rounded_parts(cells: Sequence[Fraction]) -> list[int]:
    """Cells that sum to the half-up rounding of their exact sum."""
    return apportion(cells, half_up(sum(cells, Fraction(0))))


def settle(rows: Sequence[Record], exact: Sequence[Mapping[str, Fraction]], whole: Sequence[str]) -> None:
    """Write cents into `rows` from `exact` cells; rows alike in the `whole` columns are parts of one whole."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for place, row in enumerate(rows):
        groups.setdefault(tuple(row[c] for c in whole), []).append(place)
    for members in groups.values():
        for column in exact[members[0]]:
            cells = rounded_parts([exact[i][column] for i in members])
            for place, cents in zip(members, cells, strict=True):
                rows[place][column] = cents


def balanced(table: Sequence[Mapping[str, Fraction]], signs: Mapping[str, int]) -> list[dict[str, int]]:
    """Integers for a table whose rows each add up to 0 under `signs`, so that rows and columns still add up.

    The first and last columns (opening and closing) sum to the half-up rounding of their exact sums. Every other
    cell and column sum is the whole number below or above its exact value, so what is whole, 0 too, stays as it is.
    """
    exact = [{c: signs[c] * row[c] for c in signs} for row in table]
    settled = _Bridges(exact, tuple(signs))
    settled.settle()
    return [{c: signs[c] * row[c] for c in signs} for row in settled.cells]


class _Bridges:
    """Signed cells whose rows shall add up to 0: single cents flow from rows with too much to rows with too little.

    A cent leaves a row through a column and enters another row there; through the pool it may change columns. Every
    step keeps cells and column sums between the floor and the ceiling of their exact values, and by the integrality
    of flows such steps always lead to a settled table.
    """

    def __init__(self, exact: Sequence[Mapping[str, Fraction]], columns: tuple[str, ...]) -> None:
        sums = {c: sum((row[c] for row in exact), Fraction(0)) for c in columns}
        self._low = [{c: floor(row[c]) for c in columns} for row in exact]
        self._high = [{c: ceil(row[c]) for c in columns} for row in exact]
        self._columns = columns
        self._free = {c: (floor(sums[c]), ceil(sums[c])) for c in columns[1:-1]}
        self._totals = _balanced_total(sums, columns)
        spread = {c: apportion([row[c] for row in exact], self._totals[c]) for c in columns}
        self.cells = [{c: spread[c][i] for c in columns} for i in range(len(exact))]

    def settle(self) -> None:
        """Move cents until every row adds up."""
        errors = [sum(row.values()) for row in self.cells]
        for row, error in enumerate(errors):
            for _ in range(error):
                lacking = {i for i, e in enumerate(errors) if e < 0}
                path = self._path(row, lacking)
                self._move(path)
                errors[row] -= 1
                errors[int(path[-1])] += 1

    def _path(self, start: int, lacking: set[int]) -> list[int | str]:
        """The shortest way for a cent from a row to one that lacks it, by rows (numbers), columns and the pool."""
        came: dict[int | str, int | str | None] = {start: None}
        waiting: deque[int | str] = deque([start])
        while waiting[0] not in lacking:
            here = waiting.popleft()
            for step in self._steps(here):
                if step not in came:
                    came[step] = here
                    waiting.append(step)
        path: list[int | str] = [waiting[0]]
        while (before := came[path[0]]) is not None:
            path.insert(0, before)
        return path

    def _steps(self, here: int | str) -> Iterator[int | str]:
        """Where a cent can go next."""
        if isinstance(here, int):
            yield from (c for c in self._columns if self.cells[here][c] > self._low[here][c])
        elif here == _POOL:
            yield from (c for c, (_, most) in self._free.items() if self._totals[c] < most)
        else:
            yield from (i for i, row in enumerate(self.cells) if row[here] < self._high[i][here])
            if here in self._free and self._totals[here] > self._free[here][0]:
                yield _POOL

    def _move(self, path: Sequence[int | str]) -> None:
        """Carry one cent along a path."""
        for here, there in pairwise(path):
            if isinstance(here, int):
                self.cells[here][str(there)] -= 1
            elif isinstance(there, int):
                self.cells[there][here] += 1
            elif there == _POOL:
                self._totals[here] -= 1
            else:
                self._totals[there] += 1


_POOL = ""


def _balanced_total(exact: Mapping[str, Fraction], columns: Sequence[str]) -> dict[str, int]:
    """Rounded signed totals that add up to 0: opening and closing half-up, the rest by largest remainder."""
    first, *between, last = columns
    fixed = {c: half_up(exact[c]) for c in (first, last)}
    rest = apportion([exact[c] for c in between], -sum(fixed.values()))
    return {first: fixed[first], **dict(zip(between, rest, strict=True)), last: fixed[last]}


def slices_of(records: Iterable[Record], *, sliced: bool) -> list[str | None]:
    """The slices that occur, in order; a single None where nothing is sliced."""
    return sorted({r[SLICE] for r in records}) if sliced else [None]
