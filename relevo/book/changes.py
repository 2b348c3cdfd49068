"""How the canonical rows of a book differ from those of an earlier one, read off their parts.

Parts that both have are not compared: equal names are equal files. What is left is what one more day brought, what
it corrected, and what it took away.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import duckdb

from relevo.book.engine import quoted
from relevo.book.landing_rows import file_list
from relevo.book.parts import Parts, rows_sql
from relevo.book.tables import TABLES

# Rows that are worth writing down once instead of finding them for every question.
FEW = 1_000_000


@dataclass(frozen=True)
class Changes:
    """The parts of an earlier book (`old`, `old_lost`) and of one in the making (`new`), in one folder."""

    folder: Path
    old: Mapping[str, Sequence[str]]
    old_lost: Mapping[str, str]
    new: Mapping[str, Parts]
    kept: frozenset[str] = frozenset()

    def keep(self, connection: duckdb.DuckDBPyConnection) -> "Changes":
        """The same with added and removed rows at hand as temporary tables, of every table where they are few."""
        few = frozenset(name for name in self.new if self.touch(name) and self._moved(connection, name) <= FEW)
        for name in few:
            connection.execute(f"CREATE OR REPLACE TEMP TABLE added_{name} AS {self.added(name)}")
            connection.execute(f"CREATE OR REPLACE TEMP TABLE removed_{name} AS {self.removed(name)}")
        return replace(self, kept=few)

    def _moved(self, connection: duckdb.DuckDBPyConnection, name: str) -> int:
        """How many rows stand in files that only one of both books has."""
        files = sorted({*self.old[name]} ^ {*self.new[name].files})
        return int(connection.execute(f"SELECT count(*) FROM ({rows_sql(self.folder, name, files)})").fetchall()[0][0])

    def touch(self, name: str) -> bool:
        """Whether the rows of a table may differ."""
        return (tuple(self.old[name]), self.old_lost.get(name)) != (self.new[name].files, self.new[name].lost)

    def before(self, name: str) -> str:
        """A SELECT of all rows of a table in the earlier book."""
        return rows_sql(self.folder, name, self.old[name], self.old_lost.get(name))

    def after(self, name: str) -> str:
        """A SELECT of all rows of a table in the new book."""
        return rows_sql(self.folder, name, self.new[name].files, self.new[name].lost)

    def added(self, name: str) -> str:
        """A SELECT of the rows that are new; rows that stand in another file now are in `removed` too."""
        if name in self.kept:
            return f"SELECT * FROM added_{name}"
        files, lost = self.new[name].files, self.new[name].lost
        return self._difference(name, (files, lost), (self.old[name], self.old_lost.get(name)))

    def removed(self, name: str) -> str:
        """A SELECT of the rows that are gone."""
        if name in self.kept:
            return f"SELECT * FROM removed_{name}"
        files, lost = self.new[name].files, self.new[name].lost
        return self._difference(name, (self.old[name], self.old_lost.get(name)), (files, lost))

    def either(self, name: str, columns: Sequence[str]) -> str:
        """A SELECT of the distinct values of some columns in rows that were added or removed, and not only moved."""
        every = ", ".join(f'"{c}"' for c in TABLES[name].column_names)
        added, removed = (f"SELECT {every} FROM ({sql})" for sql in (self.added(name), self.removed(name)))
        wanted = ", ".join(f'"{c}"' for c in columns)
        return f"SELECT DISTINCT {wanted} FROM (({added} EXCEPT {removed}) UNION ALL ({removed} EXCEPT {added}))"

    def _difference(
        self, name: str, one: tuple[Sequence[str], str | None], other: tuple[Sequence[str], str | None]
    ) -> str:
        """Rows that count in `one` and not in `other`: of files that it alone has, and those that lost there alone."""
        (files, lost), (theirs, their_lost) = one, other
        own = rows_sql(self.folder, name, [file for file in files if file not in theirs], lost)
        shared = [file for file in files if file in theirs]
        if not shared or not their_lost or their_lost == lost:
            return own
        gone = f"SELECT _seq, _line FROM read_parquet({quoted(self.folder / their_lost)})"
        if lost:
            gone += f" EXCEPT SELECT _seq, _line FROM read_parquet({quoted(self.folder / lost)})"
        columns = ", ".join(f'"{c.name}"' for c in TABLES[name].stored_columns)
        rows = f"SELECT {columns} FROM read_parquet({file_list(self.folder / file for file in shared)})"
        return f"{own} UNION ALL {rows} SEMI JOIN ({gone}) AS gone USING (_seq, _line)"


@dataclass(frozen=True)
class Since:
    """An earlier book that is followed: what changed since, and where its findings and roll-ups are.

    `own` and `base` are the names under which its database and its base's are attached, `base_id` the base's name.
    """

    changes: Changes
    own: str
    base: str
    base_id: str
    as_of: date

    @property
    def is_base(self) -> bool:
        """Whether the earlier book has the roll-ups of all customers itself."""
        return self.own == self.base
