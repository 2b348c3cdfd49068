"""The strip of one customer: who held the baton at every instant since it began, by the rule of the measure `baton`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import ibis
import ibis.expr.types as ir

from relevo.base.periods import day_from_number, end_of_day_utc
from relevo.book.baton import HOLDERS
from relevo.book.book import Book, Tables
from relevo.insight.one_customer import ask_about, of_customer
from relevo.measures.success.baton import ASSIGNMENT, DEAL, HANDOFF, NOBODY
from relevo.measures.success.sellers import with_seller

_BEGAN = "began"


@dataclass(frozen=True)
class Holding:
    """Who held the customer from an instant (UTC) until another; `to_at` is None for whoever holds it now.

    `reason` is handoff, assignment, deal or nobody, as in the measure `baton`; `handoff_id` names the hand-off.
    """

    role: str | None
    person_id: str | None
    from_at: datetime
    to_at: datetime | None
    reason: str
    handoff_id: str | None


@dataclass(frozen=True)
class Fact:
    """A hand-off accepted, an assignment, or a deal won: from when on it counts, and until when.

    `source` is handoff, assignment or deal, `key` what tells two of one instant apart.
    """

    source: str
    key: str
    role: str | None
    person_id: str | None
    from_at: datetime
    to_at: datetime | None


@dataclass(frozen=True)
class _Claim:
    """What the rule says at one instant."""

    role: str | None
    person_id: str | None
    reason: str
    handoff_id: str | None


_NOBODY = _Claim(None, None, NOBODY, None)


def holders(book: Book, customer_id: str) -> tuple[Holding, ...]:
    """Every holder of a customer in order of time, without a gap or an overlap, up to the end of the as-of day.

    The strip begins with the first MRR or the first won deal, whichever was earlier; empty for who had neither. Where
    nobody held the customer, a holding says so. Whoever asks has checked that the viewer may see the customer.
    """
    found = ask_about(book, customer_id, _facts).dicts()
    facts = [_fact(row) for row in found if row["source"] != _BEGAN and row["from_at"] < book.until]
    first_days = [row["day"] for row in found if row["source"] == _BEGAN and row["day"] is not None]
    begins = [_midnight(book, day) for day in first_days] + [f.from_at for f in facts if f.source == DEAL]
    return tuple(strip(facts, min(begins), book.until)) if begins else ()


def _midnight(book: Book, day: int) -> datetime:
    """The instant with which a day begins in the company's time zone."""
    before = day_from_number(day) - timedelta(days=1)
    return end_of_day_utc(before, book.company.timezone).replace(tzinfo=None)


def strip(facts: Sequence[Fact], begin: datetime, until: datetime) -> Iterator[Holding]:
    """Who held a customer by these facts from an instant until another, in order, without a gap or an overlap. Pure.

    Between two marks nothing changes; marks at which the holder stays are no marks.
    """
    named = {at for fact in facts for at in (fact.from_at, fact.to_at) if at is not None and begin < at < until}
    claims = [(at, _claim(facts, at)) for at in sorted({begin, *named})]
    kept = [claims[0], *(there for here, there in pairwise(claims) if there[1] != here[1])]
    for (at, claim), following in zip(kept, [*kept[1:], None], strict=True):
        ends = following[0] if following else None
        yield Holding(claim.role, claim.person_id, at, ends, claim.reason, claim.handoff_id)


def _claim(facts: Sequence[Fact], at: datetime) -> _Claim:
    """The rule at one instant: the last accepted hand-off, else an open assignment, else the last won deal."""
    handed = _latest([f for f in facts if f.source == HANDOFF and f.from_at <= at])
    if handed and handed.person_id:
        return _Claim(handed.role, handed.person_id, HANDOFF, handed.key)
    for role in HOLDERS:
        held = [f for f in facts if f.source == ASSIGNMENT and f.role == role and _is_open(f, at)]
        if latest := _latest(held):
            return _Claim(role, latest.person_id, ASSIGNMENT, None)
    sold = _latest([f for f in facts if f.source == DEAL and f.from_at <= at])
    return _Claim("sales", sold.person_id, DEAL, None) if sold and sold.person_id else _NOBODY


def _is_open(fact: Fact, at: datetime) -> bool:
    return fact.from_at <= at and (fact.to_at is None or at < fact.to_at)


def _latest(facts: Sequence[Fact]) -> Fact | None:
    """The fact that began last; among equals the first by its key."""
    newest = max((fact.from_at for fact in facts), default=None)
    return min((fact for fact in facts if fact.from_at == newest), key=lambda fact: fact.key, default=None)


def _fact(row: dict[str, Any]) -> Fact:
    return Fact(row["source"], row["key"], row["role"], row["person_id"], row["from_at"], row["to_at"])


def _facts(tables: Tables) -> ir.Table:
    """Everything of one customer that decides who holds it."""
    starts, taken, held = (of_customer(t) for t in (tables.customer_start, tables.handoff, tables.assignment))
    deals = of_customer(tables.deal).filter(lambda t: (t.outcome == "won") & t.closed_at.notnull())
    sold = with_seller(deals, tables)
    taken = taken.filter(taken.accepted_at.notnull())
    held = held.filter(held.role.isin(HOLDERS))
    return ibis.union(
        _rows(taken, HANDOFF, taken.handoff_id, taken.to_role, taken.to_person_id, taken.accepted_at),
        _rows(held, ASSIGNMENT, held.person_id, held.role, held.person_id, held.from_at, held.to_at),
        _rows(sold, DEAL, sold.deal_id, _WORDLESS, sold.seller, sold.closed_at),
        _rows(starts, _BEGAN, _WORDLESS, _WORDLESS, _WORDLESS, _NEVER, day=starts.first_day),
    )


_WORDLESS, _NEVER, _NO_DAY = ibis.null("string"), ibis.null("timestamp"), ibis.null("int64")


def _rows(
    rows: ir.Table, source: str, key: ir.StringValue, role: ir.StringValue, person: ir.StringValue,
    from_at: ir.TimestampValue, to_at: ir.TimestampValue = _NEVER, day: ir.IntegerValue = _NO_DAY,
) -> ir.Table:  # fmt: skip
    return rows.select(
        source=ibis.literal(source), key=key, role=role, person_id=person, from_at=from_at, to_at=to_at, day=day
    )
