"""Exchange rates: one per currency and month, the rate the company's finance team fixes on each month's first day."""

from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.customers import CURRENCIES
from relevo.sources.demo.frame import MONTHS, Floats, Frame, Ints
from relevo.sources.demo.writer import Day, Word, Writer

BASE = "EUR"
_ALL = (*CURRENCIES, "CNY")
_START = np.array([1.0, 0.927, 1.152, 0.182, 0.0512, 0.00668, 0.1285])
_DRIFT = np.array([0.0, -0.0006, 0.0003, -0.0022, 0.0012, -0.0028, -0.0012])
_SWING = np.array([0.0, 0.014, 0.009, 0.026, 0.022, 0.017, 0.012])
_MINOR = np.array([100, 100, 100, 100, 100, 1])
DIGITS = 6


@dataclass(frozen=True)
class Rates:
    """Units of the base currency for one unit of a currency: a row per company month, a column per currency."""

    table: Floats

    def to_base(self, minor: Floats, currency: Ints, month: Ints) -> Floats:
        """Amounts in minor units of their currency as cents of the base currency at a month's rate."""
        return np.asarray(minor * self.table[month, currency] * 100 / _MINOR[currency], dtype=np.float64)


def draw_rates(frame: Frame) -> Rates:
    """A walk per currency, rounded as it is published."""
    steps = frame.stream("fx").normal(_DRIFT, _SWING, (MONTHS, len(_ALL)))
    steps[0] = 0
    return Rates(np.round(_START * np.exp(np.cumsum(steps, axis=0)), DIGITS))


def write_rates(frame: Frame, rates: Rates, out: Writer) -> None:
    """Write fx_rate: every currency but the company's own, from a month before the first customer."""
    months, columns = np.divmod(np.arange((MONTHS + 1) * (len(_ALL) - 1)), len(_ALL) - 1)
    months = months - 1
    out.add(
        "fx_rate",
        {
            "currency": Word(columns + 1, _ALL),
            "on_date": Day(np.where(months < 0, frame.calendar.starts[0] - 31, frame.calendar.starts[months])),
            "rate": rates.table[np.maximum(months, 0), columns + 1],
        },
        len(months),
    )
