"""Which landed rows count: one per key, the one recorded last.

Of the rows with one key the winner has the latest `recorded_at`, then the latest load, then the first line of its
file. A null part of a key counts as ''. A load may tell all there is of something, the spans of a subscription's item
say: what earlier loads of its source told of the same is retold, and loses.

Most loads cannot share a key with another one (a file per month, say), and their manifests prove it; only loads that
might are compared row by row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from relevo.book.engine import quoted
from relevo.book.landing_store import Landing, Load, landed_columns
from relevo.book.table import Table
from relevo.book.tables import TABLES


def kept_sql(landing: Landing, table_name: str, known_at: datetime | None = None) -> str:
    """A DuckDB SELECT of the rows of a table that count: its columns, provenance, `_load`, `_file`, `_line`.

    With `known_at` only what was recorded by then takes part, so an older reading can be repeated. Where nothing
    was loaded the SELECT has the same columns and no row. KeyError if there is no such table.
    """
    table = TABLES[table_name]
    loads = landing.loads_of(table_name, known_at)
    contested = contested_loads(loads)
    plain = [load for load in loads if load not in contested]
    parts = []
    if plain:
        parts.append(f"SELECT {_columns(table)} FROM {_rows(landing, plain)} WHERE {known_sql(known_at)}")
    if contested:
        parts.append(
            f"SELECT {_columns(table)} FROM {_rows(landing, contested)} "
            f"ANTI JOIN ({losers_sql(landing, table, contested, known_at)}) AS losers USING (_seq, _line) "
            f"WHERE {known_sql(known_at)}"
        )
    return "\nUNION ALL\n".join(parts) or _nothing(table)


def losers_sql(landing: Landing, table: Table, contested: Sequence[Load], known_at: datetime | None = None) -> str:
    """A SELECT of the rows that lost to another row of their key, with the winner's load, file and line.

    One row per losing row: `_seq`, `_line`, `won_seq`, `won_file`, `won_line`, and `in_same_file`: the key repeats
    inside one file, and nothing says that one row is newer.
    """
    tellers = [load for load in contested if load.tells_all_of]
    beaten = _beaten_sql(landing, table, contested, known_at)
    if not tellers:
        return beaten
    retold = " UNION ALL ".join(_retold_sql(landing, contested, teller, known_at) for teller in tellers)
    return f"""
        WITH retold AS (
            SELECT * FROM ({retold})
            QUALIFY row_number() OVER (PARTITION BY _seq, _line ORDER BY won_seq DESC, won_line) = 1)
        SELECT * FROM retold
        UNION ALL SELECT * FROM ({beaten}) AS beaten ANTI JOIN retold USING (_seq, _line)"""


def _retold_sql(landing: Landing, loads: Sequence[Load], teller: Load, known_at: datetime | None) -> str:
    """The rows of earlier loads about something that a load tells all of."""
    names = teller.tells_all_of
    earlier = [load for load in loads if _is_retold_by(load, teller)] or [teller]
    about = ", ".join(f'"{name}"' for name in names)
    on = " AND ".join(f'old."{name}" IS NOT DISTINCT FROM told."{name}"' for name in names)
    told = f"SELECT {about}, _seq, _file, min(_line) AS _line FROM {_rows(landing, [teller])} "
    return f"""
        SELECT old._seq, old._line, told._seq AS won_seq, told._file AS won_file, told._line AS won_line,
            false AS in_same_file
        FROM {_rows(landing, earlier)} AS old JOIN ({told} WHERE {known_sql(known_at)} GROUP BY ALL) AS told ON {on}
        WHERE old._seq < told._seq AND {known_sql(known_at)}"""


def _beaten_sql(landing: Landing, table: Table, contested: Sequence[Load], known_at: datetime | None) -> str:
    key = ", ".join(f'"{name}"' for name in table.key)
    on = " AND ".join(f'rows."{name}" IS NOT DISTINCT FROM repeated."{name}"' for name in table.key)
    return f"""
        WITH rows AS ({_candidates(landing, table, contested, known_at)}),
        repeated AS (SELECT {key} FROM rows GROUP BY {key} HAVING count(*) > 1),
        placed AS (
            SELECT _seq, _line, recorded_at,
                row_number() OVER best AS place,
                first_value(_seq) OVER best AS won_seq,
                first_value(_file) OVER best AS won_file,
                first_value(_line) OVER best AS won_line,
                first_value(recorded_at) OVER best AS won_recorded_at
            FROM rows SEMI JOIN repeated ON {on}
            WINDOW best AS (PARTITION BY {key} ORDER BY recorded_at DESC, _seq DESC, _line)
        )
        SELECT _seq, _line, won_seq, won_file, won_line,
            _seq = won_seq AND recorded_at = won_recorded_at AS in_same_file
        FROM placed WHERE place > 1"""


def _candidates(landing: Landing, table: Table, contested: Sequence[Load], known_at: datetime | None) -> str:
    """A SELECT of the rows whose key may stand twice.

    Of the largest load only the rows count whose key another load has too, so that it is read but never grouped.
    """
    columns = ", ".join([*(f'"{name}"' for name in table.key), "recorded_at", "_seq", "_file", "_line"])
    selected = {
        load.seq: f"SELECT {columns} FROM {_rows(landing, [load])} "
        f"WHERE {known_sql(known_at)} AND ({_may_repeat(load, contested)})"
        for load in contested
    }
    largest = max((load for load in contested if load.is_unique), key=lambda load: load.kept, default=None)
    rest = " UNION ALL ".join(sql for seq, sql in selected.items() if not largest or seq != largest.seq)
    if not largest:
        return rest
    on = " AND ".join(f'large."{name}" IS NOT DISTINCT FROM rest."{name}"' for name in table.key)
    both = f"SELECT * FROM rest UNION ALL SELECT * FROM ({selected[largest.seq]}) AS large SEMI JOIN rest ON {on}"
    return f"WITH rest AS ({rest}) {both}"


def contested_loads(loads: Sequence[Load]) -> tuple[Load, ...]:
    """The loads in which a key may stand twice, within one or between two of them."""
    contested = {load.seq for load in loads if not load.is_unique}
    for place, load in enumerate(loads):
        for later in loads[place + 1 :]:
            if not _are_apart(load, later) or _is_retold_by(load, later):
                contested |= {load.seq, later.seq}
    return tuple(load for load in loads if load.seq in contested)


def _is_retold_by(load: Load, later: Load) -> bool:
    """Whether a later load may tell all of something that a load speaks of."""
    if load.seq >= later.seq or load.source != later.source or not later.tells_all_of:
        return False
    about = tuple(each for each in load.ranges if each[0] in later.tells_all_of)
    return not _are_apart(replace(load, ranges=about), later)


def _are_apart(one: Load, other: Load) -> bool:
    theirs = {column: (low, high) for column, low, high in other.ranges}
    return any(
        column in theirs and (high < theirs[column][0] or theirs[column][1] < low) for column, low, high in one.ranges
    )


def _may_repeat(load: Load, contested: Sequence[Load]) -> str:
    """A condition on the rows of a load that could share a key: those between the bounds of another load."""
    if not load.is_unique:
        return "true"
    others = [other for other in contested if other.seq != load.seq and not _are_apart(load, other)]
    return " OR ".join(f"({_between(other)})" for other in others) or "false"


def _between(load: Load) -> str:
    bounds = [f'"{name}" BETWEEN {quoted(low)} AND {quoted(high)}' for name, low, high in load.ranges]
    return " AND ".join(bounds) or "true"


def file_list(paths: Iterable[Path]) -> str:
    """A DuckDB list literal of file names."""
    return "[" + ", ".join(quoted(path) for path in paths) + "]"


def _rows(landing: Landing, loads: Sequence[Load]) -> str:
    return f"read_parquet({file_list(landing.rows_file(load) for load in loads)})"


def known_sql(known_at: datetime | None) -> str:
    """A condition on landed rows: recorded by a moment."""
    if known_at is None:
        return "true"
    instant = known_at.astimezone(UTC) if known_at.tzinfo else known_at
    return f"recorded_at <= TIMESTAMP '{instant:%Y-%m-%d %H:%M:%S.%f}'"


def _columns(table: Table) -> str:
    names = [column.name for column in landed_columns(table)]
    return ", ".join(f'"{name}"' for name in [*names, "_load", "_file", "_line"])


def _nothing(table: Table) -> str:
    typed = [(column.name, column.kind.sql) for column in landed_columns(table)]
    typed += [("_load", "VARCHAR"), ("_file", "VARCHAR"), ("_line", "BIGINT")]
    return "SELECT " + ", ".join(f'NULL::{sql} AS "{name}"' for name, sql in typed) + " WHERE false"
