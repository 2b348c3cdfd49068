"""Lines of conversations, what happened in them, and what the customer thought of them."""

import ibis
import ibis.expr.types as ir

from relevo.book.book import Tables
from relevo.insight.lines import line

KIND, VOICE = "conversations", "voice"
_TOLD = ("escalated", "reopened")


def conversation(tables: Tables) -> list[ir.Table]:
    """Conversations as they opened, with the number of their messages, and as they were resolved."""
    talks = tables.conversation
    named = talks.mutate(name=ibis.coalesce(talks.subject, talks.category, talks.channel))
    kept = named.select("conversation_id", "customer_id", "opened_at", "resolved_at", "assignee_id", "url", "name")
    # Named by customer too, messages are counted for the one customer that is asked about, not for everybody first.
    owned = kept.select("conversation_id", "customer_id")
    said = tables.message.inner_join(owned, "conversation_id").select("conversation_id", "customer_id")
    counted = said.group_by("conversation_id", "customer_id").aggregate(messages=said.count())
    rows = kept.left_join(counted, ["conversation_id", "customer_id"])
    return [
        line(rows, "opened_at", KIND, "conversation.opened", what="name", who="assignee_id", number="messages"),
        line(kept, "resolved_at", KIND, "conversation.resolved", what="name", who="assignee_id"),
    ]


def conversation_event(tables: Tables) -> list[ir.Table]:
    """Escalations and reopenings; other steps are inside the conversation."""
    events = tables.conversation_event
    told = events.filter(events.kind.isin(_TOLD)).drop("url", "source", "recorded_at")
    rows = told.inner_join(
        tables.conversation.select("conversation_id", "customer_id", "subject", "url"), "conversation_id"
    )
    return [line(rows, "at", KIND, "conversation." + rows.kind, what="subject", who="by_id")]


def rating(tables: Tables) -> list[ir.Table]:
    """Ratings with their comment."""
    rows = tables.rating
    said = ibis.coalesce(rows.comment, rows.reason)
    return [line(rows, "at", VOICE, "rating." + rows.kind, what=said, who="person_id", number="score")]


def survey_invite(tables: Tables) -> list[ir.Table]:
    """Surveys that were sent."""
    rows = tables.survey_invite
    return [line(rows, "at", VOICE, "survey.sent", what="kind")]


LINES = {
    "conversation": conversation,
    "conversation_event": conversation_event,
    "rating": rating,
    "survey_invite": survey_invite,
}
