"""Support tiers: is their promise kept, and do their customers stay, beside customers like them (rows S2-31, S2-28)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from relevo.base.errors import DataRefused
from relevo.book.book import Book, Tables
from relevo.insight.talks.moments import Followed
from relevo.measures.estimators.levels import held_equal, told
from relevo.measures.estimators.logistic import contrast, logistic
from relevo.measures.intervals import wilson
from relevo.measures.slices import NONE, SLICE, sliced_at
from relevo.measures.support.experiences import FEWEST_LOST
from relevo.measures.support.person_months import EQUAL, at_risk, with_equal

TIER = "tier"
# The answers of so many days are told.
RECENT_DAYS = 180
MINUTE, ONE_HOUR = 60, 60
METHOD = (
    "Promise kept: first answers within the tier's promise (the house rule response_promises, in open hours where a "
    "schedule is loaded), of conversations begun in the last 180 days; one without an answer is not kept once its "
    "promise is over. Leaving: months as in retention_after_contact by the customer's own tier (the dated attribute "
    "tier) four months before. Naive is the tier's share lost a month less that of the tier most customers have; "
    "alike is lost less expected of customers with the same month, tenure, segment, plan, size and trend of use. Who "
    "buys a tier chose it: healthier customers buy more, so only what is alike comes near an effect, and still is none."
)
Rows = Sequence[Mapping[str, Any]]
Promises = Sequence[tuple[str, int]]


@dataclass(frozen=True)
class PromiseKept:
    """A tier's first answers: of `n` that are due, how many came within the promised minutes, and within an hour.

    `customers` is how many known customers they were owed. Both are counted in open hours where a schedule is loaded.
    `minutes` and `kept` are None where nothing is promised.
    """

    tier: str
    n: int
    minutes: int | None
    kept: int | None
    in_an_hour: int
    customers: int

    @property
    def share(self) -> float | None:
        """The share of promises kept."""
        return None if self.kept is None or not self.n else self.kept / self.n

    @property
    def interval(self) -> tuple[float | None, float | None]:
        """Its 95 % interval (Wilson)."""
        return (None, None) if self.kept is None else wilson(self.kept, self.n)


@dataclass(frozen=True)
class TierLeaving:
    """Customers of a tier beside those of the commonest one: shares lost a month, and the differences.

    `naive` is the plain difference; `alike` that to customers like them, with its 95 % interval; None where fewer than
    ten were lost on either side.
    """

    tier: str
    beside: str
    months: int
    lost: int
    rate: float
    beside_rate: float
    naive: float
    alike: float | None
    low: float | None
    high: float | None


def promises_kept_of(book: Book, promises: Promises) -> tuple[PromiseKept, ...]:
    """By tier of the conversation, the first answers of the last 180 days."""
    rows = book.run(answer_cells(book.tables, Followed.of(book), promises)).dicts()
    minutes = dict(promises)
    found = [
        PromiseKept(r[TIER], int(r["n"]), minutes.get(r[TIER]), int(r["kept"]) if r[TIER] in minutes else None,
                    int(r["in_an_hour"]), int(r["customers"]))
        for r in rows
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda each: (each.minutes is None, each.minutes or 0, each.tier)))


def answer_cells(tables: Tables, of: Followed, promises: Promises) -> ir.Table:
    """By tier: conversations whose first answer came or is overdue, and how many came in time and within an hour."""
    begun = tables.episode.filter(
        (tables.episode.begun_by == "customer") & (tables.episode.begun_at < of.frame.until)
        & (tables.episode.begun_at >= of.frame.until - timedelta(days=RECENT_DAYS))
        & tables.episode.outcome.notin(("merged", "spam", "duplicate"))
    )  # fmt: skip
    tier = begun.tier.fill_null(NONE)
    hour = ibis.literal(ONE_HOUR * MINUTE)
    named = [(tier == name, minutes * MINUTE) for name, minutes in promises]
    due = ibis.cases(*named, else_=hour) if named else hour
    waited = ibis.coalesce(begun.first_business_s, begun.first_wait_s)
    timed = begun.mutate(
        tier=tier, due=due.cast("int64"),
        waited=ibis.ifelse((begun.first_human_at < of.frame.until).fill_null(False), waited, ibis.null("int64")),
        open_for=ibis.literal(of.frame.until).epoch_seconds().cast("int64") - begun.begun_at.epoch_seconds(),
    )  # fmt: skip
    # Of one that is open, the time that passed is known by the calendar: a week is over in anybody's hours.
    ended = timed.filter(timed.waited.notnull() | (timed.open_for > 7 * 24 * 3_600 + timed.due))
    return ended.group_by(TIER).aggregate(
        n=ended.count().cast("int64"),
        customers=ended.customer_id.nunique().cast("int64"),
        kept=(ended.waited <= ended.due).fill_null(False).cast("int64").sum(),
        in_an_hour=(ended.waited <= ONE_HOUR * MINUTE).fill_null(False).cast("int64").sum(),
    )


def leaving_of(book: Book) -> tuple[TierLeaving, ...]:
    """Every tier of customers beside the commonest."""
    return leaving(book.run(leaving_cells(book.tables, Followed.of(book))).dicts())


def leaving_cells(tables: Tables, of: Followed) -> ir.Table:
    """Counted months at risk and customers lost, by tier and what is held equal."""
    frame = replace(of.frame, by=TIER)
    rows = with_equal(sliced_at(at_risk(tables, frame), tables, frame), tables, frame)
    return rows.group_by([SLICE, *EQUAL]).aggregate(n=rows.count().cast("int64"), lost=rows.lost.sum().cast("int64"))


def leaving(cells: Rows) -> tuple[TierLeaving, ...]:
    """Every tier beside the commonest one, from counted months."""
    rows = sorted(cells, key=lambda r: tuple(str(r[name]) for name in (SLICE, *EQUAL)))
    n, lost = (np.array([float(r[name]) for r in rows]) for name in ("n", "lost"))
    tiers = [str(r[SLICE]) for r in rows]
    months = {tier: int(n[[t == tier for t in tiers]].sum()) for tier in dict.fromkeys(tiers)}
    if len(months) < 2:
        return ()
    beside = max(months, key=lambda tier: (months[tier], tier))
    gone = {tier: int(lost[[t == tier for t in tiers]].sum()) for tier in months}
    ratios = _ratios(rows, tiers, beside, (n, lost)) if gone[beside] >= FEWEST_LOST else {}
    return tuple(_leaving(tier, beside, months, gone, ratios.get(tier)) for tier in sorted(months) if tier != beside)


def _ratios(rows: Rows, tiers: Sequence[str], beside: str, counts: tuple[Any, Any]) -> dict[str, tuple[float, ...]]:
    """Each tier's ratio of lost to expected with its interval, where enough were lost."""
    n, lost = counts
    about = told(TIER, tiers, beside)
    columns = about.beside(held_equal({name: [r[name] for r in rows] for name in EQUAL}, n, lost))
    try:
        fit = logistic(columns.numbers, n, lost)
    except DataRefused:
        return {}
    found: dict[str, tuple[float, ...]] = {}
    for place, (_, tier) in enumerate(about.names):
        one = contrast(fit, columns.numbers, n, lost, place)
        if one.events >= FEWEST_LOST and one.ratio is not None and one.low is not None and one.high is not None:
            found[str(tier)] = (one.ratio, one.low, one.high)
    return found


def _leaving(
    tier: str, beside: str, months: Mapping[str, int], gone: Mapping[str, int], ratio: tuple[float, ...] | None
) -> TierLeaving:
    rate, other = gone[tier] / months[tier], gone[beside] / months[beside]
    # Of a rate that is r times the expected one, 1 - 1 / r is what is on top of it.
    alike = (None, None, None) if ratio is None else tuple(rate * (1 - 1 / each) for each in ratio)
    return TierLeaving(tier, beside, months[tier], gone[tier], rate, other, rate - other, *alike)
