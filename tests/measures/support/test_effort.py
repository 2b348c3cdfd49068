"""Minutes of conversations: measured or estimated, and to be expected at arrival."""

from typing import Any

import pytest

from relevo.measures.asking import frame_of
from relevo.measures.card import Ask
from relevo.measures.support.effort import effort_of, finished, seconds_per_reply
from relevo.measures.support.load import LOAD
from tests.measures.support.desks import desk, ledger, talk, together

SUMS = ("n", "known_s", "known_replies", "rest", "known_known", "known_rest", "rest_rest")


def row(category: str | None, episodes: list[tuple[int, int, int]]) -> dict[str, Any]:
    """A cell's sums from its episodes: measured seconds, replies they are of, replies that nobody measured."""
    sums = (
        len(episodes), sum(s for s, _, _ in episodes), sum(k for _, k, _ in episodes), sum(r for *_, r in episodes),
        sum(s * s for s, _, _ in episodes), sum(s * r for s, _, r in episodes), sum(r * r for *_, r in episodes),
    )  # fmt: skip
    case = {"category": category, "channel": "mail", "tier": None, "priority": None}
    return {**case, **dict(zip(SUMS, sums, strict=True))}


def test_a_reply_takes_the_measured_mean() -> None:
    """Two replies took 600 s and one 300 s: 300 s each; without any measured, five minutes."""
    assert seconds_per_reply([row("a", [(600, 2, 0)]), row("b", [(300, 1, 4)])]) == 300
    assert seconds_per_reply([row("a", [(0, 0, 3)])]) == 300
    assert seconds_per_reply([row("a", [(1200, 2, 3)])]) == 600


def test_what_nobody_measured_counts_as_replies() -> None:
    """Cell a: 600 s measured, and 600 s with two more replies at 300 s: 10 and 20 minutes; b: a reply, 5 minutes."""
    found = effort_of([row("a", [(600, 2, 0), (600, 2, 2)]), row("b", [(0, 0, 1), (0, 0, 1)])])
    a, b = (found.minutes[category, "mail", None, None] for category in "ab")
    # Means 15 and 5, within ((10-15)^2 + (20-15)^2) / 2 = 25; far 2 x 25 + 2 x 25 = 100 less 25, over 4 - 2: 37.5.
    # A cell's own mean weighs 75 / (75 + 25).
    assert (a, b) == (pytest.approx(0.75 * 15 + 0.25 * 10), pytest.approx(0.75 * 5 + 0.25 * 10))
    assert found.seconds == 300
    assert found.measured == pytest.approx(1200 / 2400)


def test_nothing_measured_is_said() -> None:
    found = effort_of([row("a", [(0, 0, 2), (0, 0, 2)])])
    assert found.measured == 0
    assert found.minutes["a", "mail", None, None] == pytest.approx(10)
    assert found.hard == frozenset()


def test_hard_is_the_top_fifth_of_conversations() -> None:
    """Nine of ten in the easy cell: the other is above 90 and half of the rest, 95 %."""
    found = effort_of([row("a", [(300, 1, 0)] * 9), row("b", [(3000, 1, 0)])])
    assert found.hard == {("b", "mail", None, None)}


def test_a_cell_that_nobody_saw_is_like_its_parent() -> None:
    known = [row("a", [(600, 1, 0)] * 5), row("b", [(1200, 1, 0)] * 5)]
    new = ("a", "chat", None, None)
    assert effort_of(known, [new]).minutes[new] == pytest.approx(10)
    other = effort_of(known, [(None, "mail", None, None)])
    assert other.minutes[None, "mail", None, None] == pytest.approx(15)


def test_without_a_finished_conversation_nothing_is_expected() -> None:
    found = effort_of([], [("a", "mail", None, None)])
    assert (found.minutes, found.hard, found.measured) == ({}, frozenset(), None)


def test_the_years_conversations_that_are_over_are_learnt_from() -> None:
    one = [("2026-03-20 11:00", "ana", 600)]
    book = desk(together(
        talk("closed", "2026-03-20 10:00", one, closed_at="2026-03-21 10:00", category="yes"),
        talk("open", "2026-03-20 10:00", one, category="no"),
        talk("closed later", "2026-03-20 10:00", one, closed_at="2026-04-01 00:00", category="no"),
        talk("never closed", "2026-02-28 10:00", [("2026-02-28 11:00", "ana", None)], category="yes"),
        talk("too old", "2025-03-30 10:00", one, closed_at="2026-03-21 10:00", category="no"),
        talk("old", "2025-04-01 10:00", one, closed_at="2026-03-21 10:00", category="yes"),
        talk("no reply", "2026-03-20 10:00", [], closed_at="2026-03-21 10:00", category="yes"),
    ))  # fmt: skip
    frame = frame_of(book, LOAD.card, Ask())
    (found,) = book.run(finished(book.tables, frame)).dicts()
    assert {key: found[key] for key in ("category", *SUMS)} == {
        "category": "yes", "n": 4, "known_s": 1200, "known_replies": 2, "rest": 1, "known_known": 720_000,
        "known_rest": 0, "rest_rest": 1,
    }  # fmt: skip
    assert len(ledger(book, "episode")) == 7
