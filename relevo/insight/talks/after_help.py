"""After we helped: who stays and how much they use, beside customers like them who needed nothing (row S2-07)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from relevo.base.errors import DataRefused
from relevo.book.book import Book, Tables
from relevo.insight.talks.moments import ALIKE, YEAR, Followed, followed, helped, others, use_by_month
from relevo.measures.estimators.jackknife import without_each
from relevo.measures.estimators.lives import Array, Estimate
from relevo.measures.estimators.matched import Followed as Lives
from relevo.measures.estimators.matched import Matched, matched, matched_mean

LANDMARKS = (30, 60, 90, 180, 365)
# Fewer on one side tell nothing.
FEWEST = 20
STEP = 5
METHOD = (
    "Customers are followed from the day their question was first solved, the first of each quarter; the others from a "
    "day of the same quarter on which they had not written for 90 days. Both pay on that day. The others are weighted "
    "to the same mix of quarter, tenure, segment and use the month before. Kaplan-Meier; who has been followed for "
    "less is censored and not dropped; 95 % intervals by leaving out groups of customers. Others who write later stay "
    "among the others. An association: who writes has something at heart, or in the way."
)
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Height:
    """The share still here so many days after, of the helped and of the others; None where too few were followed."""

    days: int
    helped: float | None
    others: float | None
    difference: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Use:
    """Use so long after over use before, of the helped and the others; who left counts with no use."""

    days: int
    helped: float | None
    others: float | None
    difference: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class AfterHelp:
    """The curves by days, their heights at the landmarks, use after 30 and 365 days, and on how many it rests.

    `n_matched` are the helped who have others like them; the rest are in no curve. Empty curves where there are fewer
    than FEWEST on either side.
    """

    n_helped: int
    n_matched: int
    n_others: int
    curve: tuple[tuple[int, float | None, float | None], ...]
    heights: tuple[Height, ...]
    use: tuple[Use, ...]


def after_help_of(book: Book) -> AfterHelp:
    """The curves of a book."""
    of = Followed.of(book)
    lives = book.run(life_cells(book.tables, of)).dicts()
    return after_help(lives, book.run(use_cells(book.tables, of)).dicts())


def after_help(lives: Rows, use: Rows) -> AfterHelp:
    """The curves from counted lives and sums of use; see `life_cells` and `use_cells`."""
    if not lives:
        return _nothing(0, 0)
    counted = _lives(lives)
    sides = [int(counted.n[m].sum()) for m in (counted.is_helped, ~counted.is_helped)]
    if min(sides) < FEWEST:
        return _nothing(*sides)
    try:
        found = matched(counted, LANDMARKS)
    except DataRefused:
        return _nothing(*sides)
    heights = tuple(
        Height(s.days, _known(s.helped.value), _known(s.others.value), *_ends(s.difference)) for s in found.stays
    )
    return AfterHelp(round(found.n_helped), round(found.n_matched), round(found.n_others), _points(found), heights,
                     _use(use))  # fmt: skip


def life_cells(tables: Tables, of: Followed) -> ir.Table:
    """Counted lives of helped and others: what makes them alike, group, days followed, whether gone within a year."""
    both = _both(tables, of)
    end = ibis.least(of.as_of, both.day + YEAR)
    is_gone = (both.until_day <= end).fill_null(False)
    told = both.mutate(is_gone=is_gone, days=ibis.ifelse(is_gone, both.until_day, end) - both.day)
    return told.group_by([*ALIKE, "is_helped", "group", "is_gone", "days"]).aggregate(n=told.count().cast("int64"))


def _both(tables: Tables, of: Followed) -> ir.Table:
    columns = ("customer_id", "day", "month", "quarter")
    sides = []
    for is_helped, moments in ((True, helped(tables, of, "first_resolved_at")), (False, others(tables, of))):
        rows = followed(moments.select(*columns), tables, of)
        sides.append(rows.mutate(is_helped=ibis.literal(is_helped)))
    return ibis.union(*sides)


def use_cells(tables: Tables, of: Followed) -> ir.Table:
    """Sums of use in the month before, and one and twelve months after, of those followed so long; 0 once gone."""
    rows, monthly = _both(tables, of), use_by_month(tables)
    for name, shift in (("before", -1), ("soon", 1), ("later", 12)):
        asked = rows.mutate(asked_month=rows.month + shift)
        joined = asked.left_join(
            monthly, (asked.customer_id == monthly.user) & (asked.asked_month == monthly.used_month)
        )
        told = joined.select(*rows.columns, "events")
        rows = told.mutate(**{name: told.events.fill_null(0)}).drop("events")
    sums = {}
    for name, shift in (("soon", 1), ("later", 12)):
        is_seen = rows.month + shift <= of.last
        sums[f"n_{name}"] = is_seen.sum().cast("int64")
        sums[f"before_{name}"] = rows.before.sum(where=is_seen).fill_null(0).cast("int64")
        sums[f"after_{name}"] = rows[name].sum(where=is_seen).fill_null(0).cast("int64")
    return rows.group_by([*ALIKE, "is_helped", "group"]).aggregate(**sums)


def _lives(rows: Rows) -> Lives:
    ordered = sorted(rows, key=lambda r: tuple(str(r[name]) for name in (*ALIKE, "is_helped", "group", "days")))
    return Lives(
        _strata(ordered), np.array([bool(r["is_helped"]) for r in ordered]), _whole(ordered, "group"),
        _whole(ordered, "days"), np.array([bool(r["is_gone"]) for r in ordered]),
        np.array([float(r["n"]) for r in ordered]),
    )  # fmt: skip


def _strata(rows: Rows) -> Any:
    names = [tuple(r[name] for name in ALIKE) for r in rows]
    places = {name: i for i, name in enumerate(dict.fromkeys(names))}
    return np.array([places[name] for name in names], dtype=np.int64)


def _whole(rows: Rows, name: str) -> Any:
    return np.array([int(r[name]) for r in rows], dtype=np.int64)


def _points(found: Matched) -> tuple[tuple[int, float | None, float | None], ...]:
    days = list(range(0, YEAR + 1, STEP))
    heights = (found.helped.at(days), found.others.at(days))
    return tuple((d, _known(a), _known(b)) for d, a, b in zip(days, *heights, strict=True))


def _use(rows: Rows) -> tuple[Use, ...]:
    """Use a month and a year after; nothing where no use is known of either side, or of too few."""
    ordered = sorted(rows, key=lambda r: tuple(str(r[name]) for name in (*ALIKE, "is_helped", "group")))
    found = (_used(ordered, days, name) for days, name in ((30, "soon"), (365, "later")))
    return tuple(each for each in found if each is not None)


def _used(rows: Rows, days: int, name: str) -> Use | None:
    mine = [r for r in rows if r[f"n_{name}"]]
    is_helped = np.array([bool(r["is_helped"]) for r in mine], dtype=bool)
    n, before, after = (np.array([float(r[f"{c}_{name}"]) for r in mine]) for c in ("n", "before", "after"))
    if not mine or min(n[is_helped].sum(), n[~is_helped].sum()) < FEWEST or not before.any():
        return None
    strata, group = _strata(mine), _whole(mine, "group")

    def figures(keep: Any) -> Array:
        return matched_mean(strata[keep], is_helped[keep], n[keep], before[keep], after[keep])

    helped_, others_, difference = without_each(figures, group)
    return Use(days, _known(helped_.value), _known(others_.value), *_ends(difference))


def _ends(estimate: Estimate) -> tuple[float | None, float | None, float | None]:
    if not isfinite(estimate.standard_error):
        return _known(estimate.value), None, None
    return _known(estimate.value), _known(estimate.low), _known(estimate.high)


def _known(value: float) -> float | None:
    return float(value) if isfinite(value) else None


def _nothing(n_helped: int, n_others: int) -> AfterHelp:
    return AfterHelp(n_helped, 0, n_others, (), (), ())
