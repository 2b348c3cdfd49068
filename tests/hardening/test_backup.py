"""A home goes into one file and comes back with the same answers; a damaged file or an occupied place is refused."""

import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from relevo.base.config import Company, Home
from relevo.base.errors import DataRefused, NotReady, WrongUse
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.jobs import backup as job
from relevo.jobs import erasure, formats
from relevo.jobs.doctor import State, examine
from relevo.jobs.loading import load, start_home
from relevo.jobs.publish import build_book
from tests.hardening.forgetting import figures, files_with
from tests.making import span, write_table


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with a book, a Desk of one row and an operator's log."""
    folder = tmp_path_factory.mktemp("backup")
    home = Home(folder / "home")
    start_home(home, Company("Kept", "EUR", "Europe/Madrid"))
    spans = [span(c, "2025-01-01", None, 1000) for c in "ABC"]
    write_table(folder / "raw", "subscription_span", [*spans, {**spans[0], "item_id": "bad", "currency": "XXQ"}])
    contact = {"contact_id": "k1", "customer_id": "A", "name": "Ana Lopez", "email": "ana@a.example"}
    write_table(folder / "raw", "contact", [contact])
    load(home, folder / "raw")
    build_book(home, lambda _step: None, as_of=date(2026, 10, 31))
    (home.path / "secret.key").write_text("a key that stays here")
    home.audit_log.write_text('{"what": "load"}\n')
    return home.path


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Home:
    shutil.copytree(made, tmp_path / "home")
    return Home(tmp_path / "home")


def desk(home: Home) -> sqlite3.Connection:
    connection = sqlite3.connect(home.desk_database)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE IF NOT EXISTS note (text)")
    return connection


def test_uploaded_files_come_back_those_that_wait_too(home: Home, tmp_path: Path) -> None:
    raw = {"deals.csv": b"id\n1\n", "crm/companies.csv": b"id\n2\n", ".incoming/a1/files/late.csv": b"id\n3\n"}
    for name, content in raw.items():
        (home.uploads / name).parent.mkdir(parents=True, exist_ok=True)
        (home.uploads / name).write_bytes(content)
    (home.uploads / "link.csv").symlink_to(tmp_path / "elsewhere.csv")
    done = job.backup(home, tmp_path / "b.zip")
    assert {name for name in done.files if name.startswith("uploads/")} == {f"uploads/{name}" for name in raw}
    job.restore(tmp_path / "b.zip", Home(tmp_path / "back"))
    assert {name: (tmp_path / "back" / "uploads" / name).read_bytes() for name in raw} == raw


def test_a_home_comes_back_with_the_same_answers(home: Home, tmp_path: Path) -> None:
    with closing(desk(home)) as open_desk:
        # Written and not yet in the main file, as while the server runs.
        open_desk.execute("INSERT INTO note VALUES ('decided')")
        open_desk.commit()
        taken = job.backup(home, tmp_path / "out" / "kept.zip")
    back = Home(tmp_path / "elsewhere" / "home")
    told, aside = job.restore(tmp_path / "out" / "kept.zip", back)
    assert told == taken
    assert aside is None
    assert figures(back) == figures(home)
    with closing(desk(back)) as restored:
        assert restored.execute("SELECT text FROM note").fetchall() == [("decided",)]
    assert back.audit_log.read_text() == home.audit_log.read_text()
    assert Landing(back.landing).loads() == Landing(home.landing).loads()
    assert not (back.path / "secret.key").exists()
    assert [c for c in examine(back) if c.state is State.BAD and c.name != "desk"] == []
    back.desk_database.unlink()  # this process serves the Desk of the tests
    assert build_book(back, lambda _step: None, as_of=date(2026, 10, 31)).published
    assert (tmp_path / "out" / "kept.zip").stat().st_mode & 0o077 == 0


def test_the_desk_is_taken_before_the_landing(home: Home, tmp_path: Path) -> None:
    """What it notes as landed has to be in the landing of the archive; landed again it changes nothing."""
    with closing(desk(home)):
        job.backup(home, tmp_path / "kept.zip")
    with zipfile.ZipFile(tmp_path / "kept.zip") as packed:
        assert packed.namelist()[0] == "desk.sqlite3"


