"""Amounts of many currencies and months in the book's currency, exactly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

import ibis.expr.types as ir

from relevo.base.errors import DataRefused
from relevo.base.money import MONTHS_PER_YEAR, RATE_SCALE, mrr_from_base
from relevo.base.periods import month_text
from relevo.book.schema import Tables
from relevo.measures.card import Frame, Record


def month_rates(tables: Tables, frame: Frame) -> ir.Table:
    """The closing rate of every month and currency: currency, month, rate_e10."""
    return tables.fx_month.filter(tables.fx_month.month <= frame.last_complete).select("currency", "month", "rate_e10")


@dataclass(frozen=True)
class Exchange:
    """Closing rates by currency and month; a month outside those known takes the nearest known one."""

    rates: Mapping[str, Mapping[int, int]]

    @classmethod
    def of(cls, rows: Iterable[Record]) -> "Exchange":
        """The rates from rows of `month_rates`."""
        known: dict[str, dict[int, int]] = {}
        for row in rows:
            known.setdefault(row["currency"], {})[int(row["month"])] = int(row["rate_e10"])
        return cls(known)

    def rate(self, currency: str, month: int) -> int:
        """The rate times 10^10; DataRefused for a currency without any."""
        known = self.rates.get(currency)
        if not known:
            raise DataRefused(
                f"An amount of {month_text(month)} is in {currency}, which has no exchange rate.",
                "Load fx_rate rows for it (currency, on_date, rate), then build again.",
            )
        return known[min(max(month, min(known)), max(known))]

    def amount(self, currency: str, month: int, amount: int | Decimal) -> Fraction:
        """Minor units of the book's currency for an amount in another one."""
        return Fraction(int(amount) * self.rate(currency, month), RATE_SCALE)

    def mrr(self, currency: str, month: int, arr_e6: int | Decimal) -> Fraction:
        """MRR in minor units of the book's currency for a native run-rate per year."""
        return mrr_from_base(int(arr_e6) * self.rate(currency, month))

    def mrr_squared(self, currency: str, month: int, arr_e6_squared: int | Decimal) -> Fraction:
        """Squared MRR in squared minor units for a sum of squared native run-rates per year."""
        unit = Fraction(self.rate(currency, month), RATE_SCALE * 10**6 * MONTHS_PER_YEAR)
        return int(arr_e6_squared) * unit * unit


def running(steps: Sequence[tuple[int, int | Decimal]], at: Sequence[int]) -> list[int]:
    """The level at every place of `at` (ascending) of a quantity that changes in steps of (place, change)."""
    ordered = sorted((place, int(change)) for place, change in steps)
    levels, level, used = [], 0, 0
    for place in at:
        while used < len(ordered) and ordered[used][0] <= place:
            level += ordered[used][1]
            used += 1
        levels.append(level)
    return levels
