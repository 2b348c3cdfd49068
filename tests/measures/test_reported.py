"""Closed months: what was reported stays, and what came later is the first open month's, to the cent."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from relevo.base.errors import WrongUse
from relevo.base.periods import Grain, month_text, parse_month
from relevo.book.book import Book
from relevo.book.policy import Policy
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from relevo.measures.revenue.movements import BRIDGE
from tests.making import span
from tests.measures.closings import Closings, rows_of, through
from tests.measures.companies import AS_OF, Small, companies
from tests.measures.memory import Memory

# A history is long to read and slow to shrink; the company that failed is printed as it was drawn.
PHASES = (Phase.explicit, Phase.generate)
Tables = Mapping[str, list[dict[str, Any]]]
MEMORY = Memory()
END = date(2025, 4, 30)
SEGMENTS = {"A": "smb", "B": "ent", "C": "smb", "D": "ent"}


def tables(*spans: dict[str, Any], names: str = "ABC") -> Tables:
    rows = [{"customer_id": c, "name": c, "segment": SEGMENTS[c]} for c in names]
    return {"customer": rows, "subscription_span": list(spans), "fx_rate": []}


A = span("A", "2025-01-10", None, 10000)
B = span("B", "2025-02-01", None, 50000)
C = span("C", "2025-02-05", "2025-04-20", 3000)
D = span("D", "2025-02-15", None, 700)


@pytest.fixture
def closed(tmp_path: Path) -> Closings:
    """A, B and C, closed through March."""
    found = Closings(MEMORY, tmp_path)
    found.close(found.book(tables(A, B, C), END), "2025-03")
    return found


def cells(row: Mapping[str, Any]) -> dict[str, Any]:
    """The cells of a row that are not 0, without their month's and currency's names."""
    return {n.removesuffix("_cents"): v for n, v in row.items() if v and n not in ("month", "currency", "segment")}


def test_what_is_unchanged_is_reported_and_restated_alike(closed: Closings) -> None:
    book = closed.book(tables(A, B, C), END)
    assert book.closed_through == parse_month("2025-03")
    for name in ("mrr_movements", "mrr", "arr", "arpa", "quick_ratio"):
        assert rows_of(book, "reported", name) == rows_of(book, "restated", name)
        assert rows_of(book, None, name, by="segment") == rows_of(book, "restated", name, by="segment")


def test_a_late_customer_is_an_adjustment_of_the_first_open_month(closed: Closings) -> None:
    book = closed.book(tables(A, B, C, D, names="ABCD"), END)
    february, april = rows_of(book, "reported")[1::2]
    assert cells(february) == {"opening": 10000, "new": 53000, "closing": 63000}
    assert cells(april) == {"opening": 63000, "churn": 3000, "prior_period_adj": 700, "closing": 60700}
    assert cells(rows_of(book, "restated")[1])["new"] == 53700
    assert [r["mrr_cents"] for r in rows_of(book, "reported", "mrr")] == [10000, 63000, 63000, 60700]
    assert [r["customers"] for r in rows_of(book, "reported", "mrr")] == [1, 3, 3, 3]
    assert [r["new_asp_cents"] for r in rows_of(book, "reported", "arpa")] == [10000, 26500, None, None]


def test_a_merge_leaves_closed_months_and_moves_money_between_slices(closed: Closings) -> None:
    book = closed.book(tables({**A, "customer_id": "B"}, B, C, names="BC"), END)
    assert cells(rows_of(book, "reported")[3]) == {"opening": 63000, "churn": 3000, "closing": 60000}
    rows = [(r["month"], r["segment"], cells(r)) for r in rows_of(book, "reported", by="segment")]
    assert rows[0][:2] == ("2025-01", "smb")
    assert [
        (m, s, {k: v for k, v in found.items() if k in ("identity_adj", "closing", "prior_period_adj")})
        for m, s, found in rows[3:]
    ] == [
        ("2025-03", "ent", {"closing": 50000}),
        ("2025-03", "smb", {"closing": 13000}),
        ("2025-04", "ent", {"identity_adj": 10000, "closing": 60000}),
        ("2025-04", "smb", {"identity_adj": -10000}),
    ]
    viewer = book.scoped(frozenset({"B"}))
    assert cells(rows_of(viewer, "reported")[-1]) == {"opening": 50000, "identity_adj": 10000, "closing": 60000}


def test_a_split_is_identity_and_what_else_changed_is_not(closed: Closings) -> None:
    own = {**B, "item_id": "second", "subscription_id": "sub-other", "unit_amount_cents": 2000}
    found = Closings(MEMORY, closed.folder / "split")
    found.close(found.book(tables(A, {**B, "unit_amount_cents": 40000}, own), END), "2025-03")
    moved = {**own, "customer_id": "A", "unit_amount_cents": 2500}
    book = found.book(tables(A, {**B, "unit_amount_cents": 40000}, moved), END)
    april = {r["segment"]: cells(r) for r in rows_of(book, "reported", by="segment") if r["month"] == "2025-04"}
    assert april["smb"]["identity_adj"] == -april["ent"]["identity_adj"] == 2000
    assert april["smb"]["prior_period_adj"] == 500
    assert "prior_period_adj" not in april["ent"]


def test_periods_and_later_closings(closed: Closings) -> None:
    late = closed.book(tables(A, B, C, D, names="ABCD"), END)
    quarters = rows_of(late, "reported", grain=Grain.QUARTER)
    assert [cells(q) for q in quarters] == [{"new": 63000, "closing": 63000}]
    closed.close(late, "2025-04")
    later = closed.book(tables(A, B, C, names="ABC"), date(2025, 6, 30))
    april, may, june = rows_of(later, "reported")[3:]
    assert cells(april)["prior_period_adj"] == 700
    assert cells(may) == {"opening": 60700, "prior_period_adj": -700, "closing": 60000}
    assert cells(june) == {"opening": 60000, "closing": 60000}
    half = rows_of(later, "reported", grain=Grain.QUARTER)[1]
    assert cells(half) == {"opening": 63000, "churn": 3000, "closing": 60000}


def test_another_segment_leaves_closed_slices(closed: Closings) -> None:
    asked: list[dict[str, Any]] = [
        {"by": "segment"}, {"by": "segment", "grain": Grain.QUARTER}, {"where": (("segment", "smb"),)},
    ]  # fmt: skip
    before = [through(rows_of(closed.book(tables(A, B, C), END), "reported", **a), "2025-03") for a in asked]
    rows = tables(A, B, C)
    rows["customer"][0]["segment"] = "ent"
    book = closed.book(rows, END)
    assert [through(rows_of(book, "reported", **a), "2025-03") for a in asked] == before
    assert through(rows_of(book, "reported", "mrr", by="segment"), "2025-03")[-1]["mrr_cents"] == 13000
    april = {r["segment"]: cells(r) for r in rows_of(book, "reported", by="segment") if r["month"] == "2025-04"}
    assert april == {"ent": {"opening": 60000, "closing": 60000}, "smb": {"opening": 3000, "churn": 3000}}


def test_a_view_that_cannot_be_had_is_refused(closed: Closings) -> None:
    book = closed.book(tables(A, B, C), END)
    with pytest.raises(WrongUse, match="own policy"):
        ask(replace(book, policy=Policy(past_due_grace_days=45)), "mrr", Ask(view="reported"))
    with pytest.raises(WrongUse, match="not kept"):
        ask(book, "logo_churn", Ask(view="reported"))
    with pytest.raises(WrongUse, match="not a view"):
        ask(book, "mrr", Ask(view="revised"))  # type: ignore[arg-type]
    assert ask(book, "logo_churn").frame.closed_through is None
    never = MEMORY.book(tables(A), END)
    assert rows_of(never, "reported") == rows_of(never, "restated")


@st.composite
def histories(draw: st.DrawFn) -> list[Small]:
    """A company as it was known at three moments: spans come late, go, change their price, customers merge."""
    first = draw(companies(currencies=("EUR", "USD"), zones=("UTC",)))
    return [first, (second := draw(_known_later(first))), draw(_known_later(second))]


@st.composite
def _known_later(draw: st.DrawFn, company: Small) -> Small:
    spans = [dict(row) for row in company.spans if draw(st.integers(0, 5))]
    for row in spans:
        if not draw(st.integers(0, 4)):
            row["unit_amount_cents"] += draw(st.sampled_from((1, 700, 9999)))
    late = draw(companies(currencies=("EUR", "USD"), zones=("UTC",)))
    if draw(st.booleans()):
        spans += [{**row, "subscription_id": f"late-{row['subscription_id']}"} for row in late.spans]
    customers = {c["customer_id"]: c for c in (*company.tables["customer"], *late.tables["customer"])}
    if draw(st.booleans()) and len(customers) > 1:
        gone, kept = sorted(customers)[:2]
        spans = [{**row, "customer_id": kept if row["customer_id"] == gone else row["customer_id"]} for row in spans]
        del customers[gone]
    return company.having(subscription_span=spans, customer=list(customers.values()))


def check_laws(history: list[Small], folder: Path, by: str | None) -> None:
    """Close through two months as they become known, and hold every law on the way."""
    closings, kept = Closings(MEMORY, folder), {}
    for company, last in zip(history, ("2024-04", "2024-08", None), strict=True):
        book = closings.book(company.tables, AS_OF)
        reported, restated = (rows_of(book, view, by=by) for view in ("reported", "restated"))
        check_bridge(book, reported, by)
        closed = month_text(closings.files[-1].month) if closings.files else ""
        assert {key(r, by): r for r in through(reported, closed)} == kept, "closed months stay"
        check_open(reported, restated, closed, by)
        if last:
            closings.close(book, last)
        if closings.files:
            kept = {key(r, by): r for r in through(rows_of(book, None, by=by), month_text(closings.files[-1].month))}


def key(row: Mapping[str, Any], by: str | None) -> tuple[Any, ...]:
    return (row["month"], row[by] if by else None)


def check_bridge(book: Book, reported: list[dict[str, Any]], by: str | None) -> None:
    """Every row adds up, closing is the stock, and unsliced each month opens where the one before closed."""
    assert all(sum(sign * row[name] for name, sign in BRIDGE.items()) == 0 for row in reported)
    stock = {key(r, by): r["mrr_cents"] for r in rows_of(book, "reported", "mrr", by=by)}
    if by is None:
        assert [r["closing_cents"] for r in reported] == [stock[key(r, by)] for r in reported]
        assert [r["opening_cents"] for r in reported[1:]] == [r["closing_cents"] for r in reported[:-1]]
        assert all(abs(r["identity_adj_cents"]) == 0 for r in reported), "who owns what changes no sum"


def check_open(reported: list[Any], restated: list[Any], closed: str, by: str | None) -> None:
    """Open months but the first are the book's; the first differs in its opening and adjustments alone."""
    if by is not None:
        return
    first = month_text(parse_month(closed) + 1) if closed else ""
    book = {r["month"]: r for r in restated}
    for row in reported:
        if row["month"] > closed and row["month"] in book:
            theirs = book[row["month"]]
            if row["month"] != first:
                assert row == theirs
                continue
            assert row["closing_cents"] == theirs["closing_cents"]
            gap = theirs["opening_cents"] - row["opening_cents"]
            assert abs(row["prior_period_adj_cents"] - gap) <= 1


