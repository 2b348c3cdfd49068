"""Promises by hand: what is due, kept, late and broken, on the company's days, and the gap that follows."""

from datetime import date
from typing import Any

import pytest

from relevo.measures.asking import ask, customers_behind
from relevo.measures.card import Ask, Record
from tests.making import span
from tests.measures.forward_books import Row, book_of, customer

AS_OF = "2025-06-30"
COUNTS = ("made", "due", "kept", "late", "broken")


def promise(key: str, due: str | None = None, **more: Any) -> Row:
    """A promise of ana to customer a, made in January 2025."""
    return {
        "promise_id": key, "customer_id": "a", "deal_id": "d1", "person_id": "ana", "text": "SSO",
        "product_state": "exists", "made_at": "2025-01-20T10:00:00",
        "due_on": None if due is None else date.fromisoformat(due), **more,
    }  # fmt: skip


def rows(promises: list[Row], question: Ask | None = None, **more: Any) -> list[Record]:
    tables = {
        "subscription_span": [span("a", "2025-01-10", None, 10000), span("b", "2025-03-10", None, 10000)],
        "customer": [customer("a", segment="smb"), customer("b", segment="ent")],
        "promise": promises,
    }
    return list(ask(book_of(tables, more.pop("as_of", AS_OF), **more), "promises", question).rows)


def told(row: Record) -> tuple[int, ...]:
    return tuple(row[name] for name in COUNTS)


KEPT, LATE, BROKEN, OPEN = (1, 1, 1, 0, 0), (1, 1, 0, 1, 0), (1, 1, 0, 0, 1), (1, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("due", "more", "is_so"),
    [
        (None, {}, OPEN),
        ("2025-07-01", {}, OPEN),
        ("2025-06-30", {}, BROKEN),  # the day is over
        ("2025-06-30", {"kept_at": "2025-06-30T23:59:00"}, KEPT),
        ("2025-06-30", {"kept_at": "2025-07-01T00:00:00"}, BROKEN),  # nobody knows yet
        ("2025-05-31", {"kept_at": "2025-06-01T00:00:00"}, LATE),
        ("2025-09-30", {"kept_at": "2025-03-01T00:00:00"}, KEPT),  # before its day, and due with that
        ("2025-09-30", {"broken_at": "2025-03-01T00:00:00"}, BROKEN),
        ("2025-09-30", {"broken_at": "2025-07-01T00:00:00"}, OPEN),
        (None, {"kept_at": "2025-03-01T00:00:00"}, KEPT),
        (None, {"broken_at": "2025-03-01T00:00:00"}, BROKEN),
        (None, {"broken_at": "2025-03-01T00:00:00", "kept_at": "2025-03-01T00:00:01"}, LATE),
        ("2025-09-30", {"broken_at": "2025-03-01T00:00:00", "kept_at": "2025-04-01T00:00:00"}, LATE),
        ("2025-09-30", {"broken_at": "2025-03-01T00:00:00", "kept_at": "2025-07-01T00:00:00"}, BROKEN),
        ("2025-09-30", {"broken_at": "2025-05-01T00:00:00", "kept_at": "2025-04-01T00:00:00"}, KEPT),
    ],
)
def test_what_becomes_of_a_promise(due: str | None, more: dict[str, Any], is_so: tuple[int, ...]) -> None:
    (row,) = rows([promise("p1", due, **more)])
    assert told(row) == is_so
    assert row["gap"] == (None if not row["due"] else float(not row["kept"]))
    assert row["n"] == row["made"] == 1


def test_three_of_four_unmet_are_a_gap_of_three_quarters() -> None:
    """Row S0-11: one kept, one late, two broken, and one whose day has not come."""
    (row,) = rows([
        promise("p1", "2025-03-01", kept_at="2025-02-01T00:00:00"),
        promise("p2", "2025-03-01", kept_at="2025-04-01T00:00:00"),
        promise("p3", "2025-03-01"), promise("p4", "2025-03-01", broken_at="2025-02-01T00:00:00"),
        promise("p5", "2026-01-01"),
    ])  # fmt: skip
    assert row == {"made": 5, "due": 4, "kept": 1, "late": 1, "broken": 2, "gap": 0.75, "n": 5}


def test_days_are_the_companys() -> None:
    """Kept at 22:30 UTC on the day: in time in London, a day late in Madrid; made then, not made yet in Madrid."""
    kept = [promise("p1", "2025-05-31", kept_at="2025-05-31T22:30:00")]
    assert [told(rows(kept, timezone=f"Europe/{town}")[0]) for town in ("London", "Madrid")] == [KEPT, LATE]
    made = [promise("p1", made_at="2025-06-30T22:30:00")]
    assert [rows(made, timezone=f"Europe/{town}")[0]["made"] for town in ("London", "Madrid")] == [1, 0]


def test_without_promises_nothing_is_defined() -> None:
    assert rows([]) == [{"made": 0, "due": 0, "kept": 0, "late": 0, "broken": 0, "gap": None, "n": 0}]
    assert rows([], Ask(by="person")) == []


def test_by_person_state_and_segment() -> None:
    given = [
        promise("p1", "2025-03-01"), promise("p2", "2025-03-01", kept_at="2025-02-01T00:00:00"),
        promise("p3", person_id="ben", product_state="absent", customer_id="b"),
        promise("p4", "2025-02-01", person_id=None, customer_id="c"),
    ]  # fmt: skip

    def cut(by: str) -> list[tuple[Any, ...]]:
        return [(r[by], r["made"], r["due"], r["gap"]) for r in rows(given, Ask(by=by))]

    assert cut("person") == [("(none)", 1, 1, 1.0), ("ana", 2, 2, 0.5), ("ben", 1, 0, None)]
    assert cut("product_state") == [("absent", 1, 0, None), ("exists", 3, 3, 0.666667)]
    assert cut("segment") == [("(none)", 1, 1, 1.0), ("ent", 1, 0, None), ("smb", 2, 2, 0.5)]
    assert list(rows(given, Ask(by="person"))[0]) == ["person", *COUNTS, "gap", "n"]
    (row,) = rows(given, Ask(where=(("person", "ana"), ("product_state", "exists"))))
    assert (row["made"], row["gap"]) == (2, 0.5)


def test_the_customers_behind_are_not_the_promises() -> None:
    book = book_of({"promise": [promise("p1"), promise("p2"), promise("p3", customer_id="b")]}, AS_OF)
    assert customers_behind(book, "promises", Ask()) == {None: 2}
    assert customers_behind(book, "promises", Ask(by="person", where=(("product_state", "exists"),))) == {"ana": 2}
