"""The landing from the reading side: which rows count, what is provably unique, what depends on what."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relevo.base.config import Config
from relevo.book.engine import connect
from relevo.book.landing import Landing, fingerprint, kept_sql, quarantine_reasons, quarantined_rows, status
from relevo.book.landing_rows import contested_loads
from relevo.book.tables import TABLES
from relevo.sources.load import load_path

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
USAGE = "customer_id,on_date,feature,events"


class Loads:
    """A landing that grows by one file a day."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.landing = Landing(folder / "landing")
        self.now = NOW

    def add(self, name: str, content: str) -> None:
        path = self.folder / f"day{self.now:%d}" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content)
        load_path(path, self.landing, Config(), self.now)
        self.now += timedelta(days=1)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        with connect() as connection:
            return connection.execute(sql).fetchall()

    def contested(self, table: str) -> list[int]:
        return [load.seq for load in contested_loads(self.landing.loads_of(table))]


@pytest.fixture
def loads(tmp_path: Path) -> Loads:
    return Loads(tmp_path)


@pytest.mark.parametrize("table", sorted(TABLES))
def test_a_table_without_loads_has_its_columns_and_no_rows(loads, table):
    with connect() as connection:
        result = connection.execute(kept_sql(loads.landing, table))
        names = [column[0] for column in result.description]
        assert result.fetchall() == []
    own = [*TABLES[table].column_names]
    assert names[: len(own)] == own
    assert names[-3:] == ["_load", "_file", "_line"]
    assert {"recorded_at", "source", "url"} <= set(names)
    assert len(names) == len(set(names))


def test_an_unknown_table_is_a_key_error(loads):
    with pytest.raises(KeyError):
        kept_sql(loads.landing, "custmer")


def test_an_empty_landing_has_nothing_to_say(loads):
    with connect() as connection:
        found = status(loads.landing, connection)
        assert (found.tables, found.unused, found.findings) == ((), (), ())
        assert quarantined_rows(loads.landing, connection, 10, 0) == ()
        assert quarantine_reasons(loads.landing, connection) == ()


def test_files_of_different_months_are_not_compared_row_by_row(loads):
    loads.add("usage.csv", f"{USAGE}\nc1,2024-01-01,a,1\nc2,2024-01-31,a,1\n")
    loads.add("usage.csv", f"{USAGE}\nc1,2024-02-01,a,1\nc2,2024-02-28,a,1\n")
    assert loads.contested("usage") == []
    assert "losers" not in kept_sql(loads.landing, "usage")
    loads.add("usage.csv", f"{USAGE}\nc1,2024-02-01,a,7\n")
    assert loads.contested("usage") == [2, 3]
    kept = loads.rows(
        f"SELECT on_date::VARCHAR, events FROM ({kept_sql(loads.landing, 'usage')}) WHERE customer_id = 'c1' ORDER BY 1"
    )
    assert kept == [("2024-01-01", 1), ("2024-02-01", 7)]


def test_a_null_part_of_a_key_counts_as_empty_text(loads):
    head = "month,kind,channel,segment,amount_cents,currency"
    loads.add(
        "spend.csv", f"{head}\n2024-01-01,support,,,1,EUR\n2024-01-01,support,,,2,EUR\n2024-01-01,support,x,,3,EUR\n"
    )
    kept = loads.rows(f"SELECT amount_cents FROM ({kept_sql(loads.landing, 'spend')}) ORDER BY 1")
    assert kept == [(1,), (3,)]
    loads.add("spend.csv", f"{head}\n2024-01-01,support,,,9,EUR\n")
    kept = loads.rows(f"SELECT amount_cents FROM ({kept_sql(loads.landing, 'spend')}) ORDER BY 1")
    assert kept == [(3,), (9,)]


def test_status_counts_what_lost_across_loads_against_its_own_file(loads):
    loads.add("customer.csv", "customer_id,name\nc1,A\nc1,B\nc2,C\n")
    loads.add("customer.csv", "customer_id,name\nc1,D\nc1,E\nc3,\n")
    with connect() as connection:
        found = status(loads.landing, connection)
        bad = quarantined_rows(loads.landing, connection, 100, 0)
        assert [(t.rows_in, t.kept, t.quarantined) for t in found.tables] == [(3, 1, 2), (3, 1, 2)]
        assert [(row.load[:6], row.line, row.reason) for row in bad] == [
            ("000001", 2, "superseded by line 2 of customer.csv"),
            ("000001", 3, "superseded by line 2 of customer.csv"),
            ("000002", 3, "duplicate key, first seen in line 2"),
            ("000002", 4, "it is empty but required"),
        ]
        assert quarantined_rows(loads.landing, connection, 2, 1) == bad[1:3]
        assert quarantined_rows(loads.landing, connection, 10, 0, "customer") == bad
        assert quarantined_rows(loads.landing, connection, 10, 0, "usage") == ()
    messages = [f.message for f in found.findings]
    assert messages == sorted(messages) or len(messages) == 3
    assert any("2 rows quarantined: superseded by a row recorded later, lines such as 2, 3." in m for m in messages)


