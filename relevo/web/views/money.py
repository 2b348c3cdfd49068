"""Money."""

from collections.abc import Mapping
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.money import FEWEST_AT_RISK, MoneyPage, money_page
from relevo.answers.money_slice import SliceRow, SliceTable
from relevo.answers.reading import Reading
from relevo.answers.remembering import Remembered
from relevo.answers.values import RowsAsk
from relevo.web import format as written
from relevo.web.addresses import rows_address
from relevo.web.charts import money as pictures
from relevo.web.labels import DIMENSIONS, label, slice_value
from relevo.web.parts import Cell, ChartView, Grid, Head, chart, measure_grid, tile_view
from relevo.web.reader import reading_of
from relevo.web.sentences import say
from relevo.web.trail import note_person_level

YEAR = 12
_CHARTS: Remembered[Mapping[str, ChartView]] = Remembered(8)


@require_safe
def money(request: HttpRequest) -> HttpResponse:
    """How much of last year's revenue was kept, what moved it, and who stays how long; `?by=` cuts the table."""
    reading = reading_of(request)
    page = money_page(reading, request.GET.get("by", "channel"))
    note_person_level(request, [page.slice.by])
    sliced = {"slice": slice_grid(page.slice), "choices": _choices(page.slice), "by": page.slice.by, "page": page}
    if request.headers.get("HX-Request"):
        return render(request, "relevo/parts/slice.html", sliced)
    told = sliced | {
        "sentence": " ".join(say(s) for s in (page.sentence, page.second) if s),
        "tiles": [tile_view(tile) for tile in page.tiles],
        "charts": charts(reading, page),
    }
    return render(request, "relevo/money.html", told)


def charts(reading: Reading, page: MoneyPage) -> Mapping[str, ChartView]:
    """All pictures of the page, made once per book and language: they show the company, the same for every viewer."""
    return _CHARTS.get(reading.company_book, get_language(), lambda: _charts(page))


def _charts(page: MoneyPage) -> Mapping[str, ChartView]:
    return {
        "bridge": bridge_chart(page),
        "retention": retention_chart(page),
        "cohorts": cohorts_chart(page),
        "tenure": tenure_chart(page),
        "survival": survival_chart(page),
    }


def bridge_chart(page: MoneyPage) -> ChartView:
    """The bridge of twelve months."""
    bridge, currency = page.bridge, page.movements.currency
    if bridge is None:
        return chart("bridge", page.bridge_title, "", None, [page.movements])
    values = {
        "unit": pictures.bridge_scale(bridge, currency).name,
        "first": written.month(bridge.since),
        "last": written.month(bridge.until),
    }
    return chart(
        "bridge",
        page.bridge_title,
        _("Monthly recurring revenue, %(unit)s, %(first)s to %(last)s") % values,
        pictures.bridge_picture(bridge, currency),
        [page.movements],
        grid=measure_grid(page.movements, lambda r: rows_address(RowsAsk("mrr_movements", month=r["month"]))),
        rows_href=rows_address(RowsAsk("mrr_movements", month=bridge.until, since=bridge.since)),
        foot=_("as reported: closed months as they were closed") if page.movements.view == "reported" else "",
    )


def retention_chart(page: MoneyPage) -> ChartView:
    """Net and gross retention over time."""
    net, gross = page.retention
    spec = pictures.retention_picture(net, gross) if any(r["rate"] is not None for r in net.rows) else None
    return chart(
        "retention",
        page.retention_title,
        _("Share of the revenue of twelve months before, at each month’s end, constant currency"),
        spec,
        [net],
        grid=_retention_grid(page),
        rows_href=rows_address(RowsAsk(net.measure, month=net.last().get("month"), months=YEAR)),
    )


def _retention_grid(page: MoneyPage) -> Grid:
    net, gross = page.retention
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
            Cell(written.rate(n["rate"]), _window(net.measure, n["month"]), is_number=True),
            Cell(written.rate(g["rate"]), _window(gross.measure, n["month"]), is_number=True),
        )
        for n, g in zip(net.rows, gross.rows, strict=True)
    )
    return Grid(_("Retention"), heads, rows)


def _window(measure: str, month: str, by: str | None = None, value: str | None = None) -> str:
    return rows_address(RowsAsk(measure, month=month, months=YEAR, by=by, value=value))


