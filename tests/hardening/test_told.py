"""What went wrong is told: by the Data page in words, and by `relevo doctor` check by check."""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from relevo.answers.data import BuildLine, DataPage
from relevo.answers.values import Sentence
from relevo.base.config import Company, Home
from relevo.base.errors import NotReady
from relevo.book import journal
from relevo.book.journal import Ending, LastBuild
from relevo.book.store import UNFINISHED, Store
from relevo.jobs import publish
from relevo.jobs.doctor import State, examine, is_sound
from relevo.jobs.loading import load, start_home
from relevo.jobs.publish import BuildFailed, build_book
from relevo.web.building import NEXT, REASONS, build_news
from tests.cli.running import Runner
from tests.making import NOW, span, write_table

AS_OF = date(2026, 10, 31)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("told")
    home = Home(folder / "home")
    start_home(home, Company("Told", "EUR", "UTC"))
    spans = [span(c, "2025-01-01", None, 1000) for c in "ABC"]
    write_table(folder / "raw", "subscription_span", [*spans, {**spans[0], "item_id": "x", "currency": "XXQ"}])
    load(home, folder / "raw")
    assert build_book(home, lambda _step: None, as_of=AS_OF).published
    return home.path


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Home:
    shutil.copytree(made, tmp_path / "home")
    return Home(tmp_path / "home")


def states(home: Home) -> dict[str, State]:
    return {check.name: check.state for check in examine(home)}


def found(home: Home, name: str) -> str:
    (check,) = [check for check in examine(home) if check.name == name]
    return f"{check.found} {check.next}"


def test_a_sound_home_is_sound(home: Home) -> None:
    assert is_sound(examine(home))
    assert [name for name, state in states(home).items() if state is not State.GOOD] == ["desk"]


def test_a_home_that_is_not_there_yet_is_odd_and_not_bad(tmp_path: Path) -> None:
    told = states(Home(tmp_path / "nothing"))
    assert {name for name, state in told.items() if state is State.ODD} == {"format", "pointer", "book", "desk"}
    assert State.BAD not in told.values()


def cut_landed(home: Home) -> None:
    rows = next((home.landing / "subscription_span").iterdir())
    rows.write_bytes(rows.read_bytes()[:-5])


def lose_landed(home: Home) -> None:
    next((home.landing / "quarantine").iterdir()).unlink()


def forget_hash(home: Home) -> None:
    """As release 0.1 wrote it, with a page turned over."""
    for file in (home.landing / "loads").iterdir():
        raw = json.loads(file.read_text())
        file.write_text(json.dumps({k: v for k, v in raw.items() if not k.endswith("_sha256") or k == "sha256"}))
    rows = next((home.landing / "subscription_span").iterdir())
    content = rows.read_bytes()
    rows.write_bytes(content[:20] + bytes(255 - b for b in content[20:120]) + content[120:])


def point_nowhere(home: Home) -> None:
    (home.books / "CURRENT").write_text("gone\n")


def lose_part(home: Home) -> None:
    next((home.books / "parts").glob("subscription_span-*")).unlink()


def miscount(home: Home) -> None:
    store = Store(home.books)
    file = store.manifest_file(str(store.current()))
    raw = json.loads(file.read_text())
    raw["rows"]["subscription_span"] += 1
    file.write_text(json.dumps(raw))


def break_settings(home: Home) -> None:
    home.settings_file.write_text("[company\n")


def damage_desk(home: Home) -> None:
    home.desk_database.write_bytes(b"no database")


def later_format(home: Home) -> None:
    (home.path / "format").write_text("99\n")


def refuse(home: Home) -> None:
    journal.write(home.books, journal.begun(NOW, AS_OF).ended(Ending.REFUSED, "Two spans overlap."))


@pytest.mark.parametrize(
    ("harm", "check", "said"),
    [
        (cut_landed, "landing", "1 of 1 loads are damaged"),
        (lose_landed, "landing", "1 of 1 loads are damaged"),
        (forget_hash, "landing", "1 of 1 loads are damaged"),
        (point_nowhere, "pointer", "There is no book gone"),
        (lose_part, "book", "IOException"),
        (miscount, "book", "Rows are missing in subscription_span. Run relevo build."),
        (break_settings, "settings", "is not valid TOML"),
        (damage_desk, "desk", "DatabaseError"),
        (later_format, "format", "Use the newer release"),
        (refuse, "last build", "refused. Two spans overlap. The book of"),
    ],
)
def test_the_doctor_finds_what_is_wrong(home: Home, harm: Callable[[Home], None], check: str, said: str) -> None:
    harm(home)
    assert states(home)[check] is State.BAD
    assert said in found(home, check)


