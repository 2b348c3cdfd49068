"""How long customers stay, and what they pay by the months since they came."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from relevo.answers.measures import MeasureAnswer
from relevo.answers.survival import Curve
from relevo.answers.values import RowsAsk
from relevo.base.money import exponent
from relevo.web import format as written
from relevo.web.addresses import rows_address
from relevo.web.charts.base import INK, Row, Spec, dots, line, months_since, note, picture, vertical
from relevo.web.labels import slice_value

YEAR = 12
HEIGHT = 230
# Okabe-Ito, dark enough for words on paper and light enough for words on ink.
CURVE_COLOURS = ("var(--new)", "var(--churn)", "var(--expansion)", "var(--warn)", "var(--mute)")
CURVE_DASHES = ([1, 0], [7, 3], [2, 2], [9, 3, 2, 3], [4, 2])


def survival_picture(curves: Sequence[Curve], by: str) -> Spec:
    """Share still here by months since the start, with 95 % bands: one line per value, or one for all customers."""
    last = max(int(curve.rows[-1]["tenure_month"]) for curve in curves)
    x = months_since("age", _("months since the start"), last)
    y = vertical("share", _("share still here"), format=".0%") | {"scale": {"domain": [0, 1]}}
    if not by:
        return picture(560, HEIGHT, _one(curves[0], x, y), right=30)
    ends = _apart([float(curve.rows[-1]["survival"]) for curve in curves])
    layers = [layer for i, curve in enumerate(curves) for layer in _line_of(curve, i, by, x, y, ends[i])]
    return picture(560, HEIGHT, layers, right=110)


def _one(curve: Curve, x: Spec, y: Spec) -> list[Spec]:
    rows = [_survival_row(row, "", "") for row in curve.rows]
    years = [row for row in rows if row["age"] and row["age"] % YEAR == 0]
    steps = line(rows, x, y, "var(--new)", interpolate="step-after")
    return [
        _band(rows, x, y, "var(--band)"),
        steps,
        dots(years, x, y, "var(--new)"),
        note(years, x, y, INK, dy=-10, dx=2),
    ]


def _line_of(curve: Curve, place: int, by: str, x: Spec, y: Spec, label_at: float) -> list[Spec]:
    colour, dash = CURVE_COLOURS[place], CURVE_DASHES[place]
    rows = [_survival_row(row, by, curve.value) for row in curve.rows]
    name = f"{slice_value(curve.value)} {written.rate(rows[-1]['share'])}"
    end = [{**rows[-1], "share": label_at, "note": name}]
    years = [row for row in rows if row["age"] and row["age"] % YEAR == 0]
    return [
        _band(rows, x, y, colour, opacity=0.12),
        line(rows, x, y, colour, interpolate="step-after", strokeDash=dash),
        dots(years, x, y, colour),
        note(end, x, y, colour),
    ]


def _apart(shares: Sequence[float], least: float = 0.07) -> list[float]:
    """Heights of labels at the ends of lines, moved up and down until each can be read."""
    placed: dict[int, float] = {}
    ceiling = 1.0 + least
    for i in sorted(range(len(shares)), key=lambda i: -shares[i]):
        placed[i] = ceiling = min(shares[i], ceiling - least)
    return [placed[i] for i in range(len(shares))]


def _band(rows: Sequence[Row], x: Spec, y: Spec, colour: str, **mark: Any) -> Spec:
    return {
        "data": {"values": [row for row in rows if row["low"] is not None]},
        "mark": {"type": "area", "interpolate": "step-after", "color": colour, **mark},
        "encoding": {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}},
    }


def _survival_row(row: Mapping[str, Any], by: str, value: str) -> Row:
    age = row["tenure_month"]
    ask = RowsAsk("survival", age=age, by=by or None, value=value if by else None)
    name = f"{slice_value(value)}, " if by else ""
    return {
        "age": age,
        "share": row["survival"],
        "low": row["low"],
        "high": row["high"],
        "note": written.rate(row["survival"]),
        "href": rows_address(ask),
        "tip": f"{name}{age}: {written.rate(row['survival'])} "
        f"({written.rate(row['low'])} – {written.rate(row['high'])})",
    }


def tenure_picture(tenure: MeasureAnswer) -> Spec:
    """Mean MRR by months since the start: those still here, and all who started with the gone counted as 0."""
    one = 10 ** exponent(tenure.currency)
    x = months_since("age", _("months since the start"), max(row["tenure_month"] for row in tenure.rows))
    unit = _("%(currency)s a month") % {"currency": tenure.currency}
    y = vertical("amount", unit, format=",d") | {"scale": {"zero": True}}
    layers: list[Spec] = []
    pairs = (
        ("survivors_cents", "var(--new)", _("still here"), -6),
        ("all_started_cents", "var(--churn)", _("all who started"), 6),
    )
    for column, colour, name, nudge in pairs:
        rows = [_tenure_row(row, column, one, tenure.currency) for row in tenure.rows]
        known = [row for row in rows if row["amount"] is not None]
        end = [{**row, "note": f"{name} {written.figures(row['amount'])}"} for row in known[-1:]]
        layers += [line(rows, x, y, colour), dots(known, x, y, colour), note(end, x, y, colour, dy=nudge)]
    return picture(360, HEIGHT, layers, right=44)


def _tenure_row(row: Mapping[str, Any], column: str, one: int, currency: str) -> Row:
    cents, age = row[column], row["tenure_month"]
    return {
        "age": age,
        "amount": None if cents is None else cents / one,
        "href": rows_address(RowsAsk("arpa_by_tenure", age=age)),
        "tip": f"{age}: {written.money(cents, currency)}",
    }
