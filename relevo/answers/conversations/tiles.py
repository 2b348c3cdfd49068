"""Tiles of waits from answers that were asked: the wait with what was kept, the promise with who still waits."""

from collections.abc import Mapping
from typing import Any

from relevo.answers.measures import Ask, MeasureAnswer, show
from relevo.answers.reading import Reading
from relevo.answers.values import Direction, Figure, RowsAsk, Tile, count, difference, months_of, rate, seconds

YEAR = 12


def year_to(reading: Reading, window: int | None = None) -> Ask:
    """The last complete month and the twelve before it, each over a window of so many months."""
    last = reading.company_book.last_complete_month
    return Ask(first=last - YEAR, last=last, months=window)


def retention(reading: Reading) -> MeasureAnswer:
    """What was kept of the revenue of a year, month by month: what waits are read with."""
    return show(reading, "gross_revenue_retention", year_to(reading, YEAR))


def kept_figure(kept: MeasureAnswer) -> Figure:
    """What was kept of the revenue of the year before the last complete month."""
    now = kept.last()
    asked = RowsAsk(kept.measure, month=now.get("month"), months=YEAR)
    return Figure(kept.measure, "grr_year", rate(now.get("rate")), asked)


def wait_tile(waits: MeasureAnswer, kept: MeasureAnswer) -> Tile:
    """The median wait of the last complete month, read with what was kept of last year's revenue."""
    now, before = waits.last(), year_before(waits)
    change = difference(now.get("first_response_s"), before.get("first_response_s"))
    return Tile(
        figure=Figure("waits", "first_response", seconds(now.get("first_response_s"))),
        partner=kept_figure(kept),
        month=now.get("month"),
        change=seconds(None if change is None else int(change)),
        since=before.get("month"),
        better=Direction.DOWN,
        spark=months_of(waits.rows, "first_response_s"),
        n=now.get("n"),
    )


def promise_tile(waits: MeasureAnswer) -> Tile:
    """First answers in the time promised, read with those not given yet; in open hours while nothing is promised."""
    now, before = waits.last(), year_before(waits)
    if now.get("within_promise") is None:
        return _open_hours_tile(waits)
    return Tile(
        figure=Figure("waits", "within_promise", rate(now.get("within_promise"))),
        partner=Figure("waits", "still_waiting", count(now.get("open_n"))),
        month=now.get("month"),
        change=rate(difference(now.get("within_promise"), before.get("within_promise"))),
        since=before.get("month"),
        better=Direction.UP,
        spark=months_of(waits.rows, "within_promise"),
    )


def _open_hours_tile(waits: MeasureAnswer) -> Tile:
    """The median wait in open hours, read with those who still wait."""
    now, before = waits.last(), year_before(waits)
    change = difference(now.get("business_s"), before.get("business_s"))
    return Tile(
        figure=Figure("waits", "open_hours", seconds(now.get("business_s"))),
        partner=Figure("waits", "still_waiting", count(now.get("open_n"))),
        month=now.get("month"),
        change=seconds(None if change is None else int(change)),
        since=before.get("month"),
        better=Direction.DOWN,
        spark=months_of(waits.rows, "business_s"),
    )


def year_before(answer: MeasureAnswer) -> Mapping[str, Any]:
    """The row of twelve months before the last one; empty where there is none."""
    return answer.rows[-1 - YEAR] if len(answer.rows) > YEAR else {}
