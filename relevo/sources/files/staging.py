"""A file as a relation: columns c0, c1, ... in the order of its header, and `_line`."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj

import duckdb

from relevo.book.engine import quoted
from relevo.sources.files.lines import MAX_RECORD_CHARACTERS, Broken, Dialect, clean_csv
from relevo.sources.files.opening import BROKEN, open_bytes

REFUSED = "{'line': 'BIGINT', 'value': 'VARCHAR', 'reason': 'VARCHAR', 'hint': 'VARCHAR'}"
_LONGEST = 8 * MAX_RECORD_CHARACTERS

HeaderCheck = Callable[[tuple[str, ...]], Broken | None]


@dataclass(frozen=True)
class Staged:
    """A raw file made ready for SQL.

    `relation` is a SELECT of `_line` and c0, c1, ...; `types` their DuckDB types. `refused` is a SELECT of line,
    value, reason, hint of rows that are no rows; None where there are none. `rows` counts both kinds together.
    `broken` says why the file as a whole cannot be used; then the relation is empty.
    """

    header: tuple[str, ...]
    types: tuple[str, ...]
    rows: int
    relation: str = ""
    refused: str | None = None
    broken: Broken | None = None


def stage(
    path: Path,
    dialect: Dialect,
    check: HeaderCheck,
    work: Path,
    connection: duckdb.DuckDBPyConnection,
) -> Staged:
    """Read a file far enough for SQL to take over; `work` is an empty folder for what lies between."""
    if is_parquet(path):
        return _stage_parquet(path, check, work, connection)
    return _stage_csv(path, dialect, check, work)


def is_parquet(path: Path) -> bool:
    """Whether a file's name says Parquet; everything else is read as CSV."""
    return path.name.removesuffix(".gz").removesuffix(".zst").endswith(".parquet")


def read_csv(path: Path, columns: str, delimiter: str) -> str:
    """SQL that reads a CSV written by `clean_csv`: nothing is guessed."""
    return (
        f"read_csv({quoted(path)}, columns = {columns}, delim = {quoted(delimiter)}, header = false, "
        "auto_detect = false, quote = '\"', escape = '\"', nullstr = '', new_line = '\\n', strict_mode = true, "
        f"max_line_size = {_LONGEST})"
    )


def _stage_csv(path: Path, dialect: Dialect, check: HeaderCheck, work: Path) -> Staged:
    rows, refused = work / "rows.csv", work / "refused.csv"
    cleaned = clean_csv(path, dialect, check, rows, refused)
    width = len(cleaned.header)
    columns = ", ".join(["'_line': 'BIGINT'", *(f"'c{n}': 'VARCHAR'" for n in range(width))])
    return Staged(
        cleaned.header,
        ("VARCHAR",) * width,
        cleaned.good + cleaned.bad,
        f"SELECT * FROM {read_csv(rows, '{' + columns + '}', dialect.delimiter)}",
        f"SELECT * FROM {read_csv(refused, REFUSED, ',')}" if cleaned.bad else None,
        cleaned.broken,
    )


def _stage_parquet(path: Path, check: HeaderCheck, work: Path, connection: duckdb.DuckDBPyConnection) -> Staged:
    try:
        plain = _decompressed(path, work)
        source = f"read_parquet({quoted(plain)}, file_row_number = true)"
        described = connection.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {source}").fetchall()
        rows = connection.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0]
    except (*BROKEN, duckdb.Error) as problem:
        return Staged((), (), 0, broken=_damage(problem, path))
    header = tuple(name for name, *_ in described)
    types = tuple(kind for _, kind, *_ in described)
    broken = check(header) or _damage_inside(source, path, connection)
    columns = ", ".join(f'"{name.replace(chr(34), chr(34) * 2)}" AS c{n}' for n, name in enumerate(header))
    relation = f"SELECT file_row_number + 1 AS _line, {columns} FROM {source}"
    return Staged(header, types, rows, relation, _refuse_all(rows, broken), broken)


def _damage(problem: Exception, path: Path) -> Broken:
    text = str(problem).splitlines()[0].replace(f"{path.parent}/", "")
    return Broken(f"the file is not readable Parquet ({text})", "Export or copy the file again.")


def _damage_inside(source: str, path: Path, connection: duckdb.DuckDBPyConnection) -> Broken | None:
    """Read every page once: the footer of a Parquet file may be whole where its pages are not."""
    try:
        connection.execute(f"SELECT max(hash(COLUMNS(*))) FROM {source}").fetchall()
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as problem:
        return _damage(problem, path)
    return None


def _refuse_all(rows: int, broken: Broken | None) -> str | None:
    if not broken:
        return None
    told = f"{quoted(broken.reason)} AS reason, {quoted(broken.hint)} AS hint"
    return f"SELECT range + 1 AS line, NULL::VARCHAR AS value, {told} FROM range({rows})"


def _decompressed(path: Path, work: Path) -> Path:
    if path.suffix not in (".gz", ".zst"):
        return path
    plain = work / "plain.parquet"
    with open_bytes(path) as stream, plain.open("wb") as out:
        copyfileobj(stream, out, 1 << 20)
    return plain
