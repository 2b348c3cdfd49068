"""Answers as XLSX: one sheet of typed cells, in which nothing that came from data can run.

Amounts are numbers in major units with their currency in the heading, days are days, shares are per cent; CSV keeps
minor units. Text is written as text even where it looks like a formula, a number or an address, and is neutralised as
in CSV, for who saves the sheet as CSV later.
"""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]
from django.http import HttpResponse

from relevo.answers.values import Unit
from relevo.base.errors import WrongUse
from relevo.base.formulas import neutral
from relevo.base.money import exponent

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# What a sheet holds at most, without its heading.
MOST_ROWS = 1_048_575
_WIDTHS = {Unit.TEXT: 24, Unit.MONEY: 16, Unit.INSTANT: 16}
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}


@dataclass(frozen=True)
class SheetColumn:
    """A column of a sheet: the key of its values, its heading, and what they are."""

    name: str
    heading: str
    unit: Unit


def xlsx_file(
    name: str, columns: Sequence[SheetColumn], rows: Iterable[Mapping[str, Any]], currency: str
) -> HttpResponse:
    """Rows as an XLSX download."""
    response = HttpResponse(xlsx(columns, rows, currency), content_type=CONTENT_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def xlsx(columns: Sequence[SheetColumn], rows: Iterable[Mapping[str, Any]], currency: str) -> bytes:
    """A workbook of one sheet with a heading row that stays in sight."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        sheet = book.add_worksheet()
        sheet.freeze_panes(1, 0)
        bold, formats = book.add_format({"bold": True}), _formats(book, currency)
        for place, column in enumerate(columns):
            sheet.set_column(place, place, _WIDTHS.get(column.unit, 12), formats.get(column.unit))
            sheet.write_string(0, place, str(neutral(_heading(column, currency))), bold)
        for line, row in enumerate(rows, start=1):
            if line > MOST_ROWS:
                raise WrongUse(f"A sheet holds {MOST_ROWS} rows, and there are more.", "Take the CSV, or narrow it.")
            _write(sheet, line, columns, row, currency)
    return out.getvalue()


def _formats(book: Any, currency: str) -> Mapping[Unit, Any]:
    decimals = exponent(currency)
    money = "#,##0" + ("." + "0" * decimals if decimals else "")
    named = {
        Unit.MONEY: money, Unit.RATE: "0.0%", Unit.RATIO: "0.00", Unit.DATE: "yyyy-mm-dd",
        Unit.INSTANT: "yyyy-mm-dd hh:mm",
    }  # fmt: skip
    return {unit: book.add_format({"num_format": form}) for unit, form in named.items()}


def _heading(column: SheetColumn, currency: str) -> str:
    return f"{column.heading} ({currency})" if column.unit is Unit.MONEY else column.heading


def _write(sheet: Any, line: int, columns: Sequence[SheetColumn], row: Mapping[str, Any], currency: str) -> None:
    for place, column in enumerate(columns):
        value = row.get(column.name)
        if value is not None:
            _writer(column.unit, value)(sheet, line, place, value, currency)


Write = Callable[[Any, int, int, Any, str], Any]


def _writer(unit: Unit, value: Any) -> Write:
    if isinstance(value, bool):
        return lambda sheet, line, place, truth, _: sheet.write_boolean(line, place, truth)
    if isinstance(value, date):
        return lambda sheet, line, place, day, _: sheet.write_datetime(line, place, day)
    if isinstance(value, int | float | Decimal):
        return _write_money if unit is Unit.MONEY else _write_number
    return lambda sheet, line, place, text, _: sheet.write_string(line, place, str(neutral(str(text))))


def _write_money(sheet: Any, line: int, place: int, minor: Any, currency: str) -> None:
    sheet.write_number(line, place, float(Decimal(minor).scaleb(-exponent(currency))))


def _write_number(sheet: Any, line: int, place: int, value: Any, _currency: str) -> None:
    sheet.write_number(line, place, float(value))
