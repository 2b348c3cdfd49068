"""Asking: defaults, ranges, grains, slices, filters, and every question that is refused."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from relevo.base.errors import WrongUse
from relevo.base.periods import Grain, parse_month
from relevo.book.book import Book
from relevo.measures.asking import ask, frame_of
from relevo.measures.card import Ask
from relevo.measures.catalog import MEASURES, find
from tests.making import span
from tests.measures.memory import Memory

AS_OF = date(2025, 6, 15)
TABLES: dict[str, list[dict[str, Any]]] = {
    "subscription_span": [
        span("A", "2025-01-10", None, 1000, plan="pro", term_end_on="2025-08-01", auto_renew=True),
        span("A", "2025-01-10", None, 500, item_id="extra", term_end_on="2025-08-01", auto_renew=False),
        span("B", "2025-02-10", "2025-05-01", 2000, plan="basic"),
        span("C", "2025-02-20", None, 4000, plan="pro", currency="USD", term_end_on="2025-09-14"),
        span("D", "2025-06-03", None, 100, term_end_on="2026-01-01"),
    ],
    "customer": [
        {"customer_id": c, "name": c, "segment": s, "country": "ES"}
        for c, s in (("A", "smb"), ("B", "smb"), ("C", "ent"), ("D", None))
    ],
    "customer_attribute": [{"customer_id": "A", "name": "tier", "value": "gold"}],
    "fx_rate": [
        {"currency": "USD", "on_date": "2025-01-01", "rate": "0.5"},
        {"currency": "USD", "on_date": "2025-06-01", "rate": "0.25"},
        {"currency": "USD", "on_date": "2025-06-16", "rate": "9"},
    ],
    "assignment": [
        {"customer_id": "A", "person_id": p, "role": r, "from_at": datetime(2025, 1, d, tzinfo=UTC), "to_at": to}
        for p, r, d, to in (
            ("old", "success", 1, datetime(2025, 3, 1, tzinfo=UTC)), ("am", "account_manager", 3, None),
            ("first", "success", 4, None), ("second", "success", 5, None), ("helper", "support", 6, None),
        )
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def book() -> Book:
    return Memory().book(TABLES, AS_OF, history_starts_on=None, ledger=True)


def months(book: Book, name: str, **question: Any) -> list[str]:
    return [r["month"] for r in ask(book, name, Ask(**question)).rows]


def test_by_default_a_series_runs_from_the_first_data_to_the_last_complete_month(book: Book) -> None:
    assert months(book, "mrr") == ["2025-01", "2025-02", "2025-03", "2025-04", "2025-05"]
    assert months(book, "logo_churn") == ["2025-02", "2025-03", "2025-04", "2025-05"]
    assert months(book, "net_revenue_retention") == []
    assert months(book, "net_revenue_retention", months=3) == ["2025-04", "2025-05"]


def test_the_range_can_be_asked_up_to_the_open_month(book: Book) -> None:
    june = parse_month("2025-06")
    assert months(book, "mrr", first=june, last=june) == ["2025-06"]
    assert months(book, "mrr", last=parse_month("2025-02")) == ["2025-01", "2025-02"]
    assert months(book, "net_revenue_retention", last=june) == ["2025-06"]
    assert months(book, "mrr", first=parse_month("2024-12"), last=parse_month("2025-01")) == ["2024-12", "2025-01"]


def test_quarters_sum_what_happened_in_them(book: Book) -> None:
    (row,) = ask(book, "mrr_movements", Ask(grain=Grain.QUARTER)).rows
    assert (row["month"], row["opening_cents"], row["new_cents"], row["closing_cents"]) == ("2025-03", 0, 5500, 5500)
    (arpa,) = ask(book, "arpa", Ask(grain=Grain.QUARTER)).rows
    assert (arpa["customers"], arpa["new_asp_cents"]) == (3, 1833)
    assert len(ask(book, "movement_log").rows) == 4


REFUSED = [
    ("mrr", {"months": 3}, "has no window"),
    ("logo_churn", {"months": 0}, "window of 0 months"),
    ("survival", {"first": 1}, "covers all of history"),
    ("survival", {"last": 1}, "covers all of history"),
    ("happiness", {"last": 1}, "happiness has a window that ends with the as-of day"),
    ("survival", {"grain": Grain.YEAR}, "no column of months"),
    ("cohort_retention", {"grain": Grain.QUARTER}, "no column of months"),
    ("mrr", {"by": "colour"}, "'colour' is not a dimension. Known: .*tier"),
    ("mrr", {"where": (("colour", "red"),)}, "not a dimension"),
    ("mrr", {"last": parse_month("2025-07")}, "2025-07 lies after the as-of day"),
    ("mrr", {"first": parse_month("2025-05"), "last": parse_month("2025-04")}, "2025-05 is after 2025-04"),
    ("mrr", {"first": parse_month("2025-06")}, "2025-06 is after 2025-05"),
    ("happiness_of_everyone", {}, "is not a measure. Known: mrr"),
]


@pytest.mark.parametrize(("name", "question", "says"), REFUSED)
def test_a_question_that_does_not_fit_says_why(book: Book, name: str, question: dict[str, Any], says: str) -> None:
    with pytest.raises(WrongUse, match=says):
        ask(book, name, Ask(**question))


def test_a_measure_may_refuse_to_be_sliced(book: Book) -> None:
    whole = replace(find("mrr").card, can_slice=False)
    with pytest.raises(WrongUse, match="mrr is not sliced"):
        frame_of(book, whole, Ask(by="segment"))


def test_filters_keep_any_of_the_values_of_each_dimension(book: Book) -> None:
    def may(*where: tuple[str, str]) -> int:
        asked = parse_month("2025-04")
        cents: int = ask(book, "mrr", Ask(first=asked, last=asked, where=where)).rows[0]["mrr_cents"]
        return cents

    assert may() == 5500
    assert may(("segment", "smb")) == 3500
    assert may(("segment", "smb"), ("segment", "ent")) == 5500
    assert may(("segment", "smb"), ("plan", "pro")) == 1500
    assert may(("tier", "gold")) == 1500
    assert may(("tier", "(none)")) == 4000
    assert may(("acquisition_channel", "(none)")) == 5500
    assert may(("segment", "nothing")) == 0


# What this small book has nothing to say about: no forecast is old enough, nobody sold, handed on, promised, was
# reviewed or asked for help, and no term has ended.
SILENT = {
    "expected_churn_scored", "sold_book", "sold_book_marks", "seller_quality", "renewal_rate", "dropped_batons",
    "handoff_fidelity", "promises", "reviews", "review_scores", "review_trend", "review_accuracy", "review_agreement",
    "review_severity", "coaching", "waits", "waits_compat", "cover", "happiness", "work_types", "load", "avoidance",
    "support_map",
}  # fmt: skip


@pytest.mark.parametrize("name", [n for n, m in MEASURES.items() if m.card.can_slice])
def test_a_slice_adds_a_column_named_as_the_dimension_and_shows_who_has_no_value(book: Book, name: str) -> None:
    window = {"months": 1} if find(name).card.months else {}
    rows = ask(book, name, Ask(by="segment", **window)).rows
    assert bool(rows) == (name not in SILENT)
    assert {r["segment"] for r in rows} <= {"smb", "ent", "(none)", "total"}
    june = {} if not find(name).card.has_months else {"first": parse_month("2025-06"), "last": parse_month("2025-06")}
    values = {r["segment"] for r in ask(book, name, Ask(by="segment", **june, **window)).rows}
    assert name not in ("mrr", "arr", "mrr_movements", "arpa", "quick_ratio") or "(none)" in values


@pytest.mark.parametrize("name", list(MEASURES))
def test_an_answer_has_the_columns_of_its_card_and_the_currency_of_its_money(book: Book, name: str) -> None:
    window = {"months": 1} if find(name).card.months else {}
    answer = ask(book, name, Ask(**window))
    columns = [c.name for c in answer.card.columns]
    assert answer.rows or name in SILENT
    for row in answer.rows:
        assert [c for c in row if c != "currency" or "currency" in columns] == columns
        assert ("currency" in row) == any(c.endswith("_cents") for c in columns)


def test_renewals_due_within_ninety_days_with_their_holder_at_the_rate_of_the_day(book: Book) -> None:
    """The term of C ends 91 days after the as-of day; a day later it is due, and the dollar has another rate."""
    (row,) = ask(book, "renewals_due").rows
    assert (row["customer_id"], row["subscription_id"], str(row["term_end_on"])) == ("A", "sub-A", "2025-08-01")
    assert (row["mrr_cents"], row["auto_renew"], row["owner"]) == (1500, False, "second")
    early = Memory().book(TABLES, date(2025, 6, 16))
    assert [(r["customer_id"], r["mrr_cents"]) for r in ask(early, "renewals_due").rows] == [("A", 1500), ("C", 36000)]


def test_customers_who_were_there_before_history_enter_at_their_age() -> None:
    rows = {
        "subscription_span": [
            span("old", "2025-01-01", "2025-04-10", 100), span("new", "2025-02-01", None, 100),
            span("later", "2025-02-01", "2025-05-10", 100), span("unborn", "2025-01-01", None, 100),
        ],
        "customer": [
            {"customer_id": c, "name": c, "created_at": at}
            for c, at in (
                ("old", datetime(2024, 9, 5, tzinfo=UTC)), ("new", datetime(2024, 9, 5, tzinfo=UTC)),
                ("later", None), ("unborn", datetime(2025, 6, 1, tzinfo=UTC)),
            )
        ],
    }  # fmt: skip
    late = Memory().book(rows, AS_OF, history_starts_on=date(2025, 1, 1))
    curve = {r["tenure_month"]: r for r in ask(late, "survival").rows}
    # `old` is seen from its fifth month on and leaves in its eighth; the three others are seen from the start.
    assert [curve[t]["at_risk"] for t in range(8)] == [3, 3, 3, 3, 1, 1, 1, 1]
    assert (curve[3]["events"], curve[7]["events"], curve[3]["survival"], curve[7]["survival"]) == (1, 1, 0.666667, 0.0)
    plain = ask(Memory().book(rows, AS_OF), "survival").rows
    assert plain[0]["at_risk"] == 4


def test_the_owner_of_a_renewal_is_who_holds_the_customer_on_the_day() -> None:
    def held(person: str, since: datetime, until: datetime | None = None, role: str = "success") -> dict[str, object]:
        return {"customer_id": "a", "person_id": person, "role": role, "from_at": since, "to_at": until}

    spans = [span("a", "2025-01-01", None, 100, term_end_on="2025-07-31")]

    def owner(*assignments: dict[str, object]) -> object:
        made = Memory().book({"subscription_span": spans, "assignment": assignments}, date(2025, 6, 15))
        (row,) = ask(made, "renewals_due").rows
        return row["owner"]

    past, today, later = (datetime(2025, month, 15, tzinfo=UTC) for month in (3, 6, 9))
    assert owner(held("now", past), held("gone", past, today), held("next", later)) == "now"
    assert owner(held("next", later), held("gone", past, today)) is None
    assert owner(held("fresh", today), held("gone", past, today)) == "fresh"
    assert owner(held("leaves", past, later), held("seller", today, role="sales")) == "leaves"
