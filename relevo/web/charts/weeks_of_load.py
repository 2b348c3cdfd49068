"""Weeks by how much came: bars from zero, those in which more came than could be done in a colour of their own."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web.charts.base import Row, Spec, ordinal, picture, vertical

WIDTH, HEIGHT = 860, 190


@dataclass(frozen=True)
class LoadBar:
    """A week by its first day, hours of expected work that came, whether it was too much, and what is told of it."""

    name: str
    hours: float
    is_over: bool
    tip: str


def weeks_picture(weeks: Sequence[LoadBar], up: str) -> Spec:
    """One bar a week in the order they come; a label at every fourth."""
    rows: list[Row] = [
        {"name": w.name, "hours": w.hours, "tip": w.tip, "colour": "var(--churn)" if w.is_over else "var(--new)"}
        for w in weeks
    ]
    x, y = ordinal("name", [w.name for w in weeks][::4]), vertical("hours", up, format=",d")
    bars: Spec = {
        "mark": {"type": "bar"},
        "encoding": {"x": x, "y": y, "description": {"field": "tip"},
                     "color": {"field": "colour", "type": "nominal", "scale": None, "legend": None}},
    }  # fmt: skip
    return picture(WIDTH, HEIGHT, [bars], rows)
