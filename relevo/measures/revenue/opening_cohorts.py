"""The customers paying when a window opened: what they paid then, what they pay at its end, and who is gone."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Frame
from relevo.measures.revenue.levels import laid_out_windows, together
from relevo.measures.revenue.overlaps import SPAN, apart, at_ends, counted, followed, going_on, moved, overlaps, within
from relevo.measures.slices import cut, group, sliced

_AMOUNTS = ("opening_e6", "closing_e6", "gross_e6")
_COUNTS = ("customers", "lost")


def cohort_sums(tables: Tables, frame: Frame) -> ir.Table:
    """Per window end (and slice): opening, closing and capped closing of the opening cohort, its size, the lost.

    Where each level alone says what a customer pays, pairs of levels say what it did: both ends of a window are valued
    at the same rate, so the smaller of two levels is the smaller one at any rate.
    """
    return window_sums(tables, frame, None)


def window_sums(tables: Tables, frame: Frame, known: ir.Table | None) -> ir.Table:
    """The same, also by every column of `known`, which has one row per customer."""
    alone, several = apart(tables)
    keys = group(frame, *(name for name in (known.columns if known is not None else ()) if name != "customer_id"))
    opening = _of(known, cut(opening_levels(alone, frame), tables, frame))
    held = window_spans(opening, _closing(alone, frame), frame.window, keys)
    summed = at_ends(held, tables, frame.ends, keys, _AMOUNTS, _COUNTS, frame.window)
    pairs = _of(known, sliced(laid_out_windows(tables, several, frame), tables, frame))
    return together([summed, _laid_out_sums(pairs, ["month", *keys])], ["month", *keys])


def _of(known: ir.Table | None, rows: ir.Table) -> ir.Table:
    return rows if known is None else rows.inner_join(known, "customer_id")


def opening_levels(levels: ir.Table, frame: Frame) -> ir.Table:
    """Levels that hold when one of the asked windows opens."""
    opened = [end - frame.window for end in frame.ends]
    return within(levels.mutate(until_month=levels.to_month), opened)


def _closing(levels: ir.Table, frame: Frame) -> ir.Table:
    return within(levels, frame.ends)


def window_spans(opening: ir.Table, closing: ir.Table, window: int, keys: Sequence[str]) -> ir.Table:
    """Counted spans by the months in which windows end: what customers opened with, and what became of it.

    Everybody is lost but those that have a level at the window's end too.
    """
    each = opening.mutate(customers=ibis.literal(1, "int64"))
    few = counted(each, [*keys, "until_month"], ["arr_e6"], ["customers"])
    began = moved(few, window)
    sides = [_side(began, keys, opening_e6="arr_e6", customers="customers", lost="customers")]
    if window == 1:
        still = going_on(few)
        sides += [_side(still.mutate(lost=-still.customers), keys, closing_e6="arr_e6", gross_e6="arr_e6", lost="lost")]
    kept = followed(opening, closing) if window == 1 else overlaps(opening, closing, window)
    kept = kept.mutate(
        closing_e6=kept.later_e6, gross_e6=ibis.least(kept.arr_e6, kept.later_e6), lost=ibis.literal(-1, "int64")
    )
    there = counted(kept, keys, ["closing_e6", "gross_e6"], ["lost"])
    return ibis.union(*sides, _side(there, keys, closing_e6="closing_e6", gross_e6="gross_e6", lost="lost"))


def _side(spans: ir.Table, keys: Sequence[str], **sums: str) -> ir.Table:
    """Counted spans with every sum of a window, 0 where they say nothing of it."""
    amounts = {name: spans[sums[name]] if name in sums else ibis.literal(0) for name in _AMOUNTS}
    counts = {name: spans[sums[name]] if name in sums else ibis.literal(0) for name in _COUNTS}
    return spans.select(
        *keys, "currency", *SPAN, **{name: value.cast(EXACT) for name, value in amounts.items()},
        **{name: value.cast("int64") for name, value in counts.items()},
    )  # fmt: skip


def _laid_out_sums(pairs: ir.Table, keys: Sequence[str]) -> ir.Table:
    return pairs.group_by(keys).aggregate(
        opening_e16=pairs.opening_e16.sum().cast(EXACT),
        closing_e16=pairs.closing_e16.sum().cast(EXACT),
        gross_e16=ibis.least(pairs.opening_e16, pairs.closing_e16).sum().cast(EXACT),
        customers=pairs.count().cast("int64"),
        lost=(pairs.closing_e16 <= 0).sum().cast("int64"),
    )
