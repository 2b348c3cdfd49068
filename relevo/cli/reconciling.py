"""`relevo show reconcile`: another tool's MRR beside ours. What compiles expressions is imported when it runs."""

import csv
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.base.periods import month_text, parse_month
from relevo.cli.printing import Format, print_csv, print_json, print_table

if TYPE_CHECKING:
    from relevo.answers.measures import MeasureAnswer
    from relevo.answers.reading import Reading


def reconciled(
    home: Home, tool: str | None, first: str | None, last: str | None, theirs: str | None, as_of: date | None
) -> "MeasureAnswer":
    """The bridge from a tool's figure to ours, under the policy of the house."""
    from relevo.answers.reconcile import reconcile
    from relevo.jobs.opening import operator_reading

    reading = operator_reading(home, as_of=as_of)
    end = parse_month(last) if last else reading.company_book.last_complete_month
    begin = parse_month(first) if first else None
    return reconcile(reading, tool, begin, end, _stated(reading, theirs, end) if theirs else {})


def print_behind(
    home: Home, tool: str | None, last: str | None, cause: str, as_of: date | None, format_: Format
) -> None:
    """The customers behind one cause of the bridge."""
    from relevo.answers.reconcile import behind
    from relevo.jobs.opening import operator_reading

    reading = operator_reading(home, as_of=as_of)
    month = last or month_text(reading.company_book.last_complete_month)
    found = behind(reading, tool or reading.company_book.policy.name, month, cause)
    rows = [{**asdict(row), "currency": found.currency} for row in found.rows]
    columns = ("customer_id", "name", "before_cents", "after_cents", "amount_cents", "currency")
    if format_ is Format.JSON:
        print_json(rows)
    elif format_ is Format.CSV:
        print_csv(columns, rows)
    else:
        print_table(f"Customers behind {cause}, {month}", columns, rows, f"{len(rows)} customers")


def _stated(reading: "Reading", theirs: str, end: int) -> Mapping[int, int]:
    """What the tool says: one amount for the last month, or a CSV file with the columns month and mrr."""
    from relevo.answers.reconcile import stated_cents

    if not theirs.endswith(".csv"):
        return {end: stated_cents(reading, theirs)}
    path = Path(theirs)
    if not path.is_file():
        raise WrongUse(f"There is no file {theirs}.", "Give an amount such as 12345.67, or a CSV file of month,mrr.")
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"month", "mrr"} <= set(rows[0]):
        raise WrongUse(f"{theirs} has no columns month and mrr.", "Write the first line as month,mrr.")
    return {parse_month(row["month"]): stated_cents(reading, row["mrr"]) for row in rows if row["mrr"]}
