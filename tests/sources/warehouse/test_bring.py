"""The hash of what a table holds: the same for the same rows in any order, another for any other rows."""

import tempfile
from collections import Counter
from pathlib import Path

import duckdb
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.sources.warehouse.bring import content_hash

CELLS = st.one_of(st.none(), st.sampled_from(["", "-", "1:", "1:a", "a", "ab", "2:ab-"]))
ROWS = st.lists(st.tuples(CELLS, CELLS), max_size=5)


def hash_of(connection: duckdb.DuckDBPyConnection, rows: list[tuple[str | None, str | None]]) -> str:
    connection.execute("CREATE OR REPLACE TABLE t (a VARCHAR, b VARCHAR)")
    if rows:
        connection.executemany("INSERT INTO t VALUES (?, ?)", rows)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "t.parquet"
        connection.execute(f"COPY t TO '{file}' (FORMAT parquet)")
        return content_hash(file, ("a", "b"), connection)


@settings(max_examples=60, deadline=None)
@given(ROWS, ROWS, st.randoms(use_true_random=False))
def test_the_hash_is_of_the_rows_as_a_bag(
    one: list[tuple[str | None, str | None]], other: list[tuple[str | None, str | None]], chance: object
) -> None:
    turned = list(one)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    with duckdb.connect() as connection:
        first = hash_of(connection, one)
        assert hash_of(connection, turned) == first
        assert (hash_of(connection, other) == first) == (Counter(one) == Counter(other))


def test_pairs_of_rows_do_not_cancel_out() -> None:
    """Two rows that are the same leave nothing in a sum of exclusive ors: two of another would look like them."""
    with duckdb.connect() as connection:
        pairs = [[(text, None)] * 2 for text in ("a", "ab", "")]
        assert len({hash_of(connection, each) for each in pairs}) == 3
