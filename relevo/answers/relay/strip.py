"""The relay of one customer: who held it when, how faithfully it came to them, its hand-offs; of book and Desk."""

from dataclasses import dataclass, replace
from datetime import date, datetime

import ibis
import ibis.expr.types as ir

from relevo.answers.customers import customer_card
from relevo.answers.identity import former_ids
from relevo.answers.reading import Reading
from relevo.answers.relay.acting import as_read, person_names
from relevo.answers.relay.fidelity import desk_key
from relevo.base.periods import day_in
from relevo.book.book import Tables
from relevo.desk.relay.handoffs import KeptHandOff, handoffs_about
from relevo.insight.one_customer import END_OF_DAY, ask_about, of_customer
from relevo.insight.relay.fidelity_rows import scored_customer
from relevo.insight.relay.holders import holders


@dataclass(frozen=True)
class Stretch:
    """Who held the customer from a day until another, which is that of the book for whoever holds it now.

    `reason` is handoff, assignment, deal or nobody; `fidelity` is that of the hand-off with which it began, from 0 to
    1, None where it began without one or nobody has confirmed it.
    """

    role: str | None
    person_id: str | None
    person: str
    from_on: date
    until_on: date
    is_now: bool
    reason: str
    handoff_id: str | None
    key: int | None
    fidelity: float | None


@dataclass(frozen=True)
class LoadedHandOff:
    """A hand-off that was loaded, as of the book; instants are UTC without saying so."""

    handoff_id: str
    from_role: str
    to_role: str
    giver: str
    receiver: str
    given_at: datetime | None
    accepted_at: datetime | None
    confirmed_at: datetime | None
    completeness: float | None
    fidelity: float | None


@dataclass(frozen=True)
class HandOffLine:
    """A hand-off of the Desk with the names in it, as of now."""

    handoff: KeptHandOff
    giver: str
    receiver: str


def relay_strip(reading: Reading, customer_id: str) -> tuple[Stretch, ...]:
    """Who held a customer, in order of time; empty for one that never bought. NotFound where it may not be seen."""
    left_on = customer_card(reading, customer_id).left_on
    book, names = reading.company_book, person_names(reading)
    score = {each.handoff_id: each.fidelity for each in scored_customer(book, customer_id)}
    zone = book.company.timezone
    found = tuple(
        Stretch(
            role=each.role,
            person_id=each.person_id,
            person=names.get(each.person_id or "", each.person_id or ""),
            from_on=day_in(each.from_at, zone),
            until_on=day_in(each.to_at, zone) if each.to_at else book.as_of,
            is_now=each.to_at is None,
            reason=each.reason,
            handoff_id=each.handoff_id,
            key=desk_key(reading, each.handoff_id or ""),
            fidelity=score.get(each.handoff_id or ""),
        )
        for each in holders(book, customer_id)
    )
    return found if left_on is None else _until(found, left_on)


def _until(found: tuple[Stretch, ...], last: date) -> tuple[Stretch, ...]:
    """The strip of a customer that left: nobody holds it any more, whatever the last hand-off says."""
    before = (each for each in found if each.from_on <= last)
    return tuple(replace(each, until_on=min(each.until_on, last), is_now=False) for each in before)


def customer_handoffs(reading: Reading, customer_id: str) -> tuple[HandOffLine, ...]:
    """The hand-offs of the Desk about a customer, newest first. NotFound where the viewer may not see it."""
    reading.check_customer(customer_id)
    names = person_names(reading)
    return tuple(
        HandOffLine(as_read(reading, each), names.get(each.from_person_id, each.from_person_id),
                    names.get(each.to_person_id, each.to_person_id))
        for each in handoffs_about(former_ids(reading, customer_id))
    )  # fmt: skip


def customer_loaded(reading: Reading, customer_id: str) -> tuple[LoadedHandOff, ...]:
    """The hand-offs that were loaded about a customer, the one given last first."""
    reading.check_customer(customer_id)
    book, names = reading.company_book, person_names(reading)
    score = {each.handoff_id: each.fidelity for each in scored_customer(book, customer_id)}
    return tuple(
        LoadedHandOff(
            key, from_role, to_role, names.get(giver or "", giver or ""), names.get(receiver or "", receiver or ""),
            given, accepted, confirmed, None if complete is None else float(complete), score.get(key),
        )
        for key, from_role, to_role, giver, receiver, given, accepted, confirmed, complete in ask_about(
            book, customer_id, _loaded
        ).rows
    )  # fmt: skip


def _loaded(tables: Tables) -> ir.Table:
    """What the Desk mirrored is told from there."""
    rows = of_customer(tables.handoff).filter(lambda t: ~t.handoff_id.startswith("relevo:"))

    def by_then(column: str) -> ir.TimestampValue:
        return ibis.ifelse(rows[column] < END_OF_DAY, rows[column], ibis.null("timestamp"))

    dated = rows.select(
        "handoff_id", "from_role", "to_role", "from_person_id", "to_person_id", given=by_then("given_at"),
        accepted=by_then("accepted_at"), confirmed=by_then("confirmed_at"), completeness="completeness",
    )  # fmt: skip
    return dated.order_by(ibis.desc("given"), "handoff_id")
