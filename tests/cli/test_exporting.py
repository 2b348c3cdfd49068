"""An export is everything in open formats: read back it gives the same figures, and nobody can sign in with it."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.test import Client

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.desk.people.actions import create_link
from relevo.desk.people.actions_doors import Seen, note_session
from relevo.desk.people.actions_keys import NewKey, create_key
from relevo.desk.people.actions_members import NewMember, ensure_member
from relevo.desk.people.models import AuditEntry
from relevo.desk.work.actions_views import save_view
from relevo.jobs.export import export, is_secret
from tests.answers import company
from tests.cli.running import Runner

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(built: Runner, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """A home of three customers; its Desk is the tests' database."""
    for module in ("export", "opening"):
        monkeypatch.setattr(f"relevo.jobs.{module}.prepare", lambda _home: None)
    Home(built.home).desk_database.touch()
    return built


def lines(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def figures(relevo: Runner, name: str) -> Any:
    ran = relevo("show", name, "--format", "json")
    assert ran.code == 0, ran.err
    return json.loads(ran.out)["rows"]


def test_an_export_loaded_into_a_new_home_gives_the_same_figures(here: Runner, tmp_path: Path) -> None:
    assert here("export", str(tmp_path / "out")).code == 0
    names = ("mrr", "mrr_movements", "net_revenue_retention", "movement_log")
    before = {name: figures(here, name) for name in names}
    here.home = tmp_path / "second"
    assert here("load", str(tmp_path / "out" / "book")).code == 0
    assert here("build", "--as-of", "2025-12-31").code == 0
    assert {name: figures(here, name) for name in names} == before
    assert before["mrr"][-1]["mrr_cents"] == 20000 + 9000  # A two seats of 100.00; C 1200.00 USD a year at 0.9


def test_every_table_is_written_whatever_its_columns_are_called(here: Runner, tmp_path: Path) -> None:
    """`at` is a word of SQL, and part of the key of four tables."""
    made = export(company.home(), tmp_path / "out")
    filled = {name for name, count in made.rows.items() if count}
    assert filled >= {"deal_stage", "cancellation", "issue_report", "article_view"}
    assert {file.stem for file in (tmp_path / "out" / "book").glob("*.parquet")} == filled


def test_every_file_is_in_the_manifest_with_its_hash(here: Runner, tmp_path: Path) -> None:
    here("export", str(tmp_path / "out"))
    told = json.loads((tmp_path / "out" / "manifest.json").read_text())
    found = {p.relative_to(tmp_path / "out").as_posix(): p for p in (tmp_path / "out").rglob("*") if p.is_file()}
    del found["manifest.json"]
    assert told["files"] == {
        name: [path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest()] for name, path in found.items()
    }
    assert (told["as_of"], told["company"]["currency"], told["rows"]["subscription_span"]) == ("2025-12-31", "EUR", 4)
    assert {"book/customer.parquet", "measures/mrr.csv", "desk/user.jsonl", "README.md"} <= set(found)
    assert "- `customer_id` (text):" in found["README.md"].read_text()


def test_measures_are_told_as_they_are_shown(here: Runner, tmp_path: Path) -> None:
    here("export", str(tmp_path / "out"))
    with (tmp_path / "out" / "measures" / "mrr.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["mrr_cents"]) for row in rows] == [row["mrr_cents"] for row in figures(here, "mrr")]
    refused = json.loads((tmp_path / "out" / "manifest.json").read_text())["refused"]
    written = {path.stem for path in (tmp_path / "out" / "measures").iterdir()}
    assert not written & set(refused)


def test_the_desk_is_told_without_secrets(here: Runner, tmp_path: Path) -> None:
    ines = ensure_member(NewMember("ines", "ines@norte.example", "owner"), "operator", company.NOW)
    ines.set_password("a very long secret word")
    ines.save()
    _, token = create_key(ines, NewKey("nightly", ["read"]), company.NOW)
    link = create_link(ines, company.NOW)
    save_view("ines", "customers", "Large", "sort=mrr", company.NOW)
    here("export", str(tmp_path / "out"))
    desk = tmp_path / "out" / "desk"
    assert [row["username"] for row in lines(desk / "user.jsonl")] == ["ines"]
    assert lines(desk / "savedview.jsonl")[0]["query"] == "sort=mrr"
    assert lines(desk / "apikey.jsonl")[0]["scopes"] == ["read"]
    assert len(lines(desk / "auditentry.jsonl")) == AuditEntry.objects.count() == 4
    assert lines(desk / "operator.jsonl")[-1]["what"] == "export"
    whole = "".join(path.read_text("utf-8") for path in desk.iterdir())
    for secret in (token, link, hashlib.sha256(token.encode()).hexdigest(), hashlib.sha256(link.encode()).hexdigest()):
        assert secret not in whole
    assert ines.password not in whole


def test_nobody_signs_in_with_the_session_of_an_export(here: Runner, tmp_path: Path) -> None:
    User.objects.create_user("ines", "ines@norte.example")
    browser = Client()
    browser.force_login(User.objects.get())
    key = browser.session.session_key
    assert key
    note_session(User.objects.get(), key, Seen("link", "10.9.8.7", "Firefox"), company.NOW)
    out = tmp_path / "out"
    assert here("export", str(out)).code == 0
    files = [path for path in out.rglob("*") if path.is_file()]
    assert "user.jsonl" in {path.name for path in files}
    for told in (key, "10.9.8.7"):
        assert [path.name for path in files if told.encode() in path.read_bytes()] == []


@pytest.mark.parametrize("is_there", [False, True])
def test_nobody_else_of_the_machine_reads_an_export(here: Runner, tmp_path: Path, is_there: bool) -> None:
    out = tmp_path / "out"
    if is_there:
        out.mkdir(mode=0o755)
    assert here("export", str(out)).code == 0
    assert out.stat().st_mode & 0o777 == 0o700


def test_a_folder_that_cannot_be_closed_is_refused(
    here: Runner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(_path: Path, _mode: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    (tmp_path / "out").mkdir()
    monkeypatch.setattr(Path, "chmod", refused)
    with pytest.raises(WrongUse, match="cannot be closed to other users"):
        export(Home(here.home), tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_every_field_to_sign_in_with_is_known_as_one() -> None:
    """A model that keeps another kind of secret fails here until its name says so."""
    kept = {
        f"{model.__name__}.{field.name}"
        for app in apps.get_app_configs()
        if app.name.startswith("relevo.desk.")
        for model in app.get_models()
        for field in model._meta.concrete_fields
        if is_secret(field.name) or "hash" in field.name or "key" in field.name
    }
    not_secret = {"PeriodClose.policy_hash", "FrozenAnswer.policy_hash", "HouseRule.key", "FailedTry.key",
                  "Delivery.key", "HandOffItem.text_key", "FollowUp.source_key"}  # fmt: skip
    assert {name for name in kept if not is_secret(name.partition(".")[2])} == not_secret
    assert {"ApiKey.key_hash", "SignInLink.token_hash", "OpenSession.session_key"} <= kept


def test_a_folder_that_is_not_empty_is_refused(here: Runner, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine")
    for folder in (tmp_path / "out", tmp_path / "out" / "mine.txt"):
        ran = here("export", str(folder))
        assert ran.code == 2
        assert "not empty" in ran.err
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["mine.txt"]


def test_before_the_first_book_there_is_nothing_to_export(relevo: Runner, tmp_path: Path) -> None:
    ran = relevo("export", str(tmp_path / "out"))
    assert ran.code == 2
    assert "No book has been published" in ran.err
    assert not (tmp_path / "out").exists()


def test_a_table_is_plain_parquet(here: Runner, tmp_path: Path) -> None:
    here("export", str(tmp_path / "out"))
    rows = duckdb.sql(f"SELECT customer_id, name FROM '{tmp_path}/out/book/customer.parquet' ORDER BY 1").fetchall()
    assert rows == [("A", "=Firm A"), ("B", "=Firm B"), ("C", "=Firm C")]
