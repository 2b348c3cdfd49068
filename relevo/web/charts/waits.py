"""Waits by month: what half and nine in ten did not exceed, and below how many still waited at each month's end."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from relevo.web import format as written
from relevo.web.charts.base import FONT_SIZE, MUTE, Row, Spec, dots, line, note, ordinal, picture, plain, vertical

WIDTH, HEIGHT = 860, 250
_HOUR = 3600
# The column, its colour, and how its line is drawn: the two that a tool shows, and the one in open hours.
LINES: tuple[tuple[str, str, Spec], ...] = (
    ("first_response_p90_s", "var(--churn)", {}),
    ("first_response_s", "var(--new)", {}),
    ("business_s", "var(--expansion)", {"strokeDash": [5, 3]}),
)


def waits_picture(months: Sequence[Mapping[str, Any]]) -> Spec:
    """The lines in hours from zero, named at their ends; a month of which too little is known leaves a gap."""
    names = {"first_response_p90_s": _("nine in ten"), "first_response_s": _("half"),
             "business_s": _("half, open hours")}  # fmt: skip
    x, y = ordinal("name"), vertical("hours", _("hours"), format=",.1~f") | {"scale": {"zero": True, "nice": True}}
    layers: list[Spec] = []
    for column, colour, mark in LINES:
        rows = [_point(row, column, names[column]) for row in months]
        known = [row for row in rows if row["hours"] is not None]
        end = [{**row, "note": row["series"]} for row in known[-1:]]
        if known:
            layers += [line(rows, x, y, colour, **mark), dots(rows, x, y, colour), note(end, x, y, colour)]
    return picture(WIDTH, HEIGHT, [*layers, _waiting(months, x)], right=110)


def _point(row: Mapping[str, Any], column: str, series: str) -> Row:
    month, value = written.month(row["month"]), row[column]
    values = {"month": month, "series": series, "wait": written.duration(value), "n": written.count(row["n"]),
              "open": written.count(row["open_n"])}  # fmt: skip
    return {
        "name": month,
        "hours": None if value is None else value / _HOUR,
        "series": series,
        "tip": _("%(month)s, %(series)s: %(wait)s; n %(n)s, %(open)s still waiting at its end") % values,
    }


def _waiting(months: Sequence[Mapping[str, Any]], x: Spec) -> Spec:
    """How many still waited at the end of each month, in a line below the months."""
    rows = [{"name": written.month(row["month"]), "open": _still(row)} for row in months]
    return {
        "data": {"values": rows},
        "mark": {"type": "text", "baseline": "top", "fontSize": FONT_SIZE, "color": MUTE, "clip": False},
        "encoding": {
            "x": plain(x),
            "y": {"value": HEIGHT + 26},
            "text": {"field": "open", "type": "nominal"},
        },
    }


def _still(row: Mapping[str, Any]) -> str:
    return f"+{written.count(row['open_n'])}" if row["open_n"] else ""
