"""Loading: once is enough, a correction counts, a killed load leaves nothing, and every row is accounted for."""

import fcntl
import gzip
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from relevo.base.config import Config
from relevo.base.errors import DataRefused, NotReady, WrongUse
from relevo.book.engine import connect
from relevo.book.landing import Landing, fingerprint, kept_sql, quarantined_rows, status
from relevo.sources.files import staging, write
from relevo.sources.load import load_path

from .conftest import NOW

LATER = NOW + timedelta(days=1)
HEADER = "customer_id,name,created_at"


def test_the_same_file_twice_changes_nothing_and_says_so(company):
    company.write("customer.csv", f"{HEADER}\nc1,Acme,\nc2,Beta,2024-02-30\n")
    first = company.load()
    before = (company.counts(), fingerprint(company.landing, "customer"), sorted(company.landing.path.rglob("*.*")))
    second = company.load(LATER)
    assert [each.is_new for each in first.loads] == [True]
    assert [each.is_new for each in second.loads] == [False]
    assert second.loads[0].load == first.loads[0].load
    assert (first.quarantined, second.quarantined) == (1, 0)
    assert before == (
        company.counts(),
        fingerprint(company.landing, "customer"),
        sorted(company.landing.path.rglob("*.*")),
    )


def test_the_same_bytes_under_another_name_are_the_same_file(company):
    company.write("customer.csv", f"{HEADER}\nc1,Acme,\n")
    company.write("copy/customer.csv", f"{HEADER}\nc1,Acme,\n")
    report = company.load()
    assert [each.is_new for each in report.loads] == [True, False]


def test_a_corrected_file_supersedes_by_key(company):
    company.write("customer.csv", f"{HEADER}\nc1,Acme,\nc2,Bta,\n")
    company.load()
    company.write("customer.csv", f"{HEADER}\nc2,Beta,\nc3,Cora,\n")
    company.load(LATER)
    assert sorted(company.kept("customer", "customer_id, name")) == [("c1", "Acme"), ("c2", "Beta"), ("c3", "Cora")]
    assert [(t.rows_in, t.kept, t.quarantined) for t in company.status().tables] == [(2, 1, 1), (2, 2, 0)]
    (row,) = company.bad()
    assert (row.line, row.column, row.value) == (3, "customer_id", None)
    assert row.reason == "superseded by line 2 of customer.csv"
    assert "Nothing to do" in row.hint


def test_an_older_reading_can_be_repeated(company):
    company.write("customer.csv", f"{HEADER}\nc1,Acme,\n")
    company.load()
    company.write("customer.csv", f"{HEADER}\nc1,Acme Ltd,\n")
    company.load(LATER)
    assert company.kept("customer", "name", known_at=NOW) == [("Acme",)]
    assert company.kept("customer", "name", known_at=LATER) == [("Acme Ltd",)]
    assert company.kept("customer", "name", known_at=NOW - timedelta(days=1)) == []
    assert company.kept("customer", "name", known_at=datetime(2026, 3, 1, 8)) == [("Acme",)]  # noqa: DTZ001


def test_the_row_recorded_last_counts_whatever_the_order_of_loading(company):
    head = "customer_id,name,recorded_at,source,url"
    company.write("customer.csv", f"{head}\nc1,New,2026-02-02,crm,https://crm/1\nc1,Old,2026-02-01,crm,\n")
    company.load()
    company.write("late/customer.csv", f"{head}\nc1,Older,2026-01-01,,\n")
    company.load(LATER)
    assert company.kept("customer", "name, source, url") == [("New", "crm", "https://crm/1")]
    assert {row.reason for row in company.bad()} == {"superseded by line 2 of customer.csv"}
    assert company.kept("customer", "name", known_at=datetime(2026, 2, 1, 12, tzinfo=UTC)) == [("Old",)]


