"""Net and gross retention over time, and the table that brings its two methods together."""

from collections.abc import Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.answers.breaks import Break
from relevo.answers.retention import COHORT, MOVEMENT, MethodGap, Retention
from relevo.web import format as written
from relevo.web.charts.retention import retention_picture
from relevo.web.money.addresses import window_address
from relevo.web.parts import Cell, ChartView, Grid, Head, chart

METHOD_NAMES: dict[str, str | Promise] = {
    COHORT: gettext_lazy("by customers"),
    MOVEMENT: gettext_lazy("by movements"),
}
_SUBTITLES: dict[str, str | Promise] = {
    COHORT: gettext_lazy("Share of the revenue of twelve months before, at each month’s end, constant currency"),
    MOVEMENT: gettext_lazy("The revenue of twelve months before with all movements since, as a share of it"),
}
_GAP_LINES: dict[str, str | Promise] = {
    COHORT: gettext_lazy("Kept, by customers"),
    "came_later": gettext_lazy("What customers did that came within the year"),
    "made_good": gettext_lazy("What the same customers lost and made good within the year"),
    "exchange": gettext_lazy("Exchange rates between the days of movements and the opening"),
    MOVEMENT: gettext_lazy("Kept, by movements"),
}


def retention_chart(kept: Retention, marks: Sequence[Break]) -> ChartView:
    """Net and gross retention over time."""
    seen = any(row["rate"] is not None for row in kept.net.rows)
    return chart(
        "retention",
        kept.title,
        str(_SUBTITLES[kept.method]),
        retention_picture(kept.net, kept.gross, kept.method, marks) if seen else None,
        [kept.net, kept.gross],
        grid=_grid(kept),
        rows_href=window_address(kept.net.measure, str(kept.net.last().get("month") or ""), kept.method)
        if kept.net.rows
        else "",
        foot=_broken(marks, kept),
    )


def _broken(marks: Sequence[Break], kept: Retention) -> str:
    months = {row["month"] for row in kept.net.rows}
    shown = [mark for mark in marks if mark.month in months]
    if not shown:
        return ""
    values = {"day": written.day(shown[-1].since), "reason": shown[-1].reason}
    return _("counted otherwise since %(day)s (%(reason)s); all months are shown as counted now") % values


def _grid(kept: Retention) -> Grid:
    net, gross = kept.net, kept.gross
    heads = (
        Head(_("Month")),
        Head(_("Customers"), is_number=True),
        Head(_("Opening"), is_number=True),
        Head(_("Kept net"), is_number=True),
        Head(_("Kept gross"), is_number=True),
    )
    rows = tuple(
        (
            Cell(written.month(n["month"])),
            Cell(written.count(n["customers"]), is_number=True),
            Cell(written.money(n["opening_cents"], net.currency), is_number=True),
            Cell(written.rate(n["rate"]), window_address(net.measure, n["month"], kept.method), is_number=True),
            Cell(written.rate(g["rate"]), window_address(gross.measure, n["month"], kept.method), is_number=True),
        )
        for n, g in zip(net.rows, gross.rows, strict=True)
    )
    return Grid(_("Retention"), heads, rows)


def methods_grid(gap: MethodGap) -> Grid:
    """The steps from one method to the other; each column adds up."""
    year = _("Year to %(month)s") % {"month": written.month(gap.month)}
    heads = (Head(year), Head(_("Net"), is_number=True), Head(_("Gross"), is_number=True))
    opening = (Cell(_("Revenue a year ago")), *(_amount(gap.opening, gap.currency) for _i in range(2)))
    rows = [opening]
    for line in gap.lines:
        is_end = line.code in (COHORT, MOVEMENT)
        amounts = (_amount(cents, gap.currency, gap.opening if is_end else None) for cents in (line.net, line.gross))
        rows.append((Cell(str(_GAP_LINES[line.code])), *amounts))
    return Grid(_("Why the methods differ"), heads, tuple(rows[:-1]), rows[-1])


def _amount(cents: int | None, currency: str, opening: int | None = None) -> Cell:
    share = written.rate(cents / opening) if opening and cents is not None else ""
    return Cell(written.money(cents, currency), is_number=True, small=share)
