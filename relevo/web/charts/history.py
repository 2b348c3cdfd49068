"""What one customer paid, month by month, and how much it used the product."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from relevo.base.money import exponent
from relevo.web import format as written
from relevo.web.charts.base import MUTE, Row, Spec, dots, line, note, ordinal, picture, plain, vertical

WIDTH, HEIGHT = 900, 200
# Labels stand in rows above the curve; a letter takes about so many points.
ROWS, LETTER, GAP = 3, 6.0, 12.0
ROOM = 1.5


def history_picture(
    history: Sequence[tuple[str, int]], currency: str, notes: Sequence[tuple[str, str]] = ()
) -> Spec:  # fmt: skip
    """MRR at month ends as steps from zero, the last one labelled, and notes of what happened above their months."""
    one = 10 ** exponent(currency)
    rows: list[Row] = [_row(month, cents, one, currency) for month, cents in history]
    top = max(row["amount"] for row in rows) or 1
    x = ordinal("name", _labels(rows))
    y = vertical("amount", _("%(currency)s a month") % {"currency": currency}, format=",d")
    y["scale"] = {"domain": [0, top * (ROOM if notes else 1.08)], "nice": False}
    area: Spec = {
        "data": {"values": rows},
        "mark": {"type": "area", "interpolate": "step-after", "color": "var(--band)"},
        "encoding": {"x": x, "y": y},
    }
    end = [{**row, "note": written.figures(row["amount"])} for row in rows[-1:]]
    curve = line(rows, x, y, "var(--new)", interpolate="step-after")
    layers = [area, curve, dots(end, x, y, "var(--new)"), note(end, x, y, "var(--new)")]
    return picture(WIDTH, HEIGHT, [*layers, *_marks(_placed(rows, history, notes, top), x, y)], right=24)


def bars_picture(rows: Sequence[tuple[str, int, str]]) -> Spec:
    """A count a month as bars from zero; each row has the month, the count and its tooltip."""
    told: list[Row] = [{"name": written.month(m), "amount": n, "tip": tip} for m, n, tip in rows]
    x, y = ordinal("name", _labels(told)), vertical("amount", None, format=",d")
    bars: Spec = {
        "data": {"values": told},
        "mark": {"type": "bar", "color": "var(--new)"},
        "encoding": {"x": x, "y": y, "description": {"field": "tip"}},
    }
    return picture(WIDTH, 150, [bars], right=24)


def _labels(rows: Sequence[Row]) -> list[str]:
    step = 3 if len(rows) <= 18 else 6
    return [row["name"] for row in rows[::-1][::step]]


def _row(month: str, cents: int, one: int, currency: str) -> Row:
    name = written.month(month)
    return {"name": name, "amount": cents / one, "tip": f"{name}: {written.money(cents, currency)}"}


def _placed(
    rows: list[Row], history: Sequence[tuple[str, int]], notes: Sequence[tuple[str, str]], top: float
) -> list[Row]:
    """Each note over its month in the first row where it has room; one without room keeps its dot alone."""
    places = {month: i for i, (month, _) in enumerate(history)}
    ends, placed = [0.0] * ROWS, []
    for month, words in notes:
        place = places[month]
        at, width = WIDTH * (place + 0.5) / len(rows), LETTER * len(words) + GAP
        is_late = at + width > WIDTH
        start = at - width if is_late else at
        lane = next((i for i, end in enumerate(ends) if end <= start), None)
        if lane is not None:
            ends[lane] = start + width
        height = top * (ROOM - 0.04 - 0.13 * (lane or 0))
        placed.append(
            {**rows[place], "note": words if lane is not None else "", "height": height, "is_late": is_late}
        )  # fmt: skip
    return placed


def _marks(placed: list[Row], x: Spec, y: Spec) -> list[Spec]:
    """A dot on the curve, a thin line up, and the words beside its top."""
    if not placed:
        return []
    high = {"field": "height", "type": "quantitative", "scale": y["scale"]}
    named = [row for row in placed if row["note"]]
    rule: Spec = {
        "data": {"values": named},
        "mark": {"type": "rule", "color": MUTE, "strokeWidth": 0.7},
        "encoding": {"x": plain(x), "y": high, "y2": {"field": "amount"}},
    }
    left = note([r for r in named if not r["is_late"]], x, high, MUTE, fontWeight=400, dx=4)
    right = note([r for r in named if r["is_late"]], x, high, MUTE, fontWeight=400, dx=-4, align="right")
    return [rule, dots(placed, x, y, "var(--ink)"), left, right]
