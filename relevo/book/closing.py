"""Closed months: the evidence of what was reported, one Parquet file per month, outside every book.

    closed/<YYYY-MM>-<hash>.parquet    in the home, beside the books; never changed and never pruned

A file holds one month's bridge per customer: parts `opening`, the five kinds of movement (with day and cause), `fx`,
`prior_period_adj`, `identity_adj` and `closing`; and `held`, what each subscription was worth at the month's end,
which tells later whose it was then. Beside each row stand the traits by which its customer was cut, at the month's
opening (`traits`) and at its end (`traits_end`), so that slices stay too. Ids, plans and segments are in it, and
nothing personal. A book names the files of the months that were closed when it was made, and each file's SHA-256.
"""

import fcntl
import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from relevo.base.errors import DataRefused, NotReady
from relevo.base.periods import month_text
from relevo.book.engine import quoted
from relevo.book.manifest import ClosedFile
from relevo.book.rollups.traits import DERIVED, FIXED
from relevo.book.schema import CLOSED, OPEN
from relevo.book.store import UNFINISHED, settle

# What `make` leaves in the roll-ups of a book; the parts themselves stay in their files.
TABLES = ("closed_move", "closed_trait")


def closed_folder(books: Path) -> Path:
    """Where the closed months of the home of these books lie."""
    return books.parent / "closed"


def check(folder: Path, files: Sequence[ClosedFile]) -> None:
    """DataRefused where a closed month's file is gone or is not what it was when the month was closed."""
    for each in files:
        path, month = folder / each.file, month_text(each.month)
        if not path.exists():
            raise _refused(f"The file of the closed month {month}, closed/{each.file}, is gone.", month)
        if digest(path) != each.sha256:
            raise _refused(
                f"The file of the closed month {month}, closed/{each.file}, is not as it was when the month was "
                "closed: its SHA-256 differs from the record.",
                month,
            )


def _refused(what: str, month: str) -> DataRefused:
    return DataRefused(
        f"{what} Nothing was read from it.",
        f"Put the file back from a backup, or reopen the month: relevo reopen {month} --reason WHY.",
    )


def digest(path: Path) -> str:
    """The SHA-256 of a file as 64 hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def parts_sql(folder: Path, files: Sequence[ClosedFile]) -> str:
    """A DuckDB SELECT of the rows of closed months, columns as `schema.CLOSED` says."""
    names = ", ".join(quoted(folder / each.file) for each in files)
    return f"SELECT {', '.join(CLOSED['closed_part'])} FROM read_parquet([{names}])"


def make(connection: duckdb.DuckDBPyConnection, folder: Path, files: Sequence[ClosedFile]) -> None:
    """Create the roll-ups that lead from closed months to the book in the connection; nothing where none is closed.

    `closed_move`: subscriptions that were one customer's at the last closed month's end and are another's now, as
    what the one gave and the other took. `closed_trait`: traits of customers that the book no longer has.
    """
    if not files:
        return
    check(folder, files)
    last = max(each.month for each in files)
    connection.execute(f"CREATE TABLE closed_move AS {_moves(parts_sql(folder, files), last)}")
    names = ", ".join(quoted(folder / each.file) for each in files)
    connection.execute(f"CREATE TABLE closed_trait AS {_traits(f'read_parquet([{names}])')}")


def _moves(parts: str, last: int) -> str:
    return f"""
        WITH then_held AS (SELECT * FROM ({parts}) WHERE month = {last} AND part = 'held'),
        now_held AS (
            SELECT r.subscription_id, min(r.customer_id) AS customer_id
            FROM run_rate r JOIN calendar_month m ON m.month = {last}
            WHERE r.from_day <= m.last_day AND (r.to_day IS NULL OR r.to_day > m.last_day)
            GROUP BY r.subscription_id HAVING min(r.customer_id) = max(r.customer_id)
        ),
        moved AS (
            SELECT t.customer_id AS gave, n.customer_id AS took, t.base_e16
            FROM then_held t JOIN now_held n USING (subscription_id) WHERE t.customer_id <> n.customer_id
        )
        SELECT customer_id, CAST(sum(base_e16) AS DECIMAL(38,0)) AS base_e16
        FROM (SELECT gave AS customer_id, -base_e16 AS base_e16 FROM moved UNION ALL SELECT took, base_e16 FROM moved)
        GROUP BY customer_id
    """


def _traits(files: str) -> str:
    """Each frozen value from its month's opening to the next frozen one; the first and last hold on."""
    return f"""
        WITH gone AS (
            SELECT customer_id, month, any_value(traits_end) AS traits FROM {files}
            WHERE customer_id NOT IN (SELECT customer_id FROM customer) GROUP BY customer_id, month
        ),
        frozen AS (
            SELECT customer_id, month, unnest(map_keys(traits)) AS name, unnest(map_values(traits)) AS value FROM gone
        )
        SELECT customer_id, name, value,
               CASE WHEN lag(month) OVER w IS NULL THEN 0 ELSE month END AS from_month,
               coalesce(lead(month) OVER w, {OPEN}) AS to_month
        FROM frozen WINDOW w AS (PARTITION BY customer_id, name ORDER BY month)
    """


