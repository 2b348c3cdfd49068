"""Efron's sums over ties without going through every tied event.

With d tied events Efron's likelihood needs the sum over l = 0 ... d - 1 of a smooth function of l / d. A book of a
million customers has tens of thousands of ties a month; a few hundred weighted fractions give the same sum to the last
digits of a double, whatever d is.
"""

from functools import lru_cache

import numpy as np

from relevo.measures.estimators.lives import Array

# Up to so many ties every one is listed.
LISTED = 64
# Nodes per block: exact for polynomials up to degree 2 * NODES - 1 over the block's whole numbers.
NODES = 12


@lru_cache(maxsize=4096)
def tied_fractions(d: int) -> tuple[Array, Array]:
    """Fractions u and weights w with sum of w f(u) = sum over l < d of f(l / d), for f smooth up to u = 1.

    The functions wanted, log(a - l) and its derivatives with a >= d, bend ever more towards l = d. Blocks halve
    towards it: on [d - 2m, d - m) the bend lies at least a block's length away, where NODES Gauss nodes for the
    uniform measure on m whole numbers err by less than 1e-17 of the sum.
    """
    left, fractions, weights = d, [], []
    while left > LISTED:
        size = left - left // 2
        nodes, weight = _gauss(size)
        fractions.append(d - left + nodes)
        weights.append(weight)
        left -= size
    fractions.append(np.arange(d - left, d, dtype=float))
    weights.append(np.ones(left))
    return np.concatenate(fractions) / d, np.concatenate(weights)


def _gauss(size: int) -> tuple[Array, Array]:
    """Gauss nodes and weights for the sum over 0 ... size - 1, from the recurrence of Gram's polynomials.

    Golub and Welsch 1969.
    """
    k = np.arange(1, NODES, dtype=float)
    beside = np.sqrt(k**2 * (size**2 - k**2) / (4 * (4 * k**2 - 1)))
    jacobi = np.diag(np.full(NODES, (size - 1) / 2)) + np.diag(beside, 1) + np.diag(beside, -1)
    nodes, vectors = np.linalg.eigh(jacobi)
    return nodes, size * vectors[0] ** 2
