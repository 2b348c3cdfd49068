"""Intervals of estimates."""

from fractions import Fraction
from math import sqrt

from relevo.base.money import half_up
from relevo.measures.estimators.beta import student_t95

# Two-sided 95 % of the normal distribution.
Z95 = 1.959963984540054


def wilson(successes: int, n: int, z: float = Z95) -> tuple[float | None, float | None]:
    """Wilson score interval of a share (Wilson 1927); undefined for n = 0."""
    if n == 0:
        return None, None
    low, high = wilson_ends(successes / n, n, z)
    return round(max(low, 0.0), 6), round(min(high, 1.0), 6)


def wilson_ends(share: float, n: float, z: float = Z95) -> tuple[float, float]:
    """Both ends of the same interval of a share of `n` above 0, which need not be whole."""
    centre = share + z * z / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)


def mean_of_shares(n: int, mean: Fraction, variance: float) -> tuple[float | None, float | None]:
    """Student's 95 % interval of the mean of `n` shares, from their sample variance.

    It is clipped to 0 to 1 and undefined for fewer than two (Student 1908).
    """
    if n < 2:
        return None, None
    half = Fraction(student_t95(n - 1) * sqrt(variance / n))
    return _six(max(mean - half, Fraction(0))), _six(min(mean + half, Fraction(1)))


def _six(share: Fraction) -> float:
    return half_up(share * 10**6) / 10**6
