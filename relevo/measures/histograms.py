"""Values that come as counts per value, because a book may hold millions of them."""

from collections.abc import Mapping
from fractions import Fraction


def median(counts: Mapping[int, int]) -> Fraction | None:
    """The median of a histogram; the mean of the two middle values where their number is even."""
    n = sum(counts.values())
    if not n:
        return None
    middle = [(n - 1) // 2, n // 2]
    found, passed = [], 0
    for value, count in sorted(counts.items()):
        found += [value for place in middle if passed <= place < passed + count]
        passed += count
    return Fraction(sum(found), 2)
