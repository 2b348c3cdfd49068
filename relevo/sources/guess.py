"""What a file would be taken for: its table, its columns, what it leaves open, and ten rows before and after.

Nothing is landed. The mapping page and `relevo load --guess` show this, and loading does the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from relevo.base.config import Config
from relevo.book.landing_store import Landing
from relevo.book.tables import TABLES
from relevo.sources.files.checks import plan
from relevo.sources.files.discover import discover
from relevo.sources.files.limits import limits_of
from relevo.sources.files.mapping import read_mappings
from relevo.sources.files.write import Target
from relevo.sources.raw.batch import Looked, RawJob, Seen, look_at
from relevo.sources.raw.facts import Facts, Question
from relevo.sources.raw.load import Kitchen
from relevo.sources.raw.rawfile import RawFile
from relevo.sources.raw.recipes import cook
from relevo.sources.raw.said import Reading
from relevo.sources.run import connection_for, start

ROWS = 10
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class GuessedColumn:
    """One column of a file: its heading, the field it is taken for ('' for none), its kind and how it is written."""

    heading: str
    field: str
    kind: str
    facts: Facts


@dataclass(frozen=True)
class Preview:
    """The first rows that a file gives a table of the book; `problems` says of each why it would be set aside."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    problems: tuple[str | None, ...]


@dataclass(frozen=True)
class Guess:
    """What one file is taken for. `table` is system.table, '' where nothing is likely enough; `others` come next."""

    file: str
    table: str
    others: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    zone: str = ""
    columns: tuple[GuessedColumn, ...] = ()
    questions: tuple[Question, ...] = ()
    before: tuple[tuple[str | None, ...], ...] = ()
    after: tuple[Preview, ...] = ()


def guess(path: Path, config: Config, readings: Sequence[Reading]) -> tuple[Guess, ...]:
    """What every file at a path would be taken for that no mapping names; WrongUse where there is no such path."""
    with TemporaryDirectory() as folder:
        scratch = Landing(Path(folder))
        with connection_for(scratch, config) as connection, TemporaryDirectory(dir=folder) as work:
            run = start(Target(scratch, connection, Path(work)), _NO_TIME)
            found = discover(path, read_mappings(config.sources), scratch.path, Path(work), limits_of(config.house))
            _, looked = look_at(run, found, readings)
            kitchen = Kitchen(run, config.company.timezone)
            known = tuple(_guessed(kitchen, seen, looked) for seen in looked.seen)
    unknown = tuple(Guess(each.file, "", each.choices) for each in (*looked.asked, *looked.unused))
    return tuple(sorted((*known, *unknown), key=lambda each: each.file))


def _guessed(kitchen: Kitchen, seen: Seen, looked: Looked) -> Guess:
    raw = kitchen.file(seen)
    jobs = [job for job in looked.jobs if job.file == seen.file]
    return Guess(
        seen.file,
        seen.match.code,
        encoding=seen.dialect.encoding,
        delimiter=seen.dialect.delimiter,
        zone=raw.zone,
        columns=_columns(raw),
        questions=kitchen.questions[seen.file],
        before=_before(kitchen, raw),
        after=tuple(_preview(kitchen, job) for job in jobs) if not raw.staged.broken else (),
    )


def _columns(raw: RawFile) -> tuple[GuessedColumn, ...]:
    field_at = {place: name for name, place in raw.match.columns.items()}
    return tuple(
        GuessedColumn(
            heading,
            name := field_at.get(place, ""),
            str(raw.table.by_name[name].kind) if name else "",
            raw.facts.get(name, Facts()),
        )
        for place, heading in enumerate(raw.staged.header)
    )


def _before(kitchen: Kitchen, raw: RawFile) -> tuple[tuple[str | None, ...], ...]:
    if raw.staged.broken:
        return ()
    texts = ", ".join(f"CAST(c{place} AS VARCHAR)" for place in range(len(raw.staged.header)))
    sql = f"SELECT {texts} FROM ({raw.staged.relation}) ORDER BY _line LIMIT {ROWS}"
    return tuple(kitchen.run.target.connection.execute(sql).fetchall())


def _preview(kitchen: Kitchen, job: RawJob) -> Preview:
    relations = {name: kitchen.relation(job, name) for name in job.joined}
    cooked = cook(job.recipe, kitchen.file(job.seen), relations, job.system)
    made = plan(TABLES[job.recipe.fills], f"SELECT * FROM ({cooked.relation}) WHERE _in AND NOT _old", cooked.cells)
    names = tuple(cell.column.name for cell in made.cells)
    texts = ", ".join(f'CAST("v.{name}" AS VARCHAR)' for name in names)
    sql = f"SELECT _problem, {texts} FROM ({made.relation}) ORDER BY _line LIMIT {ROWS}"
    rows = kitchen.run.target.connection.execute(sql).fetchall()
    reasons = [None, *(f"{check.column}: {check.reason}" for check in made.checks)]
    return Preview(job.recipe.fills, names, tuple(row[1:] for row in rows), tuple(reasons[row[0]] for row in rows))
