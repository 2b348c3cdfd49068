"""P09: revenue per surviving customer rises with tenure although the cohort as a whole does not grow.

Small customers leave more often (`leaving`) and large ones buy more (`growing`), both by size within their segment.
So the mean over survivors climbs from month 0 to 24, while the mean over all who started, the gone counted as 0,
does not rise. Requirement S0-40.
"""

import numpy as np

from relevo.sources.demo.frame import Floats

LEAVING_BY_SIZE = -0.45
GROWING_BY_SIZE = 0.25


def leaving(relative_size: Floats) -> Floats:
    """The factor on churn of customers by size relative to their segment's middle."""
    return np.clip(relative_size**LEAVING_BY_SIZE, 0.45, 2.2)


def growing(relative_size: Floats) -> Floats:
    """The factor on the chance of an expansion."""
    return np.clip(relative_size**GROWING_BY_SIZE, 0.6, 1.6)
