"""Proportional hazards on counted cells: who leaves faster, by how much, all else in the model being equal.

With categorical covariates the cells are (pattern, entry, duration, event, n), and neither their number nor the ties
grow with customers. Hazard ratios say association; cause needs an experiment.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from relevo.base.errors import DataRefused
from relevo.measures.estimators.chi_square import chi_square_tail, normal_two_sided
from relevo.measures.estimators.lives import Array, LivesTable, Numbers, lives_table
from relevo.measures.estimators.newton import Peak, maximise
from relevo.measures.estimators.ties import tied_fractions
from relevo.measures.intervals import Z95

# Patterns times distinct times; beyond it the covariates are not categorical and the cells should be banded.
MOST_CELLS = 20_000_000
# A direction whose information fell below this share of what it was at no effect has run off to infinity.
VANISHED = 1e-5
# Information per event, in standardised covariates, below which nobody at risk differs in a direction.
NONE = 1e-9


@dataclass(frozen=True)
class Term:
    """One covariate: log hazard ratio, standard error, z, two-sided p, and the ratio with its 95 % interval."""

    name: str
    coefficient: float
    standard_error: float
    z: float
    p: float
    hazard_ratio: float
    low: float
    high: float


@dataclass(frozen=True, eq=False)
class CoxFit:
    """A fitted model. `null_log_likelihood` is that of no effects; the ratio test compares the two."""

    terms: tuple[Term, ...]
    covariance: Array
    log_likelihood: float
    null_log_likelihood: float
    ratio_statistic: float
    ratio_p: float
    concordance: float | None
    n: float
    events: float


@dataclass(frozen=True, eq=False)
class _Cells:
    """Patterns (rows of `x`, standardised) by event times of all strata: at risk and events, and the nodes of ties."""

    x: Array
    at_risk: Array
    events: Array
    time: NDArray[np.intp]
    fraction: Array
    weight: Array


def cox(
    x: ArrayLike,
    durations: Numbers,
    events: Numbers,
    n: Numbers | None = None,
    entries: Numbers | None = None,
    strata: Numbers | None = None,
    names: Sequence[str] = (),
) -> CoxFit:
    """The partial likelihood fit with Efron's ties, delayed entry and strata (Cox 1972; Efron 1977).

    `x` has a row per cell and a column per covariate; n, entries and events as in `risk_table`. Refuses covariates
    that are constant or follow from one another, data without events, and effects that run off to infinity.
    """
    table = lives_table(durations, events, n, entries)
    rows = np.asarray(x, dtype=float).reshape(len(table.durations), -1)
    named = tuple(names) or tuple(f"x{i}" for i in range(rows.shape[1]))
    layer = np.zeros(len(rows)) if strata is None else np.asarray(strata, dtype=float)
    kept = table.seen
    centre, scale = _standard(rows[kept], table.n[kept], named)
    cells = _cells((rows - centre) / scale, table, layer)
    null = _likelihood(np.zeros(rows.shape[1]), cells)
    _refuse_no_contrast(-null[2] / cells.events.sum(), named)
    peak = maximise(lambda at: _likelihood(at, cells), np.zeros(rows.shape[1]), 1e-12)
    _refuse_separation(peak.information, -null[2], named)
    return _fit(peak, null[0], scale, cells, named, float(table.n[kept].sum()))


def _standard(rows: Array, n: Array, names: Sequence[str]) -> tuple[Array, Array]:
    """Mean and standard deviation of every covariate; refuses constant and dependent ones by name."""
    total = float(n.sum())
    if not total:
        raise DataRefused("Nobody was ever at risk.", "Look at durations and entries.")
    centre = n @ rows / total
    scale = np.sqrt(n @ (rows - centre) ** 2 / total)
    flat = [name for name, s in zip(names, scale, strict=True) if s < 1e-12]
    if flat:
        raise DataRefused(f"{', '.join(flat)} is the same for everybody.", "Leave it out.")
    standard = (rows - centre) / scale
    gram = (standard * n[:, None]).T @ standard / total
    values, vectors = np.linalg.eigh(gram)
    if values[0] < NONE:
        raise DataRefused(
            f"{_involved(vectors[:, values < NONE], names)} follow from one another.", "Leave one of them out."
        )
    return centre, scale


def _cells(x: Array, table: LivesTable, layer: Array) -> _Cells:
    """Patterns by times; every stratum has times of its own."""
    kept = table.seen & (table.n > 0)
    patterns, pattern = np.unique(x[kept], axis=0, return_inverse=True)
    lives, layer = table.kept(kept), layer[kept]
    parts = [_stratum(pattern.ravel(), lives, layer == s, len(patterns)) for s in np.unique(layer)]
    at_risk = np.concatenate([p[0] for p in parts], axis=1)
    events = np.concatenate([p[1] for p in parts], axis=1)
    if not events.size:
        raise DataRefused(f"None of {lives.n.sum():.0f} left, so nothing can be compared.", "Wait for events.")
    ties = [tied_fractions(int(d)) for d in events.sum(axis=0)]
    return _Cells(
        patterns,
        at_risk,
        events,
        np.repeat(np.arange(len(ties)), [len(u) for u, _ in ties]),
        np.concatenate([u for u, _ in ties]),
        np.concatenate([w for _, w in ties]),
    )


def _stratum(pattern: NDArray[np.intp], lives: LivesTable, mine: NDArray[np.bool_], size: int) -> tuple[Array, Array]:
    """At risk and events by pattern at the event times of one stratum."""
    own, row = lives.kept(mine), pattern[mine]
    times = np.unique(own.durations[own.events > 0])
    if size * times.size > MOST_CELLS:
        raise DataRefused(
            f"{size} patterns at {times.size} times are too many cells.", "Band the covariates or round the durations."
        )
    change = np.zeros((size, times.size + 1))
    np.add.at(change, (row, np.searchsorted(times, own.entries, side="right")), own.n)
    np.subtract.at(change, (row, np.searchsorted(times, own.durations, side="right")), own.n)
    events, left = np.zeros((size, times.size)), own.events > 0
    np.add.at(events, (row[left], np.searchsorted(times, own.durations[left])), own.n[left])
    return np.cumsum(change, axis=1)[:, :-1], events


def _likelihood(at: Array, cells: _Cells) -> tuple[float, Array, Array]:
    """Efron's log partial likelihood with first and second derivatives, by patterns, times and nodes of ties."""
    score = cells.x @ at
    # A shift of all scores leaves the likelihood alone; it keeps the exponentials within a double.
    hazard = np.exp(score - score.max(initial=0.0))
    weighted = hazard[:, None] * cells.x
    risk, tied = hazard @ cells.at_risk, hazard @ cells.events
    below = risk[cells.time] - cells.fraction * tied[cells.time]
    share, part = cells.weight / below, cells.weight * cells.fraction / below
    size = cells.at_risk.shape[1]
    whole = cells.at_risk @ np.bincount(cells.time, share, size) - cells.events @ np.bincount(cells.time, part, size)
    risk_x, tied_x = cells.at_risk.T @ weighted, cells.events.T @ weighted
    mean = (risk_x[cells.time] - cells.fraction[:, None] * tied_x[cells.time]) / below[:, None]
    left = cells.events.sum(axis=1)
    height = left @ (score - score.max(initial=0.0)) - cells.weight @ np.log(below)
    slope = left @ cells.x - whole @ weighted
    curve = (mean * cells.weight[:, None]).T @ mean - (weighted * whole[:, None]).T @ cells.x
    return float(height), slope, curve


