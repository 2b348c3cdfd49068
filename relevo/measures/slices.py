"""`by=` and `where=`: one value per customer, dimension and window.

A customer's value is the one it had when the window opened; a customer that came later has the value of its first
paying month. Whoever has none is shown as '(none)', so that the parts still make the whole.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import ibis
import ibis.expr.types as ir

from relevo.book.rollups.traits import DERIVED, FIXED
from relevo.book.schema import OPEN, Tables
from relevo.measures.card import Frame, Record

NONE = "(none)"
SLICE = "slice"
# Rows of closed months carry the traits they were closed with, as a map; a row without one has those of the book.
FROZEN = "frozen"


def sliced(rows: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """Rows with `customer_id` and `key_month`, kept by `where` and with a `slice` column where `by` is set."""
    if frame.by is None and not frame.where:
        return rows
    starts = tables.customer_start.select(starter="customer_id", began="first_month")
    known = rows.left_join(starts, rows.customer_id == starts.starter)
    # Columns are named and not dropped: dropping several has no fixed order in the SQL.
    moments = known.mutate(moment=ibis.greatest(known.key_month, known.began.fill_null(known.key_month)))
    return sliced_at(moments.select(*rows.columns, "moment"), tables, frame).drop("moment")


def sliced_by_own(rows: ir.Table, tables: Tables, frame: Frame, own: Sequence[str]) -> ir.Table:
    """The same where the rows hold some dimensions themselves, as the columns `own`; the others are of customers."""
    for name in [key for key in dict(frame.where) if key in own]:
        rows = rows.filter(rows[name].fill_null(NONE).isin([value for key, value in frame.where if key == name]))
    others = tuple(each for each in frame.where if each[0] not in own)
    if frame.by not in own:
        return sliced(rows, tables, replace(frame, where=others))
    kept = sliced(rows, tables, replace(frame, by=None, where=others))
    return kept.mutate(**{SLICE: kept[frame.by].fill_null(NONE)})


def sliced_at(moments: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """The same of rows that name the month whose value counts: `moment`, not before the first paying month."""
    for name in dict(frame.where):
        wanted = [value for key, value in frame.where if key == name]
        valued = _valued(moments, tables, name)
        moments = valued.filter(valued[SLICE].isin(wanted)).drop(SLICE)
    return _valued(moments, tables, frame.by) if frame.by else moments


def cut(spans: ir.Table, tables: Tables, frame: Frame, lag: int = 0) -> ir.Table:
    """Spans of months of paying customers, kept by `where` and cut where the value of `by` changes: see `values`.

    For each month of a span it says the same as `sliced` with a `key_month` of `lag` months before.
    """
    for name in dict(frame.where):
        wanted = [value for key, value in frame.where if key == name]
        held = values(tables, name, lag)
        spans = _while(spans, held.filter(held[SLICE].isin(wanted))).drop(SLICE)
    return _while(spans, values(tables, frame.by, lag)) if frame.by else spans


def _while(spans: ir.Table, held: ir.Table) -> ir.Table:
    """The parts of spans in which a value holds, with it as `slice`."""
    held = held.rename(holder="customer_id", value_from="from_month", value_to="to_month")
    both = spans.inner_join(
        held,
        (spans.customer_id == held.holder) & (spans.from_month < held.value_to) & (held.value_from < spans.to_month),
    )
    clipped = both.mutate(
        from_month=ibis.greatest(both.from_month, both.value_from), to_month=ibis.least(both.to_month, both.value_to)
    )
    return clipped.select(*spans.columns, SLICE)


def values(tables: Tables, name: str, lag: int = 0) -> ir.Table:
    """What `sliced` says of each customer that ever paid, as intervals of months: customer_id, slice, and both ends.

    The value of a month is the one of `lag` months before, and at the earliest that of the first paying month. From
    there on the intervals leave no gap.
    """
    starts = tables.customer_start.select("customer_id", "first_month")
    traits = tables.customer_trait.filter(lambda t: t.name == name).select(
        holder="customer_id", value="value", since="from_month", until="to_month"
    )
    known = starts.left_join(traits, starts.customer_id == traits.holder)
    rows = known.select(
        "customer_id", "first_month", slice=known.value.fill_null(NONE), since=known.since.fill_null(0),
        until=known.until.fill_null(OPEN),
    )  # fmt: skip
    later = rows.since > rows.first_month
    held = rows.filter(rows.until > rows.first_month).select(
        "customer_id", SLICE, from_month=ibis.ifelse(later, rows.since + lag, 0), to_month=rows.until + lag
    )
    return ibis.union(held, _not_yet(rows, lag))


def _not_yet(rows: ir.Table, lag: int) -> ir.Table:
    """Nothing, until the first value, of customers that had none when they began to pay."""
    late = rows.filter(rows.since > rows.first_month)
    first = late.group_by("customer_id").aggregate(since=late.since.min())
    begun = rows.filter((rows.since <= rows.first_month) & (rows.until > rows.first_month))
    return first.anti_join(begun, "customer_id").select(
        "customer_id", slice=ibis.literal(NONE), from_month=ibis.literal(0, "int64"), to_month=first.since + lag
    )


def group(frame: Frame, *columns: str) -> list[str]:
    """Grouping columns, with the slice where one is asked."""
    return [*columns, SLICE] if frame.by else [*columns]


def by_slice(found: Sequence[Record], frame: Frame) -> dict[str | None, list[Record]]:
    """Rows by their slice, in order; where nothing is cut all of them, or none, under None."""
    known: dict[str | None, list[Record]] = {} if frame.by else {None: []}
    for row in sorted(found, key=lambda r: str(r.get(SLICE))):
        known.setdefault(row.get(SLICE), []).append(row)
    return known


def labelled(cells: Mapping[str | None, Record], frame: Frame) -> list[Record]:
    """One row per slice, with the slice as the first column where one was asked."""
    return [{**({frame.by: of} if frame.by else {}), **cell} for of, cell in cells.items()]


def _valued(rows: ir.Table, tables: Tables, name: str) -> ir.Table:
    traits = tables.customer_trait
    chosen = traits.filter(traits.name == name).select(
        trait_customer="customer_id", trait_value="value", trait_from="from_month", trait_to="to_month"
    )
    joined = rows.left_join(
        chosen,
        (rows.customer_id == chosen.trait_customer)
        & (rows.moment >= chosen.trait_from)
        & (rows.moment < chosen.trait_to),
    )
    value = joined.trait_value.fill_null(NONE)
    if FROZEN in rows.columns and name in (*FIXED, *DERIVED):
        value = ibis.coalesce(joined[FROZEN].get(name, NONE), value)
    return joined.mutate(**{SLICE: value}).select(*rows.columns, SLICE)
