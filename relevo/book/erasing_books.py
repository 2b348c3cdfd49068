"""Erase a person from the books: the one in force is written anew under another id, the others are dropped.

The parts of the book in force that name the person get a new content and a new name; the rest is shared. Readers move
on as after any build. The next build makes the renamed parts again, from a landing that has forgotten them too.
"""

import hashlib
import secrets
import shutil
from collections.abc import Collection
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from relevo.base.findings import Finding, Severity, worst_first
from relevo.book import texts
from relevo.book.engine import connect, quoted
from relevo.book.erased import Forgotten
from relevo.book.erasing_rows import Scrubber
from relevo.book.landing_store import Landing
from relevo.book.manifest import Manifest
from relevo.book.rollups.partial import write_whole
from relevo.book.store import UNFINISHED, Store, settle
from relevo.book.tables import TABLES


def erase_books(
    landing: Landing, store: Store, rules: Forgotten, now: datetime, promises: Collection[str] = ()
) -> str | None:
    """Publish the book in force without the forgotten and drop every other one; its id, None where there is none.

    `promises` are ids of promises made to them, where the Desk alone knows whom.

    NotReady while a build runs.
    """
    if store.current() is None:
        return None
    with store.building(), closing(connect()) as connection:
        scrubber = Scrubber.of(connection, landing, rules, promises)
        book = _written_anew(store, scrubber, now)
        store.publish(book, store.path / f"{UNFINISHED}{book.id}.duckdb")
        _drop_others(store, book)
    return book.id


def _written_anew(store: Store, scrubber: Scrubber, now: datetime) -> Manifest:
    """The manifest of the book in force under a new id, its parts and its database written where they change."""
    old = store.manifest()
    text = old.to_json()
    for file in sorted(store.parts.glob("*.parquet")):
        if file.name in text:
            text = text.replace(file.name, _part(file, scrubber))
    book_id = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(3)}"
    _database(_own_database(store, old, scrubber), store.path / f"{UNFINISHED}{book_id}.duckdb", scrubber)
    fresh = Manifest.from_json(text)
    findings = [_without_names(finding, scrubber.rules) for finding in fresh.findings if finding.code != _SAID.code]
    return replace(fresh, id=book_id, built_at=now, base=None, recipe="", findings=worst_first([*findings, _SAID]))


def _own_database(store: Store, book: Manifest, scrubber: Scrubber) -> Path:
    """A database with all roll-ups of a book: its own, or where it has a base one written from both."""
    own = store.database(book.id)
    if book.base is None:
        return own
    whole = store.path / f"{UNFINISHED}whole-{book.id}.duckdb"
    write_whole(scrubber.connection, own, store.database(book.base), whole)
    return whole


_SAID = Finding(
    Severity.INFO, "erased", "book",
    "Somebody's personal data were erased from this book after it was built. No figure changed.",
    "Nothing to do.",
)  # fmt: skip


def _without_names(finding: Finding, rules: Forgotten) -> Finding:
    cleaned = {name: rules.clean(getattr(finding, name)) for name in ("where", "message", "plain")}
    return replace(finding, **cleaned)


def _part(file: Path, scrubber: Scrubber) -> str:
    """The name of a part that does not name the forgotten: its own, or that of one written now."""
    table, _, made_from = file.stem.partition("-")
    draft = file.with_name(f"{UNFINISHED}{file.name}")
    if not scrubber.scrub(file, draft, TABLES.get(table)):
        return file.name
    salted = hashlib.sha256(f"{made_from} {sorted(scrubber.rules.phrases)}".encode()).hexdigest()[:16]
    name = f"{table}-{salted}.parquet"
    settle(draft, file.with_name(name))
    return name


def _database(old: Path, new: Path, scrubber: Scrubber) -> None:
    """A copy of a book's database; written row by row where it names the forgotten, so that no old block stays."""
    new.unlink(missing_ok=True)
    connection = scrubber.connection
    connection.execute(f"ATTACH {quoted(old)} AS old (READ_ONLY)")
    try:
        tables = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'old' ORDER BY ALL"
        ).fetchall()
        plans = {(schema, name): scrubber.plan(f'old."{schema}"."{name}"') for schema, name in tables}
        changed = any(rows for rows, _ in plans.values())
        if changed:
            _copy_tables(new, scrubber)
    finally:
        connection.execute("DETACH old")
    if not changed:
        shutil.copyfile(old, new)


def _copy_tables(new: Path, scrubber: Scrubber) -> None:
    connection = scrubber.connection
    connection.execute(f"ATTACH {quoted(new)} AS new")
    try:
        connection.execute("COPY FROM DATABASE old TO new (SCHEMA)")
        found = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'old' ORDER BY ALL"
        ).fetchall()
        for schema, name in found:
            place = f'"{schema}"."{name}"'
            _, columns = scrubber.plan(f"old.{place}")
            connection.execute(f"INSERT INTO new.{place} SELECT {', '.join(columns)} FROM old.{place}")
    finally:
        connection.execute("DETACH new")


def _drop_others(store: Store, book: Manifest) -> None:
    """Drop every other book with its parts, and everything in the cache."""
    for manifest in store.history():
        if manifest.id != book.id:
            store.manifest_file(manifest.id).unlink()
    store.prune(1)
    texts.forget(store.texts)
    for leftover in store.path.glob(f"{UNFINISHED}whole-*"):
        leftover.unlink()
