"""Pictures of the Money page: bridge, retention, cohorts, tenure and survival."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from relevo.answers.measures import MeasureAnswer
from relevo.answers.money import FEWEST_AT_RISK, KINDS, Bridge
from relevo.answers.values import RowsAsk
from relevo.base.money import exponent
from relevo.web import format as written
from relevo.web.addresses import rows_address
from relevo.web.charts.base import (
    COLOURS,
    INK,
    MUTE,
    Row,
    Spec,
    dots,
    line,
    months_since,
    note,
    ordinal,
    picture,
    vertical,
)
from relevo.web.labels import KINDS as KIND_NAMES
from relevo.web.labels import label

YEAR = 12
HEAT_STEPS = 6


@dataclass(frozen=True)
class Scale:
    """How amounts in minor units are drawn: divided by `factor`, which the picture's subtitle calls `name`."""

    factor: int
    name: str


def money_scale(largest: int, currency: str) -> Scale:
    """Units, thousands or millions of a currency, so that an axis needs at most four digits."""
    one = 10 ** exponent(currency)
    if largest >= 10_000_000 * one:
        return Scale(one * 1_000_000, _("million %(currency)s") % {"currency": currency})
    if largest >= 10_000 * one:
        return Scale(one * 1_000, _("thousand %(currency)s") % {"currency": currency})
    return Scale(one, currency)


def bridge_scale(bridge: Bridge, currency: str) -> Scale:
    """The scale of the bridge: that of its larger end."""
    return money_scale(max(bridge.opening, bridge.closing), currency)


