"""Exports as files: sheets over the story, written in one way."""

import csv
import io
from pathlib import Path
from typing import Any

import duckdb

from relevo.book.engine import quoted
from relevo.sources.demo.exports.model import Export, Sheet
from relevo.sources.demo.exports.ways import Way
from relevo.sources.raw.headings import says_utc
from relevo.sources.raw.model import Field, Kind


def write_export(export: Export, story: duckdb.DuckDBPyConnection, way: Way, folder: Path) -> tuple[Path, ...]:
    """Write the files of an export, written in one way, into a folder; the files."""
    folder.mkdir(parents=True, exist_ok=True)
    return tuple(_write(export, sheet, story, way, folder) for sheet in export.sheets)


def write_parquet(export: Export, story: duckdb.DuckDBPyConnection, folder: Path) -> tuple[Path, ...]:
    """Write a loader's tables as Parquet files with types."""
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for sheet in export.sheets:
        fields = _fields(export, sheet, story)
        told = ", ".join(f'"{field.name}" AS {_named(_spelled(field))}' for field in fields)
        files.append(folder / f"{sheet.file.removesuffix('.csv')}.parquet")
        story.execute(f"COPY (SELECT {told} FROM ({sheet.sql})) TO {quoted(files[-1])} (FORMAT parquet)")
    return tuple(files)


def _write(export: Export, sheet: Sheet, story: duckdb.DuckDBPyConnection, way: Way, folder: Path) -> Path:
    fields = _fields(export, sheet, story)
    headings = [sheet.heading(field.name, way.language) or _spelled(field) for field in fields]
    zones = ["UTC" if says_utc(heading) else way.zone for heading in headings]
    rows = story.execute(sheet.sql).fetchall()
    more = () if way.is_bare else sheet.more
    lines = [[*headings, *more], *([*_texts(row, fields, sheet, way, zones), *[""] * len(more)] for row in rows)]
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=way.delimiter, lineterminator="\r\n")
    writer.writerows(line[::-1] if way.is_reversed else line for line in lines)
    path = folder / sheet.file
    path.write_bytes((out.getvalue() + "".join(f"{line}\r\n" for line in sheet.footer)).encode(way.encoding))
    return path


def _texts(row: tuple[Any, ...], fields: list[Field], sheet: Sheet, way: Way, zones: list[str]) -> list[str]:
    names = [field.name for field in fields]
    currency = row[names.index("currency")] if "currency" in names else None
    serial = way.name in sheet.serial_in
    return [
        sheet.word(field.name, value, way.language)
        if field.kind is Kind.TEXT and isinstance(value, str)
        else way.cell(field.kind, value, currency and currency.upper(), zone, serial=serial)
        for field, value, zone in zip(fields, row, zones, strict=True)
    ]


def _fields(export: Export, sheet: Sheet, story: duckdb.DuckDBPyConnection) -> list[Field]:
    by_name = export.system.table(sheet.table).by_name
    return [by_name[name] for name, *_ in story.execute(f"DESCRIBE {sheet.sql}").fetchall()]


def _spelled(field: Field) -> str:
    return field.headings[0] if field.headings else field.name


def _named(heading: str) -> str:
    return '"' + heading.replace('"', '""') + '"'
