"""Tail probabilities of the normal and the chi-square distribution, in closed form."""

from math import erfc, exp, pi, sqrt


def normal_two_sided(z: float) -> float:
    """The probability that a standard normal lies further from 0 than `z`."""
    return erfc(abs(z) / sqrt(2))


def chi_square_tail(statistic: float, degrees: int) -> float:
    """The probability that chi-square with whole `degrees` of freedom exceeds the statistic.

    Abramowitz and Stegun 26.4.4 (odd) and 26.4.5 (even): finite sums, so nothing needs to be imported for them.
    """
    half = statistic / 2
    if degrees % 2:
        total, term = erfc(sqrt(half)), sqrt(statistic) * exp(-half) * sqrt(2 / pi)
        first = 3
    else:
        total, term = exp(-half), exp(-half) * half
        first = 4
    for power in range(first, degrees + 1, 2):
        total += term
        term *= statistic / power
    return min(total, 1.0)
