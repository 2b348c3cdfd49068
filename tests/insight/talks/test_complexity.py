"""Complexity by month: as many tickets with twice the work is growth, and what of it the kinds of cases make."""

import pytest

from relevo.base.periods import parse_month
from relevo.insight.talks.complexity import Complexity, Month, complexity
from tests.measures.support.desks import desk, talk, together

FEBRUARY, MARCH = parse_month("2026-02"), parse_month("2026-03")


def cases(month: str, kinds: dict[str, tuple[int, int]]) -> list[dict[str, list[dict[str, object]]]]:
    """Conversations of a month by kind: how many, and the seconds of their one reply."""
    return [
        talk(f"{month}{kind}{k}", f"{month}-03 09:00", [(f"{month}-03 10:00", "ana", seconds)], category=kind,
             closed_at=f"{month}-04 00:00")
        for kind, (n, seconds) in kinds.items() for k in range(n)
    ]  # fmt: skip


def test_twice_the_work_for_as_many_tickets() -> None:
    """Row S0-23: ten logins of 10 minutes, then ten of 20: twice as long, and nothing of it from other kinds."""
    found = complexity(
        desk(together(*cases("2026-02", {"login": (10, 600)}), *cases("2026-03", {"login": (10, 1200)})))
    )
    assert [(m.month, m.n, m.minutes, m.replies) for m in found.months] == [(FEBRUARY, 10, 10, 1), (MARCH, 10, 20, 1)]
    assert [m.expected for m in found.months] == [15, 15]
    assert [m.within for m in found.months] == [pytest.approx(2 / 3), pytest.approx(4 / 3)]
    assert found.growth == 2


def test_harder_kinds() -> None:
    """First all logins of 10 minutes, then half of them sso of 30: the kinds alone make 20 of 10."""
    found = complexity(desk(together(
        *cases("2026-02", {"login": (20, 600)}), *cases("2026-03", {"login": (10, 600), "sso": (10, 1800)}),
    )))  # fmt: skip
    assert [m.minutes for m in found.months] == [10, 20]
    assert [m.expected for m in found.months] == [pytest.approx(10), pytest.approx(20)]
    assert (found.growth, found.measured) == (2, 1)


def test_what_nobody_measured_counts_as_replies() -> None:
    """Without measured time twice the replies are twice the minutes: five each."""

    def of(month: str, replies: int) -> dict[str, list[dict[str, object]]]:
        told = [(f"{month}-03 1{k}:00", "ana", None) for k in range(replies)]
        return talk(month, f"{month}-03 09:00", told, closed_at=f"{month}-04 00:00")

    found = complexity(desk(together(of("2026-02", 2), of("2026-03", 4))))
    assert [(m.minutes, m.replies) for m in found.months] == [(10, 2), (20, 4)]
    assert found.measured == 0


def test_nothing_to_compare() -> None:
    assert complexity(desk({})) == Complexity((), None)
    one = complexity(desk(talk("t", "2026-02-03 09:00", [], closed_at="2026-02-04 00:00")))
    assert (one.growth, one.months) == (None, (Month(FEBRUARY, 1, 0, 0, 0, 0),))
    assert one.months[0].within == 1
    two = Complexity((one.months[0], one.months[0]), None)
    assert two.growth is None
