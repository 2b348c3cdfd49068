"""What became of customers after contact: ratios around 1, shares on an axis of their own, and two curves."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2

from relevo.web.charts.base import LINE, Row, Spec, beside, line, note, picture, vertical
from relevo.web.charts.intervals import Estimate, estimates_picture

WIDTH, HEIGHT = 430, 230
# The axis of ratios shows doubles and halves, at least from a half to two.
_TICKS = (0.125, 0.25, 0.5, 1, 2, 4, 8)


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
    return _estimates(estimates, {"scale": {"domain": ends, "zero": False, "nice": True}, "axis": axis})


def _estimates(estimates: Sequence[Estimate], across: Spec, reference: float | None = None) -> Spec:
    return estimates_picture(estimates, across, beside(WIDTH, [each.name for each in estimates]), reference)


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
