"""The comparison that must not be made, shown beside the one that holds: ever in contact against never (case RC-01).

Who leaves in the second month has had one month in which to write; who stays has had all. So those who never wrote are
full of those who left early, and contact looks good where it does nothing (immortal time, Suissa 2008).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import ibis.expr.types as ir

from relevo.base.periods import day_number, first_day, last_day
from relevo.book.book import Book, Tables

MONTHS = 12


@dataclass(frozen=True)
class Trap:
    """Of those who paid when the window began: how many were ever in contact in it and never, and who of them left.

    Shares are None of nobody.
    """

    ever: int
    ever_lost: int
    never: int
    never_lost: int

    @property
    def ever_share(self) -> float | None:
        """The share that left of those who were in contact at least once."""
        return self.ever_lost / self.ever if self.ever else None

    @property
    def never_share(self) -> float | None:
        """The share that left of those who never were."""
        return self.never_lost / self.never if self.never else None


def trap(rows: Iterable[tuple[bool, bool, int]]) -> Trap:
    """From counts of customers by whether they were ever in contact and whether they left."""
    counted = {(ever, lost): n for ever, lost, n in rows}
    sizes = [counted.get((ever, True), 0) + counted.get((ever, False), 0) for ever in (True, False)]
    return Trap(sizes[0], counted.get((True, True), 0), sizes[1], counted.get((False, True), 0))


def trap_of(book: Book) -> Trap:
    """The last twelve complete months of a book."""
    last = book.last_complete_month
    counted = ever_against_never(book.tables, last - MONTHS, last)
    return trap((bool(ever), bool(lost), int(n)) for ever, lost, n in book.run(counted).rows)


def ever_against_never(tables: Tables, opened: int, last: int) -> ir.Table:
    """Customers paying at the end of a month, by ever in contact after it while they paid, and by whether they left."""
    levels = tables.mrr_level.filter(tables.mrr_level.arr_e6 > 0)
    here = levels.filter((levels.from_month <= opened) & (levels.to_month > opened)).select("customer_id").distinct()
    gone = tables.movement.filter((tables.movement.kind == "churn") & tables.movement.month.between(opened + 1, last))
    left = gone.group_by(leaver="customer_id").aggregate(left_day=gone.day.min())
    known = here.left_join(left, here.customer_id == left.leaver).select("customer_id", "left_day")
    begin, end = day_number(first_day(opened + 1)), day_number(last_day(last))
    wrote = tables.episode.filter((tables.episode.customer_messages > 0) & (tables.episode.begun_day >= begin))
    lines = wrote.select(writer="customer_id", wrote="begun_day")
    spoke = known.inner_join(lines, known.customer_id == lines.writer).select("writer", "wrote", "left_day")
    during = spoke.filter(spoke.wrote <= spoke.left_day.fill_null(end)).select(speaker="writer").distinct()
    told = known.left_join(during, known.customer_id == during.speaker).select("customer_id", "left_day", "speaker")
    flags = told.mutate(ever=told.speaker.notnull(), lost=told.left_day.notnull())
    return flags.group_by("ever", "lost").aggregate(n=flags.count().cast("int64"))
