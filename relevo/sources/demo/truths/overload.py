"""Load comes in waves, and one team is overloaded for six weeks (S0-43, S0-66).

In every four weeks, counted from the first day of 1970, a share of what was to come in the first week comes in the
second (`MOVED`), so that weeks differ by more than chance. For `WEEKS` weeks, ending `ENDED` days before the end, the
second pod is short of people: of what is picked while it is on shift, each of its people gets `MORE` times as much as
anybody else; the whole desk is slower by `SLOWER`; one of that pod's later answers in `LATE` comes after hours instead
of one in `AFTER_HOURS`; and each of its answers takes `SHORTER` of the time. None of it in the silent company, but for
answers after hours at the usual share.
"""

import numpy as np

from relevo.sources.demo.frame import DAY, Flags, Frame, Ints

POD = 1
WEEKS, ENDED = 6, 56
MOVED = 0.2
MORE, SLOWER, SHORTER = 2.4, 0.8, 0.6
AFTER_HOURS, LATE = 0.04, 0.3


def is_busy(frame: Frame, at: Ints) -> Flags:
    """Whether each instant lies in the six weeks; never in the silent company."""
    until = (frame.calendar.end - ENDED) * DAY
    inside = (at >= until - WEEKS * 7 * DAY) & (at < until)
    return np.asarray(inside & frame.company.has_signal, dtype=np.bool_)


def comes_later(frame: Frame, day: Ints, drawn: Ints | np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Flags:
    """Which of the conversations of these days come a week later, by a number drawn for each."""
    in_first = ((day + 3) // 7) % 4 == 0
    return np.asarray(in_first & (drawn < MOVED) & frame.company.has_signal, dtype=np.bool_)
