"""Today: star and guardrails are the company's, the lists are the reader's, and what customers gained comes first."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from relevo.answers.benefit import benefit
from relevo.answers.freshness import SourceAge, stale_sources
from relevo.answers.measures import Ask, show
from relevo.answers.reading import OPERATOR, Reading, Scope, Viewer
from relevo.answers.today import today_page
from relevo.answers.today_lists import WeekMove, today_lists
from relevo.base.config import Config, Home
from relevo.book.landing import Landing
from relevo.sources.load import load_path
from tests.answers import company
from tests.making import make, make_book, span, write_table

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
B = frozenset({"B"})


@pytest.fixture(scope="module")
def week(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    """Three customers: A grew and shrank within the week, B came in it, C moved a day before it began."""
    rows = [
        span("A", "2026-01-05", "2026-10-26", 10000),
        span("A", "2026-10-26", "2026-10-29", 15000, cause="plan"),
        span("A", "2026-10-29", None, 13000, cause="plan"),
        span("B", "2026-10-25", None, 4000),
        span("C", "2026-10-24", None, 9000),
    ]
    customers = [{"customer_id": c, "name": c} for c in "ABC"]
    at, old = "2026-10-01T10:00:00Z", "2026-08-01T10:00:00Z"
    gained = {
        "milestone": [
            {"milestone_id": "1", "customer_id": "A", "kind": "go_live", "reached_at": at},
            {"milestone_id": "2", "customer_id": "A", "kind": "first_value", "reached_at": at},
            {"milestone_id": "3", "customer_id": "B", "kind": "go_live", "reached_at": at},
            {"milestone_id": "4", "customer_id": "C", "kind": "go_live", "reached_at": old},
            {"milestone_id": "5", "customer_id": "C", "kind": "adopted", "expected_on": "2026-10-01"},
        ],
        "promise": [{"promise_id": "P", "customer_id": "A", "made_at": old, "kept_at": at, "text": "SSO",
                     "product_state": "exists"}],
        "issue": [{"issue_id": "I", "kind": "bug", "title": "T", "status": "x", "created_at": old, "shipped_at": at}],
        "issue_report": [{"issue_id": "I", "customer_id": c, "at": old} for c in "AC"],
    }  # fmt: skip
    folder = tmp_path_factory.mktemp("week")
    return Reading(make_book(folder, {"customer": customers, "subscription_span": rows, **gained}), OPERATOR)


def scoped(reading: Reading) -> Reading:
    return replace(reading, viewer=Viewer("ben", scope=B, money=B, conversations=B, own=B, role="csm"))


@pytest.mark.django_db
def test_the_week_holds_who_moved_in_its_seven_days(week: Reading, tmp_path: Path) -> None:
    lists = today_lists(week, Home(tmp_path), NOW)
    assert lists.week_since == date(2026, 10, 25)
    assert lists.week == (
        WeekMove("B", date(2026, 10, 25), "new", None, 4000),
        WeekMove("A", date(2026, 10, 29), "expansion", "plan", 3000),
    )
    assert lists.week_found == 2
    assert [m.customer_id for m in today_lists(scoped(week), Home(tmp_path), NOW).week] == ["B"]
    hidden = replace(week, viewer=Viewer("eva", scope=None, conversations=None))
    assert today_lists(hidden, Home(tmp_path), NOW).week == ()


def test_what_customers_gained_is_counted_without_what_we_did(week: Reading) -> None:
    """The book has no call, conversation or use in it (S0-13)."""
    found = benefit(week)
    assert found.since == date(2026, 8, 3)
    assert found.kinds == (("go_live", 2), ("first_value", 1), ("fix", 2), ("promise_kept", 1))
    assert (found.events, found.customers, found.is_known, found.scope.is_company) == (6, 3, True, True)
    mine = benefit(scoped(week))
    assert (mine.kinds, mine.customers, mine.scope) == ((("go_live", 1),), 1, Scope(1))


def test_a_book_without_value_events_says_so(tmp_path: Path) -> None:
    book = make_book(tmp_path, {"subscription_span": [span("A", "2026-01-05", None, 10000)]})
    found = benefit(Reading(book, OPERATOR))
    assert (found.events, found.is_known) == (0, False)


def test_the_star_is_the_companys_for_everybody(everything: Reading, anas: Reading) -> None:
    star, *guardrails = today_page(everything).tiles
    row = show(everything, "mrr_movements", Ask()).last()
    gained = row["new_cents"] + row["reactivation_cents"] + row["expansion_cents"]
    assert star.figure.code == "net_new_mrr"
    assert star.figure.value.amount == gained - row["churn_cents"] - row["contraction_cents"]
    assert star.partner.code == "logo_churn"
    assert len(guardrails) == 3
    theirs = today_page(anas).tiles
    assert theirs[:3] == (star, *guardrails[:2])
    assert [t.scope.is_company for t in theirs] == [True, True, True, False]
    assert theirs[3].scope == Scope(20)
    assert all(t.scope.is_company for t in today_page(everything).tiles)


def test_a_scoped_sentence_says_whose_it_is(everything: Reading, anas: Reading) -> None:
    assert today_page(everything).sentence.code == "today.month_and_renewals"
    sentence = today_page(anas).sentence
    assert sentence.code == "today.month_and_renewals.yours"
    assert sentence.values["n"].amount == 20


def test_a_source_is_late_after_two_days_or_its_own_habit(tmp_path: Path) -> None:
    rows = {"customer": [{"customer_id": "A", "name": "A"}], "subscription_span": [span("A", "2026-01-05", None, 100)]}
    make(tmp_path, rows, now=NOW)
    home, reading = Home(tmp_path / "home"), Reading(None, OPERATOR)
    assert stale_sources(reading, home, NOW + timedelta(days=2)) == ()
    (late,) = stale_sources(reading, home, NOW + timedelta(days=2, minutes=1))
    assert (late.source, late.loaded_at, late.allowed) == ("files", NOW, timedelta(days=2))
    for i, day in enumerate((7, 14, 21)):
        folder = tmp_path / f"later{i}"
        write_table(folder, "customer", [{"customer_id": "A", "name": f"A{i}"}])
        load_path(folder, Landing(home.landing), Config(), NOW + timedelta(days=day))
    assert stale_sources(reading, home, NOW + timedelta(days=28)) == ()
    (late,) = stale_sources(reading, home, NOW + timedelta(days=28, minutes=1))
    assert late.allowed == timedelta(days=7)


def test_the_desk_is_never_late_for_it_is_silent_while_nobody_decides() -> None:
    month = timedelta(days=30)
    of_files, of_desk = (SourceAge(name, NOW, month, None, timedelta(days=2)) for name in ("files", "relevo"))
    assert (of_files.is_stale, of_desk.is_stale) == (True, False)


@pytest.mark.django_db
def test_the_small_companys_lists(everything: Reading) -> None:
    lists = today_lists(everything, company.home(), company.NOW)
    assert lists.tasks == ()
    assert lists.stale == ()
    assert lists.benefit.is_known
    assert lists.benefit.events == 0
