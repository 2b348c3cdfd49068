"""Two rates set beside each other when their cases differ: what both would be on the mix of everybody together."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from relevo.measures.intervals import Z95

# A stratum in which somebody has fewer cases tells too little for a comparison of two.
FEWEST = 10

# By stratum: how many went well, of how many; parts of cases where several share one.
Part = int | Fraction
Strata = Mapping[str, tuple[Part, Part]]


def at_equal_mix(results: Mapping[str, Strata], fewest: int = FEWEST) -> dict[str, Fraction] | None:
    """Each one's rate if all had the mix of everybody together; None where a stratum holds too few of somebody's,
    or there is none.

    Direct standardisation, which can be compared between two; what was expected of somebody's own cases cannot.
    """
    whole = _whole(results)
    if not whole or any(mine.get(s, (0, 0))[1] < fewest for mine in results.values() for s in whole):
        return None
    every = sum(whole.values(), Fraction(0))
    return {
        name: sum((Fraction(mine[s][0]) / Fraction(mine[s][1]) * n / every for s, n in whole.items()), Fraction(0))
        for name, mine in results.items()
    }


@dataclass(frozen=True)
class EqualMix:
    """Two rates at everybody's mix, and how far the first lies above the second, with the 95 % interval of that."""

    mine: float
    others: float
    low: float
    high: float

    @property
    def difference(self) -> float:
        """How far the first lies above the second."""
        return self.mine - self.others


def beside(mine: Strata, others: Strata, fewest: int = FEWEST) -> EqualMix | None:
    """One's rate beside the others' at the mix of both together; None where either has too few of a stratum.

    The interval adds a case of each kind to every stratum, as Agresti and Caffo 2000 do for two shares, so that it
    keeps a width where all went alike.
    """
    both = {"mine": mine, "others": others}
    rates = at_equal_mix(both, fewest)
    if rates is None:
        return None
    whole = _whole(both)
    every = float(sum(whole.values()))
    variance = sum((float(n) / every) ** 2 * _varies(*each[s]) for s, n in whole.items() for each in (mine, others))
    gap, half = float(rates["mine"] - rates["others"]), Z95 * sqrt(variance)
    return EqualMix(float(rates["mine"]), float(rates["others"]), max(gap - half, -1.0), min(gap + half, 1.0))


def _varies(well: Part, n: Part) -> float:
    """The variance of a stratum's share, one case of each kind added."""
    share, many = float(well + 1) / float(n + 2), float(n + 2)
    return share * (1 - share) / many


def _whole(results: Mapping[str, Strata]) -> dict[str, Fraction]:
    names = {s for mine in results.values() for s in mine}
    return {s: sum((Fraction(mine.get(s, (0, 0))[1]) for mine in results.values()), Fraction(0)) for s in sorted(names)}
