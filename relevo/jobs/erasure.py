"""Erase a person's data from everything a home holds, and look afterwards whether anything is left."""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from relevo.base.config import Home
from relevo.base.errors import NotReady
from relevo.book.engine import connect, quoted
from relevo.book.erased import Erasure, Forgotten
from relevo.book.erasing import Wanted, begin, conversations_of, erase_landing, register_of
from relevo.book.erasing_books import erase_books
from relevo.book.landing import Landing
from relevo.book.store import Store, write_whole
from relevo.jobs.clock import now
from relevo.jobs.desk import has_ready_desk
from relevo.jobs.erasure_uploads import remove_uploads

_BATCH = 10_000
_NOT_SEARCHED = {"secret.key", "LOCK", ".lock"}


@dataclass(frozen=True)
class Erased:
    """What an erasure did: landed files written anew, the book in force now, rows of the Desk; `left` has to be empty.

    `uploads` counts uploaded files, all of which are removed: they are raw copies.

    `left` names files of the home in which the person can still be found.
    """

    erasure: Erasure
    files: int
    book: str | None
    desk_rows: int
    left: tuple[str, ...]
    uploads: int = 0


def erase(home: Home, kind: str, value: str, *, by_email: bool = False) -> Erased:
    """Erase a contact, a person of the company or a customer, by id or by e-mail address.

    WrongUse where nobody of that name was ever loaded; NotReady while a load or a build runs.
    """
    return _finish(home, begin(Landing(home.landing), Wanted(kind, value, by_email), now()))


def resume(home: Home) -> tuple[Erased, ...]:
    """Finish the erasures that were interrupted; nothing where there are none."""
    return tuple(_finish(home, each) for each in register_of(Landing(home.landing)).unfinished())


def erasures(home: Home) -> tuple[Erasure, ...]:
    """Every erasure of a home, oldest first."""
    return register_of(Landing(home.landing)).all()


def _finish(home: Home, erasure: Erasure) -> Erased:
    """Every step of an erasure; each may be done again."""
    landing = Landing(home.landing)
    rules = _rules(landing)
    promises = _promises_to(home, rules)
    erasure = erase_landing(landing, erasure, promises)
    book = erase_books(landing, Store(home.books), rules, now(), promises)
    rows = _erase_desk(home, rules, erasure)
    uploads = remove_uploads(home)
    _clean_lines(home.audit_log, rules.clean)
    _clean_journal(home, rules)
    done = register_of(landing).keep(replace(erasure, done=True))
    return Erased(done, len(done.changes), book, rows, tuple(still_named_in(home, rules)), uploads)


def _rules(landing: Landing) -> Forgotten:
    rules = register_of(landing).forgotten()
    if rules is None:
        raise NotReady("Nobody was erased in this home.", "Name somebody: relevo erase --contact ID.")
    return rules


def _promises_to(home: Home, rules: Forgotten) -> tuple[str, ...]:
    """The promises of the Desk that were made to the forgotten, as the book calls them; the Desk alone knows whom."""
    if not has_ready_desk(home):
        return ()
    from relevo.desk.relay.actions_erasing import Whom, promises_to

    return promises_to(Whom(rules.clean, rules.names, rules.contacts, rules.customers))


def _erase_desk(home: Home, rules: Forgotten, erasure: Erasure) -> int:
    if not has_ready_desk(home):
        return 0
    from relevo.desk.people.actions_erasing import erase_from_desk, forget_deleted_rows
    from relevo.desk.relay.actions_erasing import Whom, erase_from_relay
    from relevo.desk.reviews.actions_erasing import erase_from_reviews
    from relevo.desk.voices.actions_erasing import erase_from_voices

    talks = conversations_of(Landing(home.landing))
    whom = Whom(rules.clean, rules.names, rules.contacts, rules.customers, talks)
    rows = erase_from_relay(whom) + erase_from_voices(whom) + erase_from_reviews(whom, rules.people)
    rows += erase_from_desk(rules.clean, rules.names, erasure.id, now())
    forget_deleted_rows()
    return rows


def _clean_lines(log: Path, clean: Callable[[object], object]) -> None:
    """Write the operator's log anew, one JSON object a line."""
    if not log.exists():
        return
    lines = log.read_text("utf-8").splitlines()
    cleaned = [json.dumps(clean(json.loads(line)), ensure_ascii=False) for line in lines if line.strip()]
    write_whole(log, "".join(line + "\n" for line in cleaned))


def _clean_journal(home: Home, rules: Forgotten) -> None:
    """The reason a build was refused for may name a row."""
    file = home.books / "last-build.json"
    if file.exists() and rules.names(text := file.read_text("utf-8")):
        write_whole(file, json.dumps(rules.clean(json.loads(text)), ensure_ascii=False, indent=1) + "\n")


def still_named_in(home: Home, rules: Forgotten) -> Iterator[str]:
    """Files of a home in which a forgotten person is named, whatever their format."""
    with closing(connect()) as connection:
        for file in sorted(path for path in home.path.rglob("*") if path.is_file()):
            if file.name not in _NOT_SEARCHED and any(rules.names(text) for text in _texts(file, connection)):
                yield str(file.relative_to(home.path))


def _texts(file: Path, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    """Every text in a file: the cells of Parquet and databases, else its characters."""
    if file.suffix == ".parquet":
        yield from _cells(f"read_parquet({quoted(file)})", connection)
    elif file.suffix == ".duckdb":
        yield from _tables_of(file, connection)
    elif file.suffix == ".sqlite3":
        yield from _desk_cells(file)
    else:
        yield file.read_text("utf-8", errors="replace")


def _cells(source: str, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    for name in [name for name, kind, *_ in described if "VARCHAR" in kind]:
        with connection.cursor() as cells:
            cells.execute(f'SELECT DISTINCT "{name}"::VARCHAR FROM {source} WHERE "{name}" IS NOT NULL')
            while rows := cells.fetchmany(_BATCH):
                yield from (text for (text,) in rows)


def _tables_of(file: Path, connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    connection.execute(f"ATTACH {quoted(file)} AS searched (READ_ONLY)")
    try:
        found = connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'searched'"
        ).fetchall()
        for schema, table in found:
            yield from _cells(f'searched."{schema}"."{table}"', connection)
    finally:
        connection.execute("DETACH searched")


def _desk_cells(file: Path) -> Iterator[str]:
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as desk:
        tables = desk.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for row in desk.execute(f'SELECT * FROM "{table}"'):
                yield from (cell for cell in row if isinstance(cell, str))
