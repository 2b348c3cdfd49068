"""The `[[source]]` entries of relevo.toml: which file feeds which table, column by column. Checked when read.

docs/how-to/map-your-own-files.md shows every setting with an example.
"""

import codecs
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from relevo.base.errors import WrongUse
from relevo.book.currencies import is_currency
from relevo.book.table import Column, Kind, Table
from relevo.book.tables import TABLES
from relevo.sources.files.canonical import optional_provenance
from relevo.sources.files.lines import Dialect

_SOURCE: Mapping[str, type] = {
    "name": str,
    "timezone": str,
    "decimal_comma": bool,
    "thousands": str,
    "encoding": str,
    "delimiter": str,
    "dates": list,
    "nulls": list,
    "table": list,
}
_TABLE: Mapping[str, type] = {"file": str, "table": str, "columns": dict}
_COLUMN: Mapping[str, type] = {
    "column": str,
    "constant": object,
    "lookup": dict,
    "default": object,
    "values": dict,
    "upper": bool,
    "lower": bool,
    "unit": str,
    "currency": str,
    "dates": list,
    "nulls": list,
    "as_day": bool,
}
_LOOKUP: Mapping[str, type] = {"file": str, "match": str, "on": str, "take": str}
_NUMBERS = (Kind.INTEGER, Kind.DECIMAL)
_TIMES = (Kind.DATE, Kind.TIMESTAMP)


@dataclass(frozen=True)
class Lookup:
    """A value from another file: `take` of the row of `file` whose `match` equals this row's `on`."""

    file: str
    match: str
    on: str
    take: str


@dataclass(frozen=True)
class ColumnMapping:
    """Where one canonical column comes from: a column, a constant or a lookup, and what is done with the text."""

    name: str
    column: str | None = None
    constant: str | None = None
    lookup: Lookup | None = None
    default: str | None = None
    values: tuple[tuple[str, str], ...] = ()
    upper: bool = False
    lower: bool = False
    unit: str = "minor"
    currency: str | None = None
    dates: tuple[str, ...] = ()
    nulls: tuple[str, ...] = ()
    as_day: bool = False


@dataclass(frozen=True)
class TableMapping:
    """How the files that `file` (a glob) matches become rows of one table. `identity` changes with any setting."""

    source: str
    file: str
    table: str
    columns: tuple[ColumnMapping, ...]
    identity: str
    timezone: str = "UTC"
    decimal_comma: bool = False
    thousands: str = ""
    dialect: Dialect = field(default_factory=Dialect)

    @property
    def lookup_files(self) -> tuple[str, ...]:
        """The files the lookups read, one per lookup column, in the order of the columns."""
        return tuple(c.lookup.file for c in self.columns if c.lookup)


def read_mappings(raw: Sequence[Mapping[str, Any]]) -> tuple[TableMapping, ...]:
    """The mappings of a configuration. Raises WrongUse that names the entry and what is allowed there."""
    names: set[str] = set()
    mappings: list[TableMapping] = []
    for place, entry in enumerate(raw, 1):
        where = f"[[source]] {entry.get('name', f'number {place}')!r}"
        check_keys(entry, _SOURCE, where)
        name = required(entry, "name", where)
        if name in names:
            raise WrongUse(f"{where} stands twice.", "Give each source its own name, or join their tables.")
        names.add(name)
        mappings += [_table_mapping(entry, table, where) for table in required(entry, "table", where)]
    return tuple(mappings)


def _table_mapping(source: Mapping[str, Any], entry: Mapping[str, Any], where: str) -> TableMapping:
    named = entry.get("table", entry.get("file", "")) if isinstance(entry, Mapping) else entry
    where = f"[[source.table]] {named!r} of {where}"
    check_keys(entry, _TABLE, where)
    table = TABLES.get(required(entry, "table", where))
    if table is None:
        raise WrongUse(f"{where} names no table of the book.", _suggest(entry["table"], TABLES))
    columns = _columns(table, source, required(entry, "columns", where), where)
    settings = {k: v for k, v in source.items() if k != "table"}
    return TableMapping(
        source["name"],
        required(entry, "file", where),
        table.name,
        columns,
        json.dumps([settings, entry], sort_keys=True, default=str),
        _timezone(source.get("timezone", "UTC"), where),
        source.get("decimal_comma", False),
        _thousands(source, where),
        _dialect(source, where),
    )


def _columns(table: Table, source: Mapping[str, Any], raw: Mapping[str, Any], where: str) -> tuple[ColumnMapping, ...]:
    known = {column.name: column for column in optional_provenance(table)}
    unknown = sorted(set(raw) - set(known))
    if unknown:
        raise WrongUse(f"{where} fills {unknown[0]!r}, which {table.name} does not have.", _suggest(unknown[0], known))
    missing = [name for name, column in known.items() if not column.null and name not in raw]
    if missing:
        raise WrongUse(
            f"{where} does not fill {', '.join(missing)}, which {table.name} requires.",
            "Name a column, a constant or a lookup for each.",
        )
    made = tuple(_column(known[name], source, raw[name], where) for name in known if name in raw)
    _check_currencies(made, where)
    return made


