"""Lives as counted cells, and the table of who was at risk and who left that every estimator starts from."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from relevo.base.errors import DataRefused

Array = NDArray[np.float64]
Numbers = Sequence[float] | Sequence[int] | NDArray[np.float64] | NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class RiskTable:
    """Per time, ascending: how many were at risk, how many had the event, how many were censored."""

    times: Array
    at_risk: Array
    events: Array
    censored: Array


@dataclass(frozen=True)
class Estimate:
    """A figure with its standard error and 95 % interval, in the figure's own unit; NaN where undefined."""

    value: float
    standard_error: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class LivesTable:
    """Counted cells in columns; `entries` is minus infinity for lives seen from the beginning."""

    durations: Array
    events: Array
    n: Array
    entries: Array

    @property
    def seen(self) -> NDArray[np.bool_]:
        """Cells that were ever at risk: they left after they were first seen."""
        return self.durations > self.entries

    def kept(self, which: NDArray[np.bool_]) -> "LivesTable":
        """The cells for which `which` holds."""
        return LivesTable(self.durations[which], self.events[which], self.n[which], self.entries[which])


def lives_table(
    durations: Numbers, events: Numbers, n: Numbers | None = None, entries: Numbers | None = None
) -> LivesTable:
    """The cells as columns of numbers; refuses columns of unequal length and impossible lives."""
    lasted, left = np.asarray(durations, dtype=float), np.asarray(events, dtype=float)
    count = np.ones_like(lasted) if n is None else np.asarray(n, dtype=float)
    given = np.zeros_like(lasted) if entries is None else np.asarray(entries, dtype=float)
    if not lasted.shape == left.shape == count.shape == given.shape or lasted.ndim != 1:
        raise DataRefused(
            f"Lives need one duration, event, count and entry each, and came with {lasted.size}, "
            f"{left.size}, {count.size} and {given.size} of them.",
            "Aggregate all of them by the same columns.",
        )
    _refuse_impossible(lasted, left, count)
    return LivesTable(lasted, left, count, np.where(given > 0, given, -np.inf))


def _refuse_impossible(lasted: Array, left: Array, count: Array) -> None:
    if not (np.isfinite(lasted).all() and (lasted >= 0).all()):
        raise DataRefused("A duration is negative, infinite or missing.", "Look for ends before beginnings.")
    if not (np.isin(left, (0.0, 1.0)).all() and (count >= 0).all()):
        raise DataRefused("An event is neither 0 nor 1, or a count is negative.", "Count lives per cell.")


def risk_table(
    durations: Numbers,
    events: Numbers,
    n: Numbers | None = None,
    entries: Numbers | None = None,
    times: Numbers | None = None,
) -> RiskTable:
    """At risk, events and censored at each distinct duration, or at `times` where they are given.

    A cell is `n` lives (1 if left out) of one duration, event (1 left, 0 censored) and entry. A life with entry 0 or
    less is seen from the beginning; one that entered late is at risk at `t` if entry < t <= duration, so whoever left
    at or before its entry was never at risk and is not counted. Events come before censorings at ties.
    """
    every = lives_table(durations, events, n, entries)
    lives = every.kept(every.seen)
    at = np.unique(lives.durations) if times is None else np.asarray(times, dtype=float)
    begin = np.searchsorted(at, lives.entries, side="right")
    place = np.searchsorted(at, lives.durations, side="left")
    until = np.searchsorted(at, lives.durations, side="right")
    change = _summed(begin, lives.n, at.size) - _summed(until, lives.n, at.size)
    # Who leaves between two of the given times is in neither; `until` is past `place` where the time is listed.
    ends = until > place
    gone = _summed(place[ends], (lives.n * lives.events)[ends], at.size)
    all_gone = _summed(place[ends], lives.n[ends], at.size)
    # Counts may be weights: sums in another order differ in their last digits.
    if not np.isclose(gone.sum(), (lives.n * lives.events).sum(), rtol=1e-9, atol=0.0):
        raise DataRefused("Times were asked that miss some of the events.", "Name every time with an event.")
    return RiskTable(at, np.cumsum(change)[:-1], gone[:-1], (all_gone - gone)[:-1])


def cell(value: float, digits: int = 6) -> float | None:
    """A number as a cell: rounded, None where it is undefined or infinite."""
    return round(float(value), digits) if np.isfinite(value) else None


def _summed(places: NDArray[np.intp], counts: Array, size: int) -> Array:
    """Counts per place, with one place past the end."""
    return np.asarray(np.bincount(places, weights=counts, minlength=size + 1), dtype=float)
