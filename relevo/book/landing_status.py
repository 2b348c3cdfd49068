"""What `relevo check` says before any build: per raw file what was read, kept and quarantined, and why.

Rows that were readable but lost to another row of their key are counted as quarantined, so that for every raw file
rows_in = kept + quarantined.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import duckdb

from relevo.base.findings import Finding, Severity
from relevo.book.engine import quoted
from relevo.book.landing_rows import contested_loads, file_list, losers_sql
from relevo.book.landing_store import QUARANTINE_COLUMNS, Landing, Load
from relevo.book.tables import TABLES

DUPLICATE_HINT = "The first line was kept. Remove the other, or give each row a recorded_at so that the latest counts."
SUPERSEDED_HINT = "Nothing to do: the later row replaced this one, and earlier readings still show it."


@dataclass(frozen=True)
class TableCount:
    """One raw file read into one table; rows_in = kept + quarantined, where superseded rows are quarantined."""

    table: str
    source: str
    file: str
    rows_in: int
    kept: int
    quarantined: int


@dataclass(frozen=True)
class QuarantinedRow:
    """One raw row that does not count: where it stands, its first bad column and value, why, and what to do.

    `column` and `value` are None where the row as a whole is at fault.
    """

    table: str
    source: str
    file: str
    line: int
    column: str | None
    value: str | None
    reason: str
    hint: str
    load: str


@dataclass(frozen=True)
class LandingStatus:
    """Counts per raw file, the files nobody maps, and what was found wrong."""

    tables: tuple[TableCount, ...]
    unused: tuple[str, ...]
    findings: tuple[Finding, ...]


def status(landing: Landing, connection: duckdb.DuckDBPyConnection) -> LandingStatus:
    """The state of the landing, from the landing alone."""
    loads = landing.loads()
    mapped = [load for load in loads if load.table]
    lost = _lost_by_load(landing, mapped, connection)
    counts = tuple(
        TableCount(
            str(load.table),
            load.source,
            load.file,
            load.rows_in,
            load.kept - lost.get(load.seq, 0),
            load.quarantined + lost.get(load.seq, 0),
        )
        for load in mapped
    )
    findings = (*_findings_of_loads(loads), *_findings_of_rows(landing, mapped, connection))
    return LandingStatus(counts, _unused(loads), tuple(sorted(findings)))


def quarantined_rows(
    landing: Landing,
    connection: duckdb.DuckDBPyConnection,
    limit: int = 100,
    offset: int = 0,
    table: str | None = None,
) -> tuple[QuarantinedRow, ...]:
    """Rows that do not count, unreadable, duplicate and superseded ones, in the order of loading and line."""
    loads = [load for load in landing.loads() if load.table and table in (None, load.table)]
    if not loads:
        return ()
    rows = connection.execute(
        f"SELECT * EXCLUDE (seq, kind) FROM ({_all_rows(landing, loads)}) ORDER BY seq, line LIMIT ? OFFSET ?",
        [limit, offset],
    ).fetchall()
    return tuple(QuarantinedRow(*row) for row in rows)


def _unused(loads: Sequence[Load]) -> tuple[str, ...]:
    read = {(load.file, load.sha256) for load in loads if load.table}
    names = (load.file for load in loads if load.table is None and (load.file, load.sha256) not in read)
    return tuple(sorted(set(names)))


def _findings_of_loads(loads: Sequence[Load]) -> Iterable[Finding]:
    """What the loads found. A file that could not be read stops counting as critical once it was loaded again."""
    last = {(load.table, load.source, load.file): load.seq for load in loads}
    unused = _unused(loads)
    for load in loads:
        replaced = load.seq < last[load.table, load.source, load.file]
        for finding in load.findings:
            if load.table is None and load.file not in unused:
                continue
            if replaced and finding.severity is Severity.CRITICAL:
                told = f"{finding.message} A later version of the file has been loaded since."
                yield replace(finding, severity=Severity.INFO, message=told)
            else:
                yield finding


def _findings_of_rows(
    landing: Landing, loads: Sequence[Load], connection: duckdb.DuckDBPyConnection
) -> Iterable[Finding]:
    """One warning per file and reason, with the count, the first lines and up to three of the values."""
    if not loads:
        return
    groups = connection.execute(
        f"""
        SELECT table_name, file, column_name, kind, hint, count(*), min(line, 3),
            coalesce(list_distinct(arg_min(value, line, 3) FILTER (value IS NOT NULL)), [])
        FROM ({_all_rows(landing, loads)})
        GROUP BY seq, table_name, file, column_name, kind, hint
        ORDER BY seq, table_name, column_name, kind"""
    ).fetchall()
    for table, file, column, reason, hint, count, lines, values in groups:
        yield Finding(
            Severity.WARNING,
            "quarantined_rows",
            f"{table} in {file}" + (f", column {column}" if column else ""),
            f"{count} row{'s' if count > 1 else ''} quarantined: {reason}, {_examples(lines, values)}.",
            hint,
        )


def _examples(lines: Sequence[int], values: Sequence[str]) -> str:
    where = ("line " if len(lines) == 1 else "lines such as ") + ", ".join(str(line) for line in lines)
    shown = ", ".join(repr(value[:60]) for value in sorted(values))
    return f"{where} ({shown})" if shown else where


def _all_rows(landing: Landing, loads: Sequence[Load]) -> str:
    """A SELECT of every row that does not count, with the load's `seq` and the reason without its particulars."""
    columns = ", ".join(name for name, _ in QUARANTINE_COLUMNS)
    parts = [_no_rows()]
    unreadable = [load for load in loads if load.quarantined]
    if unreadable:
        files = file_list(landing.quarantine_file(load) for load in unreadable)
        parts.append(
            f"SELECT rows.*, seq, reason AS kind FROM (SELECT {columns} FROM read_parquet({files})) AS rows "
            f"JOIN (SELECT load, seq FROM ({_seqs(loads)})) USING (load)"
        )
    parts += [_lost_rows(landing, name, contested) for name, contested in _contested(loads).items()]
    return " UNION ALL ".join(parts)


