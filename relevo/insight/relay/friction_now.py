"""Who has been in a stage for long: customers on their way to use that take more than twice the usual days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import ibis
import ibis.expr.types as ir

from relevo.book.book import Book
from relevo.insight.relay.friction import DAY, LOOK_BACK_DAYS, STAGES, Stage
from relevo.insight.relay.friction_rows import ENDS, borders_of, seconds

TIMES = 2


@dataclass(frozen=True)
class Held:
    """A customer in a stage: days since it began, and how many are usual."""

    customer_id: str
    stage: Stage
    days: float
    usual: float


def held_up(book: Book, usual: Mapping[Stage, float]) -> tuple[Held, ...]:
    """Customers of the book's scope that were won and have not left, the longest in their stage first.

    A stage that began more than two years ago, or whose usual days are not known, is not told; nor is buying.
    """
    now = seconds(book.until)
    rows = book.run(_under_way(book).order_by("began", "customer_id")).rows
    found = [(str(customer), STAGES[stage], (now - began) / DAY) for customer, stage, began in rows]
    return tuple(
        Held(customer, stage, days, usual[stage])
        for customer, stage, days in found
        if stage in usual and days > TIMES * usual[stage]
    )


def _under_way(book: Book) -> ir.Table:
    """The stage in which each customer is: the last one that began, unless its end or a later one was reached."""
    borders = borders_of(book.tables, book.until)
    starts = ("won_at", *(f"{kind}_at" for kind in ENDS))
    stages = ibis.union(*(_open(borders, place, starts) for place in range(len(ENDS))))
    since = seconds(book.until - timedelta(days=LOOK_BACK_DAYS))
    gone = book.tables.customer_start.filter(lambda t: t.churn_day.notnull()).select(left="customer_id")
    return stages.filter(stages.began >= since).anti_join(gone, stages.customer_id == gone.left)


def _open(borders: ir.Table, place: int, starts: tuple[str, ...]) -> ir.Table:
    begun = borders.filter(borders[starts[place]].notnull())
    for later in starts[place + 1 :]:
        begun = begun.filter(begun[later].isnull())
    began = begun[starts[place]].epoch_seconds().cast("int64")
    return begun.select("customer_id", stage=ibis.literal(place + 1, "int64"), began=began)
