"""How a canonical table is declared: name, grain, key, and one sentence per column."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """What a column holds; `sql` is the type it is stored with."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    BOOLEAN = "boolean"
    DATE = "date"
    TIMESTAMP = "timestamp"
    CHOICE = "choice"
    CLOCK = "clock"

    @property
    def sql(self) -> str:
        """The DuckDB type of the stored column."""
        return _SQL_TYPES.get(self, "VARCHAR")


_SQL_TYPES = {
    Kind.INTEGER: "BIGINT",
    Kind.DECIMAL: "DECIMAL(38,18)",
    Kind.BOOLEAN: "BOOLEAN",
    Kind.DATE: "DATE",
    Kind.TIMESTAMP: "TIMESTAMP",
}


@dataclass(frozen=True)
class Column:
    """One column: its kind, whether it may be null, what it means, and whether it is personal data.

    `values` are the words of a choice; with `is_open` other lower_snake words are kept too.
    """

    name: str
    kind: Kind
    doc: str
    null: bool = False
    personal: bool = False
    values: tuple[str, ...] = ()
    is_open: bool = False
    low: int | None = None


@dataclass(frozen=True)
class Table:
    """One canonical table: what a row is (`grain`), what identifies it (`key`), and its columns."""

    name: str
    key: tuple[str, ...]
    grain: str
    doc: str
    columns: tuple[Column, ...]
    group: str = ""

    def column(self, name: str) -> Column:
        """The column of that name; KeyError if the table has none."""
        return {c.name: c for c in self.columns}[name]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the table's own columns in order."""
        return tuple(c.name for c in self.columns)

    @property
    def stored_columns(self) -> tuple[Column, ...]:
        """The table's own columns followed by the provenance every row carries.

        `customer_alias` declares `source` itself: there it is both.
        """
        own = self.column_names
        return (*self.columns, *(c for c in PROVENANCE if c.name not in own))

    def grouped(self, group: str) -> "Table":
        """The same table, filed under a group of the book."""
        return replace(self, group=group)


def text(name: str, doc: str, *, null: bool = False, personal: bool = False) -> Column:
    """A string column."""
    return Column(name, Kind.TEXT, doc, null, personal)


def integer(name: str, doc: str, *, null: bool = False, low: int | None = None, personal: bool = False) -> Column:
    """A 64-bit integer column; `low` is the least value that makes sense."""
    return Column(name, Kind.INTEGER, doc, null, personal, low=low)


def decimal(name: str, doc: str, *, null: bool = False, low: int | None = None) -> Column:
    """An exact decimal column with up to eighteen digits after the point."""
    return Column(name, Kind.DECIMAL, doc, null, low=low)


def boolean(name: str, doc: str, *, null: bool = False) -> Column:
    """A true/false column."""
    return Column(name, Kind.BOOLEAN, doc, null)


def date(name: str, doc: str, *, null: bool = False) -> Column:
    """A calendar day."""
    return Column(name, Kind.DATE, doc, null)


def timestamp(name: str, doc: str, *, null: bool = False) -> Column:
    """An instant, stored in UTC."""
    return Column(name, Kind.TIMESTAMP, doc, null)


def clock(name: str, doc: str, *, null: bool = False) -> Column:
    """A time of day as HH:MM."""
    return Column(name, Kind.CLOCK, doc, null)


def choice(name: str, doc: str, values: Iterable[str], *, null: bool = False, is_open: bool = False) -> Column:
    """One of a few lower_snake words."""
    return Column(name, Kind.CHOICE, doc, null, values=tuple(values), is_open=is_open)


PROVENANCE = (
    timestamp("recorded_at", "When the source learned the fact; the time of loading where it does not say."),
    text("source", "The system the row came from; the loader's name where it does not say."),
    text("url", "Where the record stands in its own system.", null=True),
)
