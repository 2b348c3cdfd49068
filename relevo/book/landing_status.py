"""What `relevo check` says before any build: per raw file what was read, kept and quarantined, and why.

Rows that were readable but lost to another row of their key are counted as quarantined, so that for every raw file
rows_in = kept + quarantined.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import duckdb

from relevo.base.findings import Finding, Severity, worst_first
from relevo.book.engine import quoted
from relevo.book.landing_rows import contested_loads, file_list, losers_sql
from relevo.book.landing_store import OWN_SOURCE, QUARANTINE_COLUMNS, Landing, Load, retired_loads
from relevo.book.tables import TABLES

DUPLICATE_HINT = "The first line was kept. Remove the other, or give each row a recorded_at so that the latest counts."
REREAD_HINT = "Nothing to do: the same file, read with the mapping of now, took its place."
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
    retired = retired_loads(loads)
    lost = _groups(_lost_rows_of_all(landing, mapped, retired), connection)
    lost_by_load = {load.id: sum(group.count for group in lost if group.load == load.id) for load in mapped}
    counts = tuple(
        TableCount(
            str(load.table),
            load.source,
            load.file,
            load.rows_in,
            load.kept - lost_by_load[load.id],
            load.quarantined + lost_by_load[load.id],
        )
        for load in mapped
    )
    groups = [*_groups(_unreadable_rows(landing, mapped), connection), *lost]
    findings = (*_findings_of_loads(loads), *(group.finding() for group in groups))
    return LandingStatus(counts, _unused(loads), worst_first(findings))


@dataclass(frozen=True)
class ReasonCount:
    """How many rows of a source's table do not count for one reason."""

    table: str
    source: str
    reason: str
    rows: int


def quarantined_rows(
    landing: Landing,
    connection: duckdb.DuckDBPyConnection,
    limit: int = 100,
    offset: int = 0,
    table: str | None = None,
    source: str | None = None,
    reason: str | None = None,
) -> tuple[QuarantinedRow, ...]:
    """Rows that do not count, unreadable, duplicate and superseded ones, in the order of loading and line.

    Of a table and a source where they are named, and for a reason as `quarantine_reasons` names it.
    """
    parts = _parts(landing, table)
    if not parts:
        return ()
    names = ", ".join(name for name, _ in QUARANTINE_COLUMNS)
    rows = connection.execute(
        f"SELECT {names} FROM ({' UNION ALL '.join(parts)}) WHERE coalesce(kind = ?, true) "
        "AND coalesce(source = ?, true) ORDER BY seq, line LIMIT ? OFFSET ?",
        [reason, source, limit, offset],
    ).fetchall()
    return tuple(QuarantinedRow(*row) for row in rows)


def quarantine_reasons(landing: Landing, connection: duckdb.DuckDBPyConnection) -> tuple[ReasonCount, ...]:
    """Why rows do not count, per table and source, the most frequent reason first."""
    parts = _parts(landing, None)
    if not parts:
        return ()
    found = connection.execute(
        f"SELECT table_name, source, kind, count(*) AS rows FROM ({' UNION ALL '.join(parts)}) "
        "GROUP BY ALL ORDER BY rows DESC, table_name, source, kind"
    ).fetchall()
    return tuple(ReasonCount(*row) for row in found)


def _parts(landing: Landing, table: str | None) -> list[str]:
    """SELECTs of rows that do not count; of all sources, because a row may lose to one of another source."""
    every = landing.loads()
    loads = [x for x in every if x.table and table in (None, x.table)]
    return [*_unreadable_rows(landing, loads), *_lost_rows_of_all(landing, loads, retired_loads(every))]


def _unused(loads: Sequence[Load]) -> tuple[str, ...]:
    """The files that were told and not read: neither as they are, nor under their name or as what is in them since."""
    read = {(load.file, load.sha256) for load in loads if load.table}
    since = {name: load.seq for load in loads if load.table for name in _names_of(load.file)}
    told = (load for load in loads if load.table is None and (load.file, load.sha256) not in read)
    return tuple(sorted({load.file for load in told if load.seq > since.get(load.file, 0)}))


def _names_of(file: str) -> Iterator[str]:
    """The name of a file, of the workbook it is a sheet of, and of the archive and folders it lies in."""
    yield file
    yield from (file[:place] for place, sign in enumerate(file) if sign in "/#")


def _findings_of_loads(loads: Sequence[Load]) -> Iterable[Finding]:
    """What the loads found. A file that could not be read stops counting as critical once it was loaded again."""
    last = {(load.table, load.source, load.file): load.seq for load in loads}
    unused, retired = _unused(loads), retired_loads(loads)
    for load in loads:
        replaced = load.seq < last[load.table, load.source, load.file] or load.id in retired
        for finding in load.findings:
            if load.table is None and load.file not in unused:
                continue
            if replaced and finding.severity is Severity.CRITICAL:
                told = f"{finding.message} A later version of the file has been loaded since."
                yield replace(finding, severity=Severity.INFO, message=told)
            else:
                yield finding


