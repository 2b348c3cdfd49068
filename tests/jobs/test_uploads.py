"""The job `uploads`: names are safe, files are put in place and loaded once, whatever happens in between."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from relevo.base.config import Home
from relevo.base.errors import NotReady, WrongUse
from relevo.book.landing import Landing
from relevo.desk.files import actions
from relevo.desk.files.models import Upload
from relevo.desk.files.uploads import State, waiting
from relevo.desk.house.actions import save_rule
from relevo.jobs.incoming import check_room, is_taken, open_incoming, safe_path
from relevo.jobs.uploads import bring, load_uploads
from tests.jobs.conftest import write_settings

SPANS = (
    "subscription_id,customer_id,item_id,valid_from,quantity,interval_unit,interval_count,unit_amount_cents,currency,"
    "status,usage\ns1,A,main,2025-01-01,1,month,1,1000,EUR,active,licensed\n"
)


def came(home: Home, files: dict[str, str], paths: list[str] | None = None) -> int:
    """Upload files, each a name with its text; the id of the upload."""
    incoming = open_incoming(home)
    for name, text in files.items():
        incoming.begin(name)
        incoming.write(text.encode())
        incoming.end()
    return bring(home, incoming, paths or [], "ines")


def there(home: Home) -> set[str]:
    return {str(p.relative_to(home.uploads)) for p in home.uploads.rglob("*") if p.is_file()}


def state(key: int) -> str:
    return Upload.objects.get(pk=key).state


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("deals.csv", "deals.csv"),
        ("../../etc/passwd.csv", "etc/passwd.csv"),
        ("/etc/cron.d/x.csv", "etc/cron.d/x.csv"),
        ("C:\\Users\\Ana\\deals.csv", "C_/Users/Ana/deals.csv"),
        (".htaccess", "htaccess"),
        (".incoming/x.csv", "incoming/x.csv"),
        ("a\0b\nc.csv", "abc.csv"),
        ("a/b/c/d/e/f.csv", "c/d/e/f.csv"),
        ("what?<b>*.csv", "what__b__.csv"),
        ("", "file"),
        ("..", "file"),
        ("resumé.csv", "resumé.csv"),
    ],
)
def test_a_name_stays_below_its_folder(name: str, safe: str) -> None:
    assert safe_path(name) == safe
    assert (Path("/home") / safe_path(name)).resolve().is_relative_to("/home")


def test_a_long_name_keeps_its_ending() -> None:
    name = safe_path("ñ" * 400 + ".csv.gz")
    assert name.endswith(".csv.gz")
    assert len(name.encode()) <= 120
    assert is_taken(name)


def test_files_of_no_kind_that_is_read_and_empty_ones_are_not_kept(home: Home) -> None:
    key = came(home, {"run.exe": "MZ", "macro.xlsm": "PK", "empty.csv": "", "spans.csv": SPANS, "noise": "x"})
    found = Upload.objects.get(pk=key)
    assert found.files == [["spans.csv", len(SPANS)]]
    assert found.refused == [["run.exe", "kind"], ["macro.xlsm", "kind"], ["empty.csv", "empty"], ["noise", "kind"]]
    load_uploads(home, {})
    assert there(home) == {"spans.csv"}
    only = came(home, {"run.exe": "MZ"})
    assert state(only) == State.DONE
    assert there(home) == {"spans.csv"}


def test_nothing_that_was_uploaded_can_be_run_or_read_by_others(home: Home) -> None:
    came(home, {"subscription_span.csv": SPANS})
    load_uploads(home, {})
    mode = (home.uploads / "subscription_span.csv").stat().st_mode
    assert mode & 0o777 == 0o600


def test_a_folder_keeps_its_places_and_two_of_one_name_both_stay(home: Home) -> None:
    came(home, {"a.csv": "x\n1\n", "b.csv": "x\n2\n"}, ["stripe/a.csv", "crm/a.csv"])
    came(home, {"c.csv": "x\n1\n", "C.CSV": "x\n3\n"}, ["one/c.csv", "one/c.csv"])
    load_uploads(home, {})
    assert there(home) == {"stripe/a.csv", "crm/a.csv", "one/c.csv", "2/c.csv"}


def test_a_corrected_file_replaces_the_one_of_its_name_and_another_table_does_not(home: Home) -> None:
    deals = "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Currency\n1,Acme,Closed Won,Sales,10,EUR\n"
    came(home, {"export.csv": deals})
    load_uploads(home, {})
    came(home, {"export.csv": deals.replace("10,EUR", "20,EUR")})
    load_uploads(home, {})
    assert there(home) == {"export.csv"}
    tickets = "Ticket ID,Ticket name,Ticket status,Pipeline,Create date,Priority,Ticket owner\n"
    came(home, {"export.csv": tickets + "5,Help,New,Support,2026-01-31 10:00,High,Ana\n"})
    load_uploads(home, {})
    assert there(home) == {"export.csv", "hubspot/export.csv"}
    assert (home.uploads / "export.csv").read_text().endswith("20,EUR\n")
    tables = {load.table for load in Landing(home.landing).loads()}
    assert {"deal", "conversation"} <= tables


def test_progress_is_told_file_by_file_and_the_counts_at_the_end(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    told = []
    monkeypatch.setattr(actions, "tell_upload", lambda _key, what: told.append(dict(what)))
    key = came(home, {"subscription_span.csv": SPANS, "customer.csv": "customer_id,name\nA,Acme\n,Nobody\n"})
    load_uploads(home, {})
    assert [(t["file"], t["rows"], t["files"]) for t in told if "file" in t] == [
        ("customer.csv", 2, 1),
        ("subscription_span.csv", 3, 2),
    ]
    customer, spans = Upload.objects.get(pk=key).told["files"]
    (table,) = customer["tables"]
    assert (table["rows_in"], table["kept"], table["quarantined"], table["is_new"]) == (2, 1, 1, True)
    assert (spans["state"], spans["tables"][0]["kept"]) == ("read", 1)


def test_a_kill_between_the_files_loses_none(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    key = came(home, {"customer.csv": "customer_id,name\nA,Acme\n", "subscription_span.csv": SPANS})
    moved = []
    replace = Path.replace

    def killed(self: Path, target: Path) -> Path:
        if moved:
            raise KeyboardInterrupt
        moved.append(target)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        load_uploads(home, {})
    monkeypatch.undo()
    assert [each.id for each in waiting()] == [key]
    load_uploads(home, {})
    assert state(key) == State.DONE
    assert there(home) == {"customer.csv", "subscription_span.csv"}
    assert {load.table for load in Landing(home.landing).loads()} == {"customer", "subscription_span"}


def test_what_kills_its_worker_each_time_is_given_up(home: Home) -> None:
    key = came(home, {"subscription_span.csv": SPANS})
    for _ in range(3):
        actions.begin_upload(key)
    load_uploads(home, {})
    assert state(key) == State.FAILED
    assert "killed" in Upload.objects.get(pk=key).told["message"]


def test_a_load_by_hand_meanwhile_puts_it_off(home: Home) -> None:
    key = came(home, {"subscription_span.csv": SPANS})
    with Landing(home.landing).alone(), pytest.raises(NotReady):
        load_uploads(home, {})
    assert (state(key), Upload.objects.get(pk=key).tries) == (State.WAITING, 0)
    assert load_uploads(home, {}).code == "uploads_loaded"
    assert load_uploads(home, {}).code == "nothing_waits"


def test_a_mapping_that_is_wrong_is_told_at_the_upload(home: Home) -> None:
    write_settings(home, '[[reading]]\nfile = "x.csv"\ndates = "ymd"\n')
    key = came(home, {"subscription_span.csv": SPANS})
    load_uploads(home, {})
    assert state(key) == State.FAILED
    assert "ymd" in Upload.objects.get(pk=key).told["message"]


def test_what_is_too_large_for_the_house_is_refused_before_it_is_read(home: Home) -> None:
    write_settings(home, "[house]\nupload_limit_mb = 1\n")
    check_room(home, 1024 * 1024)
    with pytest.raises(WrongUse, match="larger than 1 MB"):
        check_room(home, 1024 * 1024 + 1)
    with pytest.raises(WrongUse):
        check_room(Home(home.path), 1 << 60)


def test_uploads_are_kept_unless_the_house_says_for_how_long(home: Home) -> None:
    key = came(home, {"subscription_span.csv": SPANS})
    load_uploads(home, {})
    old = datetime.now(UTC) - timedelta(days=31)
    Upload.objects.filter(pk=key).update(at=old)
    load_uploads(home, {})
    assert there(home) == {"subscription_span.csv"}
    home.desk_database.touch()
    save_rule("keep_uploads_days", 30, old.date(), "ines", "no raw copies", datetime.now(UTC))
    load_uploads(home, {})
    assert there(home) == set()
    assert Landing(home.landing).loads()[-1].kept == 1, "what was read stays"


def test_what_was_broken_off_is_removed_after_a_day(home: Home) -> None:
    broken = open_incoming(home)
    broken.begin("a.csv")
    broken.write(b"half")
    broken.end()
    came(home, {"subscription_span.csv": SPANS})
    load_uploads(home, {})
    assert broken.folder.exists()
    old = datetime.now(UTC).timestamp() - 90_000
    os.utime(broken.folder, (old, old))
    load_uploads(home, {})
    assert not broken.folder.exists()
    broken.drop()  # a second time is nothing
