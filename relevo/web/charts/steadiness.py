"""How good and how steady: one point for each group, the mean across and the spread upwards; low is steady."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web.charts.base import INK, LINE, Row, Spec, labelled, note, picture, vertical

WIDTH, HEIGHT = 300, 240
_ROOM = 8.0


@dataclass(frozen=True)
class Steady:
    """A group with its mean and spread in points, and what is told of it."""

    name: str
    mean: float
    spread: float
    tip: str


def steadiness_picture(found: Sequence[Steady], across: str, up: str) -> Spec:
    """Means from 0 to 100 as far as they reach, spreads from 0; names stand beside the points."""
    low, high = max(min(e.mean for e in found) - _ROOM, 0), min(max(e.mean for e in found) + _ROOM, 100)
    top = max(e.spread for e in found) or 1

    def place(row: Row) -> tuple[float, float]:
        return (row["mean"] - low) / (high - low) * WIDTH + 8, row["spread"] / top * HEIGHT

    rows = labelled([dict(vars(each)) for each in found], place)
    x: Spec = {
        "field": "mean", "type": "quantitative", "scale": {"domain": [low, high], "nice": False},
        "axis": {"title": across, "tickCount": 5, "gridColor": LINE},
    }  # fmt: skip
    y = vertical("spread", up, tickCount=4) | {"scale": {"zero": True, "nice": True}}
    layers: list[Spec] = [
        {"mark": {"type": "circle", "size": 90, "opacity": 1, "color": "var(--new)"},
         "encoding": {"x": x, "y": y, "description": {"field": "tip"}}},
        note([row for row in rows if row["note"]], x, y, INK, dx=8, fontWeight="normal"),
    ]  # fmt: skip
    return picture(WIDTH, HEIGHT, layers, rows, right=90)
