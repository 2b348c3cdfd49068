"""A reading: one book as one viewer may see it. Who may see what is decided here and nowhere else.

Figures of the whole company are the same for every viewer and come from `company_book`; rows and figures of persons
come from `book`, which holds the viewer's customers alone. The two are never mixed in one figure.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from relevo.base.errors import NotReady, RelevoError
from relevo.book.book import Book
from relevo.book.store import Store
from relevo.measures.assumptions import Assumptions


class Refused(RelevoError):
    """The viewer may not see this; the hint says who may."""


class NotFound(RelevoError):
    """There is no such thing, or none that this viewer may see: the two are not told apart."""


class ViewerKind(StrEnum):
    """The operator of the machine, or a person who signed in."""

    OPERATOR = "operator"
    USER = "user"


@dataclass(frozen=True)
class Viewer:
    """Who asks. `scope` holds the ids of the customers whose rows may be seen; None means all of them.

    `persons` holds the ids of this person and of everybody they lead: whose figures may be seen by whoever may see
    figures by person, but not all customers.
    """

    name: str
    kind: ViewerKind = ViewerKind.USER
    scope: frozenset[str] | None = frozenset()
    can_see_person_level: bool = False
    persons: frozenset[str] = frozenset()

    @property
    def sees_all(self) -> bool:
        """Whether every customer's rows may be seen."""
        return self.scope is None


OPERATOR = Viewer("operator", ViewerKind.OPERATOR, None, can_see_person_level=True)


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

    @property
    def scope(self) -> Scope:
        """What rows asked through this reading cover; its text is printed beside them."""
        return COMPANY if self.viewer.scope is None else Scope(len(self.viewer.scope))

    def check_customer(self, customer_id: str) -> None:
        """Raise NotFound unless the viewer may see this customer's rows."""
        if self.viewer.scope is not None and customer_id not in self.viewer.scope:
            raise NotFound(f"There is no customer {customer_id!r} here.", "Look for it under Customers.")


class Shelf:
    """The published book of one home for a process that answers many requests.

    One read-only book is open at a time; it is opened again when the CURRENT pointer names another. Threads share it.
    """

    def __init__(self, books: Path) -> None:
        self._store = Store(books)
        self._lock = threading.Lock()
        self._book: Book | None = None

    def book(self) -> Book | None:
        """The book in force now; None before the first one is published."""
        current = self._store.current()
        if current is None:
            return None
        with self._lock:
            if self._book is None or self._book.id != current:
                self._book = Book.open(self._store.path)
            return self._book
