"""A home in which one contact, one colleague and one customer are spoken of wherever it is possible."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from relevo.base.config import Company, Home
from relevo.base.errors import RelevoError
from relevo.book.book import Book
from relevo.book.engine import connect
from relevo.jobs.loading import load, start_home
from relevo.jobs.publish import build_book
from relevo.measures.asking import ask
from tests.making import span, write_table

NAME, EMAIL, TITLE = "Ana López García", "ana.lopez@acme.example", "Head of Chandlery"
WORDS = "our harbour moved to Vigo"
# What must be gone; the last ones are what she wrote and what was written to her.
SECRETS = (NAME, EMAIL, TITLE, "López García", WORDS, "Dear Ana", "chandlery invoice", "ANA LÓPEZ")
AS_OF = date(2026, 10, 31)


def raw(folder: Path) -> Path:
    """The export of the company."""
    for name, rows in tables().items():
        write_table(folder, name, rows)
    aside = f'customer_id,name,created_at\nC9,Nine,{NAME}\nC8,"{EMAIL},x\nC7,Fine,2024-01-01\n'
    (folder / "late").mkdir()
    (folder / "late" / "customer.csv").write_text(aside)
    return folder


def tables() -> dict[str, list[dict[str, Any]]]:
    """Rows of every table that can name somebody."""
    return {
        "customer": [{"customer_id": c, "name": f"Firm {c}", "segment": "smb"} for c in "ABCDEF"],
        "subscription_span": [
            span(c, f"2024-0{n + 1}-10", None if n else "2025-06-01", 10000 * (n + 1)) for n, c in enumerate("ABCDEF")
        ],
        "person": [
            {"person_id": "p1", "name": "Ben Vidal", "email": "ben.vidal@norte.example", "team": "success"},
            {"person_id": "p2", "name": "Mia Roca", "email": "mia@norte.example", "team": "sales"},
        ],
        "contact": [
            {"contact_id": "k1", "customer_id": "A", "name": NAME, "email": EMAIL, "title": TITLE},
            {"contact_id": EMAIL, "customer_id": "A", "name": None, "email": EMAIL.upper(), "title": None},
            {"contact_id": "k2", "customer_id": "B", "name": "Leo Sans", "email": "leo@b.example", "title": "Cook"},
        ],
        **happenings(),
    }


def happenings() -> dict[str, list[dict[str, Any]]]:
    at = "2025-03-01T10:00:00Z"
    return {
        "touch": [
            touch("t1", "A", "k1", subject="chandlery invoice", body=WORDS),
            touch("t2", "B", "k2", subject="Lunch", body="Leo asked whether García, Ana López still works at Acme"),
            touch("t3", "B", "k2", subject="Lunch", body="nothing of note"),
        ],
        "conversation": [
            {"conversation_id": "v1", "customer_id": "A", "contact_id": EMAIL, "channel": "mail", "opened_at": at,
             "subject": "chandlery invoice", "status": "closed"},
            {"conversation_id": "v2", "customer_id": "B", "contact_id": "k2", "channel": "mail", "opened_at": at,
             "subject": "Oven", "status": "closed"},
        ],
        "message": [
            message("m1", "v1", "customer", "k1", WORDS),
            message("m2", "v1", "human", "p1", "Dear Ana, we wrote it down"),
            message("m3", "v2", "human", "p1", f"I forward this to <{EMAIL}>"),
            message("m4", "v2", "human", "p1", "Your oven is on its way"),
        ],
        "rating": [
            {"rating_id": "r1", "kind": "csat", "score": 5, "scale_max": 5, "at": at, "customer_id": "A",
             "contact_id": "k1", "comment": WORDS},
        ],
        "deal": [
            {"deal_id": "d1", "customer_id": "A", "name": f"{NAME.upper()} renewal", "opened_at": at,
             "currency": "EUR", "outcome": "open", "kind": "new"},
        ],
    }  # fmt: skip


def touch(key: str, customer: str, contact: str, **texts: str) -> dict[str, Any]:
    return {
        "touch_id": key, "customer_id": customer, "person_id": "p1", "contact_id": contact,
        "at": "2025-02-01T10:00:00Z", "kind": "call", **texts,
    }  # fmt: skip


def message(key: str, conversation: str, author_kind: str, author: str, body: str) -> dict[str, Any]:
    return {
        "message_id": key, "conversation_id": conversation, "at": "2025-03-01T11:00:00Z",
        "author_kind": author_kind, "author_id": author, "is_public": True, "body": body,
    }  # fmt: skip


def open_home(folder: Path) -> Home:
    """A home with two kept books and a cache; the operator's log names the contact."""
    home = Home(folder / "home")
    start_home(home, Company("Norte", "EUR", "Europe/Madrid"))
    loaded = load(home, raw(folder / "raw"))
    assert {c.table: c.kept for c in loaded.after.tables}["message"] == 4, loaded.after.findings
    build_book(home, lambda _step: None, as_of=date(2026, 9, 30))
    report = build_book(home, lambda _step: None, as_of=AS_OF)
    assert report.published, report.findings
    book = Book.open(home.books)
    book.at(date(2026, 6, 30))
    book.close()
    home.audit_log.write_text(f'{{"what": "load", "path": "/exports/{EMAIL}.csv"}}\n', "utf-8")
    return home


FEW = ("mrr", "mrr_movements", "net_revenue_retention", "movement_log", "survival")


def figures(home: Home, names: Iterable[str] = FEW) -> dict[str, Any]:
    """What measures say, or why they say nothing."""
    book = Book.open(home.books)
    try:
        return {name: _answer(book, name) for name in names}
    finally:
        book.close()


def _answer(book: Book, name: str) -> Any:
    try:
        return ask(book, name).rows
    except RelevoError as problem:
        return str(problem)


def files_with(home: Path, secrets: tuple[str, ...]) -> list[str]:
    """Files of a home in which a text stands, as bytes or, where they are packed, in a cell."""
    found = []
    with closing(connect()) as connection:
        for file in sorted(path for path in home.rglob("*") if path.is_file()):
            raw_bytes = file.read_bytes().lower()
            cells = "\n".join(_cells(file, connection)).casefold()
            found += [
                f"{file.relative_to(home)}: {secret}"
                for secret in secrets
                if secret.encode().lower() in raw_bytes or secret.casefold() in cells
            ]
    return found


def _cells(file: Path, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    if file.suffix == ".parquet":
        yield from _all(connection.execute("SELECT * FROM read_parquet(?)", [str(file)]))
    elif file.suffix == ".duckdb":
        connection.execute(f"ATTACH '{file}' AS looked (READ_ONLY)")
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'looked'")
        for (table,) in tables.fetchall():
            yield from _all(connection.execute(f'SELECT * FROM looked.main."{table}"'))
        connection.execute("DETACH looked")
    elif file.suffix == ".sqlite3":
        with closing(sqlite3.connect(file)) as desk:
            for (table,) in desk.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                yield from _all(desk.execute(f'SELECT * FROM "{table}"'))


def _all(cursor: Any) -> Iterator[str]:
    for row in cursor.fetchall():
        yield from (str(cell) for cell in row if cell is not None)
