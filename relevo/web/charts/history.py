"""What one customer paid, month by month."""

from relevo.base.money import exponent
from relevo.web import format as written
from relevo.web.charts.base import Row, Spec, dots, line, note, ordinal, picture, vertical


def history_picture(history: tuple[tuple[str, int], ...], currency: str) -> Spec:
    """MRR at month ends as steps from zero, the last one labelled."""
    one = 10 ** exponent(currency)
    rows: list[Row] = [_row(month, cents, one, currency) for month, cents in history]
    step = 3 if len(rows) <= 18 else 6
    x = ordinal("name", [row["name"] for row in rows[::-1][::step]])
    y = vertical("amount", None, format=",d")
    area: Spec = {
        "data": {"values": rows},
        "mark": {"type": "area", "interpolate": "step-after", "color": "var(--band)"},
        "encoding": {"x": x, "y": y},
    }
    end = [{**row, "note": written.figures(row["amount"])} for row in rows[-1:]]
    curve = line(rows, x, y, "var(--new)", interpolate="step-after")
    return picture(900, 170, [area, curve, dots(end, x, y, "var(--new)"), note(end, x, y, "var(--new)")], right=24)


def _row(month: str, cents: int, one: int, currency: str) -> Row:
    name = written.month(month)
    return {"name": name, "amount": cents / one, "tip": f"{name}: {written.money(cents, currency)}"}
