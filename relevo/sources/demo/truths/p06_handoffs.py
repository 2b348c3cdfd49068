"""P06: what is left empty at the hand-off after the sale is asked again, and value comes later.

The first hand-off after a sale asks for six items. Each one left empty adds `DELAY_DAYS` days, no more for the sixth
than for the first, to the customer's way to every milestone in `DELAYED`; the second hand-off delays nothing. At any
hand-off the customer is asked again about an empty item with chance `ASKED_IF_EMPTY` and about a filled one with
`ASKED_IF_FILLED`: `MORE_REASKS` re-asks more for each item left empty. In the silent company nothing is delayed, and
every item is asked again with chance `ASKED_ANYWAY`, empty or not, so that the mean level is the same.
Requirement S1-22.
"""

import numpy as np

from relevo.sources.demo.frame import Company, Flags, Floats, Ints

DELAYED = ("first_value", "go_live")
DELAY_DAYS = 5
ASKED_IF_EMPTY = 0.6
ASKED_IF_FILLED = 0.05
MORE_REASKS = ASKED_IF_EMPTY - ASKED_IF_FILLED
FILLED = (0.62, 0.85, 0.97)
"""Chance that an item is filled at a careless, an ordinary and a careful hand-off, a third of each."""
ASKED_ANYWAY = 0.1527
"""0.6 x 0.1867 + 0.05 x 0.8133: the mean over all items, of which 18.67 % are empty."""


def delay_days(company: Company, kind: str, empty: Ints) -> Ints:
    """Days by which a milestone comes later for customers of whose first hand-off so many items are empty."""
    days = DELAY_DAYS if company.has_signal and kind in DELAYED else 0
    return np.asarray(days * empty, dtype=np.int64)


def asked_again(company: Company, filled: Flags) -> Floats:
    """The chance that the customer is asked again, per item."""
    if not company.has_signal:
        return np.full(filled.shape, ASKED_ANYWAY)
    return np.where(filled, ASKED_IF_FILLED, ASKED_IF_EMPTY)
