"""What one customer paid, month by month, and what happened when it changed."""

from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from relevo.answers.reading import Reading
from relevo.base.money import half_up, mrr_from_base
from relevo.base.periods import day_from_number, day_in, month_of, month_text
from relevo.book.book import Book, Tables
from relevo.book.schema import EXACT
from relevo.insight.one_customer import ask_about, of_customer

# Of each sort of mark so many are drawn: a picture of everything says nothing.
MOVES, OTHERS = 4, 2
_HANDED, _ESCALATED = "handoff.given", "conversation.escalated"


@dataclass(frozen=True)
class MovementRow:
    """One change of what the customer pays, signed, in minor units of the book's currency."""

    on: date
    kind: str
    cause: str | None
    base_cents: int


@dataclass(frozen=True)
class Mark:
    """Something that happened in a month of the history: `code` is a kind of movement or of a line of the timeline.

    `cents` is the change of MRR of a movement, else None.
    """

    month: str
    code: str
    cause: str | None
    cents: int | None


@dataclass(frozen=True)
class History:
    """MRR in minor units at month ends, first to last; every movement, latest first; and the marks of the picture.

    All of it is empty for who may not see amounts; `paid_months` counts the month ends at which something was paid.
    """

    paid_months: int
    months: tuple[tuple[str, int], ...] = ()
    movements: tuple[MovementRow, ...] = ()
    marks: tuple[Mark, ...] = ()


def customer_history(reading: Reading, customer_id: str) -> History:
    """The history of a customer whom the viewer may see (NotFound otherwise)."""
    reading.check_customer(customer_id)
    book = reading.company_book
    months = _months(book, customer_id)
    paid = sum(cents != 0 for _, cents in months)
    if not reading.viewer.sees_money_of(customer_id):
        return History(paid)
    movements = _movements(book, customer_id)
    others = tuple((day_in(at, book.company.timezone), code) for at, code in ask_about(book, customer_id, _others).rows)
    return History(paid, months, movements, _marks(months, movements, others))


def _months(book: Book, customer_id: str) -> tuple[tuple[str, int], ...]:
    """MRR at every month end from the customer's first month to the book's, 0 where it paid nothing."""
    paid = {month: half_up(mrr_from_base(int(base))) for month, base in ask_about(book, customer_id, _levels).rows}
    if not paid:
        return ()
    return tuple((month_text(m), paid.get(m, 0)) for m in range(min(paid), book.open_month + 1))


def _levels(tables: Tables) -> ir.Table:
    """Month and base_e16 of one customer at every month end at which it paid."""
    levels, months, rates = of_customer(tables.mrr_level), tables.calendar_month, tables.fx_month
    held = levels.inner_join(
        months.select("month"), (levels.from_month <= months.month) & (months.month < levels.to_month)
    )
    priced = held.inner_join(rates, ["currency", "month"])
    worth = priced.mutate(worth=priced.arr_e6.cast(EXACT) * priced.rate_e10.cast(EXACT))
    return worth.group_by("month").aggregate(base_e16=worth.worth.sum().cast(EXACT)).order_by("month")


def _movements(book: Book, customer_id: str) -> tuple[MovementRow, ...]:
    found = ask_about(book, customer_id, _moves).rows
    return tuple(
        MovementRow(day_from_number(day), kind, cause, half_up(mrr_from_base(int(base))))
        for day, kind, cause, base in found
    )


def _moves(tables: Tables) -> ir.Table:
    return of_customer(tables.movement).select("day", "kind", "cause", "base_e16").order_by(ibis.desc("day"))


def _others(tables: Tables) -> ir.Table:
    """Hand-offs as they were given and conversations that were escalated as they opened, latest first."""
    given, talks = of_customer(tables.handoff), of_customer(tables.conversation)
    handed = given.filter(given.given_at.notnull()).select(at="given_at", code=ibis.literal(_HANDED))
    raised = talks.filter(talks.escalated).select(at="opened_at", code=ibis.literal(_ESCALATED))
    return handed.union(raised).order_by(ibis.desc("at"), "code")


def _marks(
    months: tuple[tuple[str, int], ...], movements: tuple[MovementRow, ...], others: tuple[tuple[date, str], ...]
) -> tuple[Mark, ...]:
    """The largest movements after the first, the last hand-offs and escalations, by month."""
    drawn = {month for month, _ in months}
    later = sorted(movements[:-1], key=lambda m: (-abs(m.base_cents), m.on))[:MOVES]
    found = [Mark(month_text(month_of(m.on)), m.kind, m.cause, m.base_cents) for m in later]
    for wanted in (_HANDED, _ESCALATED):
        told = [day for day, code in others if code == wanted][:OTHERS]
        found += [Mark(month_text(month_of(day)), wanted, None, None) for day in told]
    return tuple(sorted((m for m in found if m.month in drawn), key=lambda m: (m.month, m.code)))
