"""Tiles of waits from an answer that was asked: the promise with who still waits, and the same row a year before."""

from collections.abc import Mapping
from typing import Any

from relevo.answers.measures import MeasureAnswer
from relevo.answers.values import Direction, Figure, Tile, count, difference, months_of, rate, seconds

YEAR = 12


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
