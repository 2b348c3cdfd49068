"""P07: one seller's promises are not met.

Whoever sells, a promise is kept with the chance in `KEPT` by whether the product could do it on that day, about 80 %
in all, and one in `LATE` of the kept ones only after its due day. One account executive is the exception: `planted`,
whose promises are kept with chance `KEPT_BY_ONE`, whatever was promised. So in the end about 25 % of the promises of
every seller are unmet by their day, and of this one `unmet(KEPT_BY_ONE)`, 72 %. The mix of what is promised is the
same for all sellers, and who the planted one is has nothing to do with P01. Nobody is planted in the silent company.
Requirement S0-25.
"""

import numpy as np

from relevo.sources.demo.cast import Cast
from relevo.sources.demo.frame import NONE, Floats, Frame, Ints

STATES = ("exists", "planned", "absent")
STATE_SHARES = (0.66, 0.24, 0.10)
KEPT = (0.95, 0.62, 0.24)
KEPT_BY_ONE = 0.3
LATE = 0.06
ROLE = "account_executive"


def unmet(kept: float) -> float:
    """The chance that a promise that is kept with some chance is not kept by its due day."""
    return 1 - kept * (1 - LATE)


def planted(frame: Frame, cast: Cast, sellers: Ints) -> int:
    """The account executive still here at the end who sold most of the deals whose `sellers` these are; -1 if none.

    Of two who sold as many, the one who came first.
    """
    here = {s.person for s in cast.spans if s.role == ROLE and s.end < 0}
    sold = np.bincount(sellers[sellers >= 0], minlength=len(cast.people))
    known = [p for p in sorted(here) if sold[p]]
    return max(known, key=lambda p: sold[p]) if known and frame.company.has_signal else NONE


def kept_chance(state: Ints, seller: Ints, one: int) -> Floats:
    """The chance that each promise is kept, by what the product could do and by who made it."""
    usual = np.array(KEPT)[state]
    return np.where((seller == one) & (one >= 0), KEPT_BY_ONE, usual)
