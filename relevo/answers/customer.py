"""One customer: what it pays and paid, who holds it, and everything that is known to have happened."""

from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from relevo.answers.customers import CustomerRow, customer_card
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.answers.remembering import Remembered
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.values import Sentence, count, day, money, text
from relevo.base.money import half_up, mrr_from_base
from relevo.base.periods import day_from_number, month_text
from relevo.book.book import Book, Tables
from relevo.book.schema import EXACT
from relevo.insight.one_customer import ask_about, of_customer
from relevo.insight.timeline import Happening, timeline

YEAR = 12
# Whoever reads a customer soon narrows its timeline or asks for the rest of it.
_HAPPENED: Remembered[tuple[Happening, ...]] = Remembered(64)


@dataclass(frozen=True)
class MovementRow:
    """One change of what the customer pays, signed, in minor units of the book's currency."""

    on: date
    kind: str
    cause: str | None
    base_cents: int


@dataclass(frozen=True)
class ContactRow:
    """Somebody at the customer."""

    name: str
    title: str | None
    role: str | None
    left_on: date | None


@dataclass(frozen=True)
class Line:
    """One line of the timeline with the name of the colleague it names."""

    happening: Happening
    who: str | None


@dataclass(frozen=True)
class CustomerPage:
    """Everything one customer's page says. `history` holds MRR in minor units at month ends, first to last."""

    stamp: Stamp
    card: CustomerRow
    sentence: Sentence
    mrr_year_before_cents: int | None
    history: tuple[tuple[str, int], ...]
    movements: tuple[MovementRow, ...]
    contacts: tuple[ContactRow, ...]
    aliases: tuple[tuple[str, str], ...]
    lines: tuple[Line, ...]
    kinds: tuple[str, ...]
    timezone: str


def customer_page(reading: Reading, customer_id: str, kind: str | None = None) -> CustomerPage:
    """The page of a customer, its timeline of all kinds or of one. NotFound if the viewer may not see it."""
    card = customer_card(reading, customer_id)
    # The viewer may see this customer, so its rows are read from the whole book: one plan serves every viewer.
    book = reading.company_book
    history = _history(book, customer_id)
    happened = _HAPPENED.get(book, customer_id, lambda: timeline(book, customer_id))
    names = names_of_people(reading)
    shown = [h for h in happened if kind in (None, h.kind)]
    return CustomerPage(
        stamp=stamp(reading),
        card=card,
        sentence=_sentence(card, book.company.currency, history),
        mrr_year_before_cents=dict(history).get(month_text(book.open_month - YEAR)),
        history=history,
        movements=_movements(book, customer_id),
        contacts=_contacts(book, customer_id),
        aliases=_aliases(book, customer_id),
        lines=tuple(Line(h, names.get(h.who or "", h.who)) for h in shown),
        kinds=tuple(sorted({h.kind for h in happened})),
        timezone=book.company.timezone,
    )


def _sentence(card: CustomerRow, currency: str, history: tuple[tuple[str, int], ...]) -> Sentence:
    values = {
        "name": text(card.name),
        "mrr": money(card.mrr_cents, currency),
        "since": day(card.since),
        "left": day(card.left_on),
        "months": count(len([1 for _, cents in history if cents])),
    }
    return Sentence(f"customer.{card.status}", values)


def _history(book: Book, customer_id: str) -> tuple[tuple[str, int], ...]:
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


def _contacts(book: Book, customer_id: str) -> tuple[ContactRow, ...]:
    found = ask_about(book, customer_id, _people).rows
    return tuple(ContactRow(name or key, title, role, left) for name, key, title, role, left in found)


def _people(tables: Tables) -> ir.Table:
    mine = of_customer(tables.contact)
    return mine.select("name", "contact_id", "title", "role", "left_on").order_by("name", "contact_id")


def _aliases(book: Book, customer_id: str) -> tuple[tuple[str, str], ...]:
    return tuple((str(source), str(name)) for source, name in ask_about(book, customer_id, _other_names).rows)


def _other_names(tables: Tables) -> ir.Table:
    mine = of_customer(tables.customer_alias)
    return mine.select("source", "external_id").order_by("source", "external_id")
