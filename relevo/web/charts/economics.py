"""Pictures of unit economics: margin that grows towards the cost, and value per cost with its interval."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from relevo.answers.measures import MeasureAnswer
from relevo.answers.unit_economics import EconomicsRow
from relevo.web import format as written
from relevo.web.charts.base import INK, MUTE, Row, Spec, line, months_since, note, picture, plain, vertical
from relevo.web.charts.waterfall import Scale
from relevo.web.labels import slice_value

HEIGHT = 240
ROW_HEIGHT = 40


def payback_picture(curve: MeasureAnswer, scale: Scale, months: int | None, line_words: str) -> Spec:
    """Margin of a new customer by months paid, if nobody left and with those who leave, against its cost.

    The upright line is the habit of the house, labelled with `line_words`; the dot is where the cost is covered.
    """
    x = months_since("age", _("months paid"), max(row["tenure_month"] for row in curve.rows))
    y = vertical("amount", scale.name, format=",~f") | {"scale": {"zero": True}}
    pairs = (
        ("simple_cents", MUTE, _("if nobody left"), [5, 3], -6),
        ("survival_cents", "var(--new)", _("with those who leave"), [1, 0], 6),
    )
    layers: list[Spec] = []
    for column, colour, name, dash, nudge in pairs:
        rows = [_point(row, column, scale, curve.currency) for row in curve.rows if row[column] is not None]
        layers += [line(rows, x, y, colour, strokeDash=dash), note(_end(rows, name), x, y, colour, dy=nudge)]
    layers += _cost(curve, scale, x, y)
    layers += _habit(curve, line_words, x)
    layers += _covered(curve, scale, months, x, y)
    return picture(560, HEIGHT, layers, right=120)


def _point(row: Mapping[str, Any], column: str, scale: Scale, currency: str) -> Row:
    age, cents = row["tenure_month"], row[column]
    return {"age": age, "amount": cents / scale.factor, "tip": f"{age}: {written.money(cents, currency)}"}


def _end(rows: Sequence[Row], name: str) -> list[Row]:
    return [{**row, "note": name} for row in rows[-1:]]


def _cost(curve: MeasureAnswer, scale: Scale, x: Spec, y: Spec) -> list[Spec]:
    """The level line of what a customer cost; none where spend is not loaded."""
    known = [row for row in curve.rows if row["cac_cents"] is not None]
    if not known:
        return []
    rows = [_point(row, "cac_cents", scale, curve.currency) for row in (known[0], known[-1])]
    words = _("cost to win %(cost)s") % {"cost": written.short_money(known[0]["cac_cents"], curve.currency)}
    return [line(rows, x, y, "var(--churn)"), note(_end(rows, words), x, y, "var(--churn)")]


def _habit(curve: MeasureAnswer, words: str, x: Spec) -> list[Spec]:
    at = [{"age": curve.rows[0]["line_months"], "note": words}]
    return [
        {
            "data": {"values": at},
            "mark": {"type": "rule", "strokeDash": [3, 3], "color": MUTE},
            "encoding": {"x": plain(x)},
        },
        {
            "data": {"values": at},
            "mark": {"type": "text", "align": "left", "baseline": "top", "dx": 5, "color": MUTE},
            "encoding": {"x": plain(x), "y": {"value": 0}, "text": {"field": "note", "type": "nominal"}},
        },
    ]


def _covered(curve: MeasureAnswer, scale: Scale, months: int | None, x: Spec, y: Spec) -> list[Spec]:
    row = next((r for r in curve.rows if r["tenure_month"] == months), None)
    if row is None or row["survival_cents"] is None:
        return []
    at = [{**_point(row, "survival_cents", scale, curve.currency), "note": str(months)}]
    dot: Spec = {
        "data": {"values": at},
        "mark": {"type": "circle", "size": 70, "color": "var(--new)", "opacity": 1},
        "encoding": {"x": plain(x), "y": plain(y), "description": {"field": "tip"}},
    }
    return [dot, note(at, x, y, INK, dy=12, dx=4)]


def ratios_picture(rows: Sequence[EconomicsRow], line_at: float, line_words: str) -> Spec | None:
    """Lifetime value per cost: a dot for each value with its 95 % whisker; None where none is known."""
    known = [_ratio_row(row) for row in rows if row.ratio is not None]
    if not known:
        return None
    x: Spec = {
        "field": "ratio", "type": "quantitative", "scale": {"zero": True},
        "axis": {"title": None, "tickCount": 5, "format": ",~f"},
    }  # fmt: skip
    y: Spec = {
        "field": "name", "type": "nominal", "sort": None,
        "axis": {"title": None, "labelColor": INK, "labelLimit": 120, "minExtent": 84, "domain": False, "grid": False},
    }  # fmt: skip
    whisker: Spec = {
        "mark": {"type": "rule", "strokeWidth": 2, "color": "var(--new)"},
        "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "description": {"field": "tip"}},
    }
    dot: Spec = {
        "mark": {"type": "circle", "size": 80, "color": "var(--new)", "opacity": 1},
        "encoding": {"x": x, "y": y, "href": {"field": "href"}, "description": {"field": "tip"}},
    }
    beside: Spec = {
        "mark": {"type": "text", "dy": -12, "fontWeight": 600, "color": INK},
        "encoding": {"x": x, "y": y, "text": {"field": "note", "type": "nominal"}},
    }
    return picture(
        380, ROW_HEIGHT * len(known) + 20, [*_ratio_line(line_at, line_words), whisker, dot, beside], known, right=16
    )


def _ratio_line(at: float, words: str) -> list[Spec]:
    data = {"values": [{"ratio": at, "note": words}]}
    x: Spec = {"field": "ratio", "type": "quantitative"}
    return [
        {"data": data, "mark": {"type": "rule", "strokeDash": [3, 3], "color": MUTE}, "encoding": {"x": x}},
        {
            "data": data,
            "mark": {"type": "text", "align": "left", "baseline": "bottom", "dx": 4, "color": MUTE},
            "encoding": {"x": x, "y": {"value": 0}, "text": {"field": "note", "type": "nominal"}},
        },
    ]


def _ratio_row(row: EconomicsRow) -> Row:
    name, shown = slice_value(row.value), written.ratio(row.ratio)
    return {
        "name": name,
        "ratio": row.ratio,
        "low": row.low,
        "high": row.high,
        "note": shown,
        "href": "",
        "tip": f"{name}: {shown} ({written.ratio(row.low)} – {written.ratio(row.high)})",
    }
