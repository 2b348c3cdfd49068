"""Whether sellers stay in touch after the signature: windows, introductions, and who is listed on day 31."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from relevo.insight.relay.presence import Account, accounts, of_accounts, presence
from tests.making import make_book, span

UNTIL = datetime(2026, 11, 1)  # noqa: DTZ001 - as the book has it: UTC without saying so


def account(days_ago: float, *touched: int, introduced: int | None = None) -> Account:
    return Account(f"C{days_ago}", f"D{days_ago}", "sam", UNTIL - timedelta(days=days_ago), touched, introduced)


def test_an_account_without_a_touch_is_listed_from_day_31_on() -> None:
    assert of_accounts([account(29.9)], UNTIL).untouched == ()
    late = account(30)
    assert of_accounts([late], UNTIL).untouched == (late,)
    assert of_accounts([account(31, 30)], UNTIL).untouched == (account(31, 30),)
    assert of_accounts([account(31, 29)], UNTIL).untouched == ()


def test_each_window_counts_the_accounts_that_are_old_enough() -> None:
    found = of_accounts([account(100, 2, 65), account(70, 40), account(40, 1), account(5, 1)], UNTIL)
    assert [(w.days, w.touched, w.n, w.share) for w in found.windows] == [
        (30, 2, 3, 2 / 3), (60, 1, 2, 1 / 2), (90, 1, 1, 1.0)
    ]  # fmt: skip
    low, high = found.windows[0].low, found.windows[0].high
    assert low is not None
    assert high is not None
    assert low < 2 / 3 < high
    assert of_accounts([], UNTIL).windows[0].share is None


def test_introductions_are_those_of_accounts_old_enough() -> None:
    found = of_accounts([account(40, introduced=3), account(50), account(2, introduced=1)], UNTIL)
    assert (found.introduced, found.introduced_n) == (1, 2)


@pytest.fixture(scope="module")
def rows() -> dict[str, list[dict[str, object]]]:
    def deal(key: str, customer: str | None, closed: str, **more: object) -> dict[str, object]:
        return {"deal_id": key, "customer_id": customer, "kind": "new", "person_id": "sam", "outcome": "won",
                "opened_at": "2026-01-01T08:00:00Z", "closed_at": closed, "currency": "EUR", **more}  # fmt: skip

    def touch(key: str, customer: str, person: str, at: str) -> dict[str, object]:
        return {"touch_id": key, "customer_id": customer, "person_id": person, "at": at, "kind": "call"}

    return {
        "person": [{"person_id": p, "name": p.title(), "team": "sales"} for p in ("sam", "cleo")],
        "customer": [{"customer_id": c, "name": c} for c in ("A", "B", "C")],
        "subscription_span": [span(c, "2026-06-01", None, 10000) for c in "ABC"],
        "deal": [
            deal("DA", "A", "2026-06-01T12:00:00Z"),
            deal("DB", "B", "2026-08-01T12:00:00Z"),
            deal("DC", "C", "2025-01-01T12:00:00Z"),
            deal("DN", None, "2026-06-01T12:00:00Z"),
            deal("DX", "B", "2026-06-01T12:00:00Z", kind="expansion"),
            deal("DL", "C", "2026-06-01T12:00:00Z", outcome="lost"),
        ],
        "touch": [
            touch("1", "A", "sam", "2026-06-01T11:00:00Z"),
            touch("2", "A", "sam", "2026-06-11T13:00:00Z"),
            touch("3", "A", "cleo", "2026-06-11T15:00:00Z"),
            touch("4", "A", "sam", "2026-06-11T16:00:00Z"),
            touch("5", "B", "cleo", "2026-08-02T12:00:00Z"),
        ],
    }


def test_the_book_tells_new_accounts_of_a_year_with_their_sellers_touches(
    rows: dict[str, list[dict[str, object]]], tmp_path: Path
) -> None:
    book = make_book(tmp_path, rows)
    found = {each.deal_id: each for each in accounts(book)}
    assert set(found) == {"DA", "DB"}
    assert (found["DA"].touched, found["DA"].introduced, found["DA"].person_id) == ((10,), 10, "sam")
    assert (found["DB"].touched, found["DB"].introduced) == ((), None)
    assert found["DA"].closed_at == datetime(2026, 6, 1, 12, tzinfo=UTC).replace(tzinfo=None)
    assert [each.deal_id for each in presence(book).untouched] == ["DB"]
