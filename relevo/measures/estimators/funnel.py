"""Funnels: how far a figure may lie from what is expected of it by chance alone, and how likely one is further.

The limits predict where the next figure of somebody usual will lie. Limits that are intervals of the figure itself
sound too many false alarms where little is expected (Seaton and Manktelow 2012).
"""

from math import sqrt

import numpy as np

from relevo.measures.estimators.chi_square import normal_two_sided
from relevo.measures.estimators.gamma import chi_square_quantile, poisson_at_least
from relevo.measures.estimators.lives import Array, Numbers
from relevo.measures.intervals import Z95

# Two-sided 99.8 % of the normal distribution, three standard deviations of a control chart.
Z998 = 3.090232306167813
# The part at each end that is pulled in before the spread between is measured.
TRIMMED = 0.1


def normal_limits(votes: float, of_one_vote: float, between: float, z: float = Z95) -> tuple[float, float]:
    """Where the mean difference of `votes` votes lies by chance, in their unit; `between` widens it for everybody."""
    half = z * sqrt(of_one_vote / votes + between)
    return -half, half


def exact_ratio_limits(expected: float, tail: float = 0.025) -> tuple[float, float]:
    """The limits of observed / expected that the British NHS draws: exact Poisson intervals about 1 (Dobson 1991)."""
    low = chi_square_quantile(tail, 2 * expected) / 2
    high = chi_square_quantile(1 - tail, 2 * (expected + 1)) / 2
    return low / expected, high / expected


def flag_at(expected: float, tail: float = 0.025) -> int:
    """The smallest count of events that is too many where `expected` are: its upper Poisson tail is at most `tail`."""
    count = int(expected) + 1
    while poisson_at_least(count, expected) > tail:
        count += 1
    return count


def spread_between(z: Numbers, errors: Numbers) -> float:
    """The variance between that makes scores `z` as spread as they are, `errors` being the figures' own; 0 at least.

    The additive random effect of Spiegelhalter 2005. A tenth at each end is first pulled in to its quantile
    (winsorised, as the CQC does), so that who stands out does not hide itself.
    """
    scores, own = np.asarray(z, dtype=float), np.asarray(errors, dtype=float)
    low, high = np.quantile(scores, [TRIMMED, 1 - TRIMMED])
    weight = 1 / own**2
    scale = float(weight.sum() - (weight**2).sum() / weight.sum()) if len(scores) > 1 else 0.0
    beyond = float((np.clip(scores, low, high) ** 2).sum()) - (len(scores) - 1)
    return max(0.0, beyond / scale) if scale > 0 else 0.0


def two_sided(differences: Array, variances: Array, between: float) -> tuple[float, ...]:
    """Of each difference the chance of one as far from 0 in a funnel that is wider by `between`."""
    return tuple(normal_two_sided(d / sqrt(v + between)) for d, v in zip(differences, variances, strict=True))
