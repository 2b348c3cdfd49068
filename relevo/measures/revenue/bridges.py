"""The parts of the bridge from the book alone, added up before anything is laid out per customer and month."""

import ibis
import ibis.expr.types as ir

from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Frame
from relevo.measures.revenue.levels import laid_out, together
from relevo.measures.revenue.overlaps import apart, at_ends, counted, moves_by_kind, within
from relevo.measures.revenue.periods import in_periods
from relevo.measures.slices import cut, group, sliced


def restated_parts(tables: Tables, frame: Frame) -> ir.Table:
    """Base run-rate per period (and slice) and part: opening, the five kinds of movements, closing.

    All parts of a customer are cut by its value when the period opened.
    """
    alone, several = apart(tables)
    keys = group(frame, "month", "part")
    moved = moves_by_kind(in_periods(tables.movement, frame), tables, frame, frame.grain.months)
    parts = [*_balances(alone, tables, frame), _of_others(several, tables, frame), moved.drop("customers")]
    return together(parts, keys)


def _balances(levels: ir.Table, tables: Tables, frame: Frame) -> list[ir.Table]:
    """Opening and closing of levels each of which alone says what its customer pays.

    A level is cut once for both: by the months that it closes or, a period later, opens.
    """
    length, keys = frame.grain.months, group(frame, "part")
    spans = levels.mutate(held_from=levels.from_month, held_to=levels.to_month, to_month=levels.to_month + length)
    found = cut(within(spans, frame.ends), tables, frame, length)
    few = counted(found, group(frame, "held_from", "held_to"), ["arr_e6"], [])
    opening = few.mutate(part=ibis.literal("opening"), from_month=ibis.greatest(few.held_from + length, few.from_month))
    closing = few.mutate(part=ibis.literal("closing"), to_month=ibis.least(few.held_to, few.to_month))
    sides = ((opening, length), (closing, 0))
    return [
        at_ends(side.rename(base_e6="arr_e6"), tables, frame.ends, keys, ["base_e6"], [], lag) for side, lag in sides
    ]


def _of_others(levels: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """Opening and closing where one level alone does not say what a customer pays."""
    length = frame.grain.months
    before = laid_out(tables, levels, [end - length for end in frame.ends])
    opening = before.mutate(month=before.month + length, part=ibis.literal("opening"))
    closing = laid_out(tables, levels, frame.ends).mutate(part=ibis.literal("closing"))
    both = ibis.union(opening, closing)
    rows = sliced(both.mutate(key_month=both.month - length), tables, frame)
    return rows.group_by(group(frame, "month", "part")).aggregate(base_e16=rows.base_e16.sum().cast(EXACT))
