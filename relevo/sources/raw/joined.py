"""Raw tables that recipes join: all files of a name together, and what of them could not be read.

A cell that has a text and no value is null for who joins it. It is counted and told, and a row of the book that needs
it is set aside, so that nothing is made of half of what the system says.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb

from relevo.base.findings import Finding, Severity
from relevo.book.tables import TABLES
from relevo.sources.raw.model import Kind, RawTable, Recipe, System
from relevo.sources.raw.rawfile import READ_HINT, RawFile, listed, typed_relation
from relevo.sources.raw.typed import REASONS, SQL_TYPES

_SUBQUERY = re.compile(r"\(\s*SELECT\b")
_JOINED = re.compile(r"\bJOIN\s+\{(\w+)\}\s+(\w+)")
_FIELD_OF = re.compile(r"\b(\w+)\.\"?(\w+)\"?")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Unread:
    """Cells of one field of one file that have a text and no value: how many, and one of them."""

    file: str
    field: str
    kind: Kind
    count: int
    example: str


@dataclass(frozen=True)
class Needed:
    """A field of a joined table that a row of the book depends on, by the alias it has in a recipe."""

    alias: str
    table: str
    field: str
    kind: Kind

    @property
    def is_unread(self) -> str:
        """SQL: whether the row that was joined has a text there and no value."""
        return f'{self.alias}."{self.field}?" IS NOT NULL'

    @property
    def reason(self) -> str:
        """What to tell about a row that depends on it."""
        return f"{self.field} of its {self.table} cannot be read: {REASONS[self.kind]}"


def joined_relation(table: RawTable, files: Sequence[RawFile]) -> str:
    """All files of a raw table, one row per key, for others to join; without files no rows.

    Beside the value of a field f stands "f?": its text where that has no value. `_of` is the place of the file.
    """
    if not files:
        nothing = ", ".join(
            f'NULL::{SQL_TYPES[field.kind]} AS "{field.name}", NULL::VARCHAR AS "{field.name}?"'
            for field in table.every_field
        )
        return f"SELECT {nothing}, 0 AS _of WHERE false"
    names = ", ".join(
        f'"{field.name}", CASE WHEN "{field.name}?" THEN "{field.name}=" END AS "{field.name}?"'
        for field in table.every_field
    )
    every = " UNION ALL ".join(
        f"SELECT {names}, _line, {place} AS _of FROM ({typed_relation(raw)})" for place, raw in enumerate(files)
    )
    if not table.key:
        return every
    has_versions = any(table.versioned_by in raw.match.columns for raw in files)
    last = f'"{table.versioned_by}" DESC, _line' if has_versions else "_line"
    return f"SELECT * FROM ({every}) QUALIFY row_number() OVER (PARTITION BY {listed(table.key)} ORDER BY {last}) = 1"


def unread(
    connection: duckdb.DuckDBPyConnection, relation: str, table: RawTable, files: Sequence[RawFile]
) -> tuple[Unread, ...]:
    """What of a joined relation could not be read, by file and field."""
    asked = [field for field in table.every_field if field.kind is not Kind.TEXT]
    if not files or not asked:
        return ()
    counted = ", ".join(f'count("{field.name}?"), min("{field.name}?")' for field in asked)
    found = connection.execute(f"SELECT _of, {counted} FROM {relation} GROUP BY _of ORDER BY _of").fetchall()
    return tuple(
        Unread(files[row[0]].file, field.name, field.kind, row[1 + 2 * place], row[2 + 2 * place])
        for row in found
        for place, field in enumerate(asked)
        if row[1 + 2 * place]
    )


def unread_findings(recipe: Recipe, table: str, found: Sequence[Unread]) -> tuple[Finding, ...]:
    """What to tell of cells that a recipe looks up and that could not be read."""
    said = set(_WORD.findall(" ".join((recipe.joins, recipe.where, *recipe.cells.values()))))
    return tuple(_told(recipe, table, each) for each in found if each.field in said)


def _told(recipe: Recipe, table: str, each: Unread) -> Finding:
    told = f"{each.count} values of {each.field} of {table} could not be read: {REASONS[each.kind]}"
    without = f"Rows of {recipe.fills} that need one are set aside, others go without."
    where = f"{each.field} in {each.file}"
    quoting = f"{told}, as in {each.example!r}. {without}"
    return Finding(Severity.WARNING, "unread_cells", where, quoting, READ_HINT, plain=f"{told}. {without}")


def needed(recipe: Recipe, system: System) -> Mapping[str, tuple[Needed, ...]]:
    """The joined fields that a recipe cannot do without, by column; '' for what decides which rows there are.

    Those are the fields of its direct joins in columns that are required, in the joins themselves, and in `where`.
    """
    required = {column.name for column in TABLES[recipe.fills].columns if not column.null}
    joins = _without_subqueries(recipe.joins)
    tables = {alias: name for name, alias in _JOINED.findall(joins)}

    def of(sql: str) -> tuple[Needed, ...]:
        named = (pair for pair in dict.fromkeys(_FIELD_OF.findall(sql)) if pair[0] in tables)
        found = ((alias, system.table(tables[alias]), name) for alias, name in named)
        return tuple(
            Needed(alias, table.name, name, table.by_name[name].kind)
            for alias, table, name in found
            if name in table.by_name and table.by_name[name].kind in REASONS
        )

    by_column = {name: of(sql) for name, sql in recipe.cells.items() if name in required}
    return {"": of(f"{joins} {recipe.where}"), **by_column}


def _without_subqueries(sql: str) -> str:
    """SQL without its subqueries: what is joined in one has no name outside of it."""
    while found := _SUBQUERY.search(sql):
        end, depth = found.start(), 0
        for end in range(found.start(), len(sql)):
            depth += {"(": 1, ")": -1}.get(sql[end], 0)
            if not depth:
                break
        sql = f"{sql[: found.start()]} {sql[end + 1 :]}"
    return sql
