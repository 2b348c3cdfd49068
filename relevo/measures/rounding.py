"""From exact sums to cells: rounded once, and parts that still make their whole."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

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

    Every column sums to the rounding of its exact sum, the column sums add up to 0 as the rows do, and no cell moves
    by more than it must. The first and last columns (opening and closing) are rounded first.
    """
    totals = _balanced_total({c: sum((row[c] for row in table), Fraction(0)) for c in signs}, signs)
    columns = {c: apportion([row[c] for row in table], totals[c]) for c in signs}
    cells = [{c: columns[c][i] for c in signs} for i in range(len(table))]
    _move_cents(cells, table, signs)
    return cells


def _balanced_total(exact: Mapping[str, Fraction], signs: Mapping[str, int]) -> dict[str, int]:
    """Rounded totals that add up: opening and closing half-up, the rest by largest remainder."""
    first, *between, last = signs
    fixed = {c: half_up(exact[c]) for c in (first, last)}
    needed = -sum(signs[c] * v for c, v in fixed.items())
    signed = apportion([signs[c] * exact[c] for c in between], needed)
    return {
        first: fixed[first],
        **{c: signs[c] * v for c, v in zip(between, signed, strict=True)},
        last: fixed[last],
    }


def _move_cents(
    cells: Sequence[dict[str, int]], exact: Sequence[Mapping[str, Fraction]], signs: Mapping[str, int]
) -> None:
    """Move single cents within columns from rows that have one too many to rows that lack one."""
    errors = [sum(signs[c] * row[c] for c in signs) for row in cells]
    while any(errors):
        high = max(range(len(errors)), key=lambda i: errors[i])
        low = min(range(len(errors)), key=lambda i: errors[i])
        column = min(signs, key=lambda c: _cost(cells, exact, c, signs[c], high, low))
        cells[high][column] -= signs[column]
        cells[low][column] += signs[column]
        errors[high] -= 1
        errors[low] += 1


def _cost(
    cells: Sequence[Mapping[str, int]], exact: Sequence[Mapping[str, Fraction]], column: str, sign: int,
    high: int, low: int,
) -> tuple[int, Fraction]:  # fmt: skip
    """How far two cells end from their exact values when a cent moves; exact whole cells are moved last."""
    after = ((high, cells[high][column] - sign), (low, cells[low][column] + sign))
    spoilt = sum(exact[i][column].denominator == 1 for i, _ in after)
    return spoilt, sum((abs(value - exact[i][column]) for i, value in after), Fraction(0))


def by_key(records: Iterable[Record], *columns: str) -> dict[tuple[object, ...], Record]:
    """Records by the values of some columns."""
    return {tuple(r[c] for c in columns): r for r in records}


def slices_of(records: Iterable[Record], *, sliced: bool) -> list[str | None]:
    """The slices that occur, in order; a single None where nothing is sliced."""
    return sorted({r[SLICE] for r in records}) if sliced else [None]
