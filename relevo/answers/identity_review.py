"""The pairs of customers that may be one and wait for somebody's word, and one pair side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

import ibis.expr.types as ir

from relevo.answers.customers import CustomerRow, customer_card, customer_rows
from relevo.answers.identity import current_id
from relevo.answers.identity_book import (
    Candidate,
    Evidence,
    Join,
    SourceCount,
    candidates,
    join_of_id,
    joins_of,
    source_counts,
)
from relevo.answers.identity_decisions import DecisionLine, decision_lines, decisions_that_hold, waiting
from relevo.answers.reading import NotFound, Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.base.errors import WrongUse
from relevo.base.periods import day_in
from relevo.book.book import Tables
from relevo.book.remembering import Remembered
from relevo.desk.identity.decided import DecisionKind
from relevo.desk.people.roles import Right
from relevo.insight.one_customer import ask_about, of_customer

PAGE = 50
# What a tax number says of a sole trader is personal; who sees the amounts on its invoices sees it there.
OF_MONEY = frozenset({"tax_id"})
_CARDS: Remembered[Mapping[str, CustomerRow]] = Remembered(16)


class Order(StrEnum):
    """The surest first, or those with the most MRR at stake."""

    CONFIDENCE = "confidence"
    MONEY = "money"


@dataclass(frozen=True)
class PairLine:
    """A pair that waits: both names, how sure the rules are, by what, and the MRR of both in minor units.

    `mrr_cents` is None where the viewer may not see the amounts of one of them. `kinds` are the kinds of evidence that
    speak for it, the weightiest first, `against` those that speak against.
    """

    candidate_id: str
    customer_id: str
    customer: str
    other_id: str
    other: str
    confidence: float
    mrr_cents: int | None
    kinds: tuple[str, ...]
    against: tuple[str, ...]


@dataclass(frozen=True)
class ReviewQueue:
    """One page of what waits; `found` counts all of it, `waiting` the decisions that the next book will hold."""

    stamp: Stamp
    rows: tuple[PairLine, ...]
    found: int
    offset: int
    order: Order
    counts: tuple[SourceCount, ...]
    waiting: int
    decided: int
    may_decide: bool
    sees_money: bool

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins; None on the last one."""
        shown = self.offset + len(self.rows)
        return shown if self.rows and shown < self.found else None


@dataclass(frozen=True)
class IdentityNews:
    """Pairs that wait for a word, of customers that the viewer may see; decisions that wait for the next book; and the
    systems with customers that no other one knows.
    """

    open_pairs: int
    waiting: int
    alone: tuple[SourceCount, ...]


@dataclass(frozen=True)
class CustomerSide:
    """What is known of one of two customers. `systems` name it; `first_seen` is the first day that any row tells of.

    `mrr_cents` and `tax_id` are None where the viewer may not see them, or where they are not known.
    """

    customer_id: str
    name: str
    domain: str | None
    country: str | None
    tax_id: str | None
    sees_money: bool
    mrr_cents: int | None
    since: date | None
    first_seen: date | None
    contacts: int
    conversations: int
    systems: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """Two customers beside each other. `other` is None where the second is joined into the first: then `join` says why.

    `candidate_id` is '' where the rules do not think that they may be one; `held` is the decision in force about them.
    """

    stamp: Stamp
    one: CustomerSide
    other: CustomerSide | None
    other_id: str
    join: Join | None
    candidate_id: str
    confidence: float | None
    evidence: tuple[Evidence, ...]
    held: DecisionLine | None
    history: tuple[DecisionLine, ...]
    waiting: int
    may_decide: bool


def review_queue(
    reading: Reading, offset: int = 0, order: str = Order.CONFIDENCE, limit: int | None = PAGE
) -> ReviewQueue:
    """The pairs that nobody decided yet. WrongUse for an order that is none; NotReady before the first book."""
    if order not in set(Order):
        raise WrongUse(f"Pairs are not ordered by {order[:40]!r}.", f"Known: {', '.join(Order)}.")
    lines = _open_lines(reading)
    if order == Order.MONEY:
        lines.sort(key=lambda line: -(line.mrr_cents or 0))
    return ReviewQueue(
        stamp=stamp(reading),
        rows=tuple(lines[offset : None if limit is None else offset + limit]),
        found=len(lines),
        offset=offset,
        order=Order(order),
        counts=source_counts(reading),
        waiting=waiting(reading),
        decided=sum(line.undone_at is None for line in decision_lines(reading)),
        may_decide=Right.IDENTITY in reading.viewer.rights,
        sees_money=reading.viewer.sees_money,
    )


def identity_news(reading: Reading) -> IdentityNews:
    """What the first pages say of identity; nothing before the first book."""
    if reading.published is None:
        return IdentityNews(0, 0, ())
    alone = tuple(c for c in source_counts(reading) if c.unmatched)
    return IdentityNews(len(_open(reading)), waiting(reading), alone)


def candidate_pair(reading: Reading, candidate_id: str) -> Pair:
    """A pair by the id that the book gave it. NotFound where the book has none of that id, or none for this viewer."""
    found = next((each for each in candidates(reading) if each.candidate_id == candidate_id), None)
    if found is None:
        raise NotFound(
            f"There is no pair {candidate_id[:80]!r} to review in this book.",
            "It was decided, or the book was made anew since; relevo identity list names those that wait.",
        )
    return pair(reading, found.customer_id, found.other_id)


