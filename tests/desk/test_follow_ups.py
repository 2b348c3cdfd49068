"""What is followed up of a hand-off: taken over once, changed without loss, said of, and found by a rule."""

import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from relevo.base.errors import WrongUse
from relevo.desk.people.models import AuditEntry
from relevo.desk.relay.actions import NewHandOff, accept, draft, give, give_back, withdraw
from relevo.desk.relay.actions_follow_ups import (
    LineText,
    Word,
    change_line,
    reach_by_rule,
    say_of_line,
    take_back_line,
    take_over,
)
from relevo.desk.relay.actions_history import SET_ASIDE, Overtaken
from relevo.desk.relay.actions_items import ItemText, save_item
from relevo.desk.relay.actions_promises import withdraw_promise
from relevo.desk.relay.follow_ups import (
    KeptFollowUp,
    follow_up_with,
    follow_ups_about,
    follow_ups_of,
    taken_keys,
    text_first_given,
    watched,
)
from relevo.desk.relay.following import (
    FOLLOWED,
    STATUSES,
    Counts,
    Standing,
    Status,
    Use,
    Watch,
    from_millionths,
    millionths,
    reached_on,
    share_realised,
    slip_days,
    standing_of,
    watch_of,
)
from relevo.desk.relay.handoffs import handoff_with, history_of
from relevo.desk.relay.models import FollowUp, HandOff, Promise
from relevo.desk.relay.promises import promises_of
from relevo.desk.relay.states import NotNow
from relevo.desk.relay.templates import DEFAULTS, DISCOVERY, SUMMARY, for_stage
from tests.desks import only_with_desk_files

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
TODAY, DAY = NOON.date(), timedelta(days=1)
JUNE = date(2026, 6, 30)
TEMPLATE = DEFAULTS["sales_to_success"]
GO_LIVE = Watch("milestone", "go_live")


def begun(customer: str = "C1", template: str = "sales_to_success") -> int:
    known = {item: ItemText(f"{item}: what they said, 4 hours", "Rosa") for item in DISCOVERY}
    return draft(NewHandOff(customer, DEFAULTS[template], "sam", "cleo", "D1", known=known), "sam", NOON)


def given_one(customer: str = "C1") -> int:
    key = begun(customer)
    give(key, 1, "sam", NOON)
    return key


def line(item: str = "needs", text: str = "Two warehouses", **more: object) -> int:
    return take_over(given_one(), item, LineText(text, **more), "cleo", NOON)  # type: ignore[arg-type]


def kept(key: int) -> KeptFollowUp:
    found = follow_up_with(key)
    assert found is not None
    return found


def say(key: int, status: str, seen: int = 0, **more: object) -> None:
    word = Word(status, **more)  # type: ignore[arg-type]
    say_of_line(key, word, seen or kept(key).revision, "cleo", NOON, TODAY)


# Pure: numbers by hand.


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "share"),
    [
        ("12", "4", "6", Fraction(3, 4)), ("12", "20", "14", Fraction(1, 4)), ("12", "20", "10", Fraction(-1, 4)),
        ("0.1", "0.3", "0.2", Fraction(1, 2)), ("12", "4", "2", Fraction(5, 4)), ("12", "12", "12", None),
        (None, "4", "6", None), ("12", None, "6", None), ("12", "4", None, None),
    ],
)  # fmt: skip
def test_the_realised_share_is_what_changed_of_what_was_to_change(
    baseline: str | None, target: str | None, actual: str | None, share: Fraction | None
) -> None:
    assert share_realised(*(None if n is None else Decimal(n) for n in (baseline, target, actual))) == share


def test_a_slip_is_counted_from_the_first_plan() -> None:
    assert slip_days(date(2026, 6, 1), date(2026, 6, 15)) == 14
    assert slip_days(date(2026, 6, 1), date(2026, 5, 30)) == -2
    assert slip_days(None, date(2026, 6, 1)) is slip_days(date(2026, 6, 1), None) is None


