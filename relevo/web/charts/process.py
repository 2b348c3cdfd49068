"""Customers by how often they changed hands, and days until value by the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web import format as written
from relevo.web.charts.base import INK, Row, Spec, ordinal, picture, plain, vertical

WIDTH, HEIGHT = 430, 190


@dataclass(frozen=True)
class Count:
    """A group by its name and how many are in it, with what is told of it."""

    name: str
    n: int
    tip: str


@dataclass(frozen=True)
class Days:
    """A group with the median of its days between the quartiles, and what is told of it."""

    name: str
    soon: float
    median: float
    late: float
    tip: str


def counts_picture(counts: Sequence[Count], title: str) -> Spec:
    """Bars from zero, each with its number above it."""
    rows: list[Row] = [{"name": c.name, "n": c.n, "note": written.count(c.n), "tip": c.tip} for c in counts]
    x, y = ordinal("name", title=title), vertical("n", None, format=",d")
    layers: list[Spec] = [
        {"mark": {"type": "bar", "color": "var(--new)"},
         "encoding": {"x": x, "y": y, "description": {"field": "tip"}}},
        {"mark": {"type": "text", "baseline": "bottom", "dy": -3, "color": INK},
         "encoding": {"x": x, "y": y, "text": {"field": "note", "type": "nominal"}}},
    ]  # fmt: skip
    return picture(WIDTH, HEIGHT, layers, rows)


def days_picture(groups: Sequence[Days], title: str, subtitle: str) -> Spec:
    """A point for each median with a line between the quartiles."""
    rows: list[Row] = [
        {"name": g.name, "days": g.median, "low": g.soon, "high": g.late, "tip": g.tip,
         "note": written.number(g.median)}
        for g in groups
    ]  # fmt: skip
    x, y = ordinal("name", title=title), vertical("days", subtitle, format=",d") | {"scale": {"zero": True}}
    layers: list[Spec] = [
        {"mark": {"type": "rule", "strokeWidth": 2, "color": "var(--new)"},
         "encoding": {"x": x, "y": {**plain(y), "field": "low"}, "y2": {"field": "high"}}},
        {"mark": {"type": "circle", "size": 70, "color": "var(--new)", "opacity": 1},
         "encoding": {"x": x, "y": y, "description": {"field": "tip"}}},
        {"mark": {"type": "text", "align": "left", "dx": 9, "color": INK},
         "encoding": {"x": x, "y": plain(y), "text": {"field": "note", "type": "nominal"}}},
    ]  # fmt: skip
    return picture(WIDTH, HEIGHT, layers, rows, right=20)
