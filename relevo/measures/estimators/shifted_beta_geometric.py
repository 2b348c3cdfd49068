"""The shifted-beta-geometric model: every customer flips its own coin at each renewal, and the coins differ.

A cohort's hazard falls because the loyal remain, not because anybody grows loyal (Fader and Hardie 2007). It is the
model to go past the last observed renewal with; a constant hazard would understate who stays.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from relevo.base.errors import DataRefused
from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.newton import maximise
from relevo.measures.estimators.survival import log_log_interval

# Below this spread of the coins the hazard does not fall within any horizon one would print.
EVEN = 1e-7
# Above it whoever leaves does so at the first renewal and nobody after: the data name no finite model.
WIDEST = 1e4


@dataclass(frozen=True, eq=False)
class ShiftedBetaGeometric:
    """A fitted model: `mean` = alpha / (alpha + beta) is the first renewal's hazard, `spread` = 1 / (alpha + beta).

    Where losses do not fall with age the best spread is 0: all coins are alike, alpha and beta are infinite and the
    model is the constant hazard (`even`). `covariance` is that of (logit mean, log spread), or of logit mean alone.
    """

    mean: float
    spread: float
    log_likelihood: float
    covariance: Array
    opportunities: int

    @property
    def even(self) -> bool:
        """Whether the data show no difference between customers."""
        return self.spread == 0

    @property
    def alpha(self) -> float:
        """First parameter of the beta distribution of the coins."""
        return self.mean / self.spread if self.spread else float("inf")

    @property
    def beta(self) -> float:
        """Second parameter of the beta distribution of the coins."""
        return (1 - self.mean) / self.spread if self.spread else float("inf")

    def hazards(self, renewals: int) -> Array:
        """The hazard at the 1st, 2nd, ... renewal."""
        return _hazards(self.mean, self.spread, np.arange(renewals, dtype=float))

    def survival(self, renewals: int) -> Array:
        """The share still here after 0, 1, ... `renewals` renewals."""
        return np.concatenate([[1.0], np.cumprod(1 - self.hazards(renewals))])

    def survival_bounds(self, renewals: int) -> tuple[Array, Array]:
        """The 95 % interval of `survival`; see `kept_bounds`."""
        return self.kept_bounds(0, renewals)

    def kept(self, renewed: int, renewals: int) -> Array:
        """For a customer that renewed `renewed` times: the share still here after 0, 1, ... further renewals."""
        whole = self.survival(renewed + renewals)
        return np.asarray(whole[renewed:] / whole[renewed])

    def kept_bounds(self, renewed: int, renewals: int, customers: float | None = None) -> tuple[Array, Array]:
        """The 95 % interval of `kept`, by the delta method on the log(-log) scale; NaN at 0 further renewals.

        It is the uncertainty of the two parameters, given that the model is right; with a number of customers also
        that of so many tossing their coins.
        """
        running = np.vstack([np.zeros(self.covariance.shape[0]), np.cumsum(self._log_slopes(renewed + renewals), 0)])
        slopes = running[renewed:] - running[renewed]
        shares = self.kept(renewed, renewals)
        relative = np.einsum("ti,ij,tj->t", slopes, self.covariance, slopes)
        if customers:
            relative = relative + (1 - shares) / (shares * customers)
        return log_log_interval(shares, relative)

    def residual_lifetime(self, renewed: int, discount: float, tolerance: float = 1e-9) -> float:
        """Discounted renewals still to come from a customer just before its renewal number `renewed` + 1.

        Sum over t of the probability to renew at the t-th next opportunity over (1 + discount)^(t - 1), `discount`
        per period (Fader and Hardie 2010). It does not end for a discount of 0 or less, which is refused.
        """
        if discount <= 0:
            raise DataRefused(f"A discount of {discount} per period has no finite sum.", "Give one above 0.")
        total, weight, still, age = 0.0, 1.0, 1.0, renewed
        # What is left out is at most the geometric rest of the present term.
        while still * weight * (1 + discount) / discount > tolerance:
            still *= float(1 - _hazards(self.mean, self.spread, np.array([float(age)]))[0])
            total += still * weight
            weight /= 1 + discount
            age += 1
        return total

    def _log_slopes(self, renewals: int) -> Array:
        """Derivatives of log(1 - hazard) at each renewal by (logit mean, log spread)."""
        mean, spread, ages = self.mean, self.spread, np.arange(renewals, dtype=float)
        kept = 1 - mean + spread * ages
        by_mean = -mean * (1 - mean) / kept
        if self.even:
            return by_mean[:, None]
        return np.column_stack([by_mean, spread * (ages / kept - ages / (1 + spread * ages))])


def fit(exposed: Sequence[float], lost: Sequence[float]) -> ShiftedBetaGeometric:
    """The maximum likelihood fit to exposures and losses at the 1st, 2nd, ... renewal (one cohort or several pooled).

    Refuses data without losses, without renewals, with fewer than two opportunities, or with losses at the first one
    alone: they cannot tell customers that differ from customers that are alike.
    """
    n, d = np.asarray(exposed, dtype=float), np.asarray(lost, dtype=float)
    _refuse(n, d)
    flat = float(d.sum() / n.sum())
    height = float(_binomial(flat, 0.0, n, d))
    peak = maximise(lambda x: _likelihood(x, n, d), np.array([_logit(flat), np.log(0.5)]), 1e-12)
    mean, spread = _logistic(float(peak.at[0])), float(np.exp(peak.at[1]))
    if spread > WIDEST:
        raise DataRefused(
            f"Nearly all of the {int(d.sum())} losses lie at the first renewal, so no finite model of the rest fits.",
            "Wait for later renewals, pool cohorts, or use the hazards as they are.",
        )
    if spread < EVEN or peak.height <= height:
        even = np.array([[1 / (n.sum() * flat * (1 - flat))]])
        return ShiftedBetaGeometric(flat, 0.0, height, even, n.size)
    return ShiftedBetaGeometric(mean, spread, peak.height, _inverse(peak.information), n.size)


def _inverse(information: Array) -> Array:
    return np.asarray(np.linalg.inv(information), dtype=float)


def _refuse(n: Array, d: Array) -> None:
    if n.shape != d.shape or ((d < 0) | (d > n)).any():
        raise DataRefused("Losses must lie between 0 and the exposures of the same opportunity.", "Count them again.")
    if (n > 0).sum() < 2 or not 0 < d.sum() < n.sum():
        raise DataRefused(
            f"{int((n > 0).sum())} renewal opportunities with {int(d.sum())} losses do not show how losses fall.",
            "Two opportunities with at least one loss and one renewal are needed; wait or pool cohorts.",
        )


def _hazards(mean: float, spread: float, ages: Array) -> Array:
    return np.asarray(mean / (1 + spread * ages))


def _binomial(mean: float, spread: float, n: Array, d: Array) -> Array:
    """Sum of losses * log hazard + renewals * log(1 - hazard)."""
    ages = np.arange(n.size, dtype=float)
    terms = d * np.log(mean) + (n - d) * np.log(1 - mean + spread * ages) - n * np.log1p(spread * ages)
    return np.asarray(terms.sum())


def _likelihood(at: Array, n: Array, d: Array) -> tuple[float, Array, Array]:
    """Log-likelihood by (logit mean, log spread) with first and second derivatives."""
    mean, spread, ages = _logistic(float(at[0])), float(np.exp(at[1])), np.arange(n.size, dtype=float)
    stay, kept, whole = n - d, 1 - mean + spread * ages, 1 + spread * ages
    # First and second derivatives by mean and spread themselves.
    by_mean, by_spread = (d / mean - stay / kept).sum(), (ages * (stay / kept - n / whole)).sum()
    twice_mean, mixed = -(d / mean**2 + stay / kept**2).sum(), (ages * stay / kept**2).sum()
    twice_spread = (ages**2 * (n / whole**2 - stay / kept**2)).sum()
    # By the chain rule: d mean / d logit = mean (1 - mean), d spread / d log = spread.
    inner, bend = mean * (1 - mean), 1 - 2 * mean
    slope = np.array([inner * by_mean, spread * by_spread])
    curve = np.array(
        [
            [inner**2 * twice_mean + inner * bend * by_mean, inner * spread * mixed],
            [inner * spread * mixed, spread**2 * twice_spread + spread * by_spread],
        ]
    )
    return float(_binomial(mean, spread, n, d)), slope, curve


def _logit(share: float) -> float:
    return float(np.log(share / (1 - share)))


def _logistic(x: float) -> float:
    return float(1 / (1 + np.exp(-x)))
