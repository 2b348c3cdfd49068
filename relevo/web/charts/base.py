"""What all pictures share: sizes, colours by meaning, axes, and marks with direct labels.

Colours are custom properties of the stylesheet, so one picture serves the light and the dark theme.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

Spec = dict[str, Any]
Row = dict[str, Any]

INK, MUTE, LINE = "var(--ink)", "var(--mute)", "var(--line)"
COLOURS = {
    "opening": "var(--neutral)",
    "closing": "var(--neutral)",
    "new": "var(--new)",
    "reactivation": "var(--reactivation)",
    "expansion": "var(--expansion)",
    "contraction": "var(--contraction)",
    "churn": "var(--churn)",
    "other": "var(--neutral)",
}
FONT_SIZE = 11
# Pixels of a letter of that size in the widest font that a reader may have; signs from here on are twice as wide.
LETTER, _WIDE_FROM = 6.4, 0x2E80
CONFIG: Spec = {
    "font": "system-ui, sans-serif",
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTE,
        "labelFontSize": FONT_SIZE,
        "titleColor": MUTE,
        "titleFontSize": FONT_SIZE,
        "titleFontWeight": "normal",
        "gridColor": LINE,
        "domain": False,
        "ticks": False,
        "labelPadding": 6,
    },
    "text": {"fontSize": FONT_SIZE, "color": INK},
}


def by_name(width: float, step: int, layers: list[Spec], rows: list[Row]) -> Spec:
    """A picture of one line for each row, with the room that a note at its end takes."""
    spec = picture(round(width), step * len(rows) + 10, layers, rows, right=64)
    # Names are wider on a page than the drawing program takes them to be.
    return spec | {"padding": {**spec["padding"], "left": 24}}


def beside(width: int, names: Sequence[str]) -> float:
    """What is left of a width beside the longest name, but at least half of it."""
    return max(width / 2, width - room_for(names))


def picture(width: int, height: int, layers: list[Spec], rows: list[Row] | None = None, right: int = 4) -> Spec:
    """A layered picture of fixed proportions; its drawing scales with the page.

    `right` keeps room for labels at the ends of lines, whose font the drawing program does not know.
    """
    spec: Spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width,
        "height": height,
        "background": None,
        "padding": {"left": 4, "top": 4, "bottom": 4, "right": right},
        "config": CONFIG,
        "layer": layers,
    }
    return spec | {"data": {"values": rows}} if rows is not None else spec


def vertical(field: str, title: str | None, **axis: Any) -> Spec:
    """A quantitative y channel. Bars begin at zero, which is Vega-Lite's default for them."""
    settings = {"title": title, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "tickCount": 5, **axis}
    if title:
        settings |= {"titleX": -34, "titleY": -12}
    return {"field": field, "type": "quantitative", "axis": settings}


def ordinal(field: str, labels: list[str] | None = None, **axis: Any) -> Spec:
    """An ordinal x channel in the order of the rows; `labels` are the values that get a label."""
    settings: Spec = {"title": None, "labelAngle": 0, "grid": False, **axis}
    if labels is not None:
        settings["values"] = labels
    return {"field": field, "type": "ordinal", "sort": None, "axis": settings}


def plain(channel: Spec) -> Spec:
    """A channel without its axis, for every mark but the one that draws it."""
    return {name: value for name, value in channel.items() if name != "axis"}


def shortened(name: str, longest: int = 26) -> str:
    """A name cut to so many signs; what is told of it keeps it whole."""
    return name if len(name) <= longest else f"{name[: longest - 1]}…"


def apart(names: Sequence[str]) -> list[str]:
    """Names that differ: of those that read the same, a picture would lay all on one line."""
    return [name + "\u200b" * names[:place].count(name) for place, name in enumerate(names)]


