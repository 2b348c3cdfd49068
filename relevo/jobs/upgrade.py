"""`relevo upgrade`: bring a home of an earlier release to the format of this one. It may be repeated."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace

from relevo.base.config import Home
from relevo.base.errors import NotReady
from relevo.book.engine import connect, quoted
from relevo.book.landing import Landing
from relevo.book.landing_store import sha256_of
from relevo.book.manifest import Manifest, Step
from relevo.book.schema import KEPT, ROLLUPS
from relevo.book.store import Store
from relevo.book.tables import TABLES
from relevo.desk.ready import prepare
from relevo.jobs import formats


@dataclass(frozen=True)
class Upgraded:
    """What an upgrade did: formats before and after, loads that got their hashes, the book made anew.

    `book` is None where the book could stay; `published` is False where a critical finding forbade the new one.
    """

    before: int
    after: int
    loads: int
    book: str | None
    published: bool = True


def upgrade(home: Home, on_step: Callable[[Step], None]) -> Upgraded:
    """Bring a home up to date: the Desk's tables, hashes in the landing, and the book where its shape has changed.

    NotReady where there is no home; DataRefused for a home of a later release, which is left as it is.
    """
    before = formats.format_of(home)
    if before is None:
        raise NotReady(f"There is no home at {home.path}.", "Start one: relevo init.")
    if before > formats.FORMAT:
        formats.check(home)
    if home.has_desk:
        prepare(home)
    loads = _hash_loads(Landing(home.landing))
    book, published = _renew_book(home, on_step)
    if published:
        formats.mark(home)
    return Upgraded(before, formats.FORMAT if published else before, loads, book, published)


def _hash_loads(landing: Landing) -> int:
    """Give loads that know no hash of their files the hash of now."""
    fresh = 0
    for load in landing.loads():
        rows = sha256_of(landing.rows_file(load)) if load.table and load.kept else ""
        aside = sha256_of(landing.quarantine_file(load)) if load.quarantined else ""
        lacks = (rows and not load.rows_sha256) or (aside and not load.quarantine_sha256)
        if lacks:
            landing.commit(
                replace(load, rows_sha256=load.rows_sha256 or rows, quarantine_sha256=load.quarantine_sha256 or aside)
            )
            fresh += 1
    return fresh


def _renew_book(home: Home, on_step: Callable[[Step], None]) -> tuple[str | None, bool]:
    """Build the book in force anew, as of its day, where this release reads other tables or columns."""
    from relevo.jobs.publish import build_book  # brings the compiler

    store = Store(home.books)
    if store.current() is None:
        return None, True
    manifest = store.manifest()
    if _has_shape(store, manifest):
        return None, True
    report = build_book(home, on_step, as_of=manifest.as_of, known_at=manifest.known_at)
    return report.manifest.id, report.published


def _has_shape(store: Store, manifest: Manifest) -> bool:
    """Whether the files of a book have every table and column that measures read."""
    with closing(connect()) as connection:
        connection.execute(f"ATTACH {quoted(store.database(manifest.base or manifest.id))} AS made (READ_ONLY)")
        found: dict[str, set[str]] = {}
        for table, column in connection.execute(
            "SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'made'"
        ).fetchall():
            found.setdefault(table, set()).add(column)
        rollups = all(set(ROLLUPS[name]) <= found.get(name, set()) for name in KEPT)
        return rollups and set(TABLES) <= set(manifest.parts)
