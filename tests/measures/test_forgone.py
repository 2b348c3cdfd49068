"""Forgone value of customers that did not fit: against peers of the same segment, and referrals once."""

import pytest

from relevo.measures.asking import ask
from relevo.measures.card import Ask, Record
from tests.making import span
from tests.measures.forward_books import Row, book_of, customer, won

AS_OF = "2025-06-30"


def answers(name: str, yes: int, no: int) -> list[Row]:
    words = ["yes"] * yes + ["No"] * no + ["perhaps", None]
    return [{"deal_id": f"deal-{name}", "question": f"q{i}", "answer": word} for i, word in enumerate(words)]


def company(people: dict[str, tuple[str, int, int, str | None, int]], **more: list[Row]) -> dict[str, list[Row]]:
    """Customers by name: segment, yes and no answers, the day it left, cents a month. All began in January 2024."""
    tables: dict[str, list[Row]] = {
        "customer": [], "subscription_span": [], "deal": [], "fit_answer": [], **more,
    }  # fmt: skip
    for name, (segment, yes, no, left, cents) in people.items():
        channel = "referral" if name.endswith("-r") else "inbound"
        tables["customer"].append(customer(name, segment=segment, acquisition_channel=channel))
        tables["subscription_span"].append(span(name, "2024-01-10", left, cents))
        tables["deal"].append(won(name, "ana", "2024-01-05"))
        tables["fit_answer"] += answers(name, yes, no) if yes + no else []
    return tables


def rows(tables: dict[str, list[Row]], question: Ask | None = None) -> dict[str, Record]:
    return {r["fit"]: r for r in ask(book_of(tables, AS_OF), "forgone_value", question).rows}


def test_what_a_bad_fit_brings_less_by_hand() -> None:
    """Good: 12 x 100 = 1,200.00 each. Poor: one stays 6 months (600.00), one 12 (1,200.00): 300.00 less on average."""
    found = rows(
        company({
            "g1": ("smb", 5, 0, None, 10000), "g2": ("smb", 4, 1, None, 10000),
            "p1": ("smb", 1, 4, "2024-07-10", 10000), "p2": ("smb", 0, 5, None, 10000),
            "m": ("smb", 3, 2, None, 10000), "n": ("smb", 0, 0, None, 10000),
        })
    )  # fmt: skip
    assert list(found) == ["good", "middle", "poor", "(none)"]
    poor = found["poor"]
    assert (poor["customers"], poor["value_cents"], poor["peers_cents"]) == (2, 90000, 120000)
    assert (poor["forgone_cents"], poor["forgone_total_cents"], poor["kept_rate"]) == (30000, 60000, 0.5)
    # The two differ by 600.00: variance 180,000, of the mean 90,000; 1.96 x 300.00 each way.
    assert poor["high_cents"] - poor["forgone_cents"] == pytest.approx(1.96 * 30000, abs=2)
    assert (found["good"]["forgone_cents"], found["good"]["peers_cents"]) == (None, None)
    assert (found["middle"]["forgone_cents"], found["(none)"]["forgone_cents"]) == (0, 0)


def test_peers_are_of_the_same_segment() -> None:
    """Good customers of the large segment pay ten times as much; a poor small one is measured against small ones."""
    found = rows(
        company({
            **{f"big{i}": ("ent", 5, 0, None, 100000) for i in range(4)},
            **{f"small{i}": ("smb", 5, 0, None, 10000) for i in range(2)},
            "p": ("smb", 0, 5, None, 8000),
        })
    )  # fmt: skip
    assert found["poor"]["forgone_cents"] == 12 * 2000


def test_a_segment_without_good_peers_takes_those_of_all() -> None:
    found = rows(
        company({"g1": ("ent", 5, 0, None, 10000), "g2": ("ent", 5, 0, None, 10000), "p": ("smb", 0, 5, None, 4000)})
    )
    assert found["poor"]["peers_cents"] == 120000


def test_without_any_good_fit_nothing_is_compared() -> None:
    found = rows(company({"p": ("smb", 0, 5, None, 4000)}))
    assert (found["poor"]["value_cents"], found["poor"]["forgone_cents"], found["poor"]["low_cents"]) == (
        48000,
        None,
        None,
    )


def test_referral_revenue_is_counted_once() -> None:
    tables = company(
        {"g1": ("smb", 5, 0, None, 10000), "g2-r": ("smb", 5, 0, None, 7000), "p-r": ("smb", 0, 5, None, 3000)}
    )
    found = rows(tables)
    assert (found["good"]["paid_cents"], found["good"]["referral_cents"]) == (12 * 17000, 12 * 7000)
    assert found["poor"]["referral_cents"] == found["poor"]["paid_cents"] == 12 * 3000
    # All bands together are what these customers paid in their first year: nothing is added for who referred them.
    paid = sum(r["mrr_cents"] for r in ask(book_of(tables, AS_OF), "mrr").rows[:12])
    assert sum(r["paid_cents"] for r in found.values()) == paid


def test_only_customers_seen_for_the_whole_window_count() -> None:
    tables = company({"g1": ("smb", 5, 0, None, 10000)})
    tables["subscription_span"].append(span("late", "2025-01-10", None, 10000))
    assert {r["customers"] for r in rows(tables).values()} == {1}
    shorter = rows(tables, Ask(months=3))
    assert (shorter["(none)"]["customers"], shorter["good"]["value_cents"]) == (1, 30000)
    assert rows({}) == {}
