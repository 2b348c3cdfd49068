"""A made-up company in Stripe: subscriptions of many kinds on one day, and the facts that explain what they pay."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

NOW = datetime.fromisoformat("2026-10-31T12:00:00")  # UTC, as all times here
MONTHS_OF = {"month": 1, "year": 12}


@dataclass(frozen=True)
class Price:
    """What one unit costs per interval, in minor units."""

    id: str
    amount: int
    currency: str
    interval: str
    count: int = 1
    usage: str = "licensed"


@dataclass(frozen=True)
class Coupon:
    """Percent or minor units off; `months` of a repeating one."""

    id: str
    duration: str
    percent: float | None = None
    amount: int | None = None
    currency: str | None = None
    months: int | None = None


@dataclass(frozen=True)
class Discount:
    """A coupon that a subscription has from one moment to another."""

    coupon: Coupon
    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Item:
    """One item: its price, how many, and when it was added."""

    id: str
    price: Price
    quantity: int | None
    created: datetime


@dataclass(frozen=True)
class Subscription:
    """A subscription as Stripe knows it on the day, with its items and discounts. Times are UTC."""

    id: str
    customer: str
    status: str
    start: datetime
    trial_end: datetime | None
    ended: datetime | None
    period: tuple[datetime, datetime]
    items: tuple[Item, ...]
    discounts: tuple[Discount, ...] = ()
    billing: str = "charge_automatically"
    period_on_items: bool = False
    is_live: bool = True


PLANS = tuple(
    Price(f"price_{currency}_{name}", amount, currency, interval, count, usage)
    for currency in ("eur", "usd", "gbp")
    for name, amount, interval, count, usage in (
        ("starter", 4_900, "month", 1, "licensed"),
        ("team", 12_345, "month", 1, "licensed"),
        ("yearly", 99_999, "year", 1, "licensed"),
        ("two_years", 180_000, "year", 2, "licensed"),
        ("quarter", 25_000, "month", 3, "licensed"),
        ("half_year", 50_000, "month", 6, "licensed"),
        ("week", 1_500, "week", 1, "licensed"),
        ("day", 250, "day", 1, "licensed"),
        ("calls", 7, "month", 1, "metered"),
    )
)
_WEIGHTS = (5, 5, 9, 3, 5, 3, 1, 1, 1) * 3
COUPONS = (
    Coupon("off_15", "forever", percent=15.0),
    Coupon("off_12", "forever", percent=12.5),
    Coupon("half_3", "repeating", percent=50.0, months=3),
    Coupon("year_20", "repeating", percent=20.0, months=12),
    Coupon("hello", "once", percent=10.0),
    Coupon("minus_10", "forever", amount=1_000, currency="eur"),
    Coupon("minus_500", "repeating", amount=50_000, currency="usd", months=6),
)
_STATES = ("active",) * 16 + ("canceled",) * 3 + ("past_due", "past_due", "unpaid", "paused", "trialing")


def made(customers: int, seed: int) -> tuple[Subscription, ...]:
    """Subscriptions of so many customers; the same seed makes the same."""
    random = Random(seed)
    return tuple(_subscription(random, number) for number in range(customers))


def _subscription(random: Random, number: int) -> Subscription:
    price = random.choices(PLANS, _WEIGHTS)[0]
    status = random.choice(_STATES)
    start = _some_time(random, 12 if status == "trialing" else 850)
    trial_end = start + timedelta(days=30 if status == "trialing" else 14) if _trial(random, status) else None
    ended = _end(random, start) if status == "canceled" else None
    period = _period(price, start, trial_end, ended or NOW)
    if ended and random.random() < 0.5:
        ended = min(period[1], NOW - timedelta(hours=1))
    items = tuple(_items(random, price, number, start, ended or NOW))
    discounts = tuple(_discounts(random, start)) if price.interval != "day" else ()
    on_items = random.random() < 0.3
    return Subscription(
        f"sub_{number}", f"cus_{number}", status, start, trial_end, ended, period, items, discounts,
        random.choice(("charge_automatically", "send_invoice")), on_items, random.random() > 0.03,
    )  # fmt: skip


def _some_time(random: Random, days: int) -> datetime:
    """Any second of the days before, now and then the last half hour of a month in UTC."""
    moment = NOW - timedelta(seconds=random.randrange(3_600, days * 86_400))
    if days > 60 and random.random() < 0.06:
        return moment.replace(day=1, hour=23, minute=30) - timedelta(days=1)
    return moment


def _trial(random: Random, status: str) -> bool:
    return status == "trialing" or random.random() < 0.2


def _end(random: Random, start: datetime) -> datetime:
    return start + timedelta(seconds=random.randrange(3_600, max(7_200, int((NOW - start).total_seconds()))))


def _period(price: Price, start: datetime, trial_end: datetime | None, at: datetime) -> tuple[datetime, datetime]:
    """The billing period that ran at a moment; while on trial it is the trial."""
    if trial_end and at < trial_end:
        return start, trial_end
    begun = trial_end or start
    while (following := _after(price, begun)) <= at:
        begun = following
    return begun, following


def _after(price: Price, moment: datetime) -> datetime:
    if price.interval in MONTHS_OF:
        return months_later(moment, MONTHS_OF[price.interval] * price.count)
    return moment + timedelta(days={"week": 7, "day": 1}[price.interval] * price.count)


def months_later(moment: datetime, months: int) -> datetime:
    """The same day and time so many months later, or the month's last day where it has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def _items(random: Random, price: Price, number: int, start: datetime, end: datetime) -> Iterator[Item]:
    quantity = None if random.random() < 0.05 else random.randrange(1, 40)
    yield Item(f"si_{number}_0", price, quantity, start)
    beside = [each for each in PLANS if (each.currency, each.interval, each.count) == _terms(price) and each != price]
    for place, other in enumerate(random.sample(beside, min(len(beside), random.choice((0, 0, 0, 1, 2))))):
        added = start + timedelta(days=random.choice((0, 0, random.randrange(2, 200))))
        yield Item(f"si_{number}_{place + 1}", other, random.randrange(1, 9), added if added < end else start)


