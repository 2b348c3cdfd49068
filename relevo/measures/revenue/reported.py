"""As reported: closed months from what was kept when they were closed, open months from the book.

The first open month opens with the reported closing of the last closed one. Where the book sees that month's end
otherwise today, the difference is the open month's: `identity_adj` is what subscriptions took along that have become
another customer's, `prior_period_adj` all the rest. So opening and closing always meet. Closed months are cut by the
traits that customers had when they were closed (`frozen`, see measures.slices), open ones by the book's.
A frame without `closed_through` is restated: the book alone.
"""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from relevo.book.schema import EXACT, TRAITS, Tables
from relevo.measures.card import Frame
from relevo.measures.revenue.levels import levels_at
from relevo.measures.revenue.periods import in_periods

KINDS = ("new", "reactivation", "expansion", "contraction", "churn")
PRIOR, IDENTITY = "prior_period_adj", "identity_adj"
ADJUSTMENTS = (PRIOR, IDENTITY)
_PART = ("customer_id", "month", "part", "base_e16")


def stock_at(tables: Tables, frame: Frame, months: Sequence[int]) -> ir.Table:
    """Customers paying at month ends as the frame's view has them: customer_id, month, base_e16.

    As reported, closed months also have `frozen`: the traits that a customer had at the month's end.
    """
    through = frame.closed_through
    if through is None:
        return levels_at(tables, months)
    kept = tables.closed_part
    closed = kept.filter((kept.part == "closing") & kept.month.isin([m for m in months if m <= through]))
    later = levels_at(tables, [m for m in months if m > through])
    columns = ("customer_id", "month", "base_e16")
    return ibis.union(closed.select(*columns, frozen="traits_end"), later.select(*columns, frozen=ibis.null(TRAITS)))


def moves_in(tables: Tables, frame: Frame) -> ir.Table:
    """Movements of the asked periods: customer_id, month (the period's), day, kind, cause, base_e16 and more."""
    if frame.closed_through is None:
        return in_periods(tables.movement, frame)
    columns = ("customer_id", "month", "day", "kind", "cause", "base_e16")
    closed = _closed_rows(tables, frame).filter(lambda t: t.part.isin(KINDS)).mutate(kind=lambda t: t.part)
    later = in_periods(tables.movement.filter(tables.movement.month > frame.closed_through), frame)
    return ibis.union(closed.select(*columns, "frozen"), later.select(*columns, frozen=ibis.null(TRAITS)))


def _closed_rows(tables: Tables, frame: Frame) -> ir.Table:
    """What was kept of the closed months of the asked periods; `month` is the period's, `frozen` its traits.

    A period that is wholly closed is cut by the traits with which its first month was closed, as each of its rows was
    when it was reported; one that reaches into open months by the book's.
    """
    through, length = frame.closed_through, frame.grain.months
    kept = tables.closed_part
    rows = in_periods(kept.filter(kept.month <= through).mutate(at_month=kept.month), frame)
    begins, ends = rows.at_month == rows.month - length + 1, rows.at_month == rows.month
    rows = rows.filter(
        rows.part.isin((*KINDS, *ADJUSTMENTS)) | ((rows.part == "opening") & begins) | ((rows.part == "closing") & ends)
    )
    if length > 1:
        rows = _with_first_traits(rows)
    frozen = ibis.ifelse(rows.month <= through, rows.traits, ibis.null(TRAITS))
    return rows.select("customer_id", "month", "part", "day", "cause", "base_e16", frozen=frozen)


def _with_first_traits(rows: ir.Table) -> ir.Table:
    """Rows with the traits that the customer had in its first closed month of the period."""
    first = rows.group_by("customer_id", "month").aggregate(at_month=rows.at_month.min())
    held = rows.select("customer_id", "at_month", first_traits="traits").distinct()
    traits = first.inner_join(held, ["customer_id", "at_month"]).select("customer_id", "month", "first_traits")
    joined = rows.inner_join(traits, ["customer_id", "month"])
    return joined.select(*(name for name in rows.columns if name != "traits"), traits="first_traits")


def _became_known(tables: Tables, through: int) -> list[ir.Table]:
    """What the book says of the last closed month's end now, less what was reported, split by its reason."""
    restated, reported = levels_at(tables, [through]), _closed_stock(tables, through)
    moved = tables.closed_move.mutate(month=ibis.literal(through, "int64"))
    return [
        _adjusting(restated, PRIOR, 1),
        _adjusting(reported, PRIOR, -1),
        _adjusting(moved, PRIOR, -1),
        _adjusting(moved, IDENTITY, 1),
    ]


