"""Estimates of groups with their intervals, one line for each: a point for the estimate, a rule for what it may be."""

from collections.abc import Sequence
from dataclasses import dataclass

from relevo.web import format as written
from relevo.web.charts.base import LINE, MUTE, Row, Spec, apart, by_name, named, shortened

STEP = 26


@dataclass(frozen=True)
class Share:
    """A group with its share, the ends of the interval of it, on how many it rests, and what is told of it."""

    name: str
    share: float
    low: float
    high: float
    n: int
    stands_out: bool = False


@dataclass(frozen=True)
class Estimate:
    """A named estimate with its ends, what stands at its end, and what is told of it."""

    name: str
    value: float
    low: float
    high: float
    note: str
    tip: str
    stands_out: bool = False


def shares_picture(shares: Sequence[Share], title: str, width: int = 300) -> Spec:
    """The shares from 0 to the largest end, in the order they come; those that stand out in a colour of their own."""
    top = min(1.0, max(each.high for each in shares) * 1.05)
    axis: Spec = {"title": title, "format": ".0%", "tickCount": 5, "gridColor": LINE}
    return estimates_picture([_estimate(each) for each in shares], {"scale": {"domain": [0, top]}, "axis": axis}, width)


def estimates_picture(
    estimates: Sequence[Estimate], across: Spec, width: float, reference: float | None = None
) -> Spec:
    """The estimates in the order they come; `across` is scale and axis, `reference` a value at which a line stands."""
    names = apart([each.name for each in estimates])
    rows: list[Row] = [
        {
            **vars(each),
            "name": name,
            "reference": reference,
            "colour": "var(--churn)" if each.stands_out else "var(--new)",
        }
        for each, name in zip(estimates, names, strict=True)
    ]
    x: Spec = {"field": "value", "type": "quantitative", **across}
    y, colour = named(names), {"field": "colour", "type": "nominal", "scale": None, "legend": None}
    layers: list[Spec] = [
        {"mark": {"type": "rule", "strokeWidth": 2},
         "encoding": {"x": {**x, "field": "low"}, "x2": {"field": "high"}, "y": y, "color": colour}},
        {"mark": {"type": "circle", "size": 60, "opacity": 1},
         "encoding": {"x": x, "y": y, "color": colour, "description": {"field": "tip"}}},
        {"mark": {"type": "text", "align": "left", "dx": 8, "dy": -1, "color": MUTE},
         "encoding": {"x": {**x, "field": "high"}, "y": y, "text": {"field": "note", "type": "nominal"}}},
    ]  # fmt: skip
    if reference is not None:
        layers.insert(0, {"mark": {"type": "rule", "strokeDash": [3, 3], "color": MUTE},
                          "encoding": {"x": {**x, "field": "reference"}}})  # fmt: skip
    return by_name(width, STEP, layers, rows)


def _estimate(each: Share) -> Estimate:
    between = f"{written.rate(each.low)} – {written.rate(each.high)}"
    n = f"n {written.count(each.n)}"
    tip = f"{each.name}: {written.rate(each.share)} ({between}), {n}"
    return Estimate(shortened(each.name), each.share, each.low, each.high, n, tip, each.stands_out)