def pair(reading: Reading, one: str, other: str) -> Pair:
    """Two customers beside each other, or a customer and what was joined into it. NotFound for who may not see both."""
    kept, joined = current_id(reading, one), current_id(reading, other)
    left = _side(reading, kept)
    is_joined = joined == kept
    if is_joined and other == kept:
        raise WrongUse(f"{one} and {other} are one id.", "Name two customers.")
    right = None if is_joined else _side(reading, joined)
    held = frozenset((kept, other if is_joined else joined))
    found = next((each for each in candidates(reading) if each.pair == held), None)
    history = tuple(line for line in decision_lines(reading) if _is_about(line, held, other if is_joined else ""))
    return Pair(
        stamp=stamp(reading),
        one=left,
        other=right,
        other_id=other if is_joined else joined,
        join=join_of_id(reading, other) if is_joined else None,
        candidate_id=found.candidate_id if found else "",
        confidence=found.confidence if found else None,
        evidence=_shown(reading, found, kept) if found else (),
        held=next((line for line in history if line.undone_at is None), None),
        history=history,
        waiting=waiting(reading),
        may_decide=Right.IDENTITY in reading.viewer.rights,
    )


def _is_about(line: DecisionLine, both: frozenset[str], joined: str) -> bool:
    """Whether a decision is about these two, or is the first step of a chain by which `joined` came here."""
    return line.pair == both or (line.kind == DecisionKind.MERGE and line.other_id == joined)


def _open(reading: Reading) -> list[Candidate]:
    decided = decisions_that_hold(reading)
    return [each for each in candidates(reading) if each.pair not in decided]


def _open_lines(reading: Reading) -> list[PairLine]:
    viewer = reading.viewer
    cards = _CARDS.get(
        reading.company_book,
        (viewer.scope, viewer.money),
        lambda: {row.customer_id: row for row in customer_rows(reading)},
    )
    return [_pair_line(each, cards) for each in _open(reading)]


def _pair_line(found: Candidate, cards: Mapping[str, CustomerRow]) -> PairLine:
    both = [cards.get(key) for key in (found.customer_id, found.other_id)]
    amounts = [None if card is None else card.mrr_cents for card in both]
    names = [card.name if card else key for card, key in zip(both, (found.customer_id, found.other_id), strict=True)]
    ranked = sorted(found.evidence, key=lambda e: -abs(e.weight))
    return PairLine(
        candidate_id=found.candidate_id,
        customer_id=found.customer_id,
        customer=names[0],
        other_id=found.other_id,
        other=names[1],
        confidence=found.confidence,
        mrr_cents=None if None in amounts else sum(cents or 0 for cents in amounts),
        kinds=tuple(dict.fromkeys(e.kind for e in ranked if e.is_for)),
        against=tuple(dict.fromkeys(e.kind for e in ranked if not e.is_for)),
    )


def _shown(reading: Reading, found: Candidate, left: str) -> tuple[Evidence, ...]:
    """The evidence with the asked customer's side on the left; what the viewer may not see of a side is not told."""
    sees = all(reading.viewer.sees_money_of(key) for key in found.pair)
    told = found.evidence if found.customer_id == left else tuple(_turned(e) for e in found.evidence)
    return tuple(e if sees or e.kind not in OF_MONEY else replace(e, left="", right="", is_hidden=True) for e in told)


def _turned(told: Evidence) -> Evidence:
    return replace(told, left=told.right, right=told.left)


def _side(reading: Reading, customer_id: str) -> CustomerSide:
    card, book = customer_card(reading, customer_id), reading.company_book
    sees_money = reading.viewer.sees_money_of(customer_id)
    own: dict[str, Any] = next(iter(ask_about(book, customer_id, _own).dicts()), {})
    contacts, talks = ask_about(book, customer_id, _contacts).rows, ask_about(book, customer_id, _talks).rows
    zone = book.company.timezone
    seen = [day_in(at, zone) for at in (own.get("created_at"), talks[0][1]) if at]
    return CustomerSide(
        customer_id=customer_id,
        name=card.name,
        domain=card.domain,
        country=card.country,
        tax_id=own.get("tax_id") if sees_money else None,
        sees_money=sees_money,
        mrr_cents=card.mrr_cents,
        since=card.since,
        first_seen=min([*seen, *filter(None, [card.since])], default=None),
        contacts=contacts[0][0],
        conversations=talks[0][0],
        systems=_systems(reading, customer_id, own.get("source")),
    )


def _systems(reading: Reading, customer_id: str, own: str | None) -> tuple[str, ...]:
    """The system of the customer's own row and those whose ids were joined into it."""
    return tuple(sorted({*filter(None, [own]), *(join.source for join in joins_of(reading, customer_id))}))


def _own(tables: Tables) -> ir.Table:
    return of_customer(tables.customer).select("tax_id", "created_at", "source")


def _contacts(tables: Tables) -> ir.Table:
    mine = of_customer(tables.contact)
    return mine.aggregate(n=mine.contact_id.nunique())


def _talks(tables: Tables) -> ir.Table:
    mine = of_customer(tables.conversation)
    return mine.aggregate(n=mine.conversation_id.nunique(), first=mine.opened_at.min())
