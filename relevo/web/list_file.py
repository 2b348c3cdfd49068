"""The list of customers as a file."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from relevo.answers.customer_columns import DEFAULT_COLUMNS, Column, Kind
from relevo.answers.customers import TRAITS, CustomersPage
from relevo.answers.values import Unit
from relevo.web.downloads import csv_file
from relevo.web.labels import STATUSES, label
from relevo.web.list_words import column_words
from relevo.web.spreadsheets import SheetColumn, xlsx_file
from relevo.web.trail import note_export

# What a file holds where no columns were chosen; other programs read it by these names.
_ALWAYS = ("name", "domain", "status", "mrr", "since", "left_on", *TRAITS, "owner")
_UNITS = {
    Kind.MONEY: Unit.MONEY,
    Kind.COUNT: Unit.COUNT,
    Kind.MONTHS: Unit.MONTHS,
    Kind.RATE: Unit.RATE,
    Kind.DAY: Unit.DATE,
    Kind.YES_NO: Unit.BOOLEAN,
}


def file_columns(chosen: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of the list that its file holds: those chosen, else the ones it always had."""
    return _ALWAYS if chosen == DEFAULT_COLUMNS else chosen


def customers_file(request: HttpRequest, page: CustomersPage, form: str) -> HttpResponse:
    """A page of everything found as CSV, with stable names and minor units, or as XLSX in the reader's words."""
    note_export(request, len(page.rows))
    names = [column.name for column in page.columns]
    if form == "xlsx":
        return xlsx_file("customers", _sheet(page.columns), _sheet_rows(page), page.stamp.currency)
    columns = ["customer_id", *(_csv_name(Column.named(name)) for name in names)]
    has_money = any(column.kind is Kind.MONEY for column in page.columns)
    return csv_file("customers", [*columns, *(["currency"] if has_money else [])], _csv_rows(page))


def _csv_name(column: Column) -> str:
    return f"{column.name}_cents" if column.kind is Kind.MONEY else column.name


def _csv_rows(page: CustomersPage) -> Iterator[Mapping[str, Any]]:
    named = {column.name: _csv_name(column) for column in page.columns}
    for row, cells in zip(page.rows, page.cells, strict=True):
        plain = {named[name]: value for name, value in cells.items() if name in named}
        yield {"customer_id": row.customer_id, "currency": page.stamp.currency, **plain}


def _sheet(columns: tuple[Column, ...]) -> list[SheetColumn]:
    first = SheetColumn("customer_id", _("Customer id"), Unit.TEXT)
    return [first, *(SheetColumn(c.name, column_words(c.name), _UNITS.get(c.kind, Unit.TEXT)) for c in columns)]


def _sheet_rows(page: CustomersPage) -> Iterator[Mapping[str, Any]]:
    for row, cells in zip(page.rows, page.cells, strict=True):
        told = {**cells, "customer_id": row.customer_id}
        yield told | ({"status": label(STATUSES, cells["status"])} if "status" in cells else {})
