"""The job `follow_ups`: use and milestones in the book reach what hand-offs told, and a person's word stays."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from relevo.base.config import Company, Home
from relevo.desk.relay.actions import NewHandOff, draft, give, withdraw
from relevo.desk.relay.actions_follow_ups import LineText, Word, say_of_line, take_over
from relevo.desk.relay.follow_ups import KeptFollowUp, follow_up_with
from relevo.desk.relay.following import Standing, Watch, watch_of
from relevo.desk.relay.handoffs import history_of
from relevo.desk.relay.templates import DEFAULTS
from relevo.jobs import follow_ups as module
from relevo.jobs.follow_ups import settle_follow_ups
from relevo.jobs.loading import start_home
from tests.making import make, span

# 23:30 of 1 May in UTC is 01:30 of 2 May in Madrid: use of 1 May was before the hand-off, that of 2 May was not.
GIVEN = datetime(2026, 5, 1, 23, 30, tzinfo=UTC)
TODAY = date(2026, 7, 1)
ZONE = "Europe/Madrid"
# Day, events and users of exports; C2 used them in April alone.
USES = (("C1", "05-01", 50, 9), ("C1", "05-02", 4, 2), ("C1", "05-20", 6, 5), ("C1", "06-30", 10, None),
        ("C2", "04-30", 99, 9))  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, settings: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> Home:
    """A home whose book knows use until June, a go-live of May, one of April and one after its day."""
    steps = (("C1", "go_live", "2026-05-20T22:30:00Z"), ("C2", "go_live", "2026-04-01T10:00:00Z"),
             ("C1", "adopted", "2026-08-01T10:00:00Z"), ("C1", "set_up", None))  # fmt: skip
    tables = {
        "usage": [
            {"customer_id": c, "on_date": f"2026-{day}", "feature": "exports", "events": e, "users": u}
            for c, day, e, u in USES
        ],
        "milestone": [
            {"milestone_id": f"M{n}", "customer_id": c, "kind": kind, "reached_at": at}
            for n, (c, kind, at) in enumerate(steps)
        ],
        "subscription_span": [span(c, "2026-01-01", None, 1000) for c in ("C1", "C2")],
    }
    home, company = Home(tmp_path / "home"), Company("Shop", "EUR", ZONE)
    start_home(home, company)
    report = make(tmp_path, tables, "2026-06-30", company=company)
    assert report.published, report.findings
    settings.RELEVO_HOME = home.path
    monkeypatch.setattr(module, "now", lambda: datetime(2026, 7, 1, 6, tzinfo=UTC))
    return home


def handed(customer: str = "C1", role: str = "success") -> int:
    key = draft(NewHandOff(customer, DEFAULTS[f"sales_to_{role}"], "sam", "cleo"), "sam", GIVEN)
    give(key, 1, "sam", GIVEN)
    return key


def waits(handoff: int, watch: Watch | None, item: str = "value_events", due: date | None = None) -> int:
    return take_over(handoff, item, LineText("They see it", due_on=due, watch=watch), "sam", GIVEN)


def usage(counts: str, least: int) -> Watch | None:
    return watch_of("usage:exports", counts, least)


def found(key: int) -> KeptFollowUp:
    kept = follow_up_with(key)
    assert kept is not None
    return kept


def test_an_event_is_reached_by_use_since_the_hand_off(home: Home) -> None:
    """Row S1-19. Since 2 May: 4, 6 and 10 events; 2, 5 and unknown users; three days."""
    key = handed()
    wanted = {
        waits(key, usage("events", 10)): date(2026, 5, 20),
        waits(key, usage("events", 20)): date(2026, 6, 30),
        waits(key, usage("events", 21)): None,
        waits(key, usage("users", 5)): date(2026, 5, 20),
        waits(key, usage("users", 6)): None,
        waits(key, usage("days", 3)): date(2026, 6, 30),
        waits(key, None): None,
    }
    other = waits(handed("C2"), usage("events", 1))
    assert settle_follow_ups(home, {}).text == "Lines of hand-offs reached by the book: 4."
    assert {each: found(each).done_on for each in wanted} == wanted
    assert found(other).done_on is None, "April was before the hand-off"
    reached = [e for e in history_of(key) if e.kind == "line.reached"]
    assert [(e.who, e.item) for e in reached] == [("relevo", "value_events")] * 4
    assert settle_follow_ups(home, {}).code == "nothing_due"


def test_a_day_of_the_calendar_happened_where_the_book_has_its_milestone(home: Home) -> None:
    """Row S1-18: the go-live came on 21 May in Madrid, eleven days after the day that was planned."""
    key = handed()
    live = waits(key, watch_of("milestone:go_live"), "calendar", date(2026, 5, 10))
    later = waits(key, watch_of("milestone:adopted"), "calendar", date(2026, 6, 1))
    never = waits(key, watch_of("milestone:set_up"), "calendar")
    before = waits(handed("C2"), watch_of("milestone:go_live"), "calendar")
    settle_follow_ups(home, {})
    assert (found(live).done_on, found(live).slip) == (date(2026, 5, 21), 11)
    assert found(live).standing(TODAY) is Standing.LATE
    assert [found(each).done_on for each in (later, never, before)] == [None, None, None]
    assert found(later).standing(TODAY) is Standing.MISSED


def test_a_persons_word_stays_over_the_rule(home: Home) -> None:
    key = handed()
    line = waits(key, usage("events", 1))
    say_of_line(line, Word("missed", reason="Those were our own tests"), 1, "cleo", GIVEN, TODAY)
    assert settle_follow_ups(home, {}).code == "nothing_due"
    assert (found(line).status, found(line).said_how) == ("missed", "person")
    say_of_line(line, Word("open"), 2, "cleo", GIVEN, TODAY)
    assert settle_follow_ups(home, {}).code == "settled"
    say_of_line(line, Word("missed", reason="Tests, I said"), 4, "cleo", GIVEN, TODAY)
    assert settle_follow_ups(home, {}).code == "nothing_due"
    told = [(e.kind, e.who, e.text) for e in history_of(key)][-2:]
    assert told == [("line.reached", "relevo", ""), ("line.said", "cleo", "Tests, I said")]


def test_somebody_who_speaks_while_it_runs_wins(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    line = waits(handed(), usage("events", 1))
    stale = (found(line),)
    say_of_line(line, Word("missed", reason="No"), 1, "cleo", GIVEN, TODAY)
    monkeypatch.setattr(module, "watched", lambda: stale)
    assert settle_follow_ups(home, {}).code == "nothing_due"
    assert found(line).said_how == "person"


def test_nothing_is_found_without_a_book_and_for_what_was_withdrawn(home: Home, tmp_path: Path) -> None:
    key = handed()
    line = waits(key, usage("events", 1))
    assert settle_follow_ups(Home(tmp_path / "other"), {}).code == "nothing_due"
    withdraw(key, "a mistake", 2, "sam", GIVEN)
    assert settle_follow_ups(home, {}).text == "No line waits for the book."
    assert found(line).done_on is None