@pytest.mark.parametrize(
    ("item", "status", "due", "done", "share", "wanted"),
    [
        ("value_events", "reached", JUNE, JUNE, None, "reached"),
        ("value_events", "reached", JUNE, JUNE + DAY, None, "late"),
        ("value_events", "reached", None, JUNE, None, "reached"),
        ("value_events", "open", JUNE, None, None, "open"),
        ("value_events", "open", JUNE - DAY, None, None, "missed"),
        ("value_events", "missed", None, None, None, "missed"),
        ("calendar", "open", JUNE - DAY, None, None, "missed"),
        ("calendar", "dropped", JUNE - DAY, None, None, "dropped"),
        ("needs", "open", JUNE - DAY, None, None, "open"),
        ("needs", "delivered", None, JUNE, None, "delivered"),
        ("wanted_solution", "absent", None, None, None, "absent"),
        ("expected_value", "open", JUNE - DAY, None, None, "open"),
        ("expected_value", "open", JUNE - DAY, None, Fraction(1, 2), "missed"),
        ("expected_value", "open", JUNE, None, Fraction(1, 2), "open"),
        ("expected_value", "open", JUNE - DAY, None, Fraction(1), "reached"),
    ],
)
def test_how_a_line_stands_by_the_thirtieth_of_june(
    item: str, status: str, due: date | None, done: date | None, share: Fraction | None, wanted: str
) -> None:
    assert standing_of(item, Status(status), due, done, share, JUNE) is Standing(wanted)


@pytest.mark.parametrize(
    ("counts", "least", "day"),
    [("events", 1, 1), ("events", 10, 3), ("events", 21, None), ("days", 2, 3), ("days", 4, None), ("users", 4, 3)],
)
def test_a_rule_on_use_is_reached_on_its_first_day(counts: str, least: int, day: int | None) -> None:
    """4, 0, 6 and 10 events of 2, 0, 5 and an unknown number of users, told in another order."""
    uses = [Use(date(2026, 6, n), e, u) for n, e, u in ((9, 10, None), (1, 4, 2), (3, 6, 5), (2, 0, 0))]
    found = reached_on(uses, Watch("usage", "exports", Counts(counts), least))
    assert found == (None if day is None else date(2026, 6, day))


def test_rules_and_numbers_that_cannot_be_kept_are_refused() -> None:
    assert watch_of("") is None
    assert watch_of("milestone:go_live") == GO_LIVE
    for code, counts, least in (("x:y", "events", 1), ("usage:", "events", 1), ("usage:a", "clicks", 1),
                                ("usage:a", "events", 0), ("usage:a", "events", None)):  # fmt: skip
        with pytest.raises(WrongUse):
            watch_of(code, counts, least)
    for number in ("1.2345678", "1e13", "NaN"):
        with pytest.raises(WrongUse):
            millionths(Decimal(number))


@given(st.decimals(-(10**12), 10**12, places=6))
def test_numbers_come_back_exactly(number: Decimal) -> None:
    assert from_millionths(millionths(number)) == number


# The Desk.


@pytest.mark.django_db
def test_a_line_of_the_text_is_taken_over_once() -> None:
    key = given_one()
    first = take_over(key, "needs", LineText("Two warehouses"), "sam", NOON, source_key="k1")
    assert take_over(key, "needs", LineText("Two"), "cleo", NOON + DAY, source_key="k1") == first
    other = take_over(key, "calendar", LineText("Two warehouses"), "cleo", NOON, source_key="k1")
    by_hand = [take_over(key, "needs", LineText("By hand"), "cleo", NOON) for _ in range(2)]
    assert [f.id for f in follow_ups_of(key)] == [first, other, *by_hand]
    assert (kept(first).text, kept(first).status, kept(first).created_by) == ("Two warehouses", Status.OPEN, "sam")
    take_back_line(first, "Never said", 1, "cleo", NOON)
    assert follow_up_with(first) is None
    assert taken_keys(key) == {("needs", "k1"), ("calendar", "k1")}, "what was taken back is not proposed again"
    assert str(FollowUp.objects.get(pk=first)) == f"needs {first} of hand-off {key}, open"


