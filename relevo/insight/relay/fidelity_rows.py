"""Confirmed hand-offs one by one, the least faithful first, and their fidelity by quarter of confirmation.

The same hand-offs and the same product as the measure `handoff_fidelity`.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.base.periods import day_from_number, day_number
from relevo.book.book import Book
from relevo.measures.intervals import mean_of_shares
from relevo.measures.success.handoff_fidelity import USUAL_ITEMS

_PARTS = ("completeness", "accuracy", "items", "unfilled")
QUARTERS = 8


@dataclass(frozen=True)
class Scored:
    """One confirmed hand-off: the day on which it was confirmed, its parts from 0 to 1, and their product."""

    handoff_id: str
    customer_id: str
    template: str | None
    from_person_id: str | None
    to_person_id: str | None
    confirmed_on: date
    completeness: float
    accuracy: float
    reask_rate: float
    fidelity: float


@dataclass(frozen=True)
class Quarter:
    """The mean fidelity of the hand-offs confirmed in a quarter, with its 95 % interval; None below two."""

    begins: date
    n: int
    fidelity: float
    low: float | None
    high: float | None


def scored(book: Book, limit: int, offset: int = 0) -> tuple[Scored, ...]:
    """A page of the hand-offs, the lowest fidelity first, then the one confirmed last."""
    rows = _rows(book)
    product = rows.completeness * rows.accuracy * (1 - rows.unfilled / rows["items"])
    ordered = rows.mutate(product=product).order_by("product", ibis.desc("confirmed_day"), "handoff_id")
    return tuple(_scored(row) for row in book.run(ordered.limit(limit, offset=offset)).dicts())


def scored_count(book: Book) -> int:
    """How many hand-offs `scored` finds in all."""
    return int(book.run(_rows(book).aggregate(n=lambda t: t.count())).rows[0][0])


def scored_of(book: Book, person_id: str, limit: int) -> tuple[Scored, ...]:
    """Hand-offs that somebody gave or took, the one confirmed last first."""
    rows = _rows(book).filter(lambda t: (t.from_person_id == person_id) | (t.to_person_id == person_id))
    latest = rows.order_by(ibis.desc("confirmed_day"), "handoff_id").limit(limit)
    return tuple(_scored(row) for row in book.run(latest).dicts())


def scored_customer(book: Book, customer_id: str) -> tuple[Scored, ...]:
    """The confirmed hand-offs of one customer."""
    rows = _rows(book).filter(lambda t: t.customer_id == customer_id)
    return tuple(_scored(row) for row in book.run(rows).dicts())


def by_quarter(book: Book) -> tuple[Quarter, ...]:
    """The last quarters in which something was confirmed, the oldest first."""
    rows = _rows(book)
    counted = rows.group_by(["confirmed_day", *_PARTS]).aggregate(n=rows.count())
    found: dict[date, list[tuple[int, Fraction]]] = defaultdict(list)
    for row in book.run(counted).dicts():
        found[_quarter(day_from_number(row["confirmed_day"]))].append((int(row["n"]), _product(row)))
    return tuple(_of_quarter(begins, found[begins]) for begins in sorted(found)[-QUARTERS:])


def _rows(book: Book) -> ir.Table:
    """Hand-offs confirmed by the end of the as-of day that can be judged."""
    given = book.tables.handoff_day
    known = given.filter(
        (given.confirmed_day <= day_number(book.as_of))
        & given.completeness.between(0, 1)
        & given.accuracy.between(0, 1)
    )
    items = ibis.ifelse(known["items"].fill_null(0) > 0, known["items"], ibis.literal(USUAL_ITEMS, "int64"))
    kept = known.select(
        "handoff_id", "customer_id", "template", "from_person_id", "to_person_id", "confirmed_day", "completeness",
        "accuracy", "reasks_unfilled", items=items,
    )  # fmt: skip
    return kept.mutate(unfilled=ibis.least(kept.reasks_unfilled.fill_null(0), kept["items"])).drop("reasks_unfilled")


def _product(row: dict[str, object]) -> Fraction:
    filled, right = (Fraction(Decimal(str(row[name]))) for name in _PARTS[:2])
    return filled * right * (1 - _reasked(row))


def _reasked(row: dict[str, object]) -> Fraction:
    return Fraction(int(str(row["unfilled"])), int(str(row["items"])))


def _scored(row: dict[str, object]) -> Scored:
    names = ("handoff_id", "customer_id", "template", "from_person_id", "to_person_id")
    told = {name: row[name] for name in names}
    return Scored(
        **told,  # type: ignore[arg-type]
        confirmed_on=day_from_number(int(str(row["confirmed_day"]))),
        completeness=float(str(row["completeness"])),
        accuracy=float(str(row["accuracy"])),
        reask_rate=float(_reasked(row)),
        fidelity=float(_product(row)),
    )


def _quarter(day: date) -> date:
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _of_quarter(begins: date, counted: Iterable[tuple[int, Fraction]]) -> Quarter:
    listed = list(counted)
    n = sum(many for many, _ in listed)
    total = sum((many * product for many, product in listed), Fraction(0))
    squares = sum((many * product * product for many, product in listed), Fraction(0))
    variance = float((squares - total * total / n) / (n - 1)) if n > 1 else 0.0
    return Quarter(begins, n, float(total / n), *mean_of_shares(n, total / n, variance))
