"""A reading: one book as one viewer may see it. Who may see what is decided here and nowhere else.

Figures of the whole company are the same for every viewer and come from `company_book`; rows and figures of persons
come from `book`, which holds the viewer's customers alone. The two are never mixed in one figure.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from relevo.base.errors import NotReady, RelevoError
from relevo.book.book import Book
from relevo.book.store import Store
from relevo.desk.people.roles import Right
from relevo.measures.assumptions import Assumptions


class Refused(RelevoError):
    """The viewer may not see this; the hint says who may."""


class NotFound(RelevoError):
    """There is no such thing, or none that this viewer may see: the two are not told apart."""


class ViewerKind(StrEnum):
    """The operator of the machine, or a person who signed in."""

    OPERATOR = "operator"
    USER = "user"


# Ids of customers or persons that somebody may see; None means all of them.
Ids = frozenset[str] | None
NONE: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Viewer:
    """Who asks, and what this one may see: a row of the table of roles, as ids of the book.

    `scope` holds the customers whose rows may be seen, `money` those whose amounts, `conversations` those whose words;
    `persons` the persons whose figures. None means all. `own` are the customers this person looks after alone, a part
    of `scope` for who leads others. `rights` says what may be changed. `me` are the ids of the persons that this one
    is, and `acts_for` those in whose name hand-offs are given and taken over. `reads_own` says whether who is a
    party of one, or promised something, reads its words as such.
    """

    name: str
    kind: ViewerKind = ViewerKind.USER
    scope: Ids = NONE
    money: Ids = NONE
    conversations: Ids = NONE
    persons: Ids = NONE
    own: frozenset[str] = NONE
    rights: frozenset[Right] = frozenset()
    role: str = ""
    me: frozenset[str] = NONE
    acts_for: Ids = NONE
    reads_own: bool = True

    @property
    def sees_all(self) -> bool:
        """Whether every customer's rows may be seen, with their amounts."""
        return self.scope is None and self.money is None

    @property
    def sees_everything(self) -> bool:
        """Whether nothing at all is hidden: amounts, words, persons."""
        return self.sees_all and self.conversations is None and self.persons is None

    @property
    def sees_money(self) -> bool:
        """Whether amounts of any customer may be seen; figures of the company are for everybody."""
        return self.money is None or bool(self.money)

    @property
    def can_see_person_level(self) -> bool:
        """Whether figures of any person may be seen."""
        return self.persons is None or bool(self.persons)

    def sees_money_of(self, customer_id: str) -> bool:
        """Whether the amounts of a customer may be seen."""
        return self.money is None or customer_id in self.money

    def reads_conversations_of(self, customer_id: str) -> bool:
        """Whether what a customer said and was told may be read."""
        return self.conversations is None or customer_id in self.conversations


OPERATOR = Viewer(
    "operator", ViewerKind.OPERATOR, None, None, None, None, NONE, frozenset(Right), "owner", acts_for=None
)


@dataclass(frozen=True)
class Scope:
    """What an answer covers: the whole company, or a number of customers of one viewer."""

    customers: int | None

    @property
    def is_company(self) -> bool:
        """Whether the answer covers every customer."""
        return self.customers is None

    def __str__(self) -> str:
        return "company" if self.customers is None else f"your {self.customers} customers"


COMPANY = Scope(None)


def scope_of(sight: Ids) -> Scope:
    """What an answer from the rows of these customers covers."""
    return COMPANY if sight is None else Scope(len(sight))


_MAY_NOT = {
    Right.PEOPLE: "People, roles and keys are not yours to change.",
    Right.DATA: "Files and how they are read are not yours to change.",
    Right.HOUSE: "The rules of the house are not yours to change.",
    Right.HOUSE_MONEY: "The rules about money are not yours to change.",
    Right.IDENTITY: "Which customers are one is not yours to decide.",
}


@dataclass(frozen=True)
class Reading:
    """One book and one viewer. `published` is None before the first book; asking for rows then raises NotReady.

    `assumed` gives what the house assumes where data do not say; it is called by figures that depend on it.
    """

    published: Book | None
    viewer: Viewer
    assumed: Callable[[], Assumptions] = field(default=Assumptions, compare=False, repr=False)

    @property
    def company_book(self) -> Book:
        """Every customer's rows: for figures of the whole company only."""
        if self.published is None:
            raise NotReady("No book has been published yet.", "Run `relevo load FOLDER`, then `relevo build`.")
        return self.published

    @cached_property
    def book(self) -> Book:
        """The book restricted to the customers of the viewer."""
        return self.company_book.scoped(self.viewer.scope)

    @cached_property
    def money_book(self) -> Book:
        """The book restricted to the customers whose amounts the viewer may see: for every row with an amount."""
        return self.company_book.scoped(_both(self.viewer.scope, self.viewer.money))

    @property
    def scope(self) -> Scope:
        """What rows asked of `book` cover; its text is printed beside them."""
        return scope_of(self.viewer.scope)

    @property
    def money_scope(self) -> Scope:
        """What rows asked of `money_book` cover: who sees every customer may see the amounts of few, or of none."""
        return scope_of(_both(self.viewer.scope, self.viewer.money))

    def check_customer(self, customer_id: str) -> None:
        """Raise NotFound unless the viewer may see this customer's rows."""
        if self.viewer.scope is not None and customer_id not in self.viewer.scope:
            raise NotFound(f"There is no customer {customer_id!r} here.", "Look for it under Customers.")

    def check_right(self, right: Right) -> None:
        """Raise Refused unless the viewer may change this."""
        if right not in self.viewer.rights:
            raise Refused(_MAY_NOT[right], "Ask the owner of this Relevo.")

    def of_mine(self) -> "Reading":
        """The same reading, narrowed to the customers that the viewer looks after alone."""
        viewer, own = self.viewer, self.viewer.own
        mine = replace(
            viewer,
            scope=_both(viewer.scope, own),
            money=_both(viewer.money, own),
            conversations=_both(viewer.conversations, own),
        )
        return replace(self, viewer=mine)


def _both(one: Ids, other: Ids) -> Ids:
    """What is in both; None is everything."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


class Shelf:
    """The published book of one home for a process that answers many requests.

    One read-only book is open at a time; it is opened again when the CURRENT pointer names another. Threads share it.
    Where answers are to be prepared before readers ask, `prepare` does it with the next book in a thread of its own,
    and readers have the book before it until it is done.
    """

    def __init__(self, books: Path, prepare: Callable[[Reading], None] | None = None) -> None:
        self._store = Store(books)
        self._lock = threading.Lock()
        self._book: Book | None = None
        self._prepare = prepare
        self._preparing = ""

    def book(self) -> Book | None:
        """The book that is read now; None before the first one is published."""
        current = self._store.current()
        if current is None:
            return None
        with self._lock:
            if self._book is None or (self._book.id != current and self._prepare is None):
                self._book = Book.open(self._store.path)
            elif current not in (self._book.id, self._preparing):
                self._preparing = current
                threading.Thread(target=self._renew, name="prepare", daemon=True).start()
            return self._book

    def _renew(self) -> None:
        """Open the published book, prepare it, and let readers have it once it is open, prepared or not.

        One that cannot be opened is tried again when a reader asks next.
        """
        book = None
        try:
            book = Book.open(self._store.path)
            if self._prepare:
                self._prepare(Reading(book, OPERATOR))
        finally:
            with self._lock:
                self._book, self._preparing = book or self._book, ""