@pytest.mark.django_db
def test_only_what_was_given_is_followed_up() -> None:
    key = begun()
    with pytest.raises(NotNow):
        take_over(key, "needs", LineText("x"), "sam", NOON)
    give(key, 1, "sam", NOON)
    for item in ("objectives", "nothing"):
        with pytest.raises(WrongUse, match="not followed up"):
            take_over(key, item, LineText("x"), "sam", NOON)
    with pytest.raises(WrongUse, match="no hand-off"):
        take_over(999, "needs", LineText("x"), "sam", NOON)
    take_over(key, "needs", LineText("x"), "sam", NOON)
    withdraw(key, "a mistake", 2, "sam", NOON)
    with pytest.raises(NotNow):
        take_over(key, "needs", LineText("y"), "sam", NOON)
    assert follow_ups_about(["C1"]) == ()
    small = for_stage(TEMPLATE, 1)
    assert small.items == (SUMMARY,)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "new",
    [
        LineText(" "), LineText("x" * 8001), LineText("x", priority="high"), LineText("x", watch=GO_LIVE),
        LineText("x", unit="u" * 41), LineText("x", baseline=Decimal("0.1234567")),
    ],
)  # fmt: skip
def test_a_line_that_cannot_be_kept_is_refused(new: LineText) -> None:
    with pytest.raises(WrongUse):
        take_over(given_one(), "needs", new, "sam", NOON)
    assert not FollowUp.objects.exists()


@pytest.mark.django_db
def test_a_need_is_delivered_or_dropped_for_a_reason_and_can_be_opened_again() -> None:
    key = line(priority="must")
    say(key, "delivered")
    assert (kept(key).standing(TODAY), kept(key).done_on, kept(key).said_how) == ("delivered", TODAY, "person")
    with pytest.raises(WrongUse, match="for a reason"):
        say(key, "dropped")
    say(key, "dropped", reason="They closed the second one")
    assert (kept(key).reason, kept(key).done_on) == ("They closed the second one", None)
    say(key, "open")
    assert (kept(key).status, kept(key).reason, kept(key).said_how, kept(key).revision) == ("open", "", "", 4)
    with pytest.raises(WrongUse, match="nobody can say 'reached'"):
        say(key, "reached")
    with pytest.raises(WrongUse, match="yet to come"):
        say(key, "delivered", on=TODAY + DAY)
    with pytest.raises(WrongUse, match="Only a value"):
        say(key, "open", actual=Decimal(1))
    told = [(e.kind, e.who, e.item, e.details.get("status")) for e in history_of(kept(key).handoff_id)][-4:]
    assert told == [("line.taken", "cleo", "needs", None), ("line.said", "cleo", "needs", "delivered"),
                    ("line.said", "cleo", "needs", "dropped"), ("line.said", "cleo", "needs", "open")]  # fmt: skip
    assert AuditEntry.objects.filter(action="handoff.line.said").count() == 3


@pytest.mark.django_db
def test_an_unmet_wish_asks_the_ledger_once() -> None:
    key = line("wanted_solution", "Plans without a network connection")
    handoff = kept(key).handoff_id
    say(key, "planned")
    assert promises_of(handoff) == ()
    for status in ("absent", "exists", "absent"):
        say(key, status)
    (query,) = promises_of(handoff)
    assert (query.id, query.text, query.product_state) == (kept(key).promise_id, kept(key).text, "absent")
    assert (query.customer_id, query.deal_id, query.handoff_id, query.person_id) == ("C1", "D1", handoff, "sam")
    assert (query.due_on, query.accepted_at, query.refused_at, query.to_whom) == (None, None, None, "Rosa")
    assert query.is_red
    with pytest.raises(WrongUse, match="not decided"):
        accept(handoff, "", {}, 2, "cleo", NOON)
    withdraw_promise(query.id, "never promised", "sam", NOON)
    say(key, "exists")
    say(key, "absent")
    assert Promise.objects.count() == 1, "once taken back it is not asked again"


