"""The table under the Money page: a year of retention, one row per value of a dimension."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relevo.answers.measures import FEWEST_CUSTOMERS, PERSON_DIMENSIONS, show
from relevo.answers.reading import Reading, Scope
from relevo.measures.card import Ask

DIMENSIONS = ("channel", "segment", "plan", "country", "industry", "size_band", "persona", "seller", "cohort")
YEAR = 12


@dataclass(frozen=True)
class SliceRow:
    """One value of a dimension: its customers a year ago and what became of their revenue.

    `too_few` says that fewer than five customers stand behind it, so that a rate could not stand: rates are None then.
    """

    value: str
    customers: int | None
    opening_cents: int | None
    gross: float | None
    net: float | None
    lost: float | None
    low: float | None
    high: float | None
    too_few: bool


@dataclass(frozen=True)
class SliceTable:
    """A year's retention by one dimension, largest opening revenue first, and the same for everybody."""

    by: str
    choices: tuple[str, ...]
    month: str
    currency: str
    scope: Scope
    rows: tuple[SliceRow, ...]
    total: SliceRow


def slice_table(reading: Reading, by: str) -> SliceTable:
    """Retention of the year that ended with the last complete month, by a dimension of customers."""
    last = reading.company_book.last_complete_month
    ask = Ask(by=by, first=last, last=last, months=YEAR)
    whole = Ask(first=last, last=last, months=YEAR)
    gross = show(reading, "gross_revenue_retention", ask)
    net = {row[by]: row for row in show(reading, "net_revenue_retention", ask).rows}
    left = {row[by]: row for row in show(reading, "logo_churn", ask).rows}
    rows = [_row(r[by], r, net.get(r[by], {}), left.get(r[by], {})) for r in gross.rows]
    total = [show(reading, n, whole).last() for n in ("gross_revenue_retention", "net_revenue_retention", "logo_churn")]
    return SliceTable(
        by=by,
        choices=choices(reading),
        month=str(total[0].get("month", "")),
        currency=gross.currency,
        scope=gross.scope,
        rows=tuple(sorted(rows, key=lambda r: (-(r.opening_cents or 0), r.value))),
        total=_row("", *total),
    )


def choices(reading: Reading) -> tuple[str, ...]:
    """The dimensions by which this viewer may cut."""
    persons = reading.viewer.can_see_person_level
    return tuple(d for d in DIMENSIONS if persons or d not in PERSON_DIMENSIONS)


def _row(value: str, gross: Mapping[str, Any], net: Mapping[str, Any], left: Mapping[str, Any]) -> SliceRow:
    customers = gross.get("customers")
    too_few = customers is None or customers < FEWEST_CUSTOMERS
    seen: Mapping[str, Any] = {} if too_few else left
    return SliceRow(
        value=value,
        customers=customers,
        opening_cents=gross.get("opening_cents"),
        gross=None if too_few else gross.get("rate"),
        net=None if too_few else net.get("rate"),
        lost=seen.get("rate"),
        low=seen.get("low"),
        high=seen.get("high"),
        too_few=too_few,
    )
