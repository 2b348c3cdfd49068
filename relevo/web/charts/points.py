"""Estimates with their intervals in points, one line for each: a bar from zero, a rule for what it may be."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web.charts.base import INK, LINE, MUTE, Row, Spec, picture, room_for

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
    rows: list[Row] = [
        {"name": p.name, "value": p.value, "low": p.low, "high": p.high, "note": p.note, "tip": p.tip, "zero": 0}
        for p in points
    ]
    names = [p.name for p in points]
    ends = [0.0, *(p.low for p in points), *(p.high for p in points)]
    x: Spec = {
        "field": "value", "type": "quantitative", "scale": {"domain": [min(ends), max(ends)], "nice": True},
        "axis": {"title": title, "tickCount": 4, "gridColor": LINE},
    }  # fmt: skip
    y: Spec = {
        "field": "name", "type": "nominal", "sort": names,
        "axis": {"title": None, "labelLimit": 260, "minExtent": room_for(names), "grid": False, "labelColor": INK,
                 "labelPadding": 8},
    }  # fmt: skip
    layers: list[Spec] = [
        {"mark": {"type": "bar", "height": 12, "color": "var(--new)", "opacity": 0.55},
         "encoding": {"x": x, "y": y, "description": {"field": "tip"}}},
        {"mark": {"type": "rule", "strokeWidth": 2, "color": INK},
         "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y}},
        {"mark": {"type": "rule", "color": MUTE}, "encoding": {"x": {**x, "field": "zero"}}},
        {"mark": {"type": "text", "align": "left", "dx": 8, "color": MUTE},
         "encoding": {"x": {**x, "field": "high"}, "y": y, "text": {"field": "note", "type": "nominal"}}},
    ]  # fmt: skip
    spec = picture(round(max(width / 2, width - room_for(names))), STEP * len(rows) + 10, layers, rows, right=64)
    # Names are wider on a page than the drawing program takes them to be.
    return spec | {"padding": {**spec["padding"], "left": 24}}
