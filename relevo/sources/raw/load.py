"""Read one raw file into one table of the book by one recipe."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from relevo.base.findings import Finding, Severity
from relevo.book.engine import quoted
from relevo.book.landing_store import Load
from relevo.book.tables import TABLES
from relevo.sources.files.checks import plan
from relevo.sources.files.staging import Staged, is_parquet, stage
from relevo.sources.files.write import write
from relevo.sources.raw.batch import Looked, RawJob, Seen
from relevo.sources.raw.facts import Question, judge
from relevo.sources.raw.joined import Unread, joined_relation, unread, unread_findings
from relevo.sources.raw.model import Kind
from relevo.sources.raw.rawfile import RawFile
from relevo.sources.raw.recipes import Cooked, cook, without
from relevo.sources.run import FileLoad, Run
from relevo.sources.systems import SYSTEMS

# Changes when what a system's recipes make of the same bytes changes.
RECIPES = "1"
# Rows up to which a file's rows are kept in memory while they are counted, landed and set aside.
SMALL = 100_000


@dataclass
class Kitchen:
    """The raw files of one load, each made ready once, and the relations of those that are joined."""

    run: Run
    zone: str
    ready: dict[str, RawFile] = field(default_factory=dict)
    questions: dict[str, tuple[Question, ...]] = field(default_factory=dict)
    joined: dict[tuple[str, str], str] = field(default_factory=dict)
    unread: dict[tuple[str, str], tuple[Unread, ...]] = field(default_factory=dict)

    def file(self, seen: Seen) -> RawFile:
        """A file made ready for SQL; its questions are kept."""
        if seen.file not in self.ready:
            self.ready[seen.file] = self._made_ready(seen)
        return self.ready[seen.file]

    def _made_ready(self, seen: Seen) -> RawFile:
        work = self.run.target.work / f"raw_{len(self.ready)}"
        work.mkdir()
        target = self.run.target
        staged = stage(seen.path, seen.dialect, lambda _: None, work, target.connection, target.limits)
        if seen.match.table.has_footer:
            staged = self._without_footer(staged)
        staged = staged if staged.broken or is_parquet(seen.path) else self._by_columns(staged, work)
        judged = judge(self.run.target.connection, staged.relation, judged_fields(seen), seen.reading.facts)
        self.questions[seen.file] = (*judged.questions, *currency_asked(seen))
        zone = seen.reading.timezone or ("UTC" if seen.says_zone else self.zone)
        return RawFile(seen.path, seen.file, seen.match, staged, judged.facts, zone, seen.reading.currency)

    def _by_columns(self, staged: Staged, work: Path) -> Staged:
        """The same rows in columns: they are read several times, each time only some of them."""
        file = quoted(work / "rows.parquet")
        self.run.target.connection.execute(f"COPY ({staged.relation}) TO {file} (FORMAT parquet)")
        return replace(staged, relation=f"SELECT * FROM read_parquet({file})")

    def _without_footer(self, staged: Staged) -> Staged:
        """Lines of another width below the last row are a footer: no rows."""
        if not staged.refused:
            return staged
        connection = self.run.target.connection
        last = connection.execute(f"SELECT coalesce(max(_line), 0) FROM ({staged.relation})").fetchall()[0][0]
        refused = f"SELECT * FROM ({staged.refused}) WHERE line <= {last}"
        left = connection.execute(f"SELECT count(*) FROM ({refused})").fetchall()[0][0]
        all_refused = connection.execute(f"SELECT count(*) FROM ({staged.refused})").fetchall()[0][0]
        return replace(staged, rows=staged.rows - all_refused + left, refused=refused if left else None)

    def relation(self, job: RawJob, name: str) -> str:
        """The name of a view of the rows of a raw table, for recipes to join: a file, of which they read columns."""
        key = (job.system.name, name)
        if key not in self.joined:
            made = f'"raw.{job.system.name}.{name}"'
            files = [self.file(seen) for seen in job.joined[name]]
            table, connection = job.system.table(name), self.run.target.connection
            file = quoted(self.run.target.work / f"joined_{len(self.joined)}.parquet")
            connection.execute(f"COPY ({joined_relation(table, files)}) TO {file} (FORMAT parquet)")
            connection.execute(f"CREATE OR REPLACE TEMP VIEW {made} AS SELECT * FROM read_parquet({file})")
            self.joined[key], self.unread[key] = made, unread(connection, made, table, files)
        return self.joined[key]


def _is_local(seen: Seen) -> bool:
    """Whether a file's times are read in the company's zone."""
    has_times = any(seen.match.table.by_name[name].kind is Kind.TIME for name in seen.match.columns)
    return has_times and not seen.says_zone and not seen.reading.timezone


def judged_fields(seen: Seen) -> dict[str, tuple[str, Kind]]:
    """Each field of a file as `judge` wants it: its column of the staged file as text, and its kind."""
    kinds = seen.match.table.by_name
    return {name: (f"CAST(c{place} AS VARCHAR)", kinds[name].kind) for name, place in seen.match.columns.items()}


def currency_asked(seen: Seen) -> tuple[Question, ...]:
    """Amounts of a file that names no currency are asked about: a guess would be money nobody has."""
    system = next(each for each in SYSTEMS if each.name == seen.match.system)
    recipes = [recipe for recipe in system.recipes if recipe.of == seen.match.table.name]
    asks = any("{currency}" in sql for recipe in recipes for sql in recipe.cells.values())
    if not asks or seen.reading.currency or "currency" in seen.match.columns:
        return ()
    return (Question("amounts", "currency", ("",), ()),)


def raw_identity(kitchen: Kitchen, job: RawJob) -> str:
    """What makes the same file, read by the same recipe beside the same others, the same.

    The company's zone is part of it where a file has times and neither itself nor an answer says their zone.
    """
    run, others = kitchen.run, [seen for files in job.joined.values() for seen in files]
    how = [job.seen.match.code, RECIPES, str(job.place), job.seen.reading.identity]
    how += [seen.reading.identity for seen in others]
    if any(_is_local(seen) for seen in (job.seen, *others)):
        how.append(kitchen.zone)
    return run.identity(job.recipe.fills, job.seen.path, *how, others=[seen.path for seen in others])


def read_raw(kitchen: Kitchen, job: RawJob) -> FileLoad:
    """Load one file by one recipe; nothing where the same was loaded before."""
    run = kitchen.run
    read = partial(_read, kitchen, job)
    return run.once(job.system.name, job.file, job.seen.path, job.recipe.fills, raw_identity(kitchen, job), read)


def _read(kitchen: Kitchen, job: RawJob, load: Load) -> Load:
    raw, target, table = kitchen.file(job.seen), kitchen.run.target, TABLES[job.recipe.fills]
    load = replace(load, recognised=job.seen.match.code)
    if raw.staged.broken:
        return write(target, load, table, raw.staged, None, ())
    relations: Mapping[str, str] = {name: kitchen.relation(job, name) for name in job.joined}
    cooked = _made_once(kitchen, raw, cook(job.recipe, raw, relations, job.system))
    counts = "count(*), count(*) FILTER (_old), count(*) FILTER (NOT _in AND NOT _old)"
    rows, old, rest = target.connection.execute(f"SELECT {counts} FROM ({cooked.relation})").fetchall()[0]
    refused = raw.staged.rows - _rows(kitchen, raw)
    made = plan(table, f"SELECT * FROM ({cooked.relation}) WHERE _in AND NOT _old", cooked.cells)
    left = (*_left_out(load, old, "a later version of them is there"), *_left_out(load, rest, job.recipe.rest))
    told = (each for name in job.joined for each in _unread(kitchen, job, name))
    findings = (*left, *_unknown(job, load), *told)
    load = replace(load, left_out=old + rest, findings=findings, tells_all_of=job.recipe.tells_all_of)
    return write(target, load, table, replace(raw.staged, rows=rows + refused), made, ())


def _made_once(kitchen: Kitchen, raw: RawFile, cooked: Cooked) -> Cooked:
    """A small file's rows in a table, for most of its time goes into reading the SQL; those of a large one flow."""
    if raw.staged.rows > SMALL:
        return cooked
    kitchen.run.target.connection.execute(f"CREATE OR REPLACE TEMP TABLE cooked AS {cooked.relation}")
    return replace(cooked, relation="SELECT * FROM cooked")


