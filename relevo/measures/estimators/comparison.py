"""The log-rank test: do two or more groups leave at the same pace? It says association, never cause."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import numpy as np

from relevo.base.errors import DataRefused
from relevo.measures.estimators.chi_square import chi_square_tail
from relevo.measures.estimators.lives import Array, Numbers, risk_table

Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Lives:
    """One group's counted cells; `n` and `entries` as in `risk_table`."""

    durations: Numbers
    events: Numbers
    n: Numbers | None = None
    entries: Numbers | None = None


@dataclass(frozen=True)
class GroupResult:
    """One group: its lives, its events and the events expected of it if all groups left at one pace."""

    n: float
    observed: float
    expected: float


@dataclass(frozen=True)
class LogRank(Generic[Name]):
    """The statistic, its degrees of freedom and p (None where no event could be shared between groups)."""

    statistic: float | None
    degrees: int
    p: float | None
    groups: Mapping[Name, GroupResult]


def log_rank(groups: Mapping[Name, Lives]) -> LogRank[Name]:
    """The log-rank test between two or more groups, with delayed entry and ties (Mantel 1966; Peto and Peto 1972).

    The covariance of observed minus expected is hypergeometric; the statistic is chi-square with (groups - 1) degrees
    of freedom, fewer where a group was never at risk when somebody left.
    """
    if len(groups) < 2:
        raise DataRefused("A comparison needs two groups or more.", "Slice by something that has two values.")
    at_risk, events = _aligned(groups)
    risk, gone = at_risk.sum(axis=0), events.sum(axis=0)
    share = at_risk / risk
    expected, observed = (share * gone).sum(axis=1), events.sum(axis=1)
    spread = np.divide(gone * (risk - gone), risk - 1, out=np.zeros_like(gone), where=risk > 1)
    covariance = np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T
    statistic, degrees = _quadratic(observed - expected, covariance)
    results = {
        name: GroupResult(_lives(lives), float(o), float(e))
        for (name, lives), o, e in zip(groups.items(), observed, expected, strict=True)
    }
    if not degrees:
        return LogRank(None, 0, None, results)
    return LogRank(statistic, degrees, chi_square_tail(statistic, degrees), results)


def _aligned(groups: Mapping[Name, Lives]) -> tuple[Array, Array]:
    """At risk and events of every group (rows) at every time at which anybody left (columns)."""
    own = [risk_table(g.durations, g.events, g.n, g.entries) for g in groups.values()]
    times = np.unique(np.concatenate([t.times[t.events > 0] for t in own]))
    tables = [risk_table(g.durations, g.events, g.n, g.entries, times) for g in groups.values()]
    return np.stack([t.at_risk for t in tables]), np.stack([t.events for t in tables])


def _quadratic(difference: Array, covariance: Array) -> tuple[float, int]:
    """The squared distance of the difference from 0 under the covariance, and the covariance's rank.

    The groups' differences sum to 0, so one is always spare.
    """
    values, vectors = np.linalg.eigh(covariance)
    kept = values > 1e-9 * max(values.max(initial=0.0), 1e-300)
    kept &= values > 1e-12
    along = vectors[:, kept].T @ difference
    return float((along**2 / values[kept]).sum()), int(kept.sum())


def _lives(group: Lives) -> float:
    return float(len(group.durations) if group.n is None else np.asarray(group.n, dtype=float).sum())