def _terms(price: Price) -> tuple[str, str, int]:
    return price.currency, price.interval, price.count


def _discounts(random: Random, start: datetime) -> Iterator[Discount]:
    for coupon in random.sample(COUPONS, random.choice((0,) * 9 + (1,) * 4 + (2,))):
        lasts = (NOW - start).days
        begun = start + timedelta(days=random.randrange(0, max(1, lasts)))
        if coupon.months:
            yield Discount(coupon, begun, months_later(begun, coupon.months))
        else:
            stops = coupon.duration == "once" or random.random() < 0.3
            yield Discount(coupon, begun, begun + timedelta(days=20) if stops else None)


def tables(subscriptions: tuple[Subscription, ...]) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table, columns in the order of `landed.COLUMNS`."""
    return {
        "customer": [_customer(each) for each in subscriptions],
        "subscription": [_landed(each) for each in subscriptions],
        "subscription_item": [_item(each, item) for each in subscriptions for item in each.items],
        "price": [_price(price, is_live) for price in PLANS for is_live in (True, False)],
        "coupon": [_coupon(coupon) for coupon in COUPONS],
        "subscription_discount": [
            {"id": f"di_{each.id}_{place}", "coupon_id": d.coupon.id, "customer_id": each.customer,
             "subscription_id": each.id, "start": d.start, "end": d.end}
            for each in subscriptions for place, d in enumerate(each.discounts)
        ],
    }  # fmt: skip


def _customer(each: Subscription) -> dict[str, Any]:
    return {
        "id": each.customer, "name": f"Company {each.customer}", "email": f"pay@{each.customer[4:]}.example",
        "created": each.start, "currency": each.items[0].price.currency, "is_deleted": False,
        "livemode": each.is_live,
    }  # fmt: skip


def _landed(each: Subscription) -> dict[str, Any]:
    begun, ends = (None, None) if each.period_on_items else each.period
    return {
        "id": each.id, "customer_id": each.customer, "status": each.status, "created": each.start,
        "start_date": each.start, "trial_start": each.trial_end and each.start, "trial_end": each.trial_end,
        "canceled_at": each.ended, "ended_at": each.ended, "cancel_at_period_end": False,
        "current_period_start": begun, "current_period_end": ends, "billing": each.billing, "livemode": each.is_live,
    }  # fmt: skip


def _item(each: Subscription, item: Item) -> dict[str, Any]:
    begun, ends = each.period if each.period_on_items else (None, None)
    return {
        "id": item.id, "subscription_id": each.id, "plan_id": _price_id(item.price, each.is_live),
        "quantity": item.quantity, "created": item.created, "current_period_start": begun,
        "current_period_end": ends, "metadata": "{}",
    }  # fmt: skip


def _price_id(price: Price, is_live: bool) -> str:
    return price.id if is_live else f"test_{price.id}"


def _price(price: Price, is_live: bool) -> dict[str, Any]:
    return {
        "id": _price_id(price, is_live), "unit_amount": price.amount, "currency": price.currency,
        "nickname": price.id, "product_id": None, "recurring_interval": price.interval,
        "recurring_interval_count": price.count, "recurring_usage_type": price.usage, "type": "recurring",
        "livemode": is_live,
    }  # fmt: skip


def _coupon(coupon: Coupon) -> dict[str, Any]:
    return {
        "id": coupon.id, "amount_off": coupon.amount, "percent_off": coupon.percent, "currency": coupon.currency,
        "duration": coupon.duration, "duration_in_months": coupon.months, "livemode": True,
    }  # fmt: skip
