"""The sections of what is ahead: the forecast, who may leave, forecasts and what happened, renewals."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from relevo.answers.ahead import AheadPage
from relevo.answers.forecasts import ScoredForecasts
from relevo.answers.today import TodayPage
from relevo.answers.values import RowsAsk, Sentence, count, rate
from relevo.web import format as written
from relevo.web.addresses import customer_address, rows_address
from relevo.web.charts.ahead import forecast_picture
from relevo.web.charts.waterfall import money_scale
from relevo.web.labels import slice_value
from relevo.web.parts import Cell, ChartView, Grid, Head, chart, measure_grid

SEGMENT = "segment"


def forecast_chart(page: AheadPage) -> ChartView:
    """The forecast of a year; its table has what is committed too."""
    forecast = page.forecast
    is_known = bool(forecast.rows) and forecast.last().get("low_cents") is not None
    if not is_known:
        return chart("forecast", page.forecast_title, "", None, [forecast])
    scale = money_scale(max(row["high_cents"] or row["total_cents"] for row in forecast.rows), forecast.currency)
    return chart(
        "forecast",
        page.forecast_title,
        _("Monthly recurring revenue, %(unit)s; whiskers are 95 %% intervals, dashes what is signed or cancelled")
        % {"unit": scale.name},
        forecast_picture(page.past, forecast, page.committed, scale),
        [forecast, page.committed],
        grid=measure_grid(forecast),
        more_grids=(measure_grid(page.committed),),
        rows_href=rows_address(RowsAsk("forecast")),
        is_wide=True,
        foot=_("no growth of sales and no season is assumed; one point less churn a month is in the table"),
    )


def leaving_grid(page: AheadPage) -> Grid:
    """Who is expected to leave in a year, by segment and months since the start."""
    heads = (
        Head(_("Segment")),
        Head(_("Months since the start")),
        Head(_("Customers"), is_number=True),
        Head(_("Expected to leave"), is_number=True),
        Head(_("Share"), is_number=True),
        Head(_("MRR at risk"), is_number=True),
    )
    return Grid(_("Expected churn"), heads, tuple(_leaving_row(page, row) for row in page.churn.rows))


def _leaving_row(page: AheadPage, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    ask = RowsAsk("expected_churn", by=SEGMENT, value=row[SEGMENT], kind=row["age_band"])
    names = Cell(slice_value(row[SEGMENT]), rows_address(ask)), Cell(row["age_band"])
    if row["customers"] is None:
        return *names, *(Cell("", is_number=True, small=_("too few")) for _i in range(4))
    expected = row["expected_lost"]
    return (
        *names,
        Cell(written.count(row["customers"]), rows_address(ask), is_number=True),
        Cell(written.number(expected, 1), is_number=True, small=f"{row['low']}–{row['high']}"),
        Cell(written.rate(expected / row["customers"]), is_number=True),
        Cell(written.money(row["mrr_at_risk_cents"], page.churn.currency), is_number=True),
    )


def scores_sentence(scores: ScoredForecasts) -> Sentence:
    """How good forecasts were: the frozen ones where any is old enough, else those made again."""
    held = scores.frozen if scores.frozen.cells else scores.again
    if not held.cells:
        return Sentence("scores.none")
    values = {
        "cells": count(held.cells), "inside": rate(held.inside), "expected": count(round(held.expected)),
        "lost": count(held.lost),
    }  # fmt: skip
    return Sentence("scores.of", values)


def scores_grid(scores: ScoredForecasts) -> Grid:
    """Both kinds of forecast with how often they held and how far they were off."""
    heads = (
        Head(_("Forecasts")),
        Head(_("Cells"), is_number=True),
        Head(_("Expected to leave"), is_number=True),
        Head(_("Left"), is_number=True),
        Head(_("Inside the interval"), is_number=True),
        Head(_("Off by"), is_number=True),
    )
    kinds = ((_("kept when made"), scores.frozen), (_("made again for past months"), scores.again))
    rows = tuple(
        (
            Cell(name),
            Cell(written.count(score.cells), is_number=True),
            Cell(written.number(score.expected, 1) if score.cells else written.MISSING, is_number=True),
            Cell(written.count(score.lost) if score.cells else written.MISSING, is_number=True),
            Cell(written.rate(score.inside), is_number=True),
            Cell(written.signed(written.rate, score.bias) if score.bias is not None else written.MISSING,
                 is_number=True),
        )
        for name, score in kinds
    )  # fmt: skip
    return Grid(_("Forecasts and what happened"), heads, rows)


def renewals_grid(page: AheadPage | TodayPage) -> Grid:
    """Contracts that come up for renewal, the next first."""
    heads = (
        Head(_("Customer")),
        Head(_("Term ends on")),
        Head(_("MRR"), is_number=True),
        Head(_("Renews by itself")),
        Head(_("Held by")),
    )
    return Grid(_("Renewals due"), heads, tuple(_renewal(page, row) for row in page.renewals))


def _renewal(page: AheadPage | TodayPage, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    key = row["customer_id"]
    return (
        Cell(page.names.get(key, key), customer_address(key)),
        Cell(written.day(row["term_end_on"])),
        Cell(written.money(row["mrr_cents"], page.stamp.currency), is_number=True),
        Cell(written.yes_or_no(row["auto_renew"])),
        Cell(page.people.get(row["owner"], row["owner"]) or _("nobody")),
    )
