"""The list of customers: found, filtered and sorted, with their count and the sum of what they pay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np

from relevo.answers.customer_columns import HELD, WORDS, Column, Kind
from relevo.answers.customer_facts import TRAITS, CardFacts, Status
from relevo.answers.customers_ask import PAGE, CustomersAsk
from relevo.answers.reading import OPERATOR, Ids, NotFound, Reading, Refused
from relevo.answers.series import Mask, Numbers, Series
from relevo.answers.sight import Sight, sight_of
from relevo.answers.stamp import Stamp, stamp
from relevo.base.words import fold
from relevo.book.remembering import Remembered
from relevo.measures.slices import NONE

__all__ = ["PAGE", "TRAITS", "CustomerRow", "CustomersAsk", "CustomersPage", "Status", "customer_card"]
# Columns whose cells add up to something.
SUMMED = frozenset({"mrr", "mrr_before", "mrr_change", "open_conversations"})
# A column that does not stand alone, and the one that comes with it.
COMPANIONS = {"happiness": "ratings"}
_ROWS: Remembered[tuple["CustomerRow", ...]] = Remembered(16)
_NAMES: Remembered[Mapping[str, str]] = Remembered(16)


@dataclass(frozen=True)
class CustomerRow:
    """One customer as of the book's day. `mrr_cents` is in the book's currency, 0 where it does not pay now.

    It is None where the viewer may not see the amounts of this customer.
    """

    customer_id: str
    name: str
    domain: str | None
    status: Status
    mrr_cents: int | None
    since: date | None
    left_on: date | None
    segment: str | None
    channel: str | None
    plan: str | None
    country: str | None
    owner: str | None


@dataclass(frozen=True)
class CustomersPage:
    """One page of the list; `found`, `paying`, `mrr_cents` and `sums` cover everything that was asked for.

    `mrr_cents` is None where the amounts of some customer found are hidden from the viewer, for a sum would tell of
    them, and where the question is about colleagues whose figures the viewer may not see (`is_by_person`). `cells` has
    the values of each row's columns, `sums` those of the columns that add up, `words` what is shown for the values of
    filters, by column and value.
    """

    stamp: Stamp
    ask: CustomersAsk
    rows: tuple[CustomerRow, ...]
    found: int
    paying: int
    mrr_cents: int | None
    choices: dict[str, tuple[str, ...]]
    columns: tuple[Column, ...] = ()
    cells: tuple[Mapping[str, Any], ...] = ()
    sums: Mapping[str, int | None] = field(default_factory=dict)
    words: Mapping[tuple[str, str], str] = field(default_factory=dict)
    is_by_person: bool = False
    sees_money: bool = True

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins; None on the last one."""
        shown = self.ask.offset + len(self.rows)
        return shown if shown < self.found else None


def customers_page(reading: Reading, ask: CustomersAsk) -> CustomersPage:
    """The customers this viewer may see that match. WrongUse for an unknown column, sort or filter.

    Refused for a filter on amounts by who may see none.
    """
    ask.check()
    _check_amounts(reading, ask)
    sight = sight_of(reading)
    mask = _matching(sight, ask, reading)
    places = _page(sight, ask, mask)
    is_by_person = _is_by_person(sight, reading.viewer.persons, ask)
    sums = {name: None if is_by_person else _sum(sight.column(name), mask) for name in _summed(ask)}
    return CustomersPage(
        stamp=stamp(reading),
        ask=ask,
        rows=_rows(sight, places),
        found=int(mask.sum()),
        paying=int((mask & sight.column("status").is_one_of([Status.PAYING])).sum()),
        mrr_cents=sums["mrr"],
        choices={name: _choices(sight.column(name)) for name in TRAITS},
        columns=tuple(Column.named(name) for name in ask.columns),
        cells=_cells(sight, ask.columns, places),
        sums=sums,
        words=_words(sight, ask),
        is_by_person=is_by_person,
        sees_money=reading.viewer.sees_money,
    )


def customer_rows(reading: Reading) -> tuple[CustomerRow, ...]:
    """Every customer this viewer may see; what they pay sums to the MRR of the scope on the book's day."""
    sight, viewer = sight_of(reading), reading.viewer
    every = np.arange(len(sight.cards))
    return _ROWS.get(reading.company_book, (viewer.scope, viewer.money), lambda: _rows(sight, every))


def names_of_customers(reading: Reading) -> Mapping[str, str]:
    """Names by customer id, of the customers this viewer may see."""
    viewer, rows = reading.viewer, customer_rows(reading)
    return _NAMES.get(reading.company_book, viewer.scope, lambda: {row.customer_id: row.name for row in rows})