def _closed_stock(tables: Tables, month: int) -> ir.Table:
    kept = tables.closed_part
    return kept.filter((kept.part == "closing") & (kept.month == month)).select("customer_id", "month", "base_e16")


def _adjusting(rows: ir.Table, part: str, sign: int) -> ir.Table:
    amount = rows.base_e16 if sign > 0 else -rows.base_e16
    return rows.select("customer_id", month=rows.month + 1, part=ibis.literal(part), base_e16=amount.cast(EXACT))


def parts_in(tables: Tables, frame: Frame) -> ir.Table:
    """The parts of the bridge per customer and period: customer_id, month, part, base_e16; a part may have many rows.

    Parts are opening, the five kinds, closing and, as reported, the adjustments; movements that lose are negative.
    """
    length, through = frame.grain.months, frame.closed_through
    if through is not None:
        return _reported_parts(tables, frame, through)
    return ibis.union(
        _opening(levels_at(tables, [m - length for m in frame.ends]), length),
        _closing(levels_at(tables, frame.ends)),
        in_periods(tables.movement, frame).select("customer_id", month="month", part="kind", base_e16="base_e16"),
    )


def _reported_parts(tables: Tables, frame: Frame, through: int) -> ir.Table:
    length, first = frame.grain.months, frame.ends[0] - frame.grain.months + 1
    moves = in_periods(tables.movement.filter(tables.movement.month > through), frame)
    later = [
        _opening(levels_at(tables, [m - length for m in frame.ends if m - length > through]), length),
        _closing(levels_at(tables, [m for m in frame.ends if m > through])),
        moves.select("customer_id", month="month", part="kind", base_e16="base_e16"),
    ]
    if through + length in frame.ends:
        later.append(_opening(_closed_stock(tables, through), length))
    if first <= through + 1 <= frame.ends[-1]:
        later.append(in_periods(ibis.union(*_became_known(tables, through)), frame))
    book = ibis.union(*later)
    closed = _closed_rows(tables, frame).select(*_PART, "frozen")
    return ibis.union(closed, book.select(*_PART, frozen=ibis.null(TRAITS)))


def _opening(levels: ir.Table, length: int) -> ir.Table:
    return levels.select("customer_id", month=levels.month + length, part=ibis.literal("opening"), base_e16="base_e16")


def _closing(levels: ir.Table) -> ir.Table:
    return levels.select("customer_id", month="month", part=ibis.literal("closing"), base_e16="base_e16")


def cut_by(tables: Tables, frame: Frame) -> Tables:
    """The tables by whose traits open months are cut: as reported, with the traits of customers that are gone."""
    if frame.closed_through is None:
        return tables
    return tables.replacing(customer_trait=ibis.union(tables.customer_trait, tables.closed_trait))


def evidence(tables: Tables, frame: Frame) -> ir.Table:
    """One month's bridge as it is kept when the month is closed: customer_id, part, day, cause, base_e16.

    `fx` is what neither balances nor movements nor adjustments explain, per customer; parts of 0 are left out.
    """
    moves = moves_in(tables, frame).select("customer_id", "day", "cause", "base_e16", part="kind")
    parts = parts_in(tables, frame)
    others = parts.filter(parts.part.notin(KINDS)).select(
        "customer_id", "part", "base_e16", day=ibis.null("int64"), cause=ibis.null("string")
    )
    signed = parts.mutate(left=ibis.ifelse(parts.part == "closing", parts.base_e16, -parts.base_e16))
    rest = signed.group_by("customer_id").aggregate(base_e16=signed.left.sum().cast(EXACT))
    fx = rest.select(
        "customer_id", "base_e16", part=ibis.literal("fx"), day=ibis.null("int64"), cause=ibis.null("string")
    )
    by = ("customer_id", "part", "day", "cause")
    every = ibis.union(*(t.select(*by, base_e16=t.base_e16.cast(EXACT)) for t in (moves, others, fx)))
    summed = every.group_by(*by).aggregate(base_e16=every.base_e16.sum().cast(EXACT))
    return summed.filter(summed.base_e16 != 0)


def evidence_by_month(tables: Tables, frame: Frame, months: Sequence[int]) -> ir.Table:
    """The parts of the bridge per customer and month, one row each: customer_id, month, part, base_e16."""
    parts = parts_in(tables, frame)
    asked = parts.filter(parts.month.isin(list(months)))
    summed = asked.group_by("customer_id", "month", "part").aggregate(base_e16=asked.base_e16.sum().cast(EXACT))
    return summed.filter(summed.base_e16 != 0)
