"""Hand-offs and promises of random small companies: laws, and every figure worked out row by row in plain Python."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from relevo.book.book import Book
from relevo.measures.asking import ask
from relevo.measures.card import Ask, Record
from tests.measures.memory import Memory

AS_OF = date(2025, 6, 30)
EXAMPLES = 25
PEOPLE = ("ana", "ben", None)
ZONES = ("UTC", "America/Los_Angeles", "Pacific/Auckland")
Row = dict[str, Any]
FIDELITY, PROMISES = "handoff_fidelity", "promises"

# Moments of the book are UTC without saying so.
_MIDNIGHT = datetime.fromisoformat("2025-06-30")
_moments = st.one_of(
    st.none(),
    st.integers(-24 * 400, 24 * 20).map(lambda hours: _MIDNIGHT + timedelta(hours=hours, minutes=30)),
    st.integers(-30, 40).map(lambda hours: _MIDNIGHT + timedelta(hours=hours)),
)
_shares = st.one_of(st.none(), st.sampled_from([0, 1, 2, 3, 4, 5, 6, 7]).map(lambda k: str(round(Decimal(k) / 6, 18))))
_counts = st.one_of(st.none(), st.integers(0, 8))
_handoffs = st.fixed_dictionaries(
    {
        "customer_id": st.sampled_from("abc"), "from_person_id": st.sampled_from(PEOPLE),
        "to_person_id": st.sampled_from(PEOPLE), "template": st.sampled_from(("sale", None)), "given_at": _moments,
        "confirmed_at": _moments, "completeness": _shares, "accuracy": _shares, "items": _counts, "reasks": _counts,
        "reasks_unfilled": _counts,
    }
)  # fmt: skip
_promises = st.fixed_dictionaries(
    {
        "customer_id": st.sampled_from("abc"), "person_id": st.sampled_from(PEOPLE),
        "product_state": st.sampled_from(("exists", "planned", "absent")),
        "made_at": _moments.map(lambda at: at or _MIDNIGHT),
        "due_on": st.one_of(st.none(), st.integers(-100, 20).map(lambda days: AS_OF + timedelta(days=days))),
        "kept_at": _moments, "broken_at": _moments,
    }
)  # fmt: skip


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


def book(memory: Memory, zone: str, **tables: list[Row]) -> Book:
    keyed = {name: [{f"{name}_id": str(i), **row} for i, row in enumerate(rows)] for name, rows in tables.items()}
    customers = [{"customer_id": c, "name": c, "segment": s} for c, s in (("a", "smb"), ("b", "ent"), ("c", None))]
    return memory.book({"customer": customers, **keyed}, AS_OF, timezone=zone)


def rows(of: Book, name: str, **question: Any) -> list[Record]:
    return list(ask(of, name, Ask(**question)).rows)


def local(at: datetime | None, zone: str) -> date | None:
    return None if at is None else at.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).date()


def rounded(value: Fraction) -> float:
    return float(int(value * 10**6 + Fraction(1, 2))) / 10**6


# Fidelity -------------------------------------------------------------------------------------------------


def judged(found: Iterable[Row], zone: str, since: date = date.min) -> list[tuple[Fraction, Fraction, Fraction, Row]]:
    """Completeness, accuracy and re-ask rate of every hand-off that can be judged."""
    kept = []
    for row in found:
        day = local(row["confirmed_at"], zone)
        if day is None or not since <= day <= AS_OF or row["completeness"] is None or row["accuracy"] is None:
            continue
        shares = Fraction(row["completeness"]), Fraction(row["accuracy"])
        if max(shares) <= 1:
            rate = min(Fraction(1), Fraction(row["reasks_unfilled"] or 0, row["items"] or 6))
            kept.append((*shares, rate, row))
    return kept


def expected(kept: list[tuple[Fraction, Fraction, Fraction, Row]]) -> Record:
    n = len(kept)
    means = [rounded(sum((each[i] for each in kept), Fraction(0)) / n) if n else None for i in range(3)]
    products = [c * a * (1 - r) for c, a, r, _ in kept]
    fidelity = rounded(sum(products, Fraction(0)) / n) if n else None
    return dict(zip(("n", "completeness", "accuracy", "reask_rate", "fidelity"), (n, *means, fidelity), strict=True))


@given(st.lists(_handoffs, max_size=12), st.sampled_from(ZONES))
@settings(max_examples=EXAMPLES)
def test_fidelity_is_that_of_the_rows(memory: Memory, handoffs: list[Row], zone: str) -> None:
    made = book(memory, zone, handoff=handoffs)
    kept = judged(handoffs, zone)
    (whole,) = rows(made, FIDELITY)
    assert {k: whole[k] for k in expected([])} == expected(kept)
    _interval_is_students(whole, [float(c * a * (1 - r)) for c, a, r, _ in kept])
    for by, column in (("from_person", "from_person_id"), ("to_person", "to_person_id"), ("template", "template")):
        groups = {each[3][column] or "(none)" for each in kept}
        told = {r[by]: {k: r[k] for k in expected([])} for r in rows(made, FIDELITY, by=by)}
        assert told == {g: expected([e for e in kept if (e[3][column] or "(none)") == g]) for g in groups}
    windowed = expected(judged(handoffs, zone, date(2025, 5, 1)))
    assert {k: rows(made, FIDELITY, months=2)[0][k] for k in windowed} == windowed
    memory.forget(made)


def _interval_is_students(row: Record, products: list[float]) -> None:
    if len(products) < 2:
        assert (row["low"], row["high"]) == (None, None)
        return
    mean, error = sum(products) / len(products), stats.sem(products)
    half = stats.t.ppf(0.975, len(products) - 1) * error
    assert (row["low"], row["high"]) == pytest.approx((max(mean - half, 0), min(mean + half, 1)), abs=2e-6)
    assert row["low"] <= row["fidelity"] <= row["high"]


@given(st.lists(_handoffs, max_size=12))
@settings(max_examples=EXAMPLES)
def test_fidelity_is_at_most_each_of_its_parts_and_groups_make_the_whole(memory: Memory, handoffs: list[Row]) -> None:
    made = book(memory, "UTC", handoff=handoffs)
    (whole,) = rows(made, FIDELITY)
    for by in ("from_person", "to_person", "template", "segment"):
        cut = rows(made, FIDELITY, by=by)
        assert sum(r["n"] for r in cut) == whole["n"]
        if cut:
            assert sum(r["n"] * r["fidelity"] for r in cut) / whole["n"] == pytest.approx(whole["fidelity"], abs=2e-6)
        for r in cut:
            assert 0 <= r["fidelity"] <= min(r["completeness"], r["accuracy"], rounded(1 - Fraction(r["reask_rate"])))
    memory.forget(made)


# Promises -------------------------------------------------------------------------------------------------


def fate(row: Row, zone: str) -> str | None:
    """What has become of a promise by the as-of day: kept, late, broken, open; None where it was not made yet."""
    made, kept, broken = (local(row[name], zone) for name in ("made_at", "kept_at", "broken_at"))
    if made is None or made > AS_OF:
        return None
    if kept is not None and kept <= AS_OF:
        was_broken = row["broken_at"] is not None and row["broken_at"] < row["kept_at"]
        return "late" if was_broken or (row["due_on"] is not None and kept > row["due_on"]) else "kept"
    is_over = row["due_on"] is not None and row["due_on"] <= AS_OF
    return "broken" if is_over or (broken is not None and broken <= AS_OF) else "open"


def counted(fates: list[str]) -> Record:
    kept, late, broken = (fates.count(name) for name in ("kept", "late", "broken"))
    due = kept + late + broken
    gap = rounded(Fraction(late + broken, due)) if due else None
    return {
        "made": len(fates), "due": due, "kept": kept, "late": late, "broken": broken, "gap": gap, "n": len(fates),
    }  # fmt: skip


@given(st.lists(_promises, max_size=15), st.sampled_from(ZONES))
@settings(max_examples=EXAMPLES)
def test_promises_are_those_of_the_rows(memory: Memory, promises: list[Row], zone: str) -> None:
    made = book(memory, zone, promise=promises)
    told = [(row, became) for row in promises if (became := fate(row, zone))]
    assert rows(made, PROMISES) == [counted([became for _, became in told])]
    segments = {"a": "smb", "b": "ent"}
    for by, of in (
        ("person", lambda row: row["person_id"]), ("product_state", lambda row: row["product_state"]),
        ("segment", lambda row: segments.get(row["customer_id"])),
    ):  # fmt: skip
        groups = sorted({of(row) or "(none)" for row, _ in told})
        wanted = [{by: g, **counted([f for row, f in told if (of(row) or "(none)") == g])} for g in groups]
        assert rows(made, PROMISES, by=by) == wanted
    memory.forget(made)


@given(st.lists(_promises, max_size=15), st.sampled_from(ZONES))
@settings(max_examples=EXAMPLES)
def test_what_is_due_is_kept_late_or_broken_and_groups_make_the_whole(
    memory: Memory, promises: list[Row], zone: str
) -> None:
    made = book(memory, zone, promise=promises)
    (whole,) = rows(made, PROMISES)
    counts = ("made", "due", "kept", "late", "broken", "n")
    for by in ("person", "product_state", "segment", "seller"):
        cut = rows(made, PROMISES, by=by)
        assert {name: sum(r[name] for r in cut) for name in counts} == {name: whole[name] for name in counts}
        for r in (*cut, whole):
            assert r["kept"] + r["late"] + r["broken"] == r["due"] <= r["made"]
            assert (r["gap"] is None) == (r["due"] == 0)
    memory.forget(made)
