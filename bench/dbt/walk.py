"""Explain a difference between two definitions: walk from the one to the other, a convention at a time.

Both definitions are written down once more, over the raw rows, as one function of the conventions that are already
theirs. With none it has to give what Relevo answered, with all of them what the package answered. The conventions
whose change moved the value are the explanation. A value that the function does not give is unexplained.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Step:
    """A convention on which the two definitions differ: its name, what Relevo does, what the package does."""

    name: str
    ours: str
    theirs: str


@dataclass(frozen=True)
class Verdict:
    """What became of one row. `reasons` are names of steps; `unexplained` says what was expected and found.

    `is_empty` where neither side has anything.
    """

    is_equal: bool
    reasons: tuple[str, ...] = ()
    unexplained: str = ""
    is_empty: bool = False


Same = Callable[[Value, Value], bool]


def judge(
    ours: Value, theirs: Value, told: Callable[[frozenset[str]], Value], steps: Sequence[Step], same: Same[Value]
) -> Verdict:
    """The verdict on one row of which both sides told a value; `told` is the definition by the steps taken."""
    values = [told(frozenset(step.name for step in steps[:taken])) for taken in range(len(steps) + 1)]
    if not same(values[0], ours):
        return Verdict(False, (), f"Relevo says {ours}, its definition {values[0]}")
    if not same(values[-1], theirs):
        return Verdict(False, (), f"the package says {theirs}, its definition {values[-1]}")
    if same(ours, theirs):
        return Verdict(True, is_empty=not ours and not theirs)
    moved = (step.name for step, was, now in zip(steps, values, values[1:], strict=False) if not same(was, now))
    return Verdict(False, tuple(moved))


@dataclass(frozen=True)
class Table:
    """All rows of one comparison: how many are equal, and each set of reasons with its count and its first row.

    Of the equal rows so many are `empty` on both sides.
    """

    rows: int
    equal: int
    empty: int
    reasons: tuple[tuple[tuple[str, ...], int, str], ...]
    unexplained: tuple[str, ...]


def tabled(verdicts: Sequence[tuple[Key, Verdict]]) -> Table:
    """Verdicts counted, the most frequent reasons first."""
    differing = [(key, verdict) for key, verdict in verdicts if verdict.reasons]
    counts = Counter(verdict.reasons for _, verdict in differing)
    first = {verdict.reasons: str(key) for key, verdict in reversed(differing)}
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return Table(
        rows=len(verdicts),
        equal=sum(verdict.is_equal for _, verdict in verdicts),
        empty=sum(verdict.is_empty for _, verdict in verdicts),
        reasons=tuple((reasons, count, first[reasons]) for reasons, count in ordered),
        unexplained=tuple(f"{key}: {verdict.unexplained}" for key, verdict in verdicts if verdict.unexplained),
    )
