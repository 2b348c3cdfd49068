"""Every roll-up and every measure is the same on DuckDB, PostgreSQL and Spark: to the cent, floats to 1e-9."""

from collections import Counter
from datetime import date

import pytest

from relevo.book.book import Book
from relevo.book.policy import PROFILES
from relevo.book.schema import ROLLUPS
from relevo.measures.card import Ask
from relevo.measures.catalog import MEASURES
from tests.engines.comparing import answer, compared, questions, rollup
from tests.engines.conftest import EQUAL, SPENT

pytestmark = pytest.mark.engines


def test_three_engines_are_compared(books: dict[str, Book]) -> None:
    dialects = {name: book.engine.dialect for name, book in books.items()}
    assert dialects == {"duckdb": "duckdb", "postgres": "postgres", "spark": "pyspark"}


@pytest.mark.parametrize("name", list(ROLLUPS))
def test_a_roll_up_has_the_same_rows(name: str, books: dict[str, Book]) -> None:
    assert compared(books, lambda book: rollup(book, name)) == {}


@pytest.mark.parametrize("name", list(MEASURES))
def test_a_measure_answers_the_same(name: str, books: dict[str, Book], pytestconfig: pytest.Config) -> None:
    equal = pytestconfig.stash.setdefault(EQUAL, {})
    spent = pytestconfig.stash.setdefault(SPENT, Counter())
    equal[name] = False
    asked = questions(MEASURES[name]).items()
    found = {told: compared(books, lambda book, q=question: answer(book, name, q), spent) for told, question in asked}
    assert {told: apart for told, apart in found.items() if apart} == {}
    plain = answer(books["duckdb"], name, Ask())
    assert plain, f"nothing was compared: {name} has no rows in this company"
    equal[name] = True


@pytest.mark.parametrize("profile", [name for name in PROFILES if name != "relevo"])
def test_roll_ups_are_the_same_under_every_policy(profile: str, books: dict[str, Book]) -> None:
    under = {name: book.at(policy=PROFILES[profile]) for name, book in books.items()}
    for name in ("run_rate", "mrr_change", "movement", "mrr_level", "customer_start", "customer_trait"):
        assert compared(under, lambda book, table=name: rollup(book, table)) == {}, name
    assert compared(under, lambda book: answer(book, "mrr_movements", Ask())) == {}


def test_an_earlier_day_and_a_viewers_customers_are_the_same(books: dict[str, Book]) -> None:
    earlier = {name: book.at(date(2025, 3, 31)) for name, book in books.items()}
    seen = frozenset({"c0000001", "c0000002", 'N0 O\'Brien "& Söhne"', "N4 two lines and a tab", "nobody"})
    for some in (earlier, {name: book.scoped(seen) for name, book in books.items()}):
        for question in (Ask(), Ask(by="plan")):
            assert compared(some, lambda book, q=question: answer(book, "mrr_movements", q)) == {}
