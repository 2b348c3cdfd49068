"""A funnel: how far each lies from what was expected, by how much is known of it, and how far chance alone takes it."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web.charts.base import INK, MUTE, Row, Spec, line, note, picture, plain, vertical

WIDTH, HEIGHT = 620, 280


@dataclass(frozen=True)
class Spot:
    """A named point: how much is known of it, how far it lies from what was expected, and whether that stands out."""

    name: str
    known: float
    far: float
    tip: str
    stands_out: bool


@dataclass(frozen=True)
class Limit:
    """How far chance takes it at so much: the inner limits and the outer ones."""

    known: float
    low: float
    high: float
    low_outer: float
    high_outer: float


def funnel_picture(spots: Sequence[Spot], limits: Sequence[Limit], across: str, up: str) -> Spec:
    """The points between both pairs of prediction limits; those that stand out are named and have their own colour."""
    rows = [_row(each) for each in spots]
    x: Spec = {"field": "known", "type": "quantitative", "scale": {"zero": True, "nice": True},
               "axis": {"title": across, "tickCount": 6, "grid": False, "format": ",d"}}  # fmt: skip
    reach = max((abs(each.far) for each in spots), default=0) * 1.5 + 10
    y = vertical("far", up, format="+d") | {"scale": {"domain": [-reach, reach], "nice": False}}
    bounds: list[Spec] = []
    for column, dash in (("low", [5, 3]), ("high", [5, 3]), ("low_outer", [2, 3]), ("high_outer", [2, 3])):
        points: list[Row] = [{"known": each.known, "far": getattr(each, column)} for each in limits]
        bounds.append(line(points, x, y, MUTE, strokeDash=dash, strokeWidth=1.2, clip=True))
    return picture(WIDTH, HEIGHT, [_zero(y), *bounds, *_points(rows, x, y)], rows, right=110)


def _row(each: Spot) -> Row:
    return {"name": each.name, "known": each.known, "far": each.far, "tip": each.tip,
            "note": each.name if each.stands_out else "",
            "colour": "var(--churn)" if each.stands_out and each.far < 0 else "var(--new)"}  # fmt: skip


def _zero(y: Spec) -> Spec:
    at = {**plain(y), "field": "zero"}
    return {"data": {"values": [{"zero": 0}]}, "mark": {"type": "rule", "color": MUTE}, "encoding": {"y": at}}


def _points(rows: list[Row], x: Spec, y: Spec) -> list[Spec]:
    colour = {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    return [
        {"mark": {"type": "circle", "size": 60, "opacity": 1},
         "encoding": {"x": x, "y": y, "color": colour, "description": {"field": "tip"}}},
        note([row for row in rows if row["note"]], x, y, INK, dx=8, fontWeight="normal"),
    ]  # fmt: skip
