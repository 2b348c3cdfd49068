"""Files that people bring: which ask, which were read and how well, what was said about them, what an upload became."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from relevo.answers.reading import NotFound, Reading, Refused
from relevo.base.config import Home
from relevo.base.findings import Finding
from relevo.book.landing import Landing, Load
from relevo.book.landing_store import retired_loads
from relevo.desk.files.readings import Said, readings_in_force, readings_said
from relevo.desk.files.uploads import Brought, latest, upload
from relevo.desk.people.roles import Right
from relevo.sources.guess import every_table

UPLOADS_SHOWN = 10


@dataclass(frozen=True)
class AskedFile:
    """A file that waits for an answer: since when, and what it leaves open, in words."""

    file: str
    at: datetime
    message: str
    hint: str


@dataclass(frozen=True)
class FileLine:
    """A file as it was read last: its source, the tables of the book it fills, and its rows.

    `quarantined` counts the rows that this reading could not use; what an earlier reading of the same file put aside
    is not among them. `can_be_said` tells whether an answer could change how it is read: it is an export or raw table
    of a system.
    """

    file: str
    at: datetime
    source: str
    tables: tuple[str, ...]
    rows_in: int
    kept: int
    quarantined: int
    left_out: int
    can_be_said: bool


@dataclass(frozen=True)
class FilesPage:
    """Everything that can be said about files: those that ask, those with rows put aside, what was said, uploads."""

    asked: tuple[AskedFile, ...]
    aside: tuple[FileLine, ...]
    said: tuple[Said, ...]
    history: tuple[Said, ...]
    uploads: tuple[Brought, ...]


@dataclass(frozen=True)
class UploadPage:
    """One upload, and whether the book that is read has all that was loaded."""

    upload: Brought
    is_in_book: bool


def may_bring(reading: Reading) -> bool:
    """Whether the viewer may upload files and say how they are read: this shows every row of them."""
    return Right.DATA in reading.viewer.rights and reading.viewer.sees_everything


def check_may_bring(reading: Reading) -> None:
    """Raise Refused unless the viewer may upload files and say how they are read."""
    reading.check_right(Right.DATA)
    if not reading.viewer.sees_everything:
        raise Refused("Files may name customers of others.", "Ask somebody who sees the whole company.")


def files_page(reading: Reading, home: Home) -> FilesPage:
    """The page of files. Refused for who may not bring any."""
    check_may_bring(reading)
    loads = Landing(home.landing).loads()
    said = readings_said()
    return FilesPage(
        asked_files(reading, home),
        tuple(line for line in _lines(loads) if line.quarantined),
        readings_in_force(),
        tuple(reversed(said)),
        latest(UPLOADS_SHOWN),
    )


def upload_page(reading: Reading, home: Home, key: int) -> UploadPage:
    """One upload. Refused for who may not bring any; NotFound where there is none of that number."""
    check_may_bring(reading)
    found = upload(key)
    if found is None:
        raise NotFound(f"There is no upload {key}.", "Look under Data, Files.")
    book = reading.published
    return UploadPage(found, book is not None and book.manifest.has_all(Landing(home.landing).loads()))


def known_file(reading: Reading, home: Home, file: str) -> str:
    """The name of a file that somebody loaded or that asks. Refused and NotFound as the pages say it."""
    check_may_bring(reading)
    if all(load.file != file for load in Landing(home.landing).loads()):
        raise NotFound(f"There is no file {file[:80]!r}.", "Look under Data, Files.")
    return file


def asked_files(reading: Reading, home: Home) -> tuple[AskedFile, ...]:
    """The files that wait for an answer, the latest first; what they quote from the data is for who sees everything."""
    last = {load.file: load for load in Landing(home.landing).loads()}
    asked = [(load, finding) for load in last.values() for finding in load.findings if finding.code == "asked_file"]
    newest = sorted(asked, key=lambda each: -each[0].seq)
    return tuple(AskedFile(load.file, load.at, _told(reading, finding), finding.hint) for load, finding in newest)


def file_lines(reading: Reading, home: Home) -> tuple[FileLine, ...]:  # noqa: ARG001 - names and counts alone
    """Every file as it was read last, by name."""
    return _lines(Landing(home.landing).loads())


def _told(reading: Reading, finding: Finding) -> str:
    """What a file leaves open, without the value that shows it for who does not see every row."""
    return finding.message if reading.viewer.sees_everything else finding.without_quotes().message


def _lines(loads: Sequence[Load]) -> tuple[FileLine, ...]:
    retired = retired_loads(loads)
    last: dict[str, dict[tuple[str, str], Load]] = {}
    for load in loads:
        if load.table and load.id not in retired:
            last.setdefault(load.file, {})[load.source, load.table] = load
    systems = frozenset(code.partition(".")[0] for _, tables in every_table() for code, _ in tables)
    return tuple(_line(file, last[file], systems) for file in sorted(last))


def _line(file: str, of_table: Mapping[tuple[str, str], Load], systems: frozenset[str]) -> FileLine:
    newest = max(of_table.values(), key=lambda load: load.seq)
    # A file of other bytes took the place of the one before, with all of its tables.
    mine = [load for load in of_table.values() if load.sha256 == newest.sha256]
    return FileLine(
        file,
        newest.at,
        newest.source,
        tuple(sorted({str(load.table) for load in mine})),
        sum(load.rows_in for load in mine),
        sum(load.kept for load in mine),
        sum(load.quarantined for load in mine),
        sum(load.left_out for load in mine),
        newest.source in systems,
    )
