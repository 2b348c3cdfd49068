"""Load by hand, and against an oracle that goes through the ledger reply by reply."""

from datetime import date, datetime, timedelta
from math import comb
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from relevo.book.book import Book
from relevo.measures.asking import ask, frame_of
from relevo.measures.card import Ask
from relevo.measures.estimators.balance import in_top_fifth
from relevo.measures.support.effort import Effort, cell_of, effort_of, finished
from relevo.measures.support.hours import weeks_of
from relevo.measures.support.load import LOAD
from tests.measures.support.desks import AS_OF, desk, ledger, moment, random_desk, talk, together


def loads(book: Book, question: Ask | None = None) -> dict[str, dict[str, Any]]:
    return {row["person_id"]: row for row in ask(book, "load", question).rows}


def effort(book: Book, question: Ask | None = None) -> Effort:
    frame = frame_of(book, LOAD.card, question or Ask())
    cells = [cell_of(row) for row in ledger(book, "reply")]
    return effort_of(book.run(finished(book.tables, frame)).dicts(), cells)


def test_minutes_go_by_replies() -> None:
    """Two kinds, always 10 and 60 minutes. Ana wrote 2 of 3 replies of a hard case: 40 minutes; Ben 20 and an easy 10.

    Eight easy cases and two hard ones in all: the hard kind is the top fifth (80 + 10 = 90 %).
    """
    easy = [talk(f"e{k}", "2026-03-03 09:00", [("2026-03-03 10:00", "eva", 600)], closed_at="2026-03-04 00:00",
                 category="login") for k in range(7)]  # fmt: skip
    shared = [("2026-03-03 10:00", "ana", 1200), ("2026-03-04 10:00", "ben", 1200), ("2026-03-05 10:00", "ana", 1200)]
    found = loads(desk(together(
        *easy,
        talk("h1", "2026-03-03 09:00", shared, closed_at="2026-03-06 00:00", category="sso"),
        talk("h2", "2026-03-03 09:00", [("2026-03-03 10:00", "ana", 3600)], closed_at="2026-03-04 00:00",
             category="sso"),
        talk("e9", "2026-03-03 09:00", [("2026-03-03 10:00", "ben", 600)], closed_at="2026-03-04 00:00",
             category="login"),
    )))  # fmt: skip
    assert {who: (r["expected_minutes"], r["hard_share"], r["n"]) for who, r in found.items()} == {
        "ana": (100.0, 1.0, 2), "ben": (30.0, 0.5, 2), "eva": (70.0, 0.0, 7),
    }  # fmt: skip
    # 3 of 11 are hard. Ana has 2 of 2: (3/11)^2; less likely than that is nothing.
    assert found["ana"]["p"] == pytest.approx((3 / 11) ** 2, abs=1e-6)
    assert found["ana"]["after_hours_share"] is None
    # In the week Ana carried the most hard minutes (100), of three people who worked.
    assert [found[who]["weeks_in_top_fifth"] for who in ("ana", "ben", "eva")] == [1, 0, 0]


def test_a_colleague_of_another_team_has_a_part_of_the_case_too() -> None:
    """Ana wrote two of three replies of an hour's case, whichever team is asked for: 40 minutes."""
    shared = [("2026-03-03 10:00", "ana", 1200), ("2026-03-04 10:00", "ben", 1200), ("2026-03-05 10:00", "ana", 1200)]
    people = [{"person_id": who, "name": who, "team": team} for who, team in (("ana", "one"), ("ben", "two"))]
    case = talk("h", "2026-03-03 09:00", shared, closed_at="2026-03-06 00:00", category="sso")
    book = desk(together(case, {"person": people}))
    assert {who: row["expected_minutes"] for who, row in loads(book).items()} == {"ana": 40.0, "ben": 20.0}
    (row,) = ask(book, "load", Ask(where=(("team", "one"),))).rows
    assert (row["person_id"], row["expected_minutes"], row["n"]) == ("ana", 40.0, 1)