def test_a_backup_replaces_nothing(home: Home, tmp_path: Path) -> None:
    (tmp_path / "there.zip").write_text("mine")
    with pytest.raises(WrongUse, match="exists already"):
        job.backup(home, tmp_path / "there.zip")
    with pytest.raises(WrongUse, match="There is no home"):
        job.backup(Home(tmp_path / "nothing"), tmp_path / "x.zip")
    job.backup(home, tmp_path / "one.zip")
    with pytest.raises(WrongUse, match="is not empty"):
        job.restore(tmp_path / "one.zip", home)
    assert (home.path / "secret.key").exists()


@pytest.mark.parametrize("harm", ["cut", "bit", "no list", "missing", "outside", "not a zip"])
def test_a_damaged_archive_is_refused_and_nothing_is_changed(home: Home, tmp_path: Path, harm: str) -> None:
    archive = tmp_path / "one.zip"
    job.backup(home, archive)
    damage(archive, harm)
    back = Home(tmp_path / "back")
    with pytest.raises(DataRefused, match="is damaged"):
        job.restore(archive, back)
    assert not back.path.exists()
    with pytest.raises(WrongUse, match="There is no file"):
        job.restore(tmp_path / "nowhere.zip", back)


def damage(archive: Path, harm: str) -> None:
    content = archive.read_bytes()
    if harm == "cut":
        archive.write_bytes(content[: len(content) // 2])
    elif harm == "bit":
        place = content.index(b"PAR1") + 40
        archive.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
    elif harm == "not a zip":
        archive.write_bytes(b"a letter")
    else:
        with zipfile.ZipFile(archive) as packed:
            entries = {name: packed.read(name) for name in packed.namelist()}
        listed = json.loads(entries.pop(job.LIST))
        if harm == "missing":
            entries.pop("book/CURRENT")
        if harm == "outside":
            listed["files"]["../escaped"] = [0, ""]
        with zipfile.ZipFile(archive, "w") as packed:
            for name, text in entries.items():
                packed.writestr(name, text)
            if harm != "no list":
                packed.writestr(job.LIST, json.dumps(listed))


def test_an_archive_of_a_later_release_is_refused(home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "later.zip"
    job.backup(home, archive)
    monkeypatch.setattr(formats, "FORMAT", formats.FORMAT - 1)
    with pytest.raises(DataRefused, match="was written by release"):
        job.restore(archive, Home(tmp_path / "back"))
    assert not (tmp_path / "back").exists()


def test_an_old_backup_brings_nobody_back(home: Home, tmp_path: Path) -> None:
    before = figures(home)
    job.backup(home, tmp_path / "old.zip")
    done = erasure.erase(home, "contact", "k1")
    assert done.left == ()
    _, aside = job.restore(tmp_path / "old.zip", home, replaced=True)
    assert aside
    assert (aside / "secret.key").exists()
    assert (home.path / "secret.key").read_text() == "a key that stays here"
    assert files_with(home.path, ("Ana Lopez", "ana@a.example")) == []
    assert figures(home) == before
    assert [each.id for each in erasure.erasures(home) if each.done] == [done.erasure.id]


def test_a_home_with_an_unfinished_erasure_or_damage_is_not_backed_up(home: Home, tmp_path: Path) -> None:
    landing = Landing(home.landing)
    load_of_spans = next(load for load in landing.loads() if load.table == "subscription_span")
    kept = landing.rows_file(load_of_spans).read_bytes()
    landing.rows_file(load_of_spans).write_bytes(kept[:-1])
    with pytest.raises(NotReady, match="is not what its manifest says"):
        job.backup(home, tmp_path / "x.zip")
    landing.rows_file(load_of_spans).write_bytes(kept)
    erasure.begin(landing, erasure.Wanted("contact", "k1"), load_of_spans.at)
    with pytest.raises(NotReady, match="was interrupted"):
        job.backup(home, tmp_path / "x.zip")
    assert list(tmp_path.glob("*x.zip*")) == []


def test_a_book_that_is_pruned_meanwhile_is_read_again(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = Store.manifest_file, []

    def gone_once(store: Store, book: str) -> Path:
        calls.append(book)
        return Path("/nowhere/at/all") if len(calls) == 1 else real(store, book)

    monkeypatch.setattr(Store, "manifest_file", gone_once)
    assert job.backup(home, tmp_path / "x.zip").book
    calls.clear()
    monkeypatch.setattr(Store, "manifest_file", lambda *_: Path("/nowhere/at/all"))
    with pytest.raises(NotReady, match="changed while it was read"):
        job.backup(home, tmp_path / "y.zip")
