"""What a file would be taken for: its table, its columns, what it leaves open, and ten rows before and after.

Nothing is landed. The mapping page and `relevo load --guess` show this, and loading does the same.
"""

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from relevo.base.config import Config
from relevo.base.findings import Finding
from relevo.book.landing_store import Landing
from relevo.book.tables import TABLES
from relevo.sources.files.checks import plan
from relevo.sources.files.discover import Unused, discover
from relevo.sources.files.limits import limits_of
from relevo.sources.files.mapping import read_mappings
from relevo.sources.files.sniff import sniff
from relevo.sources.files.staging import Staged, stage
from relevo.sources.files.write import Target
from relevo.sources.raw.batch import Looked, RawJob, Seen, header_of, look_at
from relevo.sources.raw.facts import Facts, Order, Point, Question, judge
from relevo.sources.raw.load import Kitchen, currency_asked, judged_fields
from relevo.sources.raw.model import Kind
from relevo.sources.raw.rawfile import RawFile
from relevo.sources.raw.recipes import cook
from relevo.sources.raw.recognise import Recogniser, stem_of
from relevo.sources.raw.said import IGNORE, Reading, pattern_of, reading_for
from relevo.sources.raw.shown import Shown, shown_values
from relevo.sources.run import connection_for, start
from relevo.sources.systems import SYSTEMS

ROWS = 10
# Among so many first rows of a file those are looked for that a table of the book takes.
LOOKED_THROUGH = 1000
MOST_OTHERS = 3
_NO_TIME = datetime(1970, 1, 1, tzinfo=UTC)
_TABLES = (".csv", ".tsv", ".txt", ".parquet", ".gz", ".zst")


@dataclass(frozen=True)
class GuessedColumn:
    """One column of a file: its heading, the field it is taken for ('' for none), its kind and how it is written.

    `usual` is the field that its heading alone would make it.
    """

    heading: str
    field: str = ""
    kind: str = ""
    facts: Facts = dataclasses.field(default_factory=Facts)
    usual: str = ""


@dataclass(frozen=True)
class Preview:
    """The first rows that a file gives a table of the book; `problems` says of each why it would be set aside."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | None, ...], ...]
    problems: tuple[str | None, ...]


@dataclass(frozen=True)
class Guess:
    """What one file is taken for. `table` is system.table, '' where nothing is likely enough; `others` come next.

    `questions` are open; `asks` are those and the ones that were answered, `shown` values that each could be read in
    several ways. `is_named` says that the name of the file speaks for the table too. `why` is there for a file of
    which nothing would be read as it stands.
    """

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
    asks: tuple[Question, ...] = ()
    shown: tuple[Shown, ...] = ()
    said: Reading = dataclasses.field(default_factory=lambda: Reading(""))
    is_named: bool = False
    why: Finding | None = None

    @property
    def known(self) -> int:
        """How many of the columns are known."""
        return sum(1 for column in self.columns if column.field)

    @property
    def has_times(self) -> bool:
        """Whether a column holds times that may not say their zone."""
        return any(column.kind == Kind.TIME for column in self.columns)


def guess(path: Path, config: Config, readings: Sequence[Reading], only: str | None = None) -> tuple[Guess, ...]:
    """What every file at a path would be taken for that no mapping names; WrongUse where there is no such path.

    With `only` that file alone, still beside its neighbours; nothing where the path has no such file.
    """
    with TemporaryDirectory() as folder:
        scratch = Landing(Path(folder))
        with connection_for(scratch, config) as connection, TemporaryDirectory(dir=folder) as work:
            run = start(Target(scratch, connection, Path(work)), _NO_TIME)
            found = discover(path, read_mappings(config.sources), scratch.path, Path(work), limits_of(config.house))
            _, looked = look_at(run, found, readings)
            kitchen = Kitchen(run, config.company.timezone)
            known = [_guessed(kitchen, seen, looked) for seen in looked.seen if only in (None, seen.file)]
            left = [each for each in (*looked.asked, *looked.unused) if only in (None, each.file)]
            unknown = [_unknown(kitchen, each, readings, n) for n, each in enumerate(left)]
    return tuple(sorted((*known, *unknown), key=lambda each: each.file))


def table_of(path: Path, file: str, config: Config, readings: Sequence[Reading]) -> str:
    """What one file is certainly taken for by its header alone, as system.table; '' where that is not certain."""
    said = reading_for(file, readings).is_
    if said:
        return said
    with TemporaryDirectory() as folder, connection_for(Landing(Path(folder)), config) as connection:
        found = Recogniser(SYSTEMS).recognise(file, header_of(path, sniff(path), connection))
    return found.matches[0].code if found.is_certain else ""


def every_table() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Each system by its title with its raw tables, each as system.table and by its name."""
    return tuple(
        (system.title, tuple((f"{system.name}.{table.name}", table.name) for table in system.tables))
        for system in SYSTEMS
    )


