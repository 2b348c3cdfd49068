"""Net and gross retention over time, with a mark where the house began to count otherwise."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from relevo.answers.breaks import Break
from relevo.answers.measures import MeasureAnswer
from relevo.web import format as written
from relevo.web.charts.base import Row, Spec, dots, line, note, ordinal, picture, plain, reference, vertical
from relevo.web.money.addresses import window_address

WIDTH, HEIGHT = 380, 230


def retention_picture(net: MeasureAnswer, gross: MeasureAnswer, method: str, marks: Sequence[Break] = ()) -> Spec:
    """Net and gross retention of the twelve months before each month end; the dashed line is 100 %."""
    months = [str(row["month"]) for row in net.rows]
    x = ordinal("name", [written.month(m) for m in _every(months, 6)])
    y = vertical("share", _("share of revenue"), format=".0%") | {"scale": {"zero": False, "nice": True}}
    layers = reference(y, 1, _("all kept"), _clear_of(net))
    for answer, colour, name in ((net, "var(--new)", _("net")), (gross, "var(--churn)", _("gross"))):
        rows = [_rate_row(answer, row, method) for row in answer.rows]
        end = [{**r, "note": f"{name} {written.rate(r['share'])}"} for r in rows[-1:] if r["share"] is not None]
        layers += [line(rows, x, y, colour), dots(rows, x, y, colour), note(end, x, y, colour)]
    return picture(WIDTH, HEIGHT, [*layers, *break_marks(marks, months, x)], right=34)


def _clear_of(net: MeasureAnswer) -> float:
    """Where the words of the line at 100 % stand clear of the curve: at the month that is furthest from it."""
    gaps = [abs(row["rate"] - 1) if row["rate"] is not None else 1.0 for row in net.rows]
    early = gaps[: max(1, len(gaps) * 3 // 4)]
    return WIDTH * early.index(max(early)) / len(gaps)


def break_marks(marks: Sequence[Break], months: Sequence[str], x: Spec) -> list[Spec]:
    """A labelled vertical line in each shown month from which other conventions hold; `x` names months by `name`."""
    rows: list[Row] = [
        {
            "name": written.month(mark.month),
            "note": _("counted otherwise since %(day)s") % {"day": written.day(mark.since)},
            "tip": f"{written.day(mark.since)}: {mark.reason}",
            "align": "left" if months.index(mark.month) * 2 < len(months) else "right",
        }
        for mark in marks
        if mark.month in months
    ]
    if not rows:
        return []
    upright: Spec = {
        "data": {"values": rows},
        "mark": {"type": "rule", "strokeDash": [2, 2], "color": "var(--warn)"},
        "encoding": {"x": plain(x), "description": {"field": "tip"}},
    }
    return [upright, *(_break_label(row, plain(x)) for row in rows)]


def _break_label(row: Row, x: Spec) -> Spec:
    side = {"align": row["align"], "dx": 5 if row["align"] == "left" else -5}
    return {
        "data": {"values": [row]},
        "mark": {"type": "text", "baseline": "bottom", "color": "var(--warn)", **side},
        "encoding": {"x": x, "y": {"value": -4}, "text": {"field": "note", "type": "nominal"}},
    }


def _rate_row(answer: MeasureAnswer, row: Mapping[str, Any], method: str) -> Row:
    month = str(row["month"])
    return {
        "name": written.month(month),
        "share": row["rate"],
        "href": window_address(answer.measure, month, method),
        "tip": f"{written.month(month)}: {written.rate(row['rate'])}",
    }


def _every(values: Sequence[str], step: int) -> list[str]:
    """Every so many values, counted back from the last."""
    return list(values[::-1][::step][::-1])
