"""The forecast: revenue from customers there are, revenue from new ones on top, and what is committed already."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from relevo.answers.measures import MeasureAnswer
from relevo.answers.values import RowsAsk
from relevo.web import format as written
from relevo.web.addresses import rows_address
from relevo.web.charts.base import INK, MUTE, Row, Spec, dots, line, note, ordinal, picture, vertical
from relevo.web.charts.waterfall import Scale

HEIGHT = 250


def forecast_picture(past: MeasureAnswer, forecast: MeasureAnswer, committed: MeasureAnswer, scale: Scale) -> Spec:
    """MRR of the last year as a line, then two stacked areas with the interval of their sum."""
    behind = [_past_row(row, scale, past.currency) for row in past.rows]
    before = _areas_from(past, scale)
    ahead = [_ahead_row(row, scale, forecast.currency) for row in forecast.rows]
    names = [row["name"] for row in (*behind, *ahead)]
    x = ordinal("name", names[::3])
    x["scale"] = {"domain": names}
    y = vertical("amount", scale.name, format=",~f") | {"scale": {"zero": True}}
    areas = [*before, *ahead]
    layers = [
        _area(areas, x, y, "existing", "zero", "var(--new)", 0.28),
        _area(areas, x, y, "amount", "existing", "var(--expansion)", 0.28),
        line(behind, x, y, INK),
        line(areas, x, y, "var(--expansion)"),
        *_whiskers(ahead, x, y),
        *_committed(committed, names, scale, x, y),
        dots(behind, x, y, INK),
        *_labels(ahead, x, y),
    ]
    return picture(900, HEIGHT, layers, right=120)


def _areas_from(past: MeasureAnswer, scale: Scale) -> list[Row]:
    """The last month behind, at which both areas begin."""
    rows = [_past_row(row, scale, past.currency) for row in past.rows[-1:]]
    return [{**row, "existing": row["amount"], "zero": 0} for row in rows]


def _past_row(row: Mapping[str, Any], scale: Scale, currency: str) -> Row:
    month, cents = str(row["month"]), row["mrr_cents"]
    return {
        "name": written.month(month),
        "amount": cents / scale.factor,
        "href": rows_address(RowsAsk("mrr", month=month)),
        "tip": f"{written.month(month)}: {written.money(cents, currency)}",
    }


def _ahead_row(row: Mapping[str, Any], scale: Scale, currency: str) -> Row:
    name = written.month(str(row["month"]))
    low, high = row["low_cents"], row["high_cents"]
    return {
        "name": name,
        "zero": 0,
        "existing": row["existing_cents"] / scale.factor,
        "amount": row["total_cents"] / scale.factor,
        "low": None if low is None else low / scale.factor,
        "high": None if high is None else high / scale.factor,
        "tip": f"{name}: {written.money(row['total_cents'], currency)} "
        f"({written.money(low, currency)} – {written.money(high, currency)})",
    }


def _area(rows: list[Row], x: Spec, y: Spec, top: str, bottom: str, colour: str, opacity: float) -> Spec:
    return {
        "data": {"values": rows},
        "mark": {"type": "area", "color": colour, "opacity": opacity},
        "encoding": {"x": x, "y": {**y, "field": top}, "y2": {"field": bottom}},
    }


def _whiskers(rows: list[Row], x: Spec, y: Spec) -> list[Spec]:
    known = [row for row in rows if row["low"] is not None]
    if not known:
        return []
    rule: Spec = {
        "data": {"values": known},
        "mark": {"type": "rule", "color": "var(--expansion)", "strokeWidth": 1.4},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}, "description": {"field": "tip"}},
    }
    return [rule]


def _committed(committed: MeasureAnswer, names: list[str], scale: Scale, x: Spec, y: Spec) -> list[Spec]:
    rows: list[Row] = [
        {"name": written.month(str(r["month"])), "amount": r["cmrr_cents"] / scale.factor, "tip": ""}
        for r in committed.rows
        if r["cmrr_cents"] is not None and written.month(str(r["month"])) in names
    ]
    return [line(rows, x, y, MUTE, strokeDash=[4, 3])] if len(rows) > 1 else []


def _labels(ahead: list[Row], x: Spec, y: Spec) -> list[Spec]:
    last = ahead[-1]
    total = {**last, "note": _("with new customers %(amount)s") % {"amount": written.figures(last["amount"])}}
    own = _("customers you have %(amount)s") % {"amount": written.figures(last["existing"])}
    existing = {**last, "amount": last["existing"], "note": own}
    return [note([total], x, y, "var(--good)", dy=-6), note([existing], x, y, "var(--new)", dy=6)]
