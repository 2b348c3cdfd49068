"""How full the records are: field by field, with fillers counted as empty, and the two fill rates."""

from typing import Any

import pytest

from relevo.book.book import Book
from relevo.insight.relay.field_fill import NEEDS, FieldFill, Need, Rates, Serves, field_fill, rates, role_rate
from tests.making import make_book, span


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Four deals with every field for reports, and nothing learned of the customers."""

    def deal(number: int, **more: Any) -> dict[str, Any]:
        return {
            "deal_id": f"D{number}", "customer_id": "A", "kind": "new", "person_id": "sam", "outcome": "won",
            "opened_at": "2026-01-01T08:00:00Z", "closed_at": "2026-02-01T08:00:00Z", "currency": "EUR",
            "amount_cents": 1000, "mrr_cents": 100, "forecast_at": "2026-02-01T08:00:00Z", "plan": "TBD", **more,
        }  # fmt: skip

    old = deal(9, opened_at="2020-01-01T08:00:00Z", closed_at="2020-01-02T08:00:00Z", plan="Start")
    return make_book(tmp_path_factory.mktemp("fill"), {
        "person": [{"person_id": "sam", "name": "Sam", "team": "sales"}],
        "customer": [{"customer_id": c, "name": c, "industry": i, "country": "ES", "segment": "smb"}
                     for c, i in (("A", "N/A"), ("B", "retail"), ("C", " "))],
        "subscription_span": [span(c, "2026-01-10", None, 10000) for c in "ABC"],
        "deal": [deal(1), deal(2, plan="  "), deal(3, plan="Team", mrr_cents=None), deal(4), old],
        "contact": [
            {"contact_id": "1", "customer_id": "A", "email": "a@a.example", "recorded_at": "2026-10-01T08:00:00Z"},
            {"contact_id": "2", "customer_id": "A", "email": "b@a.example", "recorded_at": "2025-10-01T08:00:00Z"},
        ],
    })  # fmt: skip


def fill(book: Book, table: str, column: str) -> FieldFill:
    return next(f for f in field_fill(book) if (f.need.table, f.need.column) == (table, column))


def test_a_filler_or_blanks_are_no_answer_and_old_deals_do_not_count(book: Book) -> None:
    found = fill(book, "deal", "plan")
    assert (found.rows, found.filled, found.share) == (4, 1, 0.25)
    assert fill(book, "customer", "industry").share == 1 / 3
    assert fill(book, "deal", "mrr_cents").share == 0.75


def test_what_is_full_can_be_stale(book: Book) -> None:
    found = fill(book, "contact", "email")
    assert (found.share, found.fresh_share) == (1.0, 0.5)
    assert fill(book, "contact", "title").fresh_share is None


def test_what_the_book_does_not_have_is_unknown_and_comes_last(book: Book) -> None:
    found = field_fill(book)
    assert len(found) == len(NEEDS)
    assert [f.share for f in found[-4:]] == [None] * 4
    assert {f.need.table for f in found[-4:]} == {"touch", "fit_answer", "handoff_item", "milestone"}
    known = [f.share for f in found if f.share is not None]
    assert known == sorted(known)


def test_everything_for_reports_and_nothing_learned_is_one_hundred_and_nothing() -> None:
    full = Need("deal", "amount_cents", Serves.REPORT, ())
    empty = Need("contact", "role", Serves.DISCOVERY, ("success",))
    found = (FieldFill(full, 9, 9, 9), FieldFill(empty, 9, 0, 0), FieldFill(empty, 0, 0, 0))
    assert rates(found) == Rates(1.0, 0.0)
    assert (role_rate(found, "success"), role_rate(found, "nobody")) == (0.0, None)


def test_every_need_names_a_column_of_the_book() -> None:
    from relevo.book.tables import TABLES

    assert all(need.column in TABLES[need.table].column_names for need in NEEDS)
