"""A file as a relation: columns c0, c1, ... in the order of its header, and `_line`."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfileobj

import duckdb

from relevo.book.engine import quoted
from relevo.sources.files.kinds import other_than_parquet, other_than_text
from relevo.sources.files.limits import DEFAULT, LIMITS_HINT, Limits, TooMuch
from relevo.sources.files.lines import MAX_RECORD_CHARACTERS, Broken, Dialect, clean_csv
from relevo.sources.files.opening import BROKEN, open_bytes
from relevo.sources.files.sheets import heading_of, is_sheet, rows_of

REFUSED = "{'line': 'BIGINT', 'value': 'VARCHAR', 'reason': 'VARCHAR', 'hint': 'VARCHAR'}"
_PACKED = (".gz", ".zst")
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
    limits: Limits | None = None,
) -> Staged:
    """Read a file far enough for SQL to take over; `work` is an empty folder for what lies between."""
    if is_sheet(path):
        return _stage_sheet(path, check)
    if is_parquet(path):
        return _stage_parquet(path, check, work, connection, limits or DEFAULT)
    if path.suffix not in _PACKED and (other := other_than_text(path)):
        return Staged((), (), 0, broken=other)
    return _stage_csv(path, dialect, check, work, limits)


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


def _stage_csv(path: Path, dialect: Dialect, check: HeaderCheck, work: Path, limits: Limits | None) -> Staged:
    rows, refused = work / "rows.csv", work / "refused.csv"
    cleaned = clean_csv(path, dialect, check, rows, refused, limits)
    return Staged(
        cleaned.header,
        ("VARCHAR",) * len(cleaned.header),
        cleaned.good + cleaned.bad,
        _numbered(rows, len(cleaned.header), dialect.delimiter),
        f"SELECT * FROM {read_csv(refused, REFUSED, ',')}" if cleaned.bad else None,
        cleaned.broken,
    )


def _numbered(rows: Path, width: int, delimiter: str) -> str:
    columns = ", ".join(["'_line': 'BIGINT'", *(f"'c{n}': 'VARCHAR'" for n in range(width))])
    return f"SELECT * FROM {read_csv(rows, '{' + columns + '}', delimiter)}"


def _stage_sheet(path: Path, check: HeaderCheck) -> Staged:
    heading, (rows, refused) = heading_of(path), rows_of(path)
    broken = check(heading.header)
    relation = _numbered(rows, len(heading.header), ",")
    parts = [f"SELECT * FROM {read_csv(refused, REFUSED, ',')}"] if heading.bad else []
    if broken:
        told = f"{quoted(broken.reason)} AS reason, {quoted(broken.hint)} AS hint"
        parts.append(f"SELECT _line AS line, NULL::VARCHAR AS value, {told} FROM ({relation})")
    aside = " UNION ALL ".join(parts) or None
    kinds = ("VARCHAR",) * len(heading.header)
    return Staged(heading.header, kinds, heading.good + heading.bad, relation, aside, broken)


def _stage_parquet(
    path: Path, check: HeaderCheck, work: Path, connection: duckdb.DuckDBPyConnection, limits: Limits
) -> Staged:
    if path.suffix not in _PACKED and (other := other_than_parquet(path)):
        return Staged((), (), 0, broken=other)
    try:
        plain = _decompressed(path, work, limits)
        source = f"read_parquet({quoted(plain)}, file_row_number = true)"
        described = connection.execute(f"DESCRIBE SELECT * EXCLUDE (file_row_number) FROM {source}").fetchall()
        rows = connection.execute(f"SELECT count(*) FROM {source}").fetchall()[0][0]
    except TooMuch as problem:
        return Staged((), (), 0, broken=Broken(str(problem), LIMITS_HINT))
    except (*BROKEN, duckdb.Error) as problem:
        return Staged((), (), 0, broken=damage(problem, path))
    # A value takes a byte at least once it is unpacked, whatever a run of equal ones takes in the file.
    if rows * len(described) > limits.most_bytes:
        told = f"it unpacks to more than {limits.most_bytes // 1_000_000} MB"
        return Staged((), (), 0, broken=Broken(told, LIMITS_HINT))
    header = tuple(name for name, *_ in described)
    types = tuple(kind for _, kind, *_ in described)
    broken = check(header) or _damage_inside(source, path, connection)
    columns = ", ".join(f'"{name.replace(chr(34), chr(34) * 2)}" AS c{n}' for n, name in enumerate(header))
    relation = f"SELECT file_row_number + 1 AS _line, {columns} FROM {source}"
    return Staged(header, types, rows, relation, _refuse_all(rows, broken), broken)


def damage(problem: Exception, path: Path) -> Broken:
    """What is said of a Parquet file that cannot be read."""
    text = str(problem).splitlines()[0].replace(f"{path.parent}/", "")
    return Broken(f"the file is not readable Parquet ({text})", "Export or copy the file again.")


def _damage_inside(source: str, path: Path, connection: duckdb.DuckDBPyConnection) -> Broken | None:
    """Read every page once: the footer of a Parquet file may be whole where its pages are not."""
    try:
        connection.execute(f"SELECT max(hash(COLUMNS(*))) FROM {source}").fetchall()
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as problem:
        return damage(problem, path)
    return None


def _refuse_all(rows: int, broken: Broken | None) -> str | None:
    if not broken:
        return None
    told = f"{quoted(broken.reason)} AS reason, {quoted(broken.hint)} AS hint"
    return f"SELECT range + 1 AS line, NULL::VARCHAR AS value, {told} FROM range({rows})"


def _decompressed(path: Path, work: Path, limits: Limits) -> Path:
    if path.suffix not in _PACKED:
        return path
    plain = work / "plain.parquet"
    with open_bytes(path, limits) as stream, plain.open("wb") as out:
        copyfileobj(stream, out, 1 << 20)
    return plain
