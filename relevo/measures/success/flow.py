"""The flow of hand-offs: how often a customer changes teams and persons, and how often it comes back."""

from collections.abc import Sequence

import ibis
import ibis.expr.types as ir

from relevo.base.periods import month_of
from relevo.book.schema import Tables
from relevo.measures.card import Card, Direction, Frame, Kind, Measure, Out, Record, Unit
from relevo.measures.slices import SLICE, sliced

# A sequence is what follows each other: the roles and the persons of a customer's relay, the groups and the persons of
# one of its conversations. Numbers, because there may be millions of rows to sort.
ROLE, PERSON, GROUP, ASSIGNEE = range(4)
_TEAMS = (ROLE, GROUP)


def flow(tables: Tables, frame: Frame) -> ir.Table:
    """Per customer with an event: hand-overs and returns summed over its threads, and the ends of its relay."""
    relay, talks = _relay(tables, frame), _talks(tables, frame)
    known = tables.conversation.filter(lambda t: t.customer_id.notnull())
    of = known.select("customer_id", thread="conversation_id")
    talked = of.semi_join(talks, "thread").select(whose="customer_id")
    there = ibis.union(relay.select(whose="thread"), talked, distinct=True)
    moved = _by_customer(_moves(ibis.union(relay, talks)), of)
    ends = relay.group_by(held="thread").aggregate(first_at=relay["at"].min(), last_at=relay["at"].max())
    both = there.left_join(moved, there.whose == moved.customer_id).left_join(ends, there.whose == ends.held)
    counts = {name: both[name].fill_null(0).cast("int64") for name in _COUNTS}
    month = ibis.literal(month_of(frame.as_of), "int64")
    rows = both.select("first_at", "last_at", **counts, customer_id=both.whose, key_month=month)
    return sliced(rows, tables, frame).order_by("customer_id")


_COUNTS = ("team_handoffs", "person_handoffs", "ping_pongs")


def _relay(tables: Tables, frame: Frame) -> ir.Table:
    """Who took a customer over by assignment or by hand-off, and in which role."""
    begun = tables.assignment.filter(lambda t: t.from_at < frame.until)
    taken = tables.handoff.filter(lambda t: t.accepted_at < frame.until)
    return ibis.union(
        _event(begun, ROLE, begun.customer_id, begun.from_at, begun.role),
        _event(begun, PERSON, begun.customer_id, begun.from_at, begun.person_id),
        _event(taken, ROLE, taken.customer_id, taken.accepted_at, taken.to_role),
        _event(taken, PERSON, taken.customer_id, taken.accepted_at, taken.to_person_id),
    )


def _talks(tables: Tables, frame: Frame) -> ir.Table:
    """Who got a conversation, and which team; being taken from everybody is no event."""
    events = tables.conversation_event.filter(lambda t: t.kind.isin(["assigned", "group"]) & t.to_value.notnull())
    known = events.filter(lambda t: t["at"] < frame.until)
    what = ibis.ifelse(known.kind == "group", GROUP, ASSIGNEE)
    return _event(known, what, known.conversation_id, known["at"], known.to_value)


def _event(
    rows: ir.Table, what: int | ir.IntegerValue, thread: ir.StringValue, at: ir.TimestampValue, value: ir.StringValue
) -> ir.Table:
    number = ibis.literal(what) if isinstance(what, int) else what
    return rows.select(thread=thread, what=number.cast("int64"), at=at, value=value)


def _moves(events: ir.Table) -> ir.Table:
    """Per sequence that has any: how often the value became another one, and how often the one two places before.

    Equal neighbours are one. At one instant the order is by value, so that a hand-off and its assignment are
    neighbours.
    """
    order = ibis.window(group_by=["thread", "what"], order_by=["at", "value"])
    named = events.filter(events.value.notnull())
    seen = named.mutate(before=named.value.lag().over(order))
    steps = seen.filter(seen.before != seen.value)
    back = (steps.before.lag().over(order) == steps.value).fill_null(False)
    told = steps.select("thread", "what", back=back.cast("int64"))
    return told.group_by("thread", "what").aggregate(n=told.count().cast("int64"), back=told.back.sum().cast("int64"))


def _by_customer(moves: ir.Table, of: ir.Table) -> ir.Table:
    """Moves added up per customer: the relay's thread is the customer, a conversation belongs to one."""
    relayed = moves.filter(moves.what <= PERSON).select("what", "n", "back", customer_id="thread")
    talked = moves.filter(moves.what > PERSON).inner_join(of, "thread").select("what", "n", "back", "customer_id")
    both = ibis.union(relayed, talked)
    is_team = both.what.isin(_TEAMS)
    return both.group_by("customer_id").aggregate(
        team_handoffs=both.n.sum(where=is_team), person_handoffs=both.n.sum(where=~is_team),
        ping_pongs=both.back.sum(where=~is_team),
    )  # fmt: skip


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
            "there two places before a ping-pong. Threads are summed. What happens at one instant is ordered by "
            "name, and roles held at the same time alternate in the relay as they begin. Days are spans of 24 hours."
        ),
        source="Ping-pong on the collapsed sequence, as in process mining of incident records.",
        has_months=False,
    ),
    flow,
    _finish,
)
