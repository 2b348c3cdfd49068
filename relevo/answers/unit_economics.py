"""Unit economics: what a new customer costs and brings, when it has paid back, and who left before that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from relevo.answers.header import header
from relevo.answers.measures import COMPANY_DIMENSIONS, FEWEST_CUSTOMERS, MeasureAnswer, show
from relevo.answers.reading import Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import Figure, RowsAsk, Sentence, Tile, Value, count, money, rate, ratio, text
from relevo.base.errors import WrongUse
from relevo.measures.card import Ask, Direction, Unit
from relevo.measures.revenue.by_segment import SEGMENT as SEGMENT
from relevo.measures.revenue.by_segment import TOTAL as TOTAL

TWO_YEARS = 24
# Below this a segment's curve is partly the company's.
OWN_CURVE = 30
BRIDGE_PARTS = ("mix", "retention", "expansion", "price", "margin", "cost")
# Acquisition cost and lifetime value are never cut down to somebody's customers: by these alone.
DIMENSIONS = tuple(d for d in ("segment", "channel", "plan", "country") if d in COMPANY_DIMENSIONS)


@dataclass(frozen=True)
class EconomicsRow:
    """One value of a dimension: lifetime value and cost of a customer, their ratio, and the months to pay back.

    `too_few` says that fewer than five customers stand behind it; nothing else is said then. `own_share` is the share
    of the curve that is its own; `has_own_cost` is False where no spend names it and the company's cost is taken.
    """

    value: str
    customers: int | None
    won: int | None
    ltv_cents: int | None
    ltv_low: int | None
    ltv_high: int | None
    cac_cents: int | None
    ratio: float | None
    low: float | None
    high: float | None
    months: int | None
    lost: int | None
    lost_cents: int | None
    own_share: float
    has_own_cost: bool
    too_few: bool


@dataclass(frozen=True)
class LifetimeBridge:
    """What moved the value of a new customer, less its cost, between two windows; parts are signed.

    opening + parts = closing, to the cent.
    """

    value: str
    opening: int
    closing: int
    parts: Mapping[str, int]
    months: int
    currency: str


@dataclass(frozen=True)
class EconomicsPage:
    """Everything the page says. `bridge` is None where a window has no lifetime value; `curve` may have no cost."""

    stamp: Stamp
    by: str
    choices: tuple[str, ...]
    sentence: Sentence
    second: Sentence | None
    tiles: tuple[Tile, ...]
    rows: tuple[EconomicsRow, ...]
    total: EconomicsRow | None
    table: MeasureAnswer
    table_title: Sentence
    curve: MeasureAnswer
    curve_title: Sentence
    line_ratio: float | None
    bridge: LifetimeBridge | None
    bridges: tuple[str, ...]
    bridge_answer: MeasureAnswer
    bridge_title: Sentence


def economics_page(reading: Reading, by: str = SEGMENT, part: str = TOTAL) -> EconomicsPage:
    """Unit economics by a dimension, and the bridge of lifetime value for one of its values or the total.

    NotReady before the first book; WrongUse for a dimension by which the company's costs are not told.
    """
    if by not in DIMENSIONS:
        raise WrongUse(f"{by[:40]!r} does not cut unit economics.", f"Ask one of {', '.join(DIMENSIONS)}.")
    ask = Ask(by=by)
    table, payback = show(reading, "ltv_to_cac", ask), show(reading, "cac_payback", ask)
    values = show(reading, "ltv", ask)
    rows = _rows(by, table, payback, values)
    total = next((row for row in rows if row.value == TOTAL), None)
    curve, bridges = show(reading, "payback_curve", Ask()), show(reading, "ltv_bridge", ask)
    bridge = _bridge(by, part, bridges)
    cut = tuple(sorted((r for r in rows if r.value != TOTAL), key=lambda r: (-(r.won or 0), r.value)))
    return EconomicsPage(
        stamp=stamp(reading),
        by=by,
        choices=DIMENSIONS,
        sentence=_sentence(total, table.currency),
        second=_second(total, table.currency),
        tiles=header(_tiles(reading, total, table.currency)),
        rows=cut,
        total=total,
        table=table,
        table_title=_table_title(cut, table),
        curve=curve,
        curve_title=_curve_title(total),
        line_ratio=next((float(r["line"]) for r in table.rows if r.get("line") is not None), None),
        bridge=bridge,
        bridges=tuple(dict.fromkeys([TOTAL, *(str(r[by]) for r in bridges.rows if _is_told(r))])),
        bridge_answer=bridges,
        bridge_title=_bridge_title(bridge),
    )


def _rows(by: str, table: MeasureAnswer, payback: MeasureAnswer, values: MeasureAnswer) -> list[EconomicsRow]:
    paid, worth = ({str(row[by]): row for row in answer.rows} for answer in (payback, values))
    return [_row(str(r[by]), r, paid.get(str(r[by]), {}), worth.get(str(r[by]), {})) for r in table.rows]


def _row(value: str, row: Mapping[str, Any], paid: Mapping[str, Any], worth: Mapping[str, Any]) -> EconomicsRow:
    customers = row.get("n")
    too_few = customers is None or customers < FEWEST_CUSTOMERS
    told: tuple[Mapping[str, Any], ...] = ({}, {}, {}) if too_few else (row, paid, worth)
    ratios, back, value_of = told
    return EconomicsRow(
        value=value,
        customers=customers,
        won=back.get("new_customers"),
        ltv_cents=value_of.get("ltv_cents"),
        ltv_low=value_of.get("low"),
        ltv_high=value_of.get("high"),
        cac_cents=ratios.get("cac_cents"),
        ratio=ratios.get("ratio"),
        low=ratios.get("low"),
        high=ratios.get("high"),
        months=back.get("survival_months"),
        lost=back.get("lost_before_payback"),
        lost_cents=back.get("lost_cents"),
        own_share=float(value_of.get("weight") or 0),
        has_own_cost=ratios.get("cac_from") == "own",
        too_few=too_few,
    )


def _sentence(total: EconomicsRow | None, currency: str) -> Sentence:
    if total is None or total.ltv_cents is None:
        return Sentence("economics.too_early")
    if total.cac_cents is None:
        return Sentence("economics.no_cost", {"ltv": money(total.ltv_cents, currency)})
    values = {
        "cac": money(total.cac_cents, currency), "ltv": money(total.ltv_cents, currency), "ratio": ratio(total.ratio),
    }  # fmt: skip
    return Sentence("economics.costs_and_brings", values)


def _second(total: EconomicsRow | None, currency: str) -> Sentence | None:
    if total is None or total.lost is None or total.months is None:
        return None
    values = {"months": count(total.months), "lost": count(total.lost), "lost_money": money(total.lost_cents, currency)}
    return Sentence("economics.lost_before_payback", values)


def _tiles(reading: Reading, total: EconomicsRow | None, currency: str) -> tuple[Tile, ...]:
    """The star, lifetime value per cost, and three guardrails; each efficiency has an outcome beside it."""
    known = total or _row(TOTAL, {}, {}, {})
    won, lost = RowsAsk("ltv_to_cac"), RowsAsk("cac_payback")
    worth = Figure("ltv", "ltv", money(known.ltv_cents, currency), RowsAsk("ltv"))
    back = Figure("cac_payback", "payback", _months(known.months), lost)
    return (
        Tile(
            Figure("ltv_to_cac", "ltv_to_cac", ratio(known.ratio), won),
            replace(back, code="payback_months"),
            better=Direction.UP,
        ),
        Tile(back, Figure("cac_payback", "lost_before_payback", count(known.lost), lost), better=Direction.DOWN),
        Tile(
            Figure("cac", "cac", money(known.cac_cents, currency), won),
            replace(worth, code="lifetime_value"),
            better=Direction.DOWN,
        ),
        Tile(worth, Figure("survival", "still_here", rate(_still_here(reading)), RowsAsk("survival"))),
    )


def _months(amount: int | None) -> Value:
    return Value(amount, Unit.MONTHS)


def _still_here(reading: Reading) -> float | None:
    """Share of customers still here after two years."""
    rows = show(reading, "survival", Ask()).rows
    return next((r["survival"] for r in rows if r["tenure_month"] == TWO_YEARS and r["shown"]), None)


def _table_title(rows: Sequence[EconomicsRow], table: MeasureAnswer) -> Sentence:
    """Which values surely lie below the line, where there is one."""
    known = [row for row in rows if row.ratio is not None]
    line = next((float(r["line"]) for r in table.rows if r.get("line") is not None), None)
    if not known or line is None:
        return Sentence("ratios.too_early")
    below = [row for row in known if row.high is not None and row.high < line]
    best = max(known, key=lambda row: (row.ratio or 0, row.value))
    values = {"line": ratio(line), "best": text(best.value), "best_ratio": ratio(best.ratio), "n": count(len(known))}
    if below:
        worst = min(below, key=lambda row: (row.ratio or 0, row.value))
        return Sentence("ratios.below", {**values, "worst": text(worst.value), "worst_ratio": ratio(worst.ratio)})
    return Sentence("ratios.none_below", values)


def _curve_title(total: EconomicsRow | None) -> Sentence:
    if total is None or total.too_few:
        return Sentence("payback.too_early")
    if total.cac_cents is None:
        return Sentence("payback.no_cost")
    if total.months is None:
        return Sentence("payback.never")
    return Sentence("payback.after", {"months": count(total.months)})


def _is_told(row: Mapping[str, Any]) -> bool:
    return row["opening_cents"] is not None and row["closing_cents"] is not None


def _bridge(by: str, part: str, answer: MeasureAnswer) -> LifetimeBridge | None:
    row = next((r for r in answer.rows if str(r[by]) == part and _is_told(r)), None)
    if row is None:
        return None
    parts = {name: int(row[f"{name}_cents"] or 0) for name in BRIDGE_PARTS}
    return LifetimeBridge(part, row["opening_cents"], row["closing_cents"], parts, row["months"], answer.currency)


def _bridge_title(bridge: LifetimeBridge | None) -> Sentence:
    if bridge is None:
        return Sentence("lifetime.too_early")
    most = max(bridge.parts, key=lambda name: (abs(bridge.parts[name]), name))
    moved = bridge.closing - bridge.opening
    values = {
        "moved": money(abs(moved), bridge.currency), "part": text(most),
        "part_money": money(abs(bridge.parts[most]), bridge.currency),
    }  # fmt: skip
    code = "lifetime.rose" if moved >= 0 else "lifetime.fell"
    return Sentence(code, values)
