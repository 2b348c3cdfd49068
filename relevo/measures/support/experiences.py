"""Ratios of leaving after each experience of contact, against no contact: pure functions of counted months."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from relevo.base.errors import DataRefused
from relevo.measures.estimators.levels import held_equal, told
from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.logistic import contrast, logistic
from relevo.measures.support.person_months import CUTS, EQUAL, NO_CONTACT

# With fewer customers lost, a ratio is one customer's doing.
FEWEST_LOST = 10
ANY = "any"
# Experiences in the order in which they are told, with the cut that each is a level of.
EXPERIENCES: Mapping[str, str] = {
    NO_CONTACT: "", ANY: "", "fast": "response", "slow": "response", "unanswered": "response", "resolved": "outcome",
    "silent": "outcome", "unresolved": "outcome", "happy": "answer", "okay": "answer", "unhappy": "answer",
    "no_answer": "answer", "first": "contacts", "second": "contacts", "third": "contacts",
}  # fmt: skip
Cells = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Experience:
    """One experience: months at risk, customers lost in them, how many are expected of others like them, the ratio.

    `ratio` is 1 for those without contact, who are compared with, and None where fewer than FEWEST_LOST were lost.
    """

    name: str
    months: int
    lost: int
    expected: float | None
    ratio: float | None
    low: float | None
    high: float | None


def experiences(cells: Cells) -> tuple[Experience, ...]:
    """Every experience of which there is a month; the first is no contact. Cells are those of one slice."""
    by_cut = {cut: _Counted.of([c for c in cells if c["cut"] == cut]) for cut in CUTS}
    first = by_cut[CUTS[0]]
    found = [_whole(first), *_told(first.as_any(), (ANY,))]
    for cut in CUTS:
        found += _told(by_cut[cut], [name for name, of in EXPERIENCES.items() if of == cut])
    return tuple(each for each in found if each.months or each.name == NO_CONTACT)


@dataclass(frozen=True, eq=False)
class _Counted:
    """Cells of one cut in columns: the level, what is held equal, months and lost ones."""

    levels: Sequence[str]
    equal: Mapping[str, Sequence[Any]]
    n: Array
    lost: Array

    @classmethod
    def of(cls, cells: Cells) -> "_Counted":
        """The columns of rows; in one order, whichever the engine gave."""
        rows = sorted(cells, key=lambda c: tuple(str(c[name]) for name in ("level", *EQUAL)))
        counts = (np.array([float(c[name]) for c in rows]) for name in ("n", "lost"))
        return cls([c["level"] for c in rows], {name: [c[name] for c in rows] for name in EQUAL}, *counts)

    def as_any(self) -> "_Counted":
        """The same months by whether there was contact."""
        levels = [level if level == NO_CONTACT else ANY for level in self.levels]
        return _Counted(levels, self.equal, self.n, self.lost)

    def sums(self, level: str) -> tuple[int, int]:
        """Months and lost customers of a level."""
        mine = np.array([each == level for each in self.levels], dtype=bool)
        return int(self.n[mine].sum()), int(self.lost[mine].sum())


def _whole(counted: _Counted) -> Experience:
    """No contact: what the others are compared with."""
    months, lost = counted.sums(NO_CONTACT)
    return Experience(NO_CONTACT, months, lost, float(lost), 1.0, None, None)


def _told(counted: _Counted, names: Sequence[str]) -> list[Experience]:
    """The levels of one cut, each against no contact, in one model."""
    ratios = _ratios(counted)
    found = []
    for name in names:
        months, lost = counted.sums(name)
        expected, *ratio = ratios.get(name, (None, None, None, None))
        found.append(Experience(name, months, lost, expected, *ratio))
    return found


def _ratios(counted: _Counted) -> dict[str, tuple[float | None, ...]]:
    """Expected, ratio and its interval of each level with enough lost ones; none where no contact has too few."""
    if counted.sums(NO_CONTACT)[1] < FEWEST_LOST:
        return {}
    about = told("level", counted.levels, NO_CONTACT)
    columns = about.beside(held_equal(counted.equal, counted.n, counted.lost))
    try:
        fit = logistic(columns.numbers, counted.n, counted.lost)
    except DataRefused:
        return {}
    found: dict[str, tuple[float | None, ...]] = {}
    for place, (_, name) in enumerate(about.names):
        one = contrast(fit, columns.numbers, counted.n, counted.lost, place)
        if one.events >= FEWEST_LOST:
            found[str(name)] = (one.expected, one.ratio, one.low, one.high)
    return found
