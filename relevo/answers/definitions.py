"""Definitions: what everyone reads of every measure, from its card, its purpose, the Desk and the book."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import ibis.expr.operations as ops

from relevo.answers.owners import Owner, owners_of
from relevo.answers.pages import PAGES
from relevo.answers.purposes import PURPOSES, Purpose
from relevo.answers.reading import NotFound, Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.book.schema import Tables
from relevo.measures.card import Card, Frame
from relevo.measures.catalog import MEASURES, expressions_of, find
from relevo.measures.definitions import definitions

OWNERS_RULE = "measure_owners"
# What measures read that have no expression of their own, because they ask other measures or several times.
_LIVES = ("customer_start", "customer_trait", "fx_month", "mrr_level")
_ECONOMICS = (*_LIVES, "deal", "movement", "spend")
COMPOSED: Mapping[str, tuple[str, ...]] = {
    "reconcile": ("billing_span", "calendar_day", "calendar_month", "customer_start", "fx_month"),
    "cac_payback": _ECONOMICS,
    "payback_curve": tuple(name for name in _ECONOMICS if name != "customer_trait"),
    "ltv_to_cac": _ECONOMICS,
    "ltv_bridge": _ECONOMICS,
    "customer_value": (*_ECONOMICS, "calendar_month"),
    "waits_compat": (
        "conversation",
        "conversation_event",
        "customer_wait",
        "episode",
        "holiday",
        "message",
        "open_hours",
        "reply",
        "schedule",
    ),
    "expected_churn_scored": (*_LIVES, "calendar_month"),
}


@dataclass(frozen=True)
class Definition:
    """One measure: its card, what it is for, who answers for it, and what it stands on.

    `version` is the hash of the definition that the book was built with, or of this release before the first book;
    `owner` is None where nobody is named. `reads` are the tables and roll-ups of the book, `shown_on` the routes of
    the pages that show it, `partners` the cards it must be read with.
    """

    card: Card
    purpose: Purpose
    partners: tuple[Card, ...]
    owner: Owner | None
    version: str
    policy: str
    reads: tuple[str, ...]
    shown_on: tuple[str, ...]


@dataclass(frozen=True)
class DefinitionsPage:
    """Definitions in the order of the catalog. `stamp` is None before the first book: cards need none.

    `found` counts those that match what was typed, of `of` in all.
    """

    stamp: Stamp | None
    definitions: tuple[Definition, ...]
    of: int

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards alone."""
        return tuple(each.card for each in self.definitions)

    @property
    def without_owner(self) -> int:
        """How many of those found nobody answers for."""
        return sum(each.owner is None for each in self.definitions)


def definitions_page(reading: Reading) -> DefinitionsPage:
    """Every definition; they are the same for every viewer."""
    owners = owners_of(reading, OWNERS_RULE)
    listed = tuple(_definition(reading, name, owners.get(name)) for name in MEASURES)
    return DefinitionsPage(stamp(reading) if reading.published else None, listed, len(MEASURES))


def definition_page(reading: Reading, name: str) -> Definition:
    """One definition; NotFound for a name that is no measure."""
    if name not in MEASURES:
        raise NotFound(f"There is no measure {name[:60]!r}.", "Look for it under Definitions.")
    return _definition(reading, name, owners_of(reading, OWNERS_RULE).get(name))


def _definition(reading: Reading, name: str, owner: Owner | None) -> Definition:
    card = find(name).card
    book = reading.published
    known = (book.manifest.definitions if book else None) or definitions()
    return Definition(
        card=card,
        purpose=PURPOSES[name],
        partners=tuple(find(other).card for other in card.read_with),
        owner=owner,
        version=known.get(name, ""),
        policy=f"{book.policy.name} {book.policy.hash}" if book else "",
        reads=_reads(name),
        shown_on=tuple(route for route, page in PAGES.items() if name in page.measures),
    )


@lru_cache(maxsize=len(MEASURES))
def _reads(name: str) -> tuple[str, ...]:
    """The tables named in a measure's expressions; for one that only asks others, those listed here."""
    frame = Frame(
        ends=(24_000,), window=find(name).card.months or 1, by=None, where=(), as_of=date(2000, 1, 31),
        currency="EUR", last_complete=24_000,
    )  # fmt: skip
    trees = [make(Tables(), frame) for make in expressions_of(find(name)).values()]
    found = {table.name for tree in trees for table in tree.op().find(ops.UnboundTable)}
    return tuple(sorted(found or COMPOSED[name]))
