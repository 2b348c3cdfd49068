"""P10: in the segment `SEGMENT` a new customer pays back its acquisition cost in exactly twelve months.

Payback in months = CAC / (ASP x gross margin), CAC = acquisition spend / new customers, ASP = new MRR / new customers.
The number of customers cancels: payback = spend / (new MRR x gross margin). So each month's acquisition spend on the
segment is set to `MONTHS` x `MARGIN` x the new MRR won one sales cycle (`LAG_MONTHS`) later, in cents of the book's
currency at the rate of that later month, and every window of whole months gives 12.0. Gross margin is 80 % because
cost of revenue is set to 20 % of each segment's MRR. The other segments pay back faster or slower, with noise.
Worked once by hand: spend 1,200.00, one customer at 125.00 a month, margin 80 %: 1200 / (125 x 0.8) = 12.0.
In the last month, whose customers are still to come, its own new MRR stands in. Requirement S0-55.
"""

import numpy as np

from relevo.sources.demo.customers import ENTERPRISE, MID, SEGMENTS, SMB
from relevo.sources.demo.frame import Floats

SEGMENT = SEGMENTS[MID]
MONTHS = 12
MARGIN = 0.8
LAG_MONTHS = 1
_OTHERS = {SMB: 8.0, ENTERPRISE: 16.5}
_NOISE = 0.08


def acquisition_spend(rng: np.random.Generator, new_mrr: Floats) -> Floats:
    """Cents of acquisition spend per month and segment, from new MRR in cents per month and segment."""
    ahead = np.vstack([new_mrr[LAG_MONTHS:], new_mrr[-LAG_MONTHS:]])
    months = np.full(ahead.shape, float(MONTHS))
    for segment, payback in _OTHERS.items():
        months[:, segment] = payback * np.exp(rng.normal(0, _NOISE, len(ahead)))
    return np.asarray(np.rint(months * MARGIN * ahead), dtype=np.float64)
