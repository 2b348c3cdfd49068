"""Lives by several dimensions at once: what comparisons and hazard ratios are computed from."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import ibis.expr.types as ir

from relevo.book.schema import Tables
from relevo.measures.card import Frame, Record
from relevo.measures.estimators.comparison import Lives
from relevo.measures.revenue.survival import dated_lives
from relevo.measures.slices import SLICE, sliced_at

# What customers are compared by where no dimension is asked.
COMPARED = ("segment", "plan", "channel", "size_band")
OTHER = "(other)"
# A value of which fewer than so many customers would have left at everybody's pace is pooled with others like it.
# Not those that did leave: to pool by what happened would make the pool look loyal.
FEWEST_EXPECTED = 10
MOST_LEVELS = 12


def terms(frame: Frame) -> tuple[str, ...]:
    """The dimensions compared: the one asked, or the usual four."""
    return (frame.by,) if frame.by else COMPARED


def patterns(tables: Tables, frame: Frame) -> ir.Table:
    """Customers counted by entry, duration, event and their values of the compared dimensions (level_0, level_1, ...).

    A value is the one at the first MRR, so that nothing that happened later explains who stayed. The rows are bounded
    by months and combinations of values; they do not grow with customers.
    """
    rows = sliced_at(dated_lives(tables, frame), tables, replace(frame, by=None))
    levels = []
    for place, name in enumerate(terms(frame)):
        levels.append(f"level_{place}")
        rows = sliced_at(rows, tables, replace(frame, by=name, where=())).rename({levels[-1]: SLICE})
    return rows.group_by(["entry", "duration", "event", *levels]).aggregate(n=rows.count())


@dataclass(frozen=True)
class Level:
    """One value of a dimension with its lives; `names` are the values pooled in it."""

    term: str
    name: str
    names: frozenset[str]
    n: int
    events: int


def levels_of(found: Sequence[Record], place: int, term: str) -> list[Level]:
    """The levels of a dimension, the one with most customers first; small ones pooled as '(other)'.

    Where nearly all are small there is nothing to pool into, and they stay as they are.
    """
    n, events, months = (Counter[str]() for _ in range(3))
    for r in found:
        count, name = int(r["n"]), r[f"level_{place}"]
        n[name] += count
        events[name] += count * int(r["event"])
        months[name] += count * (int(r["duration"]) - max(int(r["entry"]), 0))
    ranked = sorted(n, key=lambda name: (-n[name], name))
    # Expected >= FEWEST_EXPECTED, multiplied out: months * all events / all months.
    enough = [m for m in ranked if months[m] * events.total() >= FEWEST_EXPECTED * months.total() > 0]
    small = [name for name in ranked if name not in enough[: MOST_LEVELS - 1]]
    if len(small) in (0, 1, len(ranked)):
        return [_level(term, name, [name], n, events) for name in ranked]
    alone = [name for name in ranked if name not in small]
    return [*(_level(term, name, [name], n, events) for name in alone), _level(term, OTHER, small, n, events)]


def _level(term: str, name: str, names: Sequence[str], n: Counter[str], events: Counter[str]) -> Level:
    return Level(term, name, frozenset(names), sum(n[m] for m in names), sum(events[m] for m in names))


def lives_of(found: Sequence[Record], place: int, level: Level) -> Lives:
    """The counted lives of one level."""
    mine = [r for r in found if r[f"level_{place}"] in level.names]
    columns = [[int(r[c]) for r in mine] for c in ("duration", "event", "n", "entry")]
    return Lives(*columns)


def labels(level: Level, frame: Frame) -> Record:
    """The cells that say which level a row is about."""
    return {**({frame.by: level.name} if frame.by else {}), "term": level.term, "level": level.name, "n": level.n}
