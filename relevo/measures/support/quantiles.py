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
# Far above the rounding of sums of logarithms, far below the step from one duration to the next.
_SLACK = 1e-9


def marks(rows: ir.Table, keys: Sequence[str], length: str) -> ir.Table:
    """Per group: the length at which the share is met or passed, and the next where it is met exactly; else null.

    `rows` have a column `answered`, 1 where the duration ended and 0 where it still runs. Lengths of null are left out.
    """
    known = rows.filter(rows[length].notnull()).select(*keys, "answered", length=length)
    ordered = known.mutate(size=known.count().over(ibis.window(group_by=keys)), place=_place(known, keys))
    left = (ordered["size"] - ordered.place).cast("float64")
    still = ibis.ifelse(ordered.answered == 0, ((left + 1) / left.nullif(0)).ln(), ibis.literal(0.0))
    weighed = ordered.mutate(left=left, weight=still)
    factor = weighed.weight.sum().over(_so_far(weighed, keys)).exp()
    curve = weighed.mutate(before=(weighed.left + 1) * factor, after=weighed.left * factor)
    ended = curve.filter(curve.answered == 1)
    found = {name: ended.length.min(where=_meets(ended, parts)) for name, parts in _MARKS.items()}
    nexts = {f"{name}_next": ended.length.max(where=_follows(ended, parts)) for name, parts in _MARKS.items()}
    return ended.group_by(list(keys)).aggregate(**found, **nexts)


def quantile(row: Record | None, name: str) -> int | None:
    """The quantile of a row of `marks` in whole seconds, half-up; null where too many still wait to know it."""
    if row is None or row[name] is None:
        return None
    following = row[name] if row[f"{name}_next"] is None else row[f"{name}_next"]
    return half_up(Fraction(int(row[name]) + int(following), 2))


def _order(rows: ir.Table) -> list[ir.Value]:
    return [rows.length, rows.answered.desc()]


def _place(rows: ir.Table, keys: Sequence[str]) -> ir.IntegerValue:
    return ibis.row_number().over(ibis.window(group_by=keys, order_by=_order(rows))) + 1


def _so_far(rows: ir.Table, keys: Sequence[str]) -> ibis.expr.builders.WindowBuilder:
    return ibis.window(group_by=keys, order_by=_order(rows), preceding=None, following=0)


def _meets(curve: ir.Table, parts: int) -> ir.BooleanValue:
    line = curve["size"] * (1 + _SLACK)
    return (curve.after * parts <= line) & (curve.before * parts > line)


def _follows(curve: ir.Table, parts: int) -> ir.BooleanValue:
    return (curve.before * parts - curve["size"]).abs() <= curve["size"] * _SLACK
