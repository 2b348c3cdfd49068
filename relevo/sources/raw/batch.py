"""Which files of a load are raw tables of which system, and what is to be made of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import duckdb

from relevo.base.findings import Finding, Severity
from relevo.book.engine import quoted
from relevo.book.tables import TABLES
from relevo.sources.files.canonical import header_problem
from relevo.sources.files.discover import Found, Job, Unused, is_table, refused_file, unused_file
from relevo.sources.files.kinds import other_than_parquet, other_than_text
from relevo.sources.files.lines import Broken, Dialect, headed
from relevo.sources.files.sheets import heading_of, is_sheet
from relevo.sources.files.sniff import sniff
from relevo.sources.files.staging import damage, is_parquet
from relevo.sources.raw.facts import Question
from relevo.sources.raw.headings import plain, says_utc
from relevo.sources.raw.model import HISTORY, Recipe, System
from relevo.sources.raw.recognise import Match, Recognised, Recogniser, stem_of
from relevo.sources.raw.said import IGNORE, Reading, reading_for
from relevo.sources.run import Run
from relevo.sources.systems import SYSTEMS

MOST_CHOICES = 3
LET_ALONE = "let_alone"


@dataclass(frozen=True)
class Seen:
    """One file whose raw table is known: how it is written, and what was said about it.

    `says_zone` where the file itself tells the zone of its times: UTC in a heading, or as a loader's table.
    """

    path: Path
    file: str
    match: Match
    dialect: Dialect
    reading: Reading
    says_zone: bool = False


@dataclass(frozen=True)
class RawJob:
    """One recipe over one file. `joined` are the files of each raw table that the recipe joins."""

    seen: Seen
    system: System
    recipe: Recipe
    place: int
    joined: Mapping[str, tuple[Seen, ...]]

    @property
    def file(self) -> str:
        """The name of its file."""
        return self.seen.file

    @property
    def path(self) -> Path:
        """Where its file stands."""
        return self.seen.path


@dataclass(frozen=True)
class Looked:
    """What a look at files found: what to read, what nothing is taken from, and what waits for an answer."""

    jobs: tuple[RawJob, ...] = ()
    unused: tuple[Unused, ...] = ()
    asked: tuple[Unused, ...] = ()
    seen: tuple[Seen, ...] = field(default=())


def look_at(run: Run, found: Found, readings: Sequence[Reading]) -> tuple[tuple[Job, ...], Looked]:
    """Recognise the files that neither a mapping nor a canonical name explains.

    Loaders name their tables customer or invoice too: a file of such a name whose header is not that of the table of
    the book is looked at as well, and read as the table of the book where it is nothing else.
    """
    named = {job.path: job for job in found.jobs if _is_named_alone(run, job)}
    doubtful = tuple(unused_file(job.path, job.file) for job in named.values())
    mapped = _mapped_systems(run, found.jobs)
    looked = _look_at_all(run, (*found.unused, *doubtful), readings, mapped)
    taken = {each.path for each in looked.seen} | {each.path for each in looked.asked}
    unused = tuple(each for each in looked.unused if each.path not in named)
    jobs = tuple(job for job in found.jobs if job.path not in taken)
    return jobs, replace(looked, unused=unused)


def _mapped_systems(run: Run, jobs: Sequence[Job]) -> Mapping[Path, frozenset[str]]:
    """By folder the systems of which a mapping reads some table: read twice, a customer would have two ids."""
    recogniser, mapped = Recogniser(SYSTEMS), dict[Path, frozenset[str]]()
    for path in {path for job in jobs if job.mapping for path in (job.path, *job.lookups) if path.exists()}:
        found = recogniser.recognise(path.name, header_of(path, sniff(path), run.target.connection))
        if found.is_certain:
            mapped[path.parent] = mapped.get(path.parent, frozenset()) | {found.matches[0].system}
    return mapped


def _is_named_alone(run: Run, job: Job) -> bool:
    """Whether nothing but its name says that a file is a table of the book."""
    if job.mapping:
        return False
    header = header_of(job.path, sniff(job.path), run.target.connection)
    return header_problem(TABLES[job.table], header) is not None


def _look_at_all(
    run: Run, files: Sequence[Unused], readings: Sequence[Reading], mapped: Mapping[Path, frozenset[str]]
) -> Looked:
    recogniser, near = Recogniser(SYSTEMS), dict[Path, frozenset[str]]()

    def look(each: Unused) -> Seen | Unused:
        return _look_at_one(run, each, reading_for(each.file, readings), recogniser, near.get(each.path.parent))

    first = _without_strangers([look(each) for each in files], files)
    for each in first:
        if isinstance(each, Seen) and each.match.table.is_loader:
            near[each.path.parent] = near.get(each.path.parent, frozenset()) | {each.match.system}
    found = [each if isinstance(each, Seen) else look(file) for each, file in zip(first, files, strict=True)]
    found = [_unless_mapped(each, mapped) for each in _without_histories(found)]
    seen = tuple(each for each in found if isinstance(each, Seen))
    left = [each for each in found if isinstance(each, Unused)]
    unused = tuple(_named(each, near) for each in left if each.finding.code != "asked_file")
    asked = tuple(each for each in left if each.finding.code == "asked_file")
    return Looked(tuple(jobs_of(seen)), unused, asked, seen)


def _without_strangers(found: Sequence[Seen | Unused], files: Sequence[Unused]) -> list[Seen | Unused]:
    """Undo what was taken for a table of one system, and lies among more tables of another that has such a one too.

    The table team of HubSpot and of Intercom look the same; the book takes nothing from the second.
    """
    crowd = Counter(
        (each.path.parent, each.match.system) for each in found if isinstance(each, Seen) and each.match.table.is_loader
    )

    def is_stranger(each: Seen) -> bool:
        here, name = each.path.parent, stem_of(each.file)
        own = crowd[here, each.match.system]
        return any(crowd[here, system.name] > own and name in system.ignored for system in SYSTEMS)

    def kept(each: Seen | Unused, file: Unused) -> Seen | Unused:
        return file if isinstance(each, Seen) and not each.reading.is_ and is_stranger(each) else each

    return [kept(each, file) for each, file in zip(found, files, strict=True)]


def _unless_mapped(each: Seen | Unused, mapped: Mapping[Path, frozenset[str]]) -> Seen | Unused:
    """A table of a system of which a mapping reads others in the same folder is read only where somebody says so."""
    if not isinstance(each, Seen) or each.reading.is_ or each.match.system not in mapped.get(each.path.parent, ()):
        return each
    told = f"A mapping reads other tables of {each.match.system} in this folder; this one was not read."
    hint = f'Map it too, or say what it is in relevo.toml: [[reading]] with is = "{each.match.code}".'
    return Unused(each.path, each.file, Finding(Severity.INFO, "beside_mapping", each.file, told, hint))


def _without_histories(found: Sequence[Seen | Unused]) -> list[Seen | Unused]:
    """Of a table that a loader landed both as it is and with its history, the first is read."""
    plain_ones = {
        (each.path.parent, each.match.code) for each in found if isinstance(each, Seen) and not _is_history(each)
    }

    def kept(each: Seen | Unused) -> Seen | Unused:
        if not isinstance(each, Seen) or not _is_history(each):
            return each
        if (each.path.parent, each.match.code) not in plain_ones:
            return each
        told = f"The same rows as in the table {each.match.table.name}, with their history; it was not read."
        return Unused(each.path, each.file, Finding(Severity.INFO, "unused_table", each.file, told, "Nothing to do."))

    return [kept(each) for each in found]


def _is_history(seen: Seen) -> bool:
    """Whether a file has the versions of a table that loaders land as it is as well."""
    return HISTORY in seen.match.columns or stem_of(seen.file) == f"{seen.match.table.name}_history"


def _look_at_one(
    run: Run, each: Unused, reading: Reading, recogniser: Recogniser, near: frozenset[str] | None
) -> Seen | Unused:
    """What one file is: by its own header, and once its neighbours are known (`near`) beside them."""
    if each.finding.code != "unused_file" or not is_table(each.file):
        return each
    if reading.is_ == IGNORE:
        return replace(each, finding=_let_alone(each.file))
    dialect = sniff(each.path)
    header, broken = headings(each.path, dialect, run.target.connection)
    if broken:
        return refused_file(each.path, each.file, f"It was not read: {broken.reason}.", broken.hint)
    found = recogniser.recognise_beside(each.file, header, near) if near else recogniser.recognise(each.file, header)
    match = chosen(found, reading, recogniser, header)
    if match:
        says_zone = match.table.is_loader or any(says_utc(heading) for heading in header)
        return Seen(each.path, each.file, match, dialect, reading, says_zone)
    if not found.matches:
        return each
    choices = tuple(match.code for match in found.matches[:MOST_CHOICES])
    return replace(each, finding=_which(each.file, choices), choices=choices)


def _let_alone(file: str) -> Finding:
    told = "It is left alone, as somebody said; what was read of it before counts no more."
    return Finding(Severity.INFO, LET_ALONE, file, told, "Take back what was said to read it again.")


def chosen(found: Recognised, reading: Reading, recogniser: Recogniser, header: Sequence[str]) -> Match | None:
    """The table that was said, with the columns that were said; else the one that is certain."""
    if reading.is_:
        match = next((each for each in found.matches if each.code == reading.is_), None)
        match = match or recogniser.match_said(reading.is_, header)
    else:
        match = found.matches[0] if found.is_certain else None
    if match and reading.columns:
        match = replace(match, columns=_columns_said(match, reading, header))
    return match


def _columns_said(match: Match, reading: Reading, header: Sequence[str]) -> dict[str, int]:
    """The columns of a match with those that were said; a field whose heading was said to be none has none."""
    places = {plain(name): n for n, name in enumerate(header)}
    fields = match.table.by_name
    said = {
        name: places[plain(heading)]
        for name, heading in reading.columns.items()
        if name in fields and plain(heading) in places
    }
    without = {name for name, heading in reading.columns.items() if not heading}
    return {name: at for name, at in {**match.columns, **said}.items() if name not in without}


def header_of(path: Path, dialect: Dialect, connection: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """The headings of a file; none where it cannot be read, which loading it will tell."""
    return headings(path, dialect, connection)[0]


def headings(
    path: Path, dialect: Dialect, connection: duckdb.DuckDBPyConnection
) -> tuple[tuple[str, ...], Broken | None]:
    """The headings of a file, or why it cannot be read."""
    if is_sheet(path):
        return heading_of(path).header, None
    other = other_than_parquet(path) if path.suffix == ".parquet" else other_than_text(path)
    if other and path.suffix not in (".gz", ".zst"):
        return (), other
    if is_parquet(path):
        try:
            found = connection.execute(f"DESCRIBE SELECT * FROM read_parquet({quoted(path)})").fetchall()
        except duckdb.Error as problem:
            return (), damage(problem, path)
        return tuple(name for name, *_ in found), None
    found_in = headed(path, dialect)
    return found_in.header, found_in.broken


def jobs_of(seen: Sequence[Seen]) -> Iterable[RawJob]:
    """Every recipe over every file of its raw table, system by system."""
    for system in SYSTEMS:
        files: dict[str, list[Seen]] = {}
        for each in seen:
            if each.match.system == system.name:
                files.setdefault(each.match.table.name, []).append(each)
        there = {name: tuple(found) for name, found in files.items()}
        for place, recipe in enumerate(system.recipes):
            for each in there.get(recipe.of, ()):
                joined = {name: there.get(name, ()) for name in recipe.joined}
                yield RawJob(each, system, recipe, place, joined)


def set_aside(looked: Looked, asked_of: Mapping[str, Finding]) -> Looked:
    """The same look without the files that are asked about."""
    if not asked_of:
        return looked
    kept = [seen for seen in looked.seen if seen.file not in asked_of]
    asked = [Unused(seen.path, seen.file, asked_of[seen.file]) for seen in looked.seen if seen.file in asked_of]
    return replace(looked, jobs=tuple(jobs_of(kept)), asked=(*looked.asked, *asked), seen=tuple(kept))


def without_lonely(looked: Looked) -> Looked:
    """The same look without the files that only explain others, where none of those was loaded with them."""
    needed = {job.file for job in looked.jobs} | looked_up(looked)
    lonely = tuple(Unused(seen.path, seen.file, _lonely(seen)) for seen in looked.seen if seen.file not in needed)
    kept = tuple(seen for seen in looked.seen if seen.file in needed)
    return replace(looked, unused=(*looked.unused, *lonely), seen=kept)


def looked_up(looked: Looked) -> frozenset[str]:
    """The files that rows of other files are explained by."""
    return frozenset(seen.file for job in looked.jobs for files in job.joined.values() for seen in files)


def _lonely(seen: Seen) -> Finding:
    system = next(each for each in SYSTEMS if each.name == seen.match.system)
    if not any(seen.match.table.name in recipe.joined for recipe in system.recipes):
        return _nothing_of(system, seen.file)
    told = f"It is {seen.match.code}, which explains other tables, and none of them lies beside it; it was not read."
    return Finding(Severity.WARNING, "unused_table", seen.file, told, "Load it together with the tables it explains.")


def _nothing_of(system: System, file: str) -> Finding:
    told = f"The book takes nothing from this table of {system.title}; it was not read."
    return Finding(Severity.INFO, "unused_table", file, told, "Nothing to do.")


def left_open(file: str, questions: Sequence[Question]) -> Finding:
    """The finding about a file whose values can be read in two ways."""
    told, plain = (_leaves_open([_asked(each, quotes=quotes) for each in questions]) for quotes in (True, False))
    hint = "Say how on the Data page, or in [[reading]] of relevo.toml."
    return Finding(Severity.WARNING, "asked_file", file, told, hint, plain)


def _leaves_open(asked: Sequence[str]) -> str:
    return f"It leaves open: {'; '.join(asked)}. It was not read."


def _asked(question: Question, *, quotes: bool) -> str:
    if question.about == "currency":
        return "in which currency its amounts are"
    example = f", as in {question.examples[0]!r}" if quotes else ""
    return f"how its {question.about} are written ({question.field}{example})"


def _which(file: str, choices: Sequence[str]) -> Finding:
    told = f"It may be {', '.join(choices)}; it was not read."
    hint = "Say which on the Data page, or in [[reading]] of relevo.toml."
    return Finding(Severity.WARNING, "asked_file", file, told, hint)


def _named(each: Unused, near: Mapping[Path, frozenset[str]]) -> Unused:
    """Say of a file among tables of a system that it is one of them, from which the book takes nothing."""
    by_name = {system.name: system for system in SYSTEMS}
    systems = [by_name[name] for name in near.get(each.path.parent, ())]
    owner = next((system for system in systems if stem_of(each.file) in system.ignored), None)
    if owner is None or each.finding.code != "unused_file":
        return each
    return replace(each, finding=_nothing_of(owner, each.file))
