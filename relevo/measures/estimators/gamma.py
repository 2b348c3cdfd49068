"""The gamma distribution: Poisson tails, and the quantiles of chi-square that limits of counts are made of."""

from math import exp, lgamma, log

_TINY = 1e-300
_SETTLED = 1e-15


def poisson_at_least(count: int, expected: float) -> float:
    """The chance of `count` events or more where `expected` are."""
    return 1.0 if count <= 0 else gamma_cdf(expected, count)


def gamma_cdf(x: float, shape: float) -> float:
    """The regularised lower incomplete gamma function P(shape, x); x >= 0, shape > 0.

    By its series below shape + 1 and by its continued fraction above (NIST Handbook 2010, 8.11.4 and 8.9.2).
    """
    if x <= 0:
        return 0.0
    front = exp(shape * log(x) - x - lgamma(shape))
    return front * _series(x, shape) if x < shape + 1 else 1 - front * _fraction(x, shape)


def chi_square_quantile(p: float, degrees: float) -> float:
    """Where chi-square with `degrees` of freedom, whole or not, has the share `p` below it; by halving."""
    low, high = 0.0, max(2 * degrees, 10.0)
    while gamma_cdf(high / 2, degrees / 2) < p:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if gamma_cdf(middle / 2, degrees / 2) < p else (low, middle)
    return (low + high) / 2


def _series(x: float, shape: float) -> float:
    term = total = 1 / shape
    at = shape
    while term > _SETTLED * total:
        at += 1
        term *= x / at
        total += term
    return total


def _fraction(x: float, shape: float) -> float:
    b = x + 1 - shape
    c, d = 1 / _TINY, 1 / b
    value, step, i = d, 0.0, 0
    while abs(step - 1) > _SETTLED:
        i += 1
        a = -i * (i - shape)
        b += 2
        d, c = 1 / _kept(a * d + b), _kept(b + a / c)
        step = d * c
        value *= step
    return value


def _kept(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
