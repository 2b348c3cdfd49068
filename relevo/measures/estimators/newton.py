"""Newton-Raphson for a likelihood: climbs from a start, never down, and says when it cannot finish."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from relevo.base.errors import DataRefused
from relevo.measures.estimators.lives import Array

# Log-likelihood, its gradient and its matrix of second derivatives at a point.
Likelihood = Callable[[Array], tuple[float, Array, Array]]

MOST_STEPS = 60
MOST_HALVINGS = 40
# In logarithms or standardised units: further in one leap, likelihoods under- and overflow.
LONGEST_STEP = 5.0
# What the sum of a likelihood may lose to rounding, as a share of it.
ROUNDING = 1e-13


@dataclass(frozen=True, eq=False)
class Peak:
    """Where a log-likelihood is highest, its height, and the negative second derivatives there."""

    at: Array
    height: float
    information: Array


def maximise(likelihood: Likelihood, start: Array, tolerance: float = 1e-10) -> Peak:
    """The peak reached from `start`; refuses data on which the climb does not end.

    A step is halved until the likelihood rises; where the surface is not concave, the curvature is raised
    until the step points up (Levenberg 1944). It ends when the step promises less than `tolerance`.
    """
    at, (height, slope, curve) = start, likelihood(start)
    for _ in range(MOST_STEPS):
        step = _uphill(slope, -curve)
        if float(slope @ step) < tolerance:
            return Peak(at, height, -curve)
        moved = _halved(likelihood, at, step, (height, slope))
        if moved is None:
            return Peak(at, height, -curve)
        at, (height, slope, curve) = moved
    raise DataRefused(
        f"The likelihood kept rising for {MOST_STEPS} steps (last at {np.round(at, 3).tolist()}).",
        "Some figure runs off to infinity on these data; use fewer groups or a longer history.",
    )


def _uphill(slope: Array, information: Array) -> Array:
    """The Newton step, or the nearest one that rises."""
    ridge, scale = 0.0, max(float(np.abs(np.diag(information)).max(initial=0.0)), 1e-12)
    while True:
        raised = information + ridge * np.eye(slope.size)
        values = np.linalg.eigvalsh(raised)
        if values.min() > 1e-12 * scale:
            step = np.linalg.solve(raised, slope)
            return np.asarray(step * min(1.0, LONGEST_STEP / float(np.abs(step).max(initial=1e-300))))
        ridge = max(10 * ridge, 1e-6 * scale)


def _halved(
    likelihood: Likelihood, at: Array, step: Array, here: tuple[float, Array]
) -> tuple[Array, tuple[float, Array, Array]] | None:
    """The first of the step, half of it, a quarter ... that is higher; None where none is.

    Where the heights differ by no more than a double's last digits, a flatter slope is higher up.
    """
    height, steepness = here[0], float(np.linalg.norm(here[1]))
    level = height - ROUNDING * abs(height)
    for halving in range(MOST_HALVINGS):
        there = at + step / 2**halving
        found = likelihood(there)
        if found[0] > height or (found[0] >= level and np.linalg.norm(found[1]) < steepness):
            return there, found
    return None
