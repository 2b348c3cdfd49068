"""Who held a customer when: one lane for each role, a bar for each holder, with the score of the hand-off before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from relevo.web.charts.base import INK, LINE, MUTE, Row, Spec, picture, plain

WIDTH, STEP = 860, 30
# A letter takes about so many points.
LETTER = 6.4
# More days than this are labelled by years; no more than those by days.
LONG, SHORT = 900, 180


@dataclass(frozen=True)
class Bar:
    """A holder in a lane from a day until another, its words where there is room, its score, and what is told of it."""

    lane: str
    begins: date
    ends: date
    words: str
    score: str
    tip: str
    colour: str


def strip_picture(bars: Sequence[Bar], lanes: Sequence[str]) -> Spec:
    """The bars in their lanes, on a line of days; words without room are told by the table and on touch."""
    first, last = min(b.begins for b in bars), max(b.ends for b in bars)
    days = max((last - first).days, 1)
    rows = [_row(bar, days) for bar in bars]
    axis: Spec = {"title": None, "tickCount": 6, "format": _ticks(days), "gridColor": LINE}
    x: Spec = {"field": "begins", "type": "temporal", "axis": axis,
               "scale": {"domain": [first.isoformat(), last.isoformat()], "nice": False}}  # fmt: skip
    y: Spec = {"field": "lane", "type": "nominal", "sort": list(lanes), "scale": {"domain": list(lanes)},
               "axis": {"title": None, "labelColor": INK, "labelLimit": 120, "grid": False,
                  "minExtent": 104}}  # fmt: skip
    across, up = plain(x), plain(y)
    layers: list[Spec] = [
        {"mark": {"type": "bar", "height": 18},
         "encoding": {"x": x, "x2": {"field": "ends"}, "y": y, "description": {"field": "tip"},
                      "color": {"field": "colour", "type": "nominal", "scale": None, "legend": None}}},
        {"mark": {"type": "text", "align": "left", "dx": 6, "color": "var(--ink)"},
         "encoding": {"x": across, "y": up, "text": {"field": "words", "type": "nominal"}}},
        {"mark": {"type": "text", "align": "left", "dx": 5, "color": MUTE},
         "encoding": {"x": {**across, "field": "ends"}, "y": up, "text": {"field": "beside", "type": "nominal"}}},
    ]  # fmt: skip
    return picture(WIDTH, STEP * len(lanes), layers, rows, right=12)


def _ticks(days: int) -> str:
    """How the line is labelled so that no two ticks read alike."""
    if days > LONG:
        return "%Y"
    return "%Y-%m" if days > SHORT else "%Y-%m-%d"


def _row(bar: Bar, days: int) -> Row:
    """Words that do not fit into the bar leave the score alone beside it."""
    room = (bar.ends - bar.begins).days / days * WIDTH
    words = " ".join(part for part in (bar.words, bar.score) if part)
    fits = len(words) * LETTER + 8 <= room
    return {
        "lane": bar.lane,
        "begins": bar.begins.isoformat(),
        "ends": bar.ends.isoformat(),
        "words": words if fits else "",
        "beside": "" if fits else bar.score,
        "tip": bar.tip,
        "colour": bar.colour,
    }
