"""A book carried to a warehouse in memory: whole or continued, once, pruned, and equal to the files."""

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from relevo.book.book import Book
from relevo.book.engines import opening
from relevo.book.engines.address import parse_address
from relevo.book.engines.carrier import columns_of, home_of, home_prefix, schema_prefix, tables_of
from relevo.book.engines.warehouse import EngineFailed
from relevo.book.policy import Policy
from relevo.book.schema import CLOSED, ROLLUPS
from relevo.insight.timeline import timeline
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from tests.engines.comparing import answer, differences, rollup
from tests.engines.doubles import InMemory
from tests.making import make, make_book, span

POSTGRES = parse_address("postgres://db.example/book")
SPANS = [
    span("A", "2026-01-05", None, 1000),
    span("B", "2026-02-05", "2026-06-30", 250),
    span("B", "2026-06-30", None, 400),
    span("C", "2026-03-01", "2026-05-01", 99, quantity="1.5"),
]


@pytest.fixture
def warehouse(monkeypatch: pytest.MonkeyPatch) -> InMemory:
    made = InMemory()
    monkeypatch.setattr(opening, "_warehouse", lambda _address, _store: made)
    return made


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("company")
    book = make_book(folder, {"subscription_span": SPANS, "customer": [{"customer_id": "A", "name": "Ana"}]})
    book.close()
    return book.store.path


def carried(path: Path) -> Book:
    return Book.open(path, engine=POSTGRES)


def test_every_roll_up_and_answer_of_a_carried_book_is_that_of_the_files(path: Path, warehouse: InMemory) -> None:
    files, there = Book.open(path), carried(path)
    for name in ROLLUPS:
        assert differences(rollup(files, name), rollup(there, name)) == []
    for name, question in (("mrr", Ask()), ("arpa", Ask(by="plan")), ("survival", Ask())):
        assert differences(answer(files, name, question), answer(there, name, question)) == []
    assert len(warehouse.made) == len(set(warehouse.made))
    assert (there.in_files.engine.dialect, files.in_files) == ("duckdb", files)


def test_only_what_a_question_reads_is_carried_and_only_once(path: Path, warehouse: InMemory) -> None:
    there = carried(path)
    assert warehouse.made == []
    people = there.tables.person.select("person_id")
    assert there.run(people).rows == ()
    assert warehouse.made == ["rows.person"]
    ask(there, "mrr")
    assert {f"main.{name}" for name in ROLLUPS} < set(warehouse.made)
    assert "rows.usage" not in warehouse.made
    made = list(warehouse.made)
    ask(carried(path), "mrr", Ask(by="segment"))
    assert warehouse.made == made


def test_another_day_or_policy_is_carried_beside_the_books_own(path: Path, warehouse: InMemory) -> None:
    day, policy = date(2026, 4, 30), replace(Policy(), name="short", past_due_grace_days=1)
    files, there = Book.open(path).at(day, policy), carried(path).at(day, policy)
    assert differences(answer(files, "mrr", Ask()), answer(there, "mrr", Ask())) == []
    assert not [made for made in warehouse.made if made.startswith("main.")]
    assert ask(there.at(there.manifest.as_of, there.manifest.policy), "mrr").rows[-1]["month"] == "2026-10"


def test_a_viewers_customers_are_carried_as_a_list(path: Path, warehouse: InMemory) -> None:
    seen = frozenset({"B", "C"})
    files, there = Book.open(path).scoped(seen), carried(path).scoped(seen)
    assert differences(answer(files, "mrr", Ask()), answer(there, "mrr", Ask())) == []
    assert there.run_sql(f"SELECT customer_id FROM {there.scope} ORDER BY 1").rows == (("B",), ("C",))
    assert timeline(carried(path), "A") == timeline(Book.open(path), "A")


def test_a_carry_that_fails_says_what_is_there_and_is_continued(path: Path, warehouse: InMemory) -> None:
    there = carried(path)
    warehouse.broken = {"movement"}
    with pytest.raises(EngineFailed) as told:
        ask(there, "mrr")
    there_now = len(warehouse.tables(schema_prefix(home_of(there.store.path), there.id) + "main"))
    assert told.value.message == "postgres://db.example/book did not take the table movement: no room for movement."
    assert f"{there_now} tables of relevo_" in told.value.hint
    assert "RELEVO_ENGINE=duckdb" in told.value.hint
    before = list(warehouse.made)
    warehouse.broken = set()
    assert ask(there, "mrr").rows
    assert warehouse.made[: len(before)] == before
    assert len(warehouse.made) == len(set(warehouse.made))


def test_threads_that_ask_at_once_carry_once(path: Path, warehouse: InMemory) -> None:
    there, found = carried(path), list[Any]()
    threads = [threading.Thread(target=lambda: found.append(ask(there, "mrr").rows)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4
    assert len({str(rows) for rows in found}) == 1
    assert len(warehouse.made) == len(set(warehouse.made))


def test_what_was_carried_of_books_that_are_gone_is_removed(path: Path, warehouse: InMemory) -> None:
    first = carried(path)
    ask(first, "mrr")
    for schema in ("relevo_other000_x_main", "public", schema_prefix(home_of(path), "20260101T000000Z-gone") + "main"):
        warehouse.connection.execute(f'CREATE SCHEMA "{schema}"')
    make(path.parents[1], {"subscription_span": [*SPANS, span("D", "2026-04-01", None, 7)]})
    second = carried(path)
    assert second.id != first.id
    mine = [s for s in warehouse.schemas() if s.startswith(home_prefix(home_of(path)))]
    assert mine == sorted(schema_prefix(home_of(path), first.id) + s for s in ("main", "rows"))
    assert {"relevo_other000_x_main", "public"} < set(warehouse.schemas())
    second.close()
    assert warehouse.closed


def test_names_of_schemas_tell_homes_and_books_apart() -> None:
    assert schema_prefix("a", "20261121T221836Z-741e75").endswith("_20261121t221836z_741e75_")
    assert home_prefix("a") != home_prefix("b")
    assert len(schema_prefix("a", "20261121T221836Z-741e75") + "at_20261031_0123456789ab") <= 63


def test_the_tables_of_a_question_are_those_it_does_not_define() -> None:
    sql = "WITH t0 AS (SELECT * FROM movement) SELECT * FROM t0 JOIN customer USING (customer_id)"
    assert tables_of(sql, "duckdb") == {"movement", "customer"}
    assert columns_of("scope_0123") == {"customer_id": "string"}
    assert columns_of("closed_move") == CLOSED["closed_move"]
    assert "created_at" in columns_of("customer")
