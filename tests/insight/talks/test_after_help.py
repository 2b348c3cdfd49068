"""Curves after help: who is followed from when, by hand; and simulated companies with and without an effect."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from relevo.book.book import Book
from relevo.insight.talks.after_help import FEWEST, LANDMARKS, AfterHelp, after_help, after_help_of, life_cells
from relevo.insight.talks.moments import ALIKE, Followed, followed, helped, others, spells
from tests.measures.support.contacts import asked, book, pays

AS_OF = "2026-06-30"


def told(of: Book) -> dict[str, list[tuple[Any, ...]]]:
    """By customer the lives of the helped: day followed from, and the day it ended."""
    rows = of.run(followed(helped(of.tables, Followed.of(of), "first_resolved_at"), of.tables, Followed.of(of))).dicts()
    found: dict[str, list[tuple[Any, ...]]] = {}
    for r in sorted(rows, key=lambda r: r["day"]):
        found.setdefault(r["customer_id"], []).append((day(r["day"]), day(r["until_day"])))
    return found


def day(number: int | None) -> str | None:
    return None if number is None else str(date(1970, 1, 1) + timedelta(days=number))


def test_who_left_and_came_back_ends_on_each_day_that_it_left() -> None:
    """Helped in the first stretch ends with it, though the customer pays again since; helped between is in none."""
    spans = [pays("a", "2025-01-01", "2025-06-15"), pays("a", "2025-09-01", None, item_id="again")]
    of = book(AS_OF, spans, asked(1, "a", "2025-05-01"), asked(2, "a", "2025-07-20"), asked(3, "a", "2025-10-05"))
    assert told(of) == {"a": [("2025-05-01", "2025-06-15"), ("2025-10-05", None)]}
    ends = of.run(spells(of.tables)).dicts()
    assert {(day(r["since_day"]), day(r["until_day"])) for r in ends} == {
        ("2025-01-01", "2025-06-15"), ("2025-09-01", None),
    }  # fmt: skip


def test_the_first_solution_of_a_quarter_counts_and_follows_from_its_own_day() -> None:
    """Solved two days after it was asked; the second of the quarter is the same customer again."""
    talks = [asked(1, "a", "2025-05-01", wait_hours=48, resolved_hours=48), asked(2, "a", "2025-06-01"),
             asked(3, "a", "2025-07-01"), asked(4, "a", "2025-08-01", resolved_hours=None)]  # fmt: skip
    of = book(AS_OF, [pays("a", "2025-01-01")], *talks)
    assert told(of) == {"a": [("2025-05-03", None), ("2025-07-01", None)]}


def test_others_have_one_day_a_quarter_and_had_not_written_for_90_days() -> None:
    """Ten customers, each followed from the first of one month of each of eight quarters; one wrote in January."""
    names = [f"c{i}" for i in range(10)]
    of = book(AS_OF, [pays(c, "2024-01-01") for c in names], asked(1, "c0", "2026-01-10"))
    found = of.run(others(of.tables, Followed.of(of))).dicts()
    days = Counter((r["customer_id"], r["quarter"]) for r in found)
    assert set(days.values()) == {1}
    assert {c: sum(1 for name, _ in days if name == c) for c in names} == {c: 8 - (c == "c0") for c in names}
    assert {r["month"] % 3 for r in found if r["customer_id"] == "c3"} == {0}


def test_lives_are_censored_where_the_book_ends_and_after_a_year() -> None:
    spans = [pays("gone", "2024-01-01", "2025-03-02"), pays("fresh", "2024-01-01"), pays("long", "2024-01-01")]
    talks = [asked(1, "gone", "2025-02-10"), asked(2, "fresh", "2026-06-20"), asked(3, "long", "2025-02-10")]
    of = book(AS_OF, spans, *talks)
    rows = of.run(life_cells(of.tables, Followed.of(of))).dicts()
    assert {(r["days"], r["is_gone"]) for r in rows if r["is_helped"]} == {(20, True), (10, False), (365, False)}


def test_use_after_is_of_use_before_and_none_once_gone() -> None:
    """25 helped in March and 25 left alone use 100 in February; in April the helped use 150, and five are gone.

    Followed from 1 March are those at places 2, 5, 8 ...: eight never helped (100 in April), and eight who are helped
    later in March and stay among the others: one of those gone, and seven with 150.
    """
    names = [f"{side}{i:02}" for side in "ho" for i in range(25)]
    spans = [pays(c, "2023-01-01", "2026-03-28" if c in ("h00", "h01", "h02", "h03", "h04") else None) for c in names]
    use = [
        {"customer_id": c, "on_date": date(2026, month, 5), "feature": "f", "events": 100 if month == 2 else more}
        for c in names
        for month, more in ((2, 100), (4, 150 if c.startswith("h") else 100))
        if not (month == 4 and c in ("h00", "h01", "h02", "h03", "h04"))
    ]
    talks = [asked(i, c, f"2026-03-{2 + i % 20:02}") for i, c in enumerate(names) if c.startswith("h")]
    found = after_help_of(book(AS_OF, spans, *talks, usage=use))
    (after,) = [u for u in found.use if u.days == 30]
    assert after.helped == pytest.approx(150 * 20 / (100 * 25))
    assert after.others == pytest.approx((8 * 100 + 7 * 150) / 1600)
    assert after.difference == pytest.approx(1.2 - 1.15625)


def test_too_few_on_a_side_or_nobody_alike_tell_nothing() -> None:
    assert after_help([], []) == AfterHelp(0, 0, 0, (), (), ())
    few = simulated(np.random.default_rng(1), FEWEST - 1, 0.01)
    assert after_help(few, []).curve == ()
    apart = [r | {"segment": "x" if r["is_helped"] else "y"} for r in simulated(np.random.default_rng(1), 400, 0.01)]
    assert after_help(apart, []).heights == ()


def simulated(rng: np.random.Generator, n: int, hazard: float, ratio: float = 1.0) -> list[dict[str, Any]]:
    """Lives of `n` helped and as many others: the helped are more often small, and small ones leave three times as
    fast.

    The helped leave `ratio` times as fast as others of their segment, which are followed for 40 to 400 days.
    """
    rows = Counter[tuple[Any, ...]]()
    for is_helped in (True, False):
        small = rng.random(n) < (0.7 if is_helped else 0.3)
        pace = hazard * np.where(small, 3.0, 1.0) * (ratio if is_helped else 1.0)
        left, seen = rng.geometric(np.minimum(pace / 30, 1), n), rng.integers(40, 400, n)
        days = np.minimum(np.minimum(left, seen), 365)
        gone = (left <= seen) & (left <= 365)
        for s, g, d, e in zip(small, rng.integers(0, 20, n), days, gone, strict=True):
            rows[bool(s), is_helped, int(g), bool(e), int(d)] += 1
    return [
        {**dict.fromkeys(ALIKE, 1), "segment": "small" if s else "large", "is_helped": h, "group": g, "is_gone": e,
         "days": d, "n": n}
        for (s, h, g, e, d), n in rows.items()
    ]  # fmt: skip


def truth(hazard: float, ratio: float, days: int) -> float:
    """The difference of the shares that stay, on the mix of the helped."""
    stay = [(1 - hazard * k / 30) ** days for k in (3.0, 1.0)]
    with_help = [(1 - hazard * k * ratio / 30) ** days for k in (3.0, 1.0)]
    return float(np.dot([0.7, 0.3], np.subtract(with_help, stay)))


def test_a_difference_of_mix_is_not_a_difference_of_help() -> None:
    """One company of the simulation: as seen the helped stay less, alike they do not."""
    rows = simulated(np.random.default_rng(4), 3000, 0.02)
    found = after_help(rows, [])
    crude = [sum(r["n"] for r in rows if r["is_helped"] is h and r["is_gone"]) / 3000 for h in (True, False)]
    year = found.heights[LANDMARKS.index(180)]
    assert crude[0] > crude[1] + 0.05
    assert year.low is not None
    assert year.high is not None
    assert year.low < 0 < year.high
    assert (found.n_helped, found.n_matched, found.n_others) == (3000, 3000, 3000)
    assert found.curve[0] == (0, 1.0, 1.0)


@pytest.mark.sims
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_differences_are_not_biased_and_their_intervals_cover(ratio: float) -> None:
    errors, held = {d: [] for d in LANDMARKS}, {d: [] for d in LANDMARKS}
    for seed in range(200):
        found = after_help(simulated(np.random.default_rng(seed), 1500, 0.02, ratio), [])
        for h in found.heights:
            wanted = truth(0.02, ratio, h.days)
            if h.low is not None and h.high is not None and h.difference is not None:
                errors[h.days].append(h.difference - wanted)
                held[h.days].append(h.low <= wanted <= h.high)
    for days in LANDMARKS:
        assert abs(np.mean(errors[days])) < 0.005
        assert np.mean(held[days]) > 0.9
