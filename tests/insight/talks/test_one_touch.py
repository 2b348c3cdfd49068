"""One-touch: closing too early and reopening does not count; every episode is told once."""

from collections import Counter

import pytest

from relevo.insight.talks.one_touch import one_touch
from relevo.measures.intervals import wilson
from tests.measures.support.desks import desk, ledger, moment, random_desk, talk, together

ONE = [("2026-03-03 10:00", "ana", 600)]


def solved(name: str, replies: list[tuple[str, str, int | None]], **more: object) -> dict[str, list[dict[str, object]]]:
    return talk(name, "2026-03-03 09:00", replies, closed_at="2026-03-05 00:00", close_reason="solved", **more)  # type: ignore[arg-type]


def back(name: str, at: str) -> dict[str, list[dict[str, object]]]:
    """The customer writes again."""
    return {"message": [{"message_id": f"{name}-back", "conversation_id": name, "at": moment(at), "author_kind":
                         "customer", "is_public": True}]}  # fmt: skip


def test_every_episode_once() -> None:
    """Row S2-34: closed early and reopened within a week is not one-touch, though each time one reply was enough."""
    twice = [*ONE, ("2026-03-04 10:00", "ana", 600)]
    found = one_touch(desk(together(
        solved("one", ONE), solved("two", twice), solved("three", [*twice, ("2026-03-04 11:00", "ben", 60)]),
        solved("early", [*ONE, ("2026-03-08 10:00", "ana", 600)]), back("early", "2026-03-07 10:00"),
        {"conversation_event": [{"event_id": "e", "conversation_id": "early", "at": moment("2026-03-03 11:00"),
                                 "kind": "status", "to_value": "solved"}]},
        solved("none", []), talk("open", "2026-03-03 09:00", ONE),
        talk("fresh", "2026-03-26 09:00", [("2026-03-26 10:00", "ana", 1)], closed_at="2026-03-27 00:00",
             close_reason="solved"),
        talk("spam", "2026-03-03 09:00", [], closed_at="2026-03-05 00:00", close_reason="spam"),
        talk("before", "2025-12-03 09:00", [], closed_at="2026-03-05 00:00", close_reason="solved"),
    )))  # fmt: skip
    told = {name: getattr(found, name) for name in ("one", "two", "more", "reopened", "none", "waiting", "unsolved")}
    assert told == {"one": 1, "two": 1, "more": 1, "reopened": 1, "none": 1, "waiting": 1, "unsolved": 2}
    assert (found.all.one, found.all.n, found.all.share) == (1, 4, 0.25)
    assert (found.all.low, found.all.high) == wilson(1, 4)


def test_by_difficulty() -> None:
    """Ten logins of ten minutes are the middle and below; two of six, one of forty minutes is the top tenth."""
    parts = [solved(f"l{k}", ONE, category="login") for k in range(10)]
    parts += [solved(f"e{k}", [("2026-03-03 10:00", "ben", 60)], category="reset") for k in range(8)]
    hard = [("2026-03-03 10:00", "eva", 1800), ("2026-03-04 10:00", "eva", 1800)]
    parts += [solved("h1", hard, category="sso"), solved("h2", [("2026-03-03 10:00", "eva", 3600)], category="sso")]
    found = one_touch(desk(together(*parts)))
    assert [(b.name, b.one, b.n) for b in found.bands] == [("easy", 8, 8), ("middle", 10, 10), ("hard", 1, 2)]
    eva = one_touch(desk(together(*parts)), person_id="eva")
    assert [(b.name, b.share) for b in eva.bands] == [("easy", None), ("middle", None), ("hard", 0.5)]


def test_nothing_known() -> None:
    found = one_touch(desk({}))
    assert (found.all.n, found.all.share, found.all.low) == (0, None, None)
    (fresh,) = (one_touch(desk(talk("t", "2026-03-30 09:00", []))),)
    assert (fresh.unsolved, [b.n for b in fresh.bands]) == (1, [0, 0, 0])


@pytest.mark.parametrize("seed", range(3))
def test_the_classes_add_up(seed: int) -> None:
    book = desk(random_desk(seed, talks=300))
    found = one_touch(book)
    begun = [r for r in ledger(book, "episode") if moment("2026-01-01") <= r["begun_at"] < moment("2026-04-01")]
    counts = Counter(_class(r) for r in begun)
    assert {name: getattr(found, name) for name in counts} == dict(counts)
    assert sum(band.n for band in found.bands) == found.all.n == found.one + found.two + found.more + found.reopened


def _class(row: dict[str, object]) -> str:
    if not str(row["outcome"]).startswith("solved") or row["resolved_at"] >= moment("2026-04-01"):  # type: ignore[operator]
        return "unsolved"
    if row["closed_at"] >= moment("2026-03-25"):  # type: ignore[operator]
        return "waiting"
    if row["reopens"]:
        return "reopened"
    return {0: "none", 1: "one", 2: "two"}.get(int(str(row["replies"])), "more")
