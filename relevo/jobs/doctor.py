"""`relevo doctor`: whether a home is sound, check by check. It looks, and changes nothing."""

import os
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

import duckdb
from packaging.version import Version

from relevo import __version__
from relevo.base.config import Home
from relevo.base.errors import NotReady, RelevoError
from relevo.book import journal
from relevo.book.engine import connect, quoted
from relevo.book.journal import Ending
from relevo.book.landing import Landing, Load
from relevo.book.landing_store import sha256_of
from relevo.book.store import UNFINISHED, Store
from relevo.desk.ready import start_django
from relevo.jobs.clock import now
from relevo.jobs.formats import FORMAT, format_of
from relevo.jobs.publish import NEXT

LEAST_PYTHON = (3, 11)
LEAST_DUCKDB = Version("2")
_SILENT = timedelta(minutes=5)
# A build writes at most its own size beside the last one; below this it is close.
_LEAST_FREE = 256 * 1024 * 1024


class State(StrEnum):
    """Good; odd, which wants a look; bad, which wants doing something."""

    GOOD = "good"
    ODD = "odd"
    BAD = "bad"


@dataclass(frozen=True)
class Check:
    """One thing looked at: what was found, and what to do next where it is not good."""

    name: str
    state: State
    found: str
    next: str = ""


def examine(home: Home) -> tuple[Check, ...]:
    """Every check of a home, in the order in which a person would look. A check that fails does not stop the rest."""
    checks: tuple[Callable[[Home], Check], ...] = (
        _versions, _format, _writable, _space, _settings, _landing, _pointer, _book, _leftovers, _desk, _clock,
        _last_build, _running, _engine,
    )  # fmt: skip
    return tuple(_looked(check, home) for check in checks)


def is_sound(checks: tuple[Check, ...]) -> bool:
    """Whether nothing is bad."""
    return all(check.state is not State.BAD for check in checks)


def _looked(check: Callable[[Home], Check], home: Home) -> Check:
    """A check's answer; what it stumbles over is an answer too."""
    name = check.__name__.removeprefix("_").replace("_", " ")
    try:
        return check(home)
    except RelevoError as problem:
        return Check(name, State.BAD, problem.message, problem.hint)
    except (OSError, ValueError, KeyError, TypeError, duckdb.Error, sqlite3.Error) as problem:
        told = f"{type(problem).__name__}: {problem}"
        return Check(name, State.BAD, told, "Look at the file it names; relevo restore brings back a backup.")


def _versions(home: Home) -> Check:  # noqa: ARG001 - every check has this shape
    found = f"Relevo {__version__}, Python {sys.version.split()[0]}, DuckDB {duckdb.__version__}"
    if sys.version_info < LEAST_PYTHON or Version(duckdb.__version__) < LEAST_DUCKDB:
        return Check("versions", State.BAD, found, "Relevo needs Python 3.11 and DuckDB 2 or newer.")
    return Check("versions", State.GOOD, found)


def _format(home: Home) -> Check:
    found = format_of(home)
    if found is None:
        return Check("format", State.ODD, f"{home.path} is not a home yet.", "Next: relevo init.")
    if found > FORMAT:
        return Check("format", State.BAD, f"Format {found}, this release knows {FORMAT}.", "Use the newer release.")
    if found < FORMAT:
        return Check("format", State.BAD, f"Format {found}, this release writes {FORMAT}.", "Run relevo upgrade.")
    return Check("format", State.GOOD, f"Format {found}")


def _writable(home: Home) -> Check:
    folders = (home.path, home.landing, home.books, home.books / "parts", home.books / "cache")
    closed = [p.name for p in folders if p.exists() and not os.access(p, os.W_OK)]
    if closed:
        return Check("writable", State.BAD, f"Cannot be written to: {', '.join(closed)}.", NEXT[Ending.READ_ONLY])
    return Check("writable", State.GOOD, "The home takes new files.")


def _space(home: Home) -> Check:
    place = home.path if home.path.exists() else home.path.parent
    free = shutil.disk_usage(place).free
    needed = max(_LEAST_FREE, sum(f.stat().st_size for f in home.books.rglob("*") if f.is_file()))
    found = f"{free // 1024**2} MB free; a build may take {needed // 1024**2} MB for a while."
    return Check("space", State.GOOD if free >= needed else State.BAD, found, "" if free >= needed else "Free space.")


def _settings(home: Home) -> Check:
    config = home.config()
    return Check("settings", State.GOOD, f"{config.company.name}, {config.company.currency}, {config.company.timezone}")


def _landing(home: Home) -> Check:
    """Every load's files are there, and what they were when they were written."""
    landing = Landing(home.landing)
    loads = landing.loads()
    with connect() as connection:
        damaged = [load.file for load in loads if not _is_whole(landing, load, connection)]
    if damaged:
        told = f"{len(damaged)} of {len(loads)} loads are damaged, such as {damaged[0]}."
        return Check("landing", State.BAD, told, "Restore a backup, or empty the landing and load the files again.")
    return Check("landing", State.GOOD, f"{len(loads)} loads, all whole")


