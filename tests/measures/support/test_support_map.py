"""The three-way picture by hand: a weekend, long hard cases, and the team's average on the same mix."""

from statistics import median
from typing import Any

import numpy as np
import pytest

from relevo.book.book import Book
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from relevo.measures.support.effort import cell_of
from relevo.measures.support.support_map import FEWEST, team_of
from tests.measures.support.desks import desk, ledger, moment, random_desk, talk, together

HOURS = [{"schedule_id": "office", "timezone": "UTC", "weekday": d, "opens": "09:00", "closes": "17:00"}
         for d in ("mon", "tue", "wed", "thu", "fri")]  # fmt: skip
# Friday 6 March 2026 to Tuesday: when a customer wrote, when Ana replied, and the open minutes between, by hand.
TWELVE = (
    ("2026-03-06 09:00", "2026-03-06 09:20", 20), ("2026-03-06 10:00", "2026-03-06 10:40", 40),
    ("2026-03-06 16:00", "2026-03-06 16:30", 30), ("2026-03-06 16:30", "2026-03-09 09:30", 60),
    ("2026-03-06 16:59", "2026-03-09 09:09", 10), ("2026-03-06 18:00", "2026-03-09 09:50", 50),
    ("2026-03-07 12:00", "2026-03-09 10:30", 90), ("2026-03-08 23:00", "2026-03-09 11:00", 120),
    ("2026-03-09 08:00", "2026-03-09 09:05", 5), ("2026-03-09 12:00", "2026-03-09 13:10", 70),
    ("2026-03-09 16:00", "2026-03-10 10:20", 140), ("2026-03-10 09:00", "2026-03-10 10:50", 110),
)  # fmt: skip


def shown(book: Book, question: Ask | None = None) -> dict[str, dict[str, Any]]:
    return {row["person_id"]: row for row in ask(book, "support_map", question).rows}


def twelve(**known: Any) -> dict[str, list[dict[str, Any]]]:
    return together(*(talk(f"t{k:02}", asked, [(told, "ana", None)], customer_id=f"c{k % 6}", **known)
                      for k, (asked, told, _) in enumerate(TWELVE)))  # fmt: skip


def test_twelve_conversations_with_a_weekend() -> None:
    """Row S0-45. In order 5 10 20 30 40 50 | 60 70 90 110 120 140 minutes of open hours: the median is 55 minutes."""
    (row,) = shown(desk({**twelve(), "schedule": HOURS})).values()
    assert row == {
        "person_id": "ana", "customers": 6, "response_s": 55 * 60, "replies_per_customer": 2.0,
        "expected_response_s": 55 * 60, "expected_replies": 2.0,
    }  # fmt: skip
    # Without a schedule the weekend counts: 20 30 40 65 70 110 | 720 ... minutes.
    (calendar,) = shown(desk(twelve())).values()
    calendar_minutes = sorted((moment(b) - moment(a)).total_seconds() for a, b, _ in TWELVE)
    assert calendar["response_s"] == median(calendar_minutes)


def test_shifts_are_the_fairest_clock() -> None:
    """Ana works from 10:00 on Monday: of the reply at 10:30 thirty minutes were hers, of that at 11:00 an hour."""
    shift = [{"person_id": "ana", "from_at": moment("2026-03-09 10:00"), "to_at": moment("2026-03-09 18:00")}]
    told = [("2026-03-09 10:30", "ana", None)], [("2026-03-09 11:00", "ana", None)], [("2026-03-09 11:00", "ben", None)]
    parts = [talk(f"t{k}", "2026-03-09 08:00", replies) for k, replies in enumerate(told)]
    found = shown(desk({**together(*parts), "schedule": HOURS, "shift": shift}))
    assert (found["ana"]["response_s"], found["ana"]["expected_response_s"]) == (2700, 2700)
    # Ben's shifts are not known, and his wait is not told by another clock.
    assert (found["ben"]["response_s"], found["ben"]["expected_response_s"]) == (None, None)
    assert (found["ben"]["replies_per_customer"], found["ben"]["customers"]) == (1.0, 1)


def desk_of(mix: dict[str, tuple[int, int]]) -> Book:
    """Each person with so many easy cases (one reply in an hour) and hard ones (three replies, the first in five)."""
    parts = []
    for who, (easy, hard) in mix.items():
        parts += [talk(f"{who}-e{k}", "2026-03-03 08:00", [("2026-03-03 09:00", who, None)], category="login",
                       customer_id=f"{who}{k}") for k in range(easy)]  # fmt: skip
        told = [(f"2026-03-03 {13 + k}:00", who, None) for k in range(3)]
        parts += [talk(f"{who}-h{k}", "2026-03-03 08:00", told, category="sso", customer_id=f"{who}h{k}")
                  for k in range(hard)]  # fmt: skip
    return desk(together(*parts))


def test_long_work_on_hard_cases_is_as_expected() -> None:
    """Row S0-53, T1: alike on every kind, unlike in mix. Ana has fewer customers and more replies, as it should be."""
    found = shown(desk_of({"ana": (5, 25), "ben": (30, 2)}))
    assert (found["ana"]["customers"], found["ben"]["customers"]) == (30, 32)
    for row in found.values():
        assert row["replies_per_customer"] == row["expected_replies"]
        assert row["response_s"] == row["expected_response_s"]
    assert (found["ana"]["response_s"], found["ana"]["expected_replies"]) == (5 * 3600, round(80 / 30, 6))
    assert (found["ben"]["response_s"], found["ben"]["expected_replies"]) == (3600, round(36 / 32, 6))