def test_tables_are_kept_apart(loads):
    loads.add("customer.csv", "customer_id,name\nc1,A\nc1,B\n")
    loads.add("headcount.csv", "on_date,employees\n2024-01-01,5\n2024-01-01,6\n")
    with connect() as connection:
        assert [(t.table, t.kept) for t in status(loads.landing, connection).tables] == [
            ("customer", 1),
            ("headcount", 1),
        ]


def test_the_fingerprint_follows_the_loads_of_its_table_alone(loads):
    empty = fingerprint(loads.landing, "customer")
    assert fingerprint(loads.landing, "headcount") != empty
    loads.add("customer.csv", "customer_id,name\nc1,A\n")
    one = fingerprint(loads.landing, "customer")
    loads.add("headcount.csv", "on_date,employees\n2024-01-01,5\n")
    assert len({empty, one}) == 2
    assert fingerprint(loads.landing, "customer") == one
    loads.add("customer.csv", "customer_id,name\nc1,B\n")
    assert fingerprint(loads.landing, "customer") != one


def test_parquet_without_a_manifest_does_not_count(loads):
    loads.add("customer.csv", "customer_id,name\nc1,A\n")
    (load,) = loads.landing.loads()
    loads.landing.manifest(load.id).unlink()
    assert loads.landing.rows_file(load).exists()
    assert loads.rows(f"SELECT * FROM ({kept_sql(loads.landing, 'customer')})") == []


def test_a_row_that_lost_to_another_source_is_listed_where_it_is_counted(loads):
    """Reasons are counted over all sources; the list of one source and reason has as many rows."""
    loads.add("customer.csv", "customer_id,name,source,recorded_at\nc1,Old,crm,2026-01-01\n")
    loads.add("customer.csv", "customer_id,name,source,recorded_at\nc1,New,files,2026-01-02\n")
    with connect() as connection:
        (reason,) = quarantine_reasons(loads.landing, connection)
        asked = (reason.table, reason.source, reason.reason)
        assert len(quarantined_rows(loads.landing, connection, 10, 0, *asked)) == reason.rows == 1


_row = st.tuples(
    st.sampled_from(["2024-01-01", "2024-02-01", "2024-03-01"]),
    st.sampled_from(["", "ads", "fairs"]),
    st.sampled_from(["", "2026-01-01", "2026-01-02"]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(_row, max_size=5), min_size=1, max_size=3), st.booleans())
def test_the_winner_of_each_key_is_the_one_recorded_last_then_loaded_last_then_first_in_its_file(files, early):
    """Compared with the same rule written in Python, over files that overlap in every way."""
    with TemporaryDirectory() as folder:
        loads = Loads(Path(folder))
        winners: dict[tuple[str, str], tuple[tuple[str, int, int], int]] = {}
        number = 0
        for load, rows in enumerate(files):
            lines = []
            for line, (month, channel, recorded) in enumerate(rows):
                number += 1
                lines.append(f"{month},support,{channel},,{number},EUR,{recorded}\n")
                at = recorded or f"{loads.now:%Y-%m-%d}"
                if not (early and at > "2026-01-01"):
                    place = (at, load, -line)
                    if place > winners.get((month, channel), (("", -1, -1), 0))[0]:
                        winners[month, channel] = (place, number)
            loads.add("spend.csv", "month,kind,channel,segment,amount_cents,currency,recorded_at\n" + "".join(lines))
        known_at = datetime(2026, 1, 1, tzinfo=UTC) if early else None
        kept = loads.rows(f"SELECT amount_cents FROM ({kept_sql(loads.landing, 'spend', known_at)}) ORDER BY 1")
        assert [amount for (amount,) in kept] == sorted(amount for _, amount in winners.values())
        if not early:
            with connect() as connection:
                assert sum(t.kept for t in status(loads.landing, connection).tables) == len(winners)
