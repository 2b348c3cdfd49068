"""The job `refresh`: load what is new in watched folders and warehouses, and publish where the book is behind.

It may be killed at any line: what was loaded is not loaded twice, and whether a book is behind is read from the landing
and the book, not remembered.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from relevo.base.config import Home
from relevo.base.errors import NotReady, RelevoError, WrongUse
from relevo.base.findings import Severity, worst_first
from relevo.book import journal
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.desk.running.outcome import Outcome, Result
from relevo.jobs.clock import now, today
from relevo.jobs.desk import config_with_readings
from relevo.jobs.identity import decided
from relevo.jobs.loading import load, load_from_warehouse, warehouse_at
from relevo.jobs.mirror import has_news
from relevo.sources.files.listing import files_below
from relevo.sources.warehouse.said import read_warehouses
from relevo.sources.warehouse.tables import WarehouseFailed

REFRESH = "refresh"
# A file that changed this short a time ago is believed to be still written; it is read the next time. A clock that is
# ahead by more says nothing about when a file was written.
SETTLES = timedelta(seconds=5)


@dataclass
class _Look:
    """What one look at the folders brought: new files, rows put aside, what stood in the way, what to keep."""

    files: int = 0
    aside: int = 0
    unsettled: list[Path] = field(default_factory=list)
    missing: list[Path] = field(default_factory=list)
    kept: dict[str, str] = field(default_factory=dict)
    silent: list[RelevoError] = field(default_factory=list)


def refresh(home: Home, kept: Mapping[str, Any]) -> Outcome:
    """Load, build and publish as far as something is new. `kept` maps folders to the state in which they were read."""
    look = _Look()
    try:
        config = config_with_readings(home)
        said = repr((config.sources, config.readings))
        for folder in _folders(home):
            _read(home, folder, said, str(kept.get(str(folder), "")), look)
        _read_warehouses(home, look)
        return _finished(look, _publish(home))
    except NotReady as busy:  # somebody loads or builds by hand
        return Outcome(Result.PUT_OFF, "put_off", busy.message, "It is tried again the next time.", look.kept)


def is_behind(home: Home) -> bool:
    """Whether a build would publish another book: of other loads, decisions or rows of the Desk, or of another day.

    A book that was built for an earlier day on purpose stays at that day until something new is loaded.
    """
    loads = Landing(home.landing).loads()
    store = Store(home.books)
    if store.current() is None:
        return any(each.table for each in loads)
    book = store.manifest()
    if not book.has_all(loads) or (book.known_at is None and book.decided != decided(home)):
        return True
    if has_news(home):
        return True
    zone = home.config().company.timezone
    follows_the_day = book.as_of == book.built_at.astimezone(ZoneInfo(zone)).date() and book.known_at is None
    return follows_the_day and book.as_of < today(zone)


def _folders(home: Home) -> tuple[Path, ...]:
    """The watched folders, and uploaded files where there are any: what is said about those counts here too."""
    return (*home.watched_folders, *((home.uploads,) if home.uploads.is_dir() else ()))


def _read(home: Home, folder: Path, said: str, before: str, look: _Look) -> None:
    """Load a folder unless it and what is said about its files are as when it was last read, or somebody writes it."""
    if not folder.is_dir():
        look.missing.append(folder)
        return
    state, is_settled = _state_of(folder, said)
    if state != before and not is_settled and folder != home.uploads:  # there files come whole, by a rename
        look.unsettled.append(folder)
        look.kept[str(folder)] = before
        return
    if state != before:
        report = load(home, folder).report
        look.files += sum(each.is_new for each in report.loads)
        look.aside += report.quarantined
    look.kept[str(folder)] = state


def _read_warehouses(home: Home, look: _Look) -> None:
    """Load what warehouses hold; the loader compares contents. One that does not answer stops no other."""
    for each in read_warehouses(home.config().warehouses):
        try:
            report = load_from_warehouse(home, warehouse_at(each.dsn), each.schemas).report
        except (WarehouseFailed, WrongUse) as problem:
            look.silent.append(problem)
        else:
            look.files += sum(one.is_new for one in report.loads)
            look.aside += report.quarantined


def _state_of(folder: Path, said: str) -> tuple[str, bool]:
    """Names, sizes and times of a folder's files and how they are read, as one hash; whether none is still written.

    The loader compares contents; this only spares it from reading files that nobody touched.
    """
    listed = sorted(_files(folder))
    lines = (said, *(f"{name} {size} {at}" for name, size, at in listed))
    digest = hashlib.sha256("\n".join(lines).encode(errors="surrogateescape")).hexdigest()
    since, until = (now() - SETTLES).timestamp(), (now() + SETTLES).timestamp()
    return digest, not any(since < at / 1e9 < until for _name, _size, at in listed)


def _files(folder: Path) -> Iterator[tuple[str, int, int]]:
    for path in files_below(folder):
        with suppress(OSError):  # it went away meanwhile, or cannot be seen: the loader tells
            found = path.stat()
            yield str(path), found.st_size, found.st_mtime_ns


def _publish(home: Home) -> Outcome:
    """Build where the served book is behind; how that went. NotReady while somebody loads: half of it is no book."""
    with Landing(home.landing).alone():
        pass
    if not is_behind(home):
        current = Store(home.books).current()
        told = f"Nothing is new; the book {current} is served." if current else "Nothing was loaded yet."
        return Outcome(Result.OK, "nothing_new" if current else "no_data", told)
    from relevo.jobs.publish import build_book  # the compiler is not needed while nothing is new

    try:
        report = build_book(home, lambda _step: None)
    except NotReady:
        raise
    except RelevoError as problem:
        ended = journal.read(home.books)
        return Outcome(Result.FAILED, str(ended.ending) if ended else "fault", problem.message, problem.hint)
    if not report.published:
        worst = next(f for f in worst_first(report.findings) if f.severity is Severity.CRITICAL)
        return Outcome(Result.FAILED, "refused", f"{worst.where}: {worst.message}", worst.hint)
    return Outcome(Result.OK, "published", f"The book {report.manifest.id} was published.")


def _finished(look: _Look, built: Outcome) -> Outcome:
    """The outcome of the build with what the look adds; a folder or warehouse that is not there is a failure."""
    told = [built.text]
    if look.files:
        told.insert(0, f"New files loaded: {look.files}; rows put aside: {look.aside}.")
    if look.unsettled:
        told.append(f"Somebody still writes into {_named(look.unsettled)}; it is read the next time.")
    result, code, hint = built.result, built.code, built.hint
    if look.missing:
        told.append(f"There is no folder {_named(look.missing)}.")
        if result is Result.OK:
            result, code = Result.FAILED, "folder_missing"
            hint = "Mount it, or take it out of [watch] in relevo.toml."
    for problem in look.silent:
        told.append(problem.message)
        if result is Result.OK:
            result, code, hint = Result.FAILED, "warehouse_silent", problem.hint
    return Outcome(result, code, " ".join(told), hint, look.kept)


def _named(folders: list[Path]) -> str:
    return ", ".join(str(folder) for folder in folders)
