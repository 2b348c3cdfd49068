"""What an export comes to does not depend on the order of its columns, nor on columns that nothing is made of."""

import csv
import re
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.base.config import Company
from relevo.book.engine import connect
from relevo.book.landing_rows import kept_sql
from relevo.book.tables import TABLES
from relevo.sources.raw.headings import plain
from relevo.sources.raw.model import RawTable, Recipe, System
from relevo.sources.raw.recognise import spellings
from relevo.sources.systems import SYSTEMS
from tests.sources.systems.exports import EXPORTS
from tests.sources.systems.loading import Loaded, load

STRANGE = ("Custom field 7", "Notas internas", "自定义字段")
_OWN = re.compile(r"\bthis\.\"?(\w+)\"?")


@dataclass(frozen=True)
class Sheet:
    """An export as a table: its headings, its rows, and lines below them."""

    code: str
    rows: tuple[tuple[str, ...], ...]
    footer: str = ""

    @property
    def table(self) -> RawTable:
        """The raw table that it is."""
        return self.system.table(self.code.split(".")[1])

    @property
    def system(self) -> System:
        """The system that it is of."""
        return next(each for each in SYSTEMS if each.name == self.code.split(".")[0])

    def with_columns(self, order: list[int], more: tuple[str, ...] = ()) -> str:
        """Its text with these columns in this order, and columns of nobody behind."""
        out = StringIO()
        writer = csv.writer(out)
        for place, row in enumerate(self.rows):
            writer.writerow([*(row[n] for n in order), *(more if place == 0 else ["x"] * len(more))])
        return out.getvalue() + self.footer

    def field_at(self, place: int) -> str:
        """The field that a column is; '' for none."""
        heading = plain(self.rows[0][place])
        return next((field.name for field in self.table.fields if heading in spellings(field)), "")


def sheet(code: str) -> Sheet:
    lines = [line.strip() for line in EXPORTS[code][0].strip().splitlines()]
    rows = list(csv.reader(lines, delimiter=";" if code == "pipedrive.deals" else ","))
    full = [tuple(row) for row in rows if len(row) == len(rows[0])]
    return Sheet(code, tuple(full), "\n" + "\n".join(lines[len(full) :]) if len(full) < len(rows) else "")


@lru_cache
def landed(code: str, text: str, says_what: bool) -> dict[str, list[dict[str, Any]]]:
    """The rows that an export alone comes to, by table; `says_what` where somebody said what the file is."""
    dates, decimals = ("dmy", ",") if code == "pipedrive.deals" else ("mdy", ".")
    said = {"file": "export.csv", "currency": "EUR", "decimals": decimals, "dates": dates}
    said |= {"is": code} if says_what else {}
    with TemporaryDirectory() as home:
        folder = Path(home) / "raw"
        folder.mkdir()
        (folder / "export.csv").write_text(text, encoding="utf-8")
        loaded = load(folder, Path(home) / "landing", [said], Company(timezone="Europe/Madrid"))
        assert (loaded.report.unused, loaded.report.asked) == ((), ())
        tables = sorted({str(each.load.table) for each in loaded.report.loads})
        return {table: rows_of(loaded, table) for table in tables}


def rows_of(loaded: Loaded, table: str) -> list[dict[str, Any]]:
    names = [column.name for column in TABLES[table].columns]
    columns = ", ".join(f'"{name}"' for name in names)
    with connect() as connection:
        sql = f"SELECT _line, {columns} FROM ({kept_sql(loaded.landing, table)}) ORDER BY ALL"
        return [dict(zip(["_line", *names], row, strict=True)) for row in connection.execute(sql).fetchall()]


@pytest.mark.parametrize("code", EXPORTS)
@settings(max_examples=3)
@given(data=st.data())
def test_the_order_of_columns_and_columns_of_nobody_do_not_matter(code: str, data: st.DataObject) -> None:
    export = sheet(code)
    straight = list(range(len(export.rows[0])))
    order = data.draw(st.permutations(straight[::-1]))
    more = tuple(data.draw(st.lists(st.sampled_from(STRANGE), unique=True)))
    found = landed(code, export.with_columns(order, more), says_what=False)
    assert found == landed(code, export.with_columns(straight), says_what=True)


@pytest.mark.parametrize("code", EXPORTS)
@settings(max_examples=2)
@given(data=st.data())
def test_a_column_that_is_left_out_changes_only_what_is_made_of_it(code: str, data: st.DataObject) -> None:
    export = sheet(code)
    straight = list(range(len(export.rows[0])))
    free = [place for place in straight if _may_go(export, place)]
    gone = set(data.draw(st.lists(st.sampled_from(free), unique=True, min_size=1)))
    order = data.draw(st.permutations([place for place in straight[::-1] if place not in gone]))
    fields = {export.field_at(place) for place in gone}
    full = landed(code, export.with_columns(straight), says_what=True)
    less = landed(code, export.with_columns(order), says_what=True)
    assert set(full) == set(less)
    for table in full:
        made = {name for recipe in export.system.recipes for name in _made_of(recipe, export, table, fields)}
        assert [_without(row, made) for row in full[table]] == [_without(row, made) for row in less[table]]


def _may_go(export: Sheet, place: int) -> bool:
    """Whether a column is optional, no required column of the book is made of it, and it decides about no row."""
    name = export.field_at(place)
    if not name:
        return True
    if export.table.by_name[name].required:
        return False
    for recipe in export.system.recipes:
        if recipe.of != export.table.name:
            continue
        required = {column.name for column in TABLES[recipe.fills].columns if not column.null}
        needed = " ".join(sql for cell, sql in recipe.cells.items() if cell in required)
        if re.search(rf"\b{name}\b", f"{needed} {recipe.joins} {recipe.where}"):
            return False
    return True


def _made_of(recipe: Recipe, export: Sheet, table: str, fields: set[str]) -> set[str]:
    if recipe.of != export.table.name or recipe.fills != table:
        return set()
    return {name for name, sql in recipe.cells.items() if fields & set(_OWN.findall(sql))}


def _without(row: dict[str, Any], names: set[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}
