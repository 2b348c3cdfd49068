"""How the life of customers is described: the words, and the rows that `lives` makes and the tables are made from."""

from dataclasses import dataclass

from relevo.sources.demo.frame import Ints

STATUSES = ("trialing", "active", "past_due", "unpaid", "paused", "canceled")
TRIALING, ACTIVE, PAST_DUE, UNPAID, PAUSED, CANCELED = range(len(STATUSES))
CAUSES = ("seats", "plan", "add_on", "price_increase", "discount_end", "billing_period_change", "pause", "resume",
          "delinquent", "cancel")  # fmt: skip
SEATS, PLAN, ADD_ON, PRICE, DISCOUNT_END, PERIOD, PAUSE, RESUME, DELINQUENT, CANCEL = range(len(CAUSES))
PAID, LATE, NEVER = range(3)


@dataclass(frozen=True)
class Stretches:
    """One row per state of a subscription, ordered by customer, life and time; `until` is -1 while open."""

    who: Ints
    life: Ints
    at: Ints
    until: Ints
    status: Ints
    cause: Ints
    plan: Ints
    seats: Ints
    level: Ints
    interval: Ints
    is_discounted: Ints
    has_insights: Ints
    term_end: Ints
    requested: Ints


@dataclass(frozen=True)
class Bills:
    """One row per billing period: what was in force when it was billed and how it was paid."""

    who: Ints
    life: Ints
    at: Ints
    tenure: Ints
    plan: Ints
    seats: Ints
    level: Ints
    interval: Ints
    is_discounted: Ints
    has_insights: Ints
    paid: Ints
    days_late: Ints


@dataclass(frozen=True)
class Departures:
    """Everybody who left: when it took effect, when it was asked for, and whether it was their own wish."""

    who: Ints
    at: Ints
    requested: Ints
    voluntary: Ints
    tenure: Ints


@dataclass(frozen=True)
class Lives:
    """The whole life of all customers."""

    stretches: Stretches
    bills: Bills
    departures: Departures
