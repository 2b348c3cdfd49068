"""Write a small home with the release that is on the path, and what its measures say: the fixtures of this folder.

    git archive <commit> | tar x -C OLD
    cd OLD && PYTHONPATH=OLD python <this file> OUT
    cd OUT && rm home/secret.key && tar -cf - home said.json | gzip -9n > tests/homes/release-<version>.tar.gz

Runs on release 0.1 and later; it uses only what a company uses.
"""

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from relevo.base.config import Company, Home
from relevo.base.errors import RelevoError
from relevo.book.book import Book
from relevo.jobs.desk import add_owner
from relevo.jobs.loading import load, start_home
from relevo.jobs.publish import build_book
from relevo.measures.asking import ask
from relevo.measures.catalog import MEASURES
from tests.making import span, write_table

CUSTOMERS = 24
MONTHS = [(y, m) for y in (2023, 2024, 2025, 2026) for m in range(1, 13) if (y, m) < (2026, 11)]


def spans(n: int) -> list[dict[str, Any]]:
    """What a customer pays: some leave, some grow, some pay by the year in dollars."""
    key, start, cents = f"C{n:02}", f"202{3 + n % 2}-{n % 12 + 1:02}-{n % 27 + 1:02}", 1000 * (n + 3)
    if n % 5 == 0:
        return [span(key, start, "2025-09-15", cents)]
    if n % 5 == 1:
        return [span(key, start, "2025-03-01", cents), span(key, "2025-03-01", None, cents, quantity=2)]
    if n % 5 == 2:
        yearly = {"interval_unit": "year", "currency": "USD", "term_end_on": "2026-11-01", "auto_renew": n % 2 == 0}
        return [span(key, start, None, cents * 12, **yearly)]
    return [span(key, start, None, cents)]


def raw(folder: Path) -> Path:
    """A folder of canonical files; one row has no id and is put aside."""
    firms = [
        {"customer_id": f"C{n:02}", "name": f"Firm {n}", "segment": ("smb", "mid")[n % 2], "created_at": "2022-05-01"}
        for n in range(CUSTOMERS)
    ]
    write_table(folder, "customer", [*firms, {**firms[0], "customer_id": ""}])
    write_table(folder, "subscription_span", [row for n in range(CUSTOMERS) for row in spans(n)])
    rates = [{"currency": "USD", "on_date": f"{y}-{m:02}-01", "rate": f"0.9{m % 7}"} for y, m in MONTHS]
    write_table(folder, "fx_rate", rates)
    contact = {"contact_id": "k1", "customer_id": "C01", "name": "Ana Lopez", "email": "ana@c01.example"}
    write_table(folder, "contact", [contact])
    return folder


def said(home: Home) -> dict[str, Any]:
    """What each measure says that needs no argument."""
    book, found = Book.open(home.books), {}
    for name in MEASURES:
        try:
            found[name] = json.loads(json.dumps(ask(book, name).rows, default=str))
        except RelevoError as problem:
            sys.stderr.write(f"{name}: {problem}\n")
    book.close()
    return found


def write_home(out: Path) -> None:
    """The home and its figures in a folder."""
    home = Home(out / "home")
    start_home(home, Company("Old Firm", "EUR", "Europe/Madrid"))
    load(home, raw(out / "raw"))
    report = build_book(home, lambda _step: None, as_of=date(2026, 10, 31))
    assert report.published, report.findings
    add_owner(home, "owner@old.example")
    (out / "said.json").write_text(json.dumps(said(home), indent=0, sort_keys=True))


if __name__ == "__main__":
    write_home(Path(sys.argv[1]))
