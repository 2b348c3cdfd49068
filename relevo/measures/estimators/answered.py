"""Who answers when asked: weights that let the votes stand for everybody who was asked."""

import numpy as np

from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.voted import Codes, sums

# No vote stands for more than so many usual ones.
MOST = 5.0
# How many cases of the whole a stratum is worth before its own are seen.
PRIOR_CASES = 20.0


def answer_weights(stratum: Codes, asked: Array, answered: Array) -> Array:
    """Per row the whole's rate of answering over that of its stratum: the inverse of the chance to be rated.

    `asked` and `answered` are counts per row of `stratum`. Dividing by the whole's rate changes no mean and leaves a
    weight of 1 where all answer alike; truncated at `MOST`. Little and Rubin 2002, section 3.3. All 1 where nobody is
    known to have been asked.
    """
    if answered.sum() <= 0 or asked.sum() <= 0:
        return np.ones(len(stratum))
    size = int(stratum.max()) + 1
    whole = answered.sum() / asked.sum()
    rate = (sums(stratum, answered, size) + PRIOR_CASES * whole) / (sums(stratum, asked, size) + PRIOR_CASES)
    return np.asarray(np.minimum(whole / rate, MOST)[stratum])
