"""Three figures of persons or teams in one picture: a place across, a place up, and the size of a circle.

What was to be expected of each is a ring beside the circle, with a line from one to the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi

from relevo.web.charts.base import FONT_SIZE, INK, LETTER, MUTE, Row, Spec, picture, vertical

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
    name = each.name if len(each.name) <= _LONGEST else f"{each.name[: _LONGEST - 1]}…"
    return {
        "name": name, "x": each.x, "y": each.y, "area": _area(each.size, top), "tip": each.tip,
        "ring_y": each.expected_y, "ring_area": _area(each.expected_size or 0, top),
    }  # fmt: skip


def _area(size: float, top: float) -> float:
    return max(_LEAST, _LARGEST * size / top)


def _circles(rows: list[Row], x: Spec, y: Spec) -> list[Spec]:
    area = {"field": "area", "type": "quantitative", "scale": None, "legend": None}
    plain_x, plain_y = ({k: v for k, v in channel.items() if k != "axis"} for channel in (x, y))
    return [
        {"mark": {"type": "circle", "color": "var(--new)", "opacity": 0.55, "stroke": "var(--new)"},
         "encoding": {"x": x, "y": y, "size": area, "description": {"field": "tip"}}},
        {"data": {"values": [row for row in rows if row["label"]]},
         "mark": {"type": "text", "align": "left", "dx": _BESIDE, "color": INK},
         "encoding": {"x": plain_x, "y": plain_y, "text": {"field": "label", "type": "nominal"}}},
    ]  # fmt: skip


def _rings(rows: list[Row], x: Spec, y: Spec) -> list[Spec]:
    """Where each would be, and a line from there to where it is."""
    if not rows:
        return []
    plain_x, plain_y = ({k: v for k, v in channel.items() if k != "axis"} for channel in (x, y))
    area = {"field": "ring_area", "type": "quantitative", "scale": None, "legend": None}
    ring = {**plain_y, "field": "ring_y"}
    data = {"values": rows}
    return [
        {"data": data, "mark": {"type": "rule", "color": MUTE, "strokeWidth": 1.2},
         "encoding": {"x": plain_x, "y": ring, "y2": {"field": "y"}}},
        {"data": data, "mark": {"type": "point", "filled": False, "color": MUTE, "strokeDash": [3, 2], "opacity": 1},
         "encoding": {"x": plain_x, "y": ring, "size": area, "description": {"field": "tip"}}},
    ]  # fmt: skip


def _labelled(rows: list[Row], with_rings: bool) -> list[Row]:
    """Rows with the name to be written beside each circle; a name that would lie on another's is left to the tip."""
    right, top = (max((row[side] for row in rows), default=0) or 1 for side in ("x", "y"))
    if with_rings:
        top = max([top, *(row["ring_y"] or 0 for row in rows)])
    taken: list[tuple[float, float, float]] = []
    for row in sorted(rows, key=lambda each: (-each["area"], each["name"])):
        begins = row["x"] / right * WIDTH * 0.95 + _BESIDE
        at, ends = row["y"] / top * HEIGHT * 0.95, begins + LETTER * len(row["name"])
        is_free = all(abs(at - y) >= FONT_SIZE + 2 or ends < x1 or begins > x2 for y, x1, x2 in taken)
        row["label"] = row["name"] if is_free else ""
        if is_free:
            taken.append((at, begins, ends))
    return rows
