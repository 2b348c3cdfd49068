"""The landing folder: what has been loaded, as append-only Parquet with one manifest per load.

    <table>/<load id>.parquet       rows that could be read, typed as the table says
    quarantine/<load id>.parquet    rows that could not, each with its reason and hint
    loads/<load id>.json            the manifest, renamed into place last: without it the Parquet does not count

A load is one raw file read into one canonical table. Killed at any moment, it is there whole or not at all.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from relevo.base.errors import NotReady
from relevo.base.findings import Finding, Severity
from relevo.book.table import Column, Table

# The source under which the Desk's own rows are landed, and what their ids begin with.
OWN_SOURCE = "relevo"
OWN_IDS = "relevo:"
QUARANTINE_COLUMNS = (
    ("table_name", "VARCHAR"),
    ("source", "VARCHAR"),
    ("file", "VARCHAR"),
    ("line", "BIGINT"),
    ("column_name", "VARCHAR"),
    ("value", "VARCHAR"),
    ("reason", "VARCHAR"),
    ("hint", "VARCHAR"),
    ("load", "VARCHAR"),
)


@dataclass(frozen=True)
class Load:
    """One raw file read into one table, at one time.

    `table` is None for a file that nobody maps. `kept` counts the rows that were readable when they were loaded;
    a later load may still supersede them. `left_out` counts rows that are none of this table's: a finding says why.
    `identity` is what makes the same file twice the same: the table, the
    mapping and the bytes. `is_unique` says that no key repeats inside this load; `ranges` holds the least and
    greatest value of each key part that is never null, as text that sorts as the values do. `replaces` names earlier
    loads of the same bytes into the same table, which were read with another mapping and no longer count, or loads of
    the Desk's own rows of which one was withdrawn.
    `tells_all_of` names columns of which a load tells everything there is: what earlier loads of its source said of the
    same values no longer counts, also under keys that the load does not have.
    `recognised` is the raw table that the file was read as, system.table; empty for mappings and canonical files.
    `rows_sha256` and `quarantine_sha256` are the hashes of the two landed files, empty where there is none and in
    loads of release 0.1; `erased` names the erasures that rewrote them.
    """

    id: str
    seq: int
    at: datetime
    source: str
    file: str
    sha256: str
    table: str | None
    rows_in: int = 0
    kept: int = 0
    quarantined: int = 0
    left_out: int = 0
    findings: tuple[Finding, ...] = ()
    identity: str = ""
    is_unique: bool = True
    ranges: tuple[tuple[str, str, str], ...] = ()
    replaces: tuple[str, ...] = ()
    tells_all_of: tuple[str, ...] = ()
    recognised: str = ""
    rows_sha256: str = ""
    quarantine_sha256: str = ""
    erased: tuple[str, ...] = ()


@dataclass(frozen=True)
class Landing:
    """The landing folder of one company."""

    path: Path

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold the landing for one load or erasure; the lock goes with the process, however it ends."""
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / ".lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise NotReady("Another load is running in this home.", "Wait until it has ended.") from None
            yield

    def loads(self) -> tuple[Load, ...]:
        """Every finished load in the order of loading; empty where nothing was loaded yet."""
        manifests = (self.path / "loads").glob("*.json")
        found = (_manifest(path, path.stat().st_mtime_ns) for path in manifests)
        return tuple(sorted(found, key=lambda load: load.seq))

    def loads_of(self, table_name: str, known_at: datetime | None = None) -> tuple[Load, ...]:
        """The finished loads of one table that brought at least one readable row and were not replaced."""
        loads = self.loads()
        retired = retired_loads(loads, known_at)
        return tuple(load for load in loads if load.table == table_name and load.kept and load.id not in retired)

    def manifest(self, load_id: str) -> Path:
        """Where the manifest of a load stands."""
        return self.path / "loads" / f"{load_id}.json"

    def rows_file(self, load: Load) -> Path:
        """Where the readable rows of a load stand; absent where it kept none."""
        return self.path / str(load.table) / f"{load.id}.parquet"

    def quarantine_file(self, load: Load) -> Path:
        """Where the unreadable rows of a load stand; absent where it had none."""
        return self.path / "quarantine" / f"{load.id}.parquet"

    def commit(self, load: Load) -> None:
        """Make a load count: its manifest is written, synced and renamed into place."""
        target = self.manifest(load.id)
        target.parent.mkdir(parents=True, exist_ok=True)
        draft = target.with_suffix(".draft")
        with draft.open("w", encoding="utf-8") as file:
            json.dump(_written(load), file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)


def retired_loads(loads: Sequence[Load], known_at: datetime | None = None) -> frozenset[str]:
    """The ids of loads that do not count, because their file was read again with another mapping.

    With a `known_at` between both readings the first one still counts: it is what was known then.
    """
    begun = {load.id: load.at for load in loads}
    return frozenset(
        old
        for load in loads
        for old in load.replaces
        if known_at is None or not begun.get(old, load.at) <= _aware(known_at) < load.at
    )


def _aware(instant: datetime) -> datetime:
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def fingerprint(landing: Landing, table_name: str) -> str:
    """What the rows of a table depend on, as 64 hex digits: its loads, their order and their times."""
    parts = [f"{load.seq} {load.id} {load.identity} {load.at.isoformat()}" for load in landing.loads_of(table_name)]
    return hashlib.sha256("\n".join([table_name, *parts]).encode()).hexdigest()


def fingerprint_of_all(loads: Iterable[Load]) -> str:
    """What a book made of these loads depends on, as 64 hex digits; files that nobody maps are not among it."""
    parts = [f"{load.seq} {load.id} {load.identity} {load.at.isoformat()}" for load in loads if load.table]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def landed_columns(table: Table) -> tuple[Column, ...]:
    """The columns a landed row carries: the table's own and its provenance, each name once.

    `customer_alias` has a `source` of its own, which then is also where the row came from.
    """
    named: dict[str, Column] = {}
    for column in table.stored_columns:
        named.setdefault(column.name, column)
    return tuple(named.values())


@lru_cache(maxsize=20_000)
def _manifest(path: Path, _changed: int) -> Load:
    """A manifest, parsed once: a build asks for the loads of each of its tables."""
    return _read(json.loads(path.read_text("utf-8")))


def _written(load: Load) -> dict[str, Any]:
    fields = {name: getattr(load, name) for name in load.__dataclass_fields__}
    return fields | {
        "at": load.at.astimezone(UTC).isoformat(),
        "findings": [finding.stored() for finding in load.findings],
    }


def _read(fields: Mapping[str, Any]) -> Load:
    findings = tuple(Finding(**{**f, "severity": Severity(f["severity"])}) for f in fields["findings"])
    ranges = tuple((str(column), str(low), str(high)) for column, low, high in fields["ranges"])
    at = datetime.fromisoformat(fields["at"])
    load = replace(Load(**fields), at=at, findings=findings, ranges=ranges, replaces=tuple(fields["replaces"]))
    return replace(load, tells_all_of=tuple(fields.get("tells_all_of", ())), erased=tuple(fields.get("erased", ())))


def sha256_of(path: Path) -> str:
    """The hash of a file, as 64 hex digits; '' where there is none."""
    if not path.exists():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
