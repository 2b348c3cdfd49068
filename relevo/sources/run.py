"""One call of loading: what it reports, what it knows already, and the folder it works in alone."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from relevo.base.config import Config
from relevo.base.findings import Finding
from relevo.book.engine import connect, quoted
from relevo.book.landing_store import Landing, Load, retired_loads
from relevo.sources.files.opening import open_regular
from relevo.sources.files.transform import cents_macro, rounded_cents_macro
from relevo.sources.files.write import Target
from relevo.sources.raw.macros import recipe_macros

Progress = Callable[[str, int], None]
LAYOUT = "1"


@dataclass(frozen=True)
class FileLoad:
    """One raw file read into one table. `is_new` is False where the same file had been loaded before."""

    load: Load
    is_new: bool


@dataclass(frozen=True)
class LoadReport:
    """What a load did: per file and table the load, files that were not read, and mappings that found no file.

    `unused` are files that nothing is taken from; `asked` files that wait for an answer; `looked_up` files that have
    no rows of the book of their own, and by which rows of others were read.
    """

    loads: tuple[FileLoad, ...]
    unused: tuple[str, ...]
    unmatched: tuple[str, ...]
    asked: tuple[str, ...] = ()
    looked_up: tuple[str, ...] = ()

    @property
    def quarantined(self) -> int:
        """Rows that could not be read, of the files that are new."""
        return sum(each.load.quarantined for each in self.loads if each.is_new)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the files that are new."""
        return tuple(finding for each in self.loads if each.is_new for finding in each.load.findings)


@dataclass
class Run:
    """One call of loading: its target and what has been loaded so far.

    `current` are the identities that the files and mappings of now make: what else was read from the same bytes into
    the same table is replaced.
    """

    target: Target
    now: datetime
    known: dict[str, Load]
    next_seq: int
    current: frozenset[str] = frozenset()
    hashes: dict[Path, str] = field(default_factory=dict)

    def hash_of(self, path: Path) -> str:
        """The sha256 of a file, computed once; of the reason where it cannot be read, which reading it will tell."""
        if path not in self.hashes:
            try:
                with open_regular(path) as file:
                    self.hashes[path] = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as problem:
                self.hashes[path] = hashlib.sha256(str(problem).encode()).hexdigest()
        return self.hashes[path]

    def identity(self, table: str, path: Path, *how: str, others: Iterable[Path] = ()) -> str:
        """What makes the same file twice the same: its table, its bytes, how it is read, and what else is looked up."""
        parts = [LAYOUT, table, self.hash_of(path), *how]
        parts += [self.hash_of(other) for other in others if other.exists()]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def new_load(self, source: str, file: str, sha256: str, table: str | None, identity: str) -> Load:
        """A load with the next number, not committed yet.

        It replaces earlier readings of the same bytes into the same table, except those that the mappings of now
        would make again.
        """
        seq, self.next_seq = self.next_seq, self.next_seq + 1
        replaces = tuple(
            load.id
            for load in self.known.values()
            if table and (load.sha256, load.table) == (sha256, table) and load.identity not in self.current
        )
        load_id = f"{seq:06d}-{sha256[:12]}"
        return Load(load_id, seq, self.now, source, file, sha256, table, identity=identity, replaces=replaces)

    def once(
        self, source: str, file: str, path: Path, table: str, identity: str, read: Callable[[Load], Load]
    ) -> FileLoad:
        """The load with this identity: as it stands where the same was loaded before, else as `read` makes it."""
        if identity in self.known:
            return FileLoad(self.known[identity], is_new=False)
        load = read(self.new_load(source, file, self.hash_of(path), table, identity))
        self.known[identity] = load
        return FileLoad(load, is_new=True)


def start(target: Target, now: datetime) -> Run:
    """A run that knows what was loaded before."""
    loads = target.landing.loads()
    retired = retired_loads(loads)
    known = {load.identity: load for load in loads if load.id not in retired}
    return Run(target, now, known, max((load.seq for load in loads), default=0) + 1)


@contextmanager
def connection_for(landing: Landing, config: Config) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection within the house's memory that spills into the landing's work folder."""
    with connect(memory_limit=config.house.memory_limit, threads=config.house.threads) as connection:
        for macro in (cents_macro(), rounded_cents_macro(), *recipe_macros()):
            connection.execute(macro)
        connection.execute(f"SET temp_directory = {quoted(work_of(landing))}")
        yield connection


def work_of(landing: Landing) -> Path:
    """Where a load keeps what lies between; emptied when the next one begins."""
    work = landing.path / ".work"
    work.mkdir(parents=True, exist_ok=True)
    return work


@contextmanager
def alone(landing: Landing) -> Iterator[None]:
    """One load at a time, which begins with what a killed one left."""
    with landing.alone():
        _sweep(landing)
        yield


def _sweep(landing: Landing) -> None:
    """Remove what a killed load left behind: files that no manifest counts."""
    counted = {manifest.stem for manifest in (landing.path / "loads").glob("*.json")}
    left = [file for file in landing.path.glob("*/*.parquet") if file.stem not in counted]
    for file in [*left, *landing.path.glob("loads/*.draft")]:
        file.unlink()
    for old in work_of(landing).iterdir():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
