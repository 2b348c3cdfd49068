"""The normal form: each raw table of a system as SQL over the landed tables of a schema, whoever landed them.

Fivetran's tables are the raw tables; of Airbyte's and dlt's a shape makes them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from relevo.book.engine import quoted
from relevo.sources.raw.headings import plain
from relevo.sources.raw.model import HISTORY, RawTable, System
from relevo.sources.raw.recognise import spellings, stem_of
from relevo.sources.warehouse.loaders import (
    PARENT_ROW,
    ROW,
    ROW_PLACE,
    Element,
    Loader,
    Side,
    first_of,
    landed_at,
    loader_of,
    side,
    value_at,
)
from relevo.sources.warehouse.shape import Shape, squashed
from relevo.sources.warehouse.tables import Column, named

PLACE_COLUMN = "_place"


@dataclass(frozen=True)
class Draft:
    """One raw table as a SELECT of its columns and `_place`, and the columns it uses of each landed table.

    The landed tables stand in the SQL under the names that `view` gives them.
    """

    table: RawTable
    columns: tuple[str, ...]
    sql: str
    uses: Mapping[str, Mapping[str, Column]]

    @property
    def landed(self) -> str:
        """The landed tables it is made of, for people."""
        return ", ".join(self.uses)


@dataclass(frozen=True)
class Landed:
    """The tables of one schema with their columns, as far as the system may know them; `headings` are wanted too."""

    system: System
    loader: Loader
    columns: Mapping[str, Sequence[Column]] = field(default_factory=dict)
    headings: frozenset[str] = frozenset()


def view(landed: str) -> str:
    """The name, as SQL, under which a draft reads a landed table."""
    return named(f"landed.{landed}")


def names_of(system: System, shapes: Sequence[Shape], tables: Iterable[str]) -> tuple[str, ...]:
    """Of the tables of a schema those that the system may know by name."""
    known = {squashed(name) for table in system.tables if table.is_loader for name in fivetran_names(table)}
    known |= {squashed(name) for shape in shapes for name in shape.objects}
    known |= {squashed(name + array) for shape in shapes for name in shape.objects for array in shape.unfold}
    return tuple(table for table in tables if _keys(system, table) & known)


def fivetran_names(table: RawTable) -> tuple[str, ...]:
    """The names that a raw table may have where it was landed as it is, the plainest first."""
    every = (table.name, *table.files)
    return tuple(dict.fromkeys((*every, *(f"{name}_history" for name in every))))


def drafts(landed: Landed, shapes: Sequence[Shape]) -> tuple[Draft, ...]:
    """The raw tables that the landed tables give."""
    tables = [table for table in landed.system.tables if table.is_loader]
    if landed.loader is Loader.FIVETRAN:
        found = [_as_it_is(landed, table) for table in tables]
    else:
        found = [_shaped(landed, table, [each for each in shapes if each.fills == table.name]) for table in tables]
    return tuple(draft for draft in found if draft)


def _keys(system: System, table: str) -> frozenset[str]:
    """What a landed table may be called without prefix and endings."""
    bare = squashed(table)
    return frozenset((bare, bare.removeprefix(squashed(system.name)), squashed(stem_of(table))))


def find(landed: Landed, names: Iterable[str]) -> str | None:
    """The landed table with the first of some names that there is."""
    for name in names:
        own = [table for table in landed.columns if squashed(name) in _keys(landed.system, table)]
        if own:
            return min(own, key=len)
    return None


def _as_it_is(landed: Landed, table: RawTable) -> Draft | None:
    source = find(landed, fivetran_names(table))
    if source is None:
        return None
    by_name = {plain(column.name): column for column in reversed(landed.columns[source])}
    if plain(HISTORY) in by_name and table.name.removesuffix("_history") in set(landed.system.by_name) - {table.name}:
        return None  # versions of another raw table, not the table that has this name
    asked = (next((by_name[s] for s in spellings(each) if s in by_name), None) for each in table.every_field)
    more = (column for name, column in by_name.items() if name in landed.headings)
    used = {column.name: column for column in (*asked, *more) if column}
    if not _has_key(table, [plain(name) for name in used]):
        return None
    place = f"TRY_CAST({named(used['index'].name)} AS BIGINT)" if "index" in used else "0"
    told = ", ".join(named(name) for name in used)
    sql = f"SELECT {told}, {place} AS {PLACE_COLUMN} FROM {view(source)}"
    return Draft(table, tuple(used), sql, {source: used})


def _has_key(table: RawTable, names: Sequence[str]) -> bool:
    keys = [table.by_name[name] for name in table.key[:1]]
    return all(set(spellings(key)) & set(names) for key in keys)


def _shaped(landed: Landed, table: RawTable, shapes: Sequence[Shape]) -> Draft | None:
    made: list[Draft] = []
    for each in shapes:
        draft = None if each.instead and made else _of_shape(landed, table, each)
        made += [draft] if draft else []
    if not made:
        return None
    columns = tuple(dict.fromkeys(name for draft in made for name in draft.columns))
    uses: dict[str, dict[str, Column]] = {}
    for draft in made:
        for source, used in draft.uses.items():
            uses.setdefault(source, {}).update(used)
    sql = " UNION ALL BY NAME ".join(f"({draft.sql})" for draft in made)
    return Draft(table, columns, f"SELECT * FROM ({sql})", uses)


@dataclass(frozen=True)
class _Rows:
    """What the rows of a shape are made of: objects, or elements of an array in each of them."""

    sql: str
    around: Side
    uses: Mapping[str, Mapping[str, Column]]
    element: Side | Element | None = None
    place: str = "0"

    def first(self, paths: Iterable[str], shape: Shape) -> str | None:
        """SQL of the first of some paths that has a value; None where none leads anywhere."""
        return first_of(value_at(path, self.element, self.around, shape, self.place) for path in paths)


def _of_shape(landed: Landed, table: RawTable, shape: Shape) -> Draft | None:
    source = find(landed, shape.objects)
    if source is None:
        return None
    around = side("o", landed.columns[source])
    objects = _Rows(f"{_last(landed, shape, around, source)} AS o", around, {source: around.used})
    child = find(landed, (source + array for array in shape.unfold))
    rows: _Rows | None = objects
    if child:
        rows = _joined(landed, objects, child)
    elif shape.unfold:
        rows = _unnested(shape, objects)
    return _drafted(table, shape, rows) if rows else None


def _unnested(shape: Shape, objects: _Rows) -> _Rows | None:
    """The elements of arrays that are kept as JSON."""
    lists = [found for array in shape.unfold if (found := objects.around.array(array))]
    if not lists:
        return None
    elements = f"UNNEST(list_concat({', '.join(lists)}, []::JSON[])) WITH ORDINALITY AS u(e, n)"
    return replace(objects, sql=f"{objects.sql}, {elements}", element=Element("u.e"), place="(u.n - 1)")


def _joined(landed: Landed, objects: _Rows, child: str) -> _Rows | None:
    """The elements that stand in a table of their own."""
    element = side("e", landed.columns[child])
    row, parent, place = objects.around.of(ROW), element.of(PARENT_ROW), element.of(ROW_PLACE)
    if not (row and parent and place):
        return None
    sql = f"{objects.sql} JOIN {view(child)} AS e ON {parent} = {row}"
    uses = {**objects.uses, child: element.used}
    return replace(objects, sql=sql, uses=uses, element=element, place=f"TRY_CAST({place} AS BIGINT)")


def _last(landed: Landed, shape: Shape, around: Side, source: str) -> str:
    """The objects of a table, of each the last that was landed; its columns are used as they are asked for later."""
    same = [found for path in shape.same if (found := value_at(path, None, around, shape, "0"))]
    order = landed_at(loader_of(landed.columns[source]), around)
    if not same or order == "1":
        return view(source)
    return (
        f"(SELECT * FROM {view(source)} AS o "
        f"QUALIFY row_number() OVER (PARTITION BY {', '.join(same)} ORDER BY {order}) = 1)"
    )


def _drafted(table: RawTable, shape: Shape, rows: _Rows) -> Draft | None:
    values = {name: sql for name, paths in shape.columns.items() if (sql := rows.first(paths, shape))}
    if any(name not in values for name in table.key[:1]):
        return None
    conditions = [_among(rows.first(path.split(" | "), shape), among) for path, among in shape.where.items()]
    headings = {name: (table.by_name[name].headings or (name,))[0] for name in values}
    told = ", ".join(f"{sql} AS {named(headings[name])}" for name, sql in values.items())
    where = " AND ".join(conditions) or "true"
    sql = f"SELECT {told}, {rows.place} AS {PLACE_COLUMN} FROM {rows.sql} WHERE {where}"
    return Draft(table, tuple(headings.values()), sql, rows.uses)


def _among(value: str | None, among: Sequence[str]) -> str:
    if value is None:
        return "false"
    return f"{value} IN ({', '.join(map(quoted, among))})" if among else f"{value} IS NOT NULL"
