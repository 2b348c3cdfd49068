"""How each loader marks what it lands, and how a path of an object is found in it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from relevo.book.engine import quoted
from relevo.sources.warehouse.shape import ELEMENT, PARENT, PLACE, Shape, squashed
from relevo.sources.warehouse.tables import Column, named


class Loader(StrEnum):
    """Who landed a schema."""

    FIVETRAN = "fivetran"  # and whoever lands tables as the recipes know them
    AIRBYTE = "airbyte"
    DLT = "dlt"


_MARKS = {
    Loader.AIRBYTE: ("_airbyte_raw_id", "_airbyte_ab_id", "_airbyte_extracted_at"),
    Loader.DLT: ("_dlt_id", "_dlt_load_id"),
}
# What grows from one landing of an object to the next.
_LANDED = {
    Loader.AIRBYTE: ("_airbyte_extracted_at", "_airbyte_emitted_at", "_airbyte_loaded_at"),
    Loader.DLT: ("_dlt_load_id",),
}
ROW, PARENT_ROW, ROW_PLACE, VALUE = "_dlt_id", "_dlt_parent_id", "_dlt_list_idx", "value"


def loader_of(columns: Iterable[Column]) -> Loader:
    """Who landed a table, by the columns that each loader adds."""
    names = {column.name.casefold() for column in columns}
    return next((loader for loader, marks in _MARKS.items() if names & set(marks)), Loader.FIVETRAN)


@dataclass
class Side:
    """The columns of one landed table under an alias of SQL, and which of them were asked for."""

    alias: str
    columns: Mapping[str, Column]
    used: dict[str, Column] = field(default_factory=dict)

    def of(self, name: str) -> str | None:
        """A column by its own name; None where the table has none such."""
        found = next((c for c in self.columns.values() if c.name.casefold() == name), None)
        return self._use(found) if found else None

    def value(self, path: str) -> str | None:
        """SQL of the text at a path; None where the table has nothing that leads there."""
        parts = path.split(".")
        for n in range(len(parts), 0, -1):
            found = self.columns.get(squashed("".join(parts[:n])))
            if found:
                return self._at(found, parts[n:])
        return None

    def array(self, path: str) -> str | None:
        """SQL of the elements of an array that is kept as JSON; None where the table has nothing that leads there."""
        parts = path.split(".")
        for n in range(len(parts), 0, -1):
            found = self.columns.get(squashed("".join(parts[:n])))
            if found:
                return f"json_extract({_json(self._use(found))}, {quoted(_json_path(parts[n:]) + '[*]')})"
        return None

    def _at(self, column: Column, rest: Sequence[str]) -> str:
        text = self._use(column)
        if rest or column.is_json:
            return _inside(_json(text), rest)
        return text

    def _use(self, column: Column) -> str:
        self.used[column.name] = column
        return f"{self.alias}.{named(column.name)}"


@dataclass(frozen=True)
class Element:
    """An element of an array kept as JSON, under an alias of SQL."""

    alias: str

    def value(self, path: str) -> str | None:
        """SQL of the text at a path inside the element."""
        return _inside(self.alias, () if path == ELEMENT else path.split("."))


def side(alias: str, columns: Sequence[Column]) -> Side:
    """The columns of a landed table by their squashed names."""
    return Side(alias, {squashed(column.name): column for column in reversed(columns)})


def landed_at(loader: Loader, table: Side) -> str:
    """SQL to order the landings of one object by, the last first."""
    marks = [mark for name in _LANDED[loader] if (mark := table.of(name))]
    return ", ".join(f"TRY_CAST({mark} AS DOUBLE) DESC NULLS LAST, {mark} DESC NULLS LAST" for mark in marks) or "1"


def value_at(path: str, element: Side | Element | None, around: Side, shape: Shape, place: str) -> str | None:
    """SQL of what a path of a shape means; `element` is None where the object itself is the row."""
    bare, _, among = path.partition(" in ")
    if among:
        found = value_at(bare, element, around, shape, place)
        return f"CAST({found} IN ({_texts(among.split(','))}) AS VARCHAR)" if found else None
    if path == PLACE:
        return f"CAST({place} AS VARCHAR)"
    if path.startswith("'"):
        return path
    if path.startswith(PARENT) or element is None:
        return _of_object(path.removeprefix(PARENT), around, shape.inside)
    if path == ELEMENT and isinstance(element, Side):
        return element.of(VALUE)
    return element.value(path)


def first_of(found: Iterable[str | None]) -> str | None:
    """SQL of the first of some values that is there; None where none leads anywhere."""
    there = [each for each in found if each]
    return (f"coalesce({', '.join(there)})" if len(there) > 1 else there[0]) if there else None


def _of_object(path: str, around: Side, inside: str) -> str | None:
    return first_of([around.value(f"{inside}.{path}") if inside else None, around.value(path)])


def _json(text: str) -> str:
    return f"TRY_CAST({text} AS JSON)"


def _inside(json: str, rest: Sequence[str]) -> str:
    return f"json_extract_string({json}, {quoted(_json_path(rest))})"


def _json_path(parts: Sequence[str]) -> str:
    return "$" + "".join(f'."{part}"' for part in parts)


def _texts(values: Iterable[str]) -> str:
    return ", ".join(quoted(value.strip()) for value in values)