@given(histories())
@settings(max_examples=3, phases=PHASES)
def test_laws_of_closed_months(history: list[Small]) -> None:
    with TemporaryDirectory() as folder:
        check_laws(history, Path(folder), None)


@given(histories())
@settings(max_examples=2, phases=PHASES)
def test_laws_of_closed_months_by_segment(history: list[Small]) -> None:
    with TemporaryDirectory() as folder:
        check_laws(history, Path(folder), "segment")


@pytest.mark.nightly
@pytest.mark.parametrize("by", [None, "segment"])
def test_laws_of_closed_months_over_many_histories(by: str | None) -> None:
    @given(histories())
    @settings(max_examples=120, phases=PHASES)
    def laws(history: list[Small]) -> None:
        with TemporaryDirectory() as folder:
            check_laws(history, Path(folder), by)

    laws()


def test_the_evidence_holds_nothing_personal(closed: Closings) -> None:
    rows = tables(A, B, C)
    rows["customer"][0].update(tax_id="ES-1234", name="Ana Prat", domain="prat.example")
    found = Closings(MEMORY, closed.folder / "personal")
    found.close(replace(found.book(rows, END)), "2025-03")
    for file in found.folder.glob("*.parquet"):
        content = MEMORY.connection.execute(f"SELECT * FROM read_parquet('{file}')").fetchall()
        assert not any(word in str(content) for word in ("ES-1234", "Ana Prat", "prat.example"))
