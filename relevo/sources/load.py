"""Load a file or a folder: find what feeds which table, read it, and land it."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from relevo.base.config import Config
from relevo.base.findings import Finding, Severity
from relevo.book.landing_store import Landing
from relevo.sources.files.canonical import SOURCE_NAME
from relevo.sources.files.discover import Job, Unused, discover
from relevo.sources.files.mapping import read_mappings
from relevo.sources.files.read import identity_of, read_job
from relevo.sources.files.write import Target
from relevo.sources.raw.batch import Looked, RawJob, left_open, look_at, set_aside
from relevo.sources.raw.load import Kitchen, raw_identity, read_raw, unanswered
from relevo.sources.raw.said import read_readings
from relevo.sources.raw.twice import told_twice
from relevo.sources.run import LAYOUT, FileLoad, LoadReport, Progress, Run, alone, connection_for, start, work_of

__all__ = ["FileLoad", "LoadReport", "load_path"]


def load_path(
    path: Path,
    landing: Landing,
    config: Config,
    now: datetime,
    on_progress: Progress | None = None,
) -> LoadReport:
    """Load a file, or every file below a folder, into the landing.

    A file is read as a mapping of relevo.toml says, else as the table it is named after, else as the export or the
    raw table it is recognised as. One that was loaded before, in the same way, changes nothing. `now` is the time of
    loading, with its zone. `on_progress` is told the file and its number of rows after each one. Raises WrongUse
    where the path does not exist or a mapping is wrong, NotReady while another load runs. Whatever is wrong with the
    data is in the report and in the landing, never raised.
    """
    found = discover(path, read_mappings(config.sources), landing.path)
    readings = read_readings(config.readings)
    with (
        alone(landing),
        connection_for(landing, config) as connection,
        TemporaryDirectory(dir=work_of(landing)) as work,
    ):
        run = start(Target(landing, connection, Path(work)), now)
        kitchen = Kitchen(run, config.company.timezone)
        named, looked = look_at(run, found, readings)
        looked = set_aside(looked, _asked_of(kitchen, looked))
        jobs: list[Job | RawJob] = [*named, *looked.jobs]
        run.current = frozenset(_identity(run, job) for job in jobs)
        done = []
        for job in jobs:
            done.append(read_raw(kitchen, job) if isinstance(job, RawJob) else read_job(run, job))
            if on_progress:
                on_progress(job.file, done[-1].load.rows_in)
        for unused in (*looked.unused, *looked.asked, *_answered(run, jobs, done)):
            _note(run, unused)
    told = tuple(each.file for each in looked.unused), found.unmatched, tuple(each.file for each in looked.asked)
    return LoadReport(tuple(done), *told)


def _asked_of(kitchen: Kitchen, looked: Looked) -> dict[str, Finding]:
    """What is asked about the files that are not loaded yet: subscriptions told twice, values that stay open."""
    run = kitchen.run
    before = frozenset(job.file for job in looked.jobs if raw_identity(run, job) in run.known)
    twice = told_twice(looked.jobs, run.known.values(), before)
    is_open = {seen.file: left_open(seen.file, kitchen.questions[seen.file]) for seen in unanswered(kitchen, looked)}
    return {**twice, **is_open}


def _identity(run: Run, job: Job | RawJob) -> str:
    return raw_identity(run, job) if isinstance(job, RawJob) else identity_of(run, job)


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
    same = [load.seq for load in run.known.values() if (load.file, load.sha256) == (unused.file, sha256)]
    if told is None or told.seq < max(same):
        load = replace(run.new_load(SOURCE_NAME, unused.file, sha256, None, identity), findings=(unused.finding,))
        run.target.landing.commit(load)
        run.known[identity] = load