def _no_rows() -> str:
    typed = [*QUARANTINE_COLUMNS, ("seq", "BIGINT"), ("kind", "VARCHAR")]
    return "SELECT " + ", ".join(f"NULL::{sql} AS {name}" for name, sql in typed) + " WHERE false"


def _lost_rows(landing: Landing, table_name: str, contested: Sequence[Load]) -> str:
    key = quoted(", ".join(TABLES[table_name].key))
    return f"""
        SELECT {quoted(table_name)}, source, file, _line, {key}, NULL,
            CASE WHEN in_same_file THEN 'duplicate key, first seen in line ' || won_line
                ELSE 'superseded by line ' || won_line || ' of ' || won_file END,
            CASE WHEN in_same_file THEN {quoted(DUPLICATE_HINT)} ELSE {quoted(SUPERSEDED_HINT)} END,
            load, _seq,
            CASE WHEN in_same_file THEN 'duplicate key' ELSE 'superseded by a row recorded later' END
        FROM ({losers_sql(landing, TABLES[table_name], contested)})
        JOIN ({_seqs(contested)}) ON seq = _seq"""


def _seqs(loads: Sequence[Load]) -> str:
    rows = ", ".join(f"({load.seq}, {quoted(load.id)}, {quoted(load.source)}, {quoted(load.file)})" for load in loads)
    return f"SELECT * FROM (VALUES {rows}) AS load_names (seq, load, source, file)"


def _contested(loads: Iterable[Load]) -> Mapping[str, tuple[Load, ...]]:
    of_table: dict[str, list[Load]] = {}
    for load in loads:
        if load.kept:
            of_table.setdefault(str(load.table), []).append(load)
    contested = {name: contested_loads(some) for name, some in of_table.items()}
    return {name: some for name, some in contested.items() if some}


def _lost_by_load(landing: Landing, loads: Sequence[Load], connection: duckdb.DuckDBPyConnection) -> dict[Any, int]:
    lost: dict[Any, int] = {}
    for name, contested in _contested(loads).items():
        found = connection.execute(
            f"SELECT _seq, count(*) FROM ({losers_sql(landing, TABLES[name], contested)}) GROUP BY _seq"
        ).fetchall()
        lost |= dict(found)
    return lost