def show(connection: duckdb.DuckDBPyConnection, folder: Path, files: Sequence[ClosedFile], database: str) -> None:
    """Show a book's closed months in a connection that has its roll-ups attached; DataRefused for changed files."""
    if not files:
        return
    check(folder, files)
    connection.execute(f"CREATE VIEW closed_part AS {parts_sql(folder, files)}")
    for name in TABLES:
        connection.execute(f"CREATE VIEW {name} AS SELECT * FROM {database}.main.{name}")


@contextmanager
def writing(folder: Path, recorded: Collection[str]) -> Iterator[None]:
    """Hold the folder for one closing, and remove what a killed one left: files that are on no record.

    NotReady where another closing runs.
    """
    folder.mkdir(exist_ok=True)
    with (folder / ".lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NotReady("Another closing of this home is running.", "Wait until it ends.") from None
        for file in folder.glob("*.parquet"):
            if file.name not in recorded:
                file.unlink()
        yield


def write_month(run: Callable[[str], object], folder: Path, month: int, rows_sql: str, *, follows: bool) -> ClosedFile:
    """Write one month's file, whose name carries its hash. `run` runs SQL over the book.

    `rows_sql` selects customer_id, part, day, cause, base_e16. `follows` says that
    the book has closed months, whose customers may be gone. Killed at any moment, the file is whole or absent.
    """
    unfinished = folder / f"{UNFINISHED}{month_text(month)}.parquet"
    run(f"COPY ({_file_sql(month, rows_sql, follows)}) TO {quoted(unfinished)} (FORMAT parquet, COMPRESSION zstd)")
    sha256 = digest(unfinished)
    name = f"{month_text(month)}-{sha256[:12]}.parquet"
    settle(unfinished, folder / name)
    return ClosedFile(month, name, sha256)


def _file_sql(month: int, rows_sql: str, follows: bool) -> str:
    gone = "UNION ALL SELECT * FROM closed_trait" if follows else ""
    return f"""
        WITH part AS (
            SELECT customer_id, part, day, cause, NULL AS subscription_id, base_e16 FROM ({rows_sql})
            UNION ALL
            SELECT r.customer_id, 'held', NULL, NULL, r.subscription_id,
                   sum(CAST(r.arr_e6 AS DECIMAL(38,0)) * CAST(f.rate_e10 AS DECIMAL(38,0)))
            FROM run_rate r
            JOIN calendar_month m ON m.month = {month}
            JOIN fx_month f ON f.month = m.month AND f.currency = r.currency
            WHERE r.from_day <= m.last_day AND (r.to_day IS NULL OR r.to_day > m.last_day)
            GROUP BY r.customer_id, r.subscription_id
        ),
        present AS (
            SELECT customer_id, coalesce(any_value(first_month), 0) AS began
            FROM (SELECT DISTINCT customer_id FROM part) LEFT JOIN customer_start USING (customer_id)
            GROUP BY customer_id
        ),
        trait AS (SELECT * FROM customer_trait {gone}),
        opened AS ({_held(month - 1)}),
        ended AS ({_held(month)})
        SELECT CAST({month} AS BIGINT) AS month, customer_id, part, CAST(day AS BIGINT) AS day,
               CAST(cause AS VARCHAR) AS cause, CAST(subscription_id AS VARCHAR) AS subscription_id,
               CAST(base_e16 AS DECIMAL(38,0)) AS base_e16,
               coalesce(opened.traits, MAP {{}}) AS traits, coalesce(ended.traits, MAP {{}}) AS traits_end
        FROM part LEFT JOIN opened USING (customer_id) LEFT JOIN ended USING (customer_id)
        ORDER BY part, customer_id, day, cause, subscription_id
    """


def _held(month: int) -> str:
    """The traits of the present customers by which figures of a moment are cut, as the measures take them."""
    named, moment = ", ".join(quoted(name) for name in (*FIXED, *DERIVED)), f"greatest({month}, p.began)"
    return f"""
        SELECT t.customer_id, map_from_entries(list((t.name, t.value) ORDER BY t.name)) AS traits
        FROM trait t JOIN present p USING (customer_id)
        WHERE t.name IN ({named}) AND {moment} >= t.from_month AND {moment} < t.to_month
        GROUP BY t.customer_id
    """
