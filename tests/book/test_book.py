"""The Book: opened read-only, asked as of a day or under a policy, narrowed to the customers somebody may see."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread

import pytest

from relevo.base.config import Company
from relevo.base.errors import NotReady
from relevo.base.periods import parse_month
from relevo.book.book import Book
from relevo.book.engine import DuckEngine, Rows, connect, quoted
from relevo.book.policy import Policy
from relevo.book.schema import Tables, canonical_schema, unbound
from relevo.measures.asking import ask
from tests.making import make_book, span

SPANS = [
    span("A", "2025-01-10", None, 100),
    span("B", "2025-02-10", "2025-05-01", 200),
    span("C", "2025-03-10", None, 400, status="paused"),
]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("book")
    make_book(folder, {"subscription_span": SPANS}, "2025-06-15", company=Company(name="Acme")).close()
    return folder / "home" / "book"


@pytest.fixture(scope="module")
def book(home: Path) -> Book:
    return Book.open(home)


def last_mrr(book: Book) -> tuple[int, int]:
    row = ask(book, "mrr").rows[-1]
    return row["mrr_cents"], row["customers"]


def test_a_book_says_what_it_is(book: Book) -> None:
    assert (book.id, book.company.name, book.as_of, book.policy) == (
        book.manifest.id, "Acme", date(2025, 6, 15), Policy(),
    )  # fmt: skip
    assert (book.last_complete_month, book.open_month) == (parse_month("2025-05"), parse_month("2025-06"))
    assert last_mrr(book) == (100, 1)


def test_a_book_can_be_opened_by_its_id_and_must_exist(book: Book, home: Path, tmp_path: Path) -> None:
    again = Book.open(home, book_id=book.id, memory_limit="500MB", threads=1)
    assert last_mrr(again) == (100, 1)
    again.close()
    with pytest.raises(NotReady):
        Book.open(home, book_id="other")
    with pytest.raises(NotReady, match="relevo build"):
        Book.open(tmp_path)


def test_as_of_another_day_and_back(book: Book) -> None:
    early = book.at(as_of=date(2025, 4, 30))
    assert last_mrr(early) == (300, 2)
    assert (early.as_of, early.policy, early.id) == (date(2025, 4, 30), book.policy, book.id)
    assert early.at(as_of=date(2025, 4, 30)) is early
    assert early.at(as_of=book.as_of).schema == book.schema
    assert last_mrr(early.at(as_of=book.as_of)) == (100, 1)
    assert book.at() is book


def test_under_another_policy_which_is_made_once(book: Book, home: Path) -> None:
    kept = book.at(policy=Policy(pause="keep"))
    assert last_mrr(kept) == (500, 2)
    files = set((home / "cache").iterdir())
    assert last_mrr(book.at(policy=Policy(pause="keep"))) == (500, 2)
    other = Book.open(home)
    assert last_mrr(other.at(policy=Policy(pause="keep"))) == (500, 2)
    other.close()
    assert set((home / "cache").iterdir()) == files


def test_a_scope_shows_only_the_customers_it_names(book: Book) -> None:
    early = book.at(as_of=date(2025, 4, 30))
    assert last_mrr(early.scoped(frozenset({"B", "nobody"}))) == (200, 1)
    assert {r["customer_id"] for r in ask(early.scoped(frozenset({"A"})), "movement_log").rows} == {"A"}
    assert last_mrr(early.scoped(frozenset())) == (0, 0)
    assert last_mrr(early.scoped(frozenset({"A", "B"}))) == last_mrr(early.scoped(None)) == (300, 2)
    assert early.scoped(frozenset({"A"})).scoped(frozenset({"B"})).scope != early.scoped(frozenset({"A"})).scope


def test_many_threads_may_ask_for_the_same_reading_at_once(home: Path) -> None:
    shared, found = Book.open(home), list[tuple[int, int]]()
    threads = [Thread(target=lambda: found.append(last_mrr(shared.at(date(2025, 3, 31))))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [(300, 2)] * 6
    shared.close()


def test_a_book_is_not_written_to(book: Book) -> None:
    with pytest.raises(Exception, match="read-only"):
        book.run_sql("INSERT INTO db_main.main.customer_start VALUES ('X', 1, 1, 1, 1)")


def test_expressions_run_and_give_plain_rows(book: Book) -> None:
    spans = book.tables.subscription_span
    found = book.run(spans.filter(spans.customer_id == "A").select("customer_id", "unit_amount_cents"))
    assert found == Rows(("customer_id", "unit_amount_cents"), (("A", 100),))
    assert found.dicts() == [{"customer_id": "A", "unit_amount_cents": 100}]
    assert book.run_sql("SELECT 6 + 1 AS n").dicts() == [{"n": 7}]


def test_only_tables_of_the_book_have_a_name() -> None:
    tables = Tables()
    assert "customer_id" in tables.movement.columns
    for name in ("movements", "_private", "__deepcopy__"):
        with pytest.raises(AttributeError):
            getattr(tables, name)
    assert canonical_schema("customer")["created_at"] == "timestamp"
    with pytest.raises(KeyError):
        unbound("nothing")
    narrow = Tables.within("some_scope")
    assert narrow.fx_day.equals(unbound("fx_day"))
    assert not narrow.movement.equals(unbound("movement"))


def test_an_engine_runs_statements_with_and_without_rows(tmp_path: Path) -> None:
    engine = DuckEngine(connect(tmp_path / "it's.duckdb"))
    engine.run("CREATE TABLE t (a INTEGER)")
    engine.run("INSERT INTO t VALUES (7)")
    assert engine.run("SELECT a FROM t").rows == ((7,),)
    assert quoted("it's") == "'it''s'"
    assert replace(Rows(("a",), ()), rows=((1,),)).dicts() == [{"a": 1}]


def test_what_does_not_fit_into_memory_is_put_into_the_home_and_not_where_somebody_works(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    book = Book.open(home, memory_limit="40MB", threads=1)
    many = "SELECT range AS n, md5(range::VARCHAR) AS text FROM range(1_500_000)"
    spilled = "SELECT sum(size)::BIGINT FROM duckdb_temporary_files()"
    book.engine.connection.execute(f"CREATE TEMP TABLE kept AS {many}")
    assert book.run_sql(spilled).rows[0][0] > 1_000_000
    assert list(book.store.spill.iterdir()) != []
    book.close()
    assert list(tmp_path.iterdir()) == []
    assert not book.store.spill.exists()
