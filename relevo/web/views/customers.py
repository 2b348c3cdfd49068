"""The list of customers."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.customers import SORTS, TRAITS, CustomerRow, CustomersAsk, CustomersPage, Status, customers_page
from relevo.answers.values import Sentence, count, money
from relevo.web import format as written
from relevo.web.downloads import csv_file
from relevo.web.labels import DIMENSIONS, STATUSES, label, slice_value
from relevo.web.numbers import offset_of
from relevo.web.parts import Cell, Grid, Head, More
from relevo.web.reader import reading_of
from relevo.web.sentences import say

DESCENDING_FIRST = ("mrr", "since")
CSV_COLUMNS = (
    "customer_id", "name", "domain", "status", "mrr_cents", "currency", "since", "left_on", *TRAITS, "owner",
)  # fmt: skip


@require_safe
def customers(request: HttpRequest) -> HttpResponse:
    """Customers found, filtered and sorted; the whole question stands in the address."""
    ask = _ask(request)
    page = customers_page(reading_of(request), ask)
    told = {
        "page": page,
        "ask": ask,
        "grid": _grid(page),
        "sentence": _sentence(page),
        "filters": [_filter(page, name) for name in TRAITS],
        "statuses": [{"code": s.value, "name": label(STATUSES, s.value), "on": ask.status is s} for s in Status],
        "csv_href": f"{reverse('customers-csv')}?{urlencode(_parameters(ask))}",
        "more": _more(page),
        "is_filtered": bool(ask.text or ask.status or ask.traits),
    }
    if request.headers.get("HX-Request"):
        part = "customer_rows" if ask.offset else "customers_found"
        return render(request, f"relevo/parts/{part}.html", told)
    return render(request, "relevo/customers.html", told)


@require_safe
def customers_csv(request: HttpRequest) -> HttpResponse:
    """Everything that the list's question finds, not only the page that is shown."""
    ask = replace(_ask(request), limit=None, offset=0)
    page = customers_page(reading_of(request), ask)
    return csv_file("customers", CSV_COLUMNS, (_record(row, page.stamp.currency) for row in page.rows))


def _record(row: CustomerRow, currency: str) -> dict[str, Any]:
    return vars(row) | {"status": row.status.value, "currency": currency}


def _ask(request: HttpRequest) -> CustomersAsk:
    asked = request.GET
    sort = asked.get("sort", "mrr")
    order = asked.get("order") or ("desc" if sort in DESCENDING_FIRST else "asc")
    status = asked.get("status", "")
    return CustomersAsk(
        text=asked.get("q", "").strip()[:200],
        status=Status(status) if status in set(Status) else None,
        traits=tuple((name, asked[name]) for name in TRAITS if asked.get(name)),
        sort=sort,
        descending=order == "desc",
        offset=offset_of(request),
    )


def _parameters(ask: CustomersAsk) -> dict[str, str]:
    named = {
        "q": ask.text,
        "status": ask.status.value if ask.status else "",
        **dict(ask.traits),
        "sort": ask.sort,
        "order": "desc" if ask.descending else "asc",
        "offset": str(ask.offset) if ask.offset else "",
    }
    return {name: value for name, value in named.items() if value}


def _address(ask: CustomersAsk) -> str:
    return f"{reverse('customers')}?{urlencode(_parameters(ask))}"


def _more(page: CustomersPage) -> More | None:
    if page.next_offset is None:
        return None
    return More(_address(replace(page.ask, offset=page.next_offset)), page.next_offset, page.found)


def _sentence(page: CustomersPage) -> str:
    values = {
        "found": count(page.found),
        "paying": count(page.paying),
        "mrr": money(page.mrr_cents, page.stamp.currency),
    }
    return say(Sentence("customers.found" if page.found else "customers.none", values))


def _filter(page: CustomersPage, name: str) -> dict[str, Any]:
    chosen = dict(page.ask.traits).get(name, "")
    options = [{"value": v, "name": slice_value(v), "on": v == chosen} for v in page.choices[name]]
    return {"code": name, "name": label(DIMENSIONS, name), "options": options}


def _grid(page: CustomersPage) -> Grid:
    names = {
        "name": _("Customer"),
        "mrr": _("MRR"),
        "since": _("Since"),
        **{name: label(DIMENSIONS, name) for name in TRAITS},
    }
    heads = [_head(page.ask, name, names[name]) for name in SORTS]
    found = Cell(written.money(page.mrr_cents, page.stamp.currency), is_number=True)
    total = (Cell(_("All found")), found, *(Cell(""),) * (len(SORTS) - 1))
    rows = tuple(_row(row, page.stamp.currency) for row in page.rows)
    return Grid(_("Customers"), (*heads, Head(_("Held by"))), rows, total)


def _head(ask: CustomersAsk, name: str, text: str) -> Head:
    is_sorted = ask.sort == name
    descending = not ask.descending if is_sorted else name in DESCENDING_FIRST
    direction = "descending" if ask.descending else "ascending"
    return Head(
        text,
        name == "mrr",
        _address(replace(ask, sort=name, descending=descending, offset=0)),
        direction if is_sorted else "none",
    )


def _row(row: CustomerRow, currency: str) -> tuple[Cell, ...]:
    gone = "" if row.status is Status.PAYING else label(STATUSES, row.status.value)
    return (
        Cell(row.name, reverse("customer", args=[row.customer_id]), small=gone),
        Cell(written.money(row.mrr_cents, currency), is_number=True),
        Cell(written.day(row.since)),
        *(Cell(getattr(row, name) or written.MISSING) for name in TRAITS),
        Cell(row.owner or _("nobody")),
    )
