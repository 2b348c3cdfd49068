"""What somebody holds, when it changed hands, how much of it is written down, in which order it is shown."""

from datetime import date

import pytest

from relevo.answers.reading import OPERATOR, Reading
from relevo.answers.relay.held import held_by, known_items
from relevo.answers.relay.plans import planned, proposal
from relevo.book.book import Book
from tests.making import make, span

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 10)
START = "2024-01-01T09:00:00Z"


def held(customer: str, person: str, at: str, to: str | None = None, role: str = "success") -> dict[str, object]:
    return {"customer_id": customer, "role": role, "person_id": person, "from_at": at, "to_at": to}


def given(key: str, customer: str, at: str, completeness: str | None) -> dict[str, object]:
    return {"handoff_id": key, "customer_id": customer, "from_role": "sales", "to_role": "success", "given_at": at,
            "completeness": completeness}  # fmt: skip


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    folder = tmp_path_factory.mktemp("held")
    september, december = "2026-09-20T09:00:00Z", "2026-12-01T09:00:00Z"
    report = make(folder, {
        "person": [{"person_id": p, "name": p.title(), "team": "success"} for p in ("ana", "ben", "eva", "leo")],
        "customer": [{"customer_id": f"C{i}", "name": f"Customer {i}"} for i in range(1, 6)],
        "subscription_span": [span(f"C{i}", "2024-01-01", None, 5000) for i in range(1, 6)],
        "assignment": [
            held("C1", "ana", START),
            # Ben held it in the same role until lately: a change of the person.
            held("C2", "ben", START, september), held("C2", "ana", september),
            # In another role, and a first person in a role: no change of the person.
            held("C3", "leo", START, september, "sales"), held("C3", "ana", september),
            # A change long ago.
            held("C4", "ben", START, "2025-01-01T09:00:00Z"), held("C4", "ana", "2025-01-01T09:00:00Z"),
            # Ben's.
            held("C5", "ben", START),
        ],
        "handoff": [
            given("H1", "C1", "2024-02-01T09:00:00Z", "0.9"), given("H2", "C1", "2025-02-01T09:00:00Z", "0.5"),
            given("H3", "C2", "2025-02-01T09:00:00Z", "0.75"), given("H4", "C4", "2025-02-01T09:00:00Z", None),
            given("H5", "C1", december, "1"),
        ],
        "handoff_item": [
            {"handoff_id": "H1", "item": "needs", "value": "One warehouse"},
            {"handoff_id": "H1", "item": "calendar", "value": "May", "said_by": "Rosa"},
            {"handoff_id": "H2", "item": "needs", "value": "Two warehouses"},
            {"handoff_id": "H5", "item": "needs", "value": "Not yet said"},
        ],
    }, "2026-10-31")  # fmt: skip
    assert report.published, report.findings
    return Reading(Book.open(folder / "home" / "book"), OPERATOR)


def test_what_somebody_holds(reading: Reading) -> None:
    found = {each.customer_id: each for each in held_by(reading, "ana", TODAY)}
    assert sorted(found) == ["C1", "C2", "C3", "C4"]
    assert {key: each.changed_on for key, each in found.items() if each.changed_on} == {"C2": date(2026, 9, 20)}
    assert {key: (each.filled, each.filled_on) for key, each in found.items()} == {
        "C1": (0.5, date(2025, 2, 1)), "C2": (0.75, date(2025, 2, 1)), "C3": (None, None), "C4": (None, None),
    }  # fmt: skip
    assert found["C1"].since == date(2024, 1, 1)
    assert held_by(reading, "eva", TODAY) == []
    # Sixty days after the change it counts no more.
    assert all(each.changed_on is None for each in held_by(reading, "ana", date(2026, 11, 19)))
    assert any(each.changed_on for each in held_by(reading, "ana", date(2026, 11, 18)))


def test_what_is_least_written_down_comes_first_and_goes_in_turn(reading: Reading) -> None:
    found = proposal(reading, "ana", ["eva", "leo", "ana", "eva"], TODAY)
    assert [(each.customer_id, each.receiver) for each in found.lines] == [
        ("C3", "eva"), ("C4", "leo"), ("C1", "eva"), ("C2", "leo")
    ]  # fmt: skip
    assert found.receivers == (("eva", "Eva"), ("leo", "Leo"))


def test_a_second_change_lacks_its_reason(reading: Reading) -> None:
    found = proposal(reading, "ana", ["eva"], TODAY)
    everybody = {each.customer_id: "eva" for each in found.lines}
    _, lacking = planned(reading, found, everybody, {}, date(2026, 12, 1), 5, TODAY)
    assert lacking == ("Customer 2",)
    made, lacking = planned(reading, found, everybody, {"C2": " Ana is ill ", "C1": "x"}, date(2026, 12, 1), 5, TODAY)
    assert lacking == ()
    assert {each.customer_id: each.override_reason for each in made if each.override_reason} == {"C2": "Ana is ill"}
    assert {each.overlap_until for each in made} == {date(2026, 11, 30)}
    assert {each.template.name for each in made} == {"success_to_success"}


def test_the_last_text_of_each_item_goes_along(reading: Reading) -> None:
    known = known_items(reading, "C1")
    assert {item: (each.text, each.said_by, each.source) for item, each in known.items()} == {
        "needs": ("Two warehouses", "", "hand-off H2"), "calendar": ("May", "Rosa", "hand-off H1"),
    }  # fmt: skip
