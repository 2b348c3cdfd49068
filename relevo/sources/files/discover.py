"""Which file feeds which table, and which files nobody maps."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

from relevo.base.config import FILE_NAME
from relevo.base.errors import WrongUse
from relevo.base.findings import Finding, Severity
from relevo.book.tables import TABLES
from relevo.sources.files.mapping import TableMapping

_CANONICAL = re.compile(r"(?P<table>[a-z_]+)\.(csv|parquet)(\.gz|\.zst)?")
_TWIN = re.compile(
    r"(?P<base>.+)_(postgres|postgresql|redshift|snowflake|bigquery|databricks|spark|duckdb|sqlserver|trino)"
    r"(?P<suffix>(\.\w+)+)"
)
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


def discover(path: Path, mappings: Sequence[TableMapping], landing: Path) -> Found:
    """The files of a path in the order of their names. Raises WrongUse where there is no such path."""
    if not path.exists():
        raise WrongUse(f"There is nothing at {path}.", "Name a file or a folder that exists.")
    root = path if path.is_dir() else path.parent
    files = sorted(_files(path, landing))
    jobs = [job for file in files for job in _jobs(file, root, mappings)]
    used = {job.path for job in jobs} | {lookup.resolve() for job in jobs for lookup in job.lookups}
    unused = [_unused(file, root) for file in files if file not in used and file.resolve() not in used]
    matched = {id(job.mapping) for job in jobs}
    missed = [m for m in mappings if id(m) not in matched] if path.is_dir() else []
    named = tuple(f"{m.table} of [[source]] {m.source!r} (file = {m.file!r})" for m in missed)
    return Found(tuple(jobs), tuple(unused), named)


def _files(path: Path, landing: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    for file in path.rglob("*"):
        parts = file.relative_to(path).parts
        if not file.is_file() or any(part.startswith(".") for part in parts) or file.name == FILE_NAME:
            continue
        if not file.resolve().is_relative_to(landing.resolve()):
            yield file


def _jobs(path: Path, root: Path, mappings: Sequence[TableMapping]) -> list[Job]:
    file = path.relative_to(root).as_posix()
    twin = twin_of(path)
    mapped = [
        Job(path, file, mapping.table, mapping, tuple(_lookup(path, root, name) for name in mapping.lookup_files))
        for mapping in mappings
        if matches(mapping.file, file) and not (twin and _GLOB.search(mapping.file))
    ]
    found = _CANONICAL.fullmatch(path.name)
    if not mapped and found and found["table"] in TABLES:
        return [Job(path, file, found["table"])]
    return mapped


def matches(pattern: str, file: str) -> bool:
    """Whether a mapping's `file` means a file, by its path below the folder or by its name."""
    return fnmatchcase(file, pattern) or fnmatchcase(file.rsplit("/", 1)[-1], pattern)


def twin_of(path: Path) -> Path | None:
    """The file of which this one is the copy for another warehouse (orders_snowflake.csv of orders.csv), if any."""
    found = _TWIN.fullmatch(path.name)
    base = path.with_name(found["base"] + found["suffix"]) if found else None
    return base if base and base.exists() else None


def _lookup(path: Path, root: Path, name: str) -> Path:
    beside = path.parent / name
    return beside if beside.exists() else root / name


def _unused(path: Path, root: Path) -> Unused:
    file = path.relative_to(root).as_posix()
    twin = twin_of(path)
    if twin:
        told = f"The same table for another warehouse as {twin.name}; it was not read."
        return Unused(path, file, Finding(Severity.INFO, "other_warehouse", file, told, "Nothing to do."))
    return unused_file(path, file)


def unused_file(path: Path, file: str) -> Unused:
    """A file of which nobody says what it is."""
    told = "Nobody maps this file; it was not read."
    hint = "Name it after a table (customer.csv), or map it with a [[source.table]] entry in relevo.toml."
    return Unused(path, file, Finding(Severity.INFO, "unused_file", file, told, hint))
