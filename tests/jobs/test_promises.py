"""The job `promises`, with a clock of the test's own: broken by their day, kept by their issue, once each."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from relevo.base.config import Company, Home
from relevo.desk.relay.actions import NewHandOff, draft
from relevo.desk.relay.actions_promises import NewPromise, break_promise, keep_promise, make_promise, withdraw_promise
from relevo.desk.relay.promises import KeptPromise, Standing, history_of_promise, promise_with, promises_of
from relevo.desk.relay.templates import DEFAULTS
from relevo.jobs import promises as module
from relevo.jobs.loading import start_home
from relevo.jobs.promises import settle_promises
from tests.making import make, span

MADE = datetime(2026, 4, 1, 9, tzinfo=UTC)
JUNE = date(2026, 6, 30)
# The end of 30 June in Madrid, two hours before that of UTC.
END_OF_JUNE = datetime(2026, 6, 30, 22, tzinfo=UTC)
ZONE = "Europe/Madrid"


@pytest.fixture
def home(tmp_path: Path, settings: Any, db: None) -> Home:
    """A home whose book knows three issues: one shipped in June, one in July, one not yet."""
    issue = {"kind": "request", "title": "SSO", "status": "done", "created_at": "2026-01-01T00:00:00Z"}
    issues = [
        {**issue, "issue_id": "J1", "shipped_at": "2026-06-30T21:59:00Z"},
        {**issue, "issue_id": "J2", "shipped_at": "2026-06-30T22:01:00Z"},
        {**issue, "issue_id": "J3"},
        {**issue, "issue_id": "J4", "shipped_at": "2026-08-01T10:00:00Z"},
    ]
    tables = {"issue": issues, "subscription_span": [span("C1", "2026-01-01", None, 1000)]}
    home, company = Home(tmp_path / "home"), Company("Shop", "EUR", ZONE)
    start_home(home, company)
    report = make(tmp_path, tables, "2026-07-31", company=company)
    assert report.published, report.findings
    settings.RELEVO_HOME = home.path
    return home


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set the clock of the job."""

    def set_to(moment: datetime) -> None:
        monkeypatch.setattr(module, "now", lambda: moment)
        monkeypatch.setattr(module, "today", lambda zone: moment.astimezone(ZoneInfo(zone)).date())

    return set_to


def promised(due_on: date | None = JUNE, issue_id: str = "", **more: Any) -> int:
    new = NewPromise("C1", "SSO by June", "absent", MADE, "sam", due_on=due_on, issue_id=issue_id, **more)
    return make_promise(new, "sam", MADE)


def found(key: int) -> KeptPromise:
    kept = promise_with(key)
    assert kept is not None
    return kept


def test_sso_by_june_without_a_roadmap_link_is_red_at_the_hand_off_and_broken_after_june(home: Home, at: Any) -> None:
    """Row S0-25, as it is written."""
    handoff = draft(NewHandOff("C1", DEFAULTS["sales_to_success"], "sam", "cleo"), "sam", MADE)
    key = promised(handoff_id=handoff)
    (shown,) = promises_of(handoff)
    assert shown.is_red
    at(datetime(2026, 6, 30, 21, 59, tzinfo=UTC))
    assert settle_promises(home, {}).code == "nothing_due"
    assert found(key).standing(JUNE) is Standing.OPEN
    at(datetime(2026, 6, 30, 22, 1, tzinfo=UTC))  # the first minute of July in Madrid
    outcome = settle_promises(home, {})
    assert outcome.text == "Promises kept by their issue: 0; broken by their day: 1."
    kept = found(key)
    assert (kept.broken_at, kept.ended_how, kept.kept_at) == (END_OF_JUNE, "date", None)
    last = history_of_promise(key)[-1]
    assert (last.kind, last.who) == ("promise.broken", "relevo")


def test_a_second_run_finds_nothing(home: Home, at: Any) -> None:
    keys = promised(), promised(issue_id="J1")
    at(datetime(2026, 7, 2, tzinfo=UTC))
    assert settle_promises(home, {}).code == "settled"
    assert settle_promises(home, {}).code == "nothing_due"
    assert [len(history_of_promise(key)) for key in keys] == [2, 2], "made, and settled once"


