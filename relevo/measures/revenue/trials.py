"""Trials that became customers: by the cohort of trials that ended in a month, or the rolling window of Stripe.

Grain: one row per month. There is no card: the contract of measures names none, and a policy decides which rate holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from relevo.base.periods import month_text
from relevo.book.book import Book
from relevo.book.policy import Policy
from relevo.book.schema import Tables
from relevo.measures.card import Record
from relevo.measures.rounding import rate


@dataclass(frozen=True)
class Trials:
    """Trials that ended in a month, how many of those ever converted, and how many trials converted in the month."""

    ended: int
    converted: int
    converted_in_month: int

    def conversion(self, policy: Policy) -> float | None:
        """Share of ended trials that became customers; null where none ended.

        By cohort it is never above 1. The rolling form counts conversions of earlier trials too and can exceed it.
        """
        counted = self.converted if policy.trial_conversion == "cohort" else self.converted_in_month
        return rate(counted, self.ended)


def trial_conversion(book: Book, months: Sequence[int]) -> list[Record]:
    """Per month: ended, converted, converted_in_month, rate under the book's policy. A trial counts once per
    subscription; it converts when the same subscription pays for the first time.
    """
    found = {r["month"]: r for r in book.run(_counts(book.tables)).dicts()}
    rows = []
    for month in months:
        r = found.get(month, {})
        trials = Trials(int(r.get("ended") or 0), int(r.get("converted") or 0), int(r.get("converted_in_month") or 0))
        rows.append({"month": month_text(month), **vars(trials), "rate": trials.conversion(book.policy)})
    return rows


def _counts(tables: Tables) -> ir.Table:
    trials, days = _trials(tables), tables.calendar_day.select("day", "month")
    ended = trials.inner_join(days, trials.ended == days.day).select(
        "month", ended=ibis.literal(1), converted=ibis.ifelse(trials.paid.notnull(), 1, 0), now=ibis.literal(0)
    )
    paid = trials.inner_join(days, trials.paid == days.day).select(
        "month", ended=ibis.literal(0), converted=ibis.literal(0), now=ibis.literal(1)
    )
    both = ibis.union(ended, paid)
    return both.group_by("month").aggregate(
        ended=both.ended.sum(), converted=both.converted.sum(), converted_in_month=both.now.sum()
    )


def _trials(tables: Tables) -> ir.Table:
    """Per subscription that was tried: the day its last trial span ended, and the day it first paid."""
    spans, rates = tables.billing_span, tables.run_rate
    tried = spans.filter(spans.status == "trialing")
    last = tried.group_by("subscription_id").aggregate(ended=tried.to_day.max())
    first = rates.group_by("subscription_id").aggregate(paid=rates.from_day.min())
    return last.left_join(first, "subscription_id").select("subscription_id", "ended", "paid")