def _refuse_no_contrast(information: Array, names: Sequence[str]) -> None:
    """Whenever somebody left, all at risk were alike in these terms: they cannot be compared."""
    values, vectors = np.linalg.eigh(information)
    if values[0] < NONE:
        raise DataRefused(
            f"Whenever somebody left, all at risk were alike in {_involved(vectors[:, values < NONE], names)}.",
            "Leave it out, or wait for more events.",
        )


def _refuse_separation(now: Array, before: Array, names: Sequence[str]) -> None:
    """Where terms say for certain who leaves, the likelihood rises for ever and their information vanishes."""
    root = np.linalg.inv(np.linalg.cholesky(before))
    if np.linalg.eigvalsh(root @ now @ root.T)[0] < VANISHED:
        # Which of them is not told: where the climb was stopped hangs on the last digits of sums.
        raise DataRefused(
            f"An effect of {', '.join(names)} is infinite on these data: on one side nobody left, or everybody before "
            "the others.",
            "Pool it with another level or leave it out.",
        )


def _involved(directions: Array, names: Sequence[str]) -> str:
    """The terms that make up the space of some directions, whichever vectors span it."""
    share = np.linalg.norm(directions, axis=1)
    return ", ".join(name for name, s in zip(names, share, strict=True) if s > 0.01)


def _fit(peak: Peak, null: float, scale: Array, cells: _Cells, names: Sequence[str], n: float) -> CoxFit:
    covariance = np.asarray(np.linalg.inv(peak.information) / np.outer(scale, scale), dtype=float)
    terms = tuple(
        _term(name, float(b), float(v))
        for name, b, v in zip(names, peak.at / scale, np.diag(covariance), strict=True)
    )  # fmt: skip
    statistic = 2 * (peak.height - null)
    return CoxFit(
        terms, covariance, peak.height, null, statistic, chi_square_tail(statistic, len(terms)),
        _concordance(cells, cells.x @ peak.at), n, float(cells.events.sum()),
    )  # fmt: skip


def _term(name: str, coefficient: float, variance: float) -> Term:
    error = float(np.sqrt(variance))
    z = coefficient / error
    low, high = np.exp(coefficient - Z95 * error), np.exp(coefficient + Z95 * error)
    return Term(
        name, coefficient, error, z, normal_two_sided(z), float(np.exp(coefficient)), float(low), float(high)
    )  # fmt: skip


def _concordance(cells: _Cells, score: Array) -> float | None:
    """Of the pairs in which one is known to have left before the other: the share in which its score was higher.

    Equal scores count half; two that left at the same time are no pair (Harrell 1982).
    """
    order = np.argsort(score, kind="stable")
    ranked, _, place = np.unique(np.round(score[order], 12), return_index=True, return_inverse=True)
    stayed, left = np.zeros((2, ranked.size, cells.events.shape[1]))
    np.add.at(stayed, place, (cells.at_risk - cells.events)[order])
    np.add.at(left, place, cells.events[order])
    below = np.cumsum(stayed, axis=0) - stayed
    pairs = float((left.sum(axis=0) * stayed.sum(axis=0)).sum())
    return float((left * (below + stayed / 2)).sum()) / pairs if pairs else None
