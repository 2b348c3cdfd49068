"""Whether the customers that a colleague helped stay, beside what was to be expected of them then (row S0-32).

Whoever answers customers that are already leaving is compared with the average colleague on the same customers, and
not with whoever answers the happy ones.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np

from relevo.base.errors import DataRefused
from relevo.book.book import Book, Tables
from relevo.insight.talks.moments import Followed, day_of, followed, helped
from relevo.measures.estimators.levels import Columns, held_equal, told
from relevo.measures.estimators.lives import Array
from relevo.measures.estimators.logistic import LogisticFit, against_average, logistic

DAYS = 90
# With fewer cases, or customers lost, a colleague's figure is one customer's doing.
FEWEST, FEWEST_LOST = 30, 10
# Where others take less than this share of the same kinds of customers, nobody can be compared.
OVERLAP = 0.5
RISK = ("leaving", "category", "priority", "tenure", "segment", "used", "quarter")
METHOD = (
    "The first case of a customer and quarter that a person answered, shared among those who replied; a customer that "
    "pays then and does no longer 90 days later is lost. Expected is what the average colleague would have lost of the "
    "same customers, by a logistic model with colleagues in it and what was known when the case came: whether the "
    "customer had already asked to leave, category, priority, tenure, segment, use. Below 30 cases or 10 lost in all, "
    "and where nobody else takes such customers, nothing is told of a person. An association, and never a ranking."
)
Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class HelpedBy:
    """A colleague's cases, the share of customers kept, the share expected, and the difference with its interval.

    `expected` and what follows are None where too little is known, and `is_comparable` False where nobody else takes
    such customers.
    """

    person_id: str
    n: float
    kept: float
    expected: float | None
    difference: float | None
    low: float | None
    high: float | None
    is_comparable: bool


def helped_by_of(book: Book) -> tuple[HelpedBy, ...]:
    """Every colleague of a book who answered a customer, by id."""
    return helped_by(book.run(helper_cells(book.tables, Followed.of(book))).dicts())


def helper_cells(tables: Tables, of: Followed) -> ir.Table:
    """Counted cases by who answered and the risk then; `n` and `lost` are shared by replies."""
    first = helped(tables, of, "first_human_at")
    words = {name: first[name].fill_null("") for name in ("category", "priority")}
    moments = first.select("customer_id", "conversation_id", "episode", "day", "month", "quarter", **words)
    rows = followed(moments.filter(moments.day + DAYS <= of.as_of), tables, of)
    asked = _asked_to_leave(tables)
    known = rows.left_join(
        asked, (rows.customer_id == asked.leaver) & (asked.asked_day <= rows.day) & (asked.left_day > rows.day)
    )
    flagged = known.select(*rows.columns, "leaver").distinct()
    told_of = flagged.mutate(
        leaving=flagged.leaver.notnull(), gone=(flagged.until_day <= flagged.day + DAYS).fill_null(False).cast("int64")
    )
    return _by_replies(told_of, tables)


def _asked_to_leave(tables: Tables) -> ir.Table:
    """When customers asked to leave, and when they did or will."""
    said = tables.cancellation.filter(tables.cancellation.requested_at.notnull())
    return said.select(leaver="customer_id", asked_day=day_of(said.requested_at), left_day=day_of(said["at"]))


def _by_replies(rows: ir.Table, tables: Tables) -> ir.Table:
    """Cases shared among those who replied in them, by their replies."""
    key = ["conversation_id", "episode"]
    each = tables.reply.filter(tables.reply.person_id.notnull()).group_by([*key, "person_id"])
    replies = each.aggregate(mine=ibis._.count().cast("int64"))
    shares = replies.mutate(whole=replies.mine.sum().over(ibis.window(group_by=key)))
    joined = rows.inner_join(shares, key)
    weighed = joined.select("person_id", "gone", *RISK, "mine", "whole")
    # Ibis cannot name a column of floats to Spark: the shares are nowhere one.
    share = weighed.mine / weighed.whole.nullif(0)
    return weighed.group_by(["person_id", *RISK]).aggregate(n=share.sum(), lost=(share * weighed.gone).sum())


def helped_by(cells: Rows) -> tuple[HelpedBy, ...]:
    """Every colleague with the customers helped, from counted cases."""
    rows = sorted(cells, key=lambda r: tuple(str(r[name]) for name in ("person_id", *RISK)))
    n, lost = (np.array([float(r[name]) for r in rows]) for name in ("n", "lost"))
    people = [str(r["person_id"]) for r in rows]
    sizes = {p: float(n[[each == p for each in people]].sum()) for p in dict.fromkeys(people)}
    found = _compared(rows, people, sizes, (n, lost))
    return tuple(
        _told(p, (sizes[p], float(lost[[each == p for each in people]].sum())), found.get(p)) for p in sorted(sizes)
    )


# Expected lost, ratio and its ends; and whether others take such customers.
_Found = tuple[float, float, float, float] | None


def _compared(
    rows: Rows, people: Sequence[str], sizes: Mapping[str, float], counts: tuple[Array, Array]
) -> dict[str, tuple[_Found, bool]]:
    """What is expected of every colleague with enough cases, and whether there is somebody to compare with."""
    n, lost = counts
    # Those with few cases are one group, so that their cases still say how risky a customer is.
    named = [p if sizes[p] >= FEWEST else "" for p in people]
    listed = sorted({p for p in named if p})
    if lost.sum() < FEWEST_LOST or len(listed) < 2:
        return {}
    about = told("person", named, max(listed, key=lambda p: (sizes[p], p)))
    columns = about.beside(held_equal({name: [r[name] for r in rows] for name in RISK}, n, lost))
    try:
        fit = logistic(columns.numbers, n, lost)
    except DataRefused:
        return {}
    return {p: (_expected(fit, columns, (n, lost), len(about.names), p), _overlaps(rows, named, n, p)) for p in listed}


def _expected(fit: LogisticFit, columns: Columns, counts: tuple[Array, Array], many: int, person: str) -> _Found:
    place = columns.place("person", person)
    one = against_average(fit, columns.numbers, *counts, range(many), -1 if place is None else place)
    if one.ratio is None or one.low is None or one.high is None:
        return None
    return one.expected, one.ratio, one.low, one.high


def _overlaps(rows: Rows, named: Sequence[str], n: Array, person: str) -> bool:
    """Whether at least half of a colleague's cases are of kinds (leaving, category) that others take too."""
    mine: dict[tuple[Any, ...], float] = {}
    others: dict[tuple[Any, ...], float] = {}
    for row, who, count in zip(rows, named, n, strict=True):
        kinds = mine if who == person else others
        kind = (bool(row["leaving"]), row["category"])
        kinds[kind] = kinds.get(kind, 0.0) + float(count)
    shared = sum(count for kind, count in mine.items() if others.get(kind, 0.0) >= FEWEST_LOST)
    return shared >= OVERLAP * sum(mine.values())


def _told(person: str, seen: tuple[float, float], found: tuple[_Found, bool] | None) -> HelpedBy:
    n, lost = seen
    kept = 1 - lost / n
    if found is None or found[0] is None or not found[1]:
        return HelpedBy(person, n, kept, None, None, None, None, is_comparable=found is None or found[1])
    expected, ratio, low, high = found[0]
    share = expected / n
    # More lost than expected is a lower share kept: the ends change places.
    difference, least, most = (share - share * each for each in (ratio, high, low))
    return HelpedBy(person, n, kept, 1 - share, difference, least, most, is_comparable=True)
