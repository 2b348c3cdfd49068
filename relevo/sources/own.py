"""Land the Desk's own rows: one load per table, by the same checks and writing as a file."""

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from relevo.base.config import Config
from relevo.book.engine import connect, quoted
from relevo.book.landing_store import OWN_SOURCE, Landing, Load
from relevo.book.tables import TABLES
from relevo.sources.files.canonical import canonical_cells
from relevo.sources.files.checks import plan
from relevo.sources.files.lines import Dialect
from relevo.sources.files.staging import stage
from relevo.sources.files.write import write
from relevo.sources.load import opened
from relevo.sources.run import FileLoad, LoadReport, Run

Value = str | int | bool | date | datetime | None
Row = Mapping[str, Value]


@dataclass(frozen=True)
class OwnRows:
    """Rows of one table, all with the same columns, each with its `recorded_at`. `replaces` are loads they retire."""

    table: str
    rows: Sequence[Row]
    replaces: tuple[str, ...] = ()


def land_own(tables: Iterable[OwnRows], landing: Landing, config: Config, now: datetime) -> LoadReport:
    """Land rows of the Desk under the source `relevo`. What was landed before, byte by byte, changes nothing.

    NotReady while another load runs. Rows that cannot be read are put aside with their reason, as those of any file.
    """
    with opened(landing, config, now) as run:
        done = [_land(run, each) for each in tables if each.rows or each.replaces]
    return LoadReport(tuple(done), (), ())


def loads_with(landing: Landing, table: str, ids: Collection[str]) -> Mapping[str, frozenset[str]]:
    """The loads of the Desk's own rows that count and hold a row with one of these ids: of each, every id it holds."""
    key, found = TABLES[table].key[0], {}
    with closing(connect()) as connection:
        for load in (each for each in landing.loads_of(table) if each.source == OWN_SOURCE):
            query = f'SELECT "{key}" FROM read_parquet({quoted(landing.rows_file(load))})'
            found[load.id] = frozenset(row[0] for row in connection.execute(query).fetchall())
    return {load: held for load, held in found.items() if not held.isdisjoint(ids)}


def _land(run: Run, own: OwnRows) -> FileLoad:
    file = run.target.work / f"own-{own.table}.csv"
    _write_rows(file, own)
    identity = run.identity(own.table, file, OWN_SOURCE, *own.replaces)
    return run.once(
        OWN_SOURCE, f"relevo/{own.table}", file, own.table, identity, lambda load: _read(run, own, file, load)
    )


def _read(run: Run, own: OwnRows, file: Path, load: Load) -> Load:
    table, target = TABLES[own.table], run.target
    staged = stage(file, Dialect(), lambda _header: None, target.work, target.connection, target.limits)
    cells = canonical_cells(table, staged.header, staged.types)
    retiring = replace(load, replaces=tuple(dict.fromkeys((*load.replaces, *own.replaces))))
    return write(target, retiring, table, staged, plan(table, staged.relation, cells, is_own=True), ())


def _write_rows(file: Path, own: OwnRows) -> None:
    """Rows as a canonical CSV file: the same rows are the same bytes."""
    columns = list(own.rows[0]) if own.rows else [*TABLES[own.table].column_names, "recorded_at"]
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_text(row[name]) for name in columns] for row in own.rows)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value).replace("\0", "")
