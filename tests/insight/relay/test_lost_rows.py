"""Which customers are counted for what a lost item costs, and with what: a small book worked out by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from relevo.base.config import House
from relevo.book.book import Book
from relevo.insight.relay import lost_rows
from relevo.insight.relay.lost_items import LEAST, Cells
from relevo.insight.relay.lost_rows import lost_items_of
from tests.making import make_book, span

# As of 31 October 2026. All deals were won on 10 January 2026 unless it says otherwise.
WON = "2026-01-10 12:00:00"


def deal(customer: str, closed: str = WON, **more: Any) -> dict[str, Any]:
    return {
        "deal_id": f"d-{customer}-{closed[:10]}", "customer_id": customer, "kind": "new", "outcome": "won",
        "opened_at": "2025-12-01", "closed_at": closed, "currency": "EUR", **more,
    }  # fmt: skip


def handed(customer: str, given: str, completeness: str | None, reasks: int | None, **more: Any) -> dict[str, Any]:
    return {
        "handoff_id": f"h-{customer}-{given[:10]}", "customer_id": customer, "from_role": "sales",
        "to_role": "success", "given_at": given, "completeness": completeness, "items": 6, "reasks": reasks, **more,
    }  # fmt: skip


def reached(customer: str, at: str | None, kind: str = "first_value") -> dict[str, Any]:
    return {"milestone_id": f"m-{customer}-{at}-{kind}", "customer_id": customer, "kind": kind, "reached_at": at}


def _tables() -> dict[str, list[dict[str, Any]]]:
    names = ("plain", "waiting", "gone", "early", "unscored", "none", "old", "young", "default", "again")
    segments = {"plain": "smb", "default": "enterprise"}
    return {
        "customer": [{"customer_id": n, "name": n, "segment": segments.get(n, "mid")} for n in names],
        "subscription_span": [
            span("plain", "2026-01-11", None, 1000),
            span("waiting", "2026-01-11", None, 1000),
            span("gone", "2026-01-11", "2026-03-15", 1000),
            span("again", "2025-12-05", "2026-01-05", 1000),
            span("again", "2026-02-05", None, 1000),
        ],
        "deal": [
            *(deal(n) for n in names if n not in ("young", "old")),
            deal("old", "2026-01-10 12:00:00", kind="renewal"),
            deal("young", "2026-10-20 12:00:00"),
            deal("again", "2026-06-01 12:00:00"),
        ],
        "handoff": [
            handed("plain", "2026-01-12", "0.666667", 2),
            handed("plain", "2026-03-12", "0", 5),
            handed("waiting", "2026-01-12", "1", None),
            handed("gone", "2026-01-12", "0.5", 1),
            handed("early", "2025-12-15", "0.833333", 0),
            handed("early", "2025-12-10 11:00:00", "0", 6),
            handed("unscored", "2026-01-12", None, 3),
            handed("old", "2026-01-12", "0.5", 3),
            handed("young", "2026-10-22", "0.5", 3),
            handed("default", "2026-01-12", "0.333", 1, items=None),
            handed("again", "2026-01-12", "0.75", 1, items=4),
        ],
        "milestone": [
            reached("plain", "2026-02-09 10:00:00"),
            reached("plain", "2026-02-01 10:00:00", kind="set_up"),
            reached("plain", "2026-05-01 10:00:00"),
            reached("waiting", None),
            reached("again", "2026-01-09 10:00:00"),
        ],
    }  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    return make_book(tmp_path_factory.mktemp("lost"), _tables())


def _rows(cells: Cells) -> list[tuple[str, int, int, int, int]]:
    numbers = (cells.empty.tolist(), cells.figure.tolist(), cells.event.tolist(), cells.n.tolist())
    return sorted(zip(cells.segment, *numbers, strict=True))


def test_days_waited_from_the_won_deal(book: Book) -> None:
    """Two thirds of six filled leave two empty. 10 January to 9 February is 30 days, to 31 October 294; who left on
    15 March waited 64. `again` had its value the day before it signed and an earlier life that ended before. `early`
    was handed on 26 days before it closed, by the second of two: the first, 31 days before, belongs to nothing.
    Left out: no score, no hand-off, no new deal.
    """
    assert _rows(lost_rows._cells(book, lost_rows._waits(book))) == [
        ("enterprise", 4, 294, 0, 1),  # default
        ("mid", 0, 294, 0, 1),  # waiting
        ("mid", 1, 0, 1, 1),  # again: a quarter of four
        ("mid", 1, 294, 0, 1),  # early
        ("mid", 3, 11, 0, 1),  # young
        ("mid", 3, 64, 0, 1),  # gone
        ("smb", 2, 30, 1, 1),  # plain
    ]


def test_re_asks_of_the_first_hand_off_once_it_has_settled(book: Book) -> None:
    """`waiting` was not counted by anybody; `young` was handed on nine days before the book's day."""
    assert _rows(lost_rows._cells(book, lost_rows._reasks(book))) == [
        ("enterprise", 4, 1, 1, 1),
        ("mid", 1, 0, 1, 1),
        ("mid", 1, 1, 1, 1),
        ("mid", 3, 1, 1, 1),
        ("smb", 2, 2, 1, 1),
    ]


def test_months_stayed_since_the_first_mrr(book: Book) -> None:
    """October has just ended: January to October is nine months; `gone` paid until March, two months on."""
    assert _rows(lost_rows._cells(book, lost_rows._stays(book))) == [
        ("mid", 0, 9, 0, 1),
        ("mid", 1, 10, 0, 1),
        ("mid", 3, 2, 1, 1),
        ("smb", 2, 9, 0, 1),
    ]


def test_who_paid_before_history_starts_is_not_followed(tmp_path: Path) -> None:
    known = make_book(tmp_path, _tables(), house=House(history_starts_on=date(2025, 12, 1)))
    assert [row[1] for row in _rows(lost_rows._cells(known, lost_rows._stays(known)))] == [0, 3, 2]


def test_as_of_an_earlier_day_nothing_later_is_known(book: Book) -> None:
    """On 31 January: 21 days; the value of 9 February and the departure in March are still to come."""
    earlier = book.at(date(2026, 1, 31))
    waits = _rows(lost_rows._cells(earlier, lost_rows._waits(earlier)))
    assert [(*row[:4],) for row in waits if row[0] == "smb"] == [("smb", 2, 21, 0)]
    assert ("mid", 3, 21, 0, 1) in waits
    assert not [row for row in waits if row[2] == 11]
    assert len(waits) == 6
    assert _rows(lost_rows._cells(earlier, lost_rows._reasks(earlier))) == [("mid", 1, 0, 1, 1)]


def test_a_viewer_sees_only_their_own_customers(book: Book) -> None:
    mine = book.scoped(frozenset({"plain", "gone"}))
    assert [row[0] for row in _rows(lost_rows._cells(mine, lost_rows._waits(mine)))] == ["mid", "smb"]


def test_a_small_book_says_how_many_are_lacking(book: Book) -> None:
    found = lost_items_of(book)
    assert (found.slower_value.n, found.slower_value.missing) == (7, LEAST - 7)
    assert (found.reasks.n, found.early_churn.n) == (5, 4)