@dataclass(frozen=True)
class _Group:
    """Quarantined rows of one load with one reason: how many, the first lines, a few of the values."""

    load: str
    table: str
    file: str
    column: str | None
    reason: str
    hint: str
    count: int
    lines: Sequence[int]
    values: Sequence[str]

    def finding(self) -> Finding:
        """The group as a warning with examples."""
        rows = f"{self.count} row{'s' if self.count > 1 else ''} quarantined"
        where = f"{self.table} in {self.file}" + (f", column {self.column}" if self.column else "")
        plain = f"{rows}: {self.reason}, {self.places()}"
        shown = ", ".join(repr(value[:60]) for value in sorted(self.values))
        told = f"{plain} ({shown})." if shown else f"{plain}."
        return Finding(Severity.WARNING, "quarantined_rows", where, told, self.hint, f"{plain}.")

    def places(self) -> str:
        """The first lines."""
        lines = ", ".join(str(line) for line in self.lines)
        return f"line {lines}" if len(self.lines) == 1 else f"lines such as {lines}"


def _groups(rows: Sequence[str], connection: duckdb.DuckDBPyConnection) -> list[_Group]:
    if not rows:
        return []
    found = connection.execute(
        f"""
        SELECT load, table_name, file, column_name, kind, hint, count(*), min(line, 3),
            coalesce(list_distinct(arg_min(value, line, 3) FILTER (value IS NOT NULL)), [])
        FROM ({" UNION ALL ".join(rows)})
        GROUP BY load, table_name, file, column_name, kind, hint
        ORDER BY load, table_name, column_name, kind"""
    ).fetchall()
    return [_Group(*group) for group in found]


def _unreadable_rows(landing: Landing, loads: Sequence[Load]) -> list[str]:
    """SELECTs of the rows that could not be read, with the load's `seq`."""
    unreadable = [load for load in loads if load.quarantined]
    if not unreadable:
        return []
    columns = ", ".join(name for name, _ in QUARANTINE_COLUMNS)
    files = file_list(landing.quarantine_file(load) for load in unreadable)
    return [
        f"SELECT rows.*, seq, reason AS kind FROM (SELECT {columns} FROM read_parquet({files})) AS rows "
        f"JOIN (SELECT load, seq FROM ({_seqs(unreadable)})) USING (load)"
    ]


def _lost_rows_of_all(landing: Landing, loads: Sequence[Load], retired: frozenset[str]) -> list[str]:
    """SELECTs of the readable rows that do not count: they lost to another of their key, or their load was replaced.

    What the Desk landed anew of its own rows is its history, and nobody's loss.
    """
    counting = [load for load in loads if load.id not in retired]
    lost = [_lost_rows(landing, name, contested) for name, contested in _contested(counting).items()]
    replaced = [load for load in loads if load.kept and load.id in retired and load.source != OWN_SOURCE]
    return lost + [_replaced_rows(landing, load) for load in replaced]


def _replaced_rows(landing: Landing, load: Load) -> str:
    reason = quoted("superseded: the file was read again with another mapping")
    return f"""
        SELECT {quoted(str(load.table))} AS table_name, {quoted(load.source)} AS source, {quoted(load.file)} AS file,
            _line AS line, NULL::VARCHAR AS column_name, NULL::VARCHAR AS value, {reason} AS reason,
            {quoted(REREAD_HINT)} AS hint, _load AS load, _seq AS seq, {reason} AS kind
        FROM read_parquet({quoted(landing.rows_file(load))})"""


def _lost_rows(landing: Landing, table_name: str, contested: Sequence[Load]) -> str:
    key = quoted(", ".join(TABLES[table_name].key))
    return f"""
        SELECT {quoted(table_name)} AS table_name, source, file, _line AS line,
            {key} AS column_name, NULL::VARCHAR AS value,
            CASE WHEN in_same_file THEN 'duplicate key, first seen in line ' || won_line
                ELSE 'superseded by line ' || won_line || ' of ' || won_file END AS reason,
            CASE WHEN in_same_file THEN {quoted(DUPLICATE_HINT)} ELSE {quoted(SUPERSEDED_HINT)} END AS hint,
            load, _seq AS seq,
            CASE WHEN in_same_file THEN 'duplicate key' ELSE 'superseded by a row recorded later' END AS kind
        FROM ({losers_sql(landing, TABLES[table_name], contested)})
        JOIN ({_seqs(contested)}) AS named ON named.seq = _seq
        JOIN (SELECT seq AS winner, source AS winners_source FROM ({_seqs(contested)})) ON winner = won_seq
        WHERE NOT (source = {quoted(OWN_SOURCE)} AND winners_source = source)"""


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