def bridge_picture(bridge: Bridge, currency: str) -> Spec:
    """The bridge of twelve months: from the MRR a year ago to now, one bar for each kind of movement."""
    scale = bridge_scale(bridge, currency)
    rows = _bars(bridge, scale, currency)
    x, y = ordinal("name", labelPadding=8), vertical("high", None)
    bars: Spec = {
        "mark": {"type": "bar", "width": {"band": 0.66}, "minBandSize": 2},
        "encoding": {
            "x": x,
            "y": y,
            "y2": {"field": "low"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
            "href": {"field": "href"},
            "description": {"field": "tip"},
        },
    }
    above: Spec = {
        "mark": {"type": "text", "dy": -8, "fontWeight": 600, "color": INK},
        "encoding": {
            "x": x,
            "y": {"field": "top", "type": "quantitative"},
            "text": {"field": "note", "type": "nominal"},
        },
    }
    return picture(600, 230, [bars, above], rows)


def _bars(bridge: Bridge, scale: Scale, currency: str) -> list[Row]:
    rows, level = [_bar(bridge, "opening", 0, bridge.opening, scale, currency)], bridge.opening
    for kind in (*KINDS, "other"):
        change = _change(bridge, kind)
        if change or kind != "other":
            rows.append(_bar(bridge, kind, level, level + change, scale, currency))
        level += change
    return [*rows, _bar(bridge, "closing", 0, bridge.closing, scale, currency)]


def _change(bridge: Bridge, kind: str) -> int:
    if kind == "other":
        return bridge.other
    return -bridge.parts[kind] if kind in ("contraction", "churn") else bridge.parts[kind]


def _bar(bridge: Bridge, kind: str, start: int, end: int, scale: Scale, currency: str) -> Row:
    is_stock = kind in ("opening", "closing")
    amount = end if is_stock else end - start
    short = written.figures(abs(amount) / scale.factor)
    name = label(KIND_NAMES, kind)
    ask = RowsAsk("mrr_movements", month=bridge.until, since=bridge.since, kind=kind)
    return {
        "name": name,
        "low": start / scale.factor,
        "high": end / scale.factor,
        "top": max(start, end) / scale.factor,
        "note": short if is_stock else ("+" if amount >= 0 else written.MINUS) + short,
        "colour": COLOURS[kind],
        "href": rows_address(ask),
        "tip": f"{name}: {written.money(amount, currency)}",
    }


def retention_picture(net: MeasureAnswer, gross: MeasureAnswer) -> Spec:
    """Net and gross retention of the twelve months before each month end; the dashed line is 100 %."""
    months = [str(row["month"]) for row in net.rows]
    x = ordinal("name", [written.month(m) for m in _every(months, 6)])
    y = vertical("share", None, format=".0%") | {"scale": {"zero": False, "nice": True}}
    rule: Spec = {
        "data": {"values": [{"share": 1}]},
        "mark": {"type": "rule", "strokeDash": [3, 3], "color": MUTE},
        "encoding": {"y": {"field": "share", "type": "quantitative"}},
    }
    layers = [rule]
    for answer, colour, name in ((net, "var(--new)", _("net")), (gross, "var(--churn)", _("gross"))):
        rows = [_rate_row(answer, row) for row in answer.rows]
        end = [{**r, "note": f"{name} {written.rate(r['share'])}"} for r in rows[-1:] if r["share"] is not None]
        layers += [line(rows, x, y, colour), dots(rows, x, y, colour), note(end, x, y, colour)]
    return picture(380, 230, layers, right=34)


def _rate_row(answer: MeasureAnswer, row: Mapping[str, Any]) -> Row:
    month = str(row["month"])
    return {
        "name": written.month(month),
        "share": row["rate"],
        "href": rows_address(RowsAsk(answer.measure, month=month, months=YEAR)),
        "tip": f"{written.month(month)}: {written.rate(row['rate'])}",
    }


def cohorts_picture(cohorts: MeasureAnswer) -> Spec:
    """The triangle of cohorts that can be seen: revenue kept in per cent of the first month's, by age."""
    cells = [_heat_cell(row) for row in cohorts.rows]
    x = ordinal(
        "age", orient="top", title=_("months since the start"), titleAlign="left", titleAnchor="start", domain=False
    )
    y: Spec = {"field": "cohort", "type": "ordinal", "sort": None, "axis": {"title": None}}
    squares: Spec = {
        "mark": {"type": "rect", "stroke": "var(--paper)", "strokeWidth": 1},
        "encoding": {
            "x": x,
            "y": y,
            "color": {"field": "colour", "type": "nominal", "scale": None},
            "href": {"field": "href"},
            "description": {"field": "tip"},
        },
    }
    numbers: Spec = {
        "mark": {"type": "text", "fontSize": 10, "color": INK},
        "encoding": {"x": x, "y": y, "text": {"field": "note", "type": "nominal"}, "href": {"field": "href"}},
    }
    count = len({cell["cohort"] for cell in cells})
    return picture(1010, 20 * max(count, 1), [squares, numbers], cells)


def _heat_cell(row: Mapping[str, Any]) -> Row:
    share = float(row["mrr_rate"])
    cohort = written.month(str(row["cohort"]))
    return {
        "cohort": cohort,
        "age": int(row["age"]),
        "note": written.number(share * 100),
        "colour": f"var(--heat-{_heat(share)})",
        "href": rows_address(RowsAsk("cohort_retention", cohort=str(row["cohort"]), age=int(row["age"]))),
        "tip": f"{cohort}, {row['age']}: {written.rate(share)}",
    }


def _heat(share: float) -> int:
    """Colour step of a share: 40 % and less is lightest, 130 % and more darkest."""
    return max(0, min(HEAT_STEPS, round((share - 0.4) / 0.9 * HEAT_STEPS)))


def tenure_picture(tenure: MeasureAnswer) -> Spec:
    """Mean MRR by months since the start: those still here, and all who started with the gone counted as 0."""
    one = 10 ** exponent(tenure.currency)
    x = months_since("age", _("months since the start"), max(row["tenure_month"] for row in tenure.rows))
    y = vertical("amount", None, format=",d") | {"scale": {"zero": True}}
    layers: list[Spec] = []
    pairs = (
        ("survivors_cents", "var(--new)", _("still here")),
        ("all_started_cents", "var(--churn)", _("all who started")),
    )
    for column, colour, name in pairs:
        rows = [_tenure_row(row, column, one, tenure.currency) for row in tenure.rows]
        known = [row for row in rows if row["amount"] is not None]
        end = [{**row, "note": f"{name} {written.figures(row['amount'])}"} for row in known[-1:]]
        layers += [line(rows, x, y, colour), dots(known, x, y, colour), note(end, x, y, colour)]
    return picture(360, 230, layers, right=44)


def _tenure_row(row: Mapping[str, Any], column: str, one: int, currency: str) -> Row:
    cents, age = row[column], row["tenure_month"]
    return {
        "age": age,
        "amount": None if cents is None else cents / one,
        "href": rows_address(RowsAsk("arpa_by_tenure", age=age)),
        "tip": f"{age}: {written.money(cents, currency)}",
    }


def survival_picture(survival: MeasureAnswer) -> Spec:
    """Share still here by months since the start, with its 95 % band; labels at every full year."""
    rows = [_survival_row(row) for row in survival.rows if row["at_risk"] >= FEWEST_AT_RISK]
    x = months_since("age", _("months since the start"), rows[-1]["age"])
    y = vertical("share", None, format=".0%") | {"scale": {"domain": [0, 1]}}
    band: Spec = {
        "data": {"values": [row for row in rows if row["low"] is not None]},
        "mark": {"type": "area", "interpolate": "step-after", "color": "var(--band)"},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
    }
    years = [row for row in rows if row["age"] and row["age"] % YEAR == 0]
    curve = line(rows, x, y, "var(--new)", interpolate="step-after")
    return picture(
        560, 230, [band, curve, dots(years, x, y, "var(--new)"), note(years, x, y, INK, dy=-10, dx=2)], right=30
    )


def _survival_row(row: Mapping[str, Any]) -> Row:
    age = row["tenure_month"]
    return {
        "age": age,
        "share": row["survival"],
        "low": row["low"],
        "high": row["high"],
        "note": written.rate(row["survival"]),
        "href": rows_address(RowsAsk("survival", age=age)),
        "tip": f"{age}: {written.rate(row['survival'])} ({written.rate(row['low'])} – {written.rate(row['high'])})",
    }


def _every(values: Sequence[str], step: int) -> list[str]:
    """Every so many values, counted back from the last."""
    return list(values[::-1][::step][::-1])