def customer_card(reading: Reading, customer_id: str) -> CustomerRow:
    """One customer's card. NotFound where there is none, or none that the viewer may see."""
    reading.check_customer(customer_id)
    # What one customer pays is the same for everybody who may see it: one sight of all serves every viewer.
    every = sight_of(replace(reading, viewer=OPERATOR))
    place = every.places.get(customer_id)
    if place is None:
        raise NotFound(f"There is no customer {customer_id!r} here.", "Look for it under Customers.")
    found = _rows(every, np.array([place]))[0]
    return found if reading.viewer.sees_money_of(customer_id) else replace(found, mrr_cents=None)


def _check_amounts(reading: Reading, ask: CustomersAsk) -> None:
    if not reading.viewer.sees_money and any(each.kind is Kind.MONEY for each in ask.filters):
        raise Refused("Amounts of customers are not shown to you.", "Take the filter on the amount away.")


def _matching(sight: Sight, ask: CustomersAsk, reading: Reading) -> Mask:
    """Which customers of a sight a question finds."""
    found = _with_words(sight, ask.text)
    book = reading.company_book
    for each in ask.conditions:
        found = found & each.mask(sight.column(each.column), book.as_of, book.company.currency)
    return found


def _with_words(sight: Sight, text: str) -> Mask:
    found = np.ones(len(sight.cards), dtype=bool)
    for word in fold(text).split():
        found &= np.array([word in told for told in sight.told], dtype=bool)
    return found


def _page(sight: Sight, ask: CustomersAsk, mask: Mask) -> Numbers:
    ordered = sight.column(ask.sort).ordered(mask, descending=ask.descending)
    return ordered[ask.offset : None if ask.limit is None else ask.offset + ask.limit]


def _is_by_person(sight: Sight, persons: Ids, ask: CustomersAsk) -> bool:
    """Whether a filter names colleagues other than `persons`, whose figures may be seen: a sum would be a figure."""
    asked = [each for each in ask.filters if each.kind is Kind.PERSON or each.column == "owner"]
    if persons is None or not asked:
        return False
    named = _names_of_none_but(sight, persons)
    return any(
        each.operator != "is" or not set(each.values) - {NONE} <= (persons if each.kind is Kind.PERSON else named)
        for each in asked
    )


def _names_of_none_but(sight: Sight, persons: frozenset[str]) -> set[str]:
    """The names of persons as owners, without those under which somebody else holds a customer."""
    others = {name for person, name in sight.column(HELD).present if person not in persons}
    return {sight.names.get(person, person) for person in persons} - others


def _summed(ask: CustomersAsk) -> list[str]:
    return ["mrr", *(name for name in ask.columns if name in SUMMED and name != "mrr")]


def _sum(series: Series, mask: Mask) -> int | None:
    """The sum of a column; of amounts None where one is hidden, for what is left would tell it."""
    if series.kind is Kind.MONEY and series.hidden is not None and bool((series.hidden & mask).any()):
        return None
    return series.sum(mask)


def _cells(sight: Sight, columns: Sequence[str], places: Numbers) -> tuple[Mapping[str, Any], ...]:
    names = list(dict.fromkeys([*columns, *(COMPANIONS[name] for name in columns if name in COMPANIONS)]))
    each = [sight.column(name).cells(places) for name in names]
    return tuple(dict(zip(names, row, strict=True)) for row in zip(*each, strict=True))


def _words(sight: Sight, ask: CustomersAsk) -> Mapping[tuple[str, str], str]:
    """What is shown for the words that filters name; a value that no visible customer has stands as it was asked."""
    found = {}
    for each in ask.conditions:
        if each.kind in WORDS:
            known = dict(sight.column(each.column).present)
            named = sight.names if each.kind is Kind.PERSON else {}
            found.update({(each.column, v): known.get(v) or named.get(v, v) for v in each.values})
    return found


def _rows(sight: Sight, places: Numbers) -> tuple[CustomerRow, ...]:
    amounts = sight.column("mrr").cells(places)
    return tuple(_row(sight.cards[i], cents) for i, cents in zip(places, amounts, strict=True))


def _row(card: CardFacts, cents: int | None) -> CustomerRow:
    return CustomerRow(
        customer_id=card.customer_id,
        name=card.name,
        domain=card.domain,
        status=card.status,
        mrr_cents=cents,
        since=card.since,
        left_on=card.left_on,
        owner=card.owner,
        **{name: card.traits[name] for name in TRAITS},
    )


def _choices(series: Series) -> tuple[str, ...]:
    """The values of a trait that occur, for the filters; '(none)' last where some customer has none."""
    found = [word for word, _ in series.present]
    return (*found, *((NONE,) if found and not series.known.all() else ()))
