"""Offending rows, counted per check and label, so that the next build counts only what changed.

A row offends by itself (its quantity is too fine), or because the row it names is not there. Of both it is kept how
many rows with which label offend. What was added and removed since then corrects these counts; only where a row that
others name has gone is a table read whole.
"""

from dataclasses import dataclass

import duckdb

from relevo.book.changes import Since
from relevo.book.engine import quoted
from relevo.book.tables import TABLES

OFFENDERS = "check_offender"


@dataclass(frozen=True)
class Counted:
    """Rows of a table that offend: `label` names one of them, `condition` says which they are.

    With a `target` those offend whose label is no key of that table, unless it has no rows at all.
    """

    code: str
    where: str
    table: str
    label: str
    condition: str
    target: str | None = None

    def labels(self, rows: str) -> str:
        """A SELECT of the labels of rows that fit the condition."""
        return f"SELECT CAST({self.label} AS VARCHAR) AS label FROM ({rows}) WHERE {self.condition}"


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Create the empty table of offenders in the connection's database."""
    connection.execute(
        f'CREATE TABLE {OFFENDERS} (code VARCHAR, "where" VARCHAR, label VARCHAR, n BIGINT)'  # one row per label
    )


def count(connection: duckdb.DuckDBPyConnection, counted: Counted, since: Since | None) -> None:
    """Count the offenders of one check, from the last counts where the earlier book is known."""
    if counted.target:
        _keep_keys(connection, counted.target)
    again = since is None or _must_recount(connection, counted, since)
    found = _all(counted) if again or since is None else _corrected(connection, counted, since)
    connection.execute(
        f"INSERT INTO {OFFENDERS} SELECT {quoted(counted.code)}, {quoted(counted.where)}, label, sum(n) "
        f"FROM ({found}) GROUP BY label HAVING sum(n) > 0"
    )


def _keep_keys(connection: duckdb.DuckDBPyConnection, target: str) -> None:
    """Have the keys of a table at hand, once for all who name its rows: a table whose size the engine knows."""
    connection.execute(
        f"CREATE TEMP TABLE IF NOT EXISTS {_keys(target)} AS SELECT {TABLES[target].key[0]} AS label FROM {target}"
    )


def forget_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """Give back what `count` kept at hand."""
    for target in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS temp.{_keys(target)}")


def _keys(target: str) -> str:
    return f"known_{target}"


def found(connection: duckdb.DuckDBPyConnection, counted: Counted, examples: int) -> tuple[int, int, list[str]]:
    """How many rows offend, how many labels they have, and the first labels, each as often as it offends."""
    mine = f'FROM {OFFENDERS} WHERE code = {quoted(counted.code)} AND "where" = {quoted(counted.where)}'
    rows, labels = connection.execute(f"SELECT coalesce(sum(n), 0)::BIGINT, count(*) {mine}").fetchall()[0]
    first = connection.execute(f"SELECT label, n {mine} ORDER BY label LIMIT {examples}").fetchall()
    return rows, labels, [label for label, n in first for _ in range(min(n, examples))]


def _all(counted: Counted) -> str:
    offending = counted.labels(f"SELECT * FROM {counted.table}")
    if counted.target:
        keys = _keys(counted.target)
        offending = (
            f"SELECT label FROM ({offending}) AS named ANTI JOIN {keys} USING (label) "
            f"WHERE EXISTS (SELECT 1 FROM {keys})"
        )
    return f"SELECT label, count(*) AS n FROM ({offending}) GROUP BY label"


def _must_recount(connection: duckdb.DuckDBPyConnection, counted: Counted, since: Since) -> bool:
    """Whether the last counts say nothing, because then or now there are no rows to name."""
    if counted.target is None:
        return False
    both = (since.changes.before(counted.target), since.changes.after(counted.target))
    return not all(connection.execute(f"SELECT 1 FROM ({rows}) LIMIT 1").fetchall() for rows in both)


def _corrected(connection: duckdb.DuckDBPyConnection, counted: Counted, since: Since) -> str:
    last = (
        f"SELECT label, n FROM {since.own}.main.{OFFENDERS} "
        f'WHERE code = {quoted(counted.code)} AND "where" = {quoted(counted.where)}'
    )
    parts = [last]
    if since.changes.touch(counted.table):
        added = counted.labels(since.changes.added(counted.table))
        removed = counted.labels(since.changes.removed(counted.table))
        if counted.target:
            added = f"SELECT label FROM ({added}) AS a ANTI JOIN {_keys(counted.target)} USING (label)"
            removed = f"SELECT label FROM ({removed}) WHERE label IN (SELECT label FROM ({last}))"
        parts.append(f"SELECT label, count(*) FROM ({added}) GROUP BY label")
        parts.append(f"SELECT label, -count(*) FROM ({removed}) GROUP BY label")
    found = " UNION ALL ".join(parts)
    if counted.target and since.changes.touch(counted.target):
        return _with_target(connection, counted, counted.target, since, found)
    return found


def _with_target(connection: duckdb.DuckDBPyConnection, counted: Counted, target: str, since: Since, found: str) -> str:
    """Corrected counts where rows that are named came or went."""
    key = TABLES[target].key[0]
    came = f"SELECT {key} FROM ({since.changes.added(target)})"
    went = (
        f"SELECT DISTINCT went.{key} AS label FROM ({since.changes.removed(target)}) AS went "
        f"ANTI JOIN {_keys(target)} AS known ON known.label = went.{key}"
    )
    kept = f"SELECT label, n FROM ({found}) AS found WHERE label NOT IN ({came})"
    if not connection.execute(f"{went} LIMIT 1").fetchall():
        return kept
    everywhere = counted.labels(f"SELECT * FROM {counted.table}")
    return (
        f"{kept} AND label NOT IN ({went}) UNION ALL "
        f"SELECT label, count(*) FROM ({everywhere}) AS named SEMI JOIN ({went}) AS went USING (label) GROUP BY label"
    )