def named(names: Sequence[str]) -> Spec:
    """A y channel with one line for each name, in the order they come; names that read the same are made `apart`."""
    axis = {"title": None, "labelLimit": 260, "minExtent": room_for(names), "grid": False, "labelColor": INK,
            "labelPadding": 8}  # fmt: skip
    return {"field": "name", "type": "nominal", "sort": list(names), "axis": axis}


def labelled(rows: Iterable[Row], place: Callable[[Row], tuple[float, float]]) -> list[Row]:
    """Rows with the `note` to be written beside each mark: its name, or '' where that would lie on another's.

    Those that come first are named first; `place` says where a note begins, in pixels across and up.
    """
    taken: list[tuple[float, float, float]] = []
    found = []
    for row in rows:
        begins, at = place(row)
        ends = begins + LETTER * len(row["name"])
        is_free = all(abs(at - y) >= FONT_SIZE + 2 or ends < x1 or begins > x2 for y, x1, x2 in taken)
        found.append({**row, "note": row["name"] if is_free else ""})
        if is_free:
            taken.append((at, begins, ends))
    return found


def room_for(names: Sequence[str]) -> float:
    """Pixels that the longest of these labels takes at the left; the drawing program does not know the font.

    A sign of Chinese is as wide as two letters.
    """
    wide = [sum(2 if ord(sign) > _WIDE_FROM else 1 for sign in name) for name in names]
    return LETTER * max(wide, default=0)


def months_since(field: str, title: str, last: int) -> Spec:
    """A quantitative x channel of ages in months, from 0 to `last`, labelled at half years or years."""
    step = 6 if last <= 30 else 12
    axis: Spec = {"title": title, "grid": False, "values": list(range(0, last + 1, step)), "format": "d"}
    return {"field": field, "type": "quantitative", "axis": axis, "scale": {"domain": [0, last], "nice": False}}


def note(rows: list[Row], x: Spec, y: Spec, colour: str, **mark: Any) -> Spec:
    """Direct labels: the `note` of each row beside its point."""
    settings: Spec = {"type": "text", "align": "left", "dx": 6, "fontWeight": 600, "color": colour, **mark}
    return {
        "data": {"values": rows},
        "mark": settings,
        "encoding": {"x": plain(x), "y": plain(y), "text": {"field": "note", "type": "nominal"}},
    }


def reference(y: Spec, value: float, words: str, x: float = 2) -> list[Spec]:
    """A dashed line across the picture at a value of y, with its words above it, `x` from its left end."""
    data = {"values": [{"reference": value, "note": words}]}
    at: Spec = {**plain(y), "field": "reference"}
    rule: Spec = {"data": data, "mark": {"type": "rule", "strokeDash": [3, 3], "color": MUTE}, "encoding": {"y": at}}
    halo = {"stroke": "var(--paper)", "strokeWidth": 3}
    text: Spec = {
        "data": data,
        "mark": {"type": "text", "align": "left", "dy": -7, "color": MUTE, **halo},
        "encoding": {"x": {"value": x}, "y": at, "text": {"field": "note", "type": "nominal"}},
    }
    return [rule, text]


def line(rows: list[Row], x: Spec, y: Spec, colour: str, **mark: Any) -> Spec:
    """One line over rows; a null leaves a gap."""
    settings: Spec = {
        "type": "line",
        "color": colour,
        "strokeWidth": 2.2,
        "invalid": "break-paths-show-domains",
        **mark,
    }
    return {"data": {"values": rows}, "mark": settings, "encoding": {"x": x, "y": y}}


def dots(rows: list[Row], x: Spec, y: Spec, colour: str) -> Spec:
    """Small points with a tooltip and, where rows have an address, a link to the rows behind each."""
    encoding: Spec = {"x": plain(x), "y": plain(y), "description": {"field": "tip"}}
    if rows and "href" in rows[0]:
        encoding["href"] = {"field": "href"}
    return {
        "data": {"values": rows},
        "mark": {"type": "circle", "size": 34, "color": colour, "opacity": 1, "invalid": "filter"},
        "encoding": encoding,
    }
