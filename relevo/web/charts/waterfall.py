"""Bars from one level to another, each step beginning where the one before it ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from relevo.base.money import exponent
from relevo.web import format as written
from relevo.web.charts.base import FONT_SIZE, INK, MUTE, Row, Spec, ordinal, picture, vertical

HEIGHT = 230
BAD = "var(--bad)"


@dataclass(frozen=True)
class Scale:
    """How amounts in minor units are drawn: divided by `factor`, which the picture's subtitle calls `name`."""

    factor: int
    name: str


@dataclass(frozen=True)
class Step:
    """One bar: from one amount to another in minor units; a level begins at zero.

    `under` stands below the name, such as who owns the line; `is_warning` sets it in the colour of what is wrong.
    """

    name: str
    start: int
    end: int
    colour: str
    href: str = ""
    under: str = ""
    is_warning: bool = False
    is_level: bool = False


def money_scale(largest: int, currency: str) -> Scale:
    """Units, thousands or millions of a currency, so that an axis needs at most four digits."""
    one = 10 ** exponent(currency)
    if largest >= 10_000_000 * one:
        return Scale(one * 1_000_000, _("million %(currency)s") % {"currency": currency})
    if largest >= 10_000 * one:
        return Scale(one * 1_000, _("thousand %(currency)s") % {"currency": currency})
    return Scale(one, currency)


def waterfall(steps: Sequence[Step], scale: Scale, currency: str, width: int = 600) -> Spec:
    """The bars with their amounts above, and below each name what stands under it; without a currency, of counts."""
    rows = [_bar(step, scale, currency) for step in steps]
    x, y = ordinal("name", labelPadding=8), vertical("high", scale.name)
    bars: Spec = {
        "mark": {"type": "bar", "width": {"band": 0.66}, "minBandSize": 2},
        "encoding": {
            "x": x,
            "y": y,
            "y2": {"field": "low"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
            "href": {"field": "href"},
            "description": {"field": "tip"},
        },
    }
    above: Spec = {
        "mark": {"type": "text", "dy": -8, "fontWeight": 600, "color": INK},
        "encoding": {
            "x": x,
            "y": {"field": "top", "type": "quantitative"},
            "text": {"field": "note", "type": "nominal"},
        },
    }
    return picture(width, HEIGHT, [bars, above, *_under(rows, x)], rows)


def _under(rows: Sequence[Row], x: Spec) -> list[Spec]:
    """A line of words below the names; none where no bar has any."""
    if not any(row["under"] for row in rows):
        return []
    return [
        {
            "mark": {"type": "text", "baseline": "top", "fontSize": FONT_SIZE, "clip": False},
            "encoding": {
                "x": x,
                "y": {"value": HEIGHT + 24},
                "text": {"field": "under", "type": "nominal"},
                "color": {"field": "under_colour", "type": "nominal", "scale": None},
            },
        }
    ]


def _bar(step: Step, scale: Scale, currency: str) -> Row:
    amount = step.end if step.is_level else step.end - step.start
    short = written.figures(abs(amount) / scale.factor)
    sign = "" if step.is_level or not amount else "+" if amount > 0 else written.MINUS
    return {
        "name": step.name,
        "low": step.start / scale.factor,
        "high": step.end / scale.factor,
        "top": max(step.start, step.end) / scale.factor,
        "note": sign + short,
        "colour": step.colour,
        "under": step.under,
        "under_colour": BAD if step.is_warning else MUTE,
        "href": step.href,
        "tip": f"{step.name}: {written.money(amount, currency) if currency else sign + written.count(abs(amount))}",
    }
