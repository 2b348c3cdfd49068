"""Sixty kinds of damaged input in one table: counts add up, each has its reason and hint, nothing silently changes."""

import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest

from relevo.base.config import Config
from relevo.book.engine import connect
from relevo.book.landing import Landing, LandingStatus, QuarantinedRow, kept_sql, quarantined_rows, status
from relevo.sources.load import load_path
from tests.making import NOW
from tests.sources.files.test_files_broken import CASES, FILES

GOOD = "customer_id,name,created_at\nc1,Acme,2024-01-01\n"


@dataclass(frozen=True)
class Kind:
    """One kind of damage: the file, how many rows it has, how many of them are good, and a part of what is said."""

    name: str
    file: str
    content: bytes
    rows: int
    kept: int
    said: str


def customers(name: str, rows: str | bytes, count: int, kept: int, said: str) -> Kind:
    """A good customer, then rows that are not."""
    content = rows.encode() if isinstance(rows, str) else rows
    return Kind(name, "customer.csv", GOOD.encode() + content, count + 1, kept + 1, said)


def of_rows() -> Iterator[Kind]:
    """The rows that tests/sources/files breaks one at a time."""
    for case in CASES:
        content = f"{case.header}\n{case.good}\n".encode() + case.row + b"\n"
        yield Kind(case.name, f"{case.table}.csv", content, 2, 1, case.reason)


def of_files() -> Iterator[Kind]:
    """The files that cannot be read as a whole."""
    for name, (content, reason, rows) in FILES.items():
        yield Kind(name, "customer.csv", content, rows, 0, reason)
    packed = gzip.compress((GOOD * 50).encode())
    yield Kind("gzip cut off", "customer.csv.gz", packed[: len(packed) // 2], 0, 0, "damaged")
    yield Kind("gzip with a wrong sum", "customer.csv.gz", packed[:-8] + b"\0" * 8, 0, 0, "damaged")
    yield Kind("text named gzip", "customer.csv.gz", GOOD.encode(), 0, 0, "damaged")
    yield Kind("text named zstd", "customer.csv.zst", GOOD.encode() + b"z", 0, 0, "damaged")
    yield Kind("text named Parquet", "customer.parquet", GOOD.encode() + b"p", 0, 0, "not readable Parquet")
    yield Kind("Parquet cut off", "customer.parquet", parquet()[:-30], 0, 0, "not readable Parquet")
    yield Kind("Parquet with a broken page", "customer.parquet", broken_page(), 500, 0, "not readable Parquet")


def parquet() -> bytes:
    """A good Parquet file of 500 customers."""
    with connect() as connection, TemporaryDirectory() as folder:
        rows = "SELECT 'c' || range AS customer_id, md5(range::VARCHAR) AS name FROM range(500)"
        target = Path(folder) / "customer.parquet"
        connection.execute(f"COPY ({rows}) TO '{target}' (FORMAT parquet)")
        return target.read_bytes()


def broken_page() -> bytes:
    """The same file with bytes turned in the middle of its first pages; the footer is whole."""
    content = bytearray(parquet())
    content[20:220] = bytes(255 - each for each in content[20:220])
    return bytes(content)


MORE = (
    customers("row cut off at the end", "c2,Be", 1, 0, "2 fields where the header has 3"),
    customers("NUL bytes in a row", b"c2,\0\0\0,2024-01-01\n", 1, 0, "it holds a NUL byte"),
    customers("half of a UTF-8 sign", b"c2,Caf\xc3\n", 1, 0, "not text in this encoding"),
    customers("UTF-16 inside UTF-8", "c2,Ada,\n".encode("utf-16"), 2, 0, ""),
    customers("time zone that is none", "c2,Beta,2024-01-01T10:00:00+99:00\n", 1, 0, "not an ISO 8601 instant"),
    customers("thirteenth month", "c2,Beta,2024-13-01\n", 1, 0, "not an ISO 8601 instant"),
    customers("29 February of a common year", "c2,Beta,2023-02-29\n", 1, 0, "not an ISO 8601 instant"),
    customers("serial number of a spreadsheet", "c2,Beta,45292\n", 1, 0, "not an ISO 8601 instant"),
    customers("only separators", ",,\n", 1, 0, "it is empty but required"),
    customers("header repeated in the middle", "customer_id,name,created_at\n", 1, 0, "it repeats the header"),
    customers("two rows glued together", "c2,Be,2024-01-01c3,Ce,2024-01-01\n", 1, 0, "fields where the header has 3"),
    customers("sum at the end of an export", "Total,,\n", 1, 0, "it is empty but required"),
)
KINDS = [*of_rows(), *of_files(), *MORE]


@dataclass(frozen=True)
class Read:
    """Everything loaded at once."""

    landing: Landing
    connection: duckdb.DuckDBPyConnection
    found: LandingStatus
    aside: tuple[QuarantinedRow, ...]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Read]:
    folder = tmp_path_factory.mktemp("damaged")
    for place, kind in enumerate(KINDS):
        file = folder / "export" / f"{place:02}" / kind.file
        file.parent.mkdir(parents=True)
        file.write_bytes(own_keys(kind.content, place) if kind.kept and b"," in kind.content else kind.content)
    landing = Landing(folder / "landing")
    load_path(folder / "export", landing, Config(), NOW)
    with connect() as connection:
        yield Read(landing, connection, status(landing, connection), quarantined_rows(landing, connection, 10_000))


def own_keys(content: bytes, place: int) -> bytes:
    """The same file; files share keys, of which the last loaded would win, so each good row names its own."""
    return content.replace(b"\nc1,Acme", f"\nk{place},Acme".encode(), 1).replace(
        b"\nc1,Beta", f"\nk{place},Beta".encode()
    )


def test_there_are_many_kinds() -> None:
    assert len({kind.name for kind in KINDS}) == len(KINDS) >= 60


@pytest.mark.parametrize("place", range(len(KINDS)), ids=[kind.name for kind in KINDS])
def test_a_damaged_file_is_counted_and_explained(read: Read, place: int) -> None:
    kind = KINDS[place]
    name = f"{place:02}/{kind.file}"
    (load,) = [load for load in read.landing.loads() if load.file == name]
    assert (load.rows_in, load.kept + load.quarantined) == (kind.rows, kind.rows)
    (counted,) = [count for count in read.found.tables if count.file == name]
    assert counted.rows_in == counted.kept + counted.quarantined
    aside = [row for row in read.aside if row.file == name]
    assert len(aside) == counted.quarantined
    told = " ".join([*(row.reason for row in aside), *(f.message for f in read.found.findings if name in f.where)])
    assert kind.said in told
    assert all(row.reason and row.hint for row in aside)
    assert all(f.hint for f in read.found.findings if name in f.where)


def test_what_was_kept_is_as_it_was_written(read: Read) -> None:
    rows = read.connection.execute(
        f"SELECT DISTINCT name FROM ({kept_sql(read.landing, 'customer')}) ORDER BY 1"
    ).fetchall()
    assert rows == [("Acme",)]
    spans = read.connection.execute(
        f"SELECT DISTINCT unit_amount_cents, quantity, currency, valid_to "
        f"FROM ({kept_sql(read.landing, 'subscription_span')})"
    ).fetchall()
    assert [(cents, int(quantity), currency, end) for cents, quantity, currency, end in spans] == [
        (1000, 1, "EUR", None)
    ]
