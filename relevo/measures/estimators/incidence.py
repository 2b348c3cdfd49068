"""Competing risks: the share that has left for one cause by a time, while other causes take customers away."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from relevo.measures.estimators.lives import Array, Numbers, risk_table
from relevo.measures.estimators.survival import kaplan_meier, log_log_interval

STILL_HERE = 0


@dataclass(frozen=True, eq=False)
class Incidence:
    """One cause: at ascending times the events of it, the share that left for it, its variance and 95 % interval.

    The interval is on the log(-log(1 - F)) scale, NaN where F is 0 or 1.
    """

    cause: int
    times: Array
    events: Array
    incidence: Array
    variance: Array
    low: Array
    high: Array


@dataclass(frozen=True, eq=False)
class Incidences:
    """All causes over the same times. At every time the survival and the incidences sum to 1."""

    times: Array
    at_risk: Array
    survival: Array
    by_cause: Mapping[int, Incidence]


def cumulative_incidence(
    durations: Numbers, causes: Numbers, n: Numbers | None = None, entries: Numbers | None = None
) -> Incidences:
    """The Aalen-Johansen estimate from counted cells; `causes` is 0 for still here, else 1, 2, ... per cause.

    F_k(t) = Sum S(t-) d_k / Y. One minus Kaplan-Meier per cause overstates it: it lets whoever left for another cause
    leave again. Aalen and Johansen 1978; variance by the delta method (Marubini and Valsecchi 1995, eq. 10.12).
    """
    cause = np.asarray(causes, dtype=float)
    curve = kaplan_meier(durations, (cause != STILL_HERE).astype(float), n, entries)
    before = np.concatenate([[1.0], curve.survival[:-1]]) if curve.survival.size else curve.survival
    found = {}
    for name in sorted({int(c) for c in cause if c != STILL_HERE}):
        events = risk_table(durations, (cause == name).astype(float), n, entries).events
        found[name] = _incidence(name, curve.times, events, curve.events, curve.at_risk, before)
    return Incidences(curve.times, curve.at_risk, curve.survival, found)


def _incidence(cause: int, times: Array, mine: Array, every: Array, at_risk: Array, before: Array) -> Incidence:
    risk = np.where(at_risk > 0, at_risk, 1.0)
    share = np.cumsum(before * mine / risk)
    variance = _variance(share, mine, every, risk, before)
    left = 1 - share
    high, low = log_log_interval(left, _relative(variance, left))
    return Incidence(cause, times, mine, share, variance, 1 - low, 1 - high)


def _variance(share: Array, mine: Array, every: Array, risk: Array, before: Array) -> Array:
    """The delta-method variance at every time, from sums that run once over the times.

    Sum over j up to t of (F(t) - F_j)^2 a_j + b_j - 2 (F(t) - F_j) c_j, opened so that F(t) stands outside the sums.
    """
    spread = risk * (risk - every)
    a = np.divide(every, spread, out=np.zeros_like(every), where=spread > 0)
    b = before**2 * mine * (risk - mine) / risk**3
    c = before * mine / risk**2
    square = share**2 * np.cumsum(a) - 2 * share * np.cumsum(a * share) + np.cumsum(a * share**2)
    cross = share * np.cumsum(c) - np.cumsum(c * share)
    return np.asarray(np.maximum(square + np.cumsum(b) - 2 * cross, 0.0))


def _relative(variance: Array, left: Array) -> Array:
    """Variance over the square of what is left, 0 where nothing is."""
    return np.divide(variance, left**2, out=np.zeros_like(variance), where=left > 0)
