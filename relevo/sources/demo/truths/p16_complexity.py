"""P16: cases grow more complex while their number per customer stays the same.

What follows the first answer of a conversation grows by `MORE_TURNS` a year, and the measured time of an answer by
`LONGER`; both are 1 at `MIDDLE` days before the end, so that the whole is about as large as without. Nothing grows in
the silent company. Requirement S0-23.
"""

import numpy as np

from relevo.sources.demo.frame import DAY, Floats, Frame, Ints

MORE_TURNS = 1.25
LONGER = 1.12
MIDDLE = 400


def turns(frame: Frame, at: Ints) -> Floats:
    """The factor on what follows the first answer, for conversations opened at these seconds."""
    return _grown(frame, at, MORE_TURNS)


def minutes(frame: Frame, at: Ints) -> Floats:
    """The factor on the measured time of an answer."""
    return _grown(frame, at, LONGER)


def _grown(frame: Frame, at: Ints, yearly: float) -> Floats:
    years = (at / DAY - (frame.calendar.end - MIDDLE)) / 365.25
    return np.asarray(np.power(yearly, years if frame.company.has_signal else np.zeros(len(at))), dtype=np.float64)
