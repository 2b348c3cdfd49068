"""Promises as lines that a viewer may read: those of the Desk and loaded ones alike."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from relevo.answers.customers import names_of_customers
from relevo.answers.identity import current_id
from relevo.answers.reading import Reading
from relevo.answers.relay.acting import person_names, reads_as
from relevo.answers.relay.promises_loaded import Loaded, Places, loaded_promises, loaded_rows
from relevo.answers.viewers import HERE
from relevo.desk.relay.ledger import SOON
from relevo.desk.relay.promises import KeptPromise, ProductState, Standing

# What both have under one name.
_SAME = (
    "customer_id", "person_id", "text", "to_whom", "product_state", "issue_id", "deal_id", "made_at", "due_on",
    "accepted_at", "refused_at", "kept_at", "broken_at",
)  # fmt: skip


@dataclass(frozen=True)
class PromiseLine:
    """One promise. `key` is its number on the Desk, None for a loaded one, whose `id` the other system gave.

    `customer` is None where the viewer may not see the customer, `text` and `to_whom` where it may not read the words.
    `as_of` is the day on which it stands so: today for the Desk's, the book's day for a loaded one.
    """

    key: int | None
    id: str
    customer_id: str
    customer: str | None
    person_id: str
    person: str
    text: str | None
    to_whom: str | None
    product_state: str
    issue_id: str
    link: str
    deal_id: str
    made_at: datetime
    due_on: date | None
    accepted_at: datetime | None
    refused_at: datetime | None
    kept_at: datetime | None
    broken_at: datetime | None
    standing: Standing
    is_red: bool
    as_of: date

    @property
    def is_red_soon(self) -> bool:
        """Whether it is open with nothing behind it, and its day is near."""
        is_near = self.due_on is not None and self.as_of <= self.due_on <= self.as_of + SOON
        return self.is_red and self.standing is Standing.OPEN and is_near


@dataclass(frozen=True)
class Lines:
    """Makes lines for one viewer; names are looked up once."""

    reading: Reading
    loaded: Loaded
    today: date
    customers: Mapping[str, str]
    persons: Mapping[str, str]

    @classmethod
    def of(cls, reading: Reading, today: date) -> "Lines":
        """For a reading and the day it is."""
        return cls(reading, loaded_promises(reading), today, names_of_customers(reading), person_names(reading))

    def theirs(self, places: Sequence[int] | Places) -> list[PromiseLine]:
        """The loaded promises at some places."""
        loaded = self.loaded
        found = loaded_rows(self.reading, [loaded.ids[place] for place in places])
        return [self._line(found[loaded.ids[place]], loaded.standing_at(int(place))) for place in places]

    def _line(self, row: Mapping[str, Any], standing: Standing) -> PromiseLine:
        told = {name: row[name] for name in _SAME}
        is_red = row["product_state"] == ProductState.ABSENT and not row["issue_id"]
        return self._readable(PromiseLine(
            **told, key=None, id=row["promise_id"], link="", customer=self.customers.get(row["customer_id"]),
            person=self._person(row["person_id"]), standing=standing, is_red=is_red, as_of=self.loaded.as_of,
        ))  # fmt: skip

    def ours(self, kept: KeptPromise) -> PromiseLine:
        """A promise of the Desk."""
        customer_id = current_id(self.reading, kept.customer_id)
        told = {name: getattr(kept, name) for name in _SAME if name != "customer_id"}
        return self._readable(PromiseLine(
            **told, key=kept.id, id=f"{HERE}{kept.id}", link=kept.link, customer_id=customer_id,
            customer=self.customers.get(customer_id), person=self._person(kept.person_id),
            standing=kept.standing(self.today), is_red=kept.is_red, as_of=self.today,
        ))  # fmt: skip

    def _person(self, person_id: str) -> str:
        return self.persons.get(person_id, person_id)

    def _readable(self, line: PromiseLine) -> PromiseLine:
        """The line without words that the viewer may not read."""
        reads = self.reading.viewer.reads_conversations_of(line.customer_id)
        if reads or reads_as(self.reading, line.person_id):
            return line
        return replace(line, text=None, to_whom=None, link="")
