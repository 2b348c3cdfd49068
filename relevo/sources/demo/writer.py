"""Writes canonical tables as Parquet from arrays: typed as `relevo.book.tables` declares, null where unknown.

A column is a plain array or one of the small cells below, which become SQL so that no text is built in Python.
Tables that grow with customers and time arrive in parts; the parts are joined when the table is closed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import duckdb
import numpy as np
from numpy.typing import NDArray

from relevo.base.errors import WrongUse
from relevo.book.engine import connect, quoted
from relevo.book.table import Column, Kind, Table
from relevo.book.tables import TABLES
from relevo.sources.demo.frame import Flags, Ints

Arrays = dict[str, NDArray[Any]]
SMALL = 100_000
"""Rows below which a part waits in memory for the rest of its table."""

_FORMAT = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1"
_TYPES = {Kind.DECIMAL: "DECIMAL(18,6)"}


class Cell(Protocol):
    """A column's content as SQL over arrays that it adds under names beginning with `name`."""

    def sql(self, name: str, arrays: Arrays, /) -> str:
        """The expression; the arrays it needs are added to `arrays`."""


@dataclass(frozen=True)
class Plain:
    """The array as it is."""

    values: NDArray[Any]

    def sql(self, name: str, arrays: Arrays) -> str:
        """The array's own column."""
        arrays[name] = self.values
        return name


@dataclass(frozen=True)
class Maybe:
    """An array of numbers of which some are unknown."""

    values: NDArray[Any]
    known: Flags

    def sql(self, name: str, arrays: Arrays) -> str:
        """The number where it is known."""
        arrays[name], arrays[f"{name}_known"] = self.values, self.known
        return f"CASE WHEN {name}_known THEN {name} END"


@dataclass(frozen=True)
class Id:
    """A prefixed, zero-padded number; negative is null."""

    prefix: str
    number: Ints
    width: int = 7

    def sql(self, name: str, arrays: Arrays) -> str:
        """Prefix and digits."""
        if len(self.number) and self.number.max() >= 10**self.width:
            raise ValueError(f"Numbers of {self.prefix!r} ids have outgrown {self.width} digits; widen them.")
        arrays[name] = self.number
        digits = f"right(({10**self.width} + {name})::VARCHAR, {self.width})"
        return f"CASE WHEN {name} >= 0 THEN {quoted(self.prefix)} || {digits} END"


@dataclass(frozen=True)
class Word:
    """A word from a list by its position; negative is null."""

    code: Ints
    words: Sequence[str]

    def sql(self, name: str, arrays: Arrays) -> str:
        """The word at the position."""
        arrays[name] = self.code
        return f"[{', '.join(map(quoted, self.words))}][{name} + 1]" if self.words else "NULL"


@dataclass(frozen=True)
class Joined:
    """Cells and fixed text put together; null if any part is null."""

    parts: tuple["Cell | str", ...]

    def sql(self, name: str, arrays: Arrays) -> str:
        """The parts side by side."""
        pieces = [
            quoted(p) if isinstance(p, str) else f"({p.sql(f'{name}_{i}', arrays)})" for i, p in enumerate(self.parts)
        ]
        return " || ".join(pieces)


@dataclass(frozen=True)
class Lower:
    """A text cell as it stands in an address: lower case, no spaces, no accents."""

    cell: Cell

    def sql(self, name: str, arrays: Arrays) -> str:
        """The plain form."""
        return f"replace(replace(lower(strip_accents({self.cell.sql(name, arrays)})), ' ', ''), '''', '')"


@dataclass(frozen=True)
class Where:
    """A cell for the rows where a flag holds; null elsewhere."""

    flag: Flags
    cell: Cell

    def sql(self, name: str, arrays: Arrays) -> str:
        """The cell under its condition."""
        arrays[f"{name}_if"] = self.flag
        return f"CASE WHEN {name}_if THEN {self.cell.sql(name, arrays)} END"


@dataclass(frozen=True)
class Either:
    """The first cell, or the second where the first is null."""

    first: Cell
    second: Cell

    def sql(self, name: str, arrays: Arrays) -> str:
        """One or the other."""
        return f"coalesce({self.first.sql(f'{name}_1', arrays)}, {self.second.sql(f'{name}_2', arrays)})"


@dataclass(frozen=True)
class Moment:
    """Seconds since 1970 as an instant; negative is null."""

    seconds: Ints

    def sql(self, name: str, arrays: Arrays) -> str:
        """The timestamp."""
        arrays[name] = self.seconds
        return f"CASE WHEN {name} >= 0 THEN make_timestamp({name} * 1000000) END"


