"""Forecasts of churn that were frozen when they were made, scored against what has happened since.

Reads the Desk: whoever asks has made it ready (`relevo.desk.ready`, or the web application).
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from relevo.answers.measures import FEWEST_CUSTOMERS, Ask, MeasureAnswer, show
from relevo.answers.reading import Reading
from relevo.base.periods import parse_month
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.desk.house.frozen import Kept, frozen_answers
from relevo.measures.asking import frame_of
from relevo.measures.card import Record
from relevo.measures.revenue.churn_scored import EXPECTED_CHURN_SCORED, Score, actual, score, scored
from relevo.measures.revenue.expected_churn import EXPECTED_CHURN

SCORED = EXPECTED_CHURN_SCORED.card.name
FORECAST = EXPECTED_CHURN.card.name
SEGMENT = "segment"
_SCORED: Remembered[list[Record]] = Remembered(128)


@dataclass(frozen=True)
class ScoredForecasts:
    """The table: frozen forecasts first, then those made again; the scores of either kind.

    A frozen forecast that is not old enough, or was made under another policy, has no `lost` yet and is not scored.
    """

    answer: MeasureAnswer
    frozen: Score
    again: Score


def scored_forecasts(reading: Reading) -> ScoredForecasts:
    """Every frozen forecast of expected churn with what happened, beside forecasts made again from the book.

    Forecasts are by segment and age band of the whole company, the same for every viewer. NotReady before the first
    book; DataRefused where a frozen forecast was changed.
    """
    remade = show(reading, SCORED, Ask())
    book = reading.company_book
    frozen = frozen_answers(FORECAST)
    kept: list[Mapping[str, Any]] = [row for found in frozen for row in _scored_once(book, found)]
    shown = kept if reading.viewer.sees_all else [_without_few(row) for row in kept]
    answer = replace(remade, rows=(*shown, *remade.rows))
    return ScoredForecasts(answer, score(kept), score([r for r in remade.rows if r["customers"] is not None]))


def _scored_once(book: Book, found: Kept) -> list[Record]:
    """What happened since does not change while the book does not; what was frozen is told by its hash."""
    return _SCORED.get(book, found.answer.sha256, lambda: _rows(book, found))


def _rows(book: Book, found: Kept) -> list[Record]:
    """The rows of one frozen forecast, scored where its months have passed."""
    forecast = found.answer
    made = parse_month(forecast.month)
    frame = frame_of(book, EXPECTED_CHURN.card, Ask())
    told = {"made_on": forecast.as_of, "months": forecast.months, "frozen": True}
    rows = [dict(row) for row in forecast.rows]
    if made + forecast.months > frame.last_complete or forecast.policy_hash != book.policy.hash:
        bare = [{k: v for k, v in r.items() if k not in ("mrr_at_risk_cents", "currency")} for r in rows]
        return [{**told, **r, "lost": None, "inside": None} for r in bare]
    return [{**told, **r} for r in scored(rows, actual(book, frame, made, forecast.months), SEGMENT)]


def _without_few(row: Mapping[str, Any]) -> Mapping[str, Any]:
    """The row, its figures withheld where fewer than five customers stand behind them."""
    if row["customers"] >= FEWEST_CUSTOMERS:
        return row
    kept = ("made_on", "months", "frozen", SEGMENT, "age_band")
    return {name: value if name in kept else None for name, value in row.items()}
