"""Partial pooling: each person's difference is pulled to peers of a similar mix by how little is known of it.

Pulling to the grand mean would hold a hard mix against whoever takes it; the prior mean is a regression on the mix.
"""

from dataclasses import dataclass
from math import ceil

import numpy as np

from relevo.measures.estimators.beta import student_t95
from relevo.measures.estimators.lives import Array

# No figure of a person is shown below it (NCQA; Adams et al. 2010).
GATE = 0.70
# From so many persons on, the prior mean follows their mix; with fewer it is one mean for all.
SLOPES_FROM = 8


@dataclass(frozen=True, eq=False)
class Pooled:
    """Per person: the pooled difference, its 95 % interval, and the reliability vb / (vb + vw) from 0 to 1.

    `between` is the variance between persons beyond chance, in squared points.
    """

    mean: Array
    low: Array
    high: Array
    reliability: Array
    between: float


def pooled(differences: Array, variances: Array, mix: Array, room: Array) -> Pooled:
    """The differences pulled to what is usual for their mix; variances are those of the differences.

    `mix` is the hard share of each person's cases, and `room` the points that one unit of skill, in log-odds, is worth
    on them: where nearly all are great anyway, the same skill is fewer points. Persons are compared by skill and told
    in points. Variances between persons are those of the method of moments
    (DerSimonian and Laird 1986): `between` is all of what differs and says how reliable a person's own votes are; how
    far a figure is pulled is decided by what the mix does not explain. The interval counts the uncertainty of the
    prior mean (Morris 1983) and has Student's width. With one person nothing is between and the reliability is 0.
    """
    skill, noise = differences / room, variances / room**2
    design, plain = _design(mix), np.ones((len(mix), 1))
    between, left = (_between(skill, noise, each) for each in (plain, design))
    weight = 1 / (noise + left)
    spread = np.linalg.inv((design.T * weight) @ design)
    prior = design @ (spread @ (design.T @ (weight * skill)))
    kept = left / (left + noise)
    unsure = np.einsum("ij,jk,ik->i", design, spread, design)
    mean = prior + kept * (skill - prior)
    half = student_t95(max(1, len(mix) - design.shape[1])) * np.sqrt(kept * noise + (1 - kept) ** 2 * unsure)
    ends = (mean * room, (mean - half) * room, (mean + half) * room)
    return Pooled(*ends, between / (between + noise), between * float(np.mean(room)) ** 2)


def votes_needed(votes: float, reliability: float) -> int | None:
    """How many more votes lift a person to the gate; 0 at it, None where persons do not differ beyond chance."""
    if reliability <= 0:
        return None
    return max(0, ceil(round(votes * (GATE / (1 - GATE)) * (1 - reliability) / reliability - votes, 6)))


def _design(mix: Array) -> Array:
    one = np.ones((len(mix), 1))
    if len(mix) < SLOPES_FROM or np.ptp(mix) < 1e-9:
        return one
    return np.column_stack([one, mix - mix.mean()])


def _between(differences: Array, variances: Array, design: Array) -> float:
    weight = 1 / variances
    scaled = design.T * weight
    hat = np.linalg.solve(scaled @ design, scaled)
    left = differences - design @ (hat @ differences)
    free = len(differences) - design.shape[1]
    scale = float(weight.sum() - np.trace(hat @ (design * weight[:, None])))
    return max(0.0, (float(weight @ left**2) - free) / scale) if free > 0 else 0.0
