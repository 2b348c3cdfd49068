"""Load a file or a folder: find what feeds which table, read it, and land it."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from relevo.base.config import Config
from relevo.base.findings import Finding, Severity
from relevo.book.landing_store import Landing
from relevo.sources.files.canonical import SOURCE_NAME
from relevo.sources.files.discover import Job, Unused, discover
from relevo.sources.files.limits import limits_of
from relevo.sources.files.mapping import read_mappings
from relevo.sources.files.read import identity_of, read_job
from relevo.sources.files.write import Target
from relevo.sources.raw.batch import LET_ALONE, Looked, RawJob, left_open, look_at, looked_up, set_aside, without_lonely
from relevo.sources.raw.load import Kitchen, raw_identity, read_raw, unanswered
from relevo.sources.raw.said import read_readings
from relevo.sources.raw.twice import told_twice
from relevo.sources.run import LAYOUT, FileLoad, LoadReport, Progress, Run, alone, connection_for, start, work_of

__all__ = ["FileLoad", "LoadReport", "load_path", "opened", "read_all"]


def load_path(
    path: Path,
    landing: Landing,
    config: Config,
    now: datetime,
    on_progress: Progress | None = None,
) -> LoadReport:
    """Load a file, a ZIP archive, an XLSX workbook, or every such file below a folder, into the landing.

    A file is read as a mapping of relevo.toml says, else as the table it is named after, else as the export or the
    raw table it is recognised as. One that was loaded before, in the same way, changes nothing. `now` is the time of
    loading, with its zone. `on_progress` is told the file and its number of rows after each one. Raises WrongUse
    where the path does not exist or a mapping is wrong, NotReady while another load runs. Whatever is wrong with the
    data is in the report and in the landing, never raised.
    """
    mappings, readings = read_mappings(config.sources), read_readings(config.readings)
    with opened(landing, config, now) as run:
        found = discover(path, mappings, landing.path, run.target.work, run.target.limits)
        named, looked = look_at(run, found, readings)
        return read_all(run, config, named, looked, found.unmatched, on_progress)


@contextmanager
def opened(landing: Landing, config: Config, now: datetime) -> Iterator[Run]:
    """A load that is alone in its landing, with a work folder that ends with it."""
    with (
        alone(landing),
        connection_for(landing, config) as connection,
        TemporaryDirectory(dir=work_of(landing)) as work,
    ):
        yield start(Target(landing, connection, Path(work), limits_of(config.house)), now)


def read_all(
    run: Run,
    config: Config,
    named: Sequence[Job],
    looked: Looked,
    unmatched: Sequence[str],
    on_progress: Progress | None = None,
) -> LoadReport:
    """Read files whose tables are known into the landing; those that leave something open are asked about."""
    kitchen = Kitchen(run, config.company.timezone)
    looked = without_lonely(set_aside(looked, _asked_of(kitchen, looked)))
    jobs: list[Job | RawJob] = [*named, *looked.jobs]
    run.current = frozenset(_identity(kitchen, job) for job in jobs)
    done = []
    for job in jobs:
        done.append(read_raw(kitchen, job) if isinstance(job, RawJob) else read_job(run, job))
        if on_progress:
            on_progress(job.file, done[-1].load.rows_in)
    for unused in (*looked.unused, *looked.asked, *_answered(run, jobs, done)):
        _note(run, unused)
    return LoadReport(
        tuple(done),
        tuple(each.file for each in looked.unused),
        tuple(unmatched),
        tuple(each.file for each in looked.asked),
        tuple(sorted(looked_up(looked) - {job.file for job in looked.jobs})),
    )


def _asked_of(kitchen: Kitchen, looked: Looked) -> dict[str, Finding]:
    """What is asked about the files that are not loaded yet: subscriptions told twice, values that stay open."""
    run = kitchen.run
    before = frozenset(job.file for job in looked.jobs if raw_identity(kitchen, job) in run.known)
    twice = told_twice(looked.jobs, run.known.values(), before)
    is_open = {seen.file: left_open(seen.file, kitchen.questions[seen.file]) for seen in unanswered(kitchen, looked)}
    return {**twice, **is_open}


def _identity(kitchen: Kitchen, job: Job | RawJob) -> str:
    return raw_identity(kitchen, job) if isinstance(job, RawJob) else identity_of(kitchen.run, job)


def _answered(run: Run, jobs: Sequence[Job | RawJob], done: Sequence[FileLoad]) -> list[Unused]:
    """Files that asked after they had been read, and are now read as they were: that must not look open for ever."""
    asked = {
        (load.file, load.sha256): load.seq
        for load in run.known.values()
        if any(finding.code == "asked_file" for finding in load.findings)
    }
    told = "It is read as it was before; nothing new was loaded."
    return [
        Unused(job.path, job.file, Finding(Severity.INFO, "read_as_before", job.file, told, "Nothing to do."))
        for job, each in zip(jobs, done, strict=True)
        if not each.is_new and asked.get((each.load.file, each.load.sha256), 0) > each.load.seq
    ]


def _note(run: Run, unused: Unused) -> None:
    """Write down that a file was not read, and why: once, and again where it was read or told otherwise since."""
    sha256 = run.hash_of(unused.path)
    parts = [LAYOUT, "unused", unused.file, sha256, unused.finding.code]
    identity = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    told = run.known.get(identity)
    same = [load for load in run.known.values() if (load.file, load.sha256) == (unused.file, sha256)]
    if told is None or told.seq < max(load.seq for load in same):
        load = replace(run.new_load(SOURCE_NAME, unused.file, sha256, None, identity), findings=(unused.finding,))
        if unused.finding.code == LET_ALONE:
            load = replace(load, replaces=tuple(each.id for each in same if each.table))
        run.target.landing.commit(load)
        run.known[identity] = load
