"""What a warehouse is asked: its schemas, their tables and columns, and the rows of a table as text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from relevo.base.errors import NotReady


class Holds(StrEnum):
    """What a column of a warehouse holds, as far as it matters to write it as text."""

    PLAIN = "plain"
    NUMBER = "number"  # decimals or floats: 2.000000000 is 2
    JSON = "json"
    NESTED = "nested"  # lists and structures, which become JSON


@dataclass(frozen=True)
class Column:
    """A column by the name that the warehouse gives it."""

    name: str
    holds: Holds = Holds.PLAIN

    @property
    def is_json(self) -> bool:
        """Whether its text is JSON."""
        return self.holds in (Holds.JSON, Holds.NESTED)


class Warehouse(Protocol):
    """One warehouse as it is at one moment: what is asked later sees no later rows."""

    shown: str

    def schemas(self) -> tuple[str, ...]:
        """The schemas that have tables, by name."""

    def tables(self, schema: str) -> tuple[str, ...]:
        """The tables of a schema, by name."""

    def columns(self, schema: str, table: str) -> tuple[Column, ...]:
        """The columns of a table in their order."""

    def rows(self, schema: str, table: str, columns: Sequence[Column]) -> str:
        """SQL, for the connection of the load, of some columns of a table, each as text under its own name."""


class WarehouseFailed(NotReady):
    """The warehouse does not answer, or not this question."""


def named(name: str) -> str:
    """A name as SQL."""
    return '"' + name.replace('"', '""') + '"'


def without_zeros(text: str) -> str:
    """SQL of a number's text without decimals that are all zero."""
    return rf"regexp_replace({text}, '\.0+$', '')"


def listed(names: Iterable[str], most: int = 40) -> str:
    """Names for a message; what is too much for one is counted."""
    every = sorted(names)
    told = ", ".join(every[:most]) or "none"
    return f"{told} and {len(every) - most} more" if len(every) > most else told
