"""Customers helped, response time and replies per customer, together, and what they would be on average for that mix.

One figure alone misleads: who works long on hard cases helps fewer customers with more replies (rows S0-45, S0-53).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import fsum

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from relevo.book.schema import Tables
from relevo.measures.card import Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.estimators.balance import weighted_median
from relevo.measures.estimators.lives import Array
from relevo.measures.rounding import rate
from relevo.measures.support.effort import ARRIVAL, Cell, cell_of
from relevo.measures.support.load import MONTHS, replies_in
from relevo.measures.support.persons import FROM_STAGE, OWN, named

# So few replies of the team say too little of a mix: the larger cell that holds it speaks for it.
FEWEST = 20
Ints = NDArray[np.int64]
# Levels of a case on which replies are pooled, the finest first.
_LEVELS: tuple[Callable[[Cell], Cell], ...] = (
    lambda cell: cell, lambda cell: cell[:2], lambda cell: (None, cell[1]), lambda cell: cell[:0],
)  # fmt: skip
_STEPS = ((200, 1), (2_000, 10), (20_000, 100), (200_000, 1_000))
_COARSEST = 10_000


def responses(tables: Tables, frame: Frame) -> ir.Table:
    """Replies for which a customer had waited, with the seconds of one clock: the fairest that anybody has.

    That is the person's own part on their shifts, else open hours, else all hours.
    """
    rows = replies_in(tables, frame).filter(lambda t: t.wait_s.notnull())
    known = rows.aggregate(
        shifts=rows.reaction_s.count().cast("int64"), schedules=rows.business_s.count().cast("int64")
    )
    both = rows.cross_join(known)
    waited = ibis.cases((both.shifts > 0, both.reaction_s), (both.schedules > 0, both.business_s), else_=both.wait_s)
    told = both.select("person_id", "message_id", *ARRIVAL, seconds=waited.cast("int64"))
    return told.filter(told.seconds.notnull())


def own(tables: Tables, frame: Frame) -> ir.Table:
    """Per person, the one or two replies in the middle by response time."""
    rows = responses(tables, frame)
    order = ibis.window(group_by="person_id", order_by=["seconds", "message_id"])
    every = ibis.window(group_by="person_id")
    placed = rows.mutate(place=ibis.row_number().over(order).cast("int64"), n=rows.count().over(every).cast("int64"))
    twice = placed.place * 2
    return placed.filter((twice >= placed.n - 2) & (twice <= placed.n)).select("person_id", "seconds")


def team(tables: Tables, frame: Frame) -> ir.Table:
    """How many replies of the team took about so long, per cell: `seconds` is their sum, in steps of 5 % or finer."""
    rows = responses(tables, frame)
    about = rows.mutate(about=_about(rows.seconds))
    return about.group_by([*ARRIVAL, "about"]).aggregate(n=about.count(), seconds=about.seconds.sum().cast("int64"))


def _about(seconds: ir.IntegerValue) -> ir.IntegerValue:
    found = seconds - seconds % _COARSEST
    for below, step in reversed(_STEPS):
        found = ibis.ifelse(seconds < below, seconds - seconds % step, found)
    return found


def mix(tables: Tables, frame: Frame) -> ir.Table:
    """Per person and cell: cases, replies in them, and replies for which a customer had waited."""
    rows = replies_in(tables, frame).filter(lambda t: t.customer_id.notnull())
    timed = rows.wait_s.notnull().cast("int64")
    cases = rows.mutate(timed=timed).group_by(["person_id", "conversation_id", "episode", *ARRIVAL]).aggregate(
        replies=ibis._.count(), timed=ibis._.timed.sum().cast("int64")
    )  # fmt: skip
    return cases.group_by(["person_id", *ARRIVAL]).aggregate(
        cases=cases.count(), replies=cases.replies.sum().cast("int64"), timed=cases.timed.sum().cast("int64")
    )


def helped(tables: Tables, frame: Frame) -> ir.Table:
    """Different customers per person."""
    rows = replies_in(tables, frame)
    return rows.group_by("person_id").aggregate(customers=rows.customer_id.nunique())


@dataclass(frozen=True, eq=False)
class Team:
    """What the team does with each kind of case; `cells` are numbered, and larger ones speak for those with few.

    `pool` is which one speaks for a cell's response times, `times` the seconds of each pool with their counts, and
    `replies` the mean replies per case of a cell.
    """

    cells: Mapping[Cell, int]
    pool: Ints
    times: Mapping[int, tuple[Array, Array]]
    replies: Array

    def response(self, timed: Mapping[Cell, int]) -> float | None:
        """The median response time of the team on such a mix; None where the team has none."""
        asked: dict[int, int] = {}
        for cell, n in timed.items():
            pool = int(self.pool[self.cells[cell]])
            asked[pool] = asked.get(pool, 0) + n
        known = [(*self.times[pool], n) for pool, n in asked.items() if pool in self.times]
        if not known:
            return None
        weights = [counts * (n / counts.sum()) for _, counts, n in known]
        return weighted_median(np.concatenate([seconds for seconds, *_ in known]), np.concatenate(weights))

    def replies_on(self, cases: Mapping[Cell, int]) -> float:
        """The replies that the team would write in such cases."""
        return fsum(n * float(self.replies[self.cells[cell]]) for cell, n in cases.items())


def team_of(times: Sequence[Record], mixes: Sequence[Record]) -> Team:
    """The team's ways, from the rows of `team` and `mix`."""
    cells = {cell: place for place, cell in enumerate(dict.fromkeys(cell_of(row) for row in (*mixes, *times)))}
    levels = _levels(list(cells))
    worked, timed = (np.array([cells[cell_of(row)] for row in rows], dtype=np.int64) for rows in (mixes, times))
    cases, replies = (_summed(levels, worked, _column(mixes, name)) for name in ("cases", "replies"))
    counts, seconds = _column(times, "n"), _column(times, "seconds")
    pool, spoken = _speaking(levels, _summed(levels, timed, counts)), _speaking(levels, cases)
    found: dict[int, tuple[Array, Array]] = {}
    for level in levels:
        of_row = level[timed]
        for number in np.intersect1d(pool, of_row):
            mine = of_row == number
            found[int(number)] = (seconds[mine] / counts[mine], counts[mine])
    return Team(cells, pool, found, replies[spoken] / np.maximum(cases[spoken], 1))


