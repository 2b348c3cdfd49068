"""Two shares of each group on one line, with what lies between them: how far one is ahead of the other."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web import format as written
from relevo.web.charts.base import LINE, MUTE, Row, Spec, apart, beside, by_name, named, shortened

STEP = 26


@dataclass(frozen=True)
class Between:
    """A group with its two shares, and what is told of it."""

    name: str
    first: float
    second: float
    tip: str


def gaps_picture(groups: Sequence[Between], title: str, width: int = 420) -> Spec:
    """A hollow point for the first share, a full one for the second, in the order they come; from none to all."""
    names = apart([shortened(each.name) for each in groups])
    rows = [_row(each, name) for each, name in zip(groups, names, strict=True)]
    x: Spec = {
        "field": "first", "type": "quantitative", "scale": {"domain": [0, 1]},
        "axis": {"title": title, "format": ".0%", "values": [0, 0.5, 1], "gridColor": LINE},
    }  # fmt: skip
    y = named(names)
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
    return by_name(beside(width, names), STEP, layers, rows)


def _row(each: Between, name: str) -> Row:
    return {
        "name": name,
        "first": each.first,
        "second": each.second,
        "most": max(each.first, each.second),
        "note": written.points(each.first - each.second),
        "tip": each.tip,
    }
