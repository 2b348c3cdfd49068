"""The hard cases: which they are, and what may count of them where a result touches pay."""

from dataclasses import dataclass

import numpy as np

from relevo.measures.estimators.lives import Array, Numbers

# Hard are the cases whose expected score lies in the lowest fifth of the team's.
LOWEST = 0.2


@dataclass(frozen=True)
class Counted:
    """What was achieved beyond expectation: as it is, for talks and coaching, and as it may touch pay."""

    measured: float
    pay: float


def hard_line(expected: Array, n: Array) -> float:
    """The expected score at or below which a case is hard: a fifth of the votes reach up to it.

    Minus infinity where all cases are expected to go alike. To be frozen at the start of a period that is paid for.
    """
    if len(expected) == 0 or np.ptp(expected) < 1e-9:
        return float("-inf")
    order = np.argsort(expected, kind="stable")
    reached = np.cumsum(n[order]) >= LOWEST * n.sum() - 1e-9
    line = float(expected[order][int(np.argmax(reached))])
    return line if line < expected.max() else float(np.nextafter(line, -np.inf))


def shielded(observed: Numbers, expected: Numbers, line: float, n: Numbers | None = None) -> Counted:
    """Observed less expected, added up case by case; of a hard case nothing below 0 counts for pay.

    A sum and not a mean: a mean is diluted by any case that goes just as expected. No case that is hard, whatever its
    outcome, can lower the sum for pay. `n` counts alike cases.
    """
    got, awaited = np.asarray(observed, dtype=float), np.asarray(expected, dtype=float)
    many = np.ones_like(got) if n is None else np.asarray(n, dtype=float)
    beyond = got - awaited
    counted = np.where(awaited <= line, np.maximum(beyond, 0.0), beyond)
    return Counted(float(many @ beyond), float(many @ counted))
