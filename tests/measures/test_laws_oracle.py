"""Random companies: every figure of the book equals the one worked out day by day (tests/measures/oracle.py)."""

from collections import Counter
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from relevo.base.money import mrr_from_base
from relevo.base.periods import day_from_number, last_complete_month, month_of, month_text
from relevo.book.book import Book
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from tests.measures.companies import AS_OF, FIRST, Small, companies
from tests.measures.memory import Memory
from tests.measures.oracle import Oracle, rounded

EXAMPLES = 12
MANY_EXAMPLES = 200
# Asked of every company alike, so that each question is compiled once.
MONTHS = range(month_of(FIRST) - 1, month_of(AS_OF) + 1)


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


@given(companies())
@settings(max_examples=EXAMPLES)
def test_a_book_says_what_the_days_say(memory: Memory, small: Small) -> None:
    _agrees(memory, small)


@pytest.mark.sims
@given(companies())
@settings(max_examples=MANY_EXAMPLES, derandomize=False)
def test_a_book_says_what_the_days_say_of_many_companies(memory: Memory, small: Small) -> None:
    _agrees(memory, small)


def _agrees(memory: Memory, small: Small) -> None:
    book, oracle = small.book(memory), small.oracle()
    _movements_agree(book, oracle)
    _stock_agrees(book, oracle)
    _bridges_agree(book, oracle)
    _windows_agree(book, oracle, 1)
    _windows_agree(book, oracle, 5)
    _triangle_agrees(book, oracle)
    _tenure_agrees(book, oracle)
    _survival_agrees(book, oracle)
    memory.forget(book)


def _rows(book: Book, name: str, **more: Any) -> list[dict[str, Any]]:
    return list(ask(book, name, Ask(first=MONTHS[0], last=MONTHS[-1], **more)).rows)


def _movements_agree(book: Book, oracle: Oracle) -> None:
    moves = book.run(book.tables.movement).dicts()
    found = {(m["customer_id"], day_from_number(m["day"]), m["kind"], mrr_from_base(int(m["base_e16"]))) for m in moves}
    assert len(found) == len(moves)
    assert found == {(m.customer, m.day, m.kind, m.amount) for m in oracle.moves}


def _stock_agrees(book: Book, oracle: Oracle) -> None:
    months = list(MONTHS)
    assert [(r["month"], r["mrr_cents"], r["customers"]) for r in _rows(book, "mrr")] == [
        (month_text(m), rounded(oracle.mrr(m)), len(oracle.paying(m))) for m in months
    ]
    assert [r["arr_cents"] for r in _rows(book, "arr")] == [rounded(oracle.mrr(m) * 12) for m in months]
    for row, month in zip(_rows(book, "arpa"), months, strict=True):
        new = [m.amount for m in oracle.moves if m.kind == "new" and m.month == month]
        assert row["arpa_cents"] == _mean(oracle.mrr(month), len(oracle.paying(month)))
        assert row["new_asp_cents"] == _mean(sum(new, Fraction(0)), len(new))


def _mean(total: Fraction, n: int) -> int | None:
    return rounded(total / n) if n else None


def _share(part: Fraction | int, whole: Fraction | int) -> float | None:
    return rounded(Fraction(part) / whole * 10**6) / 10**6 if whole else None


def _bridges_agree(book: Book, oracle: Oracle) -> None:
    ratios = _rows(book, "quick_ratio")
    for row, ratio, month in zip(_rows(book, "mrr_movements"), ratios, MONTHS, strict=True):
        sums, closing, opening = oracle.moved(month), oracle.mrr(month), oracle.mrr(month - 1)
        assert (row["opening_cents"], row["closing_cents"]) == (rounded(opening), rounded(closing))
        for kind in ("new", "reactivation", "expansion", "contraction", "churn"):
            assert abs(row[f"{kind}_cents"] - sums[kind]) < 1
        gained, lost = sums["new"] + sums["reactivation"] + sums["expansion"], sums["contraction"] + sums["churn"]
        assert abs(row["fx_cents"] - (closing - opening - gained + lost)) < 1
        assert ratio["ratio"] == _share(gained, lost)
        assert ratio["ratio_without_reactivation"] == _share(gained - sums["reactivation"], lost)


