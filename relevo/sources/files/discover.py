"""Which file feeds which table, and which files nobody maps."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from posixpath import join, normpath

from relevo.base.errors import WrongUse
from relevo.base.findings import Finding, Severity
from relevo.book.tables import TABLES
from relevo.sources.files.archives import Listed
from relevo.sources.files.limits import DEFAULT, Budget, Limits
from relevo.sources.files.listing import WORKBOOKS, list_files
from relevo.sources.files.mapping import TableMapping

_CANONICAL = re.compile(r"(?P<table>[a-z_]+)\.(csv|parquet)(\.gz|\.zst)?")
_TWIN = re.compile(
    r"(?P<base>.+)_(postgres|postgresql|redshift|snowflake|bigquery|databricks|spark|duckdb|sqlserver|trino)"
    r"(?P<suffix>(\.\w+)+)"
)
TABLES_READ = (".csv", ".tsv", ".txt", ".parquet", ".csv.gz", ".csv.zst", ".parquet.gz", ".parquet.zst")
_GLOB = re.compile(r"[*?\[]")


@dataclass(frozen=True)
class Job:
    """One file to read into one table; `mapping` is None for a canonical file, `lookups` are files it needs."""

    path: Path
    file: str
    table: str
    mapping: TableMapping | None = None
    lookups: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Unused:
    """A file that is not read, the finding that says why, and the raw tables that it may be, the likeliest first."""

    path: Path
    file: str
    finding: Finding
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """What there is to load below a path. `unmatched` names mapping entries that no file matches."""

    jobs: tuple[Job, ...]
    unused: tuple[Unused, ...]
    unmatched: tuple[str, ...]


def discover(
    path: Path, mappings: Sequence[TableMapping], landing: Path, work: Path, limits: Limits | None = None
) -> Found:
    """The files of a path in the order of their names, those in archives and the sheets of workbooks among them.

    `work` is an empty folder for what is unpacked. Raises WrongUse where there is no such path.
    """
    if not path.exists():
        raise WrongUse(f"There is nothing at {path}.", "Name a file or a folder that exists.")
    listing = list_files(path, landing, work, Budget(limits or DEFAULT))
    root = path if path.is_dir() else path.parent
    files = {each.file: each.path for each in listing.found}
    jobs = [job for each in listing.found for job in _jobs(each, root, mappings, files)]
    used = {job.path for job in jobs} | {lookup.resolve() for job in jobs for lookup in job.lookups}
    unused = [_unused(each, files) for each in listing.found if not {each.path, each.path.resolve()} & used]
    refused = [refused_file(each.path, each.file, each.told, each.hint) for each in listing.refused]
    matched = {id(job.mapping) for job in jobs}
    missed = [m for m in mappings if id(m) not in matched] if path.is_dir() else []
    named = tuple(f"{m.table} of [[source]] {m.source!r} (file = {m.file!r})" for m in missed)
    return Found(tuple(jobs), (*unused, *refused), named)


def is_table(file: str) -> bool:
    """Whether a name is that of a file which may hold a table: the endings that are read, and sheets of workbooks."""
    name = file.lower()
    return name.endswith(TABLES_READ) or is_sheet_name(name)


def is_sheet_name(file: str) -> bool:
    """Whether a name is that of a sheet of a workbook."""
    return file.lower().rpartition("#")[0].endswith(WORKBOOKS)


def _jobs(each: Listed, root: Path, mappings: Sequence[TableMapping], files: Mapping[str, Path]) -> list[Job]:
    twin = twin_of(each.file, files)
    mapped = [
        Job(each.path, each.file, mapping.table, mapping, _lookups(each, root, mapping, files))
        for mapping in mappings
        if _means(mapping.file, each.file, files) and not (twin and _GLOB.search(mapping.file))
    ]
    table = _canonical(each.file, files)
    return mapped or ([Job(each.path, each.file, table)] if table else [])


def _canonical(file: str, files: Iterable[str]) -> str:
    """The table that a file is named after; '' where it is none. A workbook of one sheet gives that its name."""
    name = file.rpartition("/")[2]
    if is_sheet_name(name):
        book, _, sheet = name.rpartition("#")
        names = (sheet, book.rpartition(".")[0]) if _is_alone(file, files) else (sheet,)
        return next((each for each in names if each in TABLES), "")
    found = _CANONICAL.fullmatch(name)
    return found["table"] if found and found["table"] in TABLES else ""


def matches(pattern: str, file: str) -> bool:
    """Whether a mapping's `file` means a file, by its path below the folder or by its name."""
    return fnmatchcase(file, pattern) or fnmatchcase(file.rsplit("/", 1)[-1], pattern)


def _means(pattern: str, file: str, files: Iterable[str]) -> bool:
    """Whether a mapping's `file` means a file: that of a workbook means its sheet, where it has one."""
    is_one = is_sheet_name(file) and _is_alone(file, files)
    return matches(pattern, file) or (is_one and matches(pattern, file.rpartition("#")[0]))


def _is_alone(file: str, files: Iterable[str]) -> bool:
    """Whether a sheet is the only one of its workbook."""
    book = f"{file.rpartition('#')[0]}#"
    return sum(each.startswith(book) for each in files) == 1


def twin_of(file: str, files: Container[str]) -> str:
    """The file of which this one is the copy for another warehouse (orders_snowflake.csv of orders.csv), '' if none."""
    folder, slash, name = file.rpartition("/")
    found = _TWIN.fullmatch(name)
    base = f"{folder}{slash}{found['base']}{found['suffix']}" if found else ""
    return base if base in files else ""


def _lookups(each: Listed, root: Path, mapping: TableMapping, files: Mapping[str, Path]) -> tuple[Path, ...]:
    return tuple(_lookup(each, root, name, files) for name in mapping.lookup_files)


def _lookup(each: Listed, root: Path, name: str, files: Mapping[str, Path]) -> Path:
    beside = normpath(join(each.file.rpartition("/")[0], name))
    if found := files.get(beside) or files.get(name):
        return found
    on_disk = each.path.parent / name
    return on_disk if on_disk.exists() else root / name


def _unused(each: Listed, files: Container[str]) -> Unused:
    twin = twin_of(each.file, files)
    if twin:
        told = f"The same table for another warehouse as {twin.rpartition('/')[2]}; it was not read."
        found = Finding(Severity.INFO, "other_warehouse", each.file, told, "Nothing to do.")
        return Unused(each.path, each.file, found)
    return unused_file(each.path, each.file)


def unused_file(path: Path, file: str) -> Unused:
    """A file of which nobody says what it is."""
    told = "Nobody maps this file; it was not read."
    hint = "Name it after a table (customer.csv), or map it with a [[source.table]] entry in relevo.toml."
    return Unused(path, file, Finding(Severity.INFO, "unused_file", file, told, hint))


def refused_file(path: Path, file: str, told: str, hint: str) -> Unused:
    """A file that cannot be read, or must not be."""
    return Unused(path, file, Finding(Severity.WARNING, "refused_file", file, told, hint))
