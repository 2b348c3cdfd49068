"""Types of work by hand, by their sums, and against an oracle that goes through the ledger."""

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest

from relevo.book.book import Book
from relevo.measures.asking import ask, customers_behind
from relevo.measures.card import Ask
from tests.making import span
from tests.measures.support.desks import desk, ledger, moment, random_desk, talk, together


def types(book: Book, question: Ask | None = None) -> list[dict[str, Any]]:
    return list(ask(book, "work_types", question).rows)


def small() -> Book:
    """Two sso cases of 30 minutes measured each; three without a category, one reply each; one from before the window.

    The window's measured replies are 2 of 1800 s and the unmeasured ones count as much: 30 minutes each.
    """
    return desk(together(
        *(talk(f"s{k}", "2026-03-03 09:00", [("2026-03-03 10:00", "ana", 1800)], category="sso") for k in range(2)),
        *(talk(f"n{k}", "2026-02-03 09:00", [("2026-02-03 10:00", "ben", None)]) for k in range(3)),
        talk("old", "2025-12-31 23:59", [("2026-01-01 00:00", "ben", None)], category="old"),
        talk("new", "2026-03-31 23:59", [("2026-04-01 00:00", "ben", 60)], category="late"),
        {"subscription_span": [span("acme", "2025-10-05", None, 10000), span("b", "2026-02-15", None, 10000)]},
    ))  # fmt: skip


def test_minutes_shares_and_rates_by_hand() -> None:
    """Paying at the ends of January, February and March: 1, 2, 2, so 5 customer-months and 5 / 3 customers."""
    assert types(small()) == [
        {"category": "(none)", "conversations": 3, "minutes": 90, "share": 0.6, "per_100_customers": 180.0},
        {"category": "sso", "conversations": 2, "minutes": 60, "share": 0.4, "per_100_customers": 120.0},
        {"category": "late", "conversations": 1, "minutes": 0, "share": 0.0, "per_100_customers": 60.0},
    ]


def test_one_month() -> None:
    """In March alone a measured reply is 30 minutes, and two customers paid."""
    assert [(r["category"], r["per_100_customers"]) for r in types(small(), Ask(months=1))] == [
        ("sso", 100.0), ("late", 50.0),
    ]  # fmt: skip


def test_nothing_there() -> None:
    assert types(desk({})) == []
    assert types(desk({}), Ask(by="segment")) == []
    (row,) = types(desk(talk("t", "2026-03-03 09:00", [])))
    assert row == {
        "category": "(none)", "conversations": 1, "minutes": 0, "share": None, "per_100_customers": None,
    }  # fmt: skip


def test_a_category_that_is_changed_later_moves_nothing() -> None:
    """Row S3-24: the first word counts; unknown stays a row."""
    part = talk("t", "2026-03-03 09:00", [], category="billing")
    event = {"event_id": "e", "conversation_id": "t", "at": moment("2026-03-04 09:00"), "kind": "category",
             "from_value": "sso", "to_value": "billing", "by_id": "ana"}  # fmt: skip
    assert [r["category"] for r in types(desk({**part, "conversation_event": [event]}))] == ["sso"]


def test_the_customers_behind_a_slice() -> None:
    book = desk(random_desk(3))
    assert customers_behind(book, "work_types", Ask()) == {None: 8}
    found = customers_behind(book, "work_types", Ask(by="segment"))
    assert found == {"smb": 3, "ent": 3, "(none)": 2}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("by", [None, "segment"])
def test_against_an_oracle(seed: int, by: str | None) -> None:
    book = desk(random_desk(seed))
    segment = {f"c{k}": ("smb", "ent", "(none)")[k % 3] for k in range(8)}
    begun = {
        (r["conversation_id"], r["episode"]): r
        for r in ledger(book, "episode")
        if moment("2026-01-01") <= r["begun_at"] < moment("2026-04-01")
    }
    inside = [r for r in ledger(book, "reply") if moment("2026-01-01") <= r["at"] < moment("2026-04-01")]
    known = [r["seconds_spent"] for r in inside if r["seconds_spent"] is not None]
    mean = Fraction(sum(known), len(known))

    def part(customer: str | None) -> str | None:
        return segment.get(customer or "", "(none)") if by else None

    counts = Counter((part(r["customer_id"]), r["category"] or "(none)") for r in begun.values())
    seconds: Counter[Any] = Counter()
    for row in ledger(book, "reply"):
        of = begun.get((row["conversation_id"], row["episode"]))
        if of and row["at"] < moment("2026-04-01"):
            spent = mean if row["seconds_spent"] is None else Fraction(row["seconds_spent"])
            seconds[part(of["customer_id"]), of["category"] or "(none)"] += spent
    found = {(r.get("segment"), r["category"]): r for r in types(book, Ask(by=by))}
    assert {key: r["conversations"] for key, r in found.items()} == dict(counts)
    assert all(abs(r["minutes"] - seconds[key] / 60) < 1 for key, r in found.items())
    for whole in {key[0] for key in found}:
        rows = [r for key, r in found.items() if key[0] == whole]
        total = sum(seconds[key] for key in found if key[0] == whole)
        assert sum(r["minutes"] for r in rows) == pytest.approx(float(total / 60), abs=0.5)
        assert round(sum(r["share"] for r in rows), 6) == 1
        assert all(r["share"] == pytest.approx(float(seconds[whole, r["category"]] / total), abs=1e-6) for r in rows)
    # Paying: c0 to c4 at all three ends, c5 at that of January alone.
    paying = {None: 16, "smb": 6, "ent": 6, "(none)": 4}
    assert all(
        r["per_100_customers"] == pytest.approx(100 * r["conversations"] * 3 / paying[key[0]], abs=0.01)
        for key, r in found.items()
    )
