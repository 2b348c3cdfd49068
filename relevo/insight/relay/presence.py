"""Whether sellers stay in touch after the signature (row S0-42): association with nothing, a plain count.

An account is new by its won deal of kind `new`. A touch is a call, meeting, mail or visit of its seller. A warm
introduction is a touch of seller and another colleague on one day within 30 days of the signature.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir

from relevo.book.book import Book, Tables
from relevo.measures.intervals import wilson

DAYS = (30, 60, 90)
INTRODUCED_WITHIN = 30
# Accounts won this long before the as-of day or later are told of.
YEAR = 365


@dataclass(frozen=True)
class Account:
    """A new account: who sold it when (UTC), days from then to each touch of the seller, and to an introduction."""

    customer_id: str
    deal_id: str
    person_id: str | None
    closed_at: datetime
    touched: tuple[int, ...]
    introduced: int | None


@dataclass(frozen=True)
class Window:
    """Of `n` accounts that are older than `days`, how many had a touch of the seller in the 30 days up to then.

    `low` and `high` are the 95 % interval of the share (Wilson 1927).
    """

    days: int
    touched: int
    n: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """The part that was touched; None where no account is old enough."""
        return self.touched / self.n if self.n else None


@dataclass(frozen=True)
class Presence:
    """Windows of 30 days after the signature, warm introductions, and accounts that nobody touched in their first 30.

    `introduced` of `introduced_n` accounts older than 30 days; `untouched` is the latest won first.
    """

    windows: tuple[Window, ...]
    introduced: int
    introduced_n: int
    untouched: tuple[Account, ...]


def presence(book: Book) -> Presence:
    """How sellers stayed in touch with what they sold within a year before the as-of day."""
    return of_accounts(accounts(book), book.until)


def of_accounts(found: Iterable[Account], until: datetime) -> Presence:
    """The same from accounts. Who was won 30 days ago is judged from the end of the 30th day on."""
    listed = sorted(found, key=lambda each: (each.closed_at, each.deal_id), reverse=True)
    first = _older(listed, until, DAYS[0])
    return Presence(
        windows=tuple(_window(listed, until, days) for days in DAYS),
        introduced=sum(each.introduced is not None for each in first),
        introduced_n=len(first),
        untouched=tuple(each for each in first if not any(day < DAYS[0] for day in each.touched)),
    )


def accounts(book: Book) -> tuple[Account, ...]:
    """New accounts of the year before the as-of day with the touches of their sellers."""
    since = book.until - timedelta(days=YEAR)
    sold = {str(r["deal_id"]): r for r in book.run(_sold(book.tables, since, book.until)).dicts()}
    touched: dict[str, list[int]] = {deal: [] for deal in sold}
    for row in book.run(_touches(book.tables, since, book.until)).dicts():
        touched[str(row["deal_id"])].append(int(row["day"]))
    met = {str(r["deal_id"]): int(r["day"]) for r in book.run(_introductions(book.tables, since, book.until)).dicts()}
    return tuple(
        Account(str(r["customer_id"]), d, r["person_id"], r["closed_at"], tuple(sorted(touched[d])), met.get(d))
        for d, r in sold.items()
    )


def _older(found: Iterable[Account], until: datetime, days: int) -> list[Account]:
    return [each for each in found if each.closed_at + timedelta(days=days) <= until]


def _window(found: Iterable[Account], until: datetime, days: int) -> Window:
    listed = _older(found, until, days)
    touched = sum(any(days - DAYS[0] <= day < days for day in each.touched) for each in listed)
    return Window(days, touched, len(listed), *wilson(touched, len(listed)))


def _sold(tables: Tables, since: datetime, until: datetime) -> ir.Table:
    deals = tables.deal.filter(
        (tables.deal.kind == "new") & (tables.deal.outcome == "won") & tables.deal.customer_id.notnull()
    )
    recent = deals.filter((deals.closed_at >= since) & (deals.closed_at < until))
    return recent.select("deal_id", "customer_id", "person_id", "closed_at")


def _touches(tables: Tables, since: datetime, until: datetime) -> ir.Table:
    """Days after the signature on which the seller touched the account, once each."""
    sold = _sold(tables, since, until).rename(seller="person_id")
    touch = tables.touch.filter(tables.touch["at"] < until).select("customer_id", "person_id", "at")
    both = sold.inner_join(touch, (sold.customer_id == touch.customer_id) & (sold.seller == touch.person_id))
    after = both.filter(both["at"] > both.closed_at)
    day = after["at"].date().delta(after.closed_at.date(), unit="day").cast("int64")
    return after.select("deal_id", day=day).distinct()


def _introductions(tables: Tables, since: datetime, until: datetime) -> ir.Table:
    """The first day after the signature on which the seller and a colleague both touched the account."""
    sold = _sold(tables, since, until).rename(seller="person_id")
    touch = tables.touch.filter(tables.touch["at"] < until)
    rows = touch.select(held="customer_id", who="person_id", at="at", on=touch["at"].date())
    both = sold.inner_join(rows, sold.customer_id == rows.held)
    after = both.filter(both["at"] > both.closed_at)
    days = after.mutate(is_seller=after.who == after.seller)
    met = days.group_by("deal_id", "closed_at", "on").aggregate(
        by_seller=days.is_seller.cast("int64").sum(), by_others=(~days.is_seller).cast("int64").sum()
    )
    joint = met.filter((met.by_seller > 0) & (met.by_others > 0))
    dated = joint.mutate(day=joint["on"].delta(joint.closed_at.date(), unit="day").cast("int64"))
    near = dated.filter(dated.day < ibis.literal(INTRODUCED_WITHIN, "int64"))
    return near.group_by("deal_id").aggregate(day=near.day.min())
