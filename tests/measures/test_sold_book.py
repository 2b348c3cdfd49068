"""What each person sold and what became of it; quality pulled to the team."""

from fractions import Fraction

import pytest

from relevo.measures.asking import ask
from relevo.measures.card import Ask, Record
from relevo.measures.revenue.seller_quality import Kept, _between, pulled
from tests.making import span
from tests.measures.forward_books import Row, book_of, customer, won

AS_OF = "2025-06-30"


def sold(**more: list[Row]) -> dict[str, list[Row]]:
    """Ana sold a and b in January 2024; a grew, b left in May. Ben sold c, of which his own deal says nothing else."""
    return {
        "subscription_span": [
            span("a", "2024-01-10", "2024-08-01", 10000), span("a", "2024-08-01", None, 15000),
            span("b", "2024-01-20", "2024-05-20", 10000), span("c", "2025-03-05", None, 20000),
            span("nobody", "2024-01-10", None, 700),
        ],
        "deal": [won("a", "ana", "2024-01-05"), won("b", "ana", "2024-01-15"), won("c", "ben", "2025-03-01")],
        **more,
    }  # fmt: skip


def rows(tables: dict[str, list[Row]], name: str = "sold_book", question: Ask | None = None) -> list[Record]:
    return list(ask(book_of(tables, AS_OF), name, question).rows)


def test_what_was_sold_and_what_is_left_of_it() -> None:
    assert rows(sold()) == [
        {
            "person_id": "ana", "month_sold": "2024-01", "customers": 2, "opening_cents": 20000, "now_cents": 15000,
            "nrr": 0.75, "kept_customers": 1, "currency": "EUR",
        },
        {
            "person_id": "ben", "month_sold": "2025-03", "customers": 1, "opening_cents": 20000, "now_cents": 20000,
            "nrr": 1.0, "kept_customers": 1, "currency": "EUR",
        },
    ]  # fmt: skip


def test_it_stays_with_the_seller_whoever_holds_the_customer_now() -> None:
    given_away = [
        {"customer_id": c, "role": role, "person_id": "carla", "from_at": "2024-02-01"}
        for c in ("a", "b", "c") for role in ("sales", "success")
    ]  # fmt: skip
    assert rows(sold(assignment=given_away)) == rows(sold())
    assert rows(sold(assignment=given_away), "sold_book_marks") == rows(sold(), "sold_book_marks")


def test_the_largest_share_sold_it() -> None:
    roles = [
        {"deal_id": "deal-a", "role": "sold_by", "person_id": "ana", "share": "0.4"},
        {"deal_id": "deal-a", "role": "sold_by", "person_id": "dan", "share": "0.6"},
    ]
    found = rows(sold(deal_role=roles))
    assert {(r["person_id"], r["customers"]) for r in found} == {("ana", 1), ("dan", 1), ("ben", 1)}


def test_marks_hold_the_customers_that_have_reached_them() -> None:
    found = {(r["person_id"], r["mark"]): r for r in rows(sold(), "sold_book_marks")}
    assert set(found) == {("ana", 3), ("ana", 6), ("ana", 12), ("ben", 3)}
    assert [found["ana", m]["nrr"] for m in (3, 6, 12)] == [1.0, 0.5, 0.75]
    assert [found["ana", m]["survival"] for m in (3, 6, 12)] == [1.0, 0.5, 0.5]
    assert found["ana", 6]["low"] < 0.5 < found["ana", 6]["high"]


def test_a_customer_that_left_within_its_first_month_counts() -> None:
    tables = sold()
    tables["subscription_span"] += [span("d", "2025-04-03", "2025-04-20", 5000)]
    tables["deal"] += [won("d", "ben", "2025-04-01")]
    april = next(r for r in rows(tables) if r["month_sold"] == "2025-04")
    assert (april["customers"], april["opening_cents"], april["now_cents"], april["kept_customers"]) == (1, 5000, 0, 0)


def test_by_segment_and_in_constant_currency() -> None:
    rates = [{"currency": "USD", "on_date": d, "rate": r} for d, r in (("2024-01-01", "0.5"), ("2025-01-01", "0.9"))]
    tables = {
        "subscription_span": [span("a", "2024-01-10", None, 10000, currency="USD")],
        "deal": [won("a", "ana", "2024-01-05")], "fx_rate": rates, "customer": [customer("a", segment="smb")],
    }  # fmt: skip
    for name in ("sold_book", "sold_book_marks"):
        for r in rows(tables, name, Ask(by="segment")):
            assert (r["segment"], r["opening_cents"], r["nrr"]) == ("smb", 5000, 1.0)


