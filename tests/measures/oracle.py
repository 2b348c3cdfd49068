"""Recurring revenue worked out the slow way, day by day, from docs/decisions/0005 and the measures' definitions.

Nothing of the product is used but its calendar arithmetic: plain Python and fractions, so that a figure of the book
and a figure of this file agree only if both follow the same rules.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from relevo.base.periods import first_day, last_complete_month, last_day, month_of

Row = Mapping[str, Any]
# Money per year, exact, by currency of the customer.
Native = dict[str, Fraction]

PER_YEAR = {"day": 365, "week": 52, "month": 12, "year": 1}
DECIMALS = {"EUR": 2, "USD": 2, "JPY": 0, "KWD": 3}
TWO_MONTHS = {"day": 61, "week": 9, "month": 2, "year": 1}
GRACE = timedelta(days=30)
LATE_RENEWAL = timedelta(days=30)
DAY = timedelta(days=1)


def rounded(value: Fraction) -> int:
    """Half-up, a half away from zero."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


@dataclass(frozen=True)
class Stretch:
    """One item paying one amount per year from a day to a day (exclusive)."""

    item: tuple[str, str]
    start: date
    end: date
    currency: str
    yearly: Fraction
    invoiced: bool


@dataclass(frozen=True)
class Move:
    """One customer's net change on one day, in the book's currency per month."""

    customer: str
    day: date
    kind: str
    amount: Fraction

    @property
    def month(self) -> int:
        return month_of(self.day)


@dataclass(frozen=True)
class Rules:
    """The conventions of a policy in the words of this file; the defaults are the house's."""

    per_year: Mapping[str, int | Fraction] = field(default_factory=lambda: PER_YEAR)
    deducted: frozenset[str | None] = frozenset({None, "forever", "repeating"})
    once_if_long: bool = True
    statuses: frozenset[str] = frozenset({"active", "past_due"})
    usages: frozenset[str] = frozenset({"licensed"})
    grace: timedelta | None = GRACE