def fields_of(table: str) -> tuple[tuple[str, str], ...]:
    """The fields of a raw table (system.table) with their kinds; none where there is no such table."""
    found = next((t for s in SYSTEMS for t in s.tables if f"{s.name}.{t.name}" == table), None)
    return tuple((field.name, str(field.kind)) for field in found.fields) if found else ()


def columns_said(table: str, headings: Sequence[str], fields: Sequence[str]) -> dict[str, str]:
    """What to say of columns so that each is the field beside it ('' for none), as far as its heading says otherwise.

    By field the heading, '' for a field that no column is.
    """
    match = Recogniser(SYSTEMS).match_said(table, headings)
    usual = {name: headings[place] for name, place in match.columns.items()} if match else {}
    wanted = {field: heading for heading, field in zip(headings, fields, strict=False) if field}
    said = {field: heading for field, heading in wanted.items() if usual.get(field) != heading}
    return {**said, **{field: "" for field in usual if field not in wanted}}


def holds(folder: Path, file: str) -> bool:
    """Whether a file lies in a folder, in an archive there, or is a sheet (`book.xlsx#Sheet1`) of a workbook there."""
    place = folder / (file.rpartition("#")[0] or file)
    return any(path.is_file() for path in (place, *place.parents) if path.is_relative_to(folder))


def _guessed(kitchen: Kitchen, seen: Seen, looked: Looked) -> Guess:
    raw = kitchen.file(seen)
    jobs = [job for job in looked.jobs if job.file == seen.file]
    asks = _asks(kitchen, seen, raw)
    return Guess(
        seen.file,
        seen.match.code,
        _others(seen.file, raw.staged.header, seen.match.code),
        encoding=seen.dialect.encoding,
        delimiter=seen.dialect.delimiter,
        zone=raw.zone,
        columns=_columns(raw),
        questions=kitchen.questions[seen.file],
        before=_before(kitchen, raw.staged),
        after=tuple(_preview(kitchen, job) for job in jobs) if not raw.staged.broken else (),
        asks=asks,
        shown=() if raw.staged.broken else shown_values(kitchen.run.target.connection, raw, asks),
        said=seen.reading,
        is_named=stem_of(seen.file) in (seen.match.table.name, *seen.match.table.files),
    )


def _unknown(kitchen: Kitchen, each: Unused, readings: Sequence[Reading], place: int) -> Guess:
    """A file that is no raw table for certain: its headings and first rows, where it is a table at all."""
    said = reading_for(each.file, readings)
    if not each.file.lower().endswith(_TABLES):
        return Guess(each.file, "", each.choices, said=said, why=each.finding)
    work = kitchen.run.target.work / f"unknown_{place}"
    work.mkdir()
    dialect = sniff(each.path)
    staged = stage(each.path, dialect, lambda _: None, work, kitchen.run.target.connection)
    return Guess(
        each.file,
        "",
        each.choices,
        encoding=dialect.encoding,
        delimiter=dialect.delimiter,
        columns=tuple(GuessedColumn(heading) for heading in staged.header),
        before=_before(kitchen, staged),
        said=said,
        why=None if said.is_ == IGNORE else each.finding,
    )


