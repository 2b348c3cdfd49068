"""Renewal rate: what was available to renew, and what of it went on."""

import pytest

from relevo.measures.asking import ask
from relevo.measures.card import Ask, Record
from relevo.measures.rounding import rate
from tests.making import span
from tests.measures.forward_books import Row, book_of, customer


def yearly(name: str, cents: int, *, until: str | None = "2025-06-15", term: str = "2025-06-14", **more: object) -> Row:
    """A year's contract from the middle of June 2024, with its last day as the end of the term."""
    return span(name, "2024-06-15", until, cents, interval_unit="year", term_end_on=term, **more)


def renewed(name: str, cents: int, begin: str = "2025-06-15", **more: object) -> Row:
    return span(name, begin, None, cents, interval_unit="year", term_end_on="2026-06-14", **more)


def june(rows: list[Row], as_of: str = "2025-09-30", **more: list[Row]) -> Record:
    book = book_of({"subscription_span": rows, **more}, as_of)
    return next(r for r in ask(book, "renewal_rate").rows if r["month"] == "2025-06")


def test_of_what_was_available_not_of_the_base() -> None:
    """Twelve contracts of 100 a month each, ten of them monthly or not due: 1 lost of 3 due is 33 %, not 1 of 12."""
    rows = [span(f"m{i}", "2024-01-01", None, 10000) for i in range(9)]
    rows += [
        yearly("gone", 120000),
        yearly("a", 120000),
        yearly("b", 120000),
        renewed("a", 120000),
        renewed("b", 120000),
    ]
    found = june(rows)
    assert (found["available"], found["renewed"]) == (3, 2)
    assert (found["available_cents"], found["renewed_cents"]) == (30000, 20000)
    assert found["rate"] == rate(2, 3)


def test_growth_at_renewal_is_capped_and_a_smaller_contract_is_not() -> None:
    found = june([yearly("up", 120000), renewed("up", 240000), yearly("down", 120000), renewed("down", 60000)])
    assert (found["available_cents"], found["renewed_cents"], found["renewed"]) == (20000, 15000, 2)


def test_the_first_day_after_the_term_may_be_its_end_too() -> None:
    first_after = yearly("a", 120000, term="2025-06-15")
    assert june([first_after, renewed("a", 120000)])["rate"] == 1
    assert june([first_after])["rate"] == 0


def test_a_contract_that_goes_on_unchanged_is_renewed() -> None:
    assert june([yearly("a", 120000, until=None)])["rate"] == 1


def test_a_contract_cancelled_before_was_never_available() -> None:
    found = june([yearly("a", 120000, until="2025-03-01")])
    assert (found["available"], found["rate"]) == (0, None)


def test_a_successor_of_the_same_customer_renews() -> None:
    assert june([yearly("a", 120000), renewed("a", 120000, subscription_id="other")])["rate"] == 1
    assert june([yearly("a", 120000), renewed("a", 90000, begin="2025-06-01", subscription_id="other")])["rate"] == 0.75
    # What the customer has had for long under another contract is not the renewal of this one.
    assert june([yearly("a", 120000), span("a", "2024-01-01", None, 10000, subscription_id="other")])["rate"] == 0


def test_a_late_renewal_counts_where_invoices_are_sent() -> None:
    late = {"collection": "invoice"}
    assert june([yearly("a", 120000, **late), renewed("a", 120000, begin="2025-07-05", **late)])["rate"] == 1
    assert june([yearly("a", 120000), renewed("a", 120000, begin="2025-07-05")])["rate"] == 0


def test_two_contracts_that_end_on_one_day_are_one_and_a_successor_counts_once() -> None:
    rows = [
        yearly("a", 120000),
        yearly("a", 120000, subscription_id="second"),
        renewed("a", 120000, subscription_id="x"),
    ]
    found = june(rows)
    assert (found["available"], found["available_cents"], found["renewed_cents"]) == (1, 20000, 10000)


def test_a_term_that_has_just_ended_is_not_judged() -> None:
    book = book_of({"subscription_span": [yearly("a", 120000, term="2025-06-30")]}, "2025-06-30")
    assert ask(book, "renewal_rate").rows[-1]["available"] == 0


def test_foreign_contracts_at_the_rate_of_the_term_end() -> None:
    rates = [{"currency": "USD", "on_date": d, "rate": r} for d, r in (("2024-01-01", "0.5"), ("2025-06-01", "0.8"))]
    found = june([yearly("a", 120000, currency="USD"), renewed("a", 120000, currency="USD")], fx_rate=rates)
    assert (found["available_cents"], found["rate"]) == (8000, 1)


@pytest.mark.parametrize(("by", "cells"), [("segment", {"smb": 1, "(none)": 0})])
def test_by_segment_and_quarter(by: str, cells: dict[str, int]) -> None:
    rows = [yearly("a", 120000), yearly("b", 120000), renewed("a", 120000)]
    book = book_of({"subscription_span": rows, "customer": [customer("a", segment="smb")]}, "2025-09-30")
    found = ask(book, "renewal_rate", Ask(by=by, first=2025 * 12 + 5, last=2025 * 12 + 5)).rows
    assert {r[by]: r["rate"] for r in found} == cells