@pytest.mark.django_db
def test_of_two_who_say_it_is_absent_one_asks_and_the_other_is_told() -> None:
    key = line("wanted_solution", "SSO")
    say(key, "absent", seen=1)
    with pytest.raises(Overtaken):
        say(key, "absent", seen=1, reason="No roadmap either")
    assert Promise.objects.count() == 1
    assert [e.text for e in history_of(kept(key).handoff_id) if e.kind == SET_ASIDE] == ["No roadmap either"]


@pytest.mark.django_db
def test_a_value_is_measured_and_its_share_is_exact() -> None:
    key = line("expected_value", "Hours from 12 to 4", metric="Planning", unit="hours", baseline=Decimal(12),
               target=Decimal(4), due_on=JUNE)  # fmt: skip
    assert kept(key).share is None
    say(key, "open", actual=Decimal("9.5"), on=TODAY - DAY)
    assert (kept(key).share, kept(key).done_on) == (Fraction(5, 16), TODAY - DAY)
    assert kept(key).standing(JUNE + DAY) is Standing.MISSED
    say(key, "open", actual=Decimal(3))
    assert kept(key).standing(TODAY) is Standing.REACHED
    say(key, "open")
    assert (kept(key).actual, kept(key).share) == (None, None)


@pytest.mark.django_db
def test_a_calendar_keeps_its_first_day_and_counts_the_slip() -> None:
    key = line("calendar", "Go-live", due_on=date(2026, 6, 10))
    assert kept(key).slip == 0
    change_line(key, LineText("Go-live", due_on=date(2026, 6, 24)), 1, "sam", NOON)
    assert (kept(key).first_due_on, kept(key).slip) == (date(2026, 6, 10), 14)
    say_of_line(key, Word("reached", date(2026, 6, 29)), 2, "cleo", NOON + 40 * DAY, TODAY + 40 * DAY)
    assert (kept(key).slip, kept(key).standing(JUNE)) == (19, Standing.LATE)
    other = line_of(kept(key).handoff_id, "Training")
    change_line(other, LineText("Training", due_on=JUNE), 1, "sam", NOON)
    assert kept(other).first_due_on == JUNE, "the first day that anybody planned"
    moved = take_over(kept(key).handoff_id, "calendar", LineText("Data", due_on=JUNE), "cleo", NOON,
                      first_due_on=JUNE - 9 * DAY)  # fmt: skip
    assert kept(moved).slip == 9


def line_of(handoff: int, text: str, item: str = "calendar") -> int:
    return take_over(handoff, item, LineText(text), "cleo", NOON)


@pytest.mark.django_db
def test_what_was_given_first_is_known_after_it_was_given_again() -> None:
    key = begun()
    assert text_first_given(key, "calendar") == ""
    save_item(key, "calendar", ItemText("Go-live 2026-06-10"), 1, "sam", NOON)
    give(key, 2, "sam", NOON)
    give_back(key, ["needs"], "More", 3, "cleo", NOON)
    save_item(key, "calendar", ItemText("Go-live 2026-06-24"), 2, "sam", NOON)
    found = handoff_with(key)
    assert found is not None
    give(key, found.revision, "sam", NOON)
    assert text_first_given(key, "calendar") == "Go-live 2026-06-10"
    assert text_first_given(key, "summary") == ""