@dataclass(frozen=True)
class Day:
    """Days since 1970 as a date; negative is null."""

    days: Ints

    def sql(self, name: str, arrays: Arrays) -> str:
        """The date."""
        arrays[name] = self.days
        return f"CASE WHEN {name} >= 0 THEN DATE '1970-01-01' + {name}::INTEGER END"


@dataclass(frozen=True)
class Same:
    """One value for every row; None is null."""

    value: str | None

    def sql(self, _name: str, _arrays: Arrays, /) -> str:
        """The literal."""
        return "NULL" if self.value is None else quoted(self.value)


@dataclass
class Writer:
    """Puts tables into a folder and remembers how many rows each has."""

    folder: Path
    wanted: Collection[str]
    connection: duckdb.DuckDBPyConnection = field(default_factory=lambda: connect(threads=2))
    rows: dict[str, int] = field(default_factory=dict)
    _parts: dict[str, list[Path]] = field(default_factory=dict)
    _kept: set[str] = field(default_factory=set)

    def wants(self, *names: str) -> bool:
        """Whether any of these tables is asked for."""
        return any(n in self.wanted for n in names)

    def add(self, name: str, columns: Mapping[str, "Cell | NDArray[Any]"], size: int) -> None:
        """Write one part of a table; `size` is its number of rows. Small parts are kept until the table is closed."""
        if name not in self.wanted:
            return
        select, arrays = _select(TABLES[name], columns, size)
        self.connection.register("arrays", {n: np.ascontiguousarray(a) for n, a in arrays.items()})
        if size < SMALL:
            self._keep(name, select)
        else:
            self._flush(name)
            self._copy(name, select)
        self.connection.unregister("arrays")
        self.rows[name] = self.rows.get(name, 0) + size

    def close(self) -> dict[str, Path]:
        """Join the parts of every table into its one file and return the files."""
        for name in self.rows:
            self._flush(name)
            if len(self._parts[name]) > 1:
                self._join(name, self._parts[name])
        self.connection.close()
        return {name: parts[0] for name, parts in self._parts.items()}

    def _keep(self, name: str, select: str) -> None:
        statement = f'INSERT INTO "{name}"' if name in self._kept else f'CREATE TABLE "{name}" AS'
        self.connection.execute(f"{statement} {select}")
        self._kept.add(name)

    def _flush(self, name: str) -> None:
        """Put what was kept of a table into a part, so that parts stay in order."""
        if name in self._kept:
            self._copy(name, f'SELECT * FROM "{name}"')
            self.connection.execute(f'DROP TABLE "{name}"')
            self._kept.remove(name)

    def _copy(self, name: str, select: str) -> None:
        parts = self._parts.setdefault(name, [])
        target = self.folder / (f"{name}.parquet" if not parts else f"{name}.part{len(parts)}.parquet")
        self.connection.execute(f"COPY ({select}) TO {quoted(target)} ({_FORMAT})")
        parts.append(target)

    def _join(self, name: str, parts: list[Path]) -> None:
        whole = self.folder / f"{name}.whole.parquet"
        files = ", ".join(quoted(p) for p in parts)
        self.connection.execute(f"COPY (FROM read_parquet([{files}])) TO {quoted(whole)} ({_FORMAT})")
        for part in parts:
            part.unlink()
        whole.rename(self.folder / f"{name}.parquet")


def _select(table: Table, columns: Mapping[str, "Cell | NDArray[Any]"], size: int) -> tuple[str, Arrays]:
    missing = set(table.column_names) ^ set(columns)
    if missing:
        raise WrongUse(f"The demo writes {table.name} with other columns than declared: {sorted(missing)}.")
    arrays: Arrays = {"row_number": np.arange(size)}
    chosen = [_typed(c, columns[c.name], arrays) for c in table.columns]
    wrong = {n: len(a) for n, a in arrays.items() if len(a) != size}
    if wrong:
        raise WrongUse(f"Arrays of {table.name} differ in length from its {size} rows: {wrong}.")
    return f"SELECT {', '.join(chosen)} FROM arrays", arrays


def _typed(column: Column, content: "Cell | NDArray[Any]", arrays: Arrays) -> str:
    cell = Plain(content) if isinstance(content, np.ndarray) else content
    kind = _TYPES.get(column.kind, column.kind.sql)
    return f'CAST({cell.sql(f"x_{column.name}", arrays)} AS {kind}) AS "{column.name}"'
