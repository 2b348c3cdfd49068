"""What was found against what was expected: a point each, and the line on which both are the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web.charts.base import FONT_SIZE, INK, MUTE, Row, Spec, labelled, note, picture, plain, shortened, vertical

WIDTH, HEIGHT = 620, 340
_LONGEST = 20
_ROOM = 5


@dataclass(frozen=True)
class Pair:
    """A named point: what was expected, what was found, what is told of it, and whether it is told as sure."""

    name: str
    expected: float
    found: float
    tip: str
    is_sure: bool


def against_picture(pairs: Sequence[Pair], across: str, up: str, above: str, below: str) -> Spec:
    """The points, filled where they are sure; `above` and `below` say what it means to lie on a side of the line."""
    ends = [value for each in pairs for value in (each.expected, each.found)]
    low, high = min(ends) - _ROOM, max(ends) + _ROOM
    rows = _labelled([_row(each) for each in pairs], low, high)
    scale = {"scale": {"domain": [low, high], "nice": False, "zero": False}}
    x: Spec = {"field": "expected", "type": "quantitative", **scale,
               "axis": {"title": across, "tickCount": 6, "grid": False}}  # fmt: skip
    y = vertical("found", up) | scale
    return picture(WIDTH, HEIGHT, [*_line(x, y, low, high, above, below), *_points(rows, x, y)], rows, right=110)


def _row(each: Pair) -> Row:
    return {"name": shortened(each.name, _LONGEST), "expected": each.expected, "found": each.found, "tip": each.tip,
            "fill": "var(--new)" if each.is_sure else "var(--paper)"}  # fmt: skip


def _line(x: Spec, y: Spec, low: float, high: float, above: str, below: str) -> list[Spec]:
    ends = {"values": [{"expected": low, "found": low}, {"expected": high, "found": high}]}
    sides = {"values": [{"expected": low, "found": high, "note": above}]}
    others = {"values": [{"expected": high, "found": low, "note": below}]}
    text: Spec = {"type": "text", "color": MUTE, "fontSize": FONT_SIZE}
    words = {"x": plain(x), "y": plain(y), "text": {"field": "note", "type": "nominal"}}
    return [
        {"data": ends, "mark": {"type": "line", "color": MUTE, "strokeDash": [4, 3]},
         "encoding": {"x": plain(x), "y": plain(y)}},
        {"data": sides, "mark": {**text, "align": "left", "dx": 4, "dy": 8}, "encoding": words},
        {"data": others, "mark": {**text, "align": "right", "dx": -4, "dy": -8}, "encoding": words},
    ]  # fmt: skip


def _points(rows: list[Row], x: Spec, y: Spec) -> list[Spec]:
    fill = {"field": "fill", "type": "nominal", "scale": None, "legend": None}
    return [
        {"mark": {"type": "point", "filled": True, "size": 70, "stroke": "var(--new)", "strokeWidth": 1.6,
                  "opacity": 1},
         "encoding": {"x": x, "y": y, "fill": fill, "description": {"field": "tip"}}},
        note([row for row in rows if row["note"]], x, y, INK, dx=8, fontWeight="normal"),
    ]  # fmt: skip


def _labelled(rows: list[Row], low: float, high: float) -> list[Row]:
    """The rows, of which those furthest from the line are named first."""

    def place(row: Row) -> tuple[float, float]:
        return (row["expected"] - low) / (high - low) * WIDTH + 8, (row["found"] - low) / (high - low) * HEIGHT

    return labelled(sorted(rows, key=lambda each: (-abs(each["found"] - each["expected"]), each["name"])), place)
