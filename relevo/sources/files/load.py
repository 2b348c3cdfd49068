"""Load a file or a folder: find what feeds which table, read it, and land it."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from relevo.base.config import Config
from relevo.base.findings import Finding
from relevo.book.engine import connect, quoted
from relevo.book.landing_store import Landing, Load, retired_loads
from relevo.book.tables import TABLES
from relevo.sources.files.canonical import SOURCE_NAME, canonical_cells, header_problem, unknown_columns
from relevo.sources.files.checks import Plan, plan
from relevo.sources.files.discover import Job, Unused, discover
from relevo.sources.files.lines import Broken, Dialect
from relevo.sources.files.mapping import TableMapping, read_mappings
from relevo.sources.files.staging import Staged, stage
from relevo.sources.files.transform import mapped_cells, mapped_header_problem, prepare_lookups
from relevo.sources.files.write import Note, Target, write

Progress = Callable[[str, int], None]
_LAYOUT = "1"


@dataclass(frozen=True)
class FileLoad:
    """One raw file read into one table. `is_new` is False where the same file had been loaded before."""

    load: Load
    is_new: bool


@dataclass(frozen=True)
class LoadReport:
    """What a load did: per file and table the load, the files nobody maps, the mappings that found no file."""

    loads: tuple[FileLoad, ...]
    unused: tuple[str, ...]
    unmatched: tuple[str, ...]

    @property
    def quarantined(self) -> int:
        """Rows that could not be read, of the files that are new."""
        return sum(each.load.quarantined for each in self.loads if each.is_new)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the files that are new."""
        return tuple(finding for each in self.loads if each.is_new for finding in each.load.findings)


@dataclass
class _Run:
    """One call of `load_path`: its target and what has been loaded so far."""

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
                with path.open("rb") as file:
                    self.hashes[path] = hashlib.file_digest(file, "sha256").hexdigest()
            except OSError as problem:
                self.hashes[path] = hashlib.sha256(str(problem).encode()).hexdigest()
        return self.hashes[path]

    def identity(self, job: Job) -> str:
        """What makes the same file twice the same: its table, its bytes, its mapping, and what it looks up."""
        parts = [_LAYOUT, job.table, self.hash_of(job.path)]
        if job.mapping:
            lookups = (self.hash_of(lookup) for lookup in job.lookups if lookup.exists())
            parts += [job.mapping.identity, *lookups]
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


def load_path(
    path: Path,
    landing: Landing,
    config: Config,
    now: datetime,
    on_progress: Progress | None = None,
) -> LoadReport:
    """Load a file, or every file below a folder, into the landing.

    A file that was loaded before, with the same mapping, changes nothing. `now` is the time of loading, with its
    zone. `on_progress` is told the file and its number of rows after each one. Raises WrongUse where the path does
    not exist or a mapping is wrong, NotReady while another load runs. Whatever is wrong with the data is in the
    report and in the landing, never raised.
    """
    sources = read_mappings(config.sources)
    found = discover(path, sources, landing.path)
    with (
        _alone(landing),
        _connection(landing, config) as connection,
        TemporaryDirectory(dir=_work(landing)) as work,
    ):
        run = _start(Target(landing, connection, Path(work)), now, found.jobs)
        done = []
        for job in found.jobs:
            done.append(_load_job(run, job))
            if on_progress:
                on_progress(job.file, done[-1].load.rows_in)
        for unused in found.unused:
            _note_unused(run, unused)
    return LoadReport(tuple(done), tuple(each.file for each in found.unused), found.unmatched)


def _start(target: Target, now: datetime, jobs: Sequence[Job]) -> _Run:
    loads = target.landing.loads()
    retired = retired_loads(loads)
    known = {load.identity: load for load in loads if load.id not in retired}
    run = _Run(target, now, known, max((load.seq for load in loads), default=0) + 1)
    return replace(run, current=frozenset(run.identity(job) for job in jobs))


def _load_job(run: _Run, job: Job) -> FileLoad:
    mapping, sha256, identity = job.mapping, run.hash_of(job.path), run.identity(job)
    if identity in run.known:
        return FileLoad(run.known[identity], is_new=False)
    load = run.new_load(mapping.source if mapping else SOURCE_NAME, job.file, sha256, job.table, identity)
    load = _read_mapped(run, job, mapping, load) if mapping else _read_canonical(run, job, load)
    run.known[identity] = load
    return FileLoad(load, is_new=True)


def _read_canonical(run: _Run, job: Job, load: Load) -> Load:
    table = TABLES[job.table]

    def check(header: tuple[str, ...]) -> Broken | None:
        return header_problem(table, header)

    staged = stage(job.path, Dialect(), check, run.target.work, run.target.connection)
    if staged.broken:
        return write(run.target, load, table, staged, None, ())
    noted = replace(load, findings=unknown_columns(table, staged.header, f"{table.name} in {load.file}"))
    cells = canonical_cells(table, staged.header, staged.types)
    return write(run.target, noted, table, staged, plan(table, staged.relation, cells), ())


def _read_mapped(run: _Run, job: Job, mapping: TableMapping, load: Load) -> Load:
    table = TABLES[job.table]

    def check(header: tuple[str, ...]) -> Broken | None:
        return mapped_header_problem(mapping, header)

    staged = stage(job.path, mapping.dialect, check, run.target.work, run.target.connection)
    broken = staged.broken or prepare_lookups(mapping, job.lookups, run.target.connection, run.target.work)
    if broken:
        return write(run.target, load, table, _all_refused(staged, broken), None, ())
    made, notes = mapped_plan(mapping, staged)
    return write(run.target, load, table, staged, made, notes)


def mapped_plan(mapping: TableMapping, staged: Staged) -> tuple[Plan, tuple[Note, ...]]:
    """The SQL of a mapped file, and what to count in it."""
    relation, cells, notes = mapped_cells(mapping, staged)
    return plan(TABLES[mapping.table], relation, cells), notes


def _all_refused(staged: Staged, broken: Broken) -> Staged:
    """The same file with all of its rows refused for one reason."""
    if staged.broken:
        return staged
    told = f"{quoted(broken.reason)} AS reason, {quoted(broken.hint)} AS hint"
    refused = f"SELECT _line AS line, NULL::VARCHAR AS value, {told} FROM ({staged.relation})"
    if staged.refused:
        refused = f"{staged.refused} UNION ALL {refused}"
    return Staged(staged.header, staged.types, staged.rows, "", refused, broken)


def _note_unused(run: _Run, unused: Unused) -> None:
    sha256 = run.hash_of(unused.path)
    identity = hashlib.sha256(json.dumps([_LAYOUT, "unused", unused.file, sha256]).encode()).hexdigest()
    if identity not in run.known:
        load = run.new_load(SOURCE_NAME, unused.file, sha256, None, identity)
        run.target.landing.commit(replace(load, findings=(unused.finding,)))


@contextmanager
def _connection(landing: Landing, config: Config) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(memory_limit=config.house.memory_limit, threads=config.house.threads) as connection:
        connection.execute(f"SET temp_directory = {quoted(_work(landing))}")
        yield connection


def _work(landing: Landing) -> Path:
    work = landing.path / ".work"
    work.mkdir(parents=True, exist_ok=True)
    return work


@contextmanager
def _alone(landing: Landing) -> Iterator[None]:
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
    for old in _work(landing).iterdir():
        shutil.rmtree(old) if old.is_dir() else old.unlink()
