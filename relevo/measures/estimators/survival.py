"""The survival curve and what is read off it: quantiles, restricted mean, weighted sums; the cumulative hazard."""

from dataclasses import dataclass

import numpy as np

from relevo.measures.estimators.lives import Array, Estimate, Numbers, risk_table
from relevo.measures.intervals import Z95


@dataclass(frozen=True, eq=False)
class SurvivalCurve:
    """The product-limit curve at ascending times; a step function, right-continuous, 1 before the first time.

    `greenwood` is the running sum of d / (Y (Y - d)), so that Var S = S^2 * greenwood. `low` and `high` are the 95 %
    interval on the log(-log S) scale, NaN where S is 0 or 1. `last` is the longest duration seen, event or not:
    nothing is known after it.
    """

    times: Array
    at_risk: Array
    events: Array
    censored: Array
    survival: Array
    greenwood: Array
    low: Array
    high: Array

    @property
    def last(self) -> float:
        """The longest duration seen; 0 where there are no lives."""
        return float(self.times[-1]) if self.times.size else 0.0

    def at(self, times: Numbers) -> Array:
        """S at the given times; NaN after the last duration seen unless nobody was left by then."""
        return self._read(self.survival, times, before=1.0)

    def bounds_at(self, times: Numbers) -> tuple[Array, Array]:
        """The lower and upper ends at the given times; NaN where S is 0, 1 or unknown."""
        return self._read(self.low, times, before=np.nan), self._read(self.high, times, before=np.nan)

    def quantile(self, share: float = 0.5) -> tuple[float, float, float]:
        """The first time at which S has fallen to `share`, with its 95 % interval (Brookmeyer and Crowley 1982).

        NaN where the curve (or its band) has not fallen so far. 0.5 gives the median.
        """
        return self._first(self.survival, share), self._first(self.low, share), self._first(self.high, share)

    def _first(self, heights: Array, share: float) -> float:
        """Ties within the last bits of a double are ties."""
        found = np.flatnonzero(heights <= share + 1e-12)
        return float(self.times[found[0]]) if found.size else float("nan")

    def _read(self, heights: Array, times: Numbers, before: float) -> Array:
        asked = np.asarray(times, dtype=float)
        place = np.searchsorted(self.times, asked, side="right")
        ended = self.survival.size > 0 and self.survival[-1] == 0
        known = (asked <= self.last) | ended
        return np.asarray(np.where(known, np.concatenate([[before], heights])[place], np.nan))


def kaplan_meier(
    durations: Numbers,
    events: Numbers,
    n: Numbers | None = None,
    entries: Numbers | None = None,
    times: Numbers | None = None,
) -> SurvivalCurve:
    """The product-limit estimate with delayed entry from counted cells (`risk_table` says the conventions).

    Kaplan and Meier 1958; variance by Greenwood 1926; interval on the log(-log) scale, Kalbfleisch and Prentice.
    `times` asks for other times than the distinct durations; they must ascend and contain every time with an event.
    """
    table = risk_table(durations, events, n, entries, times)
    survival = np.asarray(np.cumprod(1 - _share(table.events, table.at_risk)), dtype=float)
    greenwood = np.cumsum(_share(table.events, table.at_risk * (table.at_risk - table.events)))
    low, high = log_log_interval(survival, greenwood)
    return SurvivalCurve(table.times, table.at_risk, table.events, table.censored, survival, greenwood, low, high)


def log_log_interval(survival: Array, relative_variance: Array) -> tuple[Array, Array]:
    """The 95 % interval of S from Var S / S^2 on the log(-log) scale; NaN where S is 0 or 1."""
    inside = (survival > 0) & (survival < 1)
    safe = np.where(inside, survival, 0.5)
    half = Z95 * np.sqrt(relative_variance) / np.abs(np.log(safe))
    low, high = safe ** np.exp(half), safe ** np.exp(-half)
    return np.where(inside, low, np.nan), np.where(inside, high, np.nan)


@dataclass(frozen=True)
class RestrictedMean:
    """Expected time up to `horizon`, in the unit of the durations, with its standard error and 95 % interval.

    `horizon` is the one used: what was asked, or the last duration seen where that comes first (nothing is
    extrapolated). Whoever shows the figure shows it.
    """

    horizon: float
    mean: Estimate


def restricted_mean(curve: SurvivalCurve, horizon: float) -> RestrictedMean:
    """The area under the curve up to a horizon; variance Sum A_i^2 d_i / (Y_i (Y_i - d_i)), A_i the area after t_i.

    Klein and Moeschberger 2003, section 4.5.
    """
    used = horizon if _ended(curve) else min(horizon, curve.last)
    inside = curve.times < used
    edges = np.concatenate([[0.0], curve.times[inside], [used]])
    heights = np.concatenate([[1.0], curve.survival[inside]])
    areas = np.diff(edges) * heights
    after = _after(areas)[1:]
    return RestrictedMean(used, _estimate(float(areas.sum()), after, _jumps(curve)[inside]))


def survival_sum(curve: SurvivalCurve, weights: Numbers) -> Estimate:
    """Sum over m = 0, 1, ... of weights[m] * S(m), for example discounted margins paid while a customer is alive.

    S(m) is the share that survived age m. The interval is the normal one from the curve's variance alone (the weights
    are taken as known). NaN where an age with a weight lies after the last duration seen: nothing is extrapolated.
    """
    weight = np.asarray(weights, dtype=float)
    ages = np.arange(weight.size, dtype=float)
    parts = weight * curve.at(ages)
    if np.isnan(parts).any():
        return Estimate(float("nan"), float("nan"), float("nan"), float("nan"))
    later = np.array([parts[ages >= t].sum() for t in curve.times])
    return _estimate(float(parts.sum()), later, _jumps(curve))


@dataclass(frozen=True, eq=False)
class CumulativeHazard:
    """The Nelson-Aalen estimate at ascending times, with its variance and its 95 % interval on the log scale."""

    times: Array
    at_risk: Array
    events: Array
    hazard: Array
    variance: Array
    low: Array
    high: Array


def nelson_aalen(
    durations: Numbers, events: Numbers, n: Numbers | None = None, entries: Numbers | None = None
) -> CumulativeHazard:
    """The cumulative hazard Sum d / Y with variance Sum d (Y - d) / Y^3 (binomial within a tie); Aalen 1978."""
    table = risk_table(durations, events, n, entries)
    hazard = np.cumsum(_share(table.events, table.at_risk))
    variance = np.cumsum(_share(table.events * (table.at_risk - table.events), table.at_risk**3))
    factor = np.exp(Z95 * _share(np.sqrt(variance), hazard))
    some = hazard > 0
    low, high = np.where(some, hazard / factor, np.nan), np.where(some, hazard * factor, np.nan)
    return CumulativeHazard(table.times, table.at_risk, table.events, hazard, variance, low, high)


def _jumps(curve: SurvivalCurve) -> Array:
    """What each time adds to Greenwood's sum."""
    return np.diff(curve.greenwood, prepend=0.0)


def _after(areas: Array) -> Array:
    """For every piece: the sum of it and all later ones."""
    return np.asarray(np.cumsum(areas[::-1])[::-1])


def _ended(curve: SurvivalCurve) -> bool:
    return bool(curve.survival.size and curve.survival[-1] == 0)


def _share(part: Array, whole: Array) -> Array:
    """The share part / whole, 0 over nothing."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _estimate(value: float, later: Array, jumps: Array) -> Estimate:
    error = float(np.sqrt((later**2 * jumps).sum()))
    return Estimate(value, error, value - Z95 * error, value + Z95 * error)
