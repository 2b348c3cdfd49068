"""Retention and churn the way other tools count them: sums of movements, chains of months, every leaver, every day.

Each gives the columns that the cohort form gives, so that one finish makes the cells of all of them.
Source: reference on subscription revenue, section 3 (Stripe, ChartMogul, Baremetrics, Shopify).
"""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.book.schema import EXACT, Tables
from relevo.measures.card import Expression, Frame, Record
from relevo.measures.revenue.levels import windows
from relevo.measures.slices import SLICE, group, sliced

_KEPT = ("opening", "expansion", "contraction", "churn")
_LEFT = ("opening", "contraction", "churn")


def movement_sums(tables: Tables, frame: Frame, *, reactivation: bool = False) -> ir.Table:
    """Per window end (and slice): the opening, and the opening with all movements of the window added.

    Whoever came within the window is in the movements and not in the opening, so a long window can lose more than
    there was.
    """
    rows = sliced(_opening_and_moves(tables, frame), tables, frame)
    kept = (*_KEPT, "reactivation") if reactivation else _KEPT
    return rows.group_by(group(frame, "month")).aggregate(
        opening_e16=_sum(rows, ("opening",)),
        closing_e16=_sum(rows, kept),
        gross_e16=_sum(rows, _LEFT),
        customers=(rows.part == "opening").sum(),
        lost=rows.customer_id.nunique(where=rows.part == "churn"),
        joined=rows.customer_id.nunique(where=rows.part == "new"),
    )


def _sum(rows: ir.Table, parts: Sequence[str]) -> ir.DecimalScalar:
    return rows.base_e16.sum(where=rows.part.isin(list(parts))).fill_null(0).cast(EXACT)


def _opening_and_moves(tables: Tables, frame: Frame) -> ir.Table:
    """The opening cohort and every movement of each asked window: customer_id, month, part, day, base_e16."""
    opening = windows(tables, frame)
    ends = tables.calendar_month.filter(lambda t: t.month.isin(list(frame.ends))).select(asked="month")
    movement = tables.movement
    moves = movement.inner_join(ends, (movement.month > ends.asked - frame.window) & (movement.month <= ends.asked))
    both = ibis.union(
        opening.select(
            "customer_id", month="month", part=ibis.literal("opening"), day=ibis.literal(0, "int64"),
            base_e16="opening_e16",
        ),
        moves.select("customer_id", month="asked", part="kind", day="day", base_e16="base_e16"),
    )  # fmt: skip
    return both.mutate(key_month=both.month - frame.window)


def chained_sums(tables: Tables, frame: Frame, monthly: Expression) -> ir.Table:
    """The monthly cohorts of every month in the asked windows."""
    months = sorted({m for end in frame.ends for m in range(end - frame.window + 1, end + 1)})
    return monthly(tables, replace(frame, ends=tuple(months), window=1))


def linked(found: Sequence[Record], frame: Frame, column: str) -> list[Record]:
    """One record per window from its monthly ones: the opening times the product of what each month kept.

    A month without an opening breaks the chain: closing and opening are 0 then, and the rate is undefined.
    """
    by_key = {(r["month"], r.get(SLICE)): r for r in found}
    slices = sorted({r.get(SLICE) for r in found}, key=str)
    return [
        {
            **({SLICE: s} if frame.by else {}),
            "month": end,
            **_chain(by_key, s, range(end - frame.window + 1, end + 1), column),
        }
        for end in frame.ends
        for s in slices
    ]


def _chain(by_key: dict[tuple[int, str | None], Record], part: str | None, months: range, column: str) -> Record:
    links = [by_key.get((m, part), {}) for m in months]
    opening = int(links[0].get("opening_e16") or 0)
    kept = Fraction(opening)
    for link in links:
        before = int(link.get("opening_e16") or 0)
        kept = kept * int(link[column]) / before if before else Fraction(0)
    whole = all(link.get("opening_e16") for link in links)
    return {
        "opening_e16": opening if whole else 0,
        column: round(kept),
        "customers": links[0].get("customers", 0),
        "lost": 0,
    }


def daily_sums(tables: Tables, frame: Frame) -> ir.Table:
    """Per window end (and slice) and day with a change: who came, who left; day 0 holds the opening cohort."""
    rows = sliced(_opening_and_moves(tables, frame), tables, frame)
    came = rows.part.isin(["opening", "new", "reactivation"])
    return rows.group_by(group(frame, "month", "day")).aggregate(came=came.sum(), left=(rows.part == "churn").sum())


def summed_days(found: Sequence[Record], frame: Frame) -> list[Record]:
    """One record per window: the sum over its days of the lost over those there when the day began."""
    records: dict[tuple[int, str | None], Record] = {}
    for row in sorted(found, key=lambda r: (r["month"], str(r.get(SLICE)), r["day"])):
        key = (row["month"], row.get(SLICE))
        start = {"month": row["month"], "customers": 0, "lost": 0, "there": 0, "share": Fraction(0)}
        record = records.setdefault(key, {**start, **({SLICE: row[SLICE]} if frame.by else {})})
        if row["day"] == 0:
            record["customers"] = int(row["came"])
        if record["there"]:
            record["share"] += Fraction(int(row["left"]), record["there"])
        record["lost"] += int(row["left"])
        record["there"] += int(row["came"]) - int(row["left"])
    return list(records.values())
