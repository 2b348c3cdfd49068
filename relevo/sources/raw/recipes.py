"""A recipe as SQL over the raw tables that are there.

`this` is one file of the recipe's raw table. Other tables it joins are all files of that name together, one row per
key; one that is not there has no rows, so that what it would tell stays unknown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from relevo.book.engine import quoted
from relevo.book.tables import TABLES
from relevo.sources.files.canonical import optional_provenance
from relevo.sources.files.checks import Cell, Check
from relevo.sources.files.staging import Staged
from relevo.sources.raw.facts import Facts
from relevo.sources.raw.headings import says_utc
from relevo.sources.raw.model import PLACE, Field, Kind, RawTable, Recipe, System
from relevo.sources.raw.recognise import Match
from relevo.sources.raw.typed import REASONS, SQL_TYPES, value_sql

_OWN = re.compile(r"\bthis\.(\w+)")
_PRICED = "cents("
_NEIGHBOURS = (("lag", "_before"), ("lead", "_next"))
PRICE_HINT = "Fill the currency, or name one for the file; an amount may not have more decimals than its currency."
READ_HINT = "Correct the value in the system and export it again, or say on the mapping page how this file writes it."


@dataclass(frozen=True)
class RawFile:
    """One file that was recognised and made ready for SQL.

    `zone` is where its times were written, but for columns whose heading says UTC.
    """

    path: Path
    file: str
    match: Match
    staged: Staged
    facts: Mapping[str, Facts]
    zone: str
    currency: str | None = None

    @property
    def table(self) -> RawTable:
        """The raw table it is a file of."""
        return self.match.table


@dataclass(frozen=True)
class Cooked:
    """A recipe over one file: the relation, its cells, and the condition under which a row belongs to it."""

    relation: str
    cells: tuple[Cell, ...]


def typed_relation(raw: RawFile) -> str:
    """SELECT of `_line` and, for each field f of the table: its value f, its text "f=", and "f?" where it has none."""
    texts, values = ["_line"], ["_line"]
    for field in raw.table.every_field:
        place = raw.match.columns.get(field.name)
        text = "NULL::VARCHAR" if place is None else f"NULLIF(trim(CAST(c{place} AS VARCHAR)), '')"
        texts.append(f'{text} AS "t.{field.name}"')
        values.append(_typed(field, raw) if place is not None else _absent(field))
    return f"SELECT {', '.join(values)} FROM (SELECT {', '.join(texts)} FROM ({raw.staged.relation}))"


def _typed(field: Field, raw: RawFile) -> str:
    text = f'"t.{field.name}"'
    says_so = says_utc(raw.staged.header[raw.match.columns[field.name]])
    value = value_sql(field.kind, text, raw.facts.get(field.name, Facts()), "UTC" if says_so else raw.zone)
    wrong = "false" if field.kind is Kind.TEXT else f"{text} IS NOT NULL AND {value} IS NULL"
    return f'{value} AS "{field.name}", {text} AS "{field.name}=", {wrong} AS "{field.name}?"'


def _absent(field: Field) -> str:
    name = field.name
    return f'NULL::{SQL_TYPES[field.kind]} AS "{name}", NULL::VARCHAR AS "{name}=", false AS "{name}?"'


def joined_relation(table: RawTable, files: Sequence[RawFile]) -> str:
    """All files of a raw table, one row per key, for others to join; without files no rows."""
    if not files:
        nothing = ", ".join(f'NULL::{SQL_TYPES[field.kind]} AS "{field.name}"' for field in table.every_field)
        return f"SELECT {nothing} WHERE false"
    names = ", ".join(f'"{field.name}"' for field in table.every_field)
    every = " UNION ALL ".join(f"SELECT {names}, _line FROM ({typed_relation(raw)})" for raw in files)
    if not table.key:
        return every
    has_versions = any(table.versioned_by in raw.match.columns for raw in files)
    last = f'"{table.versioned_by}" DESC, _line' if has_versions else "_line"
    return f"SELECT * FROM ({every}) QUALIFY row_number() OVER (PARTITION BY {_listed(table.key)} ORDER BY {last}) = 1"


def cook(recipe: Recipe, raw: RawFile, relation_of: Mapping[str, str]) -> Cooked:
    """The relation and cells of a recipe for one file; `relation_of` names the relation of each raw table it joins.

    Its rows say of themselves whether they are an `_old` version, and whether they are `_in`.
    """
    known = {**relation_of, "currency": quoted(raw.currency) if raw.currency else "NULL::VARCHAR"}

    def filled(sql: str) -> str:
        return PLACE.sub(lambda found: known[found[1]], sql)

    made = []
    for name, sql in recipe.cells.items():
        own = [raw.table.by_name[field] for field in dict.fromkeys(_OWN.findall(sql))]
        made.append(f'CAST({filled(sql)} AS VARCHAR) AS "m.{name}"')
        made.append(f'{_shown(own)} AS "s.{name}", {_wrong(own)} AS "w.{name}"')
    where = filled(recipe.where) or "true"
    is_old = "this._next IS NOT NULL" if _has_versions(raw) and not recipe.of_versions else "false"
    relation = (
        f"SELECT this._line, {is_old} AS _old, coalesce({where}, false) AS _in, {', '.join(made)} "
        f"FROM ({_with_neighbours(raw)}) AS this {filled(recipe.joins)}"
    )
    columns = {column.name: column for column in optional_provenance(TABLES[recipe.fills])}
    cells = tuple(
        Cell(columns[name], f'"m.{name}"', f'coalesce("s.{name}", "m.{name}")', checks=_checks(name, sql, raw.table))
        for name, sql in recipe.cells.items()
    )
    return Cooked(relation, cells)


def _with_neighbours(raw: RawFile) -> str:
    """The typed rows of a file; where it keeps versions, with the times of the one before and the next."""
    if not _has_versions(raw):
        return typed_relation(raw)
    table, by = raw.table, raw.table.versioned_by
    order = f'WINDOW same AS (PARTITION BY {_listed(table.key)} ORDER BY "{by}" NULLS FIRST, _line)'
    beside = ", ".join(f'{step}("{by}") OVER same AS {name}' for step, name in _NEIGHBOURS)
    return f"SELECT *, {beside} FROM ({typed_relation(raw)}) {order}"


def _has_versions(raw: RawFile) -> bool:
    return bool(raw.table.key) and raw.table.versioned_by in raw.match.columns


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _shown(own: Sequence[Field]) -> str:
    """What a cell was made of: its numbers where it is made of any, for a currency without an amount is no amount."""
    numbers = [field for field in own if field.kind in (Kind.MAJOR, Kind.MINOR, Kind.NUMBER)]
    texts = [f'this."{field.name}="' for field in numbers or own]
    return f"coalesce({', '.join(texts)}, NULL)" if texts else "NULL::VARCHAR"


def _wrong(own: Sequence[Field]) -> str:
    return " OR ".join(f'this."{field.name}?"' for field in own if field.kind is not Kind.TEXT) or "false"


def _checks(name: str, sql: str, table: RawTable) -> tuple[Check, ...]:
    kinds = [table.by_name[field].kind for field in _OWN.findall(sql)]
    reasons = [REASONS[kind] for kind in kinds if kind in REASONS]
    checks = [Check(f'"w.{name}"', name, reasons[0], READ_HINT)] if reasons else []
    if _PRICED in sql:
        lost = f'"s.{name}" IS NOT NULL AND "m.{name}" IS NULL'
        checks.append(Check(lost, name, "it is an amount without a currency that fits it", PRICE_HINT))
    return tuple(checks)


def without(system: System, recipe: Recipe, there: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The raw tables a recipe misses, each with what stays unknown for it."""
    missing = [name for name in recipe.joined if name not in there]
    return tuple((name, system.without[name]) for name in missing if name in system.without)
