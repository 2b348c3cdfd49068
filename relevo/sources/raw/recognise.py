"""Which raw table a header is.

A heading weighs the less, the more tables know it: `Customer ID` tells little, `Deal - Value` tells all. A file is
taken for a table without asking where the table explains half of its columns, or a loader gave it the table's name,
and no other table comes near.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from relevo.sources.raw.headings import plain
from relevo.sources.raw.model import Field, RawTable, System

LEAST_SHARE, LEAST_WEIGHT, LEAD = 0.5, 2.0, 1.2
# So much speaks for a table, and so little for any other, that columns nobody knows do not matter.
PLAIN_WEIGHT, PLAIN_LEAD = 5.0, 3.0
# What loaders add to every table: it tells how a table was landed, not which it is.
LOADER_MARKS = ("fivetran_", "airbyte_", "dlt_", "sdc_")
_ENDINGS = ("_data", "_export", "_tmp")


@dataclass(frozen=True)
class Match:
    """A table that a header may be: which columns of the file are which fields, and how much speaks for it."""

    system: str
    table: RawTable
    columns: Mapping[str, int]
    share: float
    weight: float
    is_named: bool = False

    @property
    def code(self) -> str:
        """The name by which a reading means this table: system.table."""
        return f"{self.system}.{self.table.name}"


@dataclass(frozen=True)
class Recognised:
    """The tables a header may be, the likeliest first. `is_certain` where nothing needs to be asked."""

    matches: tuple[Match, ...]
    is_certain: bool


class Recogniser:
    """Knows the headings of all systems."""

    def __init__(self, systems: Sequence[System]) -> None:
        self._tables = [(system.name, table) for system in systems for table in system.tables]
        self._ignored = {(system.name, name) for system in systems for name in system.ignored}
        self._known_by = Counter(name for _, table in self._tables for name in set(_spellings(table)))

    def recognise(self, file: str, header: Sequence[str]) -> Recognised:
        """What a file with this name and header may be."""
        names = [plain(each) for each in header]
        found = [self.match(system, table, file, names) for system, table in self._tables]
        ranked = sorted((each for each in found if each), key=lambda m: -m.weight)
        return Recognised(tuple(ranked), _is_certain(ranked))

    def recognise_beside(self, file: str, header: Sequence[str], near: frozenset[str]) -> Recognised:
        """What a file may be that lies among tables of these systems: theirs first, and nothing that they ignore."""
        found = self.recognise(file, header)
        if any((system, stem_of(file)) in self._ignored for system in near):
            return Recognised((), is_certain=False)
        own = [match for match in found.matches if match.system in near and match.is_named and match.table.is_loader]
        if not own:
            return found
        others = [match for match in found.matches if match not in own]
        return Recognised((*own, *others), len(own) == 1 or own[0].weight > own[1].weight)

    def match_said(self, code: str, header: Sequence[str]) -> Match | None:
        """How a header fits the table that somebody named as system.table; None for a name that there is not."""
        names = [plain(each) for each in header]
        table = next((table for system, table in self._tables if f"{system}.{table.name}" == code), None)
        return Match(code.split(".")[0], table, _columns(table, names), 1.0, 0.0) if table else None

    def match(self, system: str, table: RawTable, file: str, names: Sequence[str]) -> Match | None:
        """How a header fits one table; None where a required field is missing."""
        columns = _columns(table, names)
        if table.is_loader and (system, stem_of(file)) in self._ignored:
            return None
        if not columns or any(f.required and f.name not in columns for f in table.fields):
            return None
        own = [name for name in names if name and not name.startswith(LOADER_MARKS)]
        told = [names[place] for place in columns.values() if names[place] in own]
        weight, explained = sum(1 / self._known_by[name] for name in told), len(told)
        is_named = {stem_of(file), stem_of(file).removesuffix("_history")} & {table.name, *table.files} != set()
        share = explained / max(len(own), 1)
        return Match(system, table, columns, share, weight * (2.0 if is_named else 1.0), is_named)


def _is_certain(ranked: Sequence[Match]) -> bool:
    if not ranked:
        return False
    # Loaders name a link between two tables after both, and it has hardly any columns.
    if ranked[0].is_named and ranked[0].table.is_loader and ranked[0].share == 1:
        return len(ranked) == 1 or ranked[0].weight > ranked[1].weight
    second = ranked[1].weight if len(ranked) > 1 else 0.0
    if ranked[0].weight >= max(PLAIN_WEIGHT, PLAIN_LEAD * second):
        return True
    if ranked[0].weight < LEAST_WEIGHT:
        return False
    # A loader lands more columns than anybody reads, under the name of the table.
    if ranked[0].share < LEAST_SHARE and not (ranked[0].is_named and ranked[0].table.is_loader):
        return False
    return ranked[0].weight >= LEAD * second


def _columns(table: RawTable, names: Sequence[str]) -> dict[str, int]:
    """The place of each field in a header: of two columns that could be a field, the one it names first."""
    place = {name: n for n, name in reversed(list(enumerate(names)))}
    found = {field.name: _place(field, place) for field in table.every_field}
    return {name: at for name, at in found.items() if at is not None}


def _place(field: Field, place: Mapping[str, int]) -> int | None:
    return next((place[name] for name in spellings(field) if name in place), None)


def spellings(field: Field) -> tuple[str, ...]:
    """The headings of a field, reduced."""
    return tuple(plain(each) for each in (field.headings or (field.name,)))


def _spellings(table: RawTable) -> list[str]:
    return [name for field in table.fields for name in spellings(field)]


def stem_of(file: str) -> str:
    """The name of a file or sheet without folder, endings and what loaders append: `sf_lead_data.csv` is lead."""
    book, _, sheet = PurePath(file).name.rpartition("#")
    # Where nobody named the sheet (Sheet1, Hoja 2), the workbook has the name.
    is_named = book.lower().endswith((".xlsx", ".xlsm")) and not re.fullmatch(r"\D+\d+", sheet)
    stem = plain(sheet if is_named else PurePath(file).name.split(".")[0])
    for ending in _ENDINGS:
        stem = stem.removesuffix(ending)
    return stem.removeprefix("sf_")
