"""Estimates with their intervals in points, one line for each: a bar from zero, a rule for what it may be."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web.charts.base import INK, LINE, MUTE, Row, Spec, apart, beside, by_name, named

STEP = 30


@dataclass(frozen=True)
class Point:
    """A named estimate with the ends of its interval, what stands at its end, and what is told of it."""

    name: str
    value: float
    low: float
    high: float
    note: str
    tip: str


def points_picture(points: Sequence[Point], title: str, width: int = 420) -> Spec:
    """The estimates in the order they come, on one axis that has zero in it; `width` is that of names and axis."""
    names = apart([p.name for p in points])
    rows: list[Row] = [{**vars(p), "name": name, "zero": 0} for p, name in zip(points, names, strict=True)]
    ends = [0.0, *(p.low for p in points), *(p.high for p in points)]
    x: Spec = {
        "field": "value", "type": "quantitative", "scale": {"domain": [min(ends), max(ends)], "nice": True},
        "axis": {"title": title, "tickCount": 4, "gridColor": LINE},
    }  # fmt: skip
    y = named(names)
    layers: list[Spec] = [
        {"mark": {"type": "bar", "height": 12, "color": "var(--new)", "opacity": 0.55},
         "encoding": {"x": x, "y": y, "description": {"field": "tip"}}},
        {"mark": {"type": "rule", "strokeWidth": 2, "color": INK},
         "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y}},
        {"mark": {"type": "rule", "color": MUTE}, "encoding": {"x": {**x, "field": "zero"}}},
        {"mark": {"type": "text", "align": "left", "dx": 8, "color": MUTE},
         "encoding": {"x": {**x, "field": "high"}, "y": y, "text": {"field": "note", "type": "nominal"}}},
    ]  # fmt: skip
    return by_name(beside(width, names), STEP, layers, rows)
