"""Why a customer's figures differ between two books, read off the rows that both hold of it."""

from collections.abc import Mapping
from typing import Any

from relevo.book.book import Book
from relevo.measures.card import View

# What identifies a span, and what may differ without a figure to differ.
_KEY = ("subscription_id", "item_id", "valid_from")
_ASIDE = ("recorded_at", "source", "url")
Spans = Mapping[tuple[Any, ...], Mapping[str, Any]]


class Causes:
    """The causes of differences between two books under one policy.

    `identity`: a subscription is another customer's. `late`: rows that the first book lacks. `corrected`: rows that
    say something else. `removed`: rows that the second book lacks. `after_close`: the same book, as reported and as
    restated. `as_of`, `fx`, `definition`: the books look to other days, have other rates, or their roll-ups were made
    by other releases. `other`: none of these.
    """

    def __init__(self, before: Book, after: Book, views: tuple[View | None, View | None]) -> None:
        self._before, self._after, self._views = before, after, views

    def of(self, customers: set[str]) -> Mapping[str, str]:
        """The cause for each of some customers."""
        if not customers:
            return {}
        if self._before.id == self._after.id and self._before.as_of == self._after.as_of:
            return self._since_the_close(customers)
        one, two = self._spans(self._before, customers), self._spans(self._after, customers)
        moved = _moved(one, two)
        rest = self._of_all()
        return {c: "identity" if c in moved else _by_rows(_of(one, c), _of(two, c)) or rest for c in customers}

    def _since_the_close(self, customers: set[str]) -> Mapping[str, str]:
        """Told from whose each subscription was when a month was closed, and whose it is in the book."""
        book = self._after.in_files
        parts, rates = book.tables.closed_part, book.tables.run_rate
        held = parts.filter(parts.part == "held").select("subscription_id", gave="customer_id").distinct()
        now = rates.select("subscription_id", took="customer_id").distinct()
        pairs = held.inner_join(now, "subscription_id")
        found = book.run(pairs.filter(pairs.gave != pairs.took).select("gave", "took")).rows
        moved = {customer for pair in found for customer in pair}
        return {c: "identity" if c in moved else "after_close" for c in customers}

    def _of_all(self) -> str:
        """Why figures differ of a customer whose rows are alike."""
        one, two = self._before.manifest, self._after.manifest
        if self._before.as_of != self._after.as_of:
            return "as_of"
        if one.parts["fx_rate"] != two.parts["fx_rate"]:
            return "fx"
        if one.definitions.get("") != two.definitions.get(""):
            return "definition"
        return "after_close" if "reported" in self._views or one.closed != two.closed else "other"

    @staticmethod
    def _spans(book: Book, customers: set[str]) -> Spans:
        spans = book.tables.subscription_span
        found = book.run(spans.filter(spans.customer_id.isin(sorted(customers)))).dicts()
        return {tuple(row[k] for k in _KEY): row for row in found}


def _of(spans: Spans, customer: str) -> Spans:
    return {key: row for key, row in spans.items() if row["customer_id"] == customer}


def _moved(one: Spans, two: Spans) -> set[str]:
    """Customers that gave or took a subscription."""
    owners = [{key[0]: row["customer_id"] for key, row in spans.items()} for spans in (one, two)]
    pairs = [(owner, owners[1].get(subscription, owner)) for subscription, owner in owners[0].items()]
    return {customer for before, after in pairs if before != after for customer in (before, after)}


def _by_rows(one: Spans, two: Spans) -> str | None:
    """What happened to the rows of one customer; None where they are alike."""
    if two.keys() - one.keys():
        return "late"
    if one.keys() - two.keys():
        return "removed"
    return "corrected" if any(_said(one[key]) != _said(two[key]) for key in one) else None


def _said(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in _ASIDE}