def cohorts_chart(page: MoneyPage) -> ChartView:
    """The triangle of cohorts."""
    answer = replace(page.cohorts, rows=tuple(r for r in page.cohorts.rows if r["mrr_rate"] is not None))
    return chart(
        "cohorts",
        page.cohorts_title,
        _("Revenue kept, per cent of each month’s first revenue; a blank cannot be seen yet"),
        pictures.cohorts_picture(answer) if answer.rows else None,
        [answer],
        grid=measure_grid(answer, lambda r: rows_address(RowsAsk(answer.measure, cohort=r["cohort"], age=r["age"]))),
        is_wide=True,
    )


def tenure_chart(page: MoneyPage) -> ChartView:
    """Mean revenue by tenure, in two ways."""
    answer = page.tenure
    rows = [row for row in answer.rows if row["survivors_cents"] is not None]
    foot = ""
    if rows:
        values = {
            "first": written.count(rows[0]["n_started"]),
            "n": written.count(rows[-1]["n"]),
            "age": rows[-1]["tenure_month"],
        }
        foot = _("n %(first)s at the start, %(n)s at month %(age)s") % values
    return chart(
        "tenure",
        page.tenure_title,
        _("Average %(currency)s a month per customer, by months since the start; the gone count 0")
        % {"currency": answer.currency},
        pictures.tenure_picture(answer) if rows else None,
        [answer],
        grid=measure_grid(answer, lambda r: rows_address(RowsAsk("arpa_by_tenure", age=r["tenure_month"]))),
        foot=foot,
    )


def survival_chart(page: MoneyPage) -> ChartView:
    """Survival with its interval."""
    answer = page.survival
    seen = any(row["at_risk"] >= FEWEST_AT_RISK for row in answer.rows)
    foot = ""
    if answer.rows:
        foot = _("Kaplan-Meier, 95 %% band; n %(n)s, of whom %(events)s left; drawn while ten or more could leave") % {
            "n": written.count(max(row["at_risk"] for row in answer.rows)),
            "events": written.count(sum(row["events"] for row in answer.rows)),
        }
    return chart(
        "survival",
        page.survival_title,
        _("Share of customers still here, by months since the start"),
        pictures.survival_picture(answer) if seen else None,
        [answer],
        grid=measure_grid(answer, lambda r: rows_address(RowsAsk("survival", age=r["tenure_month"]))),
        rows_href=rows_address(RowsAsk("survival")),
        foot=foot,
    )


def slice_grid(table: SliceTable) -> Grid:
    """A year's retention by one dimension; every figure leads to its rows."""
    heads = (
        Head(label(DIMENSIONS, table.by)),
        Head(_("Customers"), is_number=True),
        Head(_("Revenue a year ago"), is_number=True),
        Head(_("Kept gross"), is_number=True),
        Head(_("Kept net"), is_number=True),
        Head(_("Left"), is_number=True),
    )
    rows = tuple(_slice_row(table, row, slice_value(row.value), table.by) for row in table.rows)
    return Grid(_("Retention by slice"), heads, rows, _slice_row(table, table.total, _("All"), None))


def _slice_row(table: SliceTable, row: SliceRow, name: str, by: str | None) -> tuple[Cell, ...]:
    value = row.value if by else None
    gross = _window("gross_revenue_retention", table.month, by, value)
    interval = f"{written.hundredths(row.low)}–{written.hundredths(row.high)}" if row.low is not None else ""
    too_few = _("too few")
    return (
        Cell(name, gross),
        Cell(written.count(row.customers), is_number=True),
        Cell(written.money(row.opening_cents, table.currency), gross, is_number=True),
        _rate_cell(row, row.gross, gross, too_few),
        _rate_cell(row, row.net, _window("net_revenue_retention", table.month, by, value), too_few),
        Cell(
            "" if row.too_few else written.rate(row.lost),
            _window("logo_churn", table.month, by, value),
            is_number=True,
            small=too_few if row.too_few else interval,
        ),
    )


def _rate_cell(row: SliceRow, share: float | None, href: str, too_few: str) -> Cell:
    if row.too_few:
        return Cell("", "", is_number=True, small=too_few)
    return Cell(written.rate(share), href, is_number=True)


def _choices(table: SliceTable) -> list[dict[str, object]]:
    return [
        {"code": c, "name": label(DIMENSIONS, c), "href": f"{reverse('money')}?by={c}#slices", "on": c == table.by}
        for c in table.choices
    ]
