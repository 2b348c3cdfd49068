"""Quantiles of durations of which some still run, found by the engine: four marks per group, however many there are.

The product-limit estimate (Kaplan and Meier 1958) changes only where a duration ends. Ordered by length, with what
ended before what still runs at the same length, the share that lasts longer than the i-th of N is (N - i) / N times
the product of (N - j + 1) / (N - j) over those j before it that still run. Where nothing runs any more this is the
plain share, and the marks are those of the sample. Where the share is met exactly, a quantile is the mean of the
length that meets it and the next: of an even number the median is the mean of the two in the middle.
"""

from collections.abc import Mapping, Sequence
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.base.money import half_up
from relevo.measures.card import Record

# The share that lasts longer, as one in so many: half for the median, a tenth for the 90th percentile.
HALF, TENTH = 2, 10
_MARKS: Mapping[str, int] = {"half": HALF, "tenth": TENTH}
# One part in so many of the group: far above the rounding of sums of logarithms, far below the step to the next length.
_SLACK = 10**9


def marks(rows: ir.Table, keys: Sequence[str], length: str) -> ir.Table:
    """Per group: the length at which the share is met or passed, and the next where it is met exactly; else null.

    `rows` have a column `answered`, 1 where the duration ended and 0 where it still runs. Lengths of null are left out.
    """
    known = rows.filter(rows[length].notnull()).select(*keys, "answered", length=length)
    order = ibis.window(group_by=keys, order_by=_order(known))
    size = known.count().over(ibis.window(group_by=keys)).cast("int64")
    placed = known.mutate(size=size, left=size - ibis.row_number().over(order) - 1)
    factor = _factor(placed, keys)
    flags = {name: _meets(placed, factor, parts) for name, parts in _MARKS.items()}
    flags |= {f"{name}_next": _follows(placed, factor, parts) for name, parts in _MARKS.items()}
    flagged = placed.select(*keys, "answered", "length", **flags)
    ended = flagged.filter(flagged.answered == 1)
    return ended.group_by(list(keys)).aggregate(**{name: ended.length.min(where=ended[name]) for name in flags})


def quantile(row: Record | None, name: str) -> int | None:
    """The quantile of a row of `marks` in whole seconds, half-up; null where too many still wait to know it."""
    if row is None or row[name] is None:
        return None
    following = row[name] if row[f"{name}_next"] is None else row[f"{name}_next"]
    return half_up(Fraction(int(row[name]) + int(following), 2))


def _order(rows: ir.Table) -> list[ir.Value]:
    return [rows.length, rows.answered.desc()]


def _factor(rows: ir.Table, keys: Sequence[str]) -> ir.NumericValue:
    """The product over what still runs up to here: by what it left too early, the rest weighs more.

    It is nowhere a column, for Ibis cannot name one of floats to Spark.
    """
    after = ibis.greatest(rows.left, 1)
    before = ibis.ifelse(rows.answered == 0, rows.left + 1, after)
    ratio = before / after  # portable: the divisor is at least 1
    return ratio.ln().sum().over(ibis.window(group_by=keys, order_by=_order(rows), preceding=None, following=0)).exp()


def _meets(rows: ir.Table, factor: ir.NumericValue, parts: int) -> ir.BooleanValue:
    """Whether the share falls to the line here: it is above before, and not after."""
    return ~_is_above(rows, rows.left * factor, parts) & _is_above(rows, (rows.left + 1) * factor, parts)


def _follows(rows: ir.Table, factor: ir.NumericValue, parts: int) -> ir.BooleanValue:
    """Whether the share was exactly on the line until here."""
    return ((rows.left + 1) * factor * parts - rows["size"]).abs() * _SLACK <= rows["size"]


def _is_above(rows: ir.Table, lasting: ir.NumericValue, parts: int) -> ir.BooleanValue:
    return (lasting * parts - rows["size"]) * _SLACK > rows["size"]
