"""Minutes per conversation by month: what it took, and what its kinds alone would take."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web.charts.base import MUTE, Row, Spec, dots, line, note, ordinal, picture, vertical

WIDTH, HEIGHT = 420, 210


@dataclass(frozen=True)
class Taken:
    """A month: minutes per conversation, those that its kinds let expect, and what is told of it."""

    name: str
    minutes: float
    expected: float
    tip: str


def effort_picture(months: Sequence[Taken], unit: str, took: str, kinds: str) -> Spec:
    """Two lines from zero, named at their ends."""
    rows: list[Row] = [dict(vars(each)) for each in months]
    labels = [row["name"] for row in rows[:: max(1, len(rows) // 4)]]
    x = ordinal("name", labels)
    layers: list[Spec] = []
    for column, colour, name, mark in (
        ("minutes", "var(--new)", took, {}), ("expected", MUTE, kinds, {"strokeDash": [4, 3]}),
    ):  # fmt: skip
        y = vertical(column, unit) | {"scale": {"zero": True, "nice": True}}
        layers += [line(rows, x, y, colour, **mark), dots(rows, x, y, colour),
                   note([{**rows[-1], "note": name}], x, y, colour)]  # fmt: skip
    return picture(WIDTH, HEIGHT, layers, right=110)
