"""Whether two engines answered the same: exact values to the last digit, floats to 1e-9, in the same order."""

import math
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from relevo.base.errors import RelevoError
from relevo.base.periods import Grain
from relevo.book.book import Book
from relevo.book.schema import ROLLUPS
from relevo.measures.asking import ask
from relevo.measures.card import AnyMeasure, Ask, Card, Composite

TOLERANCE = 1e-9
Record = dict[str, Any]


def questions(measure: AnyMeasure) -> dict[str, Ask]:
    """What is asked of a measure: plainly, by a slice, of a part of the customers, by quarter."""
    card = measure.card
    if isinstance(measure, Composite):
        # It asks other measures, often under several policies, each of which is carried first.
        return {"": Ask()}
    some = (("segment", "smb"), ("segment", "(none)"))
    grain = Grain.QUARTER if _has_months(card) else Grain.MONTH
    sliced = {"by plan": Ask(by="plan"), "some segments, by quarter": Ask(by="segment", where=some, grain=grain)}
    own = {f"by {each.name}": Ask(by=each.name) for each in card.own_dimensions}
    return {"": Ask(), **(sliced if card.can_slice else {"by quarter": Ask(grain=grain)}), **own}


def _has_months(card: Card) -> bool:
    return card.has_months and any(column.name == "month" for column in card.columns)


def answer(book: Book, name: str, question: Ask) -> list[Record]:
    """The rows of an answer; an error that is meant for people is an answer too."""
    try:
        return list(ask(book, name, question).rows)
    except RelevoError as refused:
        return [{"error": f"{type(refused).__name__}: {refused.message}"}]


def rollup(book: Book, name: str) -> list[Record]:
    """All rows of a roll-up in a fixed order."""
    table = getattr(book.tables, name)
    return sorted(book.run(table.select(*ROLLUPS[name])).dicts(), key=repr)


def differences(expected: Sequence[Record], found: Sequence[Record]) -> list[str]:
    """One sentence per row that differs; the first few are enough to find the cause."""
    if len(expected) != len(found):
        return [f"{len(expected)} rows and {len(found)}"]
    pairs = enumerate(zip(expected, found, strict=True))
    return [f"row {i}: {_told(a, b)}" for i, (a, b) in pairs if not _alike(a, b)][:5]


def _told(a: Record, b: Record) -> str:
    if a.keys() != b.keys():
        return f"columns {sorted(a)} and {sorted(b)}"
    cells = [f"{c} is {a[c]!r} and {b[c]!r}" for c in a if not _alike(a[c], b[c])]
    return "; ".join(cells)


def _alike(a: Any, b: Any) -> bool:
    """Equal in value and type; floats within the tolerance, nothing else."""
    if type(a) is not type(b):
        return False
    if isinstance(a, float):
        return math.isclose(a, b, rel_tol=TOLERANCE, abs_tol=TOLERANCE) or (math.isnan(a) and math.isnan(b))
    if isinstance(a, dict):
        return a.keys() == b.keys() and all(_alike(a[k], b[k]) for k in a)
    if isinstance(a, list | tuple):
        return len(a) == len(b) and all(map(_alike, a, b))
    return bool(a == b)


def compared(
    books: dict[str, Book], asked: Callable[[Book], list[Record]], spent: Counter[str] | None = None
) -> dict[str, list[str]]:
    """What differs from the first book, by the name of the other; seconds per book are added to `spent`."""
    found = {}
    for name, book in books.items():
        started = time.perf_counter()
        found[name] = asked(book)
        if spent is not None:
            spent[name] += time.perf_counter() - started
    first, *others = books
    return {other: told for other in others if (told := differences(found[first], found[other]))}
