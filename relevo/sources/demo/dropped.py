"""Dropped batons: a few customers won lately were never handed on by their seller. A fact, and no signal of anything.

`SHARE` of the deals won in the last `RECENT_DAYS` days have no hand-off at all, in every company. Every other won deal
was handed on before the data end, so that these and no others are to be found.
"""

from relevo.sources.demo.frame import DAY, Flags, Frame
from relevo.sources.demo.selling import Deals

SHARE = 0.03
RECENT_DAYS = 180


def dropped(frame: Frame, won: Deals) -> Flags:
    """Which of the won new deals were never handed on."""
    recent = won.closed >= frame.calendar.end_second - RECENT_DAYS * DAY
    drawn = frame.stream("dropped_batons").random(len(won.closed))
    return recent & (drawn < SHARE)
