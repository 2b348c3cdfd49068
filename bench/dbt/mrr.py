"""MRR of one item at one month, by definition: Relevo's, the package's, and every mixture on the way.

Written from the two definitions over the facts of the made company, in fractions of minor units; neither Relevo's
code nor the package's is used.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from bench.dbt.made_stripe import NOW, Discount, Item, Subscription
from bench.dbt.walk import Step

ZONE = ZoneInfo("Europe/Madrid")
GRACE = timedelta(days=30)
PER_MONTH = {"week": Fraction(52, 12), "month": Fraction(1), "year": Fraction(1, 12), "day": Fraction(365, 12)}
STEPS = (
    Step(
        "current period only",
        "An item counts in every month from its start to the book's day, at the terms known of it.",
        "An item counts in the months of the billing period that runs (or ran last) alone: from the month in which it "
        "begins up to, not with, the month in which it ends.",
    ),
    Step(
        "months to come",
        "A book ends on its day; what is signed for later is committed_mrr.",
        "The months that the period still has to run are rows too.",
    ),
    Step("time zone", "Days and months are the company's.", "Days and months are UTC's."),
    Step(
        "item added later",
        "An item counts from when it was added.",
        "An item counts from the month in which its billing period began.",
    ),
    Step(
        "ended early",
        "A subscription that ended counts until it ended.",
        "A subscription counts to the end of its period, whenever it ended.",
    ),
    Step("trial", "A trial counts nothing.", "A trial counts in full."),
    Step(
        "unpaid or paused",
        "Unpaid and paused count nothing; past due counts for 30 days.",
        "The state of a subscription does not matter.",
    ),
    Step("metered", "Metered use is no recurring amount.", "Metered use counts as price times quantity."),
    Step("daily", "A day is 12/365 of a month.", "A price per day counts nothing."),
    Step(
        "one-off discount",
        "A discount for one invoice does not change what recurs.",
        "It is taken off in the month in which it starts.",
    ),
    Step(
        "months of a discount",
        "A discount counts from its start to its end, as they are landed; of a period that is not paid, what was "
        "invoiced when it began.",
        "It counts from the month of its start for its coupon's number of months, or for ever; its end is not read.",
    ),
    Step(
        "several discounts",
        "Every discount in percent is taken off.",
        "Of several in percent the largest is taken off.",
    ),
    Step(
        "currency of a discount",
        "An amount in another currency is not taken off.",
        "It is taken off, one for one.",
    ),
    Step(
        "amount off per week",
        "An amount off a weekly price is taken off every week.",
        "It is divided by 52/12 like the amount of a price that is paid every 52/12 months.",
    ),
    Step("rounding", "A discount is whole minor units, as it is billed.", "A discount is not rounded."),
    Step("below zero", "A discount takes off what there is at most.", "MRR goes below zero."),
)
ALL = frozenset(step.name for step in STEPS)


@dataclass(frozen=True)
class Row:
    """One item at one month (its first day)."""

    subscription: Subscription
    item: Item
    month: date

    def __str__(self) -> str:
        return f"{self.item.id} {self.month:%Y-%m}"


def first_of(moment: datetime | date) -> date:
    """The first day of its month, as it is written."""
    return date(moment.year, moment.month, 1)


def _last_of(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def told(row: Row, theirs: frozenset[str]) -> Fraction:
    """What the item pays a month, in minor units, with these conventions being the package's."""
    if not _counts_at_all(row, theirs) or not _in_force(row, theirs):
        return Fraction(0)
    price = row.item.price
    if "metered" not in theirs and price.usage == "metered":
        return Fraction(0)
    if "daily" in theirs and price.interval == "day":
        return Fraction(0)
    net = _cost(row.item) - _discount(row, theirs)
    kept = net if "below zero" in theirs else max(net, Fraction(0))
    return kept * PER_MONTH[price.interval] / price.count


def _counts_at_all(row: Row, theirs: frozenset[str]) -> bool:
    if not row.subscription.is_live:
        return False
    if row.month > first_of(NOW) and "months to come" not in theirs:
        return False
    begun, ends = row.subscription.period
    return "current period only" not in theirs or first_of(begun) <= row.month < first_of(ends)


