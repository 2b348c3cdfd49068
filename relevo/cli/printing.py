"""How answers are printed: a table for people, JSON and CSV for programs."""

import csv
import io
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from relevo.base.formulas import neutral

errors = Console(stderr=True, highlight=False)
# Rows of a table that may be long; all of them are in the JSON.
SHOWN = 50


class Format(StrEnum):
    """What the answer is printed as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def say(lead: str, message: str, hint: str = "") -> None:
    """A sentence to the person at the keyboard, on stderr."""
    errors.print(lead + escape(message), soft_wrap=True)
    if hint:
        errors.print(escape(hint), style="dim", soft_wrap=True)


def progress() -> Progress:
    """A spinner on stderr, for what takes longer than a moment."""
    return Progress(
        SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=errors, transient=True
    )


def print_json(value: Any) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(json.dumps(value, default=_plain, ensure_ascii=False, indent=2) + "\n")


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows as CSV on stdout: null is empty, text that a spreadsheet would run is made harmless."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(c)) for c in columns])
    sys.stdout.write(out.getvalue())


def _cell(value: object) -> object:
    """Null is empty, and no spreadsheet runs a text."""
    return "" if value is None else neutral(value)


def print_table(title: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]], caption: str = "") -> None:
    """Rows as a table on stdout; numbers are right-aligned."""
    listed = list(rows)
    table = Table(title=escape(title), caption=escape(caption), title_justify="left", caption_justify="left")
    for column in columns:
        number = any(isinstance(r.get(column), (int, float)) for r in listed)
        table.add_column(column, justify="right" if number else "left", overflow="fold")
    for row in listed:
        table.add_row(*(_shown(row.get(c)) for c in columns))
    Console(highlight=False, width=None if sys.stdout.isatty() else 200).print(table)


def print_some(title: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """The first rows as a table on stdout, and how many more there are; nothing where there is none."""
    if rows:
        more = f"{len(rows) - SHOWN} more: --format json." if len(rows) > SHOWN else ""
        print_table(title, columns, rows[:SHOWN], more)


def _shown(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")
    return escape(str(value))
