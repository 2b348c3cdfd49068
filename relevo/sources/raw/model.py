"""What a system declares: its raw tables with their fields, and how they fill tables of the book."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What a field holds, which says how its text is read."""

    TEXT = "text"
    SALESFORCE_ID = "salesforce_id"  # 15 or 18 characters that name the same record
    WHOLE = "whole"
    NUMBER = "number"
    MAJOR = "major"  # an amount in major units: 12.50
    MINOR = "minor"  # an amount in minor units: 1250
    TIME = "time"
    DAY = "day"
    FLAG = "flag"
    SPELL = "spell"  # a length of time: seconds, HH:MM:SS, 1 day 02:03:04


# What a loader adds to the rows of any table when it is told to keep their history.
HISTORY = "_fivetran_start"
# What SQL of a recipe names in braces: a raw table, or {currency}, what was said of a file that names none.
PLACE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class Field:
    """One column of a raw table: its name as loaders land it, and the headings that exports give it.

    Without headings the name is the heading. A table cannot be recognised without its `required` fields.
    """

    name: str
    kind: Kind = Kind.TEXT
    headings: tuple[str, ...] = ()
    required: bool = False


def fields(told: str) -> tuple[Field, ...]:
    """Fields, one a line: `name kind = Heading | Another Heading`, the kind where it is not text, `!` after required.

    A line that begins with `|` goes on with the headings of the one before. ValueError for a kind that there is not.
    """
    return tuple(_field(line) for line in re.sub(r"\n\s*\|", " |", told.strip()).splitlines())


def _field(line: str) -> Field:
    words, _, headings = line.partition("=")
    name, *kind = words.split()
    spelled = tuple(each.strip() for each in headings.split("|")) if headings else ()
    return Field(name.rstrip("!"), Kind(*kind) if kind else Kind.TEXT, spelled, name.endswith("!"))


@dataclass(frozen=True)
class RawTable:
    """A table as a system exports it or a loader lands it.

    `files` are further names that its files have. `is_loader` tables have names and instants of a machine: UTC, ISO.
    `has_footer` says that lines of another width may stand below the rows. `key` are fields whose values are
    never twice. Where a loader keeps a history, `version` is the field by which a later version follows an earlier one.
    """

    name: str
    fields: tuple[Field, ...]
    files: tuple[str, ...] = ()
    is_loader: bool = False
    has_footer: bool = False
    key: tuple[str, ...] = ()
    version: str = ""

    @cached_property
    def every_field(self) -> tuple[Field, ...]:
        """The fields, and for a loader's table the one that says from when a version holds, where it keeps versions."""
        return (*self.fields, Field(HISTORY, Kind.TIME)) if self.is_loader and not self.version else self.fields

    @property
    def versioned_by(self) -> str:
        """The field that orders versions, where there are any."""
        return self.version or HISTORY

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """The fields by their names."""
        return {field.name: field for field in self.every_field}


@dataclass(frozen=True)
class Recipe:
    """How rows of one raw table, `this` in its SQL, become rows of one table of the book.

    `cells` gives each column as SQL over `this` and whatever `joins` brings in; {name} stands for another raw table
    of the system, without rows where the company has none. Joins keep every row of `this`. Rows that do not meet
    `where` are counted as left out, with the reason `rest`.

    Of a raw table with versions the last of each key is read; with `of_versions` each is, and `this._before` and
    `this._next` are the times of its neighbours. `tells_all_of` names columns of which one file tells all there is:
    where cuts move from one export to the next, no part of an earlier reading may stay. `missing` says of a required
    column why it may be empty: what another table would tell.
    """

    fills: str
    of: str
    cells: Mapping[str, str]
    joins: str = ""
    where: str = ""
    rest: str = ""
    tells_all_of: tuple[str, ...] = ()
    of_versions: bool = False
    missing: Mapping[str, str] = field(default_factory=dict)

    @property
    def joined(self) -> tuple[str, ...]:
        """The other raw tables that the recipe names, by name."""
        said = " ".join((self.joins, self.where, *self.cells.values()))
        return tuple(dict.fromkeys(name for name in PLACE.findall(said) if name != "currency"))


@dataclass(frozen=True)
class System:
    """A system that companies have. `without` says, for a raw table that is not there, what stays unknown.

    `ignored` are names of raw tables that exist and from which the book takes nothing. One that `retells` has its
    subscriptions from billing systems.
    """

    name: str
    title: str
    tables: tuple[RawTable, ...]
    recipes: tuple[Recipe, ...]
    without: Mapping[str, str]
    ignored: tuple[str, ...] = ()
    retells: bool = False

    def table(self, name: str) -> RawTable:
        """The raw table of that name; KeyError where the system has none."""
        return self.by_name[name]

    @cached_property
    def by_name(self) -> Mapping[str, RawTable]:
        """The raw tables by their names."""
        return {table.name: table for table in self.tables}
