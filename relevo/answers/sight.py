"""The customers that one viewer may see, as columns. Nothing of any other customer can be had through it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from relevo.answers.customer_columns import HELD, Column, Kind
from relevo.answers.customer_facts import TRAITS, YEAR, CardFacts, Facts, Groups
from relevo.answers.people import names_of_people
from relevo.answers.reading import Ids, Reading
from relevo.answers.series import Mask, Numbers, Series
from relevo.base.errors import WrongUse
from relevo.base.money import mrr_cents_of
from relevo.base.periods import first_day
from relevo.base.words import fold
from relevo.book.book import Book
from relevo.book.remembering import Remembered

# The company's columns are made once per book; a viewer's are a part of them.
_CARDS: Remembered[tuple[CardFacts, ...]] = Remembered(4)
_BEFORE: Remembered[Mapping[str, int]] = Remembered(4)
_FACTS: Remembered[Facts] = Remembered(32)
_SERIES: Remembered[Series] = Remembered(256)
_TOLD: Remembered[tuple[str, ...]] = Remembered(4)
_SIGHTS: Remembered["Sight"] = Remembered(64)


@dataclass(frozen=True)
class Sight:
    """Some customers of a book: `rows` are their places among all, None where they are all of them.

    `money` names the customers whose amounts may be seen; `names` those of colleagues, by person id.
    """

    book: Book
    scope: Ids
    money: Ids
    names: Mapping[str, str]
    _kept: dict[str, Series] = field(default_factory=dict, compare=False, repr=False)

    @cached_property
    def rows(self) -> Numbers | None:
        """The places of these customers among those of the company."""
        if self.scope is None:
            return None
        scope = self.scope
        return np.array([i for i, card in enumerate(_cards(self.book)) if card.customer_id in scope], dtype=np.int64)

    @cached_property
    def cards(self) -> tuple[CardFacts, ...]:
        """Their cards, in the order of their ids; the run-rate in them is for `cents` alone."""
        every = _cards(self.book)
        return every if self.rows is None else tuple(every[i] for i in self.rows)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each of them stands."""
        return {card.customer_id: i for i, card in enumerate(self.cards)}

    @cached_property
    def told(self) -> tuple[str, ...]:
        """What a search by words looks through: name, domain and id of each."""
        every = _TOLD.get(self.book, "told", lambda: tuple(map(_words_of, _cards(self.book))))
        return every if self.rows is None else tuple(every[i] for i in self.rows)

    @cached_property
    def sees_amounts(self) -> Mask:
        """Of whom the amounts may be seen."""
        if self.money is None:
            return np.ones(len(self.cards), dtype=bool)
        return np.array([card.customer_id in self.money for card in self.cards], dtype=bool)

    def column(self, name: str) -> Series:
        """One column of these customers; WrongUse for one that does not exist."""
        if name not in self._kept:
            self._kept[name] = self._made(Column.named(name))
        return self._kept[name]

    def _made(self, column: Column) -> Series:
        if column.kind is Kind.MONEY:
            return self._amounts[column.name]
        if column.kind is Kind.CUSTOMER:
            return self._parents
        return _SERIES.get(self.book, column.name, lambda: self._company_column(column)).of_rows(self.rows)

    @cached_property
    def _amounts(self) -> Mapping[str, Series]:
        """What they pay now and paid a year before, in minor units that sum to the MRR of all of them."""
        now = np.array(mrr_cents_of([card.base_e16 for card in self.cards]), dtype=np.int64)
        earlier = _BEFORE.get(self.book, "before", lambda: Groups.levels_before(self.book))
        paid = [earlier.get(card.customer_id, 0) for card in self.cards]
        before = np.array(mrr_cents_of(paid), dtype=np.int64)
        since = first_day(self.book.open_month - YEAR + 1)
        was_here = np.array([card.since is not None and card.since < since for card in self.cards], dtype=bool)
        seen, hidden = self.sees_amounts, ~self.sees_amounts
        return {
            "mrr": Series(Kind.MONEY, now, seen, hidden=hidden),
            "mrr_before": Series(Kind.MONEY, before, seen & was_here, hidden=hidden),
            "mrr_change": Series(Kind.MONEY, now - before, seen & was_here, hidden=hidden),
        }

    @cached_property
    def _parents(self) -> Series:
        """Parents under their names where they are to be seen, else under the id that the customer's own row has."""
        found = self._facts("traits")["parent"]
        named = {card.customer_id: card.name for card in self.cards}
        return Series.of(Kind.CUSTOMER, [card.customer_id for card in self.cards], found, named)

    def _company_column(self, column: Column) -> Series:
        every = _cards(self.book)
        ids = [card.customer_id for card in every]
        if column.group == "card":
            found: Mapping[str, Any] = {card.customer_id: _of_card(card, column.name) for card in every}
        else:
            found = self._found(column)
        return Series.of(column.kind, ids, found, self.names if column.kind is Kind.PERSON else {})

    def _found(self, column: Column) -> Mapping[str, Any]:
        facts = self._facts(column.group)
        if column.name not in facts:
            raise WrongUse(f"No customer has {column.name[:80]!r}.", "Choose a column from the list under Columns.")
        return facts[column.name]

    def _facts(self, group: str) -> Facts:
        return _FACTS.get(self.book, group, lambda: Groups.facts(self.book, group))

    @cached_property
    def more_columns(self) -> tuple[Column, ...]:
        """The columns that this book's data bring: roles that somebody holds, and attributes of these customers."""
        ids = self.places.keys()
        roles = [name for name, held in self._facts("holders").items() if name != HELD and held]
        named = [name for name, held in self._facts("attributes").items() if not ids.isdisjoint(held)]
        return tuple(Column.named(name) for name in (*sorted(roles), *sorted(named)))


def sight_of(reading: Reading) -> Sight:
    """The customers this viewer may see; made once per book, scope and sight of money."""
    book, viewer = reading.company_book, reading.viewer

    def make() -> Sight:
        return Sight(book, viewer.scope, viewer.money, names_of_people(reading))

    return _SIGHTS.get(book, (viewer.scope, viewer.money), make)


def _cards(book: Book) -> tuple[CardFacts, ...]:
    return _CARDS.get(book, "cards", lambda: Groups.cards(book))


def _words_of(card: CardFacts) -> str:
    return fold(f"{card.name}\n{card.domain or ''}\n{card.customer_id}")


def _of_card(card: CardFacts, name: str) -> Any:
    return card.traits[name] if name in TRAITS else getattr(card, name)
