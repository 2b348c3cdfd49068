"""Hand-offs of the first year against staying and value, by hand; and the whole is everybody."""

from datetime import date, timedelta

import pytest

from relevo.book.book import Book
from relevo.insight.relay.first_year import first_years
from tests.making import make, span

BEGAN = date(2024, 3, 1)


def day(after: int) -> str:
    return f"{BEGAN + timedelta(days=after)}T09:00:00Z"


def held(customer: str, role: str, person: str, after: int) -> dict[str, object]:
    return {"customer_id": customer, "role": role, "person_id": person, "from_at": day(after)}


def taken(customer: str, role: str, person: str, after: int) -> dict[str, object]:
    return {"handoff_id": f"H-{customer}-{after}", "customer_id": customer, "from_role": "sales", "to_role": role,
            "to_person_id": person, "given_at": day(after), "accepted_at": day(after)}  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """Ten customers: five stay with whoever sold to them, five change hands; six of them began two years ago."""
    folder = tmp_path_factory.mktemp("year")
    quiet, busy = [f"Q{i}" for i in range(5)], [f"B{i}" for i in range(5)]
    ends = {"Q4": str(BEGAN + timedelta(days=500)), "B0": str(BEGAN + timedelta(days=400)),
            "B1": str(BEGAN + timedelta(days=401)), "B2": str(BEGAN + timedelta(days=200))}  # fmt: skip
    report = make(folder, {
        "customer": [{"customer_id": c, "name": c} for c in (*quiet, *busy, "NEW")],
        "subscription_span": [span(c, str(BEGAN), ends.get(c), 5000) for c in (*quiet, *busy)]
        + [span("NEW", "2026-06-01", None, 5000)],
        "assignment": [
            *(held(c, "sales", "leo", -10) for c in (*quiet, *busy, "NEW")),
            # The same role again, by another person: no other team; and back, after the first year.
            held("Q0", "sales", "eva", 20), held("Q0", "sales", "leo", 400),
            *(held(c, "success", "ana", 30) for c in busy),
            held("B0", "support", "ben", 364), held("B1", "support", "ben", 365),
        ],
        # The hand-off says what the assignment says: one step.
        "handoff": [taken("B3", "success", "ana", 30), taken("B4", "support", "ben", 100)],
        "milestone": [
            *({"milestone_id": f"M{c}", "customer_id": c, "kind": "first_value", "reached_at": day(after)}
              for c, after in (("Q0", 10), ("Q1", 20), ("Q2", 30), ("Q3", 40), ("Q4", 50), ("B3", 60))),
            {"milestone_id": "G", "customer_id": "Q0", "kind": "go_live", "reached_at": day(1)},
            {"milestone_id": "L", "customer_id": "Q0", "kind": "first_value", "reached_at": day(90)},
        ],
    }, "2026-10-31")  # fmt: skip
    assert report.published, report.findings
    return Book.open(folder / "home" / "book")


def test_teams_in_the_first_year_and_who_stays(book: Book) -> None:
    found = {each.hand_offs: each for each in first_years(book, "team")}
    # B0 and B4 changed teams twice, B1's second change came a day too late.
    assert {key: each.customers for key, each in found.items()} == {0: 5, 1: 3, 2: 2}
    # Of the five with none Q4 left in the second year; B2 left in the first and is not asked.
    assert (found[0].settled, found[0].stayed, found[0].rate) == (5, 4, 0.8)
    assert (found[1].settled, found[1].stayed, found[1].rate) == (2, 1, None)
    assert found[0].low is not None
    assert found[0].low < 0.8 < (found[0].high or 0)


def test_days_to_first_value(book: Book) -> None:
    found = {each.hand_offs: each for each in first_years(book, "team")}
    assert (found[0].valued, found[0].soon, found[0].days, found[0].late) == (5, 20, 30, 40)
    assert (found[1].valued, found[1].days) == (1, None)


def test_persons_change_within_a_team_too(book: Book) -> None:
    found = {each.hand_offs: each.customers for each in first_years(book, "person")}
    assert found == {0: 4, 1: 4, 2: 2}
