"""The clocks of the support desk: how fast waiting cases are picked at each hour, and when each pod is on shift.

A clock is a running sum over hours. Cases of a kind that wait are picked at one rate by that clock, whatever they are
and however long they have waited: so, at any moment, who picks takes one of them at random.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from relevo.sources.demo.cast import PODS, Cast, Roster
from relevo.sources.demo.frame import DAY, HOUR, Flags, Floats, Frame, Ints
from relevo.sources.demo.people import DESK_HOURS, OPEN_HOURS, PRIORITY_HOURS
from relevo.sources.demo.truths import overload

_BEYOND = 150
"""Days after the end for which the clocks run on, so that what comes later is known to come later."""
_IDLE = 0.015
_PACE = 1.6


@dataclass(frozen=True)
class Clock:
    """Readings of a clock at full hours; between them it runs evenly."""

    hours: Floats
    readings: Floats

    def read(self, at: Ints) -> Floats:
        """The reading at each instant."""
        return np.asarray(np.interp(at, self.hours, self.readings), dtype=np.float64)

    def after(self, at: Ints, seconds: Floats) -> Ints:
        """The instant at which the clock has run for so many seconds since `at`."""
        return np.interp(self.read(at) + seconds, self.readings, self.hours).astype(np.int64)


@dataclass(frozen=True)
class Clocks:
    """That of the whole desk, that of the priority tier, and one for each pod."""

    desk: Clock
    priority: Clock
    pods: tuple[Clock, ...]

    def of_pod(self, pod: Ints, at: Ints, seconds: Floats) -> Ints:
        """The instant at which each person's own pod has been on shift for so long."""
        later = at.copy()
        for number, clock in enumerate(self.pods):
            chosen = pod == number
            later[chosen] = clock.after(at[chosen], seconds[chosen])
        return later


def on_shift(pod: Ints, at: Ints) -> Flags:
    """Whether people of a pod are on shift, as the table `shift` says."""
    second = at % DAY - np.array(OPEN_HOURS)[pod] * HOUR
    return np.asarray((second >= 0) & (second < DESK_HOURS * HOUR) & is_weekday(at), dtype=np.bool_)


def is_weekday(at: Ints) -> Flags:
    """Whether an instant is on Monday to Friday in UTC."""
    return np.asarray((at // DAY + 3) % 7 < 5, dtype=np.bool_)


def clocks(frame: Frame, cast: Cast, agents: Roster) -> Clocks:
    """The clocks of a company over the reported months."""
    hours = np.arange(frame.calendar.opens * DAY, (frame.calendar.end + _BEYOND) * DAY, HOUR)
    staffed = np.stack([on_shift(np.full(len(hours), pod), hours) for pod in range(len(PODS))])
    shares = _shares(cast, agents)[frame.calendar.month(hours // DAY)].T
    slower = np.where(overload.is_busy(frame, hours), overload.SLOWER, 1.0)
    return Clocks(
        _clock(hours, (staffed * shares).sum(axis=0) * _PACE * slower),
        _clock(hours, _priority_hours(hours) * slower),
        tuple(_clock(hours, row.astype(np.float64)) for row in staffed),
    )


def _clock(hours: Ints, rate: Floats) -> Clock:
    passed = np.cumsum(np.maximum(rate, _IDLE)) * HOUR
    return Clock(hours.astype(np.float64), np.append(0.0, passed[:-1]))


def _shares(cast: Cast, agents: Roster) -> Floats:
    """Of the people at the desk in each month, the share of each pod."""
    pods = np.array([p.pod for p in cast.people])
    rows = [np.bincount(pods[r[:n]], minlength=len(PODS)) for r, n in zip(agents.people, agents.counts, strict=True)]
    table = np.array(rows, dtype=np.float64)
    return np.asarray(table / np.maximum(table.sum(axis=1, keepdims=True), 1), dtype=np.float64)


def _priority_hours(hours: Ints) -> Floats:
    """1 in the hours promised to the priority tier, by the clock of Madrid, on weekdays."""
    zone, opens, closes = ZoneInfo("Europe/Madrid"), *PRIORITY_HOURS
    days, place = np.unique(hours // DAY, return_inverse=True)
    noon = [datetime(1970, 1, 1, 12, tzinfo=UTC) + timedelta(days=int(d)) for d in days]
    offset = np.array([int((zone.utcoffset(t) or timedelta()).total_seconds()) // HOUR for t in noon])
    local = hours % DAY // HOUR + offset[place]
    return np.asarray((local >= opens) & (local < closes) & is_weekday(hours), dtype=np.float64)