@pytest.mark.django_db
def test_a_rule_reaches_what_is_open_and_a_persons_word_stays() -> None:
    key = line("value_events", "First plan sent", watch=GO_LIVE)
    assert [f.id for f in watched()] == [key]
    assert not reach_by_rule(key, TODAY, Watch("milestone", "first_value"), "relevo", NOON)
    assert reach_by_rule(key, TODAY, GO_LIVE, "relevo", NOON)
    assert (kept(key).status, kept(key).said_how, kept(key).done_on) == ("reached", "rule", TODAY)
    assert not reach_by_rule(key, TODAY, GO_LIVE, "relevo", NOON)
    say(key, "missed", reason="They sent a test only")
    assert watched() == ()
    assert not reach_by_rule(key, TODAY, GO_LIVE, "relevo", NOON)
    assert (kept(key).status, kept(key).said_how) == ("missed", "person")
    told = [(e.kind, e.who, e.text) for e in history_of(kept(key).handoff_id)][-2:]
    assert told == [("line.reached", "relevo", ""), ("line.said", "cleo", "They sent a test only")]
    assert history_of(kept(key).handoff_id)[-1].details["before"]["said_how"] == "rule"
    say(key, "open")
    assert [f.id for f in watched()] == [key], "given back to the rule"


@pytest.mark.django_db
def test_what_a_rule_found_is_open_again_under_another_rule() -> None:
    key = line("value_events", "First plan sent", watch=GO_LIVE)
    reach_by_rule(key, TODAY, GO_LIVE, "relevo", NOON)
    change_line(key, LineText("First plan sent to all", watch=GO_LIVE), kept(key).revision, "cleo", NOON)
    assert kept(key).status is Status.REACHED
    change_line(key, LineText("First plan", watch=Watch("usage", "plans", least=3)), 3, "cleo", NOON)
    assert (kept(key).status, kept(key).said_how, kept(key).done_on) == ("open", "", None)
    take_back_line(key, "a mistake", 4, "cleo", NOON)
    assert not reach_by_rule(key, TODAY, Watch("usage", "plans", least=3), "relevo", NOON)
    assert watched() == ()


@pytest.mark.django_db
def test_two_who_change_a_line_lose_nothing() -> None:
    key = line()
    change_line(key, LineText("Three warehouses", due_on=JUNE), 1, "sam", NOON)
    with pytest.raises(Overtaken):
        change_line(key, LineText("Four", metric="sites", baseline=Decimal(2), target=Decimal(4)), 1, "cleo", NOON)
    with pytest.raises(Overtaken):
        take_back_line(key, "Never said", 1, "cleo", NOON)
    assert kept(key).text == "Three warehouses"
    events = history_of(kept(key).handoff_id)
    assert [e.text for e in events if e.kind == SET_ASIDE] == ["Four · sites · 2 → 4", "Never said"]
    assert [e.details["before"] for e in events if e.kind == "line.changed"] == [
        {"text": "Two warehouses", "due_on": None}
    ]
    with pytest.raises(WrongUse, match="for a reason"):
        take_back_line(key, " ", 2, "cleo", NOON)
    with pytest.raises(WrongUse, match="no line 999"):
        change_line(999, LineText("x"), 1, "cleo", NOON)


STEP = st.tuples(
    st.sampled_from(("take", "change", "say", "say", "back", "rule")), st.integers(0, 4), st.integers(0, 8),
    st.integers(0, 1),
)  # fmt: skip


@pytest.mark.django_db
@settings(max_examples=40)
@given(steps=st.lists(STEP, min_size=3, max_size=25))
def test_any_story_keeps_every_text_one_query_a_wish_and_every_persons_word(
    steps: list[tuple[str, int, int, int]],
) -> None:
    with transaction.atomic():
        point = transaction.savepoint()
        tell(steps)
        transaction.savepoint_rollback(point)