def test_an_issue_keeps_what_was_promised_and_is_late_after_its_day(home: Home, at: Any) -> None:
    in_time, late, waits = promised(issue_id="J1"), promised(issue_id="J2"), promised(issue_id="J3")
    no_day, ahead = promised(due_on=None, issue_id="J2"), promised(due_on=None, issue_id="J4")
    at(datetime(2026, 7, 2, 5, tzinfo=UTC))
    assert settle_promises(home, {}).text == "Promises kept by their issue: 3; broken by their day: 1."
    assert (found(in_time).kept_at, found(in_time).is_late) == (datetime(2026, 6, 30, 21, 59, tzinfo=UTC), False)
    assert (found(late).kept_at, found(late).is_late) == (datetime(2026, 6, 30, 22, 1, tzinfo=UTC), True)
    assert (found(no_day).is_late, found(no_day).ended_how) == (False, "issue")
    assert found(waits).ended_how == "date"
    assert found(ahead).kept_at is None, "the book looks to July and does not know of August"


def test_a_book_that_comes_late_takes_back_what_the_day_said(home: Home, at: Any) -> None:
    """Broken by its day first, because the book did not yet know that its issue had shipped in time."""
    key = promised(issue_id="J1")
    break_promise(key, "not built", "relevo", datetime(2026, 7, 1, tzinfo=UTC), at=END_OF_JUNE)
    said = promised(issue_id="J1")
    break_promise(said, "not this year", "ines", datetime(2026, 5, 1, tzinfo=UTC))
    at(datetime(2026, 7, 2, tzinfo=UTC))
    settle_promises(home, {})
    assert found(key).standing(date(2026, 7, 2)) is Standing.KEPT
    assert found(said).standing(date(2026, 7, 2)) is Standing.LATE, "somebody had told the customer that it will not be"


def test_what_shipped_before_it_was_promised_was_kept_when_it_was_promised(home: Home, at: Any) -> None:
    made = datetime(2026, 7, 10, tzinfo=UTC)
    key = make_promise(NewPromise("C1", "SSO", "exists", made, issue_id="J1"), "sam", made)
    at(datetime(2026, 7, 11, tzinfo=UTC))
    settle_promises(home, {})
    assert found(key).kept_at == made


def test_what_a_person_said_stays(home: Home, at: Any) -> None:
    kept, gone, broken = promised(), promised(), promised()
    keep_promise(kept, False, "ines", datetime(2026, 5, 1, tzinfo=UTC))
    withdraw_promise(gone, "a mistake", "ines", datetime(2026, 5, 1, tzinfo=UTC))
    break_promise(broken, "we dropped it", "ines", datetime(2026, 5, 2, tzinfo=UTC))
    at(datetime(2026, 8, 1, tzinfo=UTC))
    assert settle_promises(home, {}).code == "nothing_due"
    assert found(kept).ended_how == "person"
    assert promise_with(gone) is None
    assert found(broken).broken_at == datetime(2026, 5, 2, tzinfo=UTC)


def test_somebody_who_acts_while_it_runs_wins(home: Home, at: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    key, other = promised(), promised(issue_id="J1")
    stale = (found(key), found(other))
    keep_promise(key, False, "ines", datetime(2026, 7, 1, 12, tzinfo=UTC))
    keep_promise(other, True, "ines", datetime(2026, 7, 1, 12, tzinfo=UTC))
    monkeypatch.setattr(module, "overdue", lambda _on: stale[:1])
    monkeypatch.setattr(module, "waiting_for_issues", lambda: stale[1:])
    at(datetime(2026, 7, 2, tzinfo=UTC))
    assert settle_promises(home, {}).code == "nothing_due"
    assert (found(key).ended_how, found(other).is_late) == ("person", True)


def test_killed_between_two_promises_the_next_run_does_the_rest(
    home: Home, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = promised(), promised()
    at(datetime(2026, 7, 2, tzinfo=UTC))
    real, done = module.break_promise, list[int]()

    def dies(key: int, *rest: Any) -> None:
        if done:
            raise KeyboardInterrupt
        done.append(key)
        real(key, *rest)

    monkeypatch.setattr(module, "break_promise", dies)
    with pytest.raises(KeyboardInterrupt):
        settle_promises(home, {})
    assert [found(key).ended_how for key in (first, second)] == ["date", ""]
    monkeypatch.setattr(module, "break_promise", real)
    settle_promises(home, {})
    assert [found(key).ended_how for key in (first, second)] == ["date", "date"]
    assert [e.kind for e in history_of_promise(first)] == ["promised", "promise.broken"]


def test_a_home_without_a_book_knows_days_alone(tmp_path: Path, settings: Any, db: None, at: Any) -> None:
    empty = Home(tmp_path / "empty")
    start_home(empty, Company("Shop", "EUR", ZONE))
    key, shipped = promised(), promised(issue_id="J1")
    at(datetime(2026, 7, 2, tzinfo=UTC))
    assert settle_promises(empty, {}).text == "Promises kept by their issue: 0; broken by their day: 2."
    assert {found(each).ended_how for each in (key, shipped)} == {"date"}