def _windows_agree(book: Book, oracle: Oracle, length: int) -> None:
    names = ("net_revenue_retention", "gross_revenue_retention", "logo_churn", "gross_mrr_churn", "net_mrr_churn")
    asked = [_rows(book, name, months=length) for name in names]
    months = list(MONTHS)
    assert [r["month"] for r in asked[0]] == [month_text(m) for m in months]
    for month, net, gross, logos, gross_lost, net_lost in zip(months, *asked, strict=True):
        pairs = oracle.window(month, length)
        opening = sum((o for _, o, _ in pairs), Fraction(0))
        closing = sum((c for _, _, c in pairs), Fraction(0))
        capped = sum((min(o, c) for _, o, c in pairs), Fraction(0))
        gone = sum(not c for _, _, c in pairs)
        assert (net["opening_cents"], net["kept_cents"]) == (rounded(opening), rounded(closing))
        assert (net["rate"], net["customers"]) == (_share(closing, opening), len(pairs))
        assert (gross["kept_cents"], gross["rate"]) == (rounded(capped), _share(capped, opening))
        assert (logos["opening_customers"], logos["lost"], logos["rate"]) == (
            len(pairs),
            gone,
            _share(gone, len(pairs)),
        )
        assert (gross_lost["lost_cents"], gross_lost["rate"]) == (
            rounded(opening - capped),
            _share(opening - capped, opening),
        )
        assert (net_lost["lost_cents"], net_lost["rate"]) == (
            rounded(opening - closing),
            _share(opening - closing, opening),
        )


def _triangle_agrees(book: Book, oracle: Oracle) -> None:
    cells = {(r["cohort"], r["age"]): r for r in _rows(book, "cohort_retention")}
    last = last_complete_month(oracle.as_of)
    cohorts = Counter(m for m in oracle.started.values() if m <= last)
    assert {c for c, _ in cells} == {month_text(m) for m in cohorts}
    for cohort, size in cohorts.items():
        members = [c for c, m in oracle.started.items() if m == cohort]
        first = oracle.mrr(cohort, members)
        for age in range(last - min(cohorts) + 1):
            cell, month = cells[month_text(cohort), age], cohort + age
            if month > last:
                assert (cell["customers"], cell["mrr_cents"], cell["customer_rate"], cell["mrr_rate"]) == (None,) * 4
                continue
            here = [c for c in members if oracle.level(c, month)]
            money = oracle.mrr(month, members)
            assert (cell["customers"], cell["customer_rate"]) == (len(here), _share(len(here), size))
            assert cell["mrr_rate"] == _share(money, first)
            assert abs(cell["mrr_cents"] - money) < 1


def _tenure_agrees(book: Book, oracle: Oracle) -> None:
    last = last_complete_month(oracle.as_of)
    starts = {c: m for c, m in oracle.started.items() if m <= last}
    for row in ask(book, "arpa_by_tenure").rows:
        seen = {
            c: oracle.level(c, m + row["tenure_month"]) for c, m in starts.items() if m + row["tenure_month"] <= last
        }
        total, n = sum(seen.values(), Fraction(0)), sum(bool(v) for v in seen.values())
        assert (row["n"], row["n_started"]) == (n, len(seen))
        assert (row["survivors_cents"], row["all_started_cents"]) == (_mean(total, n), _mean(total, len(seen)))


def _survival_agrees(book: Book, oracle: Oracle) -> None:
    last = last_complete_month(oracle.as_of)
    lives = []
    for customer, start in oracle.started.items():
        gone = oracle.left.get(customer, last + 1)
        if start <= last:
            lives.append((min(gone, last) - start, gone <= last))
    curve, kept = list(ask(book, "survival").rows), Fraction(1)
    assert len(curve) == max((t for t, _ in lives), default=-1) + 1
    for row in curve:
        at_risk = sum(t >= row["tenure_month"] for t, _ in lives)
        events = sum(t == row["tenure_month"] and gone for t, gone in lives)
        kept *= 1 - Fraction(events, at_risk)
        assert (row["at_risk"], row["events"]) == (at_risk, events)
        assert row["survival"] == pytest.approx(float(kept), abs=1e-6)
