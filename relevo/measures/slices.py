"""`by=` and `where=`: one value per customer, dimension and window.

A customer's value is the one it had when the window opened; a customer that came later has the value of its first
paying month. Whoever has none is shown as '(none)', so that the parts still make the whole.
"""

import ibis
import ibis.expr.types as ir

from relevo.book.rollups.traits import DERIVED, FIXED
from relevo.book.schema import Tables
from relevo.measures.card import Frame

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
    moments = moments.select(*rows.columns, "moment")
    for name in dict(frame.where):
        wanted = [value for key, value in frame.where if key == name]
        valued = _valued(moments, tables, name)
        moments = valued.filter(valued[SLICE].isin(wanted)).drop(SLICE)
    found = _valued(moments, tables, frame.by) if frame.by else moments
    return found.drop("moment")


def group(frame: Frame, *columns: str) -> list[str]:
    """Grouping columns, with the slice where one is asked."""
    return [*columns, SLICE] if frame.by else [*columns]


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
