"""What became of customers after contact: ratios around 1, shares on an axis of their own, and two curves."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from relevo.web.charts.base import INK, LINE, MUTE, Row, Spec, line, note, picture, room_for, vertical

STEP, WIDTH, HEIGHT = 26, 430, 230
# The axis of ratios shows doubles and halves, at least from a half to two.
_TICKS = (0.125, 0.25, 0.5, 1, 2, 4, 8)


@dataclass(frozen=True)
class Estimate:
    """A named estimate with its ends, what stands at its end, and what is told of it."""

    name: str
    value: float
    low: float
    high: float
    note: str
    tip: str
    stands_out: bool = False


def ratios_picture(estimates: Sequence[Estimate], title: str) -> Spec:
    """Ratios with their intervals on a scale on which twice and half are as far from 1, which has a line."""
    least, most = min(0.5, *(e.low for e in estimates)), max(2.0, *(e.high for e in estimates))
    ends = [2 ** max(-3.0, log2(least)), 2 ** min(3.0, log2(most))]
    scale = {"type": "log", "base": 2, "domain": ends, "nice": False, "clamp": True}
    axis: Spec = {"title": title, "values": [t for t in _TICKS if ends[0] <= t <= ends[1]], "format": "~g",
                  "gridColor": LINE}  # fmt: skip
    return _estimates(estimates, {"scale": scale, "axis": axis}, 1.0)


def kept_picture(estimates: Sequence[Estimate], title: str) -> Spec:
    """Shares with their intervals; the axis begins where they do, as none of them is a length."""
    ends = [min(e.low for e in estimates), max(e.high for e in estimates)]
    axis: Spec = {"title": title, "tickCount": 5, "format": ".0%", "gridColor": LINE}
    return _estimates(estimates, {"scale": {"domain": ends, "zero": False, "nice": True}, "axis": axis}, None)


def _estimates(estimates: Sequence[Estimate], how: Spec, reference: float | None) -> Spec:
    # Two groups may have one name; a picture would lay them on one line.
    rows: list[Row] = [
        {"name": e.name + "\u200b" * place, "value": e.value, "low": e.low, "high": e.high, "note": e.note,
         "tip": e.tip, "reference": reference, "colour": "var(--churn)" if e.stands_out else "var(--new)"}
        for place, e in enumerate(estimates)
    ]  # fmt: skip
    names = [row["name"] for row in rows]
    x: Spec = {"field": "value", "type": "quantitative", **how}
    y: Spec = {
        "field": "name", "type": "nominal", "sort": names,
        "axis": {"title": None, "labelLimit": 260, "minExtent": room_for(names), "grid": False, "labelColor": INK,
                 "labelPadding": 8},
    }  # fmt: skip
    colour = {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    layers: list[Spec] = [
        {"mark": {"type": "rule", "strokeWidth": 2},
         "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "color": colour}},
        {"mark": {"type": "circle", "size": 60, "opacity": 1},
         "encoding": {"x": x, "y": y, "color": colour, "description": {"field": "tip"}}},
        {"mark": {"type": "text", "align": "left", "dx": 8, "dy": -1, "color": MUTE},
         "encoding": {"x": {**x, "field": "high"}, "y": y, "text": {"field": "note", "type": "nominal"}}},
    ]  # fmt: skip
    if reference is not None:
        line_at: Spec = {"mark": {"type": "rule", "strokeDash": [3, 3], "color": MUTE},
                         "encoding": {"x": {**x, "field": "reference"}}}  # fmt: skip
        layers = [line_at, *layers]
    spec = picture(round(max(WIDTH / 2, WIDTH - room_for(names))), STEP * len(rows) + 10, layers, rows, right=64)
    # Names are wider on a page than the drawing program takes them to be.
    return spec | {"padding": {**spec["padding"], "left": 24}}


@dataclass(frozen=True)
class Side:
    """One curve: its name, and shares by days; None where too few were followed so long."""

    name: str
    points: Sequence[tuple[int, float | None]]
    colour: str
    dash: tuple[int, int]


def curves_picture(sides: Sequence[Side], titles: tuple[str, str]) -> Spec:
    """Shares still here by days since, one line a side with its name at the end; the axis begins below the lowest."""
    known = [share for side in sides for _, share in side.points if share is not None]
    last = max(day for side in sides for day, _ in side.points)
    x: Spec = {
        "field": "day", "type": "quantitative", "scale": {"domain": [0, last], "nice": False},
        "axis": {"title": titles[0], "grid": False, "values": [0, 30, 60, 90, 180, 365], "format": "d"},
    }  # fmt: skip
    y = vertical("share", titles[1], format=".0%") | {"scale": {"domain": [min(known), 1], "nice": True, "zero": False}}
    layers: list[Spec] = []
    for place, side in enumerate(sides):
        rows: list[Row] = [{"day": day, "share": share} for day, share in side.points]
        end = [row for row in rows if row["share"] is not None][-1:]
        named = [{**row, "note": side.name} for row in end]
        layers += [
            line(rows, x, y, side.colour, interpolate="step-after", strokeDash=list(side.dash)),
            note(named, x, y, side.colour, dy=-8 if place == 0 else 10),
        ]
    return picture(WIDTH, HEIGHT, layers, right=120)