def _day(moment: datetime, theirs: frozenset[str]) -> date:
    in_utc = moment.replace(tzinfo=UTC)
    return (in_utc if "time zone" in theirs else in_utc.astimezone(ZONE)).date()


def _in_force(row: Row, theirs: frozenset[str]) -> bool:
    """Whether the item counts at the end of the month's last day."""
    sub, last = row.subscription, _last_of(row.month)
    began = sub.start if "item added later" in theirs else max(sub.start, row.item.created)
    if _day(began, theirs) > last:
        return False
    if sub.ended and "ended early" not in theirs and _day(sub.ended, theirs) <= last:
        return False
    return (_past_trial(sub, last, theirs) or "trial" in theirs) and _pays(sub, last, theirs)


def _past_trial(sub: Subscription, last: date, theirs: frozenset[str]) -> bool:
    return sub.status != "trialing" and (sub.trial_end is None or _day(sub.trial_end, theirs) <= last)


def _pays(sub: Subscription, last: date, theirs: frozenset[str]) -> bool:
    since = _day(sub.period[0], theirs)
    if sub.status not in ("past_due", "unpaid", "paused") or last < since or "unpaid or paused" in theirs:
        return True
    return sub.status == "past_due" and last < since + GRACE


def _cost(item: Item) -> Fraction:
    return Fraction(item.price.amount * (1 if item.quantity is None else item.quantity))


def _discount(row: Row, theirs: frozenset[str]) -> Fraction:
    """What is taken off the item per interval."""
    held = [each for each in row.subscription.discounts if _holds(row, each, theirs)]
    percents = [Fraction(str(each.coupon.percent)) for each in held if each.coupon.percent is not None]
    if "several discounts" in theirs:
        percents = [max(percents, default=Fraction(0))]
    amounts = [each.coupon.amount for each in held if each.coupon.amount is not None and _fits(row, each, theirs)]
    exact = "rounding" in theirs
    off = sum((_rounded(_cost(row.item) * percent / 100, exact) for percent in percents), Fraction(0))
    weekly = "amount off per week" in theirs and row.item.price.interval == "week"
    scale = 1 / PER_MONTH["week"] ** 2 if weekly else 1
    return off + scale * sum((_share(row, amount, exact) for amount in amounts), Fraction(0))


def _holds(row: Row, discount: Discount, theirs: frozenset[str]) -> bool:
    is_once = discount.coupon.duration == "once"
    if is_once and "one-off discount" not in theirs:
        return False
    begun = first_of(discount.start)
    if is_once:
        return begun == row.month
    if "months of a discount" in theirs:
        return begun <= row.month and (not discount.coupon.months or _months(begun, row.month) < discount.coupon.months)
    sub, last = row.subscription, _last_of(row.month)
    if sub.status in ("past_due", "unpaid", "paused") and _day(sub.period[0], theirs) <= last:
        return discount.start <= sub.period[0] and (discount.end is None or discount.end > sub.period[0])
    return _day(discount.start, theirs) <= last and (discount.end is None or _day(discount.end, theirs) > last)


def _months(first: date, later: date) -> int:
    return (later.year - first.year) * 12 + later.month - first.month


def _fits(row: Row, discount: Discount, theirs: frozenset[str]) -> bool:
    return "currency of a discount" in theirs or discount.coupon.currency == row.item.price.currency


def _share(row: Row, amount: int, exact: bool) -> Fraction:
    """The item's part of an amount off its subscription: by what the items cost, whole parts that add up."""
    costs = {item.id: _cost(item) for item in row.subscription.items}
    total = sum(costs.values())
    up_to = sum(cost for each, cost in costs.items() if each <= row.item.id)
    before = up_to - costs[row.item.id]
    return _rounded(amount * up_to / total, exact) - _rounded(amount * before / total, exact)


def _rounded(value: Fraction, exact: bool) -> Fraction:
    if exact:
        return value
    return Fraction((Decimal(value.numerator) / Decimal(value.denominator)).quantize(Decimal(1), ROUND_HALF_UP))
