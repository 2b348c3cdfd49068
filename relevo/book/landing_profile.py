"""What a landed file tells about its keys, so that most loads need not be compared row by row."""

from pathlib import Path

import duckdb

from relevo.book.engine import quoted
from relevo.book.table import Table

Ranges = tuple[tuple[str, str, str], ...]


def profile(connection: duckdb.DuckDBPyConnection, table: Table, rows: Path, kept: int) -> tuple[bool, Ranges]:
    """Whether each key stands once, and between which values the parts of the key lie that are never null.

    Equal hashes count as equal keys: then rows are compared one by one later, which is slower and still right.
    """
    key = ", ".join(f'"{name}"' for name in table.key)
    bounds = [f'CAST(min("{name}") AS VARCHAR), CAST(max("{name}") AS VARCHAR), count("{name}")' for name in table.key]
    found = connection.execute(
        f"SELECT count(DISTINCT hash({key})), {', '.join(bounds)} FROM read_parquet({quoted(rows)})"
    ).fetchall()[0]
    ranges = tuple(
        (name, found[3 * n + 1], found[3 * n + 2]) for n, name in enumerate(table.key) if found[3 * n + 3] == kept
    )
    return found[0] == kept, ranges
