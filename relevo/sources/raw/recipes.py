"""A recipe as SQL over the raw tables that are there.

`this` is one file of the recipe's raw table. Other tables it joins are all files of that name together, one row per
key; one that is not there has no rows, so that what it would tell stays unknown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from relevo.book.engine import quoted
from relevo.book.tables import TABLES
from relevo.sources.files.canonical import optional_provenance
from relevo.sources.files.checks import Cell, Check
from relevo.sources.raw.joined import Needed, needed
from relevo.sources.raw.model import PLACE, Field, Kind, RawTable, Recipe, System
from relevo.sources.raw.rawfile import READ_HINT, RawFile, listed, typed_relation
from relevo.sources.raw.typed import REASONS

_OWN = re.compile(r"\bthis\.\"?(\w+)\"?")
_PRICED = "cents("
_NEIGHBOURS = (("lag", "_before"), ("lead", "_next"))
MISSING_HINT = "Load the table that tells it together with this one; what was set aside is then read."
PRICE_HINT = "Fill the currency, or name one for the file; an amount may not have more decimals than its currency."


@dataclass(frozen=True)
class Cooked:
    """A recipe over one file: the relation, its cells, and the condition under which a row belongs to it."""

    relation: str
    cells: tuple[Cell, ...]


def cook(recipe: Recipe, raw: RawFile, relation_of: Mapping[str, str], system: System) -> Cooked:
    """The relation and cells of a recipe for one file; `relation_of` names the relation of each raw table it joins.

    Its rows say of themselves whether they are an `_old` version, and whether they are `_in`. A row of which cannot be
    read what decides that is `_in`, so that it is set aside.
    """
    known = {**relation_of, "currency": quoted(raw.currency) if raw.currency else "NULL::VARCHAR"}

    def filled(sql: str) -> str:
        return PLACE.sub(lambda found: known[found[1]], sql)

    looked_up, hidden = needed(recipe, system), _hidden(recipe, raw.table)
    asked = dict.fromkeys((*hidden, *(each for found in looked_up.values() for each in found)))
    made = [_made(name, filled(sql), _own(sql, raw.table)) for name, sql in recipe.cells.items()]
    made += [f'coalesce({each.is_unread}, false) AS "n.{each.alias}.{each.field}"' for each in asked]
    is_old = "this._next IS NOT NULL" if _has_versions(raw) and not recipe.of_versions else "false"
    is_in = f"coalesce({filled(recipe.where) or 'true'}, false) OR {_wrong(_own(recipe.where, raw.table))}"
    relation = (
        f"SELECT this._line, {is_old} AS _old, {is_in} AS _in, {', '.join(made)} "
        f"FROM ({_with_neighbours(raw)}) AS this {filled(recipe.joins)}"
    )
    return Cooked(relation, _cells(recipe, raw.table, {**looked_up, "": (*hidden, *looked_up[""])}))


def _made(name: str, sql: str, own: Sequence[Field]) -> str:
    """A cell as SQL: what it is made as "m.", what the file says as "s.", whether that cannot be read as "w."."""
    return f'CAST({sql} AS VARCHAR) AS "m.{name}", {_shown(own)} AS "s.{name}", {_wrong(own)} AS "w.{name}"'


def _cells(recipe: Recipe, table: RawTable, looked_up: Mapping[str, Sequence[Needed]]) -> tuple[Cell, ...]:
    """The cells with their checks; the first has those that are about the row as a whole."""
    columns = {column.name: column for column in optional_provenance(TABLES[recipe.fills])}
    checks = {
        name: [
            *_checks(name, sql, table),
            *(_unreadable(each, name) for each in looked_up.get(name, ())),
            *([_missing(name, recipe.missing[name])] if name in recipe.missing else ()),
        ]
        for name, sql in recipe.cells.items()
    }
    first = next(iter(checks))
    checks[first] = [*map(_unreadable, looked_up[""]), *checks[first]]
    return tuple(
        Cell(columns[name], f'"m.{name}"', f'coalesce("s.{name}", "m.{name}")', checks=tuple(found))
        for name, found in checks.items()
    )


def _own(sql: str, table: RawTable) -> list[Field]:
    """The fields of `this` that SQL names."""
    return [table.by_name[name] for name in dict.fromkeys(_OWN.findall(sql)) if name in table.by_name]


@dataclass(frozen=True)
class _Hidden(Needed):
    """A field of the row itself that no cell shows, and on which depends which rows there are."""

    @property
    def is_unread(self) -> str:
        return f'this."{self.field}?"'

    @property
    def reason(self) -> str:
        return f"{self.field} cannot be read: {REASONS[self.kind]}"


def _hidden(recipe: Recipe, table: RawTable) -> tuple[_Hidden, ...]:
    shown = {field.name for sql in recipe.cells.values() for field in _own(sql, table)}
    asked = _own(f"{recipe.joins} {recipe.where}", table)
    return tuple(
        _Hidden("this", table.name, field.name, field.kind)
        for field in asked
        if field.name not in shown and field.kind in REASONS
    )


def _unreadable(each: Needed, column: str = "") -> Check:
    return Check(f'"n.{each.alias}.{each.field}"', column, each.reason, READ_HINT)


def _missing(column: str, reason: str) -> Check:
    """What a recipe says of a required cell that stays empty because another table does not tell it."""
    return Check(f'"m.{column}" IS NULL', column, reason, MISSING_HINT)


def _with_neighbours(raw: RawFile) -> str:
    """The typed rows of a file; where it keeps versions, with the times of the one before and the next."""
    if not _has_versions(raw):
        return typed_relation(raw)
    table, by = raw.table, raw.table.versioned_by
    order = f'WINDOW same AS (PARTITION BY {listed(table.key)} ORDER BY "{by}" NULLS FIRST, _line)'
    beside = ", ".join(f'{step}("{by}") OVER same AS {name}' for step, name in _NEIGHBOURS)
    return f"SELECT *, {beside} FROM ({typed_relation(raw)}) {order}"


def _has_versions(raw: RawFile) -> bool:
    return bool(raw.table.key) and raw.table.versioned_by in raw.match.columns


def _shown(own: Sequence[Field]) -> str:
    """What a cell was made of: its numbers where it is made of any, for a currency without an amount is no amount."""
    numbers = [field for field in own if field.kind in (Kind.MAJOR, Kind.MINOR, Kind.NUMBER)]
    texts = [f'this."{field.name}="' for field in numbers or own]
    return f"coalesce({', '.join(texts)}, NULL)" if texts else "NULL::VARCHAR"


def _wrong(own: Sequence[Field]) -> str:
    return " OR ".join(f'this."{field.name}?"' for field in own if field.kind is not Kind.TEXT) or "false"


def _checks(name: str, sql: str, table: RawTable) -> tuple[Check, ...]:
    reasons = [REASONS[field.kind] for field in _own(sql, table) if field.kind in REASONS]
    checks = [Check(f'"w.{name}"', name, reasons[0], READ_HINT)] if reasons else []
    if _PRICED in sql:
        lost = f'"s.{name}" IS NOT NULL AND "m.{name}" IS NULL'
        checks.append(Check(lost, name, "it is an amount without a currency that fits it", PRICE_HINT))
    return tuple(checks)


def without(system: System, recipe: Recipe, there: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """The raw tables a recipe misses, each with what stays unknown for it."""
    missing = [name for name in recipe.joined if name not in there]
    return tuple((name, system.without[name]) for name in missing if name in system.without)
