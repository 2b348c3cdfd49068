"""The quarterly joint review: one pack of company figures for those who sell and those who support (S0-63).

Until it is frozen it says what the book says now. Frozen, it is kept on the Desk with the book, its day and a hash, and
says the same to everybody from then on, whatever is published later.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from relevo.answers.measures import show
from relevo.answers.reading import Reading, Refused
from relevo.base.errors import NotReady, WrongUse
from relevo.base.periods import month_text, parse_month
from relevo.desk.house.frozen import Frozen, frozen_answers
from relevo.desk.people.roles import Right
from relevo.measures.card import Ask

PACK = "quarterly_review"
QUARTER, YEAR = 3, 12
# They hold the review, so they may freeze its pack, as may whoever sets the rules of the house.
LEADS = ("sales_lead", "success_lead", "support_lead")
_BRIDGE = (
    "opening_cents", "new_cents", "reactivation_cents", "expansion_cents", "contraction_cents", "churn_cents",
    "fx_cents", "prior_period_adj_cents", "identity_adj_cents", "closing_cents",
)  # fmt: skip
# Share of customers that had left for each cause after so many months.
_AT_AGE = 12


@dataclass(frozen=True)
class ReviewPage:
    """The pack of a quarter (2026-Q3). `rows` are plain: section, measure, name, month, value, unit, low, high.

    `id` and `frozen_at` are None until it is frozen. `others` are the quarters that are frozen, latest first.
    """

    quarter: str
    id: str | None
    frozen_at: datetime | None
    book: str
    as_of: date
    currency: str
    rows: tuple[Mapping[str, Any], ...]
    others: tuple[str, ...]
    may_freeze: bool

    def value(self, name: str) -> Any:
        """The value of a row by its name, of its latest month; None where the pack has none."""
        return next((row["value"] for row in reversed(self.rows) if row["name"] == name), None)

    def as_dict(self) -> dict[str, Any]:
        """The pack as JSON prints it: what is the same for everybody."""
        return {
            "quarter": self.quarter,
            "id": self.id,
            "frozen_at": self.frozen_at.isoformat() if self.frozen_at else None,
            "book": self.book,
            "as_of": self.as_of.isoformat(),
            "currency": self.currency,
            "rows": [dict(row) for row in self.rows],
        }


def review_page(reading: Reading, quarter: str | None = None) -> ReviewPage:
    """The pack of a quarter, the last complete one where none is named.

    WrongUse for what is no quarter or is not over; NotReady before the first book.
    """
    asked = quarter or _last_quarter(reading)
    last, kept = _last_month(asked), {_name(k.answer.month): k for k in frozen_answers(PACK)}
    found = kept.get(asked)
    pack = found.answer if found else _pack(reading, last)
    return ReviewPage(
        quarter=asked,
        id=f"{asked}-{pack.sha256[:8]}" if found else None,
        frozen_at=found.frozen_at if found else None,
        book=pack.book,
        as_of=pack.as_of,
        currency=reading.company_book.company.currency,
        rows=pack.rows,
        others=tuple(sorted(kept, reverse=True)),
        may_freeze=found is None and _may_freeze(reading),
    )


def pack_to_freeze(reading: Reading, quarter: str) -> Frozen:
    """The pack of a quarter as it is to be kept. Refused for who neither leads a team nor sets the house's rules."""
    if not _may_freeze(reading):
        raise Refused("The review is frozen by those who lead a team.", "Ask the lead of sales, success or support.")
    return _pack(reading, _last_month(quarter))


def _may_freeze(reading: Reading) -> bool:
    return Right.HOUSE in reading.viewer.rights or reading.viewer.role in LEADS


def _last_quarter(reading: Reading) -> str:
    last = reading.company_book.last_complete_month
    return _name(month_text(last - (last - 2) % QUARTER))


def _name(month: str) -> str:
    """The quarter that ends with a month."""
    return f"{month[:4]}-Q{int(month[5:]) // QUARTER}"


def _last_month(quarter: str) -> int:
    year, mark, number = quarter.partition("-Q")
    if not (mark and len(year) == 4 and year.isascii() and year.isdigit() and number in ("1", "2", "3", "4")):
        raise WrongUse(f"{quarter[:20]!r} is not a quarter.", "Write it as 2026-Q3.")
    return parse_month(f"{year}-{int(number) * QUARTER:02}")


def _pack(reading: Reading, last: int) -> Frozen:
    book = reading.company_book
    if last > book.last_complete_month:
        raise WrongUse("This quarter is not over in the book.", "Ask for one that is, or build a later book.")
    rows = (*_bridge(reading, last), *_kept(reading, last), *_lost(reading, last), *_causes(reading))
    if not rows:
        raise NotReady("The book knows nothing of this quarter.", "Ask for a later one.")
    return Frozen(PACK, month_text(last), QUARTER, book.id, book.as_of, book.policy.hash, rows)


def _bridge(reading: Reading, last: int) -> tuple[Mapping[str, Any], ...]:
    """MRR from the opening to the closing of each month of the quarter, and what was added net."""
    found = show(reading, "mrr_movements", Ask(first=last - QUARTER + 1, last=last))
    rows = []
    for row in found.rows:
        parts = [(name, row[name]) for name in _BRIDGE]
        gained = row["new_cents"] + row["reactivation_cents"] + row["expansion_cents"]
        net = gained - row["contraction_cents"] - row["churn_cents"]
        rows += [_row("bridge", found.measure, n, row["month"], v, "money") for n, v in (*parts, ("net_cents", net))]
    return tuple(rows)


def _kept(reading: Reading, last: int) -> tuple[Mapping[str, Any], ...]:
    """Revenue kept over twelve months, at the end of this quarter and of the one before; contracts renewed."""
    rows = []
    for measure in ("net_revenue_retention", "gross_revenue_retention"):
        for month in (last - QUARTER, last):
            found = show(reading, measure, Ask(first=month, last=month, months=YEAR)).last()
            if found:
                rows.append(_row("kept", measure, measure, found["month"], found.get("rate"), "rate"))
    renewed = show(reading, "renewal_rate", Ask(first=last - QUARTER + 1, last=last))
    rows += [_row("kept", renewed.measure, renewed.measure, r["month"], r.get("rate"), "rate") for r in renewed.rows]
    return tuple(rows)


def _lost(reading: Reading, last: int) -> tuple[Mapping[str, Any], ...]:
    """Customers lost within twelve months, with the interval, at the end of both quarters."""
    rows = []
    for month in (last - QUARTER, last):
        found = show(reading, "logo_churn", Ask(first=month, last=month, months=YEAR)).last()
        if found:
            ends = {"low": found.get("low"), "high": found.get("high")}
            rows.append(_row("lost", "logo_churn", "logo_churn", found["month"], found.get("rate"), "rate", **ends))
    return tuple(rows)


def _causes(reading: Reading) -> tuple[Mapping[str, Any], ...]:
    """Why customers leave: the share gone for each cause a year after the start, of all who ever started."""
    found = show(reading, "churn_causes", Ask())
    at_age = [r for r in found.rows if r["tenure_month"] == _AT_AGE]
    return tuple(
        _row("causes", found.measure, r["cause"], None, r["incidence"], "rate", low=r["low"], high=r["high"])
        for r in at_age
    )


def _row(
    section: str, measure: str, name: str, month: str | None, value: Any, unit: str, **ends: Any
) -> Mapping[str, Any]:
    """A row of the pack; `ends` are `low` and `high` of an interval."""
    told = {"section": section, "measure": measure, "name": name, "month": month, "value": value, "unit": unit}
    return {"low": None, "high": None, **told, **ends}
