"""A raw file as SQL: its fields with their values, and which of its cells have none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from relevo.sources.files.staging import Staged
from relevo.sources.raw.facts import Facts
from relevo.sources.raw.headings import says_utc
from relevo.sources.raw.model import Field, Kind, RawTable
from relevo.sources.raw.recognise import Match
from relevo.sources.raw.typed import SQL_TYPES, value_sql

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


def listed(names: Sequence[str]) -> str:
    """Columns as SQL, parted by commas."""
    return ", ".join(f'"{name}"' for name in names)