def test_a_file_that_was_unreadable_stops_being_critical_once_it_is_mended(company):
    company.write("customer.csv", "customer_id\nc1\n")
    company.load()
    assert [str(f.severity) for f in company.status().findings] == ["warning", "critical"][::-1]
    company.write("customer.csv", f"{HEADER}\nc1,Acme,\n")
    company.load(LATER)
    severities = {f.code: str(f.severity) for f in company.status().findings}
    assert severities == {"quarantined_rows": "warning", "unreadable_file": "info"}
    assert [t.rows_in for t in company.status().tables] == [1, 1]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_a_load_killed_before_its_manifest_leaves_nothing(company, monkeypatch, stop):
    company.write("customer.csv", f"{HEADER}\nc1,Acme,\nc2,Beta,2024-02-30\n")
    with monkeypatch.context() as broken:

        def killed(self: Landing, load: object) -> None:
            raise stop

        broken.setattr(Landing, "commit", killed)
        with pytest.raises(stop):
            company.load()
    left = list(company.landing.path.glob("*/*.parquet"))
    assert len(left) == 2
    assert company.landing.loads() == ()
    assert company.kept("customer", "name") == []
    assert company.status().tables == ()
    report = company.load(LATER)
    assert [each.is_new for each in report.loads] == [True]
    assert company.counts() == {"customer.csv": (2, 1, 1)}


def test_a_killed_load_is_swept_away_by_the_next(company):
    company.landing.path.joinpath("customer").mkdir(parents=True)
    orphan = company.landing.path / "customer" / "000009-feed.parquet"
    orphan.write_bytes(b"half")
    draft = company.landing.path / "loads" / "000009-feed.draft"
    draft.parent.mkdir()
    draft.write_text("{")
    work = company.landing.path / ".work" / "old"
    work.mkdir(parents=True)
    (company.landing.path / ".work" / "spill.tmp").write_text("x")
    company.write("customer.csv", f"{HEADER}\nc1,Acme,\n")
    company.load()
    assert not any(path.exists() for path in (orphan, draft, work))
    assert list((company.landing.path / ".work").iterdir()) == []
    assert company.kept("customer", "name") == [("Acme",)]


def test_a_later_load_leaves_the_table_work_as_it_is(company):
    """The scratch folder of loads once had the name of a canonical table, and emptied it."""
    company.write("work.csv", "person_id,customer_id,activity,on_date,minutes\np1,c1,support,2026-01-05,30\n")
    company.load()
    company.write("customer.csv", f"{HEADER}\nc1,Acme,\n")
    company.load(LATER)
    assert company.kept("work", "minutes") == [(30,)]


