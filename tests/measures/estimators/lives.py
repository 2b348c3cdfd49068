"""Lives that hypothesis draws: whole months, so that there are ties; some seen late, some still here."""

from collections import Counter
from typing import NamedTuple

from hypothesis import settings
from hypothesis import strategies as st

# Laws here are many and each is one line of arithmetic: enough draws to find ties, late entries and empty groups.
FEW = settings(max_examples=40)


class Life(NamedTuple):
    """One customer: when it was first seen, how long it lasted, whether it left, which of three groups it is in."""

    entry: int
    duration: int
    event: int
    group: int


def _life(entry: int, stay: int, event: int, group: int) -> Life:
    return Life(entry, entry + stay, event, group)


LIFE = st.builds(_life, st.integers(0, 4), st.integers(1, 8), st.integers(0, 1), st.integers(0, 2))
LIVES = st.lists(LIFE, min_size=1, max_size=40)


def columns(lives: list[Life]) -> tuple[list[int], list[int], list[int], list[int]]:
    """Durations, events, one of each, entries: the arguments of the estimators."""
    return [x.duration for x in lives], [x.event for x in lives], [1] * len(lives), [x.entry for x in lives]


def counted(lives: list[Life]) -> tuple[list[int], list[int], list[int], list[int]]:
    """The same as counted cells."""
    cells = Counter((x.duration, x.event, x.entry) for x in lives)
    durations, events, entries = (list(part) for part in zip(*cells, strict=True))
    return durations, events, list(cells.values()), entries