@dataclass(frozen=True)
class Oracle:
    """What a company's spans and rates mean as of a day."""

    spans: Sequence[Row]
    rates: Sequence[Row]
    as_of: date
    timezone: str = "UTC"
    rules: Rules = field(default_factory=Rules)

    def local(self, instant: datetime | None) -> date:
        """The company's day of a UTC instant; far ahead where there is none."""
        return (
            date(9000, 1, 1)
            if instant is None
            else instant.replace(tzinfo=UTC).astimezone(ZoneInfo(self.timezone)).date()
        )

    @cached_property
    def customers(self) -> list[str]:
        return sorted({s["customer_id"] for s in self.spans})

    @cached_property
    def first(self) -> date:
        """The day before anything is known."""
        days = [self.local(s["valid_from"]) for s in self.spans]
        return min([*days, self.as_of]) - DAY

    @cached_property
    def days(self) -> list[date]:
        return [self.first + DAY * i for i in range((self.as_of - self.first).days + 1)]

    def rate(self, currency: str, day: date) -> Fraction:
        """Minor units of EUR for a minor unit of a currency: the last rate on or before the day, else the first."""
        if currency == "EUR":
            return Fraction(1)
        known = sorted((r["on_date"], Fraction(str(r["rate"]))) for r in self.rates if r["currency"] == currency)
        before = [value for on, value in known if on <= min(day, self.as_of)]
        unit = before[-1] if before else known[0][1]
        return unit * Fraction(10) ** (2 - DECIMALS[currency])

    def yearly(self, span: Row) -> Fraction:
        """What a span is worth per year in minor units, to a millionth; 0 where it does not count."""
        rules, kind = self.rules, span["discount_kind"]
        if span["status"] not in rules.statuses or span["usage"] not in rules.usages:
            return Fraction(0)
        gross = Fraction(str(span["quantity"])) * span["unit_amount_cents"]
        long = rules.once_if_long and span["interval_count"] >= TWO_MONTHS[span["interval_unit"]]
        off = kind in rules.deducted or (kind == "once" and long)
        net = gross - (span["discount_cents"] or 0) if off else gross
        exact = max(net, Fraction(0)) * rules.per_year[span["interval_unit"]] / span["interval_count"]
        return Fraction(rounded(exact * 10**6), 10**6)

    def stretches(self, customer: str) -> list[Stretch]:
        """What a customer pays, before late renewals are looked at."""
        found = []
        for span in self.spans:
            start, end = self.local(span["valid_from"]), self.local(span["valid_to"])
            if span["status"] == "past_due" and self.rules.grace is not None:
                end = min(end, start + self.rules.grace)
            end = end if end <= self.as_of else date(9000, 1, 1)
            worth = self.yearly(span)
            if span["customer_id"] == customer and start < end and start <= self.as_of and worth:
                item = (span["subscription_id"], span["item_id"])
                found.append(Stretch(item, start, end, span["currency"], worth, span["collection"] == "invoice"))
        return found

    def stops(self, customer: str) -> set[date]:
        """Days on which a span says that the customer stopped: paused, cancelled, or past due for too long."""
        found = set()
        for s in self.spans:
            start, end = self.local(s["valid_from"]), self.local(s["valid_to"])
            if s["customer_id"] != customer or start >= end:
                continue
            if s["status"] in ("paused", "canceled"):
                found.add(start)
            grace = self.rules.grace
            if s["status"] == "past_due" and grace is not None and self.yearly(s) and end >= start + grace:
                found.add(start + grace)
        return found

    @cached_property
    def ledger(self) -> dict[str, dict[date, Native]]:
        """Per customer and day what is in force at the day's end."""
        return {c: self._days_of(c) for c in self.customers}

    def _days_of(self, customer: str) -> dict[date, Native]:
        parts, stops = self.stretches(customer), self.stops(customer)
        paid = [self._in_force(parts, day) for day in self.days]
        for start, end in _silences(paid):
            first, until = self.days[start], self.days[end]
            told = any(first <= stop < until for stop in stops)
            lapsed = [p for p in parts if p.end == first and p.invoiced]
            if until - first <= LATE_RENEWAL and not told:
                for place in range(start, end):
                    paid[place] = _total(lapsed)
        return dict(zip(self.days, paid, strict=True))

    def _in_force(self, parts: Iterable[Stretch], day: date) -> Native:
        return _total(p for p in parts if p.start <= day < p.end)

    def worth(self, native: Native, day: date) -> Fraction:
        """Per month in cents at the rates of a day."""
        return sum((amount * self.rate(c, day) for c, amount in native.items()), Fraction(0)) / 12

    def closing_day(self, month: int) -> date:
        return min(last_day(month), self.as_of)

    def level(self, customer: str, month: int, rates_of: int | None = None) -> Fraction:
        """A customer's MRR at a month's end, at the closing rates of that month or another one."""
        day = self.closing_day(month)
        return self.worth(self.ledger[customer].get(day, {}), self.closing_day(month if rates_of is None else rates_of))

    @cached_property
    def moves(self) -> list[Move]:
        """Every movement, netted per customer and day."""
        found = []
        for customer, ledger in self.ledger.items():
            ever = False
            for yesterday, day in zip(self.days, self.days[1:], strict=False):
                before, after = ledger[yesterday], ledger[day]
                amount = self.worth(after, day) - self.worth(before, day)
                kind = _kind(bool(before), bool(after), ever, amount)
                ever = ever or bool(after)
                if kind:
                    found.append(Move(customer, day, kind, amount))
        return found

    @cached_property
    def started(self) -> dict[str, int]:
        """The month of each customer's first MRR."""
        return {m.customer: m.month for m in self.moves if m.kind == "new"}

    @cached_property
    def left(self) -> dict[str, int]:
        """The month of the last churn of the customers that have not come back."""
        last = {m.customer: m for m in self.moves}
        return {c: m.month for c, m in last.items() if m.kind == "churn"}

    @property
    def months(self) -> range:
        """From the first month with MRR to the last complete one."""
        last = last_complete_month(self.as_of)
        return range(min(self.started.values(), default=last + 1), last + 1)

    def mrr(self, month: int, customers: Iterable[str] | None = None) -> Fraction:
        return sum((self.level(c, month) for c in (customers or self.customers)), Fraction(0))

    def paying(self, month: int) -> list[str]:
        return [c for c in self.customers if self.level(c, month)]

    def moved(self, month: int) -> dict[str, Fraction]:
        """Sums of a month's movements by kind, magnitudes."""
        sums: dict[str, Fraction] = defaultdict(Fraction)
        for move in self.moves:
            if move.month == month:
                sums[move.kind] += abs(move.amount)
        return sums

    def window(self, month: int, length: int) -> list[tuple[str, Fraction, Fraction]]:
        """The customers paying when a window opened: opening and closing at the opening's rates."""
        opened = month - length
        if first_day(opened) < first_day(month_of(self.first)):
            return []
        return [(c, self.level(c, opened), self.level(c, month, opened)) for c in self.paying(opened)]


def _kind(before: bool, after: bool, ever: bool, amount: Fraction) -> str | None:
    if not before and after:
        return "reactivation" if ever else "new"
    if before and not after:
        return "churn"
    if amount:
        return "expansion" if amount > 0 else "contraction"
    return None


def _total(parts: Iterable[Stretch]) -> Native:
    total: dict[str, Fraction] = defaultdict(Fraction)
    for part in parts:
        total[part.currency] += part.yearly
    return dict(total)


def _silences(paid: Sequence[Native]) -> list[tuple[int, int]]:
    """Places [from, to) of the stretches without pay between two with pay."""
    found, last = [], None
    for place, native in enumerate(paid):
        if native:
            if last is not None and place - last > 1:
                found.append((last + 1, place))
            last = place
    return found
