"""Money, beside another tool."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.measures import MeasureAnswer
from relevo.answers.reconcile import CustomersBehind, ReconcilePage, reconcile_page
from relevo.answers.values import Sentence, text
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.charts.reconcile import reconcile_picture
from relevo.web.conventions import cause_name, tool_name, way
from relevo.web.downloads import csv_file
from relevo.web.parts import Cell, ChartView, Grid, Head, chart
from relevo.web.reader import reading_of
from relevo.web.sentences import say
from relevo.web.trail import note_export

ROWS_SHOWN = 50
CUSTOMER_COLUMNS = ("customer_id", "name", "before_cents", "after_cents", "amount_cents", "currency")


@require_safe
def reconcile(request: HttpRequest) -> HttpResponse:
    """A tool's figure beside ours: `?tool=&month=&theirs=`, and `&cause=` for the customers behind a row."""
    page = _page(request)
    told = {
        "page": page,
        "title": say(_named(page.title, page.tool)),
        "second": say(page.second) if page.second else "",
        "typed": request.GET.get("theirs", ""),
        "tools": [{"code": code, "name": tool_name(code), "on": code == page.tool} for code in page.tools],
        "months": [{"code": m, "name": written.month(m), "on": m == page.month} for m in page.months],
        "chart": _chart(page, page.answer, request) if page.answer else None,
        "behind": page.behind,
        "behind_title": cause_name(page.behind.cause, page.tool) if page.behind else "",
        "behind_grid": _customers(page.behind) if page.behind else None,
        "behind_csv": _address(page, request, "reconcile-csv", page.behind.cause) if page.behind else "",
        "hidden_rows": max(0, len(page.behind.rows) - ROWS_SHOWN) if page.behind else 0,
    }
    return render(request, "relevo/reconcile.html", told)


@require_safe
def reconcile_csv(request: HttpRequest) -> HttpResponse:
    """The bridge as CSV; with `cause`, all customers behind that row."""
    page = _page(request)
    if page.behind:
        note_export(request, len(page.behind.rows))
        rows: list[Mapping[str, Any]] = [{**vars(row), "currency": page.behind.currency} for row in page.behind.rows]
        return csv_file(f"reconcile-{page.tool}-{page.behind.cause}", CUSTOMER_COLUMNS, rows)
    note_export(request, len(page.answer.rows) if page.answer else 0)
    columns = [column.name for column in page.answer.columns] if page.answer else ["month", "cause", "amount_cents"]
    return csv_file(f"reconcile-{page.tool}", columns, page.answer.rows if page.answer else ())


def _page(request: HttpRequest) -> ReconcilePage:
    asked = request.GET
    return reconcile_page(
        reading_of(request),
        asked.get("tool") or "stripe",
        asked.get("month") or None,
        asked.get("theirs", ""),
        asked.get("cause") or None,
    )


def _named(sentence: Sentence, tool: str) -> Sentence:
    """A sentence with the tool and the cause in words."""
    values = {**sentence.values, "tool": text(tool_name(tool))}
    if "cause" in values:
        values["cause"] = text(cause_name(str(values["cause"].amount), tool))
    return replace(sentence, values=values)


def _address(page: ReconcilePage, request: HttpRequest, name: str, cause: str = "") -> str:
    asked = {"tool": page.tool, "month": page.month, "theirs": request.GET.get("theirs", ""), "cause": cause}
    return f"{reverse(name)}?{urlencode({k: v for k, v in asked.items() if v})}"


def _chart(page: ReconcilePage, answer: MeasureAnswer, request: HttpRequest) -> ChartView:
    """The bridge with its table open to customers."""
    causes = [row["cause"] for row in answer.rows if row["cause"] != "unexplained" and row["customers"] != 0]
    links = {cause: _address(page, request, "reconcile", cause) + "#behind" for cause in causes}
    return chart(
        "bridge",
        _named(page.title, page.tool),
        _("From %(tool)s’s figure, which is 0 here, to ours; %(currency)s a month, %(month)s")
        % {"tool": tool_name(page.tool), "currency": answer.currency, "month": written.month(page.month)},
        reconcile_picture(answer, page.tool, links),
        [answer],
        grid=_bridge(page, answer, links),
        files=[(_("download"), _address(page, request, "reconcile-csv"))],
    )


def _bridge(page: ReconcilePage, answer: MeasureAnswer, links: Mapping[str, str]) -> Grid:
    """The rows of the bridge with both sides' ways in words."""
    tool = tool_name(page.tool)
    ways = {c.cause: (way(c.cause, c.theirs), way(c.cause, c.ours)) for c in page.conventions}
    heads = (
        Head(_("Why")),
        Head(_("Amount"), is_number=True),
        Head(_("Customers"), is_number=True),
        Head(tool),
        Head("Relevo"),
    )
    rows = tuple(
        (
            Cell(cause_name(row["cause"], page.tool), links.get(row["cause"], "")),
            Cell(written.money(row["amount_cents"], answer.currency), is_number=True),
            Cell("" if row["customers"] is None else written.count(row["customers"]), is_number=True),
            *(Cell(words) for words in ways.get(row["cause"], ("", ""))),
        )
        for row in answer.rows
    )
    return Grid(_("Reconciliation"), heads, rows[:-1], rows[-1])


def _customers(found: CustomersBehind) -> Grid:
    """The customers behind a row, the largest change first."""
    heads = (
        Head(_("Customer")),
        Head(_("Before"), is_number=True),
        Head(_("After"), is_number=True),
        Head(_("Change"), is_number=True),
    )
    rows = tuple(
        (
            Cell(row.name, customer_address(row.customer_id)),
            *(
                Cell(written.money(cents, found.currency), is_number=True)
                for cents in (row.before_cents, row.after_cents, row.amount_cents)
            ),
        )
        for row in found.rows[:ROWS_SHOWN]
    )
    return Grid(_("Customers"), heads, rows)
