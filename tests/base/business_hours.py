"""Calendars of the tests, and open minutes counted one by one without the engine's ideas."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np

from relevo.base.business_time import WEEKDAYS, Calendar, Hours

DAY_MIN = 1440
QUARTER_MIN = 15  # every offset since 1972 is a multiple of a quarter of an hour, and changes on one
EPOCH = date(1970, 1, 1)


def seconds(text: str, zone: str = "UTC") -> int:
    """Seconds since 1970 of an ISO instant, local to `zone` where it names none."""
    at = datetime.fromisoformat(text)
    return int((at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).timestamp())


def instant(at_s: int) -> str:
    """An instant as the cases write it."""
    return datetime.fromtimestamp(at_s, UTC).replace(tzinfo=None).isoformat()


def calendar(written: Mapping[str, Any]) -> Calendar:
    """A calendar as the cases write it."""
    rows = (Hours(WEEKDAYS.index(day), *row) for day, rows in written["weekly"].items() for row in rows)
    return Calendar("case", written["tz"], tuple(rows), frozenset(map(date.fromisoformat, written["holidays"])))


def daily(opens: str, closes: str, zone: str = "UTC", **more: Any) -> Calendar:
    """The same hours on each day of the week."""
    return Calendar("daily", zone, tuple(Hours(day, opens, closes, **more) for day in range(7)))


class Minutes:
    """Open time between two instants, from a row of minutes that are open or not."""

    def __init__(self, calendar: Calendar, first: date, last: date) -> None:
        """Lays out the wall minutes of every local day, then looks each minute of UTC up on the wall."""
        begin = (first - EPOCH).days - 2
        wall = np.zeros(((last - first).days + 6) * DAY_MIN, dtype=bool)
        for day in range((last - first).days + 1):
            for hours in _of_day(calendar, first + timedelta(days=day)):
                opens, closes = _minute(hours.opens), _minute(hours.closes)
                start = (day + 2) * DAY_MIN
                wall[start + opens : start + (closes if closes > opens else closes + DAY_MIN)] = True
        quarters = np.arange((begin + 1) * DAY_MIN, (begin + 4 + (last - first).days) * DAY_MIN, QUARTER_MIN)
        zone = ZoneInfo(calendar.timezone)
        local = np.array([_ahead(zone, int(quarter)) for quarter in quarters]) + quarters - begin * DAY_MIN
        minutes = (local[:, None] + np.arange(QUARTER_MIN)).ravel()
        self.open = wall[np.clip(minutes, 0, len(wall) - 1)]
        self.start = int(quarters[0])
        self.sums = np.concatenate([[0], np.cumsum(self.open)])

    def open_seconds(self, from_s: np.ndarray, to_s: np.ndarray) -> np.ndarray:
        """Open seconds of many spans at once."""
        return self._reading(to_s) - self._reading(from_s)

    def _reading(self, at_s: np.ndarray) -> np.ndarray:
        minute = at_s // 60 - self.start
        return self.sums[minute] * 60 + self.open[minute] * (at_s % 60)


def _of_day(calendar: Calendar, day: date) -> list[Hours]:
    if day in calendar.holidays:
        return []
    return [
        hours
        for hours in calendar.hours
        if hours.weekday == day.weekday()
        and (hours.valid_from is None or hours.valid_from <= day)
        and (hours.valid_to is None or day < hours.valid_to)
    ]


def _minute(text: str) -> int:
    hour, minute = text.split(":")
    return int(hour) * 60 + int(minute)


def _ahead(zone: ZoneInfo, minute: int) -> int:
    offset = datetime.fromtimestamp(minute * 60, zone).utcoffset()
    assert offset is not None
    return int(offset.total_seconds()) // 60
