"""Sellers of the demo stay in touch as often as is said, with whom they sold to, and nobody who has left."""

import duckdb
import pytest

from relevo.sources.demo.staying import SHARES, WINDOW

_WON = "SELECT customer_id, person_id, closed_at FROM deal WHERE kind = 'new' AND outcome = 'won'"
_TOUCHED = f"""
    SELECT w.customer_id, t.at, date_diff('day', w.closed_at, t.at) AS days, t.subject
    FROM ({_WON}) w JOIN touch t USING (customer_id, person_id) WHERE t.at > w.closed_at
"""


@pytest.mark.parametrize(("window", "share"), list(enumerate(SHARES)))
def test_sellers_touch_as_often_as_is_said(book: duckdb.DuckDBPyConnection, window: int, share: float) -> None:
    """Of deals won in the reported months whose window is over; sellers who left since make it a little less."""
    first = book.execute("SELECT min(t.at) FROM touch t").fetchall()[0][0]
    last = book.execute("SELECT max(t.at) FROM touch t").fetchall()[0][0]
    old = f"closed_at > ? AND closed_at < ? - INTERVAL {(window + 1) * WINDOW} DAY"
    (sold,) = book.execute(f"SELECT count(*) FROM ({_WON}) WHERE {old}", [first, last]).fetchall()[0]
    inside = f"days BETWEEN {window * WINDOW} AND {(window + 1) * WINDOW}"
    (touched,) = book.execute(
        f"SELECT count(DISTINCT customer_id) FROM ({_TOUCHED}) JOIN ({_WON}) USING (customer_id)"
        f" WHERE {old} AND {inside}",
        [first, last],
    ).fetchall()[0]
    assert sold > 100
    assert touched / sold == pytest.approx(share, abs=0.1)


def test_who_is_introduced_takes_part(book: duckdb.DuckDBPyConnection) -> None:
    said = "subject = 'Who looks after you from here on'"
    both = f"SELECT t.at, count(DISTINCT person_id) AS people FROM touch t WHERE {said} GROUP BY customer_id, t.at"
    ((calls, fewest, most),) = book.execute(f"SELECT count(*), min(people), max(people) FROM ({both})").fetchall()
    assert calls > 20
    assert (fewest, most) == (2, 2)


def test_nobody_who_has_left_is_in_touch(book: duckdb.DuckDBPyConnection) -> None:
    gone = "SELECT count(*) FROM touch t JOIN person p USING (person_id) WHERE t.at::DATE > p.ended_on"
    assert book.execute(gone).fetchall() == [(0,)]
