"""Simulated customers whose months after contact are known to be lost as often as others', or so many times as often.

Contact and leaving share causes that are held equal (segment, tenure, a bad month); how loyal somebody is by nature
is known to nobody and has nothing to do with contact.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

MONTHS = 24
SEGMENTS = ("large", "middle", "small")
TENURES = ("3 months", "1 year", "longer", "year's end")
LEVELS = ("happy", "unhappy", "no_answer", "none")
LEAVES = np.array([0.5, 1.0, 1.7])
WRITES = np.array([0.06, 0.1, 0.18])
SHOCK = np.where(np.arange(MONTHS) % 7 == 3, 2.0, 1.0)
NOBODY = 3
Whole = NDArray[np.int64]


@dataclass(frozen=True)
class World:
    """What is planted: how many times as often a month is lost after contact, and after an unhappy one on top."""

    customers: int = 2500
    ratio: float = 1.0
    unhappy: float = 1.0
    hazard: float = 0.02
    nature: float = 0.4

    def cells(self, rng: np.random.Generator) -> list[dict[str, Any]]:
        """The counted months of one drawn company, in the shape of `person_months.cells`."""
        n = self.customers
        segment, start = rng.choice(3, n, p=[0.2, 0.3, 0.5]), rng.integers(-12, MONTHS - 1, n)
        loyal = LEAVES[segment] * rng.gamma(1 / self.nature, self.nature, n)
        here, last_contact, answer = np.ones(n, dtype=bool), np.full(n, -99), np.zeros(n, dtype=np.int64)
        counted = np.zeros((MONTHS, len(SEGMENTS), len(TENURES), len(LEVELS), 2), dtype=np.int64)
        for month in range(MONTHS):
            age = month - start
            at_risk = here & (age > 0)
            level = np.where(month - last_contact <= 3, answer, NOBODY)
            tenure = np.where(age % 12 == 0, 3, np.where(age <= 3, 0, np.where(age <= 12, 1, 2)))
            more = np.where(level == NOBODY, 1.0, self.ratio) * np.where(level == 1, self.unhappy, 1.0)
            hazard = self.hazard * SHOCK[month] * loyal * np.array([2.0, 1.0, 1.0, 3.0])[tenure] * more
            lost = at_risk & (rng.random(n) < np.minimum(hazard, 0.9))
            at = (segment[at_risk], tenure[at_risk], level[at_risk], lost[at_risk].astype(np.int64))
            np.add.at(counted[month], at, 1)
            here &= ~lost
            # Bad months bring contact with the leaving of the month after, too.
            wrote = here & (age >= 0) & (rng.random(n) < WRITES[segment] * SHOCK[(month + 1) % MONTHS])
            answer = np.where(wrote, rng.choice(3, n, p=[0.4, 0.2, 0.4]), answer)
            last_contact = np.where(wrote, month, last_contact)
        return _cells(counted)


def _cells(counted: Whole) -> list[dict[str, Any]]:
    """Rows of the cut by answer, and of one by response in which everybody was answered fast."""
    found = []
    for month, segment, tenure, level in np.argwhere(counted.sum(axis=-1)):
        stayed, lost = counted[month, segment, tenure, level]
        equal = {"month": int(month), "tenure": TENURES[tenure], "segment": SEGMENTS[segment], "plan": "one",
                 "size": 1, "usage": "unknown", "n": int(stayed + lost), "lost": int(lost)}  # fmt: skip
        name = LEVELS[level]
        found += [{"cut": "answer", "level": name, **equal},
                  {"cut": "response", "level": name if level == NOBODY else "fast", **equal}]  # fmt: skip
    return found
