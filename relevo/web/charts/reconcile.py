"""The picture of a reconciliation: from a tool's figure to ours, a bar for each convention that differs."""

from django.utils.translation import gettext as _

from relevo.answers.measures import MeasureAnswer
from relevo.base.money import exponent
from relevo.web import format as written
from relevo.web.charts.base import INK, MUTE, Row, Spec, picture
from relevo.web.conventions import cause_name

BAR_HEIGHT = 34


def reconcile_picture(answer: MeasureAnswer, tool: str, links: dict[str, str]) -> Spec | None:
    """Bars that begin at the tool's figure, which is 0, and end at ours; None where nothing differs."""
    rows = _bars(answer, tool, links)
    if len(rows) < 2:
        return None
    unit = _("%(currency)s a month") % {"currency": answer.currency}
    x: Spec = {"field": "low", "type": "quantitative", "axis": {"title": unit, "format": ",d", "tickCount": 4}}
    y: Spec = {
        "field": "name", "type": "nominal", "sort": None,
        "axis": {"title": None, "labelColor": INK, "labelLimit": 210, "minExtent": 170, "domain": False, "grid": False},
    }  # fmt: skip
    bars: Spec = {
        "mark": {"type": "bar", "height": {"band": 0.6}, "minBandSize": 2},
        "encoding": {
            "x": x, "x2": {"field": "high"}, "y": y,
            "color": {"field": "colour", "type": "nominal", "scale": None},
            "href": {"field": "href"}, "description": {"field": "tip"},
        },
    }  # fmt: skip
    beside: Spec = {
        "mark": {"type": "text", "align": "left", "dx": 6, "fontWeight": 600, "color": INK},
        "encoding": {"x": {"field": "right", "type": "quantitative"}, "y": y, "text": {"field": "note"}},
    }
    zero: Spec = {
        "data": {"values": [{"low": 0}]},
        "mark": {"type": "rule", "strokeDash": [3, 3], "color": MUTE},
        "encoding": {"x": {"field": "low", "type": "quantitative"}},
    }
    return picture(640, BAR_HEIGHT * len(rows), [zero, bars, beside], rows, right=80)


def _bars(answer: MeasureAnswer, tool: str, links: dict[str, str]) -> list[Row]:
    """One bar per convention that changes the figure, and the whole difference last."""
    level, rows = 0, []
    for row in answer.rows[1:-1]:
        if row["amount_cents"]:
            rows.append(_bar(row["cause"], level, level + row["amount_cents"], answer, tool, links))
        level += row["amount_cents"]
    return [*rows, _bar("ours", 0, level, answer, tool, links)] if rows else []


def _bar(cause: str, start: int, end: int, answer: MeasureAnswer, tool: str, links: dict[str, str]) -> Row:
    one = 10 ** exponent(answer.currency)
    change, name = end - start, cause_name(cause, tool)
    sign = "+" if change >= 0 else written.MINUS
    colour = "var(--neutral)" if cause == "ours" else "var(--expansion)" if change >= 0 else "var(--contraction)"
    return {
        "name": name,
        "low": start / one,
        "high": end / one,
        "right": max(start, end) / one,
        "note": sign + written.figures(abs(change) / one),
        "colour": colour,
        "href": links.get(cause, ""),
        "tip": f"{name}: {written.money(change, answer.currency)}",
    }
