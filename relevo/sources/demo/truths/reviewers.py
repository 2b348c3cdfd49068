"""Peer review: people differ in quality, one reviewer is harsh, and two who judge the same mostly agree (S2-36).

Each criterion is scored from 0 to 4: `MIDDLE`, plus the quality of the person reviewed (between -`QUALITY` and
`QUALITY`, in an order of its own, unlike that of skill), plus what was good or bad about the conversation (`CASE`),
less `HARSH` if the harsh reviewer scores it, plus what this reviewer saw in it alone (`OWN`), rounded. Two reviews of a
conversation share all but the last two: without the harsh one 57 % of their scores are equal, and 98 % differ by one
at most. The harsh reviewer came first among the seniors of the second pod who are here in the end. In the silent
company quality and harshness are 0; reviewers agree as much. Every month most people of the desk talk with their lead,
in every company.
"""

import numpy as np

from relevo.sources.demo.cast import SUPPORT, Cast
from relevo.sources.demo.frame import NONE, Floats, Frame

MIDDLE, QUALITY, CASE, HARSH, OWN = 3.0, 0.5, 0.65, 0.8, 0.4
POD = 1
ROLE = "senior_support_agent"
_STEP = 0.7548776662466927


def quality(frame: Frame, cast: Cast) -> Floats:
    """True quality of each person at the desk in points of the scale; 0 in the silent company."""
    points = np.zeros(len(cast.people) + 1)
    desk = [p.number for p in cast.people if p.team == SUPPORT]
    for order, person in enumerate(desk if frame.company.has_signal else ()):
        points[person] = QUALITY * (2 * ((0.25 + order * _STEP) % 1) - 1)
    return points


def harsh(frame: Frame, cast: Cast) -> int:
    """The harsh reviewer; -1 for nobody."""
    here = [s.person for s in cast.spans if s.role == ROLE and s.pod == POD and s.end < 0]
    return min(here) if here and frame.company.has_signal else NONE