def _levels(cells: Sequence[Cell]) -> list[Ints]:
    """For every level the number of the pool that holds each cell; no two levels share a number."""
    numbers: dict[tuple[int, Cell], int] = {}
    return [
        np.array([numbers.setdefault((level, up(cell)), len(numbers)) for cell in cells], dtype=np.int64)
        for level, up in enumerate(_LEVELS)
    ]


def _column(rows: Sequence[Record], name: str) -> Array:
    return np.array([row[name] for row in rows], dtype=float)


def _summed(levels: Sequence[Ints], of_row: Ints, values: Array) -> Array:
    """Values per pool of every level."""
    size = int(levels[-1].max(initial=0)) + 1
    return np.asarray(sum(np.bincount(level[of_row], weights=values, minlength=size) for level in levels), dtype=float)


def _speaking(levels: Sequence[Ints], size: Array) -> Ints:
    """For each cell the finest pool that has enough; the whole where none has."""
    chosen = levels[-1]
    for level in reversed(levels[:-1]):
        chosen = np.where(size[level] >= FEWEST, level, chosen)
    return chosen


def _finish(found: Found, frame: Frame) -> list[Record]:
    ways = team_of(found["team"], found["mix"])
    middle: dict[str, list[int]] = {}
    for row in found["own"]:
        middle.setdefault(str(row["person_id"]), []).append(int(row["seconds"]))
    mixes: dict[str, list[Record]] = {}
    for row in found["mix"]:
        mixes.setdefault(str(row["person_id"]), []).append(row)
    people = {str(row["person_id"]): int(row["customers"]) for row in found["helped"]}
    rows = (_row(who, n, middle.get(who, []), mixes.get(who, []), ways) for who, n in sorted(people.items()))
    return named(rows, frame)


def _row(name: str, customers: int, middle: Sequence[int], mixes: Sequence[Record], ways: Team) -> Record:
    timed = {cell_of(row): int(row["timed"]) for row in mixes if row["timed"]}
    response = ways.response(timed) if middle else None
    cases = {cell_of(row): int(row["cases"]) for row in mixes}
    replies = sum(int(row["replies"]) for row in mixes)
    return {
        "person_id": name,
        "customers": customers,
        "response_s": round(sum(middle) / len(middle)) if middle else None,
        "replies_per_customer": rate(replies, customers),
        "expected_response_s": None if response is None else round(response),
        "expected_replies": round(ways.replies_on(cases) / customers, 6) if customers else None,
    }


SUPPORT_MAP = Model(
    Card(
        name="support_map",
        title="Customers, response and replies",
        question="How many customers does each help, how soon, and with how many replies, given what they get?",
        unit=Unit.COUNT,
        grain="one row per person who replied in the window",
        direction=Direction.NONE,
        kind=Kind.EFFICIENCY,
        read_with=("happiness", "gross_revenue_retention", "load"),
        columns=(
            Out("person_id", Unit.TEXT, "Who replied."),
            Out("customers", Unit.COUNT, "Different customers they replied to (n)."),
            Out("response_s", Unit.COUNT, "Median seconds of their own part in customers' waits, in their shifts."),
            Out("replies_per_customer", Unit.RATIO, "Public replies to known customers / customers."),
            Out("expected_response_s", Unit.COUNT, "The team's median on the same mix of cases."),
            Out("expected_replies", Unit.RATIO, "Replies per customer of the team on the same mix of cases."),
        ),
        definition=(
            "Public replies of the three months that end with the as-of day's, or of those of --months. The response "
            "is the person's own part: from when the customer wrote, or from when the person got the conversation, to "
            "the reply, in the seconds of their shifts. Where nobody's shifts are known it is the customer's wait in "
            "open hours, and where no schedule is known either in calendar hours: one clock for everybody. Expected "
            "is what the whole team does with cases alike in category, channel, tier and priority as first set, "
            "weighed by the person's own mix; where the team has fewer than 20, with those alike in category and "
            "channel, in channel, or with all. Team times are pooled in steps of 5 % or finer. Three figures that are "
            "read together and never sorted by one: long work on hard cases is few customers and many replies."
        ),
        source="Rows S0-45 and S0-53; indirect standardisation.",
        months=MONTHS,
        can_slice=False,
        has_months=False,
        ends_earlier=True,
        own_dimensions=OWN,
        from_stage=FROM_STAGE,
    ),
    {"own": own, "team": team, "mix": mix, "helped": helped},
    _finish,
)