def _is_whole(landing: Landing, load: Load, connection: duckdb.DuckDBPyConnection) -> bool:
    files = (
        (landing.rows_file(load), load.kept, load.rows_sha256),
        (landing.quarantine_file(load), load.quarantined, load.quarantine_sha256),
    )
    return all(_holds(file, rows, digest, connection) for file, rows, digest in files if rows and load.table)


def _holds(file: Path, rows: int, digest: str, connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether a landed file has its bytes; one of release 0.1, which kept no hash, has its rows."""
    if not file.exists():
        return False
    if digest:
        return sha256_of(file) == digest
    return _rows_in(file, connection) == rows


def _rows_in(file: Path, connection: duckdb.DuckDBPyConnection) -> int:
    """The rows of a Parquet file, every page of it read; -1 where it cannot be read."""
    try:
        found = connection.execute(_every_cell(f"read_parquet({quoted(file)})")).fetchone()
    except duckdb.Error:
        return -1
    return int(found[0]) if found else -1


def _every_cell(source: str) -> str:
    """A query that counts rows and reads every cell; a count alone would read no page."""
    return f"SELECT count(*), max(hash(COLUMNS(*))) FROM {source}"


def _pointer(home: Home) -> Check:
    store = Store(home.books)
    current = store.current()
    if current is None:
        return Check("pointer", State.ODD, "No book has been published yet.", "Run relevo load, then relevo build.")
    manifest = store.manifest(current)
    return Check("pointer", State.GOOD, f"CURRENT names the book {current}, built {manifest.built_at:%Y-%m-%d %H:%M}.")


def _book(home: Home) -> Check:
    """Every table of the published book can be read to its last page and has the rows its manifest counts."""
    from relevo.book.book import Book  # brings the compiler, which no other check needs
    from relevo.book.engines.address import DUCKDB

    if Store(home.books).current() is None:
        return Check("book", State.ODD, "There is none yet.")
    book = Book.open(home.books, engine=DUCKDB)
    try:
        wrong = [
            name for name, rows in book.manifest.rows.items() if book.run_sql(_every_cell(name)).rows[0][0] != rows
        ]
    finally:
        book.close()
    if wrong:
        return Check("book", State.BAD, f"Rows are missing in {', '.join(wrong)}.", "Run relevo build.")
    return Check("book", State.GOOD, f"{len(book.manifest.rows)} tables, {sum(book.manifest.rows.values())} rows")


def _leftovers(home: Home) -> Check:
    running = journal.read(home.books)
    if running and running.ending is Ending.RUNNING:
        return Check("leftovers", State.GOOD, "A build runs; what is unfinished is its own.")
    left = [f.name for f in home.books.rglob(f"{UNFINISHED}*")]
    counted = {m.stem for m in (home.landing / "loads").glob("*.json")}
    left += [f.name for f in home.landing.glob("*/*.parquet") if f.stem not in counted]
    if left:
        told = f"{len(left)} unfinished files, such as {left[0]}."
        return Check("leftovers", State.ODD, told, "The next load or build removes them.")
    return Check("leftovers", State.GOOD, "None")


def _desk(home: Home) -> Check:
    if not home.has_desk:
        return Check("desk", State.ODD, "There is no Desk yet.", "relevo init makes one.")
    if home.desk_address():
        return _migrated(_done_in_postgres(home))
    with closing(sqlite3.connect(f"{home.desk_database.resolve().as_uri()}?mode=ro", uri=True)) as desk:
        (whole,) = desk.execute("PRAGMA quick_check").fetchone()
        done = {(app, name) for app, name in desk.execute("SELECT app, name FROM django_migrations")}
    if whole != "ok":
        return Check("desk", State.BAD, f"The database is damaged: {whole}.", "Restore a backup.")
    return _migrated(done)


def _done_in_postgres(home: Home) -> set[tuple[str, str]]:
    """The migrations that have run in the Desk's PostgreSQL."""
    with _postgres(home):
        from django.db import connection
        from django.db.migrations.recorder import MigrationRecorder

        return set(MigrationRecorder(connection).applied_migrations())


@contextmanager
def _postgres(home: Home) -> Iterator[None]:
    """Let Django ask the Desk's PostgreSQL in this block; NotReady where it does not answer."""
    start_django(home)
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as problem:
        told = str(problem).strip().partition("\n")[0]
        raise NotReady(f"{home.desk_address()} does not answer: {told}", "Start it, or mend its address.") from None


def _migrated(done: set[tuple[str, str]]) -> Check:
    missing = sorted(_known_migrations() - done)
    if missing:
        told = f"{len(missing)} migrations have not run, such as {'.'.join(missing[0])}."
        return Check("desk", State.BAD, told, "Run relevo upgrade.")
    return Check("desk", State.GOOD, f"Reachable, {len(done)} migrations have run")


def _known_migrations() -> set[tuple[str, str]]:
    """The migrations of the Desk that this release brings, from their files."""
    apps = Path(__file__).parents[1] / "desk"
    return {(file.parents[1].name, file.stem) for file in apps.glob("*/migrations/[0-9]*.py")}


def _clock(home: Home) -> Check:
    """A clock that stands before what was written here would give new books older names."""
    moments = [load.at for load in Landing(home.landing).loads()]
    moments += [manifest.built_at for manifest in Store(home.books).history()]
    latest = max(moments, default=None)
    if latest and latest > now():
        told = f"It is {now():%Y-%m-%d %H:%M} UTC, but something here was written at {latest:%Y-%m-%d %H:%M} UTC."
        return Check("clock", State.BAD, told, "Set the clock of this machine.")
    return Check("clock", State.GOOD, f"{now():%Y-%m-%d %H:%M} UTC")


def _last_build(home: Home) -> Check:
    build = journal.read(home.books)
    if build is None:
        return Check("last build", State.GOOD, "None was begun.")
    when, place = f"{build.began_at:%Y-%m-%d %H:%M} UTC", f"after the step {build.step!r}"
    if build.ending is Ending.RUNNING:
        return Check("last build", State.GOOD, f"One runs since {when}; it is {place}.")
    if not build.failed:
        return Check("last build", State.GOOD, f"Of {when}, published as {build.book}.")
    ending = str(build.ending).replace("_", " ")
    told = f"Of {when}, ended {place if build.step else 'before its first step'}: {ending}. {build.told}"
    return Check("last build", State.BAD, f"{told.strip()} {_served(home)}", _next(build.ending))


def _next(ending: Ending) -> str:
    usual = "Run relevo build again."
    return {**NEXT, Ending.REFUSED: "Mend what it names, load it again, then run relevo build."}.get(ending, usual)


def _served(home: Home) -> str:
    current = Store(home.books).current()
    built: datetime | None = Store(home.books).manifest(current).built_at if current else None
    return f"The book of {built:%Y-%m-%d %H:%M} UTC is served." if built else "No book is served."


def _running(home: Home) -> Check:
    """Whether what runs by itself is well; a home that has never had a worker is loaded and built by hand."""
    if not home.has_desk:
        return Check("running", State.GOOD, "Nothing runs by itself yet.")
    found = _runs_in_postgres(home) if home.desk_address() else _runs_in_file(home.desk_database)
    if found is None:
        return Check("running", State.GOOD, "Nothing runs by itself yet.")  # the check of the Desk says why
    for name, since, told, hint in found.failing:
        return Check("running", State.BAD, f"{name} fails since {_minute(since)}: {told}", hint)
    if found.seen and now() - found.seen > _SILENT:
        return Check("running", State.ODD, f"No worker was seen since {_minute(found.seen)}.", "Run relevo serve.")
    seen = f"A worker was seen at {_minute(found.seen)}." if found.seen else "No worker was started."
    return Check("running", State.GOOD, seen)


@dataclass(frozen=True)
class _Runs:
    """When a worker was last seen; of each job that fails its name, since when, what was told, the hint."""

    seen: datetime | None
    failing: tuple[tuple[str, datetime, str, str], ...]


def _runs_in_file(file: Path) -> _Runs | None:
    """What the Desk's file says; None where it has no such tables yet."""
    with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as desk:
        if not desk.execute("SELECT 1 FROM sqlite_master WHERE name = 'running_worker'").fetchone():
            return None
        (seen,) = desk.execute("SELECT max(beat_at) FROM running_worker").fetchone()
        failing = desk.execute(
            "SELECT name, failing_since, last_text, last_hint FROM running_schedule"
            " WHERE failing_since IS NOT NULL ORDER BY name"
        ).fetchall()
    return _Runs(_instant(seen) if seen else None, tuple((n, _instant(at), *told) for n, at, *told in failing))


def _runs_in_postgres(home: Home) -> _Runs | None:
    """What the Desk's PostgreSQL says; None where it has no such tables yet."""
    with _postgres(home):
        from django.db import connection

        from relevo.desk.running.models import Schedule, Worker

        if Worker._meta.db_table not in connection.introspection.table_names():
            return None
        seen = Worker.objects.order_by("-beat_at").values_list("beat_at", flat=True).first()
        every = Schedule.objects.order_by("name")
        return _Runs(seen, tuple((s.name, s.failing_since, s.last_text, s.last_hint) for s in every if s.failing_since))


def _instant(text: str) -> datetime:
    """An instant as Django keeps it in SQLite."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def _minute(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M} UTC"


def _engine(home: Home) -> Check:
    house = home.config().house
    with connect(memory_limit=house.memory_limit, threads=house.threads) as connection:
        connection.execute("SELECT 1").fetchone()
    asked = os.environ.get("RELEVO_ENGINE", "duckdb")
    told = f"DuckDB answers with {house.memory_limit} and {house.threads} threads."
    if asked != "duckdb":
        told += f" RELEVO_ENGINE names {asked.split(':')[0]}; it is tried by the next build."
    return Check("engine", State.GOOD, told)
