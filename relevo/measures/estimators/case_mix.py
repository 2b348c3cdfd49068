"""Two results set beside each other when their cases differ: what was expected, and what an equal mix would show."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

# A stratum in which somebody has fewer cases tells too little for a comparison of two.
FEWEST = 10

# By stratum: how many went well, of how many.
Strata = Mapping[str, tuple[int, int]]


def over_expected(results: Mapping[str, Strata]) -> dict[str, Fraction]:
    """Observed over expected for each: what would be expected at everybody's rate on its own mix of cases.

    Indirect standardisation: each is compared with all on that one's mix; two of the ratios are no duel.
    """
    rates = _rates(list(results.values()))
    return {
        name: Fraction(sum(well for well, _ in mine.values())) / sum(rates[s] * n for s, (_, n) in mine.items())
        for name, mine in results.items()
    }


def at_equal_mix(results: Mapping[str, Strata], fewest: int = FEWEST) -> dict[str, Fraction] | None:
    """Each one's rate if all had the mix of everybody together; None where a stratum holds too few of somebody's.

    Direct standardisation, which can be compared between two.
    """
    whole = {s: sum(mine.get(s, (0, 0))[1] for mine in results.values()) for mine in results.values() for s in mine}
    if any(mine.get(s, (0, 0))[1] < fewest for mine in results.values() for s in whole):
        return None
    every = sum(whole.values())
    return {
        name: sum((Fraction(mine[s][0], mine[s][1]) * n / every for s, n in whole.items()), Fraction(0))
        for name, mine in results.items()
    }


def _rates(results: Sequence[Strata]) -> dict[str, Fraction]:
    names = {s for mine in results for s in mine}
    totals = {s: [sum(mine.get(s, (0, 0))[k] for mine in results) for k in (0, 1)] for s in names}
    return {s: Fraction(well, n) for s, (well, n) in totals.items()}