class Story:
    """People and a rule at the lines of one hand-off; it remembers every text that somebody wrote and was kept."""

    def __init__(self) -> None:
        self.handoff, self.words, self.lines = given_one(), set[str](), list[int]()

    def do(self, word: str, act: str, which: int, choice: int, stale: int) -> None:
        if act == "take" or not self.lines:
            self._take(word, FOLLOWED[which], str(choice))
            return
        row = FollowUp.objects.get(pk=self.lines[choice % len(self.lines)])
        if act == "rule":
            is_noted = reach_by_rule(row.pk, TODAY, GO_LIVE, "relevo", NOON)
            assert not is_noted or (row.status, row.said_how) == ("open", ""), "a rule spoke over a person"
            return
        try:
            self._write(row, act, word, choice, row.revision - stale)
        except Overtaken:
            assert stale
        except WrongUse:
            return  # it was taken back before: nothing was written
        self.words.add(word)

    def _take(self, word: str, item: str, source: str) -> None:
        self.lines.append(take_over(self.handoff, item, LineText(word), "sam", NOON, source_key=source))
        if FollowUp.objects.get(pk=self.lines[-1]).text == word:
            self.words.add(word)

    def _write(self, row: FollowUp, act: str, word: str, choice: int, seen: int) -> None:
        possible = STATUSES[row.item]
        watch = GO_LIVE if row.item in ("calendar", "value_events") else None
        if act == "change":
            change_line(row.pk, LineText(word, watch=watch), seen, "sam", NOON)
        elif act == "say":
            status = possible[choice % len(possible)]
            say_of_line(row.pk, Word(status, reason=word), seen, "cleo", NOON, TODAY)
        else:
            take_back_line(row.pk, word, seen, "cleo", NOON)


def tell(steps: list[tuple[str, int, int, int]]) -> None:
    story = Story()
    for number, step in enumerate(steps):
        story.do(f"word {number} end", *step)
    told = "\n".join(e.text + str(e.details) for e in history_of(story.handoff))
    assert {word for word in story.words if word not in told} == set()
    wishes = FollowUp.objects.filter(item="wanted_solution")
    assert Promise.objects.count() == wishes.exclude(promise=None).count() <= wishes.count()


AT_ONCE = """
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from relevo.base.config import Home
from relevo.desk.ready import prepare
prepare(Home(Path(sys.argv[1])))
from django.db import connection
from relevo.base.errors import WrongUse
from tests.desk.test_follow_ups import LineText, Word, follow_ups_of, given_one, say_of_line, take_over, NOON, TODAY
from relevo.desk.relay.models import FollowUp, Promise
handoff = given_one()
def person(number):
    try:
        key = take_over(handoff, "wanted_solution", LineText("SSO"), f"p{number}", NOON, source_key="k")
        for _ in range(6):
            seen = FollowUp.objects.get(pk=key).revision
            for status in ("absent", "planned"):
                try:
                    say_of_line(key, Word(status), seen, f"p{number}", NOON, TODAY)
                except WrongUse:
                    pass
    finally:
        connection.close()
with ThreadPoolExecutor(6) as pool:
    list(pool.map(person, range(6)))
(line,) = follow_ups_of(handoff)
print(Promise.objects.count(), line.promise_id == Promise.objects.get().pk, line.revision > 6)
"""


@only_with_desk_files
def test_people_at_once_take_a_wish_over_once_and_ask_once(tmp_path: Path) -> None:
    """In a process of its own, on the real file: the in-memory database of other tests locks differently."""
    command = [sys.executable, "-c", AT_ONCE, str(tmp_path / "home")]
    result = subprocess.run(command, capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2])
    assert result.stdout == "1 True True\n", result.stdout + result.stderr


@pytest.mark.django_db
def test_the_lines_of_a_customer_are_those_of_all_its_hand_offs_the_latest_first() -> None:
    first = line(text="Early")
    HandOff.objects.update(state="accepted")
    later = take_over(given_one(), "calendar", LineText("Late"), "sam", NOON)
    take_over(given_one("C2"), "needs", LineText("Other"), "sam", NOON)
    assert [f.id for f in follow_ups_about(["C1", "C0"])] == [later, first]
    assert kept(first).customer_id == "C1"
