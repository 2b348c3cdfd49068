"""Data, two books beside each other: which numbers changed, for whom, and why."""

from collections import Counter
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from relevo.answers.books_compared import USUAL, Compared, ComparePage, compare_page, compared
from relevo.answers.values import Unit, Value
from relevo.desk.people.actions import log_audit
from relevo.jobs.clock import now
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.downloads import csv_file
from relevo.web.labels import KINDS, label
from relevo.web.parts import Cell, Grid, Head, column_name
from relevo.web.reader import home, reading_of
from relevo.web.sentences import full

SHOWN = 50
COLUMNS = ("customer_id", "name", "month", "part", "before_cents", "after_cents", "cause", "currency")
ENDS: dict[str, str | Promise] = {
    "opening": gettext_lazy("MRR at the beginning"),
    "closing": gettext_lazy("MRR at the end"),
}
CAUSES: dict[str, str | Promise] = {
    "policy": gettext_lazy("another policy"),
    "identity": gettext_lazy("a subscription became another customer’s"),
    "late": gettext_lazy("rows that came later"),
    "corrected": gettext_lazy("rows that say something else now"),
    "removed": gettext_lazy("rows that are gone"),
    "after_close": gettext_lazy("came to light after the month was closed"),
    "as_of": gettext_lazy("the books look to different days"),
    "fx": gettext_lazy("other exchange rates"),
    "definition": gettext_lazy("another release made the roll-ups"),
    "other": gettext_lazy("none of the known causes"),
}


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """Choose two books: `?one=&two=&measure=`. It takes seconds, so the page fetches the answer; `now=1` waits."""
    page = _page(request)
    told: dict[str, Any] = {
        "page": page,
        "books": [(book, _book_name(written.day(book.as_of), written.moment(book.built_at))) for book in page.books],
        "measures": [(name, _(title)) for name, title in page.measures],
        "part": f"{reverse('compare')}?{urlencode({**_parameters(page), 'now': '1'})}",
    }
    if request.headers.get("HX-Request") or "now" in request.GET:
        told["found"] = _told(compared(reading_of(request), home(), page), page) if page.one else None
    template = "parts/compared" if request.headers.get("HX-Request") else "data/compare"
    return render(request, f"relevo/{template}.html", told)


@require_safe
def compare_csv(request: HttpRequest) -> HttpResponse:
    """Every customer's months that differ, as far as the viewer may see amounts. Audited."""
    page = _page(request)
    answer = compared(reading_of(request), home(), page) if page.one else None
    changes = answer.found.customers if answer else ()
    log_audit(request.user.get_username(), "comparison.exported", f"{page.one} {page.two}", now())
    more = {"currency": answer.currency if answer else ""}
    names = answer.names if answer else {}
    return csv_file("compared", COLUMNS, ({**vars(c), **more, "name": names.get(c.customer_id)} for c in changes))


def _page(request: HttpRequest) -> ComparePage:
    asked = request.GET
    measure = asked.get("measure") or USUAL
    return compare_page(reading_of(request), home(), asked.get("one", ""), asked.get("two", ""), measure)


def _parameters(page: ComparePage) -> dict[str, str]:
    return {"one": page.one, "two": page.two, "measure": page.measure}


def _book_name(as_of: str, built: str) -> str:
    return _("as of %(as_of)s, built %(built)s") % {"as_of": as_of, "built": built}


def _told(answer: Compared, page: ComparePage) -> dict[str, Any]:
    found = answer.found
    return {
        "sentence": _sentence(answer),
        "redefined": found.redefined,
        "cells": _cells(answer),
        "hidden_cells": max(0, len(found.cells) - SHOWN),
        "causes": _causes(answer),
        "customers": _customers(answer),
        "hidden_customers": max(0, len(found.customers) - SHOWN),
        "is_company": answer.scope.is_company,
        "csv_href": f"{reverse('compare-csv')}?{urlencode(_parameters(page))}",
    }


def _sentence(answer: Compared) -> str:
    cells = len(answer.found.cells)
    if not cells:
        return _("No figure of “%(measure)s” differs between the two books.") % {"measure": _(answer.title)}
    told = ngettext(
        "%(count)s figure of “%(measure)s” differs between the two books.",
        "%(count)s figures of “%(measure)s” differ between the two books.",
        cells,
    )
    return told % {"count": written.count(cells), "measure": _(answer.title)}


def _cells(answer: Compared) -> Grid:
    heads = (Head(_("Month")), Head(_("Figure")), *_sides())
    rows = tuple(
        (
            Cell(
                written.month(change.row["month"])
                if change.row.get("month")
                else ", ".join(map(str, change.row.values()))
            ),
            Cell(column_name(change.column)),
            *(_amount(change.column, each, answer.currency) for each in (change.before, change.after)),
            _amount(change.column, _gap(change.before, change.after), answer.currency),
        )
        for change in answer.found.cells[-SHOWN:]
    )
    return Grid(_("Figures that differ"), heads, tuple(reversed(rows)))


def _sides() -> tuple[Head, ...]:
    return tuple(Head(name, is_number=True) for name in (_("Before"), _("After"), _("Difference")))


def _gap(before: Any, after: Any) -> Any:
    return None if isinstance(before, str | None) or isinstance(after, str | None) else after - before


def _amount(column: str, amount: Any, currency: str) -> Cell:
    """A figure by what its column's name says that it counts."""
    if isinstance(amount, str) or amount is None:
        return Cell(amount or written.MISSING, is_number=True)
    unit = Unit.MONEY if column.endswith("_cents") else Unit.COUNT if isinstance(amount, int) else Unit.RATE
    return Cell(full(Value(amount, unit, currency)), is_number=True)


def _causes(answer: Compared) -> Grid:
    rows = Counter(change.cause for change in answer.found.customers)
    heads = (Head(_("Why")), Head(_("Customers"), is_number=True), Head(_("Months and parts"), is_number=True))
    lines = tuple(
        (
            Cell(label(CAUSES, cause)),
            Cell(written.count(customers), is_number=True),
            Cell(written.count(rows[cause]), is_number=True),
        )
        for cause, customers in sorted(answer.found.by_cause.items(), key=lambda pair: -pair[1])
    )
    return Grid(_("Why they differ"), heads, lines)


def _customers(answer: Compared) -> Grid:
    heads = (Head(_("Customer")), Head(_("Month")), Head(_("Part")), *_sides(), Head(_("Why")))
    rows = tuple(
        (
            Cell(answer.names.get(c.customer_id, c.customer_id), customer_address(c.customer_id)),
            Cell(written.month(c.month)),
            Cell(label(ENDS, c.part) if c.part in ENDS else label(KINDS, c.part)),
            *(
                Cell(written.money(each, answer.currency), is_number=True)
                for each in (c.before_cents, c.after_cents, c.after_cents - c.before_cents)
            ),
            Cell(label(CAUSES, c.cause)),
        )
        for c in answer.found.customers[:SHOWN]
    )
    return Grid(_("Customers that differ"), heads, rows)
