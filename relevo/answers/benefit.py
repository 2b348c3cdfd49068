"""What customers gained: value events reached, before anything about what colleagues did (S0-13).

A value event is a milestone that a customer reached, a promise kept, or a fix of what it had reported. None of them is
an activity of ours: without calls, conversations or use in the book the answer is the same.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

import ibis
import ibis.expr.types as ir

from relevo.answers.holding import until_of
from relevo.answers.reading import Reading, Scope
from relevo.book.book import Tables
from relevo.book.remembering import Remembered

DAYS = 90
PROMISE, FIX = "promise_kept", "fix"
_BENEFITS: Remembered["Benefit"] = Remembered(64)


@dataclass(frozen=True)
class Benefit:
    """Value events of the viewer's customers since a day: how many of each kind, and of how many customers.

    Milestones come first, most first, then promises and fixes.
    `is_known` says whether the book knows any value event at all, of any time.
    """

    since: date
    kinds: tuple[tuple[str, int], ...]
    customers: int
    is_known: bool
    scope: Scope

    @property
    def events(self) -> int:
        """All value events."""
        return sum(count for _, count in self.kinds)


def benefit(reading: Reading) -> Benefit:
    """What the customers of the viewer gained in the last 90 days of the book. NotReady before the first book."""
    return _BENEFITS.get(reading.book, "benefit", lambda: _count(reading))


def _count(reading: Reading) -> Benefit:
    book, until = reading.book, until_of(reading)
    first = until - timedelta(days=DAYS)
    known = book.run(_events(book.tables)).rows
    found = [(customer, kind) for customer, kind, at in known if first <= at < until]
    kinds = Counter(kind for _, kind in found)
    return Benefit(
        since=book.as_of - timedelta(days=DAYS - 1),
        kinds=tuple(sorted(kinds.items(), key=lambda pair: (pair[0] in (PROMISE, FIX), -pair[1], pair[0]))),
        customers=len({customer for customer, _ in found}),
        is_known=bool(known),
        scope=reading.scope,
    )


def _events(tables: Tables) -> ir.Table:
    """Customer, kind and moment of every value event."""
    reached = tables.milestone.filter(lambda t: t.reached_at.notnull())
    kept = tables.promise.filter(lambda t: t.kept_at.notnull())
    shipped = tables.issue.filter(lambda t: t.shipped_at.notnull()).select("issue_id", "shipped_at")
    reported = tables.issue_report.select("issue_id", "customer_id").distinct()
    fixed = reported.inner_join(shipped, "issue_id")
    return ibis.union(
        reached.select("customer_id", "kind", at="reached_at"),
        kept.select("customer_id", kind=ibis.literal(PROMISE), at="kept_at"),
        fixed.select("customer_id", kind=ibis.literal(FIX), at="shipped_at"),
    )