def _column(column: Column, source: Mapping[str, Any], raw: object, where: str) -> ColumnMapping:
    where = f"{column.name} in {where}"
    entry = {"column": raw} if isinstance(raw, str) else raw
    if not isinstance(entry, dict):
        raise WrongUse(f"{where} is {raw!r}.", 'Write the name of a column, or a table such as { constant = "EUR" }.')
    check_keys(entry, _COLUMN, where)
    if sum(key in entry for key in ("column", "constant", "lookup")) != 1:
        raise WrongUse(f"{where} does not say where it comes from.", "Give one of column, constant, lookup.")
    _check_settings(column, entry, where)
    constant, default = entry.get("constant"), entry.get("default")
    return ColumnMapping(
        column.name,
        entry.get("column"),
        None if constant is None else _text(constant, where),
        _lookup(entry["lookup"], where) if "lookup" in entry else None,
        None if default is None else _text(default, where),
        tuple((str(key), _text(value, where)) for key, value in entry.get("values", {}).items()),
        entry.get("upper", False),
        entry.get("lower", False),
        entry.get("unit", "minor"),
        entry.get("currency"),
        _dates(entry.get("dates", source.get("dates", [])), where) if column.kind in _TIMES else (),
        _texts(entry.get("nulls", source.get("nulls", [])), where),
        entry.get("as_day", False),
    )


def _check_settings(column: Column, entry: Mapping[str, Any], where: str) -> None:
    if "unit" in entry and (not column.name.endswith("_cents") or entry["unit"] not in ("major", "minor")):
        raise WrongUse(
            f"{where} has unit = {entry['unit']!r}.", 'Amounts (*_cents) take unit = "major" (12.50) or "minor" (1250).'
        )
    if "currency" in entry and not is_currency(entry["currency"]):
        raise WrongUse(f"{where} has currency = {entry['currency']!r}.", "Write an ISO 4217 code such as EUR.")
    if "dates" in entry and column.kind not in _TIMES:
        raise WrongUse(f"{where} has dates, but holds no date.", "Take dates away.")
    if "as_day" in entry and column.kind is not Kind.DATE:
        raise WrongUse(f"{where} has as_day, but is not a date.", "Take as_day away.")


def _check_currencies(columns: Sequence[ColumnMapping], where: str) -> None:
    has_currency = any(c.name == "currency" for c in columns)
    for column in columns:
        if column.unit == "major" and not has_currency and not column.currency:
            raise WrongUse(
                f"{column.name} in {where} is in major units, but nothing says of which currency.",
                'Fill the currency of the row, or add currency = "EUR" to the column.',
            )


def _lookup(raw: Mapping[str, Any], where: str) -> Lookup:
    where = f"lookup of {where}"
    check_keys(raw, _LOOKUP, where)
    return Lookup(*(required(raw, key, where) for key in _LOOKUP))


def check_keys(entry: object, allowed: Mapping[str, type], where: str) -> None:
    """Raise WrongUse for an entry that is no table, has an unknown setting, or one of another type."""
    if not isinstance(entry, Mapping):
        raise WrongUse(f"{where} is {entry!r}.", f"Write a table with {', '.join(allowed)}.")
    for key, value in entry.items():
        if key not in allowed:
            raise WrongUse(f"{where} has the unknown setting {key!r}.", f"Allowed here: {', '.join(allowed)}.")
        may_be_text = allowed[key] is list and key != "table" and isinstance(value, str)
        if not isinstance(value, allowed[key]) and not may_be_text:
            wanted = {str: "text", bool: "true or false", list: "a list", dict: "a table"}[allowed[key]]
            raise WrongUse(f"{key} of {where} is {value!r}.", f"Write {wanted}.")


def required(entry: Mapping[str, Any], key: str, where: str) -> Any:
    """The value of a setting; WrongUse where it is missing or empty."""
    if not entry.get(key):
        raise WrongUse(f"{where} has no {key}.", f"Add {key} = ...")
    return entry[key]


def _text(value: object, where: str) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str | int):
        return str(value)
    raise WrongUse(f"{where} has the value {value!r}.", "Write it as text, in quotes.")


def _texts(value: str | list[object], where: str) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(_text(each, where) for each in value)


def _dates(value: str | list[object], where: str) -> tuple[str, ...]:
    formats = _texts(value, where)
    plain = [each for each in formats if "%" not in each]
    if plain:
        raise WrongUse(f"{where} has the date format {plain[0]!r}.", 'Write it as in "%d/%m/%Y %H:%M".')
    if len({"%z" in each for each in formats}) > 1:
        raise WrongUse(f"{where} mixes date formats with and without %z.", "Give all formats %z, or none.")
    return formats


def _timezone(name: str, where: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise WrongUse(f"timezone of {where} is {name!r}.", "Write an IANA name such as Europe/Madrid.") from None
    return name


def _thousands(source: Mapping[str, Any], where: str) -> str:
    sign = str(source.get("thousands", ""))
    if sign not in ("", ".", ",", " ", "'", "_") or sign == ("," if source.get("decimal_comma") else "."):
        raise WrongUse(f"thousands of {where} is {sign!r}.", "Write one of . , ' _ or a blank, not the decimal sign.")
    return sign


def _dialect(source: Mapping[str, Any], where: str) -> Dialect:
    dialect = Dialect(source.get("encoding", "utf-8"), source.get("delimiter", ","))
    if len(dialect.delimiter) != 1 or dialect.delimiter.isalnum() or dialect.delimiter in '"\r\n\0':
        raise WrongUse(f"delimiter of {where} is {dialect.delimiter!r}.", 'Write one sign such as ";" or "\\t".')
    try:
        codecs.lookup(dialect.encoding)
    except LookupError:
        raise WrongUse(f"encoding of {where} is {dialect.encoding!r}.", "Write one such as utf-8 or cp1252.") from None
    return dialect


def _suggest(name: str, known: Mapping[str, object]) -> str:
    close = get_close_matches(name, known, 1)
    return f"Did you mean {close[0]}?" if close else f"Known are {', '.join(sorted(known))}."
