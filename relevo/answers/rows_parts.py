"""Expressions for the rows behind figures: one row per customer or movement with its exact run-rate.

They stand on the same levels, windows and slices as the measures, so that the two cannot drift apart.
"""

from collections.abc import Mapping
from typing import Any

import ibis
import ibis.expr.types as ir

from relevo.base.periods import day_from_number, last_day
from relevo.book.book import Tables
from relevo.book.schema import EXACT
from relevo.measures.card import Frame
from relevo.measures.revenue.levels import levels_at, windows
from relevo.measures.revenue.reported import cut_by, moves_in, stock_at
from relevo.measures.revenue.upgrades import CHOSEN
from relevo.measures.slices import SLICE, sliced

KINDS = ("new", "reactivation", "expansion", "contraction", "churn")
LOSSES = ("contraction", "churn")
OTHER = ("fx", "prior_period_adj", "identity_adj")


def named(rows: ir.Table, tables: Tables) -> ir.Table:
    """The rows with the name of their customer, which is its id where it has none."""
    customers = tables.customer.select("customer_id", "name")
    joined = rows.left_join(customers, "customer_id").drop("customer_id_right")
    return joined.mutate(name=ibis.coalesce(joined.name, joined.customer_id))


def _of_slice(rows: ir.Table, tables: Tables, frame: Frame, value: str | None) -> ir.Table:
    found = sliced(rows, tables, frame)
    return found.filter(found[SLICE] == value) if frame.by else found


def stock(tables: Tables, frame: Frame, value: str | None) -> ir.Table:
    """Customers paying at the frame's month end: customer_id, name, base_e16."""
    levels = stock_at(tables, frame, frame.ends).mutate(key_month=ibis._.month)
    return named(_of_slice(levels, cut_by(tables, frame), frame, value), tables)


def window(tables: Tables, frame: Frame, value: str | None) -> ir.Table:
    """Customers paying when the window opened: customer_id, name, opening_e16, closing_e16."""
    return named(_of_slice(windows(tables, frame), tables, frame, value), tables)


def movements(tables: Tables, frame: Frame, value: str | None) -> ir.Table:
    """Movements of the frame's month: customer_id, name, day, kind, cause, base_e16."""
    asked = moves_in(tables, frame)
    rows = _of_slice(asked.mutate(key_month=asked.month - 1), cut_by(tables, frame), frame, value)
    return named(rows, tables).order_by("day", "customer_id")


def movement_row(record: Mapping[str, Any], cents: int) -> dict[str, Any]:
    """One movement as a row."""
    return {
        "customer_id": record["customer_id"],
        "name": record["name"],
        "at": day_from_number(record["day"]),
        "kind": record["kind"],
        "cause": record["cause"],
        "base_cents": cents,
    }


def other_row(name: str, month: int, cents: int) -> dict[str, Any]:
    """What no customer did: exchange rates, late corrections, changes of identity."""
    return {"customer_id": None, "name": None, "at": last_day(month), "kind": name, "cause": None, "base_cents": cents}


def wanted_kinds(measure: str, kind: str | None) -> frozenset[str] | None:
    """The kinds of movement behind a figure; None means all of them and the other causes of change."""
    if kind == "gained":
        return frozenset(KINDS) - frozenset(LOSSES)
    if kind == "lost":
        return frozenset(LOSSES)
    if kind == "net":
        return frozenset(KINDS)
    if kind == "other":
        return frozenset(OTHER)
    if kind:
        return frozenset({kind})
    return frozenset(KINDS) if measure == "quick_ratio" else None


def upgrades(tables: Tables, frame: Frame, value: str | None) -> ir.Table:
    """Customers of the opening cohort whose chosen changes rose on balance: customer_id, name, net_e16."""
    cohort = _of_slice(windows(tables, frame), tables, frame, value).select("customer_id", "month")
    moves = tables.movement.filter(lambda t: t.kind.isin(["expansion", "contraction"]) & t.cause.isin(CHOSEN))
    inside = cohort.inner_join(moves.select("customer_id", "base_e16", moved="month"), "customer_id")
    inside = inside.filter((inside.moved > inside.month - frame.window) & (inside.moved <= inside.month))
    net = inside.group_by("customer_id").aggregate(net_e16=inside.base_e16.sum().cast(EXACT))
    return named(net.filter(net.net_e16 > 0), tables)


def aged(tables: Tables, age: int, *, cohort: int | None = None, until: int | None = None) -> ir.Table:
    """Customers paying `age` months after their first MRR: of one cohort, or of all that were seen `until` a month."""
    starts = tables.customer_start.select("customer_id", "first_month")
    if cohort is not None:
        rows = levels_at(tables, [cohort + age]).inner_join(starts.filter(starts.first_month == cohort), "customer_id")
        return named(rows, tables)
    months = tables.calendar_month.filter(lambda t: t.month <= until).select("month")
    # The months are data here, not literals: history may be long, and each customer is asked for one month of it.
    seen = starts.mutate(month=starts.first_month + age).inner_join(months, "month")
    paid = _levels_in(tables, seen)
    return named(paid, tables)


def _levels_in(tables: Tables, wanted: ir.Table) -> ir.Table:
    levels, rates = tables.mrr_level, tables.fx_month
    held = levels.inner_join(wanted.select("customer_id", "month"), "customer_id")
    held = held.filter((held.from_month <= held.month) & (held.month < held.to_month))
    priced = held.inner_join(rates, ["currency", "month"])
    worth = priced.mutate(worth=priced.arr_e6.cast(EXACT) * priced.rate_e10.cast(EXACT))
    total = worth.group_by("customer_id").aggregate(base_e16=worth.worth.sum().cast(EXACT))
    return total.filter(total.base_e16 > 0)