def team() -> dict[str, list[Row]]:
    """Three sellers with equal bookings of forty customers: keeper's stay, usual's leave by a fifth, loser's by half.

    Rookie sold three, of which two left.
    """
    spans, deals = [], []
    lost = {"keeper": 0, "usual": 8, "loser": 20}
    for person, left in lost.items():
        for i in range(40):
            name = f"{person}{i:02}"
            spans.append(span(name, "2024-03-10", f"2024-{6 + i % 6:02}-10" if i < left else None, 10000))
            deals.append(won(name, person, "2024-03-01"))
    for i in range(3):
        spans.append(span(f"rookie{i}", "2024-03-10", "2024-07-10" if i < 2 else None, 10000))
        deals.append(won(f"rookie{i}", "rookie", "2024-03-01"))
    return {"subscription_span": spans, "deal": deals}


@pytest.fixture(scope="module")
def quality() -> dict[str, Record]:
    return {r["person_id"]: r for r in rows(team(), "seller_quality")}


def test_equal_bookings_and_different_churn_rank_differently(quality: dict[str, Record]) -> None:
    assert quality["keeper"]["booked_cents"] == quality["loser"]["booked_cents"] == 400000
    assert next(iter(quality)) == "keeper"
    assert [p for p in quality if p != "rookie"] == ["keeper", "usual", "loser"]
    for column in ("kept_cents", "quality", "ltv_cents"):
        assert quality["keeper"][column] > quality["usual"][column] > quality["loser"][column]
    assert quality["keeper"]["churn_index"] < 1 < quality["loser"]["churn_index"]
    assert (quality["loser"]["lost"], quality["loser"]["customers"]) == (20, 40)


def test_three_deals_are_pulled_to_the_mean(quality: dict[str, Record]) -> None:
    """Rookie kept a third of what was sold, less than loser's half, and is still thought better of."""
    rookie, loser = quality["rookie"], quality["loser"]
    assert rookie["now_cents"] / rookie["booked_cents"] < loser["now_cents"] / loser["booked_cents"]
    assert loser["quality"] < rookie["quality"] < 1
    assert loser["churn_index"] < rookie["lost"] / rookie["expected_lost"]
    assert rookie["churn_index"] < rookie["lost"] / rookie["expected_lost"]
    assert rookie["high"] - rookie["low"] > loser["high"] - loser["low"]


def test_one_seller_is_the_team() -> None:
    found = rows({"subscription_span": [span("a", "2024-01-10", None, 10000)], "deal": [won("a", "ana", "2024-01-05")]},
                 "seller_quality")  # fmt: skip
    assert [(r["quality"], r["kept_cents"]) for r in found] == [(1.0, 10000)]
    assert rows({}, "seller_quality") == []


def test_whose_customers_have_all_left_at_once_has_an_index_too() -> None:
    tables = {
        "subscription_span": [span("a", "2024-01-10", "2024-03-10", 10000), span("b", "2025-05-10", None, 10000)],
        "deal": [won("a", "ana", "2024-01-05"), won("b", "ben", "2025-05-05")],
    }
    found = {r["person_id"]: r for r in rows(tables, "seller_quality")}
    assert (found["ana"]["kept_cents"], found["ana"]["quality"]) == (0, 1.0)


def test_the_spread_between_sellers_by_hand() -> None:
    """Indexes 0.5 and 1.5 with variance 0.1 each: spread 0.5 - 0.1 = 0.4, each kept at 0.4 / 0.5 of its distance."""
    assert _between([0.5, 1.5], [0.1, 0.1]) == pytest.approx((1.0, 0.4))
    assert _between([1.2], [0.1]) == (1.0, 0.0)
    known = {p: Kept(5, Fraction(10), Fraction(10 * y), 10.0, 10.0) for p, y in (("a", 0.5), ("b", 1.5))}
    found = pulled(known)
    assert found["a"].value == pytest.approx(0.6)
    assert found["a"].low < 0.6 < found["a"].high
    alike = pulled({p: Kept(5, Fraction(10), Fraction(10), 10.0, 10.0) for p in "abc"})
    assert {k.value for k in alike.values()} == {1.0}
