"""Who still pays a year later, by what was known before: how a deal fitted, or whether a promise had been broken.

Shares with Wilson's interval (1927), never of fewer than five customers. An association: customers who fit, and those
to whom nothing was broken, differ in more than that.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from relevo.base.periods import day_number, last_day
from relevo.book.book import Book
from relevo.book.schema import Tables
from relevo.measures.intervals import wilson
from relevo.measures.slices import NONE

YEAR = 12
FEWEST = 5
SEGMENT = "segment"


@dataclass(frozen=True)
class KeptShare:
    """A group of customers: how many, how many of them pay a year later, and the share with its 95 % interval.

    The share is None where there are fewer than FEWEST.
    """

    group: str
    n: int
    kept: int
    share: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class BrokenBeside:
    """One segment: customers to whom a promise had gone unmet a year ago, beside all others who paid then."""

    segment: str
    unmet: KeptShare
    others: KeptShare


def shares(customers: Iterable[tuple[str, bool]]) -> Mapping[str, KeptShare]:
    """The share of each group from its customers, each with whether it was kept."""
    listed = list(customers)
    every, kept = Counter(group for group, _ in listed), Counter(group for group, is_kept in listed if is_kept)
    return {group: _share(group, n, kept[group]) for group, n in every.items()}


def kept_a_year(book: Book) -> Mapping[str, bool]:
    """Customers that began to pay a year ago or more, with whether they pay twelve month ends after their first."""
    tables, last = book.tables, book.last_complete_month
    starts = tables.customer_start.filter(tables.customer_start.first_month <= last - YEAR)
    due = starts.select("customer_id", at=starts.first_month + YEAR)
    return {str(customer_id): bool(kept) for customer_id, kept in book.run(_with_kept(due, tables)).rows}


def broken_beside(book: Book) -> tuple[BrokenBeside, ...]:
    """By segment, who paid at the end of the month a year ago: those with an unmet promise by then, and the others.

    What was broken or kept late after that month does not count, so that the promise comes before the leaving.
    """
    rows = book.run(_a_year_ago(book.tables, book.last_complete_month)).rows
    groups: dict[str, list[tuple[str, bool]]] = {}
    for segment, unmet, kept in rows:
        groups.setdefault(str(segment), []).append(("unmet" if unmet else "others", bool(kept)))
    told = {segment: shares(customers) for segment, customers in groups.items()}
    return tuple(
        BrokenBeside(segment, *(found.get(name, _share(name, 0, 0)) for name in ("unmet", "others")))
        for segment, found in sorted(told.items())
    )


def _share(group: str, n: int, kept: int) -> KeptShare:
    if n < FEWEST:
        return KeptShare(group, n, kept, None, None, None)
    return KeptShare(group, n, kept, kept / n, *wilson(kept, n))


def _a_year_ago(tables: Tables, last: int) -> ir.Table:
    """Customers that paid at the end of the month a year ago: segment then, unmet promise by then, pays now."""
    then, ended = last - YEAR, day_number(last_day(last - YEAR))
    traits = tables.customer_trait
    here = _paying(tables, then)
    segments = traits.filter(
        (traits.name == SEGMENT) & (traits.from_month <= then) & (traits.to_month > then)
    ).select("customer_id", segment="value")  # fmt: skip
    known = here.left_join(segments, "customer_id").left_join(_unmet(tables, ended), "customer_id")
    rows = known.select(
        "customer_id", segment=known.segment.fill_null(NONE), unmet=known.unmet.fill_null(False),
        at=ibis.literal(last, "int64"),
    )  # fmt: skip
    kept = _with_kept(rows.select("customer_id", "at"), tables)
    both = rows.drop("at").inner_join(kept, "customer_id")
    return both.select("segment", "unmet", "kept").order_by("segment", "unmet", "kept")


def _unmet(tables: Tables, ended: int) -> ir.Table:
    """Customers with a promise that by a day was broken, past its day, or kept late."""
    rows = tables.promise_day
    by_then = rows.filter(rows.made_day <= ended)
    is_kept = (by_then.kept_day <= ended).fill_null(False)
    is_late = is_kept & (by_then.kept_after_broken | (by_then.kept_day > by_then.due_day).fill_null(False))
    is_over = (by_then.due_day <= ended).fill_null(False) | (by_then.broken_day <= ended).fill_null(False)
    unmet = by_then.filter(is_late | (is_over & ~is_kept))
    return unmet.select("customer_id").distinct().mutate(unmet=ibis.literal(True))


def _paying(tables: Tables, month: int) -> ir.Table:
    levels = tables.mrr_level
    held = levels.filter((levels.from_month <= month) & (levels.to_month > month) & (levels.arr_e6 > 0))
    return held.select("customer_id").distinct()


def _with_kept(customers: ir.Table, tables: Tables) -> ir.Table:
    """Customers with whether they pay at the end of their month `at`."""
    levels = tables.mrr_level.filter(tables.mrr_level.arr_e6 > 0).select(
        holder="customer_id", from_month="from_month", to_month="to_month"
    )
    held = customers.inner_join(
        levels,
        (customers.customer_id == levels.holder)
        & (levels.from_month <= customers["at"])
        & (levels.to_month > customers["at"]),
    )
    paying = held.select("customer_id").distinct().mutate(kept=ibis.literal(True))
    both = customers.left_join(paying, "customer_id")
    return both.select("customer_id", kept=both.kept.fill_null(False))