def test_a_shift_belongs_to_the_local_day_on_which_it_begins() -> None:
    """Two hard cases each; 8 hours each, but Ana's at 23:30 of 10 January in Madrid (22:30 UTC): a day off, then eight.

    Of 4 hard cases Ana has 2 where half the hours are hers. Read by the summer's clock it began on the 11th.
    """
    hard = [talk(f"h{k}", "2026-03-03 09:00", [("2026-03-03 10:00", "ana" if k % 2 else "ben", 3600)],
                 closed_at="2026-03-04 00:00", category="sso") for k in range(4)]  # fmt: skip
    easy = [talk(f"e{k}", "2026-03-03 09:00", [("2026-03-03 20:00", "ben", 60)], closed_at="2026-03-04 00:00",
                 category="login") for k in range(16)]  # fmt: skip
    shifts = [("ana", "2026-01-10 22:30", 24), ("ana", "2026-02-02 09:00", 8), ("ben", "2026-02-02 09:00", 8)]
    rows = [
        {"person_id": who, "from_at": moment(at), "to_at": moment(at) + timedelta(hours=h)} for who, at, h in shifts
    ]
    absent = [{"person_id": "ana", "from_on": date(2026, 1, 10), "to_on": date(2026, 1, 11)}]
    book = desk(together(*hard, *easy, {"shift": rows, "absence": absent}), timezone="Europe/Madrid")
    assert loads(book)["ana"]["p"] == 1.0


def test_hours_on_shift_are_what_hard_cases_are_held_against() -> None:
    """Ana 8 hours, Ben 24: of 4 hard cases Ana has 3, expected 1. P(3 or 4 of 4 at 1/4) = 13 / 256."""
    hard = [talk(f"h{k}", "2026-03-03 09:00", [("2026-03-03 10:00", "ana" if k else "ben", 3600)],
                 closed_at="2026-03-04 00:00", category="sso") for k in range(4)]  # fmt: skip
    easy = [talk(f"e{k}", "2026-03-03 09:00", [("2026-03-03 20:00", "ben", 60)], closed_at="2026-03-04 00:00",
                 category="login") for k in range(16)]  # fmt: skip
    shifts = [("ana", "2026-03-03 09:00", 8), ("ana", "2026-03-10 09:00", 8), ("ben", "2026-03-03 00:00", 24),
              ("eva", "2026-03-31 20:00", 8)]  # fmt: skip
    rows = [
        {"person_id": who, "from_at": moment(at), "to_at": moment(at) + timedelta(hours=h)} for who, at, h in shifts
    ]
    absent = [{"person_id": "ana", "from_on": date(2026, 3, 10), "to_on": date(2026, 3, 11)}]
    found = loads(desk(together(*hard, *easy, {"shift": rows, "absence": absent})))
    # The hours of Eva, who replied to nothing, are nobody's share here; Ana's second shift fell on her day off.
    assert found["ana"]["p"] == pytest.approx((comb(4, 3) * 3 + 1) / 4**4, abs=1e-6)
    assert found["ana"]["after_hours_share"] == 0.0
    assert found["ben"]["after_hours_share"] == 0.0
    assert set(found) == {"ana", "ben"}


def test_the_window_is_of_whole_months_in_the_companys_zone() -> None:
    """Midnight of January in Madrid is 23:00 UTC the day before; the as-of day ends at 22:00 UTC."""
    told = [("2025-12-31 22:59", "early"), ("2025-12-31 23:00", "ana"), ("2026-03-31 21:59", "ben"),
            ("2026-03-31 22:00", "late")]  # fmt: skip
    parts = [talk(who, "2025-12-01 10:00", [(at, who, 60)]) for at, who in told]
    assert set(loads(desk(together(*parts), timezone="Europe/Madrid"))) == {"ana", "ben"}
    assert set(loads(desk(together(*parts)), Ask(months=1))) == {"ben", "late"}


def test_without_a_finished_conversation_nothing_is_expected() -> None:
    (row,) = loads(desk(talk("t", "2026-03-30 10:00", [("2026-03-30 11:00", "ana", 60)]))).values()
    assert row == {
        "person_id": "ana", "expected_minutes": None, "hard_share": None, "p": None, "after_hours_share": None,
        "weeks_in_top_fifth": None, "n": 1,
    }  # fmt: skip
    assert loads(desk({})) == {}


def test_weeks_begin_on_monday_in_the_zone() -> None:
    found = weeks_of(moment("2026-03-01 23:00"), moment("2026-03-30 22:00"), "Europe/Madrid")
    # 2 March is a Monday in Madrid; summer time begins on 29 March.
    assert found == (*(moment(f"2026-03-{day:02} 23:00") for day in (1, 8, 15, 22)), moment("2026-03-29 22:00"))


@pytest.mark.parametrize("seed", range(6))
def test_against_an_oracle(seed: int) -> None:
    zone = ("UTC", "America/Los_Angeles", "Pacific/Auckland")[seed % 3]
    book = desk(random_desk(seed, shifts=seed % 2 == 0), timezone=zone)
    question = Ask(where=(("segment", "smb"),)) if seed == 4 else Ask(months=2 if seed == 5 else None)
    assert loads(book, question) == oracle(book, question, zone)


