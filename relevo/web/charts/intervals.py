"""Shares of groups with their intervals, one line for each: a point for the estimate, a bar for what it may be."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web import format as written
from relevo.web.charts.base import LINE, MUTE, Row, Spec, picture, room_for

STEP = 26
_LONGEST = 26


@dataclass(frozen=True)
class Share:
    """A group with its share, the ends of the interval of it, on how many it rests, and what is told of it."""

    name: str
    share: float
    low: float
    high: float
    n: int
    stands_out: bool = False


def shares_picture(shares: Sequence[Share], title: str, width: int = 300) -> Spec:
    """The shares from 0 to the largest end, in the order they come; those that stand out in a colour of their own."""
    short = [_short(each.name) for each in shares]
    # Two groups may have one name, or names cut alike; a picture would lay them on one line.
    rows = [_row(each, short[k] + "\u200b" * short[:k].count(short[k])) for k, each in enumerate(shares)]
    names = [row["name"] for row in rows]
    top = min(1.0, max(row["high"] for row in rows) * 1.05)
    x: Spec = {
        "field": "share", "type": "quantitative", "scale": {"domain": [0, top]},
        "axis": {"title": title, "format": ".0%", "tickCount": 5, "gridColor": LINE},
    }  # fmt: skip
    y: Spec = {
        "field": "name", "type": "nominal", "sort": names,
        "axis": {"title": None, "labelLimit": 260, "minExtent": room_for(names), "grid": False, "labelPadding": 8},
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
    spec = picture(width, STEP * len(rows) + 10, layers, rows, right=64)
    # Names are wider on a page than the drawing program takes them to be.
    return spec | {"padding": {**spec["padding"], "left": 24}}


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"


def _row(each: Share, name: str) -> Row:
    between = f"{written.rate(each.low)} – {written.rate(each.high)}"
    return {
        "name": name,
        "share": each.share,
        "low": each.low,
        "high": each.high,
        "note": f"n {written.count(each.n)}",
        "colour": "var(--churn)" if each.stands_out else "var(--new)",
        "tip": f"{each.name}: {written.rate(each.share)} ({between}), n {written.count(each.n)}",
    }
