"""A count a week as small bars."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from relevo.web import format as written
from relevo.web.charts.base import Row, Spec, ordinal, picture, vertical

WIDTH, HEIGHT = 460, 110


def weeks_picture(weeks: Sequence[tuple[date, int]], colour: str) -> Spec:
    """Bars from zero, one for each week by its Monday; the count stands above its bar."""
    rows: list[Row] = [
        {"name": written.day(first), "amount": count, "note": str(count) if count else "",
         "tip": _("week of %(day)s: %(count)s") % {"day": written.day(first), "count": count}}
        for first, count in weeks
    ]  # fmt: skip
    x = ordinal("name", [row["name"] for row in rows[::-1][::3]])
    y = vertical("amount", None, labels=False, grid=False)
    y["scale"] = {"domain": [0, max(1, *(count for _first, count in weeks)) * 1.2], "nice": False}
    bars: Spec = {"mark": {"type": "bar", "color": colour},
                  "encoding": {"x": x, "y": y, "description": {"field": "tip"}}}  # fmt: skip
    notes: Spec = {"mark": {"type": "text", "dy": -7},
                   "encoding": {"x": x, "y": y, "text": {"field": "note", "type": "nominal"}}}  # fmt: skip
    return picture(WIDTH, HEIGHT, [bars, notes], rows, right=24)
