"""Make a small book from rows written in a test, through the same loader and builder that a company uses."""

import csv
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from relevo.base.config import Company, Config, Home, House
from relevo.book.book import Book
from relevo.book.build import BuildReport, Order, build
from relevo.book.landing import Landing
from relevo.book.manifest import ClosedFile
from relevo.book.policy import Policy
from relevo.book.store import Store
from relevo.sources.load import load_path

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
Rows = Iterable[Mapping[str, Any]]

SPAN: dict[str, Any] = {
    "item_id": "main",
    "quantity": 1,
    "interval_unit": "month",
    "interval_count": 1,
    "currency": "EUR",
    "status": "active",
    "usage": "licensed",
}


def span(customer: str, start: str, end: str | None, cents: int, **more: Any) -> dict[str, Any]:
    """A subscription span of a customer: its price per interval from a day to a day."""
    row = {
        **SPAN,
        "subscription_id": f"sub-{customer}",
        "customer_id": customer,
        "valid_from": start,
        "valid_to": end,
        "unit_amount_cents": cents,
    }
    return {**row, **more}


def write_table(folder: Path, name: str, rows: Rows) -> Path:
    """A canonical CSV of one table."""
    listed = list(rows)
    folder.mkdir(parents=True, exist_ok=True)
    columns = list(dict.fromkeys(c for row in listed for c in row))
    with (folder / f"{name}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows({k: _text(v) for k, v in row.items()} for row in listed)
    return folder / f"{name}.csv"


def _text(value: Any) -> Any:
    return "" if value is None else str(value).lower() if isinstance(value, bool) else value


def make(
    folder: Path,
    tables: Mapping[str, Rows],
    as_of: str = "2026-10-31",
    *,
    company: Company | None = None,
    house: House | None = None,
    policy: Policy | None = None,
    now: datetime = NOW,
    closed: tuple[ClosedFile, ...] = (),
) -> BuildReport:
    """Load tables into a home under `folder` and build; the report of the build."""
    home, config = Home(folder / "home"), Config(company or Company(), house or House())
    for name, rows in tables.items():
        write_table(folder / "raw", name, rows)
    load_path(folder / "raw", Landing(home.landing), config, now)
    order = Order(date.fromisoformat(as_of), now, policy=policy or Policy(), closed=closed)
    return build(Landing(home.landing), Store(home.books), config, order, lambda _step: None)


def make_book(folder: Path, tables: Mapping[str, Rows], as_of: str = "2026-10-31", **more: Any) -> Book:
    """The published book of tables written in a test."""
    report = make(folder, tables, as_of, **more)
    assert report.published, report.findings
    return Book.open(folder / "home" / "book")
