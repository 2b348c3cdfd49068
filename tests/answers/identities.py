"""What a book says of identity, written into a book of the small company by hand: three pairs, two joins.

Ana sees the even customers, Ben the odd ones: each sees one pair, and nobody but who sees all the third.
"""

import json
from pathlib import Path
from typing import Any

import duckdb

from relevo.base.config import Company, Home
from relevo.book.store import Store
from tests.answers import company
from tests.making import make

COMPANY = Company("Norte Software", "EUR", "Europe/Madrid")
TAX = {"kind": "tax_id", "left": "ESB0001", "right": "ESB0001", "weight": 9.0, "says": "for"}
NAME = {"kind": "name", "left": "=Alto, Inc", "right": "Customer 02", "weight": 4.5, "says": "for"}
LAND = {"kind": "country", "left": "ES", "right": "NA", "weight": -2.0, "says": "against"}
DOMAIN = {"kind": "domain", "left": "c1.example", "right": "c3.example", "weight": 5.0, "says": "for"}
CANDIDATES: list[tuple[str, str, str, float, list[dict[str, Any]]]] = [
    ("k-even", "C00", "C02", 0.80, [NAME, TAX, LAND]),
    ("k-odd", "C01", "C03", 0.90, [DOMAIN]),
    ("k-both", "C04", "C05", 0.60, [DOMAIN]),
]
MATCHES = [
    ("billing", "B-7", "C00", "same domain", 0.97),
    ("desk", "Z-9", "C06", "same tax id", 1.0),
]
COUNTS = [("billing", 20, 20, 0, 1), ("crm", 40, 28, 12, 3)]


def home(folder: Path) -> Home:
    """The small company in a home of its own under a folder, whose book says so.

    The book has an id of its own: answers are remembered by it.
    """
    report = make(folder, company.tables(), company.AS_OF, company=COMPANY, now=company.NOW)
    made = Home(folder / "home")
    write(Store(made.books).database(report.manifest.id))
    return made


def write(file: Path) -> None:
    """Put the pairs, the joins and the counts in the place of what a book's file says of identity."""
    connection = duckdb.connect(str(file))
    try:
        for name in ("identity_candidate", "identity_match", "identity_count"):
            connection.execute(f"DELETE FROM {name}")
        told = [(*each[:4], json.dumps(each[4])) for each in CANDIDATES]
        connection.executemany("INSERT INTO identity_candidate VALUES (?, ?, ?, ?, ?)", told)
        connection.executemany("INSERT INTO identity_match VALUES (?, ?, ?, ?, ?)", MATCHES)
        connection.executemany("INSERT INTO identity_count VALUES (?, ?, ?, ?, ?)", COUNTS)
    finally:
        connection.close()
