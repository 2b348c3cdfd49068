"""First answers by hand, as laws, and against a slow count over random help desks."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import ibis
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.base.periods import Grain, parse_month
from relevo.book.book import Book
from relevo.measures.asking import ask, customers_behind
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask, Record
from relevo.measures.estimators.survival import kaplan_meier as estimated
from relevo.measures.support.quantiles import marks, quantile
from tests.book.ledger.talks import Row, at, office, talk, together
from tests.measures.memory import Memory
from tests.measures.waits_oracle import Desk, kaplan_meier

MIN, HOUR = 60, 3600
MARCH = "2026-03"
GOLD = Assumptions(response_promises=(("gold", 60),))


@pytest.fixture(scope="module")
def memory() -> Memory:
    return Memory()


def book(memory: Memory, *parts: Mapping[str, Sequence[Row]], as_of: str = "2026-03-31", **more: Any) -> Book:
    return memory.book(together(*parts), date.fromisoformat(as_of), ledger=True, **more)


def told(found: Book, question: Ask | None = None) -> list[Record]:
    return list(ask(found, "waits", question).rows)


def row_of(found: Book, question: Ask | None = None, month: str = MARCH) -> Record:
    (row,) = (r for r in told(found, question) if r["month"] == month)
    return row


# By hand


def test_twelve_conversations_with_a_weekend_between(memory: Memory) -> None:
    """Row S0-45. Open from 9 to 17, Monday to Friday; the 2nd of March 2026 is a Monday.

    Minutes by the wall and in open hours: 30 30, 60 60, 90 90, 120 120, 15 15, 240 240 in the day; 900 60 over a night
    (16:30 to 7:30: half an hour of one day, none of the next), 990 60 (16:30 to 9:00: 30), and so on as written below.
    """
    spans = [
        ("9:00", "9:30", 30, 30),
        ("10:00", "11:00", 60, 60),
        ("10:00", "11:30", 90, 90),
        ("1+9:00", "1+11:00", 120, 120),
        ("1+16:50", "1+17:05", 15, 10),  # ten minutes before closing
        ("2+12:00", "2+16:00", 240, 240),
        ("2+16:30", "3+9:30", 1020, 60),  # over a night
        ("3+18:00", "4+8:00", 840, 0),  # asked and answered out of hours: 0, not null
        ("4+16:00", "7+10:00", 3960, 120),  # Friday to Monday
        ("5+12:00", "7+9:20", 2720, 20),  # asked on Saturday
        ("4+9:00", "7+9:00", 4320, 480),  # a whole Friday
        ("8+9:00", "8+9:05", 5, 5),
    ]
    talks = [talk(f"t{i}", [(asked, "c"), (answered, "ana")]) for i, (asked, answered, *_) in enumerate(spans)]
    row = row_of(book(memory, office(), *talks))
    wall, hours = (sorted(span[place] for span in spans) for place in (2, 3))
    assert wall == [5, 15, 30, 60, 90, 120, 240, 840, 1020, 2720, 3960, 4320]
    assert hours == [0, 5, 10, 20, 30, 60, 60, 90, 120, 120, 240, 480]
    assert (row["first_response_s"], row["first_response_p90_s"]) == ((120 + 240) // 2 * MIN, 3960 * MIN)  # 11th of 12
    assert (row["business_s"], row["n"], row["open_n"]) == (60 * MIN, 12, 0)


def test_without_a_schedule_open_hours_are_not_known(memory: Memory) -> None:
    row = row_of(book(memory, talk("t", [("10:00", "c"), ("10:30", "ana")])), Ask(assumptions=GOLD))
    assert (row["first_response_s"], row["business_s"], row["within_promise"]) == (30 * MIN, None, None)


def test_only_first_answers_count_and_never_those_to_our_own_messages(memory: Memory) -> None:
    said = [("10:00", "c"), ("10:10", "ana"), ("11:00", "c"), ("15:00", "ana")]
    ours = talk("ours", [("9:00", "ana"), ("9:01", "c"), ("20:00", "ana")])
    row = row_of(book(memory, talk("t", said), ours))
    assert (row["first_response_s"], row["n"]) == (10 * MIN, 1)


def test_who_still_waits_is_not_left_out(memory: Memory) -> None:
    """One is answered after an hour, two wait longer: half are not answered yet, so no median is known."""
    parts = [talk("a", [("10:00", "c"), ("11:00", "ana")]), *(talk(n, [("10:00", "c")]) for n in ("b", "d"))]
    row = row_of(book(memory, *parts))
    assert (row["first_response_s"], row["n"], row["open_n"]) == (None, 1, 2)
    one = row_of(book(memory, *parts[:2]))
    assert (one["first_response_s"], one["first_response_p90_s"], one["open_n"]) == (HOUR, None, 1)


def test_a_past_month_never_changes(memory: Memory) -> None:
    """Open at the end of March and answered in April: as of March, of April, and of May it is open in March."""
    late = talk("late", [("29+10:00", "c"), ("35+10:00", "ana")], tier="gold")
    parts = [office(), late, talk("soon", [("10:00", "c"), ("10:30", "ana")], tier="gold")]
    days = ("2026-03-31", "2026-04-30", "2026-05-31")
    found = [book(memory, *parts, as_of=day) for day in days]
    marches = [row_of(each, Ask(assumptions=GOLD)) for each in found]
    assert marches[0] == marches[1] == marches[2]
    assert (marches[0]["n"], marches[0]["open_n"], marches[0]["within_promise"]) == (1, 1, 0.5)
    april = row_of(found[2], Ask(assumptions=GOLD), "2026-04")
    assert (april["n"], april["open_n"], april["within_promise"]) == (1, 0, 0.0)
    assert april["first_response_s"] == 6 * 24 * HOUR
    assert row_of(found[2], None, "2026-05")["n"] == 0


def test_what_was_closed_without_an_answer_leaves_on_that_day(memory: Memory) -> None:
    left = talk("left", [("10:00", "c")], closed_at="33+15:00", close_reason="no_reply")
    found = book(memory, left, talk("a", [("10:00", "c"), ("11:00", "ana")]), as_of="2026-04-30")
    assert [(r["n"], r["open_n"], r["given_up_n"]) for r in told(found)] == [(1, 1, 0), (0, 0, 1)]
    quick = talk("quick", [("10:00", "c")], closed_at="15:00", tier="gold")
    row = row_of(book(memory, office(), quick, as_of="2026-04-30"), Ask(assumptions=GOLD))
    assert (row["n"], row["open_n"], row["given_up_n"], row["within_promise"]) == (0, 0, 1, None)


def test_a_month_begins_and_ends_where_the_company_is(memory: Memory) -> None:
    """Answered on 31 March at 22:30 UTC: that is April in Madrid."""
    parts = [talk("t", [("29+22:00", "c"), ("29+22:30", "ana")])]
    for zone, month in (("UTC", "2026-03"), ("Europe/Madrid", "2026-04")):
        (row,) = (r for r in told(book(memory, *parts, as_of="2026-04-30", timezone=zone)) if r["n"])
        assert row["month"] == month


def test_quarters_are_asked_as_months_are(memory: Memory) -> None:
    parts = [talk("a", [("10:00", "c"), ("11:00", "ana")]), talk("b", [("60+10:00", "c"), ("60+13:00", "ana")])]
    found = told(book(memory, *parts, as_of="2026-06-30"), Ask(grain=Grain.QUARTER))
    assert [(r["month"], r["first_response_s"], r["n"]) for r in found] == [
        ("2026-03", HOUR, 1),
        ("2026-06", 3 * HOUR, 1),
    ]


def test_what_was_answered_before_the_months_asked_for_is_in_none(memory: Memory) -> None:
    parts = [talk("a", [("10:00", "c"), ("11:00", "ana")]), talk("b", [("40+10:00", "c"), ("40+13:00", "ana")])]
    found = told(book(memory, *parts, as_of="2026-04-30"), Ask(first=parse_month("2026-04")))
    assert [(r["month"], r["n"], r["open_n"]) for r in found] == [("2026-04", 1, 0)]


# The promise


@pytest.mark.parametrize(
    ("asked", "answered", "kept"),
    [
        ("10:00", "11:00", 1.0),
        ("10:00", "11:01", 0.0),
        ("16:00", "17:00", 1.0),  # on closing time
        ("16:00", "1+9:00", 1.0),  # no open second has passed since
        ("16:00", "1+9:01", 0.0),
        ("4+16:30", "7+9:30", 1.0),  # over a weekend
    ],
)
def test_a_promise_runs_in_open_hours(memory: Memory, asked: str, answered: str, kept: float) -> None:
    found = book(memory, office(), talk("t", [(asked, "c"), (answered, "ana")], tier="gold"))
    assert row_of(found, Ask(assumptions=GOLD))["within_promise"] == kept


def test_open_waits_count_once_they_are_late_and_tiers_without_a_promise_never(memory: Memory) -> None:
    parts = [
        office(),
        talk("kept", [("10:00", "c"), ("10:30", "ana")], tier="gold"),
        talk("missed", [("10:00", "c")], tier="gold"),
        talk("in-time-still", [("29+16:30", "c")], tier="gold"),  # half an hour before the month is over
        talk("no-promise", [("10:00", "c"), ("15:00", "ana")], tier="free"),
        talk("no-tier", [("10:00", "c"), ("10:10", "ana")]),
    ]
    found = book(memory, *parts)
    assert row_of(found, Ask(assumptions=GOLD))["within_promise"] == 0.5
    assert row_of(found)["within_promise"] is None
    both = Assumptions(response_promises=(("(none)", 10), ("gold", 60)))
    assert row_of(found, Ask(assumptions=both))["within_promise"] == 0.666667
    cut = {r["tier"]: r["within_promise"] for r in told(found, Ask(by="tier", assumptions=both))}
    assert cut == {"(none)": 1.0, "free": None, "gold": 0.5}


# Persons and teams


def on_shift(person: str, *spans: tuple[str, str]) -> dict[str, list[Row]]:
    return {"shift": [{"person_id": person, "from_at": at(a), "to_at": at(b)} for a, b in spans]}


def test_of_a_person_only_the_own_part_is_told(memory: Memory) -> None:
    """The customer waited a day; Ana got the case at 9:00 of the second day, came at 10:00 and replied at 10:20."""
    events = [("1+9:00", "assigned", "ana")]
    parts = [
        office(), on_shift("ana", ("1+10:00", "1+18:00")),
        talk("t", [("9:00", "c"), ("1+10:20", "ana")], events=events, tier="gold"),
        talk("nobody-knows", [("9:00", "c"), ("1+10:20", "ben")]),
        talk("open", [("9:00", "c")]),
    ]  # fmt: skip
    found = book(memory, *parts)
    own = {
        "first_response_s": 20 * MIN, "first_response_p90_s": 20 * MIN, "business_s": None, "within_promise": None,
        "n": 1, "open_n": 0, "given_up_n": 0,
    }  # fmt: skip
    assert told(found, Ask(by="person", assumptions=GOLD)) == [{"month": MARCH, "person": "ana", **own}]
    (asked,) = told(found, Ask(where=(("person", "ana"),), assumptions=GOLD))
    assert asked == {"month": MARCH, **own}
    assert told(found, Ask(where=(("person", "ben"),)))[0]["first_response_s"] is None


def test_a_team_is_that_of_who_answered_as_it_was_then(memory: Memory) -> None:
    people = [{"person_id": p, "name": p, "team": team} for p, team in (("ana", "success"), ("ben", "support"))]
    history = [
        {"person_id": "ana", "team": "sales", "from_on": "2026-01-01", "to_on": None},
        {"person_id": "ana", "team": "support", "from_on": "2026-03-03", "to_on": "2026-03-05"},
    ]
    said = {"1": "1+11:00", "0": "11:00", "9": "9+11:00"}
    parts = [talk(n, [("9:00", "c"), (when, "ana")]) for n, when in said.items()]
    held = talk("held", [("9:00", "c")], events=[("9:00", "assigned", "ben")])
    found = book(memory, {"person": people, "person_role": history}, *parts, held, talk("free", [("9:00", "c")]))
    cut = {r["team"]: (r["n"], r["open_n"]) for r in told(found, Ask(by="team"))}
    assert cut == {"(none)": (0, 1), "sales": (1, 0), "success": (1, 0), "support": (1, 1)}
    (only,) = told(found, Ask(where=(("team", "support"),)))
    assert (only["n"], only["open_n"]) == (1, 1)


# Slices


def test_slices_add_up_and_customers_are_counted_once(memory: Memory) -> None:
    parts = [
        talk("a", [("10:00", "c"), ("11:00", "ana")], channel="chat", category="bug"),
        talk("b", [("10:00", "c"), ("12:00", "ana")], channel="email", customer_id="bee"),
        talk("c", [("10:00", "c")], channel="email", customer_id="bee"),
    ]
    found = book(memory, *parts)
    for by in ("channel", "segment"):
        cut = told(found, Ask(by=by))
        assert sum(r["n"] for r in cut) == 2
        assert sum(r["open_n"] for r in cut) == 1
    assert customers_behind(found, "waits", Ask()) == {None: 2}
    assert customers_behind(found, "waits", Ask(by="channel")) == {"chat": 1, "email": 1}


# The marks


@given(
    st.lists(st.tuples(st.integers(0, 12), st.booleans(), st.sampled_from("ab")), min_size=1, max_size=40),
)
@settings(max_examples=40, deadline=None)
def test_marks_are_those_of_the_product_limit_estimate(memory: Memory, rows: list[tuple[int, bool, str]]) -> None:
    values = ", ".join(f"({length}, {int(done)}, '{of}')" for length, done, of in rows)
    given_table = ibis.table({"length": "int64", "answered": "int64", "of": "string"}, name="given_rows")
    with memory.connection.cursor() as cursor:
        cursor.execute(f"CREATE OR REPLACE TEMP TABLE given_rows AS FROM (VALUES {values}) AS t(length, answered, of)")
        result = cursor.execute(str(ibis.to_sql(marks(given_table, ["of"], "length"), dialect="duckdb")))
        names = [column[0] for column in result.description or ()]
        found = {row[0]: dict(zip(names, row, strict=True)) for row in result.fetchall()}
    for of in "ab":
        ended = [length for length, done, whose in rows if done and whose == of]
        still = [length for length, done, whose in rows if not done and whose == of]
        for name, parts in (("half", 2), ("tenth", 10)):
            assert quantile(found.get(of), name) == kaplan_meier(ended, still, parts)
        if ended:
            curve = estimated(np.array([*ended, *still]), np.array([1] * len(ended) + [0] * len(still)))
            first = curve.quantile(0.5)[0]
            assert (found[of]["half"] is None) == bool(np.isnan(first))
            assert found[of]["half"] is None or found[of]["half"] == first


# Random help desks


def help_desk(seed: int) -> Desk:
    """Forty conversations in three months: some answered, some closed, some open; a schedule or none, days off."""
    random = np.random.default_rng(seed)
    start = datetime(2026, 1, 1)  # noqa: DTZ001 the book holds UTC without saying so
    zone = str(random.choice(["UTC", "Europe/Madrid", "Australia/Lord_Howe", "America/St_Johns"]))
    talks, lines = [], []
    for number in range(40):
        asked = start + timedelta(seconds=int(random.integers(90 * 86_400)))
        delays = np.cumsum(random.exponential(86_400 * random.choice([0.05, 0.5, 8]), 3)).astype(int) + 1
        kinds = random.choice(["human", "bot", "note", "customer"], 3, p=[0.4, 0.2, 0.2, 0.2])
        name = f"t{number}"
        lines.append(_said(name, 0, asked, "customer"))
        lines += [
            _said(name, i + 1, asked + timedelta(seconds=int(delay)), str(kind))
            for i, (delay, kind) in enumerate(zip(delays, kinds, strict=True))
        ]
        row: dict[str, Any] = {
            "conversation_id": name, "customer_id": f"c{number % 7}", "opened_at": asked,
            "channel": str(random.choice(["email", "chat"])), "tier": random.choice(["gold", "free", None]),
        }  # fmt: skip
        if random.random() < 0.3 and "human" not in kinds:
            row |= {"closed_at": asked + timedelta(seconds=int(delays[-1]) + 60), "close_reason": "no_reply"}
        talks.append(row)
    days = ("mon", "tue", "thu", "fri", "sat")[: int(random.integers(6))]
    schedule = [
        {"schedule_id": "one", "timezone": "Europe/Madrid", "weekday": d, "opens": "08:30", "closes": "19:00"}
        for d in days
    ]
    holiday = [{"schedule_id": "one", "on_date": date(2026, 1, 6)}, {"schedule_id": "one", "on_date": date(2026, 3, 2)}]
    tables = {"conversation": talks, "message": lines, "schedule": schedule, "holiday": holiday}
    return Desk(tables, zone, {"gold": 60, "(none)": 480})


def _said(name: str, number: int, when: datetime, kind: str) -> Row:
    return {
        "message_id": f"{name}-{number}", "conversation_id": name, "at": when, "is_public": kind != "note",
        "author_kind": "human" if kind == "note" else kind,
        "author_id": "ana" if kind in ("human", "note") else None,
    }  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_random_help_desks_are_told_as_a_slow_count_tells_them(memory: Memory, seed: int) -> None:
    desk, as_of = help_desk(seed), date(2026, 4, 11)
    found = memory.book(desk.tables, as_of, timezone=desk.zone, ledger=True)
    promises = tuple(sorted(desk.promises.items()))
    question = Ask(last=parse_month("2026-04"), assumptions=Assumptions(response_promises=promises))
    rows = told(found, question)
    assert [r["month"] for r in rows] == ["2026-01", "2026-02", "2026-03", "2026-04"]
    for number, row in enumerate(rows, 1):
        assert row == {"month": row["month"], **desk.month(2026, number, as_of)}
    memory.forget(found)
