"""The flow of hand-offs: how often a customer changes teams and persons, and how often it comes back."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from relevo.base.periods import month_of
from relevo.book.schema import Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.slices import SLICE, sliced

# A thread is one customer's relay, or one of its conversations: events of different threads do not follow each other.
_THREAD = ("customer_id", "conversation_id")


def flow(tables: Tables, frame: Frame) -> ir.Table:
    """Per customer with an event: hand-overs and returns summed over its threads, and the ends of its relay."""
    relay, talks = _relay(tables, frame), _talks(tables, frame)
    happened = ibis.union(relay, talks)
    teams, persons = _changes(happened, "team"), _changes(happened, "person")
    moved = ibis.union(
        teams.select("customer_id", team=teams.handed.cast("int64"), person=_NONE, back=_NONE),
        persons.select("customer_id", team=_NONE, person=persons.handed.cast("int64"), back=persons.back.cast("int64")),
    )
    counts = moved.group_by("customer_id").aggregate(
        team_handoffs=moved.team.sum().cast("int64"), person_handoffs=moved.person.sum().cast("int64"),
        ping_pongs=moved.back.sum().cast("int64"),
    )  # fmt: skip
    ends = relay.group_by(held="customer_id").aggregate(first_at=relay["at"].min(), last_at=relay["at"].max())
    both = counts.left_join(ends, counts.customer_id == ends.held)
    month = ibis.literal(month_of(frame.as_of), "int64")
    rows = both.select(*counts.columns, "first_at", "last_at", key_month=month)
    return sliced(rows, tables, frame).order_by("customer_id")


_NONE = ibis.literal(0, "int64")


def _relay(tables: Tables, frame: Frame) -> ir.Table:
    """Who took a customer over by assignment or by hand-off, in which role."""
    begun = tables.assignment.filter(lambda t: t.from_at < frame.until)
    taken = tables.handoff.filter(lambda t: t.accepted_at < frame.until)
    return ibis.union(
        _event(begun, begun.from_at, begun.role, begun.person_id),
        _event(taken, taken.accepted_at, taken.to_role, taken.to_person_id),
    )


def _talks(tables: Tables, frame: Frame) -> ir.Table:
    """Who got a conversation of a known customer, and which team; being taken from everybody is no event."""
    events = tables.conversation_event.filter(lambda t: t.kind.isin(["assigned", "group"]) & t.to_value.notnull())
    of = tables.conversation.filter(lambda t: t.customer_id.notnull()).select("conversation_id", "customer_id")
    known = events.filter(lambda t: t["at"] < frame.until).inner_join(of, "conversation_id")
    nothing = ibis.null("string")
    return _event(
        known, known["at"], ibis.ifelse(known.kind == "group", known.to_value, nothing),
        ibis.ifelse(known.kind == "assigned", known.to_value, nothing), known.conversation_id,
    )  # fmt: skip


def _event(
    rows: ir.Table, at: ir.TimestampValue, team: ir.StringValue, person: ir.StringValue,
    conversation: ir.StringValue | None = None,
) -> ir.Table:  # fmt: skip
    talk = ibis.null("string") if conversation is None else conversation
    return rows.select("customer_id", conversation_id=talk, at=at, team=team, person=person)


def _changes(happened: ir.Table, column: str) -> ir.Table:
    """The sequence of a column in each thread, equal neighbours as one: was it handed, and straight back?

    At one instant the order is by team and person, so that a hand-off and its assignment are neighbours.
    """
    named = happened.filter(happened[column].notnull())
    order = ibis.window(group_by=_THREAD, order_by=["at", "team", "person"])
    seen = named.mutate(before=named[column].lag().over(order))
    steps = seen.filter(seen.before.isnull() | (seen.before != seen[column]))
    earlier = steps.before.lag().over(ibis.window(group_by=_THREAD, order_by=["at", "team", "person"]))
    return steps.select("customer_id", handed=steps.before.notnull(), back=(earlier == steps[column]).fill_null(False))


def _finish(found: Sequence[Record], frame: Frame) -> list[Record]:
    return [
        {
            "customer_id": r["customer_id"],
            **({frame.by: r[SLICE]} if frame.by else {}),
            "team_handoffs": r["team_handoffs"],
            "person_handoffs": r["person_handoffs"],
            "ping_pongs": r["ping_pongs"],
            "days": (r["last_at"] - r["first_at"]).days if r["first_at"] else None,
        }
        for r in found
    ]


HANDOFF_FLOW = Measure(
    Card(
        name="handoff_flow",
        title="Hand-off flow",
        question="How often is each customer passed from team to team and from person to person, and back again?",
        unit=Unit.COUNT,
        grain="one row per customer that anybody ever took over",
        direction=Direction.DOWN,
        kind=Kind.EFFICIENCY,
        read_with=("gross_revenue_retention",),
        columns=(
            Out("customer_id", Unit.TEXT, "The customer."),
            Out("team_handoffs", Unit.COUNT, "Times another team took over."),
            Out("person_handoffs", Unit.COUNT, "Times another person took over."),
            Out("ping_pongs", Unit.COUNT, "Times it came straight back: A, B, A."),
            Out("days", Unit.COUNT, "Whole days from the first to the last step of its relay; null without one."),
        ),
        definition=(
            "Steps are assignments (team: the role), accepted hand-offs, and the help desk's changes of assignee and "
            "group, up to the as-of day. The relay of a customer, which is its assignments and hand-offs, is one "
            "thread, and each of its conversations another: twenty tickets with twenty people are no hand-over. In "
            "a thread equal neighbours are one; every further team or person is a hand-off, and a person that was "
            "there two places before a ping-pong. Threads are summed. Roles held at the same time alternate in the "
            "relay and count as they begin. Days are spans of 24 hours."
        ),
        source="Ping-pong on the collapsed sequence, as in process mining of incident records.",
        has_months=False,
    ),
    flow,
    _finish,
)