def _others(file: str, header: Sequence[str], taken: str) -> tuple[str, ...]:
    found = Recogniser(SYSTEMS).recognise(file, header)
    return tuple(match.code for match in found.matches if match.code != taken)[:MOST_OTHERS]


def _asks(kitchen: Kitchen, seen: Seen, raw: RawFile) -> tuple[Question, ...]:
    """Everything that the file leaves open by itself, whatever was answered."""
    if raw.staged.broken:
        return ()
    bare = replace(seen, reading=replace(seen.reading, currency=None))
    questions = tuple(each for each in kitchen.questions[seen.file] if each.about != "currency")
    if seen.reading.facts != Facts():
        connection = kitchen.run.target.connection
        questions = judge(connection, raw.staged.relation, judged_fields(seen), Facts()).questions
    return (*questions, *currency_asked(bare))


def _columns(raw: RawFile) -> tuple[GuessedColumn, ...]:
    field_at = {place: name for name, place in raw.match.columns.items()}
    usual = Recogniser(SYSTEMS).match_said(raw.match.code, raw.staged.header)
    usual_at = {place: name for name, place in usual.columns.items()} if usual else {}
    return tuple(
        GuessedColumn(
            heading,
            name := field_at.get(place, ""),
            str(raw.table.by_name[name].kind) if name else "",
            raw.facts.get(name, Facts()),
            usual_at.get(place, ""),
        )
        for place, heading in enumerate(raw.staged.header)
    )


def _before(kitchen: Kitchen, staged: Staged) -> tuple[tuple[str | None, ...], ...]:
    if staged.broken or not staged.header:
        return ()
    texts = ", ".join(f"CAST(c{place} AS VARCHAR)" for place in range(len(staged.header)))
    sql = f"SELECT {texts} FROM ({staged.relation}) ORDER BY _line LIMIT {ROWS}"
    return tuple(kitchen.run.target.connection.execute(sql).fetchall())


def _beginning(raw: RawFile) -> RawFile:
    """The same file as far as its first rows are concerned; all of it where its rows are versions of each other."""
    if raw.table.versioned_by in raw.match.columns:
        return raw
    first = f"SELECT * FROM ({raw.staged.relation}) ORDER BY _line LIMIT {LOOKED_THROUGH}"
    return replace(raw, staged=replace(raw.staged, relation=first))


def _preview(kitchen: Kitchen, job: RawJob) -> Preview:
    relations = {name: kitchen.relation(job, name) for name in job.joined}
    cooked = cook(job.recipe, _beginning(kitchen.file(job.seen)), relations, job.system)
    made = plan(TABLES[job.recipe.fills], f"SELECT * FROM ({cooked.relation}) WHERE _in AND NOT _old", cooked.cells)
    names = tuple(cell.column.name for cell in made.cells)
    texts = ", ".join(f'CAST("v.{name}" AS VARCHAR)' for name in names)
    sql = f"SELECT _problem, {texts} FROM ({made.relation}) ORDER BY _line LIMIT {ROWS}"
    rows = kitchen.run.target.connection.execute(sql).fetchall()
    reasons = [None, *(f"{check.column}: {check.reason}" for check in made.checks)]
    return Preview(job.recipe.fills, names, tuple(row[1:] for row in rows), tuple(reasons[row[0]] for row in rows))


def answer_to(guessed: Guess, currency: str) -> Reading:
    """A reading that answers what a file leaves open: for each question the first choice, and this currency."""
    choices = {question.about: question.choices for question in reversed(guessed.questions)}
    return replace(
        guessed.said,
        file=pattern_of(guessed.file),
        is_=guessed.table or next(iter(guessed.others), ""),
        order=Order(choices["dates"][0]) if "dates" in choices else guessed.said.order,
        point=Point(choices["decimals"][0]) if "decimals" in choices else guessed.said.point,
        currency=currency if "currency" in choices else guessed.said.currency,
    )
