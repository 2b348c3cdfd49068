"""The small line of a tile: how a figure came to be what it is, as SVG that a strict page may hold."""

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

WIDTH, HEIGHT, EDGE = 84.0, 28.0, 3.0
FEWEST = 3

Point = tuple[float, float]


def sparkline(values: Sequence[float | None], label: str) -> SafeString:
    """The line of some values, a gap where one is None, with a dot at the last; nothing for fewer than three."""
    points = _points(values)
    known = [point for point in points if point]
    if len(known) < FEWEST:
        return SafeString("")
    dot = format_html('<circle cx="{}" cy="{}" r="2.4"/>', *_written(points[-1])) if points[-1] else ""
    return format_html(
        '<svg class="spark" viewBox="0 0 {} {}" role="img" aria-label="{}"><path d="{}"/>{}</svg>',
        int(WIDTH),
        int(HEIGHT),
        label,
        _path(points),
        dot,
    )


def _points(values: Sequence[float | None]) -> list[Point | None]:
    known = [value for value in values if value is not None]
    low, high = min(known, default=0.0), max(known, default=0.0)
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    room = HEIGHT - 2 * EDGE
    return [None if v is None else (EDGE + i * step, _height(v, low, high, room)) for i, v in enumerate(values)]


def _height(value: float, low: float, high: float, room: float) -> float:
    """How far from the top: the highest value is at the edge; a line that never moves runs through the middle."""
    return EDGE + (room / 2 if high == low else room * (high - value) / (high - low))


def _path(points: Sequence[Point | None]) -> str:
    words, pen_is_down = [], False
    for point in points:
        if point:
            words.append("{}{} {}".format("L" if pen_is_down else "M", *_written(point)))
        pen_is_down = point is not None
    return " ".join(words)


def _written(point: Point) -> tuple[str, str]:
    x, y = (f"{part:.1f}" for part in point)
    return x, y
