"""Committed MRR: known changes of the coming months, and nothing of the months of which nothing is known."""

import pytest

from relevo.base.errors import WrongUse
from relevo.base.periods import Grain
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from tests.making import span
from tests.measures.forward_books import Row, book_of, customer

AS_OF = "2025-03-20"


def committed(rows: list[Row], as_of: str = AS_OF, **more: list[Row]) -> list[tuple[str, int]]:
    found = ask(book_of({"subscription_span": rows, **more}, as_of), "committed_mrr").rows
    return [(r["month"], r["cmrr_cents"]) for r in found]


def test_what_is_in_force_and_nothing_else_known() -> None:
    assert committed([span("a", "2025-01-01", None, 10000)]) == [("2025-03", 10000)]
    assert committed([]) == []


def test_signed_contracts_ramps_and_known_ends() -> None:
    rows = [
        span("base", "2025-01-01", None, 10000),
        span("signed", "2025-05-10", None, 5000),
        span("ramp", "2025-01-01", "2025-06-01", 1000),
        span("ramp", "2025-06-01", "2026-01-01", 2000, cause="contracted_ramp"),
    ]
    found = dict(committed(rows))
    assert list(found) == ["2025-03", "2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10",
                           "2025-11", "2025-12", "2026-01"]  # fmt: skip
    assert (found["2025-03"], found["2025-04"], found["2025-05"]) == (11000, 11000, 16000)
    assert (found["2025-06"], found["2025-12"], found["2026-01"]) == (17000, 17000, 15000)


def test_it_drops_when_notice_is_given_and_mrr_when_the_service_ends() -> None:
    quits = span("a", "2025-01-01", "2025-06-01", 10000, cancel_requested_at="2025-03-05 10:00:00")
    rows = [quits, span("b", "2025-01-01", None, 2000)]
    assert committed(rows) == [("2025-03", 2000)]
    assert committed(rows, "2025-03-04")[0] == ("2025-03", 12000)
    mrr = ask(book_of({"subscription_span": rows}, "2025-04-30"), "mrr").rows
    assert mrr[-1]["mrr_cents"] == 12000


def test_a_request_of_a_span_that_is_over_says_nothing_of_the_one_that_followed() -> None:
    rows = [
        span("a", "2025-01-01", "2025-02-01", 10000, cancel_requested_at="2025-01-20 10:00:00"),
        span("a", "2025-02-01", None, 9000),
    ]
    assert committed(rows) == [("2025-03", 9000)]


def test_a_term_without_notice_counts_on_and_a_debt_ends_with_its_grace() -> None:
    assert committed([span("a", "2025-01-01", None, 10000, term_end_on="2025-04-30", auto_renew=False)]) == [
        ("2025-03", 10000)
    ]
    debt = [span("a", "2025-01-01", "2025-03-10", 10000), span("a", "2025-03-10", None, 10000, status="past_due")]
    assert committed(debt) == [("2025-03", 10000), ("2025-04", 0)]


def test_a_trial_that_will_pay_is_not_signed_until_its_paid_span_is_there() -> None:
    trial = span("a", "2025-03-10", "2025-04-10", 10000, status="trialing")
    assert committed([trial]) == []
    assert committed([trial, span("a", "2025-04-10", None, 10000)]) == [("2025-03", 0), ("2025-04", 10000)]


def test_at_the_rate_of_the_day_and_for_some_customers() -> None:
    rates = [{"currency": "USD", "on_date": "2025-01-01", "rate": "0.5"}]
    rows = [span("a", "2025-01-01", None, 10000, currency="USD"), span("b", "2025-01-01", None, 700)]
    assert committed(rows, fx_rate=rates) == [("2025-03", 5700)]
    book = book_of({"subscription_span": rows, "fx_rate": rates, "customer": [customer("b", segment="smb")]}, AS_OF)
    assert ask(book, "committed_mrr", Ask(where=(("segment", "smb"),))).rows[0]["cmrr_cents"] == 700


def test_it_is_a_row_per_month() -> None:
    with pytest.raises(WrongUse, match="per month"):
        ask(
            book_of({"subscription_span": [span("a", "2025-01-01", None, 1)]}, AS_OF),
            "committed_mrr",
            Ask(grain=Grain.YEAR),
        )
