"""Forecasts are frozen when they are made: once a month, with the first book published after a month's end."""

from datetime import date
from typing import TYPE_CHECKING

from relevo.base.config import Home
from relevo.base.periods import last_complete_month, month_text
from relevo.book.book import Book
from relevo.book.manifest import Manifest
from relevo.desk.ready import prepare
from relevo.jobs.clock import now, today
from relevo.measures.asking import ask
from relevo.measures.card import Ask

if TYPE_CHECKING:
    from relevo.answers.forecasts import ScoredForecasts
    from relevo.answers.measures import MeasureAnswer
    from relevo.answers.reading import Reading

# What is frozen: the measure and how many months it looks ahead.
FORECASTS = (("expected_churn", 6), ("expected_churn", 12), ("forecast", 12))
SCORED = "expected_churn_scored"
WHO = "publish"


def freeze_forecasts(home: Home, manifest: Manifest) -> int:
    """Keep the forecasts of a published book on the Desk; how many were not kept before.

    Nothing where the home has no Desk, and nothing for a book that looks to an earlier month than the calendar does:
    what is made afterwards is no forecast.
    """
    if not home.has_desk or not _is_current(manifest.as_of, today(manifest.company.timezone)):
        return 0
    prepare(home)
    from relevo.desk.house.frozen import is_frozen

    month = month_text(last_complete_month(manifest.as_of))
    missing = [(name, months) for name, months in FORECASTS if not is_frozen(name, month, months)]
    if not missing:
        return 0
    house = home.config().house
    book = Book.open(home.books, memory_limit=house.memory_limit, threads=house.threads, book_id=manifest.id)
    try:
        return sum(_freeze(book, name, months, month) for name, months in missing)
    finally:
        book.close()


def _is_current(as_of: date, on: date) -> bool:
    return last_complete_month(as_of) == last_complete_month(on)


def _freeze(book: Book, name: str, months: int, month: str) -> bool:
    """Freeze one answer; one without rows (no history yet) is not kept."""
    from relevo.desk.house.actions_frozen import freeze
    from relevo.desk.house.frozen import Frozen

    rows = ask(book, name, Ask(months=months)).rows
    if not rows:
        return False
    return freeze(Frozen(name, month, months, book.id, book.as_of, book.policy.hash, rows), WHO, now())


def with_frozen(home: Home, reading: "Reading", question: Ask, answer: "MeasureAnswer") -> "MeasureAnswer":
    """An answer as it is; the scored forecasts with the frozen ones first, where the home has a Desk.

    Frozen forecasts are by segment, so they are not added where something else was asked.
    """
    if answer.measure != SCORED or question != Ask() or not home.has_desk:
        return answer
    return scored(home, reading).answer


def scored(home: Home, reading: "Reading") -> "ScoredForecasts":
    """The frozen forecasts of a home, scored; the Desk is made ready first."""
    prepare(home)
    from relevo.answers.forecasts import scored_forecasts

    return scored_forecasts(reading)
