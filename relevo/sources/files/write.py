"""From a checked relation to the landing: rows, quarantine, manifest, in that order."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from relevo.base.errors import DataRefused
from relevo.base.findings import Finding, Severity
from relevo.book.engine import quoted
from relevo.book.erasing import leave_out
from relevo.book.landing_profile import profile
from relevo.book.landing_store import QUARANTINE_COLUMNS, Landing, Load, landed_columns, sha256_of
from relevo.book.table import Kind, Table
from relevo.sources.files.checks import Plan
from relevo.sources.files.limits import DEFAULT, Limits
from relevo.sources.files.lines import Broken
from relevo.sources.files.staging import Staged

_FORMAT = "(FORMAT parquet, COMPRESSION zstd)"


@dataclass(frozen=True)
class Note:
    """Something to count over the rows that were kept: a condition over the layers, and what it means."""

    condition: str
    code: str
    message: str
    hint: str
    severity: Severity = Severity.INFO


@dataclass(frozen=True)
class Target:
    """Where a load goes, through which connection, and how much packed files may become."""

    landing: Landing
    connection: duckdb.DuckDBPyConnection
    work: Path
    limits: Limits = DEFAULT


def write(target: Target, load: Load, table: Table, staged: Staged, plan: Plan | None, notes: Sequence[Note]) -> Load:
    """Write one load and commit it; the load with its counts and findings.

    Rows of `plan` are kept where they pass its checks; without a plan the file is broken and every row quarantined.
    Each row that was read is in exactly one of both, else nothing is committed.
    """
    if plan:
        load = _write_rows(target, load, table, plan, notes)
    # Checking every row a second time, to find none that fails, costs as much as keeping them did.
    is_whole = not staged.refused and load.kept + load.left_out == staged.rows
    load = _write_quarantine(target, load, table, staged, None if is_whole else plan)
    if staged.broken:
        load = replace(load, findings=(*load.findings, unusable(load, staged.broken)))
    load = replace(load, rows_in=staged.rows)
    if load.rows_in != load.kept + load.quarantined + load.left_out:
        counts = f"{load.kept} were kept, {load.quarantined} quarantined and {load.left_out} left out"
        told = f"{load.file} has {load.rows_in} rows, but {counts}."
        raise DataRefused(told, "Nothing of it was loaded. Please report this: it is a fault of Relevo.")
    return _publish(target, load)


def unusable(load: Load, broken: Broken) -> Finding:
    """The finding about a file that cannot be used as a whole."""
    where = f"{load.table} in {load.file}"
    told = f"No row of the file can be used: {broken.reason}."
    return Finding(
        Severity.CRITICAL, "unreadable_file", where, told, f"{broken.hint} Then load it again under the same name."
    )


def _write_rows(target: Target, load: Load, table: Table, plan: Plan, notes: Sequence[Note]) -> Load:
    read = {cell.column.name for cell in plan.cells}
    columns = [_stored(c.name, c.kind, read, load) for c in landed_columns(table)]
    place = f"{quoted(load.id)} AS _load, {load.seq}::BIGINT AS _seq, {quoted(load.file)} AS _file, _line"
    out = target.work / "kept.parquet"
    select = f"SELECT {', '.join(columns)}, {place} FROM ({plan.relation}) WHERE _problem = 0"
    kept = target.connection.execute(f"COPY ({select}) TO {quoted(out)} {_FORMAT}").fetchall()[0][0]
    load = replace(load, kept=kept, findings=(*load.findings, *_noted(target, load, plan, notes)))
    if not kept:
        return load
    load = leave_out(target.landing, load, out, table, target.connection)
    return _profiled(target, load, table, out)


def _stored(name: str, kind: Kind, read: set[str], load: Load) -> str:
    value = f'"v.{name}"' if name in read else f"NULL::{kind.sql}"
    if name == "recorded_at":
        value = f"coalesce({value}, {_instant(load.at)})"
    if name == "source":
        value = f"coalesce({value}, {quoted(load.source)})"
    return f'{value} AS "{name}"'


def _instant(at: datetime) -> str:
    return f"TIMESTAMP '{at.astimezone(UTC):%Y-%m-%d %H:%M:%S.%f}'"


def _noted(target: Target, load: Load, plan: Plan, notes: Sequence[Note]) -> tuple[Finding, ...]:
    if not notes:
        return ()
    counted = ", ".join(f"count(*) FILTER ({note.condition})" for note in notes)
    counts = target.connection.execute(f"SELECT {counted} FROM ({plan.relation}) WHERE _problem = 0").fetchall()[0]
    where = f"{load.table} in {load.file}"
    return tuple(
        Finding(note.severity, note.code, where, note.message.format(count=count), note.hint)
        for note, count in zip(notes, counts, strict=True)
        if count
    )


def _profiled(target: Target, load: Load, table: Table, out: Path) -> Load:
    """The load with what its rows tell about their keys."""
    is_unique, ranges = profile(target.connection, table, out, load.kept)
    return replace(load, is_unique=is_unique, ranges=ranges)


def _write_quarantine(target: Target, load: Load, table: Table, staged: Staged, plan: Plan | None) -> Load:
    parts = []
    if staged.refused:
        parts.append(f"SELECT line, NULL::VARCHAR, value, reason, hint FROM ({staged.refused})")
    if plan and plan.checks:
        parts.append(_failed(plan))
    if not parts:
        return load
    told = {"table_name": table.name, "source": load.source, "file": load.file, "load": load.id}
    said = ", ".join(f"{quoted(text)} AS {name}" for name, text in told.items())
    rows = f"SELECT * FROM ({' UNION ALL '.join(parts)}) AS found (line, column_name, value, reason, hint)"
    names = ", ".join(name for name, _ in QUARANTINE_COLUMNS)
    select = f"SELECT {names} FROM (SELECT *, {said} FROM ({rows}))"
    out = target.work / "quarantine.parquet"
    count = target.connection.execute(f"COPY ({select}) TO {quoted(out)} {_FORMAT}").fetchall()[0][0]
    load = replace(load, quarantined=count)
    return leave_out(target.landing, load, out, None, target.connection) if count else load


def _failed(plan: Plan) -> str:
    """A SELECT of the rows that fail a check: line, column, value as written, reason, hint."""

    def case(values: Sequence[str]) -> str:
        return "CASE _problem " + " ".join(f"WHEN {n} THEN {v}" for n, v in enumerate(values, 1)) + " END"

    shown = {cell.column.name for cell in plan.cells}
    values = [f'CAST("r.{c.column}" AS VARCHAR)' if c.column in shown else "NULL" for c in plan.checks]
    columns = case([quoted(c.column) if c.column else "NULL" for c in plan.checks])
    reasons, hints = case([quoted(c.reason) for c in plan.checks]), case([quoted(c.hint) for c in plan.checks])
    return f"SELECT _line, {columns}, {case(values)}, {reasons}, {hints} FROM ({plan.relation}) WHERE _problem > 0"


def _publish(target: Target, load: Load) -> Load:
    """Move the files of a load into the landing and make it count; the load with their hashes."""
    moves = [("kept.parquet", load.kept, target.landing.rows_file(load))]
    moves.append(("quarantine.parquet", load.quarantined, target.landing.quarantine_file(load)))
    for name, count, final in moves:
        written = target.work / name
        if count:
            final.parent.mkdir(parents=True, exist_ok=True)
            written.replace(final)
        written.unlink(missing_ok=True)
    rows, aside = target.landing.rows_file(load), target.landing.quarantine_file(load)
    load = replace(load, rows_sha256=sha256_of(rows), quarantine_sha256=sha256_of(aside))
    target.landing.commit(load)
    return load