def _rows(kitchen: Kitchen, raw: RawFile) -> int:
    found = kitchen.run.target.connection.execute(f"SELECT count(*) FROM ({raw.staged.relation})").fetchall()
    return int(found[0][0])


def _unread(kitchen: Kitchen, job: RawJob, name: str) -> tuple[Finding, ...]:
    return unread_findings(job.recipe, name, kitchen.unread[job.system.name, name])


def _left_out(load: Load, count: int, reason: str) -> tuple[Finding, ...]:
    if not count:
        return ()
    where = f"{load.table} in {load.file}"
    told = f"{count} rows are not read into {load.table}: {reason}."
    return (Finding(Severity.INFO, "left_out", where, told, "Nothing to do."),)


def _unknown(job: RawJob, load: Load) -> tuple[Finding, ...]:
    there = frozenset(name for name, files in job.joined.items() if files)
    where = f"{load.table} in {load.file}"
    return tuple(
        Finding(Severity.INFO, "without_table", where, f"There is no table {name}: {told}", "Load it with the others.")
        for name, told in without(job.system, job.recipe, there)
    )


def unanswered(kitchen: Kitchen, looked: Looked) -> tuple[Seen, ...]:
    """The files of jobs that are not loaded yet and leave something open."""
    new = {job.file: job.seen for job in looked.jobs if raw_identity(kitchen, job) not in kitchen.run.known}
    for seen in new.values():
        kitchen.file(seen)
    return tuple(seen for seen in new.values() if kitchen.questions[seen.file])
