"""Copy the raw tables of a system out of a schema: one Parquet file each, rows in an order of their own."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from relevo.base.errors import WrongUse
from relevo.book.engine import quoted
from relevo.sources.raw.model import RawTable, System
from relevo.sources.warehouse.loaders import Loader, loader_of
from relevo.sources.warehouse.normal import PLACE_COLUMN, Draft, Landed, drafts, find, fivetran_names, names_of, view
from relevo.sources.warehouse.shape import Shapes
from relevo.sources.warehouse.tables import Column, Warehouse, listed, named

# Changes when the same rows of a warehouse become other raw rows.
NORMAL_FORM = "1"
_PARQUET = "(FORMAT parquet, COMPRESSION zstd)"


@dataclass(frozen=True)
class Asked:
    """What is asked for: the schema in which a system was landed, and the shapes of its objects.

    `name` is what its tables are called after: the schema, and the system too where others are in the same schema.
    `headings` are further columns to copy, because a reading says of them which field they are.
    """

    system: System
    schema: str
    shapes: Shapes
    name: str
    headings: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Brought:
    """One raw table that was copied: from which landed tables, how many rows, and the sha256 of what it holds."""

    asked: Asked
    table: RawTable
    landed: str
    path: Path
    rows: int
    sha256: str

    @property
    def file(self) -> str:
        """The name under which it is loaded."""
        return f"{self.asked.name}/{self.table.name}.parquet"


@dataclass(frozen=True)
class Missing:
    """A raw table that a schema does not have, and what stays unknown without it."""

    system: str
    schema: str
    table: str
    told: str


def bring(
    warehouse: Warehouse,
    asked: Asked,
    folder: Path,
    connection: duckdb.DuckDBPyConnection,
    on_progress: Callable[[str, int], None],
) -> tuple[tuple[Brought, ...], tuple[Missing, ...]]:
    """The raw tables of a schema as files of a new folder. WrongUse where there is no such schema or nothing in it."""
    landed = look(warehouse, asked)
    found = drafts(landed, asked.shapes.shapes)
    _check_needs(warehouse, asked, landed, found)
    folder.mkdir(parents=True)
    _open_views(warehouse, asked.schema, found, connection)
    brought = []
    for draft in found:
        brought.append(_copied(asked, draft, folder, connection))
        on_progress(f"{asked.schema}.{draft.table.name}", brought[-1].rows)
    return tuple(brought), _missing(asked, found)


def look(warehouse: Warehouse, asked: Asked) -> Landed:
    """Which tables of a schema the system knows by name, and who landed them."""
    tables = warehouse.tables(asked.schema)
    if not tables:
        raise WrongUse(
            f"{warehouse.shown} has no schema {asked.schema!r} with tables; it has {listed(warehouse.schemas())}.",
            f"Write --schema {asked.system.name}=NAME with one of them.",
        )
    known = names_of(asked.system, asked.shapes.shapes, tables)
    columns = {table: warehouse.columns(asked.schema, table) for table in known}
    marks = {loader_of(each) for each in columns.values()}
    loader = max(marks - {Loader.FIVETRAN}, default=Loader.FIVETRAN)
    return Landed(asked.system, loader, columns, asked.headings)


def _check_needs(warehouse: Warehouse, asked: Asked, landed: Landed, found: Sequence[Draft]) -> None:
    there = {draft.table.name for draft in found}
    missing = next((name for name in asked.shapes.needs if name not in there), None)
    if missing is None:
        return
    names = dict.fromkeys(_names(asked, missing))
    like = find(landed, names)
    told = f"table {missing} of {asked.system.title} (looked for {', '.join(names)})"
    if like:
        told = f"key in its table {like}, which has {listed(column.name for column in landed.columns[like])}"
    raise WrongUse(
        f"{asked.schema} of {warehouse.shown} has no {told}; its tables are {listed(warehouse.tables(asked.schema))}.",
        f"Name the schema in which {asked.system.title} was landed: --schema {asked.system.name}=NAME.",
    )


def _names(asked: Asked, table: str) -> tuple[str, ...]:
    """The names under which a raw table is looked for."""
    objects = [name for shape in asked.shapes.shapes if shape.fills == table for name in shape.objects]
    return (*fivetran_names(asked.system.table(table)), *objects)


def _open_views(
    warehouse: Warehouse, schema: str, found: Sequence[Draft], connection: duckdb.DuckDBPyConnection
) -> None:
    """Each landed table once, with all columns that any raw table takes of it."""
    used: dict[str, dict[str, Column]] = {}
    for draft in found:
        for table, columns in draft.uses.items():
            used.setdefault(table, {}).update(columns)
    for table, columns in used.items():
        rows = warehouse.rows(schema, table, tuple(columns.values()))
        connection.execute(f"CREATE OR REPLACE TEMP VIEW {view(table)} AS {rows}")


def _copied(asked: Asked, draft: Draft, folder: Path, connection: duckdb.DuckDBPyConnection) -> Brought:
    """One raw table as a file: by key, then in the order of its list, then by what the row holds."""
    path = folder / f"{draft.table.name}.parquet"
    headings = ", ".join(named(name) for name in draft.columns)
    row = row_text(draft.columns)
    keys = [named(name) for name in _key_columns(draft)]
    order = ", ".join((*keys, PLACE_COLUMN, f"md5({row})"))
    rows = connection.execute(
        f"COPY (SELECT {headings} FROM ({draft.sql}) ORDER BY {order}) TO {quoted(path)} {_PARQUET}"
    ).fetchall()[0][0]
    return Brought(asked, draft.table, draft.landed, path, rows, content_hash(path, draft.columns, connection))


def _key_columns(draft: Draft) -> list[str]:
    names = {name for key in draft.table.key for name in (draft.table.by_name[key].headings or (key,))}
    return [name for name in draft.columns if name in names]


def row_text(columns: Sequence[str]) -> str:
    """SQL of one text that two rows share only where all their values are the same."""
    return " || ".join(f"coalesce(length({named(c)}) || ':' || {named(c)}, '-')" for c in columns)


def content_hash(path: Path, columns: Sequence[str], connection: duckdb.DuckDBPyConnection) -> str:
    """The sha256 of columns and rows of a file, whatever their order and however Parquet packs them."""
    row = row_text(columns)
    rows = f"SELECT {row} AS told FROM read_parquet({quoted(path)})"
    sums = "count(*), bit_xor(md5_number(told)), sum(CAST(md5_number_lower(told) AS HUGEINT))"
    found = connection.execute(f"SELECT {sums} FROM ({rows})").fetchall()[0]
    return hashlib.sha256(json.dumps([NORMAL_FORM, *columns, *map(str, found)]).encode()).hexdigest()


def _missing(asked: Asked, found: Sequence[Draft]) -> tuple[Missing, ...]:
    there = {draft.table.name for draft in found}
    lost = {table.name: _lost(asked.system, table) for table in asked.system.tables if table.name not in there}
    return tuple(Missing(asked.system.name, asked.schema, name, told) for name, told in lost.items() if told)


def _lost(system: System, table: RawTable) -> str:
    """What is not known without a raw table; '' where nothing is lost."""
    fills = dict.fromkeys(recipe.fills for recipe in system.recipes if recipe.of == table.name)
    if not table.is_loader:
        return ""
    return system.without.get(table.name) or (f"no {' and no '.join(fills)} is read from it." if fills else "")
