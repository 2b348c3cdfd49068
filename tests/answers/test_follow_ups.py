"""Who sees what became of what a hand-off told, who may say so, and what is proposed to be followed up.

Ana and Ben report to Mia; Ana holds the even customers, Ben the odd ones. Kim is nobody of the book, Eva looks on
without words, Pat reads words and takes no part.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from relevo.answers.reading import NotFound, Reading, Refused, Viewer
from relevo.answers.relay.follow_ups import (
    customer_follow_ups,
    follow_ups,
    handoff_to_follow,
    line_to_tell_of,
    proposals,
)
from relevo.answers.relay.happened import STEPS, watchable
from relevo.answers.viewers import Person, reading_for
from relevo.book.book import Book
from relevo.desk.relay.actions import NewHandOff, draft, give, give_back
from relevo.desk.relay.actions_follow_ups import LineText, Word, say_of_line, take_back_line, take_over
from relevo.desk.relay.actions_items import ItemText, save_item
from relevo.desk.relay.handoffs import handoff_with
from relevo.desk.relay.templates import DEFAULTS, DISCOVERY

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 1, 12, tzinfo=UTC)
TODAY = NOON.date()
TEXTS = {
    "needs": "- must: Two warehouses\n- nice: SSO",
    "expected_value": "Hours from 12 to 4 a week",
    "calendar": "Go-live 2026-12-01\nTraining 2026-12-05",
    "objectives": "One plan",
}
# What each may: see the lines, read their words, write.
ALL = {"ana", "ben", "mia", "leo", "eva", "kim", "pat", "boss"}
SEES, READS, WRITES = ALL - {"kim"}, ALL - {"kim", "eva"}, {"ana", "ben", "mia", "boss"}


@pytest.fixture
def readings(book: Book) -> Callable[[], dict[str, Reading]]:
    roles = {"ana": "csm", "ben": "csm", "mia": "success_lead", "leo": "seller", "eva": "finance", "kim": "csm",
             "pat": "product", "boss": "owner"}  # fmt: skip

    def made() -> dict[str, Reading]:
        base = Reading(book, Viewer(""))
        return {who: reading_for(base, Person(who, f"{who}@norte.example", role)) for who, role in roles.items()}

    return made


def begun() -> int:
    known = {item: ItemText(text) for item, text in TEXTS.items()}
    return draft(NewHandOff("C00", DEFAULTS["success_to_success"], "ana", "ben", known=known), "ana", NOON)


def given() -> int:
    key = begun()
    give(key, 1, "ana", NOON)
    return key


def value(key: int) -> int:
    new = LineText("Hours from 12 to 4", "", None, "Planning", "hours", Decimal(12), Decimal(4))
    line = take_over(key, "expected_value", new, "ana", NOON)
    say_of_line(line, Word("open", actual=Decimal(6), reason="By their own count"), 1, "ben", NOON, TODAY)
    return line


def tried(look: Callable[[], object]) -> str:
    try:
        look()
    except (NotFound, Refused) as problem:
        return type(problem).__name__
    return "done"


def test_who_sees_the_hand_off_sees_how_its_lines_stand_and_words_are_for_who_reads(
    readings: Callable[[], dict[str, Reading]],
) -> None:
    key = given()
    line = value(key)
    for who, reading in readings().items():
        if who not in SEES:
            assert tried(lambda r=reading: follow_ups(r, key, TODAY)) == "NotFound"  # type: ignore[misc]
            continue
        found = follow_ups(reading, key, TODAY)
        (shown,) = found.lines
        assert (shown.standing, shown.share, shown.slip) == ("open", Fraction(3, 4), None)
        words = (shown.kept.text, shown.kept.metric, shown.kept.unit, shown.kept.target, shown.kept.actual,
                 shown.kept.baseline, shown.kept.reason)  # fmt: skip
        told = ("Hours from 12 to 4", "Planning", "hours", 4, 6, 12, "By their own count")
        assert words == (told if who in READS else (None,) * 7), who
        assert shown.kept.evidence == ("" if who in READS else None)
        assert (found.may_write, shown.kept.id) == (who in WRITES, line)
        assert found.items == tuple(item for item in DISCOVERY if item != "objectives")


def test_giver_receiver_and_who_leads_them_take_lines_over(readings: Callable[[], dict[str, Reading]]) -> None:
    key = given()
    line = value(key)
    for who, reading in readings().items():
        wanted = "done" if who in WRITES else "Refused" if who in SEES else "NotFound"
        assert tried(lambda r=reading: handoff_to_follow(r, key)) == wanted, who  # type: ignore[misc]
        assert tried(lambda r=reading: line_to_tell_of(r, key, line)) == wanted, who  # type: ignore[misc]
        if who in SEES:
            assert bool(proposals(reading, key, DISCOVERY)) is (who in WRITES), who
    take_back_line(line, "a mistake", 2, "ana", NOON)
    assert tried(lambda: line_to_tell_of(readings()["ana"], key, line)) == "NotFound"


def test_a_line_of_another_hand_off_is_not_there(readings: Callable[[], dict[str, Reading]]) -> None:
    key = given()
    other = draft(NewHandOff("C02", DEFAULTS["success_to_success"], "ana", "ben"), "ana", NOON)
    give(other, 1, "ana", NOON)
    with pytest.raises(NotFound, match="has no line"):
        line_to_tell_of(readings()["ana"], other, value(key))


def test_what_is_not_taken_over_is_proposed(readings: Callable[[], dict[str, Reading]]) -> None:
    key = begun()
    ana = readings()["ana"]
    assert (proposals(ana, key, DISCOVERY), follow_ups(ana, key, TODAY).items) == ((), ()), "before it is given"
    give(key, 1, "ana", NOON)
    found = proposals(ana, key, ("needs", "expected_value", "objectives"))
    assert [(p.proposal.item, p.proposal.text) for p in found] == [
        ("needs", "Two warehouses"), ("needs", "SSO"), ("expected_value", "Hours from 12 to 4 a week"),
    ]  # fmt: skip
    first = found[0].proposal
    take_over(key, "needs", LineText("Two warehouses in Lugo"), "ana", NOON, source_key=first.key)
    assert [p.proposal.text for p in proposals(ana, key, ("needs",))] == ["SSO"]


def test_the_day_that_was_given_first_comes_with_a_day_that_moved(readings: Callable[[], dict[str, Reading]]) -> None:
    key = given()
    give_back(key, ["calendar"], "Really?", 2, "ben", NOON)
    save_item(key, "calendar", ItemText("Go-live 2026-12-20\nTraining 2026-12-05\nReview 2027-01-31"), 1, "ana", NOON)
    kept = handoff_with(key)
    assert kept is not None
    give(key, kept.revision, "ana", NOON)
    found = proposals(readings()["ben"], key, ("calendar",))
    assert [(p.proposal.due_on, p.first_due_on) for p in found] == [
        (date(2026, 12, 20), date(2026, 12, 1)), (date(2026, 12, 5), None), (date(2027, 1, 31), None),
    ]  # fmt: skip


def test_the_lines_of_a_customer_are_for_who_sees_it(readings: Callable[[], dict[str, Reading]]) -> None:
    key = given()
    value(key)
    moved = take_over(key, "calendar", LineText("Go-live", due_on=date(2026, 12, 9)), "ana", NOON,
                      first_due_on=date(2026, 12, 1))  # fmt: skip
    for who, reading in readings().items():
        if who == "kim":
            with pytest.raises(NotFound):
                customer_follow_ups(reading, "C00", TODAY)
            continue
        lines = customer_follow_ups(reading, "C00", TODAY)
        assert [(each.share, each.slip) for each in lines] == [(Fraction(3, 4), None), (None, 8)]
        assert [each.kept.text is None for each in lines] == [who not in READS] * 2
        assert lines[1].kept.id == moved
    assert customer_follow_ups(readings()["ana"], "C02", TODAY) == ()


def test_a_line_waits_for_what_the_book_has(readings: Callable[[], dict[str, Reading]]) -> None:
    boss = readings()["boss"]
    found = watchable(boss)
    assert found.milestones[: len(STEPS)] == STEPS
    assert found.features == tuple(sorted(set(found.features)))
    assert found.features
    assert watchable(replace(boss, published=None)).features == ()
