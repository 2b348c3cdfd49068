"""Pages say the same on every engine: what they ask beside measures runs there too."""

from collections.abc import Callable
from typing import Any

import pytest

from relevo.answers.customer import customer_page
from relevo.answers.customers import CustomersAsk, customers_page
from relevo.answers.money import money_page
from relevo.answers.reading import OPERATOR, Reading, Viewer
from relevo.answers.rows import rows_page
from relevo.answers.today import today_page
from relevo.answers.values import RowsAsk
from relevo.book.book import Book
from relevo.book.remembering import Remembered

pytestmark = [pytest.mark.engines, pytest.mark.django_db]

PAGES: dict[str, Callable[[Reading], Any]] = {
    "today": today_page,
    "money": money_page,
    "customers": lambda reading: customers_page(reading, CustomersAsk(limit=None)),
    "customer": lambda reading: customer_page(reading, "c0000001"),
    "rows of mrr": lambda reading: rows_page(reading, RowsAsk("mrr"), limit=None),
    "rows of movements": lambda reading: rows_page(reading, RowsAsk("mrr_movements", month="2026-08"), limit=None),
    "rows of retention": lambda reading: rows_page(reading, RowsAsk("net_revenue_retention", months=12), limit=None),
    "rows of upgrades": lambda reading: rows_page(reading, RowsAsk("upgrade_rate", months=12), limit=None),
    "rows of a cohort": lambda reading: rows_page(reading, RowsAsk("cohort_retention", cohort="2022-11", age=12)),
    "rows of a tenure": lambda reading: rows_page(reading, RowsAsk("arpa_by_tenure", age=6), limit=None),
    "rows of survival": lambda reading: rows_page(reading, RowsAsk("survival"), limit=None),
    "rows of renewals": lambda reading: rows_page(reading, RowsAsk("renewals_due"), limit=None),
}
MINE = frozenset({"c0000001", "c0000003", "c0000007"})
SOME = Viewer("ana", scope=MINE, money=MINE)


@pytest.mark.parametrize("name", list(PAGES))
def test_a_page_says_the_same(name: str, books: dict[str, Book], monkeypatch: pytest.MonkeyPatch) -> None:
    # An answer is kept by its book, whichever engine gave it.
    monkeypatch.setattr(Remembered, "get", lambda _self, _book, _about, make: make())
    duckdb, *others = ({engine: PAGES[name](Reading(book, OPERATOR)) for engine, book in books.items()}).values()
    assert all(other == duckdb for other in others)


def test_a_viewer_of_some_customers_sees_the_same(books: dict[str, Book], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Remembered, "get", lambda _self, _book, _about, make: make())
    duckdb, *others = [PAGES["customers"](Reading(book, SOME)) for book in books.values()]
    assert {row.customer_id for row in duckdb.rows} == SOME.scope
    assert all(other == duckdb for other in others)
