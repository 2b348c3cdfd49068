"""Avoidance by hand, and against an oracle that rebuilds the queue conversation by conversation."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest

from relevo.book.book import Book
from relevo.measures.asking import ask
from relevo.measures.card import Ask
from tests.measures.support.desks import desk, ledger, moment, random_desk, talk, together
from tests.measures.support.test_load import effort


def picks(book: Book, question: Ask | None = None) -> dict[str, dict[str, Any]]:
    return {row["person_id"]: row for row in ask(book, "avoidance", question).rows}


def learnt() -> list[dict[str, Any]]:
    """Nine easy and one hard case of last summer, which make sso hard and login easy."""
    return [
        talk(f"l{k}", "2025-06-03 09:00", [("2025-06-03 10:00", "old", 6000 if k == 9 else 600)],
             closed_at="2025-06-04 00:00", category="sso" if k == 9 else "login")
        for k in range(10)
    ]  # fmt: skip


def case(name: str, opened: str, category: str, *events: tuple[Any, ...], **more: Any) -> dict[str, Any]:
    return talk(name, opened, more.pop("replies", []), events, category=category, **more)


def test_a_hard_case_waits_while_easy_ones_are_picked() -> None:
    """Ana picks four easy ones, each beside the old hard one: one of two each time.

    They had waited ten minutes each, so that the hard one is aged from 09:10 on: before every pick.
    """
    easy = [case(f"e{k}", f"2026-03-03 1{k}:00", "login", (f"2026-03-03 1{k}:10", "assigned", "ana", "ana"))
            for k in range(4)]  # fmt: skip
    hard = case("h", "2026-03-03 09:00", "sso", ("2026-03-04 09:00", "assigned", "ben", "ben"))
    found = picks(desk(together(*learnt(), *easy, hard)))
    assert found["ana"] == {
        "person_id": "ana", "easy_pick_share": 1.0, "expected_share": 0.5, "p": 0.125, "aged_hard_skipped": 4, "n": 4,
    }  # fmt: skip
    # Ben's only pick was all that waited; nothing is known of it.
    assert found["ben"] == {
        "person_id": "ben", "easy_pick_share": 0.0, "expected_share": 0.0, "p": None, "aged_hard_skipped": 0, "n": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("events", "replies", "more", "picker"),
    [
        ([("2026-03-03 10:00", "assigned", "ana", "ana")], [], {}, "ana"),
        ([("2026-03-03 10:00", "assigned", "ana", None)], [], {}, None),  # a rule
        ([("2026-03-03 10:00", "assigned", "ana", "lead")], [], {}, None),  # given by somebody
        ([], [("2026-03-03 10:00", "ana", None)], {}, "ana"),  # replied to what nobody had
        ([("2026-03-03 09:30", "assigned", "ben", None)], [("2026-03-03 10:00", "ana", None)], {}, None),
        ([("2026-03-03 10:30", "assigned", "ben", "ben")], [("2026-03-03 10:00", "ana", None)], {}, "ana"),
        ([("2026-03-03 10:00", "assigned", "ana", "ana")], [("2026-03-03 10:00", "ben", None)], {}, "ana"),
        ([("2026-04-01 00:00", "assigned", "ana", "ana")], [], {}, None),  # not yet
        ([("2026-03-04 10:00", "assigned", "ana", "ana")], [], {"closed_at": "2026-03-03 10:00"}, None),
        ([("2026-03-03 10:00", "group", "ana", "ana")], [], {}, None),
        ([], [], {}, None),
    ],
)
def test_what_is_a_pick(
    events: list[tuple[Any, ...]], replies: list[tuple[str, str, int | None]], more: dict[str, Any], picker: str | None
) -> None:
    found = picks(desk(together(*learnt(), talk("t", "2026-03-03 09:00", replies, events, **more))))
    assert list(found) == ([picker] if picker else [])


def test_queues_are_apart() -> None:
    """A hard case in another language or channel, or of another urgency, waits for somebody else."""

    def easy(name: str, **more: Any) -> dict[str, Any]:
        return case(name, "2026-03-03 10:00", "login", ("2026-03-03 10:10", "assigned", "ana", "ana"), **more)

    for other in ({"language": "de"}, {"channel": "chat"}, {"priority": "high"}):
        found = picks(desk(together(*learnt(), easy("e"), case("h", "2026-03-03 09:00", "sso", **other))))
        assert (found["ana"]["p"], found["ana"]["expected_share"]) == (None, 1.0)
    same = picks(desk(together(*learnt(), easy("e"), case("h", "2026-03-03 09:00", "sso", tier="gold"))))
    assert same["ana"]["expected_share"] == 0.5


def test_what_nobody_takes_is_looked_at_for_a_month() -> None:
    def beside(opened: str) -> float:
        easy = case("e", "2026-03-31 10:00", "login", ("2026-03-31 10:10", "assigned", "ana", "ana"))
        return float(picks(desk(together(*learnt(), easy, case("h", opened, "sso"))))["ana"]["expected_share"])

    assert beside("2026-03-01 10:11") == 0.5
    assert beside("2026-03-01 10:09") == 1.0


def test_a_pick_before_the_window_is_none() -> None:
    book = desk(together(
        *learnt(), case("a", "2025-12-31 10:00", "login", ("2025-12-31 23:59", "assigned", "ana", "ana")),
        case("b", "2025-12-31 10:00", "login", ("2026-01-01 00:00", "assigned", "ben", "ben")),
    ))  # fmt: skip
    assert list(picks(book)) == ["ben"]
    assert picks(book, Ask(months=1)) == {}
    assert picks(desk({})) == {}


@pytest.mark.parametrize("seed", range(5))
def test_against_an_oracle(seed: int) -> None:
    tables = random_desk(seed, talks=400)
    book = desk(tables)
    expected = oracle(book, tables)
    found = picks(book)
    assert found.keys() == expected.keys()
    for who, row in found.items():
        told = {key: row[key] for key in expected[who]}
        assert told == pytest.approx(expected[who], abs=1e-6)


def oracle(book: Book, tables: Mapping[str, list[dict[str, Any]]]) -> dict[str, dict[str, Any]]:
    """The same, from every conversation, pick and pair; p is left to its own test."""
    known, never = effort(book), moment("2026-04-01")
    given = {e["conversation_id"]: e for e in tables["conversation_event"] if e["at"] < never}
    line = []
    for row in ledger(book, "episode"):
        if row["episode"] != 1 or row["begun_by"] != "customer" or row["begun_at"] >= never:
            continue
        event = given.get(row["conversation_id"])
        ends = [("given", event["at"])] if event else []
        ends += [(k, row[c]) for k, c in (("reply", "first_human_at"), ("close", "closed_at"))
                 if row[c] is not None and row[c] < never]  # fmt: skip
        how, at = min(ends, key=lambda each: each[1], default=("", never))
        who = None
        if how == "given" and event and event["by_id"] == event["to_value"]:
            who = event["to_value"]
        if how == "reply":
            who = row["first_person_id"]
        cell = (row["category"], row["channel"], row["tier"], row["priority"])
        waited = (at - row["begun_at"]).total_seconds()
        if who is None:
            waited = min(waited, 30 * 86_400)
        if row["begun_at"] >= moment("2025-12-02"):
            line.append(((row["channel"], row["language"], row["priority"]), row["begun_at"], waited,
                         cell in known.hard, who))  # fmt: skip
    return _judged(line)


def _judged(line: list[Any]) -> dict[str, dict[str, Any]]:

    def until(one: Any) -> Any:
        return one[1] + timedelta(seconds=one[2])

    begins = moment("2026-01-01")
    line = [one for one in line if until(one) >= begins]
    usual = {}
    for queue in {one[0] for one in line}:
        took = sorted(one[2] for one in line if one[0] == queue and one[4])
        half = len(took) // 2
        usual[queue] = (took[half] + took[~half]) / 2 if took else 0
    found: dict[str, list[tuple[bool, float, bool]]] = {}
    for one in line:
        if one[4]:
            at = until(one)
            beside = [o for o in line if o[0] == one[0] and o[1] <= at <= until(o)]
            aged = [o for o in beside if o[3] and o[1] + timedelta(seconds=int(usual[one[0]])) <= at and o[1] < one[1]]
            easy = sum(not o[3] for o in beside) / len(beside)
            found.setdefault(one[4], []).append((not one[3], easy, not one[3] and bool(aged)))
    return {
        who: {
            "n": len(mine), "easy_pick_share": sum(e for e, *_ in mine) / len(mine),
            "expected_share": sum(x for _, x, _ in mine) / len(mine), "aged_hard_skipped": sum(s for *_, s in mine),
        }
        for who, mine in found.items()
    }  # fmt: skip