def oracle(book: Book, question: Ask, zone: str) -> dict[str, dict[str, Any]]:
    """The same, reply by reply."""
    begins = datetime(2026, 4 - (question.months or 3), 1, tzinfo=ZoneInfo(zone)).timestamp()
    ends = datetime(2026, 4, 1, tzinfo=ZoneInfo(zone)).timestamp()
    smb = {f"c{k}" for k in (0, 3, 6)}

    def second(at: datetime) -> float:
        return at.replace(tzinfo=ZoneInfo("UTC")).timestamp()

    def monday(at: datetime) -> date:
        day = at.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(zone)).date()
        return day - timedelta(days=day.weekday())

    rows = [r for r in ledger(book, "reply") if begins <= second(r["at"]) < ends]
    if question.where:
        rows = [r for r in rows if r["customer_id"] in smb]
    expected = effort(book, question)
    cases: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        cases.setdefault((f"{row['conversation_id']}/{row['episode']}", row["person_id"]), []).append(row)
    whole = {name: sum(len(v) for (n, _), v in cases.items() if n == name) for name, _ in cases}
    found: dict[str, dict[str, Any]] = {}
    for (name, who), mine in cases.items():
        one = found.setdefault(who, {"minutes": 0.0, "hard": 0, "n": 0, "weeks": {}})
        cell, week = cell_of(mine[0]), monday(min(r["at"] for r in mine))
        minutes = len(mine) / whole[name] * expected.minutes[cell]
        one["minutes"] += minutes
        one["n"] += 1
        one["hard"] += cell in expected.hard
        one["weeks"][week] = one["weeks"].get(week, 0.0) + minutes * (cell in expected.hard)
    hours = shift_hours(book, begins, ends, zone, set(found))
    top = dict.fromkeys(found, 0)
    for week in {w for one in found.values() for w in one["weeks"]}:
        there = [who for who, one in found.items() if week in one["weeks"]]
        for who, is_top in zip(there, in_top_fifth([found[w]["weeks"][week] for w in there]), strict=True):
            top[who] += bool(is_top)
    return {
        who: {
            "person_id": who, "expected_minutes": round(one["minutes"], 1),
            "hard_share": round(one["hard"] / one["n"], 6), "p": p_of(who, found, hours),
            "after_hours_share": late([r for r in rows if r["person_id"] == who]),
            "weeks_in_top_fifth": top[who], "n": one["n"],
        }
        for who, one in sorted(found.items())
    }  # fmt: skip


def late(rows: list[dict[str, Any]]) -> float | None:
    known = [r["in_hours"] for r in rows if r["in_hours"] is not None]
    return round(known.count(False) / len(known), 6) if known else None


def shift_hours(book: Book, begins: float, ends: float, zone: str, people: set[str]) -> dict[str, float]:
    """Second by second: shifts less absence, for those who replied."""
    away = {"ana": (date(2026, 2, 2), date(2026, 2, 9))}
    hours: dict[str, float] = {}
    for row in book.run(book.tables.shift.select("person_id", "from_at", "to_at")).dicts():
        since, until = (row[k].replace(tzinfo=ZoneInfo("UTC")) for k in ("from_at", "to_at"))
        day = since.astimezone(ZoneInfo(zone)).date()
        first, back = away.get(row["person_id"], (date.max, date.max))
        took = min(until.timestamp(), ends) - max(since.timestamp(), begins)
        if row["person_id"] in people and took > 0 and not first <= day < back:
            hours[row["person_id"]] = hours.get(row["person_id"], 0) + took
    return hours


def p_of(who: str, found: dict[str, dict[str, Any]], hours: dict[str, float]) -> float | None:
    """The exact binomial test from its definition."""
    if hours and who not in hours:
        return None
    if hours:
        n, chance = sum(found[w]["hard"] for w in hours), hours[who] / sum(hours.values())
    else:
        n, chance = found[who]["n"], sum(o["hard"] for o in found.values()) / sum(o["n"] for o in found.values())
    likely = [comb(n, k) * chance**k * (1 - chance) ** (n - k) for k in range(n + 1)]
    return round(min(1.0, sum(p for p in likely if p <= likely[found[who]["hard"]] * (1 + 1e-9))), 6)


def test_the_as_of_day_is_the_last_one() -> None:
    assert date(2026, 3, 31) == AS_OF