def test_two_loads_at_once_are_refused(company):
    company.landing.path.mkdir()
    company.write("customer.csv", f"{HEADER}\nc1,Acme,\n")
    with (company.landing.path / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(NotReady, match="Another load is running"):
            company.load()
    assert len(company.load().loads) == 1


def test_a_count_that_does_not_add_up_is_refused_before_the_commit(company, monkeypatch):
    company.write("customer.csv", f"{HEADER}\nc1,Acme,\nc2,Beta,2024-02-30\n")
    monkeypatch.setattr(write, "_write_quarantine", lambda target, load, *rest: load)
    with pytest.raises(DataRefused, match=r"has 2 rows, but 1 were kept, 0 quarantined and 0 left out"):
        company.load()
    assert company.landing.loads() == ()


def test_a_path_that_is_not_there_is_wrong_use(company):
    with pytest.raises(WrongUse, match="There is nothing at"):
        company.load(path=company.folder / "missing")


def test_one_file_can_be_loaded_alone_and_progress_is_told(company):
    path = company.write("sub/customer.csv", f"{HEADER}\nc1,Acme,\n")
    company.write("sub/headcount.csv", "on_date,employees\n2024-01-01,5\n")
    told = []
    load_path(path, company.landing, Config(), NOW, lambda file, rows: told.append((file, rows)))
    assert told == [("customer.csv", 1)]
    assert company.counts() == {"customer.csv": (1, 1, 0)}


def test_files_nobody_maps_are_asked_about_until_somebody_does(company):
    company.write("accounts.csv", "Id,Name\nc1,Acme\n")
    company.write(".hidden.csv", "x\n")
    company.write("relevo.toml", "")
    report = company.load()
    assert (report.loads, report.asked) == ((), ("accounts.csv",))
    assert company.status().unused == ("accounts.csv",)
    (finding,) = company.status().findings
    assert (finding.code, str(finding.severity)) == ("asked_file", "warning")
    assert company.load(LATER).asked == ("accounts.csv",)
    assert len(company.landing.loads()) == 1
    company.settings(
        '[[source]]\nname = "crm"\n[[source.table]]\nfile = "accounts.csv"\ntable = "customer"\n'
        'columns = { customer_id = "Id", name = "Name" }\n'
    )
    company.load(LATER)
    assert company.status().unused == ()
    assert company.status().findings == ()


def test_the_landing_itself_is_not_read(company):
    company.write("customer.csv", f"{HEADER}\nc1,Acme,\n")
    inside = Landing(company.folder / "home" / "landing")
    load_path(company.folder, inside, Config(), NOW)
    report = load_path(company.folder, inside, Config(), NOW)
    assert report.unused == ()


@pytest.mark.parametrize("suffix", ["", ".gz", ".zst"])
def test_compressed_files_are_read(company, suffix):
    content = f"{HEADER}\nc1,Ácme,\n".encode()
    packed = {"": content, ".gz": gzip.compress(content), ".zst": zstandard.compress(content)}[suffix]
    company.write(f"customer.csv{suffix}", packed)
    company.load()
    assert company.kept("customer", "name") == [("Ácme",)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_says_the_encoding(company, encoding):
    company.write("customer.csv", f"{HEADER}\nc1,Ácme 東京,\n".encode(encoding))
    company.load()
    assert company.kept("customer", "customer_id, name") == [("c1", "Ácme 東京")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(company, end):
    lines = ["", HEADER, "c1,Acme,2024-01-01", "", 'c2,"Be,ta",', "c3,Cora"]
    company.write("customer.csv", end.join(lines))
    company.load()
    assert company.kept("customer", "name, _line") == [("Acme", 3), ("Be,ta", 5)]
    assert [(row.line, row.value) for row in company.bad()] == [(6, "c3,Cora")]


def test_text_with_line_ends_and_quotes_stays_as_written(company):
    company.write("customer.csv", f'{HEADER}\nc1,"Two\nlines, and ""quotes""",\nc2,5" pipes,\n')
    company.load()
    assert company.kept("customer", "name, _line") == [('Two\nlines, and "quotes"', 2), ('5" pipes', 4)]


def test_a_stray_quote_does_not_swallow_good_rows(company):
    rows = "".join(f"c{n},Name {n},\n" for n in range(3, 2000))
    company.write("customer.csv", f'{HEADER}\nc1,"Acme,\nc2,Beta,\n{rows}')
    company.load()
    assert company.counts() == {"customer.csv": (1999, 1998, 1)}
    assert [(row.line, row.reason) for row in company.bad()] == [(2, "the quotes do not match")]


def test_numbers_times_and_words_are_read_as_they_are_meant(company):
    company.write(
        "lead.csv",
        "lead_id,created_at,qualified\n1,2024-01-01T10:00:00+02:00,TRUE\n"
        "2,2024-01-01 10:00:00 UTC,no\n3,2024-01-01T10:00:00.5Z,\n",
    )
    company.write("fx_rate.csv", "currency,on_date,rate\nUSD,2024-01-01,0.912345678901234567\n")
    company.load()
    assert company.kept("lead", "created_at, qualified") == [
        (datetime(2024, 1, 1, 8), True),  # noqa: DTZ001
        (datetime(2024, 1, 1, 10), False),  # noqa: DTZ001
        (datetime(2024, 1, 1, 10, 0, 0, 500_000), None),  # noqa: DTZ001
    ]
    assert company.kept("fx_rate", "rate::VARCHAR") == [("0.912345678901234567",)]


def test_role_words_are_translated_by_the_published_table_and_unknown_ones_kept(company):
    company.write("deal_role.csv", "deal_id,role,person_id\nd,AE,1\nd,seller,2\nd,csm,3\nd,Wizard,4\n")
    company.write(
        "assignment.csv", "customer_id,role,person_id,from_at\nc,Account Executive,1,2024-01-01\nc,am,2,2024-01-01\n"
    )
    company.write("person.csv", "person_id,name,team\n1,Ann,Customer Success\n2,Bo,alchemy\n")
    company.write("handoff.csv", "handoff_id,customer_id,from_role,to_role\nh,c,sold_by,csm\n")
    company.load()
    assert [role for (role,) in company.kept("deal_role", "role")] == ["sold_by", "sold_by", "success", "Wizard"]
    assert [role for (role,) in company.kept("assignment", "role")] == ["sales", "account_manager"]
    assert company.kept("handoff", "from_role, to_role") == [("sales", "success")]
    assert company.kept("person", "team") == [("success",)]
    assert [(row.column, row.value) for row in company.bad()] == [("team", "alchemy")]


def test_an_alias_keeps_its_own_source(company):
    company.write("customer_alias.csv", "source,external_id,customer_id\nstripe,cus_1,c1\n,cus_2,c1\n")
    company.load()
    assert company.kept("customer_alias", "source, external_id") == [("stripe", "cus_1")]
    assert [row.column for row in company.bad()] == ["source"]


def test_an_empty_table_with_a_header_is_fine(company):
    company.write("customer.csv", f"{HEADER}\n")
    company.load()
    assert company.counts() == {"customer.csv": (0, 0, 0)}
    assert company.status().findings == ()


def test_open_words_are_kept_in_lower_snake(company):
    company.write("milestone.csv", "milestone_id,customer_id,kind\nm1,c,kick_off\nm2,c,Kick Off\n")
    report = company.load()
    assert company.kept("milestone", "kind") == [("kick_off",)]
    assert [row.value for row in company.bad()] == ["Kick Off"]
    assert "or another word in lower_snake" in company.bad()[0].hint
    assert report.findings == ()


def test_a_lack_of_memory_is_not_taken_for_a_damaged_file(company, monkeypatch):
    class Short:
        def execute(self, sql: str) -> None:
            raise duckdb.OutOfMemoryException("out of memory")

    with pytest.raises(duckdb.OutOfMemoryException):
        staging._damage_inside("x", company.folder / "x", Short())


def test_a_file_that_may_not_be_read_is_critical_until_it_may(company, monkeypatch):
    path = company.write("customer.csv", f"{HEADER}\nc1,Acme,\n")
    opened = os.open

    def locked(file: object, *args: object, **kwargs: object) -> int:
        if file == path:
            raise PermissionError(13, "Permission denied")
        return opened(file, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(os, "open", locked)
        company.load()
    (finding,) = company.status().findings
    assert (finding.code, str(finding.severity)) == ("unreadable_file", "critical")
    assert "Permission denied" in finding.message
    company.load(LATER)
    assert [str(f.severity) for f in company.status().findings] == ["info"]
    assert company.kept("customer", "name") == [("Acme",)]


def test_a_manifest_is_plain_json(company):
    company.write("customer.csv", f"{HEADER}\nc1,Acme,\n")
    report = company.load()
    manifest = json.loads(company.landing.manifest(report.loads[0].load.id).read_text("utf-8"))
    assert (manifest["table"], manifest["file"], manifest["rows_in"]) == ("customer", "customer.csv", 1)


def test_a_home_with_a_quote_in_its_path_works(tmp_path):
    folder = tmp_path / "it's"
    folder.mkdir()
    (folder / "customer.csv").write_text(f"{HEADER}\nc1,O'Neil,\n")
    landing = Landing(folder / "landing")
    load_path(folder, landing, Config(), NOW)
    with connect() as connection:
        assert connection.execute(f"SELECT name FROM ({kept_sql(landing, 'customer')})").fetchall() == [("O'Neil",)]


_bits = st.sampled_from(
    ['"', ",", "\n", "\r\n", "\r", "c1", "c2", "é", "\0", "2024-01-01", '""', " ", "x,y,\n", 'c3,"a\nb",\n', ";"]
)
_garbage = st.lists(st.one_of(_bits.map(str.encode), st.binary(max_size=3)), max_size=40).map(b"".join)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_garbage, st.booleans())
def test_rows_in_is_rows_kept_plus_rows_quarantined_for_any_bytes(body, with_header):
    """Whatever the bytes are, loading does not raise, every row is in one place, and both places agree."""
    with TemporaryDirectory() as folder, connect() as connection:
        path = Path(folder) / "customer.csv"
        path.write_bytes((f"{HEADER}\n".encode() if with_header else b"") + body)
        landing = Landing(Path(folder) / "landing")
        load_path(path, landing, Config(), NOW)
        (count,) = status(landing, connection).tables
        kept = connection.execute(
            f"SELECT count(*), count(DISTINCT customer_id) FROM ({kept_sql(landing, 'customer')})"
        ).fetchall()
        assert count.rows_in == count.kept + count.quarantined
        assert kept == [(count.kept, count.kept)]
        assert count.quarantined == len(quarantined_rows(landing, connection, 1000, 0))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12), max_size=6
    )
)
def test_any_text_written_by_a_csv_writer_comes_back_unchanged(names):
    import csv

    with TemporaryDirectory() as folder, connect() as connection:
        path = Path(folder) / "customer.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["customer_id", "name"])
            writer.writerows([str(n), name] for n, name in enumerate(names))
        landing = Landing(Path(folder) / "landing")
        load_path(path, landing, Config(), NOW)
        kept = connection.execute(f"SELECT name FROM ({kept_sql(landing, 'customer')}) ORDER BY _line").fetchall()
        assert [name for (name,) in kept] == [name for name in names if name.strip(" ")]
