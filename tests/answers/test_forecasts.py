"""Forecasts are frozen when a book is published, kept, and scored against what happened."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from relevo.answers.forecasts import scored_forecasts
from relevo.answers.measures import Ask, show
from relevo.answers.reading import OPERATOR, Reading, Viewer
from relevo.base.config import Home
from relevo.book.book import Book
from relevo.desk.house.models import FrozenAnswer
from relevo.jobs import forecasts
from relevo.jobs.forecasts import freeze_forecasts, scored, with_frozen
from tests.desks import only_with_desk_files
from tests.making import make, make_book
from tests.measures.forward_books import customer, lives

MADE = "2025-04-30"
LATER = "2025-10-31"


def rows() -> dict[str, list[dict[str, Any]]]:
    """Forty small customers that came month by month; a tenth left early, and five leave after the forecast."""
    ends = {3: "2024-04-12", 7: "2024-08-12", 11: "2025-01-12", 15: "2025-03-12"}
    ends |= dict.fromkeys((20, 21, 22, 23, 24), "2025-07-12")
    spans = {
        f"c{i:02}": (f"{2023 + i // 12}-{i % 12 + 1:02}-10" if i < 28 else "2025-04-10", ends.get(i)) for i in range(40)
    }
    few = {f"e{i}": ("2024-01-10", None) for i in range(3)}
    return {
        "customer": [customer(c, segment="smb") for c in spans] + [customer(c, segment="ent") for c in few],
        "subscription_span": lives({**spans, **few}),
    }


@pytest.fixture(scope="module")
def april(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The home with the book of April."""
    folder = tmp_path_factory.mktemp("april")
    assert make(folder, rows(), MADE).published
    return folder / "home"


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The book half a year later."""
    return make_book(tmp_path_factory.mktemp("later"), rows(), LATER)


@pytest.fixture
def home(april: Path, settings: Any, db: None, monkeypatch: pytest.MonkeyPatch) -> Home:
    """The home of April with a Desk, on the third of May."""
    settings.RELEVO_HOME = april
    found = Home(april)
    found.desk_database.touch()
    on(monkeypatch, date(2025, 5, 3))
    return found


def on(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(forecasts, "today", lambda _timezone: day)
    monkeypatch.setattr(forecasts, "now", lambda: datetime(day.year, day.month, day.day, 6, tzinfo=UTC))


def test_publishing_freezes_the_forecasts_of_a_month_once(home: Home) -> None:
    book = Book.open(home.books)
    assert freeze_forecasts(home, book.manifest) == 3
    assert freeze_forecasts(home, book.manifest) == 0
    kept = {(f.measure, f.month, f.months) for f in FrozenAnswer.objects.all()}
    assert kept == {("expected_churn", "2025-04", 6), ("expected_churn", "2025-04", 12), ("forecast", "2025-04", 12)}
    assert {(f.book, f.policy_hash) for f in FrozenAnswer.objects.all()} == {(book.id, book.policy.hash)}


def test_a_book_of_the_past_makes_no_forecast(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    on(monkeypatch, date(2025, 6, 3))
    assert freeze_forecasts(home, Book.open(home.books).manifest) == 0


@only_with_desk_files
def test_without_a_desk_nothing_is_frozen(tmp_path: Path, home: Home) -> None:
    assert freeze_forecasts(Home(tmp_path / "other"), Book.open(home.books).manifest) == 0


def test_without_history_nothing_is_frozen(tmp_path: Path, settings: Any, home: Home) -> None:
    empty = make(tmp_path, {"customer": [customer("a")]}, MADE)
    young = Home(tmp_path / "home")
    settings.RELEVO_HOME = young.path
    young.desk_database.touch()
    assert freeze_forecasts(young, empty.manifest) == 0


def test_forecasts_made_six_months_ago_are_kept_and_shown_beside_what_happened(home: Home, later: Book) -> None:
    freeze_forecasts(home, Book.open(home.books).manifest)
    found = scored(home, Reading(later, OPERATOR))
    kept = [r for r in found.answer.rows if r["frozen"]]
    half = [r for r in kept if r["months"] == 6]
    assert {r["made_on"].isoformat() for r in kept} == {MADE}
    assert sum(r["lost"] for r in half) == 5
    assert sum(r["customers"] for r in half) == 39
    assert {r["inside"] for r in half} <= {True, False}
    assert {(r["lost"], r["inside"]) for r in kept if r["months"] == 12} == {(None, None)}
    assert (found.frozen.cells, found.frozen.lost) == (len(half), 5)
    assert 0 < found.frozen.brier < 1
    again = [r for r in found.answer.rows if not r["frozen"] and r["months"] == 6]
    assert [(r["segment"], r["age_band"], r["customers"], r["expected_lost"], r["lost"]) for r in again] == [
        (r["segment"], r["age_band"], r["customers"], r["expected_lost"], r["lost"]) for r in half
    ]


def test_a_forecast_under_another_policy_is_shown_and_not_scored(home: Home, later: Book) -> None:
    freeze_forecasts(home, Book.open(home.books).manifest)
    other = later.at(policy=replace(later.policy, name="ours", past_due_grace_days=3))
    found = scored_forecasts(Reading(other, OPERATOR))
    assert found.frozen.cells == 0
    assert [r["lost"] for r in found.answer.rows if r["frozen"]] != []


def test_few_customers_are_hidden_from_who_does_not_see_all(home: Home, later: Book) -> None:
    freeze_forecasts(home, Book.open(home.books).manifest)
    seen = scored_forecasts(Reading(later, Viewer("ana", scope=frozenset({"c01"}))))
    assert {r["customers"] for r in seen.answer.rows if r["segment"] == "ent"} == {None}
    assert any(r["customers"] for r in seen.answer.rows if r["frozen"] and r["segment"] == "smb")


def test_the_frozen_stand_first_in_what_is_shown(home: Home, later: Book) -> None:
    freeze_forecasts(home, Book.open(home.books).manifest)
    reading = Reading(later, OPERATOR)
    remade = show(reading, "expected_churn_scored", Ask())
    shown = with_frozen(home, reading, Ask(), remade)
    assert [r["frozen"] for r in shown.rows] == sorted((r["frozen"] for r in shown.rows), reverse=True)
    assert shown.rows[-len(remade.rows) :] == remade.rows
    assert with_frozen(home, reading, Ask(by="country"), remade) is remade
    mrr = show(reading, "mrr", Ask())
    assert with_frozen(home, reading, Ask(), mrr) is mrr


@only_with_desk_files
def test_without_a_desk_nothing_frozen_is_shown(home: Home, later: Book) -> None:
    reading = Reading(later, OPERATOR)
    remade = show(reading, "expected_churn_scored", Ask())
    assert with_frozen(Home(home.path / "other"), reading, Ask(), remade) is remade
