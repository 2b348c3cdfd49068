"""Confirmed hand-offs one by one, the least faithful first, and their fidelity by quarter of confirmation.

The same hand-offs and the same product as the measure `handoff_fidelity`.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import ibis
import ibis.expr.types as ir

from relevo.base.periods import day_from_number, day_number
from relevo.book.book import Book, Tables
from relevo.insight.one_customer import ask_about, of_customer
from relevo.measures.intervals import mean_of_shares
from relevo.measures.success.handoff_fidelity import USUAL_ITEMS

_PARTS = ("completeness", "accuracy")
_EPOCH = ibis.literal(date(1970, 1, 1))
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
    ordered = rows.mutate(product=_product_of(rows)).order_by("product", ibis.desc("confirmed_day"), "handoff_id")
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
    """The confirmed hand-offs of one customer. Whoever asks has checked that the viewer may see it."""
    found = (_scored(row) for row in ask_about(book, customer_id, _of_one).dicts())
    return tuple(each for each in found if each.confirmed_on <= book.as_of)


def by_quarter(book: Book) -> tuple[Quarter, ...]:
    """The last quarters in which something was confirmed, the oldest first."""
    rows = _rows(book)
    began = (_EPOCH + rows.confirmed_day.as_interval("D")).truncate("Q").cast("timestamp").date()
    each = rows.select(began=began, product=_product_of(rows).cast("float64"))
    found = each.group_by("began").aggregate(
        n=each.count(), mean=each["product"].mean(), variance=each["product"].var(how="sample")
    )  # fmt: skip
    last = book.run(found.order_by(ibis.desc("began")).limit(QUARTERS)).rows
    return tuple(_quarter(*row) for row in reversed(last))


def _quarter(begins: date, n: int, mean: float, variance: float | None) -> Quarter:
    return Quarter(begins, n, mean, *mean_of_shares(n, Fraction(mean), variance or 0.0))


def _rows(book: Book) -> ir.Table:
    """Hand-offs confirmed by the end of the as-of day that can be judged."""
    return _judged(book.tables.handoff_day.filter(lambda t: t.confirmed_day <= day_number(book.as_of)))


def _of_one(tables: Tables) -> ir.Table:
    return _judged(of_customer(tables.handoff_day).filter(lambda t: t.confirmed_day.notnull()))


def _judged(given: ir.Table) -> ir.Table:
    """Hand-offs whose parts are shares, with the items and re-asks that count."""
    known = given.filter(given.completeness.between(0, 1) & given.accuracy.between(0, 1))
    items = ibis.ifelse(known["items"].fill_null(0) > 0, known["items"], ibis.literal(USUAL_ITEMS, "int64"))
    kept = known.select(
        "handoff_id", "customer_id", "template", "from_person_id", "to_person_id", "confirmed_day", "completeness",
        "accuracy", "reasks_unfilled", items=items,
    )  # fmt: skip
    return kept.mutate(unfilled=ibis.least(kept.reasks_unfilled.fill_null(0), kept["items"])).drop("reasks_unfilled")


def _product_of(rows: ir.Table) -> ir.NumericValue:
    return rows.completeness * rows.accuracy * (1 - rows.unfilled / rows["items"].nullif(0))


def _product(row: dict[str, object]) -> Fraction:
    filled, right = (Fraction(Decimal(str(row[name]))) for name in _PARTS)
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
