"""How good and how steady: one point for each group, the mean across and the spread upwards; low is steady."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web.charts.base import INK, LINE, MUTE, Row, Spec, picture

_ROOM = 8.0


@dataclass(frozen=True)
class Steady:
    """A group with its mean and spread in points, on how many it rests, and what is told of it."""

    name: str
    mean: float
    spread: float
    n: int
    tip: str


def steadiness_picture(found: Sequence[Steady], across: str, up: str, width: int = 300, height: int = 240) -> Spec:
    """Means from 0 to 100 as far as they reach, spreads from 0; labels stand beside the points."""
    rows: list[Row] = [{"name": e.name, "mean": e.mean, "spread": e.spread, "tip": e.tip} for e in found]
    low, high = min(e.mean for e in found) - _ROOM, max(e.mean for e in found) + _ROOM
    x: Spec = {
        "field": "mean", "type": "quantitative", "scale": {"domain": [max(low, 0), min(high, 100)], "nice": False},
        "axis": {"title": across, "tickCount": 5, "gridColor": LINE},
    }  # fmt: skip
    y: Spec = {
        "field": "spread", "type": "quantitative", "scale": {"zero": True, "nice": True},
        "axis": {"title": up, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": -30,
                 "titleY": -12, "tickCount": 4, "gridColor": LINE},
    }  # fmt: skip
    layers: list[Spec] = [
        {"mark": {"type": "circle", "size": 90, "opacity": 1, "color": "var(--new)"},
         "encoding": {"x": x, "y": y, "description": {"field": "tip"}}},
        {"mark": {"type": "text", "align": "left", "dx": 8, "color": INK if len(found) < 9 else MUTE},
         "encoding": {"x": x, "y": y, "text": {"field": "name", "type": "nominal"}}},
    ]  # fmt: skip
    spec = picture(width, height, layers, rows, right=90)
    return spec | {"padding": {**spec["padding"], "top": 18}}
