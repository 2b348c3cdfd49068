"""A home that release 0.1 wrote is opened by this one: same figures, and no verb touches it before it is upgraded."""

import json
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from relevo.base.config import Home
from relevo.base.errors import DataRefused, NotReady
from relevo.book.book import Book
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.jobs import formats
from relevo.jobs import upgrade as job
from relevo.jobs.doctor import State, examine
from relevo.measures.asking import ask

OLD = Path(__file__).parents[1] / "homes" / "release-0.1.tar.gz"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old")
    with tarfile.open(OLD) as packed:
        packed.extractall(folder, filter="data")
    return folder


@pytest.fixture
def home(unpacked: Path, tmp_path: Path) -> Home:
    """The old home without its Desk: a test process serves one Desk alone."""
    shutil.copytree(unpacked / "home", tmp_path / "home")
    (tmp_path / "home" / "desk.sqlite3").unlink()
    return Home(tmp_path / "home")


def differences(home: Home, said: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Where measures say something else than they did; columns that are new since are no difference."""
    book = Book.open(home.books)
    try:
        found = []
        for name, before in said.items():
            now = json.loads(json.dumps(ask(book, name).rows, default=str))
            if len(now) != len(before):
                found.append(f"{name}: {len(now)} rows, {len(before)} before")
            for old, new in zip(before, now, strict=False):
                found += [f"{name}.{c}: {new.get(c)!r}, {v!r} before" for c, v in old.items() if new.get(c) != v]
        return found
    finally:
        book.close()


def test_the_home_of_the_previous_release_is_opened_and_says_the_same(home: Home, unpacked: Path) -> None:
    said = json.loads((unpacked / "said.json").read_text())
    assert len(said) == 16
    assert formats.format_of(home) == 1
    with pytest.raises(NotReady, match="written by an earlier release"):
        formats.check(home)
    assert {c.name for c in examine(home) if c.state is State.BAD} >= {"format"}
    done = job.upgrade(home, lambda _step: None)
    assert (done.before, done.after, done.published) == (1, formats.FORMAT, True)
    assert done.loads == len([load for load in Landing(home.landing).loads() if load.table])
    formats.check(home)
    assert differences(home, said) == []
    assert [c for c in examine(home) if c.state is State.BAD] == []


def test_an_upgrade_may_be_repeated(home: Home) -> None:
    job.upgrade(home, lambda _step: None)
    book = Store(home.books).current()
    again = job.upgrade(home, lambda _step: None)
    assert (again.before, again.loads, again.book) == (formats.FORMAT, 0, None)
    assert Store(home.books).current() == book


def test_a_home_of_a_later_release_is_left_as_it_is(home: Home) -> None:
    (home.path / formats.FILE).write_text(f"{formats.FORMAT + 1}\n")
    for use in (formats.check, lambda h: job.upgrade(h, lambda _step: None)):
        with pytest.raises(DataRefused, match="Nothing was changed"):
            use(home)
    (home.path / formats.FILE).write_text("two\n")
    with pytest.raises(DataRefused, match="should hold a number"):
        formats.check(home)


def test_what_is_no_home_is_not_upgraded(tmp_path: Path) -> None:
    with pytest.raises(NotReady, match="There is no home"):
        job.upgrade(Home(tmp_path), lambda _step: None)
    formats.check(Home(tmp_path))


@pytest.mark.sims
def test_the_verbs_upgrade_the_desk_too(unpacked: Path, tmp_path: Path) -> None:
    """In processes of their own, as a company does it: refused, upgraded, sound, and who was invited is there."""
    home = tmp_path / "home"
    shutil.copytree(unpacked / "home", home)
    refused = relevo(home, "show", "mrr")
    assert (refused.returncode, "Run relevo backup FILE, then relevo upgrade" in refused.stderr) == (2, True)
    assert relevo(home, "backup", str(tmp_path / "before.zip")).returncode == 0
    assert relevo(home, "upgrade").returncode == 0
    sound = relevo(home, "doctor", "--format", "json")
    told = json.loads(sound.stdout)
    assert (sound.returncode, told["sound"]) == (0, True), told
    with closing(sqlite3.connect(home / "desk.sqlite3")) as desk:
        assert desk.execute("SELECT username FROM auth_user").fetchall() == [("owner@old.example",)]


def relevo(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    code = "from relevo.cli.main import main; main()"
    command = [sys.executable, "-c", code, "--home", str(home), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)
