"""One file and how it is read: what it is taken for and why, its columns, what it asks, ten rows before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from relevo.answers.files import asked_files, check_may_bring
from relevo.answers.reading import NotFound, Reading
from relevo.base.config import Config, Home
from relevo.base.errors import WrongUse
from relevo.book.landing import Landing
from relevo.desk.files.readings import Said, readings_in_force, readings_said
from relevo.sources.guess import Guess, columns_said, every_table, fields_of, guess, holds
from relevo.sources.raw.said import Reading as Answer
from relevo.sources.raw.said import exactly, means, pattern_of, read_reading, read_readings


@dataclass(frozen=True)
class Answers:
    """What somebody answers about a file, as it was typed; '' leaves a question open.

    `fields` are those of its columns in their order, '' for none, with the `headings` that these have; they are of the
    table `of`, and nothing is said by them about another table.
    """

    table: str = ""
    dates: str = ""
    decimals: str = ""
    timezone: str = ""
    currency: str = ""
    headings: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    of: str = ""

    @property
    def entry(self) -> dict[str, Any]:
        """The answers as a `[[reading]]` entry without its `file`."""
        columns = columns_said(self.table, self.headings, self.fields) if self.table and self.table == self.of else {}
        said = {
            "is": self.table,
            "dates": self.dates,
            "decimals": self.decimals,
            "timezone": self.timezone.strip(),
            "currency": self.currency.strip().upper(),
            "columns": columns,
        }
        return {name: value for name, value in said.items() if value}


@dataclass(frozen=True)
class MappingPage:
    """A file and how it would be read. `guess` is None where its file cannot be found any more.

    `asked` says why it was asked about, where it still is. `held` is what the Desk keeps about it, under any pattern;
    `pattern` the name that is offered for what is said now. `tables` are all there are to choose from, by system;
    `fields` those of the table it is taken for.
    """

    file: str
    guess: Guess | None
    held: Said | None
    history: tuple[Said, ...]
    pattern: str
    tables: tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
    fields: tuple[tuple[str, str], ...]
    currency: str
    timezone: str
    asked: str = ""

    @property
    def is_open(self) -> bool:
        """Whether something has to be answered before it can be read."""
        return self.guess is None or not self.guess.table or bool(self.guess.questions)


def mapping_page(reading: Reading, home: Home, file: str, answers: Answers | None = None) -> MappingPage:
    """How a file would be read, with these answers instead of what is kept about it.

    Refused for who may not bring files; NotFound for a file that nobody ever loaded; WrongUse for an answer that
    there is not.
    """
    check_may_bring(reading)
    config = home.config()
    said = [each for each in readings_in_force() if means(each.file, file)]
    held = said[-1] if said else None
    found = _found(home, file, config, _readings(config, answers, file))
    if found is None and all(load.file != file for load in Landing(home.landing).loads()):
        raise NotFound(f"There is no file {file[:80]!r}.", "Look under Data, Files.")
    return MappingPage(
        file,
        found,
        held,
        tuple(each for each in reversed(readings_said()) if means(each.file, file)),
        held.file if held else pattern_of(file),
        every_table(),
        fields_of(found.table) if found else (),
        config.company.currency,
        config.company.timezone,
        next((each.message for each in asked_files(reading, home) if each.file == file), ""),
    )


def check_pattern(reading: Reading, file: str, pattern: str) -> str:
    """The pattern, where it means the file; WrongUse where it does not."""
    check_may_bring(reading)
    if not means(pattern, file):
        raise WrongUse(f"{pattern[:80]!r} does not mean {file!r}.", "Keep the name, with * for what changes in it.")
    return pattern


def _readings(config: Config, answers: Answers | None, file: str) -> tuple[Answer, ...]:
    kept: Sequence[Mapping[str, Any]] = [each.entry for each in readings_in_force()]
    held = read_readings((*config.readings, *kept))
    if answers is None:
        return held
    mine = read_reading({"file": file, **answers.entry}, "The answer")
    return (*held, replace(mine, file=exactly(file)))


def _found(home: Home, file: str, config: Config, readings: Sequence[Answer]) -> Guess | None:
    """The file among those uploaded and in watched folders, beside its neighbours there."""
    for folder in (home.uploads, *home.watched_folders):
        if folder.is_dir() and holds(folder, file):
            found = guess(folder, config, readings, only=file)
            if found:
                return found[0]
    return None
