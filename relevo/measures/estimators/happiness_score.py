"""The happiness score: great minus not good in points of a hundred, with its interval; and how it changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt

from relevo.measures.intervals import Z95, wilson_ends

# Below so many votes, or so few beside the commonest answer, a normal interval is too narrow and may have no width.
FEW_VOTES = 30
FEW_OTHERS = 5


@dataclass(frozen=True)
class Score:
    """Votes as shares from 0 to 1, the score from -100 to 100 with its 95 % interval; all None without votes.

    `variance` is that of the score itself, in squared points; `votes` is how many votes it is worth where shares of
    votes were counted.
    """

    votes: float
    great: float | None
    okay: float | None
    not_good: float | None
    value: float | None
    variance: float | None
    low: float | None
    high: float | None


def score(great: float, okay: float, not_good: float, worth: float | None = None) -> Score:
    """The score of counted answers; of shares of votes `worth` is (sum of shares)^2 / sum of squared shares.

    The share of great minus that of not good; okay stays in the denominator (Help Scout). Its variance is
    (p1 + p3 - (p1 - p3)^2) / n, that of a difference of two shares of one multinomial. Few or nearly unanimous votes
    have Newcombe's interval (1998, method 10), which keeps its width where everybody said the same.
    """
    n = great + okay + not_good
    if n <= 0:
        return Score(0, None, None, None, None, None, None, None)
    votes = n if worth is None else worth
    p1, p3 = great / n, not_good / n
    variance = (p1 + p3 - (p1 - p3) ** 2) / votes
    others = votes * (1 - max(p1, p3, okay / n))
    few = votes < FEW_VOTES or others < FEW_OTHERS
    below, above = _newcombe(p1, p3, votes) if few else (Z95 * sqrt(variance),) * 2
    value = 100 * (p1 - p3)
    return Score(
        votes, p1, okay / n, p3, value, 1e4 * variance, max(value - 100 * below, -100), min(value + 100 * above, 100)
    )


def changes(now: Mapping[str, int], before: Mapping[str, int]) -> dict[str, float | None]:
    """What changed since: shares of answers in points, and counts, as `<answer>_count`, in percent of before.

    None where there was nothing to compare with. Help Scout reports the two in these units under one name (case HP-03).
    """
    totals = sum(now.values()), sum(before.values())
    points = {name: 100 * (now[name] / totals[0] - before[name] / totals[1]) if min(totals) else None for name in now}
    counts = {f"{name}_count": 100 * (now[name] / before[name] - 1) if before[name] else None for name in now}
    return {**points, **counts}


def _newcombe(p1: float, p3: float, n: float) -> tuple[float, float]:
    """How far the interval reaches below and above p1 - p3: Wilson's ends of both, with the correlation of the two."""
    (low1, high1), (low3, high3) = wilson_ends(p1, n), wilson_ends(p3, n)
    spread = sqrt(p1 * (1 - p1) * p3 * (1 - p3))
    together = -p1 * p3 / spread if spread else 0.0
    return (_joined(p1 - low1, high3 - p3, together), _joined(high1 - p1, p3 - low3, together))


def _joined(a: float, b: float, together: float) -> float:
    return sqrt(max(a * a - 2 * together * a * b + b * b, 0.0))
