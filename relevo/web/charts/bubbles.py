"""Three figures of persons or teams in one picture: a place across, a place up, and the size of a circle.

What was to be expected of each is a ring beside the circle, with a line from one to the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi

from relevo.web.charts.base import INK, MUTE, Row, Spec, labelled, note, picture, plain, shortened, vertical

WIDTH, HEIGHT = 960, 380
# Areas of circles in square pixels: the largest figure has the largest, and area follows the figure from zero.
_LARGEST, _LEAST = 900, 30
# A name begins beside the largest circle, so that names stand in line.
_BESIDE = round((_LARGEST / pi) ** 0.5) + 3
_LONGEST = 22


@dataclass(frozen=True)
class Bubble:
    """A named circle: where it lies, how large it is, what is told of it, and where and how large its ring is."""

    name: str
    x: float
    y: float
    size: float
    tip: str
    expected_y: float | None = None
    expected_size: float | None = None


def bubbles_picture(bubbles: Sequence[Bubble], across: str, up: str, *, with_rings: bool = False) -> Spec:
    """The circles on axes that begin at zero; with rings, where each would be with the team's ways on the same mix."""
    top = max(size for b in bubbles for size in (b.size, b.expected_size or 0)) or 1
    rows = _labelled([_row(each, top) for each in bubbles], with_rings)
    x: Spec = {
        "field": "x", "type": "quantitative", "scale": {"zero": True, "nice": True},
        "axis": {"title": across, "tickCount": 6, "format": ",d"},
    }  # fmt: skip
    y = vertical("y", up, format=",.1~f") | {"scale": {"zero": True, "nice": True}}
    rings = [row for row in rows if row["ring_y"] is not None] if with_rings else []
    return picture(WIDTH, HEIGHT, [*_rings(rings, x, y), *_circles(rows, x, y)], rows, right=60)


def _row(each: Bubble, top: float) -> Row:
    return {
        "name": shortened(each.name, _LONGEST), "x": each.x, "y": each.y, "area": _area(each.size, top),
        "tip": each.tip, "ring_y": each.expected_y, "ring_area": _area(each.expected_size or 0, top),
    }  # fmt: skip


def _area(size: float, top: float) -> float:
    return max(_LEAST, _LARGEST * size / top)


def _circles(rows: list[Row], x: Spec, y: Spec) -> list[Spec]:
    area = {"field": "area", "type": "quantitative", "scale": None, "legend": None}
    return [
        {"mark": {"type": "circle", "color": "var(--new)", "opacity": 0.55, "stroke": "var(--new)"},
         "encoding": {"x": x, "y": y, "size": area, "description": {"field": "tip"}}},
        note([row for row in rows if row["note"]], x, y, INK, dx=_BESIDE, fontWeight="normal"),
    ]  # fmt: skip


def _rings(rows: list[Row], x: Spec, y: Spec) -> list[Spec]:
    """Where each would be, and a line from there to where it is."""
    if not rows:
        return []
    area = {"field": "ring_area", "type": "quantitative", "scale": None, "legend": None}
    across, ring = plain(x), {**plain(y), "field": "ring_y"}
    data = {"values": rows}
    return [
        {"data": data, "mark": {"type": "rule", "color": MUTE, "strokeWidth": 1.2},
         "encoding": {"x": across, "y": ring, "y2": {"field": "y"}}},
        {"data": data, "mark": {"type": "point", "filled": False, "color": MUTE, "strokeDash": [3, 2], "opacity": 1},
         "encoding": {"x": across, "y": ring, "size": area, "description": {"field": "tip"}}},
    ]  # fmt: skip


def _labelled(rows: list[Row], with_rings: bool) -> list[Row]:
    """The rows, of which the largest circles are named first."""
    right, top = (max((row[side] for row in rows), default=0) or 1 for side in ("x", "y"))
    if with_rings:
        top = max([top, *(row["ring_y"] or 0 for row in rows)])

    def place(row: Row) -> tuple[float, float]:
        return row["x"] / right * WIDTH * 0.95 + _BESIDE, row["y"] / top * HEIGHT * 0.95

    return labelled(sorted(rows, key=lambda each: (-each["area"], each["name"])), place)
