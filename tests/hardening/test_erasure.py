"""A person is erased: nothing personal is found in any byte of the home, every figure is as it was, and it lasts."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from relevo.base.config import Home
from relevo.base.errors import WrongUse
from relevo.book import texts
from relevo.book.book import Book
from relevo.book.landing import Landing
from relevo.book.store import Store
from relevo.jobs import erasure as job
from relevo.jobs.doctor import State, examine
from relevo.jobs.loading import load
from relevo.jobs.publish import build_book
from relevo.measures.catalog import MEASURES
from tests.hardening.forgetting import AS_OF, EMAIL, FEW, NAME, SECRETS, figures, files_with, open_home, tables
from tests.making import write_table


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("forgetting")
    open_home(folder)
    return folder


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Home:
    shutil.copytree(made, tmp_path / "copy")
    return Home(tmp_path / "copy" / "home")


def rows(home: Home, table: str, columns: str) -> list[tuple[Any, ...]]:
    book = Book.open(home.books)
    try:
        return list(book.run_sql(f"SELECT {columns} FROM {table} ORDER BY ALL").rows)
    finally:
        book.close()


def test_uploaded_files_go_and_no_figure_changes(home: Home) -> None:
    """Her words stand in a row that does not name her; only without the raw copy they are gone."""
    for name in ("message.csv", ".incoming/1/files/late.csv", "crm/contact.csv"):
        file = home.uploads / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"author_id,body\nk1,{SECRETS[4]}\n", "utf-8")
    before = figures(home)
    done = job.erase(home, "contact", "k1")
    assert (done.uploads, done.left, files_with(home.path, SECRETS)) == (3, (), [])
    assert list(home.uploads.iterdir()) == []
    assert figures(home) == before


def test_nothing_of_an_erased_contact_is_left_and_every_figure_is_as_it_was(home: Home) -> None:
    assert len(files_with(home.path, SECRETS)) > 10
    before, old = figures(home, MEASURES), Store(home.books).current()
    done = job.erase(home, "contact", "k1")
    assert done.left == ()
    assert files_with(home.path, SECRETS) == []
    assert figures(home, MEASURES) == before
    assert done.book == Store(home.books).current() != old
    assert [m.id for m in Store(home.books).history()] == [done.book]
    assert done.erasure.done
    assert done.files == len({c.file for c in done.erasure.changes}) >= 7
    assert [c.name for c in examine(home) if c.state is State.BAD] == []
    build_book(home, lambda _step: None, as_of=AS_OF)
    assert files_with(home.path, SECRETS) == []
    assert figures(home) == {name: before[name] for name in FEW}


def test_questions_that_name_somebody_are_not_kept(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(texts.VARIABLE, raising=False)
    book = Book.open(home.books)
    contact = book.tables.contact
    book.run(contact.filter(contact.email == EMAIL))
    book.close()
    kept = Store(home.books).texts
    assert files_with(kept, SECRETS) != []
    job.erase(home, "contact", "k1")
    assert files_with(kept, SECRETS) == []


def test_ids_and_what_others_said_stay(home: Home) -> None:
    job.erase(home, "contact", EMAIL.upper(), by_email=True)
    contacts = rows(home, "contact", "contact_id, customer_id, name, email, title")
    assert contacts[-2:] == [("k1", "A", None, None, None), ("k2", "B", "Leo Sans", "leo@b.example", "Cook")]
    stand_in = contacts[0][0]
    assert stand_in.startswith("erased-")
    assert rows(home, "conversation", "contact_id, subject") == [(stand_in, None), ("k2", "Oven")]
    assert rows(home, "message", "message_id, body") == [
        ("m1", None), ("m2", None), ("m3", None), ("m4", "Your oven is on its way"),
    ]  # fmt: skip
    assert rows(home, "touch", "touch_id, body") == [("t1", None), ("t2", None), ("t3", "nothing of note")]
    assert rows(home, "rating", "score, comment") == [(5, None)]
    ((deal,),) = rows(home, "deal", "name")
    assert deal.startswith("erased-")


def test_the_old_hash_is_kept_with_the_erasure(home: Home) -> None:
    before = {load.id: load for load in Landing(home.landing).loads()}
    done = job.erase(home, "contact", "k1").erasure
    after = {load.id: load for load in Landing(home.landing).loads()}
    for change in done.changes:
        old, new = before[change.load], after[change.load]
        assert change.before in (old.rows_sha256, old.quarantine_sha256)
        assert change.after in (new.rows_sha256, new.quarantine_sha256)
        assert (old.sha256, old.identity) == (new.sha256, new.identity)
        assert new.erased == (done.id,)


def test_the_same_file_and_a_later_export_do_not_bring_the_person_back(home: Home) -> None:
    before = figures(home)
    job.erase(home, "contact", "k1")
    raw = home.path.parent / "raw"
    assert not any(each.is_new for each in load(home, raw).report.loads)
    shutil.rmtree(raw)
    again = {**tables(), "headcount": [{"on_date": "2025-01-01", "employees": 9}]}
    for name, listed in again.items():
        write_table(raw, name, [{**row, "url": "https://crm.example/2"} for row in listed])
    loaded = load(home, raw)
    assert all(each.is_new for each in loaded.report.loads)
    assert "erased_again" in {finding.code for finding in loaded.report.findings}
    build_book(home, lambda _step: None, as_of=AS_OF)
    assert files_with(home.path, SECRETS) == []
    assert rows(home, "contact", "contact_id, name")[-2:] == [("k1", None), ("k2", "Leo Sans")]
    assert figures(home) == before


class Cut(BaseException):
    """The machine went off."""


def off(*_: object, **__: object) -> None:
    raise Cut


@pytest.mark.parametrize("step", ["relevo.book.erasing.settle", "relevo.book.landing_store.Landing.commit",
                                  "relevo.jobs.erasure.erase_books", "relevo.book.store.Store.publish",
                                  "relevo.jobs.erasure._clean_lines"])  # fmt: skip
def test_an_interrupted_erasure_is_finished(home: Home, step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = figures(home)
    with monkeypatch.context() as patch:
        patch.setattr(step, off)
        with pytest.raises(Cut):
            job.erase(home, "contact", "k1")
    assert not any(EMAIL in f.read_text() for f in (home.landing / "erasures").iterdir())
    (done,) = job.resume(home)
    assert done.left == ()
    assert job.resume(home) == ()
    assert files_with(home.path, SECRETS) == []
    assert figures(home) == before
    assert [c for c in examine(home) if c.state is State.BAD] == []


def test_a_build_finishes_an_interrupted_erasure_first(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("relevo.jobs.erasure.erase_books", off)
        with pytest.raises(Cut):
            job.erase(home, "contact", "k1")
    build_book(home, lambda _step: None, as_of=AS_OF)
    assert all(each.done for each in job.erasures(home))
    assert files_with(home.path, SECRETS) == []


def test_a_colleague_is_erased_with_the_cost_kept(home: Home) -> None:
    before = figures(home)
    done = job.erase(home, "person", "p1")
    assert done.left == ()
    assert files_with(home.path, ("Ben Vidal", "ben.vidal@norte.example")) == []
    assert rows(home, "person", "person_id, name, email") == [
        ("p1", "erased", None), ("p2", "Mia Roca", "mia@norte.example"),
    ]  # fmt: skip
    assert rows(home, "message", "message_id, body")[-1] == ("m4", "Your oven is on its way")
    assert figures(home) == before


def test_a_customer_who_is_one_person_is_erased_with_its_contacts(home: Home) -> None:
    before = figures(home)
    done = job.erase(home, "customer", "A")
    assert done.left == ()
    assert files_with(home.path, (*SECRETS, "Firm A")) == []
    assert rows(home, "customer", "customer_id, name")[:2] == [("A", "A"), ("B", "Firm B")]
    assert figures(home).keys() == before.keys()


def test_nobody_is_erased_who_was_never_loaded(home: Home) -> None:
    for kind, value, by_email in (("contact", "k99", False), ("person", NAME, False), ("contact", "x@y.z", True)):
        with pytest.raises(WrongUse, match="was ever loaded"):
            job.erase(home, kind, value, by_email=by_email)
    assert job.erasures(home) == ()
