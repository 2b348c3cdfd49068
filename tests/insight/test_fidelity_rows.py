"""Confirmed hand-offs one by one and by quarter: known answers, and the same whole as the measure."""

from datetime import date

import pytest

from relevo.book.book import Book
from relevo.insight.relay.fidelity_rows import by_quarter, scored, scored_count, scored_customer, scored_of
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from tests.making import make, span


def handoff(
    key: str, customer: str, confirmed: str | None, parts: tuple[str, str], **more: object
) -> dict[str, object]:  # fmt: skip
    return {"handoff_id": key, "customer_id": customer, "from_role": "sales", "to_role": "success",
            "from_person_id": "leo", "to_person_id": "ana", "given_at": "2026-01-05T09:00:00Z",
            "confirmed_at": confirmed, "completeness": parts[0], "accuracy": parts[1], **more}  # fmt: skip


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    folder = tmp_path_factory.mktemp("fidelity")
    report = make(folder, {
        "customer": [{"customer_id": f"C{i}", "name": f"Customer {i}"} for i in (1, 2)],
        "subscription_span": [span("C1", "2025-01-01", None, 5000), span("C2", "2025-01-01", None, 5000)],
        "handoff": [
            # 5/6 x 4/5 x (1 - 1/6) = 0.5556, the worked example of the measure.
            handoff("H1", "C1", "2026-03-10T09:00:00Z", ("0.833333333333333333", "0.8"), items=6, reasks_unfilled=1),
            # 1 x 1 x (1 - 0) = 1.
            handoff("H2", "C2", "2026-03-20T09:00:00Z", ("1", "1"), items=6),
            # 1/2 x 1 x (1 - 3/6) = 1/4: items unknown, so that six count; given on, not by Leo.
            handoff("H3", "C2", "2026-04-02T09:00:00Z", ("0.5", "1"), reasks_unfilled=3, from_person_id="eva"),
            # More re-asks than items: nothing is left.
            handoff("H4", "C1", "2026-10-05T09:00:00Z", ("1", "1"), items=2, reasks_unfilled=9),
            # Not confirmed, confirmed after the day of the book, and without a score: in no figure.
            handoff("H5", "C1", None, ("1", "1")), handoff("H6", "C1", "2026-11-01T09:00:00Z", ("1", "1")),
            {**handoff("H7", "C1", "2026-03-10T09:00:00Z", ("1", "1")), "accuracy": None},
        ],
    }, "2026-10-31")  # fmt: skip
    assert report.published, report.findings
    return Book.open(folder / "home" / "book")


def test_the_least_faithful_come_first(book: Book) -> None:
    found = scored(book, 10)
    assert [(each.handoff_id, round(each.fidelity, 4)) for each in found] == [
        ("H4", 0.0), ("H3", 0.25), ("H1", 0.5556), ("H2", 1.0)
    ]  # fmt: skip
    assert [each.handoff_id for each in scored(book, 2, 1)] == ["H3", "H1"]
    assert scored_count(book) == 4
    first = next(each for each in found if each.handoff_id == "H1")
    assert (first.confirmed_on, first.accuracy, round(first.reask_rate, 4)) == (date(2026, 3, 10), 0.8, 0.1667)


def test_those_of_a_person_and_of_a_customer(book: Book) -> None:
    assert [each.handoff_id for each in scored_of(book, "leo", 10)] == ["H4", "H2", "H1"]
    assert [each.handoff_id for each in scored_of(book, "eva", 10)] == ["H3"]
    assert {each.handoff_id for each in scored_customer(book, "C1")} == {"H1", "H4"}


def test_quarters_of_confirmation(book: Book) -> None:
    found = by_quarter(book)
    assert [(q.begins, q.n, round(q.fidelity, 4)) for q in found] == [
        (date(2026, 1, 1), 2, 0.7778), (date(2026, 4, 1), 1, 0.25), (date(2026, 10, 1), 1, 0.0)
    ]  # fmt: skip
    # Of one hand-off there is no interval; of two it is wider than all there is.
    assert [(q.low, q.high) for q in found] == [(0.0, 1.0), (None, None), (None, None)]


def test_the_rows_make_the_figure_of_the_measure(book: Book) -> None:
    whole = ask(book, "handoff_fidelity", Ask()).rows[0]
    found = scored(book, 10)
    assert whole["n"] == len(found)
    assert whole["fidelity"] == pytest.approx(sum(each.fidelity for each in found) / len(found), abs=1e-6)
    assert whole["completeness"] == pytest.approx(sum(each.completeness for each in found) / len(found), abs=1e-6)
