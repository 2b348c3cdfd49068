"""Which rows of an answer would tell of fewer than five customers, by themselves or by subtraction.

Three ways are closed: a row behind which few stand; hidden rows of one whole that stand for few together, which is the
whole less the others; and a condition on a slice that is hidden where the same measure is cut by it. What several
conditions on two dimensions tell in sum is not followed further.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from relevo.book.book import Book
from relevo.measures.asking import ask as ask_book
from relevo.measures.card import Ask

FEWEST_CUSTOMERS = 5
Rows = Sequence[Mapping[str, Any]]
# The rows of one measure in one book for an ask.
Asked = Callable[[Ask], Rows]
# The customers behind each slice of a measure whose rows count something else; None of every other measure.
Behind = Callable[[Ask], Mapping[str | None, int] | None]
_COUNT_COLUMNS = ("customers", "opening_customers", "n_started", "n", "at_risk")
_WHOLE = ("month", "tenure_month", "age")


@dataclass(frozen=True)
class _Measure:
    """One measure in one book: its rows for an ask, and the customers behind them."""

    book: Book
    asked: Asked
    behind: Behind

    def sizes(self, rows: Rows, ask: Ask) -> list[int]:
        """Customers behind each row: those of its slice where it counts others, else its own count.

        Where it has none, how many paid in its slice and month.
        """
        known = self.behind(ask)
        if known is not None:
            return [known.get(row.get(ask.by or ""), 0) for row in rows]
        own = [next((int(row[name] or 0) for name in _COUNT_COLUMNS if name in row), None) for row in rows]
        if None not in own:
            return [size or 0 for size in own]
        paid = ask_book(self.book, "mrr", replace(ask, months=None)).rows
        paying = {(row.get(ask.by or ""), row["month"]): int(row["customers"]) for row in paid}
        return [paying.get((row.get(ask.by or ""), row.get("month")), 0) for row in rows]


def small_rows(book: Book, ask: Ask, asked: Asked, behind: Behind = lambda _ask: None) -> frozenset[int]:
    """Places of the rows of `asked(ask)` to be withheld; `ask.by` names the column that cuts them, if any."""
    return _small_rows(_Measure(book, asked, behind), ask)


def _small_rows(of: _Measure, ask: Ask) -> frozenset[int]:
    rows = of.asked(ask)
    small = _with_complements(rows, of.sizes(rows, ask), is_cut=ask.by is not None)
    for dimension in dict.fromkeys(d for d, _ in ask.where):
        others = replace(ask, where=tuple(each for each in ask.where if each[0] != dimension))
        values = {value for d, value in ask.where if d == dimension}
        hidden = _hidden_slices(of, replace(others, by=dimension), values)
        small |= {i for i, row in enumerate(rows) if _whole_of(row) in hidden}
        small |= _few_left_out(of, rows, ask, others)
    return frozenset(small)


def _with_complements(rows: Rows, sizes: Sequence[int], *, is_cut: bool) -> set[int]:
    """Small rows, and of a cut those that would tell of them."""
    if not is_cut:
        return {i for i, size in enumerate(sizes) if size < FEWEST_CUSTOMERS}
    return {group[place] for group in _groups(rows) for place in few_of([sizes[i] for i in group])}


def few_of(sizes: Sequence[int]) -> set[int]:
    """Places of the parts of one whole to be withheld, by the customers behind each.

    Small ones, and the next smallest until what is hidden together stands for enough.
    """
    small = {i for i, size in enumerate(sizes) if size < FEWEST_CUSTOMERS}
    shown = sorted(set(range(len(sizes))) - small, key=lambda i: sizes[i])
    while shown and _tells_of_few([sizes[i] for i in small]):
        small.add(shown.pop(0))
    return small


def _tells_of_few(hidden: Sequence[int]) -> bool:
    return len(hidden) == 1 or 0 < sum(hidden) < FEWEST_CUSTOMERS


def _hidden_slices(of: _Measure, cut: Ask, values: Iterable[str]) -> set[tuple[Any, ...]]:
    """The wholes (a month, a tenure) in which a slice is hidden that a condition asks for."""
    rows = of.asked(cut)
    small = _small_rows(of, cut)
    return {_whole_of(row) for i, row in enumerate(rows) if i in small and str(row.get(cut.by or "")) in set(values)}


def _few_left_out(of: _Measure, rows: Rows, ask: Ask, without: Ask) -> set[int]:
    """Rows of a cut from which a condition takes few: those few are the row without it less the row."""
    if ask.by is None:
        return set()
    every = of.asked(without)
    whole = dict(zip((_cell_of(row, ask) for row in every), of.sizes(every, without), strict=True))
    pairs = zip(rows, of.sizes(rows, ask), strict=True)
    return {i for i, (row, n) in enumerate(pairs) if 0 < whole.get(_cell_of(row, ask), n) - n < FEWEST_CUSTOMERS}


def _groups(rows: Rows) -> Iterator[list[int]]:
    """Places of the rows that add up to one whole: those of one month, tenure, cohort and age."""
    whole: dict[tuple[Any, ...], list[int]] = {}
    for i, row in enumerate(rows):
        whole.setdefault(_whole_of(row), []).append(i)
    yield from whole.values()


def _whole_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row.get(name) for name in _WHOLE)


def _cell_of(row: Mapping[str, Any], ask: Ask) -> tuple[Any, ...]:
    return row.get(ask.by or ""), *_whole_of(row)
