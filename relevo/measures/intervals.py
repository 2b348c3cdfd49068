"""Intervals of estimates."""

from math import sqrt

# Two-sided 95 % of the normal distribution.
Z95 = 1.959963984540054


def wilson(successes: int, n: int, z: float = Z95) -> tuple[float | None, float | None]:
    """Wilson score interval of a share (Wilson 1927); undefined for n = 0."""
    if n == 0:
        return None, None
    share = successes / n
    centre = share + z * z / (2 * n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low, high = (centre - half) / (1 + z * z / n), (centre + half) / (1 + z * z / n)
    return round(max(low, 0.0), 6), round(min(high, 1.0), 6)
