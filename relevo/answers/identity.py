"""Under which id a customer is known now: the Desk keeps the id that held when something was written."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import ibis.expr.types as ir

from relevo.answers.reading import Reading
from relevo.book.book import Book, Tables
from relevo.book.remembering import Remembered

# A merge decided here is an alias of this source on the canonical id itself.
HERE = "relevo"
_MOST_STEPS = 20
_KNOWN: Remembered["_Ids"] = Remembered(2)
# Ids that rows name, as the build translated them: by aliases, merges and evidence. One id may be two customers' in two
# sources; it leads to neither. A book that was made without a build has no such table.
_MATCHES = """
    SELECT external_id, min(customer_id) FROM identity_match
    WHERE external_id NOT IN (SELECT customer_id FROM customer)
    GROUP BY external_id HAVING count(DISTINCT customer_id) = 1
"""


@dataclass(frozen=True)
class _Ids:
    """Earlier id to the id that holds now, and back."""

    now: dict[str, str]
    before: dict[str, frozenset[str]]


def current_id(reading: Reading, customer_id: str) -> str:
    """The id of the customer into which this one was merged, however often; its own where it was not."""
    return _ids(reading).now.get(customer_id, customer_id)


def every_id(reading: Reading, customer_ids: Iterable[str]) -> frozenset[str]:
    """Every id under which something about these customers may have been written, their own among them."""
    before, found = _ids(reading).before, frozenset(customer_ids)
    return found.union(*(before[each] for each in found & before.keys()))


def ids_now(reading: Reading) -> Mapping[str, str]:
    """Every earlier id with the id that holds now, for who looks many up; an id that is missing holds itself."""
    return _ids(reading).now


def former_ids(reading: Reading, customer_id: str) -> frozenset[str]:
    """Every id under which something about this customer may have been written, its own among them."""
    return _ids(reading).before.get(customer_id, frozenset()) | {customer_id}


def _ids(reading: Reading) -> _Ids:
    book = reading.company_book
    return _KNOWN.get(book, "ids", lambda: _make(book))


def _make(book: Book) -> _Ids:
    steps = {str(old): str(new) for old, new in book.run(_aliases(book.tables)).rows}
    steps |= {str(old): str(new) for old, new in book.in_files.run_sql(_MATCHES).rows}
    now = {old: found for old in steps if (found := _followed(steps, old)) != old}
    before: dict[str, set[str]] = defaultdict(set)
    for old, new in now.items():
        before[new].add(old)
    return _Ids(now, {new: frozenset(olds) for new, olds in before.items()})


def _aliases(tables: Tables) -> ir.Table:
    """Earlier id and the next one: merges, and ids of other systems that one customer alone has and that are none.

    The same rule by which the rows of a book find their customer, for ids that no row of the book names.
    """
    alias, customers = tables.customer_alias, tables.customer.select("customer_id")
    merged = alias.filter(alias.source == HERE)
    other = alias.filter(alias.source != HERE)
    lone = other.group_by("external_id").aggregate(customer_id=other.customer_id.max(), carriers=other.count())
    lone = lone.filter(lone.carriers == 1).anti_join(customers, [("external_id", "customer_id")])
    return merged.select("external_id", "customer_id").union(lone.select("external_id", "customer_id"))


def _followed(steps: dict[str, str], customer_id: str) -> str:
    """The end of a chain of merges; the id itself where there is no end."""
    found = customer_id
    for _ in range(_MOST_STEPS):
        if found not in steps:
            return found
        found = steps[found]
    return customer_id
