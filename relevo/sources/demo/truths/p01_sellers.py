"""P01: who sold it decides who stays. Churn per seller spreads about ten-fold; success managers make no difference.

Every seller carries a factor on the monthly hazard of the customers they sold, between `LOWEST` and `HIGHEST`, spread
evenly on a log scale over the order in which sellers joined, so that at any time the team holds the whole range. What
acts is the factor relative to the mean of those who could have sold in that month: hiring moves the spread between
sellers, not the level of churn over time. Success managers are assigned without regard to anything, with factor 1. In
the mirror company it is the other way round: managers carry the same range of factors and sellers carry 1. Sources: E3;
requirement S4-31.
"""

import numpy as np

from relevo.sources.demo.cast import Cast, Roster
from relevo.sources.demo.frame import Floats, Frame, Ints

LOWEST = 0.19
HIGHEST = 2.47
SPREAD = HIGHEST / LOWEST
"""Thirteen-fold on the hazard, which shows as about ten-fold in customers lost within a year."""
SELLER_ROLES = ("account_executive", "account_director")
MANAGER_ROLES = ("success_manager", "senior_success_manager")
_GOLDEN = 0.6180339887498949


def seller_factors(frame: Frame, cast: Cast) -> Floats:
    """The factor on churn of each person as the seller; 1 for everybody where sellers do not differ."""
    return _factors(cast, SELLER_ROLES if frame.company.sellers_differ else ())


def manager_factors(frame: Frame, cast: Cast) -> Floats:
    """The factor on churn of each person as the success manager; 1 where managers do not differ."""
    return _factors(cast, MANAGER_ROLES if frame.company.managers_differ else ())


def relative(factors: Floats, roster: Roster, person: Ints, month: Ints) -> Floats:
    """Factors of the people chosen, over the mean of everybody on the roster in that month."""
    on_roster = np.arange(roster.people.shape[1]) < roster.counts[:, None]
    total = np.where(on_roster, factors[roster.people], 0).sum(axis=1)
    mean = np.where(roster.counts > 0, total / np.maximum(roster.counts, 1), 1.0)
    return np.asarray(factors[person] / mean[month], dtype=np.float64)


def _factors(cast: Cast, roles: tuple[str, ...]) -> Floats:
    factors = np.ones(len(cast.people) + 1)
    holders = dict.fromkeys(s.person for s in sorted(cast.spans, key=lambda s: s.start) if s.role in roles)
    for order, person in enumerate(holders):
        factors[person] = LOWEST * SPREAD ** ((0.5 + order * _GOLDEN) % 1)
    return factors