def test_the_doctor_sees_leftovers_a_clock_gone_back_and_a_full_disk(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home.books / f"{UNFINISHED}x.duckdb").touch()
    assert "1 unfinished files" in found(home, "leftovers")
    journal.write(home.books, journal.begun(NOW, AS_OF).after("identity"))
    assert "A build runs" in found(home, "leftovers")
    assert "One runs since" in found(home, "last build")
    monkeypatch.setattr("relevo.jobs.doctor.now", lambda: datetime(2020, 1, 1, tzinfo=UTC))
    assert "Set the clock" in found(home, "clock")
    monkeypatch.setattr("relevo.jobs.doctor.shutil.disk_usage", lambda _: shutil._ntuple_diskusage(1, 1, 0))
    assert states(home)["space"] is State.BAD
    monkeypatch.setattr("relevo.jobs.doctor.LEAST_PYTHON", (9, 0))
    assert states(home)["versions"] is State.BAD
    monkeypatch.setenv("RELEVO_ENGINE", "spark://master")
    assert "RELEVO_ENGINE names spark" in found(home, "engine")


def test_the_verb_says_it_and_leaves_with_its_exit_code(
    home: Home, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    relevo = Runner(home.path, capsys, monkeypatch)
    good = relevo("doctor", "--format", "json")
    assert (good.code, json.loads(good.out)["sound"]) == (0, True)
    assert "name,state,found,next" in relevo("doctor", "--format", "csv").out
    cut_landed(home)
    bad = relevo("doctor")
    assert (bad.code, "Not sound" in bad.err) == (1, True)
    later_format(home)
    refused = relevo("show", "mrr")
    assert (refused.code, "Nothing was changed" in refused.err) == (1, True)


# Builds that fail ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("problem", "ending", "raised"),
    [
        (OSError(28, "No space left on device"), Ending.DISK_FULL, BuildFailed),
        (OSError(30, "Read-only file system"), Ending.READ_ONLY, BuildFailed),
        (MemoryError(), Ending.OUT_OF_MEMORY, BuildFailed),
        (KeyboardInterrupt(), Ending.STOPPED, KeyboardInterrupt),
        (ValueError("odd"), Ending.FAULT, ValueError),
    ],
)
def test_a_build_that_dies_says_why(
    home: Home, monkeypatch: pytest.MonkeyPatch, problem: BaseException, ending: Ending, raised: type[BaseException]
) -> None:
    def die(*_: object) -> None:
        raise problem

    served = Store(home.books).current()
    with monkeypatch.context() as patch:
        patch.setattr(publish, "build", die)
        with pytest.raises(raised):
            build_book(home, lambda _step: None, as_of=AS_OF)
    last = journal.read(home.books)
    assert last
    assert (last.ending, Store(home.books).current()) == (ending, served)
    assert build_book(home, lambda _step: None, as_of=AS_OF).published
    last = journal.read(home.books)
    assert last
    assert last.ending is Ending.PUBLISHED


def test_a_refused_build_names_the_finding_and_a_running_one_is_left_alone(home: Home) -> None:
    write_table(home.path / "more", "subscription_span", [{**span("A", "2025-02-01", None, 1000), "url": "u"}])
    load(home, home.path / "more")
    assert not build_book(home, lambda _step: None, as_of=AS_OF).published
    last = journal.read(home.books)
    assert last
    assert last.ending is Ending.REFUSED
    assert last.told
    running: LastBuild = journal.begun(NOW, AS_OF)
    journal.write(home.books, running)
    with pytest.raises(NotReady, match="Another build"):
        build_book(home, lambda _step: None, as_of=AS_OF)
    assert journal.read(home.books) == running


# The Data page ------------------------------------------------------------------------------------------------


def page(ending: str | None, *, can_write: bool = True, step: str = "customer", told: str = "") -> DataPage:
    build = None if ending is None else BuildLine(NOW - timedelta(hours=1), ending, step, told)
    nothing: tuple[Any, ...] = ()
    return DataPage(
        None, Sentence("data.nothing"), nothing, nothing, nothing, 0, 0, None, nothing, nothing, build, can_write
    )


def test_the_page_tells_every_ending_and_what_to_do(db: None) -> None:
    with translation.override("en"):
        for ending in (e for e in Ending if e not in (Ending.RUNNING, Ending.PUBLISHED)):
            news = build_news(page(ending))
            assert news
            assert news.is_bad
            assert f"ended after the step customer: {REASONS[ending]}." in news.sentences[0]
            assert news.sentences[-1] == str(NEXT[ending])
        before = build_news(page("killed", step=""))
        assert before
        assert "ended before its first step: its process was killed." in before.sentences[0]
        running = build_news(page("running"))
        assert running
        assert not running.is_bad
        assert build_news(page(None)) is None
        closed = build_news(page(None, can_write=False))
        assert closed
        assert closed.sentences[0] == "The home cannot be written to now."


def test_the_data_page_shows_a_full_disk(owner: Client, settings: Any) -> None:
    books = Path(settings.RELEVO_HOME) / "book"
    journal.write(books, journal.begun(NOW, AS_OF).after("usage").ended(Ending.DISK_FULL, "No space left on device"))
    try:
        text = owner.get("/data", follow=True).content.decode()
    finally:
        (books / journal.FILE).unlink()
    assert "ended after the step usage: the disk is full." in text
    assert "Free space, then run relevo build." in text
    assert "No space left on device" in text


def test_endings_are_all_worded() -> None:
    worded = {e for e in Ending if e not in (Ending.RUNNING, Ending.PUBLISHED)}
    assert set(REASONS) == set(NEXT) == worded
