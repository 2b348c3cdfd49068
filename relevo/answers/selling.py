"""How fast selling is, beside what stays of what was sold: efficiency never stands without an outcome (row S0-02)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relevo.answers.measures import show
from relevo.answers.reading import Reading
from relevo.base.errors import DataRefused
from relevo.measures.card import Ask

YEAR = 12


@dataclass(frozen=True)
class SellingMonth:
    """One month: win rate with its n, median days to close, money per day, and beside them what was kept of revenue.

    Money is in minor units of the book's currency; None where a figure is undefined.
    """

    month: str
    ended: int
    win_rate: float | None
    median_days: float | None
    velocity_cents: int | None
    net: float | None
    gross: float | None


@dataclass(frozen=True)
class SellingTable:
    """The last twelve months, newest first; `is_empty` where no deal for new business ended in them."""

    months: tuple[SellingMonth, ...]
    currency: str

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to show."""
        return not any(each.ended for each in self.months)


def selling_table(reading: Reading) -> SellingTable:
    """Selling by month for the whole company, the same for every viewer. NotReady before the first book."""
    last = reading.company_book.last_complete_month
    year = Ask(first=last - YEAR + 1, last=last)
    won, days, net, gross = (
        _by_month(reading, name, year)
        for name in ("win_rate", "time_to_close", "net_revenue_retention", "gross_revenue_retention")
    )
    pace = _pace(reading, year)
    months = [
        SellingMonth(
            month, row["won"] + row["lost"], row["rate"], days[month]["median_days"], pace.get(month),
            net.get(month, {}).get("rate"), gross.get(month, {}).get("rate"),
        )
        for month, row in won.items()
    ]  # fmt: skip
    return SellingTable(tuple(reversed(months)), reading.company_book.company.currency)


def _pace(reading: Reading, year: Ask) -> Mapping[str, int | None]:
    """Money per day by month; of no month where a deal's currency has no rate, which asking the measure says."""
    try:
        return {month: row["velocity_cents"] for month, row in _by_month(reading, "pipeline_velocity", year).items()}
    except DataRefused:
        return {}


def _by_month(reading: Reading, name: str, ask: Ask) -> Mapping[str, Mapping[str, Any]]:
    return {row["month"]: row for row in show(reading, name, ask).rows}
