"""The price list of the demo company: per seat and plan, per currency and billing interval, before and after a rise."""

import numpy as np

from relevo.sources.demo.customers import INTERVAL_MONTHS, MONTHLY, QUARTERLY, YEARLY
from relevo.sources.demo.frame import EARLY_MONTHS, Flags, Floats, Ints

RISE_MONTH = EARLY_MONTHS + 20
"""Company month from which the new list holds: for new customers at once, for others when next billed."""

_SEAT_EUR = np.array([19.0, 32.0, 49.0, 69.0])
_INSIGHTS_EUR = np.array([15.0, 49.0, 149.0, 490.0])
_CALLS_EUR = 0.40
_LEVEL = np.array([1.0, 1.04])
_IN_CURRENCY = np.array([1.0, 1.1, 0.88, 5.0, 17.0, 150.0])
_MINOR = np.array([100, 100, 100, 100, 100, 1])
_STEP = np.array([0.5, 0.5, 0.5, 1.0, 5.0, 10.0])
_PAID_MONTHS = {MONTHLY: 1.0, QUARTERLY: 3.0, YEARLY: 10.8}
_PAID = np.array([_PAID_MONTHS[i] for i in range(len(INTERVAL_MONTHS))])


def _local(eur: Floats, currency: Ints, interval: Ints, level: Ints) -> Ints:
    """A list price in minor units per interval; monthly prices are round in every currency."""
    step = _STEP[currency]
    monthly = np.maximum(np.rint(eur * _LEVEL[level] * _IN_CURRENCY[currency] / step), 1) * step
    return np.asarray(np.rint(monthly * _PAID[interval] * _MINOR[currency]), dtype=np.int64)


def seat_price(plan: Ints, currency: Ints, interval: Ints, level: Ints) -> Ints:
    """Minor units for one seat and one interval."""
    return _local(_SEAT_EUR[plan], currency, interval, level)


def insights_price(plan: Ints, currency: Ints, interval: Ints, level: Ints) -> Ints:
    """Minor units of the add-on for one interval."""
    return _local(_INSIGHTS_EUR[plan], currency, interval, level)


def calls_price(currency: Ints) -> Ints:
    """Minor units for a thousand metered calls."""
    return np.asarray(np.maximum(np.rint(_CALLS_EUR * _IN_CURRENCY[currency] * _MINOR[currency]), 1), dtype=np.int64)


def discount(gross: Ints, percent: Ints, applies: Flags) -> Ints:
    """Minor units taken off a gross amount, half up."""
    return np.where(applies, (gross * percent + 50) // 100, 0)
