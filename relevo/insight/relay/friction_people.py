"""Whose hands customers were in while their stages lasted: days of new people, and transfers; asked of the book."""

from datetime import date

import ibis
import ibis.expr.types as ir

from relevo.book.book import Book
from relevo.insight.relay.first_year import steps_of
from relevo.insight.relay.friction import DAY, Facts
from relevo.insight.relay.friction_causes import NEW_DAYS, Causes, People, causes_of, rows_of
from relevo.insight.relay.friction_rows import seconds, stages_of


def causes_in(book: Book, facts: Facts) -> Causes:
    """What friction goes with in a book, given the stages that its customers finished."""
    return causes_of(rows_of(facts, people_of(book), new_people(book)))


def people_of(book: Book) -> dict[str, People]:
    """Per customer with an assignment or an accepted hand-off: the part of its assigned days that fell to new people.

    Only days of people whose first day is known count; a transfer is another person than the one before.
    """
    steps = steps_of(book.tables, book.until, "person")
    spans = _spans(book)
    inside = steps.inner_join(spans, steps.customer_id == spans.who)
    at = inside["at"].epoch_seconds().cast("int64")
    moved = inside.filter((at >= inside.first) & (at < inside.last))
    counted = moved.group_by(moved_of="customer_id").aggregate(transfers=moved.count())
    days = _days(book)
    shared = days.group_by(shared_of="who").aggregate(mine=days.mine.sum(), fresh=days.fresh.sum())
    held = _held(book)
    both = held.left_join(counted, held.who == counted.moved_of)
    every = both.left_join(shared, both.who == shared.shared_of)
    found = every.select("who", "mine", "fresh", transfers=every.transfers.fill_null(0)).order_by("who")
    return {
        str(who): People(None if not mine else float(fresh) / float(mine), int(transfers))
        for who, mine, fresh, transfers in book.run(found).rows
    }


def new_people(book: Book) -> int:
    """How many different people had a customer in such a stage while they were new."""
    days = _days(book)
    ((many,),) = book.run(days.filter(days.fresh > 0).aggregate(many=days.person_id.nunique())).rows
    return int(many)


def _held(book: Book) -> ir.Table:
    """Customers of whom somebody is known to have had them."""
    begun, taken = book.tables.assignment, book.tables.handoff
    begun = begun.filter(begun.from_at < book.until)
    taken = taken.filter((taken.accepted_at < book.until) & taken.to_person_id.notnull())
    return ibis.union(begun.select(who="customer_id"), taken.select(who="customer_id"), distinct=True)


def _spans(book: Book) -> ir.Table:
    stages = stages_of(book.tables, book.until)
    return stages.group_by(who="customer_id").aggregate(first=stages.began.min(), last=stages.ended.max())


def _days(book: Book) -> ir.Table:
    """Seconds of each assignment within the customer's stages, and those of them in which the person was new."""
    held, person, spans = book.tables.assignment, book.tables.person, _spans(book)
    known = person.filter(person.started_on.notnull())
    started = known.started_on.delta(ibis.literal(date(1970, 1, 1)), unit="day").cast("int64")
    begun = known.select(is_of="person_id", new_until=(started + NEW_DAYS) * DAY)
    rows = held.inner_join(spans, held.customer_id == spans.who).inner_join(begun, held.person_id == begun.is_of)
    now = seconds(book.until)
    since = ibis.greatest(rows.from_at.epoch_seconds().cast("int64"), rows.first)
    until = ibis.least(rows.to_at.epoch_seconds().cast("int64").fill_null(now), rows.last)
    spent = rows.select("who", "person_id", "new_until", since=since, until=until)
    spent = spent.filter(spent.until > spent.since)
    fresh = ibis.greatest(ibis.least(spent.until, spent.new_until) - spent.since, 0)
    return spent.select("who", "person_id", mine=spent.until - spent.since, fresh=fresh)