def test_a_kind_with_few_is_that_of_the_channel() -> None:
    """Three hard cases of the team are too few: the eight of the channel speak for them, and six are too."""
    found = shown(desk_of({"ana": (0, 3), "ben": (5, 0)}))
    # All eight cases have 3 x 3 + 5 = 14 replies; the responses of all are five times 1 h and three times 5 h.
    assert (found["ana"]["expected_replies"], found["ben"]["expected_replies"]) == (14 / 8, 14 / 8)
    assert found["ana"]["expected_response_s"] == 3600


def test_pools() -> None:
    """Twenty in a cell speak for themselves; nineteen are pooled with what shares category and channel."""

    def case(tier: str, n: int, replies: int) -> dict[str, Any]:
        cell = {"category": "a", "channel": "mail", "tier": tier, "priority": None}
        return {**cell, "cases": n, "replies": replies, "n": n, "seconds": n * replies}

    rows = [case("gold", FEWEST, 20), case("basic", FEWEST - 1, 190)]
    ways = team_of(rows, rows)
    gold, basic = (cell_of(row) for row in rows)
    assert ways.replies_on({gold: 2}) == 2.0
    assert ways.replies_on({basic: 1}) == pytest.approx(210 / 39)
    assert (ways.response({gold: 1}), ways.response({basic: 1})) == (20.0, 20.0)
    assert ways.response({}) is None
    assert team_of([], rows).response({gold: 1}) is None


def test_replies_to_nobody_known() -> None:
    (row,) = shown(desk(talk("t", "2026-03-03 08:00", [("2026-03-03 09:00", "ana", None)], customer_id=None))).values()
    assert row == {
        "person_id": "ana", "customers": 0, "response_s": 3600, "replies_per_customer": None,
        "expected_response_s": None, "expected_replies": None,
    }  # fmt: skip
    assert shown(desk({})) == {}


@pytest.mark.parametrize("seed", range(4))
def test_against_an_oracle(seed: int) -> None:
    """Everything but what is expected of a mix, from the ledger; and that from every reply of the pool."""
    book = desk(random_desk(seed, talks=300, shifts=seed % 2 == 1))
    rows = [r for r in ledger(book, "reply") if moment("2026-01-01") <= r["at"] < moment("2026-04-01")]
    clock = "reaction_s" if seed % 2 else "wait_s"
    found = shown(book)
    assert found.keys() == {r["person_id"] for r in rows}
    for who, row in found.items():
        mine = [r for r in rows if r["person_id"] == who]
        customers = {r["customer_id"] for r in mine} - {None}
        times = [r[clock] for r in mine if r["wait_s"] is not None and r[clock] is not None]
        assert row["customers"] == len(customers)
        assert row["response_s"] == (round(median(times)) if times else None)
        known = [r for r in mine if r["customer_id"] is not None]
        assert row["replies_per_customer"] == round(len(known) / len(customers), 6)
        assert row["expected_replies"] == pytest.approx(_replies(known, rows) / len(customers), abs=1e-6)
        if times:
            assert row["expected_response_s"] == pytest.approx(_response(known, rows, clock), rel=0.06, abs=1)


def _levels(row: dict[str, Any]) -> list[Any]:
    cell = cell_of(row)
    return [cell, cell[:2], cell[1], None]


def _speaks(row: dict[str, Any], sizes: list[dict[Any, int]]) -> int:
    return next((k for k in range(3) if sizes[k].get(_levels(row)[k], 0) >= FEWEST), 3)


def _replies(mine: list[dict[str, Any]], rows: list[dict[str, Any]]) -> float:
    """Over the person's cases, the mean replies per case and person of the pool that speaks for it."""
    cases: dict[Any, dict[str, Any]] = {}
    for row in (r for r in rows if r["customer_id"] is not None):
        one = cases.setdefault((row["conversation_id"], row["episode"], row["person_id"]), {**row, "count": 0})
        one["count"] += 1
    sizes: list[dict[Any, int]] = [{} for _ in range(4)]
    for one in cases.values():
        for k, key in enumerate(_levels(one)):
            sizes[k][key] = sizes[k].get(key, 0) + 1
    total, whose = 0.0, {r["person_id"] for r in mine}
    for one in cases.values():
        if one["person_id"] in whose:
            k = _speaks(one, sizes)
            pool = [o["count"] for o in cases.values() if _levels(o)[k] == _levels(one)[k]]
            total += sum(pool) / len(pool)
    return total


def _response(mine: list[dict[str, Any]], rows: list[dict[str, Any]], clock: str) -> float:
    """The weighted median of the pools' replies, each pool with the weight of the person's replies."""
    team = [r for r in rows if r["wait_s"] is not None and r[clock] is not None]
    sizes: list[dict[Any, int]] = [{} for _ in range(4)]
    for row in team:
        for k, key in enumerate(_levels(row)):
            sizes[k][key] = sizes[k].get(key, 0) + 1
    pairs = []
    for row in (r for r in mine if r["wait_s"] is not None):
        k = _speaks(row, sizes)
        pool = [r[clock] for r in team if _levels(r)[k] == _levels(row)[k]]
        pairs += [(value, 1 / len(pool)) for value in pool]
    values, weights = (np.array(v) for v in zip(*sorted(pairs), strict=True))
    return float(values[np.searchsorted(np.cumsum(weights) / weights.sum(), 0.5)])
