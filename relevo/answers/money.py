"""The Money page: how much of last year's revenue was kept, what moved it, and who stays how long."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relevo.answers.header import header
from relevo.answers.measures import MeasureAnswer, show
from relevo.answers.money_slice import SliceTable, slice_table
from relevo.answers.reading import Reading
from relevo.answers.retention import Retention, retention
from relevo.answers.rows import COHORTS
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.survival import Survival, survival
from relevo.answers.values import (
    Figure,
    RowsAsk,
    Sentence,
    Tile,
    count,
    difference,
    money,
    month,
    months_of,
    rate,
    text,
)
from relevo.base.periods import month_text
from relevo.measures.card import Ask, Direction

YEAR = 12
LARGE_SHARE = 0.3
# The house rule that names who owns each line of the bridge.
OWNERS_RULE = "bridge_owners"
LOSSES = ("contraction", "churn")
KINDS = ("new", "reactivation", "expansion", "contraction", "churn")


@dataclass(frozen=True)
class Bridge:
    """Twelve months of movements added up, in minor units: opening + gains - losses + other = closing.

    `parts` are magnitudes by kind; `other` is signed: exchange rates, corrections and changes of identity.
    """

    since: str
    until: str
    opening: int
    closing: int
    parts: Mapping[str, int]
    other: int

    def change(self, line: str) -> int:
        """What a line adds to the opening, signed."""
        if line == "other":
            return self.other
        return -self.parts[line] if line in LOSSES else self.parts[line]

    @property
    def lines(self) -> tuple[str, ...]:
        """The lines between opening and closing; other causes of change only where there were any."""
        return (*KINDS, "other") if self.other else KINDS

    @property
    def from_existing(self) -> int:
        """What customers of before added (or took away): everything but new business and other."""
        gains = self.parts["expansion"] + self.parts["reactivation"]
        return gains - self.parts["contraction"] - self.parts["churn"]


@dataclass(frozen=True)
class MoneyPage:
    """Everything the Money page says. Pictures carry their finding as a sentence; None where data are too few."""

    stamp: Stamp
    sentence: Sentence
    second: Sentence | None
    tiles: tuple[Tile, ...]
    bridge: Bridge | None
    bridge_title: Sentence
    movements: MeasureAnswer
    retention: Retention
    cohorts: MeasureAnswer
    cohorts_title: Sentence
    tenure: MeasureAnswer
    tenure_title: Sentence
    survival: Survival
    slice: SliceTable


def money_page(reading: Reading, by: str = "channel", method: str = "", survival_by: str = "") -> MoneyPage:
    """The Money page: its table cut by a dimension, retention by a method, survival by a dimension or as a whole.

    NotReady before the first book; WrongUse for a dimension or method that is none.
    """
    last = reading.company_book.last_complete_month
    year = Ask(first=last - YEAR + 1, last=last)
    kept = retention(reading)  # the tiles keep to the house's method, whichever the picture shows
    movements = show(reading, "mrr_movements", year)
    cohorts = show(reading, "cohort_retention", Ask(first=last - COHORTS + 1, last=last))
    tenure = show(reading, "arpa_by_tenure", Ask())
    bridge = _bridge(movements)
    return MoneyPage(
        stamp=stamp(reading),
        sentence=_sentence(kept.gross),
        second=_largest_loss(reading),
        tiles=_tiles(reading, kept),
        bridge=bridge,
        bridge_title=_bridge_title(bridge, movements.currency),
        movements=movements,
        retention=retention(reading, method) if method else kept,
        cohorts=cohorts,
        cohorts_title=_cohorts_title(cohorts),
        tenure=tenure,
        tenure_title=_tenure_title(tenure),
        survival=survival(reading, survival_by),
        slice=slice_table(reading, by),
    )


def _sentence(gross: MeasureAnswer) -> Sentence:
    row = gross.last()
    if row.get("rate") is None:
        return Sentence("money.too_early", {"month": month(row.get("month"))})
    return Sentence("money.kept", {"rate": rate(row["rate"]), "customers": count(row["customers"])})


def _largest_loss(reading: Reading) -> Sentence | None:
    """Where most of the loss came from, if one channel lost clearly more than its share of revenue."""
    last = reading.company_book.last_complete_month
    rows = show(reading, "gross_revenue_retention", Ask(by="channel", first=last, last=last)).rows
    known = [r for r in rows if r["opening_cents"] is not None and r["channel"] != "(none)"]
    lost = sum(r["opening_cents"] - r["kept_cents"] for r in known)
    opening = sum(r["opening_cents"] for r in known)
    if not lost or not opening:
        return None
    worst = max(known, key=lambda r: (r["opening_cents"] - r["kept_cents"], r["channel"]))
    share = (worst["opening_cents"] - worst["kept_cents"]) / lost
    weight = worst["opening_cents"] / opening
    if share < LARGE_SHARE or share < 1.2 * weight:
        return None
    values = {"share": rate(share), "channel": text(worst["channel"]), "weight": rate(weight)}
    return Sentence("money.loss_from_channel", values)


def _tiles(reading: Reading, kept: Retention) -> tuple[Tile, ...]:
    """The star, which is read with what was lost, and three guardrails."""
    rates = _rate_tile(kept.net, kept.gross)
    return header((_gained_tile(reading), rates, _lost_tile(reading), _average_tile(reading)))


def _gained_tile(reading: Reading) -> Tile:
    """MRR added in the last month net of losses, read with what was lost."""
    last = reading.company_book.last_complete_month
    movements = show(reading, "mrr_movements", Ask(first=last - YEAR, last=last))
    row, before, currency = movements.last(), _year_before(movements), movements.currency
    month_asked = row.get("month")
    lost = None if not row else row["churn_cents"] + row["contraction_cents"]
    return Tile(
        figure=Figure("mrr_movements", "net_new_mrr", money(_net(row), currency), _moves(month_asked, "net")),
        partner=Figure("mrr_movements", "lost_mrr", money(lost, currency), _moves(month_asked, "lost")),
        month=row.get("month"),
        change=money(_whole(difference(_net(row), _net(before))), currency),
        since=before.get("month"),
        better=Direction.UP,
        spark=tuple(_net(r) for r in movements.rows),
    )


def _year(measure: str, row: Mapping[str, Any]) -> RowsAsk:
    return RowsAsk(measure, month=row.get("month"), months=YEAR)


def _moves(month_asked: str | None, kind: str) -> RowsAsk:
    return RowsAsk("mrr_movements", month=month_asked, kind=kind)


def _rate_tile(net: MeasureAnswer, gross: MeasureAnswer) -> Tile:
    now, before, kept = net.last(), _year_before(net), gross.last()
    return Tile(
        figure=Figure(net.measure, "nrr", rate(now.get("rate")), _year(net.measure, now)),
        partner=Figure(gross.measure, "grr", rate(kept.get("rate")), _year(gross.measure, now)),
        month=now.get("month"),
        change=rate(difference(now.get("rate"), before.get("rate"))),
        since=before.get("month"),
        better=Direction.UP,
        spark=months_of(net.rows, "rate"),
        n=now.get("customers"),
    )


def _lost_tile(reading: Reading) -> Tile:
    """Customers who left within a year, read with the revenue that left."""
    last = reading.company_book.last_complete_month
    ask = Ask(first=last - YEAR, last=last, months=YEAR)
    logos, revenue = show(reading, "logo_churn", ask), show(reading, "gross_mrr_churn", ask)
    now, before = logos.last(), _year_before(logos)
    return Tile(
        figure=Figure(
            "logo_churn",
            "logo_churn",
            rate(now.get("rate")),
            _year("logo_churn", now),
        ),
        partner=Figure(
            "gross_mrr_churn",
            "gross_churn",
            rate(revenue.last().get("rate")),
            _year("gross_mrr_churn", now),
        ),
        month=now.get("month"),
        change=rate(difference(now.get("rate"), before.get("rate"))),
        since=before.get("month"),
        better=Direction.DOWN,
        spark=months_of(logos.rows, "rate"),
        low=rate(now.get("low")),
        high=rate(now.get("high")),
        n=now.get("opening_customers"),
    )


def _average_tile(reading: Reading) -> Tile:
    last = reading.company_book.last_complete_month
    averages = show(reading, "arpa", Ask(first=last - YEAR, last=last))
    now, before = averages.last(), _year_before(averages)
    rows = RowsAsk("arpa", month=now.get("month"))
    change = difference(now.get("arpa_cents"), before.get("arpa_cents"))
    return Tile(
        figure=Figure("arpa", "arpa", money(now.get("arpa_cents"), averages.currency), rows),
        partner=Figure("mrr", "paying_customers", count(now.get("customers")), rows),
        month=now.get("month"),
        change=money(_whole(change), averages.currency),
        since=before.get("month"),
        better=Direction.UP,
        spark=months_of(averages.rows, "arpa_cents"),
    )


def _bridge(movements: MeasureAnswer) -> Bridge | None:
    rows = movements.rows
    if not rows:
        return None
    other = ("fx_cents", "prior_period_adj_cents", "identity_adj_cents")
    return Bridge(
        since=rows[0]["month"],
        until=rows[-1]["month"],
        opening=rows[0]["opening_cents"],
        closing=rows[-1]["closing_cents"],
        parts={kind: sum(r[f"{kind}_cents"] for r in rows) for kind in KINDS},
        other=sum(r[name] or 0 for r in rows for name in other),
    )


def _bridge_title(bridge: Bridge | None, currency: str) -> Sentence:
    if bridge is None:
        return Sentence("bridge.none")
    code = "bridge.added" if bridge.from_existing >= 0 else "bridge.took"
    values = {"new": money(bridge.parts["new"], currency), "existing": money(abs(bridge.from_existing), currency)}
    return Sentence(code, values)


def _cohorts_title(cohorts: MeasureAnswer) -> Sentence:
    """What cohorts keep after a year, weighted by what they began with."""
    at = {age: [r for r in cohorts.rows if r["age"] == age] for age in (0, YEAR)}
    aged = {r["cohort"]: r["mrr_cents"] for r in at[YEAR] if r["mrr_cents"] is not None}
    start = sum(r["mrr_cents"] for r in at[0] if r["cohort"] in aged and r["mrr_cents"] is not None)
    if not start:
        return Sentence("cohorts.too_early")
    return Sentence("cohorts.after_a_year", {"rate": rate(sum(aged.values()) / start), "cohorts": count(len(aged))})


def _tenure_title(tenure: MeasureAnswer) -> Sentence:
    known = [r for r in tenure.rows if r["survivors_cents"] is not None and r["all_started_cents"] is not None]
    if len(known) < 2:
        return Sentence("tenure.too_early")
    first, last = known[0], known[-1]
    stay = last["survivors_cents"] - first["survivors_cents"]
    whole = last["all_started_cents"] - first["all_started_cents"]
    values = {
        "survivors": money(last["survivors_cents"], tenure.currency),
        "all": money(last["all_started_cents"], tenure.currency),
        "start": money(first["all_started_cents"], tenure.currency),
        "tenure": count(last["tenure_month"]),
    }
    if stay > 0 and whole < 0:
        return Sentence("tenure.stayers_grow_but_loss_wins", values)
    return Sentence("tenure.both_grow" if whole >= 0 else "tenure.both_shrink", values)


def _net(row: Mapping[str, Any]) -> int | None:
    if not row:
        return None
    gained = row["new_cents"] + row["reactivation_cents"] + row["expansion_cents"]
    return int(gained - row["contraction_cents"] - row["churn_cents"])


def _year_before(answer: MeasureAnswer) -> Mapping[str, Any]:
    """The row of the month a year before the last one; an empty mapping where there is none."""
    if not answer.rows:
        return {}
    wanted = month_text(_index(answer.rows[-1]["month"]) - YEAR)
    return next((row for row in answer.rows if row["month"] == wanted), {})


def _index(text_month: str) -> int:
    return int(text_month[:4]) * 12 + int(text_month[5:]) - 1


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)
