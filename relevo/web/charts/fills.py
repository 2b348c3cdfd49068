"""Shares as bars from zero to all, one line for each, with the share at its end."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web import format as written
from relevo.web.charts.base import LINE, Row, Spec, named, picture

STEP = 24


@dataclass(frozen=True)
class Bar:
    """A named share of something, its colour, and what is told of it."""

    name: str
    share: float
    colour: str
    tip: str


def bars_picture(bars: Sequence[Bar], title: str, width: int = 430, top: float = 1.0) -> Spec:
    """The bars in the order they come, on an axis from zero to `top`.

    Their colours are told in words elsewhere, never by colour alone.
    """
    rows: list[Row] = [
        {"name": b.name, "share": b.share, "colour": b.colour, "tip": b.tip, "note": written.rate(b.share, 0)}
        for b in bars
    ]
    x: Spec = {
        "field": "share", "type": "quantitative", "scale": {"domain": [0, top]},
        "axis": {"title": title, "format": ".0%", "tickCount": 5, "gridColor": LINE},
    }  # fmt: skip
    y = named([b.name for b in bars])
    colour = {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    layers: list[Spec] = [
        {"mark": {"type": "bar", "height": 12},
         "encoding": {"x": x, "y": y, "color": colour, "description": {"field": "tip"}}},
        {"mark": {"type": "text", "align": "left", "dx": 6},
         "encoding": {"x": x, "y": y, "text": {"field": "note", "type": "nominal"}}},
    ]  # fmt: skip
    return picture(width, STEP * len(rows) + 8, layers, rows, right=44)
