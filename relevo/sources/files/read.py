"""Read a canonical file, or one that a mapping of relevo.toml describes, into its table."""

from dataclasses import replace

from relevo.book.engine import quoted
from relevo.book.landing_store import Load
from relevo.book.tables import TABLES
from relevo.sources.files.canonical import SOURCE_NAME, canonical_cells, header_problem, unknown_columns
from relevo.sources.files.checks import Plan, plan
from relevo.sources.files.discover import Job
from relevo.sources.files.lines import Broken, Dialect
from relevo.sources.files.mapping import TableMapping
from relevo.sources.files.staging import Staged, stage
from relevo.sources.files.transform import mapped_cells, mapped_header_problem, prepare_lookups
from relevo.sources.files.write import Note, write
from relevo.sources.run import FileLoad, Run


def identity_of(run: Run, job: Job) -> str:
    """What makes the same file, read in the same way, the same."""
    how = (job.mapping.identity,) if job.mapping else ()
    return run.identity(job.table, job.path, *how, others=job.lookups)


def read_job(run: Run, job: Job) -> FileLoad:
    """Load one file into one table; nothing where the same was loaded before."""
    mapping = job.mapping
    source = mapping.source if mapping else SOURCE_NAME

    def read(load: Load) -> Load:
        return _read_mapped(run, job, mapping, load) if mapping else _read_canonical(run, job, load)

    return run.once(source, job.file, job.path, job.table, identity_of(run, job), read)


def _read_canonical(run: Run, job: Job, load: Load) -> Load:
    table = TABLES[job.table]

    def check(header: tuple[str, ...]) -> Broken | None:
        return header_problem(table, header)

    staged = stage(job.path, Dialect(), check, run.target.work, run.target.connection, run.target.limits)
    if staged.broken:
        return write(run.target, load, table, staged, None, ())
    noted = replace(load, findings=unknown_columns(table, staged.header, f"{table.name} in {load.file}"))
    cells = canonical_cells(table, staged.header, staged.types)
    return write(run.target, noted, table, staged, plan(table, staged.relation, cells), ())


def _read_mapped(run: Run, job: Job, mapping: TableMapping, load: Load) -> Load:
    table = TABLES[job.table]

    def check(header: tuple[str, ...]) -> Broken | None:
        return mapped_header_problem(mapping, header)

    target = run.target
    staged = stage(job.path, mapping.dialect, check, target.work, target.connection, target.limits)
    broken = staged.broken or prepare_lookups(mapping, job.lookups, run.target.connection, run.target.work)
    if broken:
        return write(run.target, load, table, all_refused(staged, broken), None, ())
    made, notes = mapped_plan(mapping, staged)
    return write(run.target, load, table, staged, made, notes)


def mapped_plan(mapping: TableMapping, staged: Staged) -> tuple[Plan, tuple[Note, ...]]:
    """The SQL of a mapped file, and what to count in it."""
    relation, cells, notes = mapped_cells(mapping, staged)
    return plan(TABLES[mapping.table], relation, cells), notes


def all_refused(staged: Staged, broken: Broken) -> Staged:
    """The same file with all of its rows refused for one reason."""
    if staged.broken:
        return staged
    told = f"{quoted(broken.reason)} AS reason, {quoted(broken.hint)} AS hint"
    refused = f"SELECT _line AS line, NULL::VARCHAR AS value, {told} FROM ({staged.relation})"
    if staged.refused:
        refused = f"{staged.refused} UNION ALL {refused}"
    return Staged(staged.header, staged.types, staged.rows, "", refused, broken)
