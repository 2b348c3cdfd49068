"""What a system would export of the demo company, as data: its files, and what of the book they tell whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from relevo.sources.raw.model import System

ENGLISH = 0


@dataclass(frozen=True)
class Sheet:
    """One file: rows of a raw table as SQL over the story, one column for each field that it has.

    Times are in UTC and amounts in minor units; how they are written is the business of a way. `said` gives headings
    and words in the four languages of the ways, one a line: `field = English | Spanish | ...` a heading,
    `field.value = ...` a word; the English one stands where there is no other, and the field's first heading where
    nothing is said. `more` are further headings of the real export, without values. `footer` are lines below the rows.
    """

    table: str
    file: str
    sql: str
    said: str = ""
    more: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    serial_in: tuple[str, ...] = ()

    @cached_property
    def _said(self) -> Mapping[str, tuple[str, ...]]:
        lines = (line.partition(" = ") for line in self.said.strip().splitlines())
        return {key.strip(): tuple(each.strip() for each in told.split("|")) for key, _, told in lines}

    def heading(self, field: str, language: int) -> str | None:
        """The heading of a field in a language; None where none is said."""
        return self._in(field, language)

    def word(self, field: str, value: str, language: int) -> str:
        """A word of a column in a language; as it is where none is said."""
        return self._in(f"{field}.{value}", language) or value

    def _in(self, key: str, language: int) -> str | None:
        found = self._said.get(key)
        return found[language if language < len(found) else ENGLISH] if found else None


@dataclass(frozen=True)
class Export:
    """All that one system would export at once.

    `tells` states for each table of the book which columns these files tell whole, as a SELECT over the story; ids are
    without the system's prefix. `is_loaded` says that a loader landed them, which writes in one way only.
    """

    name: str
    system: System
    sheets: tuple[Sheet, ...]
    tells: Mapping[str, str]
    is_loaded: bool = False
