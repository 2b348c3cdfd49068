"""The beta distribution, and what follows from it: quantiles of shares and of Student's t."""

from functools import lru_cache
from math import lgamma, sqrt

import numpy as np

from relevo.measures.estimators.lives import Array, Numbers

Values = Numbers | float
_TINY = 1e-300
_SETTLED = 1e-13
_BELOW_ONE = 1 - 2**-53


def beta_cdf(x: Values, a: Values, b: Values) -> Array:
    """The probability that a Beta(a, b) lies at or below `x`; 0 < x < 1 and a, b > 0, element by element.

    The continued fraction of the incomplete beta function (NIST Handbook 2010, 8.17.22), by the method of Lentz; from
    whichever end it settles sooner.
    """
    at, p, q = np.broadcast_arrays(_floats(x), _floats(a), _floats(b))
    return _cdf(at, p, q, _log_constant(p, q))


def beta_quantile(p: Values, a: Values, b: Values) -> Array:
    """The value below which a Beta(a, b) lies with probability `p`, element by element.

    Newton's steps, halving instead where one would leave the bracket in which the value is known to lie.
    """
    share, first, second = np.broadcast_arrays(_floats(p), _floats(a), _floats(b))
    constant = _log_constant(first, second)
    low, high, x = np.zeros(first.shape), np.ones(first.shape), np.asarray(first / (first + second))
    moved = True
    while moved:
        excess = _cdf(x, first, second, constant) - share
        low, high = np.where(excess < 0, x, low), np.where(excess < 0, high, x)
        density = np.exp((first - 1) * np.log(x) + (second - 1) * np.log1p(-x) + constant)
        aim = x - excess / np.maximum(density, _TINY)
        following = np.clip(np.where((aim > low) & (aim < high), aim, (low + high) / 2), _TINY, _BELOW_ONE)
        moved = bool(np.any(np.abs(following - x) > _SETTLED))
        x = following
    return x


@lru_cache(maxsize=1024)
def student_t95(degrees: int) -> float:
    """The two-sided 95 % point of Student's t: t^2 / (degrees + t^2) is a Beta(1/2, degrees / 2)."""
    share = float(beta_quantile(0.95, 0.5, degrees / 2))
    return sqrt(degrees * share / (1 - share))


def _floats(values: Values) -> Array:
    return np.asarray(values, dtype=np.float64)


def _cdf(x: Array, a: Array, b: Array, constant: Array) -> Array:
    turned = x > (a + 1) / (a + b + 2)
    y, p, q = np.where(turned, 1 - x, x), np.where(turned, b, a), np.where(turned, a, b)
    inside = (y > 0) & (y < 1)
    y = np.where(inside, y, 0.5)
    tail = np.exp(p * np.log(y) + q * np.log1p(-y) + constant) / p * _fraction(y, p, q)
    tail = np.where(inside, tail, 0.0)
    return np.where(turned, 1 - tail, tail)


def _fraction(x: Array, a: Array, b: Array) -> Array:
    """The continued fraction for x below (a + 1) / (a + b + 2)."""
    c, d = np.ones(x.shape), 1 / _away(1 - (a + b) * x / (a + 1))
    value, step, settled = d, 0, False
    while not settled:
        step += 1
        even = step * (b - step) * x / ((a + 2 * step - 1) * (a + 2 * step))
        odd = -(a + step) * (a + b + step) * x / ((a + 2 * step) * (a + 2 * step + 1))
        d, c = 1 / _away(1 + even * d), _away(1 + even / c)
        value = value * d * c
        d, c = 1 / _away(1 + odd * d), _away(1 + odd / c)
        value = value * d * c
        settled = not np.any(np.abs(d * c - 1) > _SETTLED)
    return value


def _away(value: Array) -> Array:
    """The value, or next to nothing where it is 0: the method divides by it."""
    return np.where(np.abs(value) < _TINY, _TINY, value)


def _log_constant(a: Array, b: Array) -> Array:
    """Logarithm of 1 / B(a, b)."""
    found = [lgamma(p + q) - lgamma(p) - lgamma(q) for p, q in zip(a.ravel(), b.ravel(), strict=True)]
    return np.array(found).reshape(a.shape)
