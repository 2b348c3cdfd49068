"""What the book says of identity: whom it joined and why, who might be one customer, and who is in one system only."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from relevo.answers.reading import Reading
from relevo.book.book import Book
from relevo.book.matching.evidence import read
from relevo.book.remembering import Remembered

_CANDIDATES: Remembered[tuple["Candidate", ...]] = Remembered(2)
_JOINS: Remembered[Mapping[str, tuple["Join", ...]]] = Remembered(2)
_COUNTS: Remembered[tuple["SourceCount", ...]] = Remembered(2)


@dataclass(frozen=True)
class Evidence:
    """One thing that speaks for or against two customers being one: what each side says, and how much it weighs.

    `left` and `right` are empty where the viewer may not see them, and `is_hidden` says so.
    """

    kind: str
    left: str
    right: str
    weight: float
    is_for: bool
    is_hidden: bool = False


@dataclass(frozen=True)
class Candidate:
    """Two customers that may be one: how sure the rules are (0 to 1), and by what."""

    candidate_id: str
    customer_id: str
    other_id: str
    confidence: float
    evidence: tuple[Evidence, ...]

    @property
    def pair(self) -> frozenset[str]:
        """The two customers, in no order."""
        return frozenset((self.customer_id, self.other_id))


@dataclass(frozen=True)
class Join:
    """Rows of a system that name another id and count as a customer's: by which rule, how sure (None: not said)."""

    source: str
    external_id: str
    customer_id: str
    reason: str
    confidence: float | None


@dataclass(frozen=True)
class SourceCount:
    """Customers that one system names, those that another one knows too, those that none does, and pairs to review."""

    source: str
    customers: int
    matched: int
    unmatched: int
    candidates: int


def candidates(reading: Reading) -> tuple[Candidate, ...]:
    """Every pair of the book that may be one customer and that the viewer may see, the surest first."""
    book, scope = reading.company_book, reading.viewer.scope
    every = _CANDIDATES.get(book, "candidates", lambda: _candidates(book))
    return every if scope is None else tuple(each for each in every if each.pair <= scope)


def joins_of(reading: Reading, customer_id: str) -> tuple[Join, ...]:
    """What was joined into a customer. NotFound where the viewer may not see it."""
    reading.check_customer(customer_id)
    return _joins(reading).get(customer_id, ())


def join_of_id(reading: Reading, external_id: str) -> Join | None:
    """How an id came to stand for another customer; None where it does not, or for one that the viewer may not see."""
    scope = reading.viewer.scope
    found = (j for joins in _joins(reading).values() for j in joins if j.external_id == external_id)
    return next((j for j in found if scope is None or j.customer_id in scope), None)


def source_counts(reading: Reading) -> tuple[SourceCount, ...]:
    """Per system, how many customers it names and how many of them no other one knows; the same for every viewer."""
    book = reading.company_book
    return _COUNTS.get(book, "counts", lambda: _counts(book))


def _candidates(book: Book) -> tuple[Candidate, ...]:
    sql = "SELECT candidate_id, customer_id, other_id, confidence, evidence FROM main.identity_candidate"
    found = [Candidate(i, one, other, float(sure), _evidence(told)) for i, one, other, sure, told in _rows(book, sql)]
    return tuple(sorted(found, key=lambda c: (-c.confidence, c.customer_id, c.other_id)))


def _evidence(told: str | None) -> tuple[Evidence, ...]:
    return tuple(Evidence(e.kind, e.left, e.right, e.weight, e.says == "for") for e in read(told or "[]"))


def _joins(reading: Reading) -> Mapping[str, tuple[Join, ...]]:
    book = reading.company_book
    return _JOINS.get(book, "joins", lambda: _joined(book))


def _joined(book: Book) -> Mapping[str, tuple[Join, ...]]:
    sql = """
        SELECT source, external_id, customer_id, reason, confidence FROM main.identity_match
        WHERE external_id <> customer_id ORDER BY source, external_id
    """
    found: dict[str, list[Join]] = defaultdict(list)
    for row in _rows(book, sql):
        found[row[2]].append(Join(*row))
    return {customer_id: tuple(joins) for customer_id, joins in found.items()}


def _counts(book: Book) -> tuple[SourceCount, ...]:
    sql = "SELECT source, customers, matched, unmatched, candidates FROM main.identity_count ORDER BY source"
    return tuple(SourceCount(*row) for row in _rows(book, sql))


def _rows(book: Book, sql: str) -> tuple[tuple[Any, ...], ...]:
    """Identity is in the book's own files, whichever engine answers measures."""
    return book.in_files.run_sql(sql).rows
