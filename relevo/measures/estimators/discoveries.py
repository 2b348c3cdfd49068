"""How many of many tests may be believed at once."""

import numpy as np

from relevo.measures.estimators.lives import Array, Numbers

# Of those who are told to stand out, so many may be chance.
FALSE_ALARMS = 0.05


def believed(p: Numbers) -> Array:
    """Each p as it must be read beside the others: flagging those at or below q leaves a part q of false ones at most.

    Benjamini and Hochberg 1995: p times the number of tests over its rank, made monotone from the largest down. A test
    that could not be made is NaN, stays so, and does not count.
    """
    given = np.asarray(p, dtype=float)
    told = np.full(given.shape, np.nan)
    known = np.flatnonzero(~np.isnan(given))
    order = known[np.argsort(given[known], kind="stable")]
    scaled = given[order] * known.size / np.arange(1, known.size + 1)
    told[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return told
