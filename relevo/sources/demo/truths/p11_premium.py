"""P11: the premium tier is bought by those who would have stayed anyway, and keeps nobody.

The tier `priority` promises answers within an hour in longer hours. Some customers take it, once, between `EARLIEST`
and `LATEST` days after their start: the larger the customer's segment, the more often (`TAKES`). Larger customers leave
less, and who takes it has stayed until then; so customers of the tier leave far less often than others. Among those of
one segment and age they leave as often: nothing in their lives knows the tier. A company whose switch
`premium_helps` is on, which exists in tests only, has the true -4 %: from the day on which a customer has the tier, the
monthly hazard is lower by so much that `HELPS` of the customers fewer leave in a year (`hazard`). In the silent company
every segment takes it as often, and it does nothing. Requirement S2-31.
"""

import numpy as np

from relevo.sources.demo.customers import Customers
from relevo.sources.demo.frame import DAY, NONE, Flags, Floats, Frame, Ints

TAKES = np.array([0.01, 0.2, 0.7])
TAKES_SILENT = 0.12
EARLIEST, LATEST = 60, 420
HELPS = 0.04


def premium_from(frame: Frame, customers: Customers) -> Ints:
    """The second from which each customer has the premium tier; -1 for never."""
    rng = frame.stream("premium_tier")
    share = TAKES[customers.segment] if frame.company.has_signal else np.full(customers.size, TAKES_SILENT)
    chosen = rng.random(customers.size) < share
    at = customers.start + rng.integers(EARLIEST, LATEST, customers.size) * DAY
    return np.where(chosen & (at < frame.calendar.end_second), at, NONE)


def hazard(frame: Frame, monthly: Floats, has_tier: Flags) -> Floats:
    """The monthly chances to leave, lower for those who have the tier where it helps."""
    if not frame.company.premium_helps:
        return monthly
    stays = np.minimum((1 - monthly) ** 12 + HELPS, 0.999)
    return np.where(has_tier, 1 - stays ** (1 / 12), monthly)
