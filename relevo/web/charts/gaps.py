"""Two shares of each group on one line, with what lies between them: how far one is ahead of the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web import format as written
from relevo.web.charts.base import INK, LINE, MUTE, Row, Spec, picture, room_for

STEP = 26
_LONGEST = 26


@dataclass(frozen=True)
class Between:
    """A group with its two shares, and what is told of it."""

    name: str
    first: float
    second: float
    tip: str


def gaps_picture(groups: Sequence[Between], title: str, width: int = 420) -> Spec:
    """A hollow point for the first share, a full one for the second, in the order they come; from none to all."""
    rows = [_row(each, place) for place, each in enumerate(groups)]
    names = [row["name"] for row in rows]
    x: Spec = {
        "field": "first", "type": "quantitative", "scale": {"domain": [0, 1]},
        "axis": {"title": title, "format": ".0%", "values": [0, 0.5, 1], "gridColor": LINE},
    }  # fmt: skip
    y: Spec = {
        "field": "name", "type": "nominal", "sort": names,
        "axis": {"title": None, "labelLimit": 260, "minExtent": room_for(names), "grid": False, "labelColor": INK,
                 "labelPadding": 8},
    }  # fmt: skip
    second = {**x, "field": "second"}
    layers: list[Spec] = [
        {"mark": {"type": "rule", "strokeWidth": 2, "color": MUTE},
         "encoding": {"x": x, "x2": {"field": "second"}, "y": y}},
        {"mark": {"type": "point", "size": 60, "color": MUTE, "fill": "var(--paper)", "opacity": 1},
         "encoding": {"x": x, "y": y, "description": {"field": "tip"}}},
        {"mark": {"type": "circle", "size": 60, "color": "var(--new)", "opacity": 1},
         "encoding": {"x": second, "y": y}},
        {"mark": {"type": "text", "align": "left", "dx": 8, "color": MUTE},
         "encoding": {"x": {**x, "field": "most"}, "y": y, "text": {"field": "note", "type": "nominal"}}},
    ]  # fmt: skip
    spec = picture(round(max(width / 2, width - room_for(names))), STEP * len(rows) + 10, layers, rows, right=64)
    # Names are wider on a page than the drawing program takes them to be.
    return spec | {"padding": {**spec["padding"], "left": 24}}


def _row(each: Between, place: int) -> Row:
    short = each.name if len(each.name) <= _LONGEST else f"{each.name[: _LONGEST - 1]}…"
    return {
        # Two groups may have one name; a picture would lay them on one line.
        "name": short + "\u200b" * place,
        "first": each.first,
        "second": each.second,
        "most": max(each.first, each.second),
        "note": written.points(each.first - each.second),
        "tip": each.tip,
    }
