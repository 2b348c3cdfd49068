"""Who was asked for a rating, who answered, and who was asked too often.

An answer counts towards the share of those who were asked only where somebody was: ratings without an invitation say
nothing about it. A conversation that its help desk says it offered a rating for was asked, too.
"""

from datetime import datetime

import ibis
import ibis.expr.types as ir

from relevo.book.book import Tables


def response(tables: Tables, since: datetime, until: datetime) -> ir.Table:
    """One row: conversations and customers asked between two moments, and how many of each answered by the end."""
    asked = _asked(tables, since, until)
    told = _answered(tables, since, until)
    talks = asked.filter(asked.conversation_id.notnull()).select("conversation_id").distinct()
    people = asked.filter(asked.customer_id.notnull()).select("customer_id").distinct()
    by_talk = talks.mutate(did=talks.conversation_id.isin(told.filter(told.conversation_id.notnull()).conversation_id))
    by_customer = people.mutate(did=people.customer_id.isin(told.filter(told.customer_id.notnull()).customer_id))
    first = by_talk.aggregate(conversations=by_talk.count(), conversations_answered=by_talk.did.sum())
    second = by_customer.aggregate(customers=by_customer.count(), customers_answered=by_customer.did.sum())
    return first.cross_join(second)


def asked_often(tables: Tables, since: datetime, until: datetime, days: int) -> ir.Table:
    """Contacts who were asked again within some days about something else, between two moments; customers where no

    contact is known. Invitations of one conversation are one question. `times` counts what came too soon.
    """
    rows = _invited(tables, since, until)
    rows = rows.mutate(
        who=ibis.coalesce(rows.contact_id, rows.customer_id),
        about=ibis.coalesce(rows.conversation_id, rows.invite_id),
    )
    known = rows.filter(rows.who.notnull())
    first = known.group_by("who", "about").aggregate(
        at=known["at"].min(), contact_id=known.contact_id.max(), customer_id=known.customer_id.max()
    )
    order = ibis.window(group_by="who", order_by=["at", "about"])
    spaced = first.mutate(before=first["at"].lag().over(order))
    soon = spaced.filter(spaced["at"] < spaced.before + ibis.interval(days=days))
    found = soon.group_by("who").aggregate(
        contact_id=soon.contact_id.max(), customer_id=soon.customer_id.max(), times=soon.count(), last=soon["at"].max()
    )
    return found.order_by(ibis.desc("times"), ibis.desc("last"), "who")


def _invited(tables: Tables, since: datetime, until: datetime) -> ir.Table:
    sent = tables.survey_invite
    rows = sent.filter((sent["at"] >= since) & (sent["at"] < until))
    talk = tables.conversation.select("conversation_id", whose="customer_id", by="contact_id")
    both = rows.left_join(talk, "conversation_id")
    return both.select(
        "invite_id", "at", "conversation_id",
        customer_id=ibis.coalesce(both.customer_id, both.whose), contact_id=ibis.coalesce(both.contact_id, both.by),
    )  # fmt: skip


def _asked(tables: Tables, since: datetime, until: datetime) -> ir.Table:
    """Conversations and customers that were asked, by invitations and by what the help desk says of a conversation."""
    invited = _invited(tables, since, until).select("conversation_id", "customer_id")
    talk = tables.conversation
    offered = talk.filter(talk.csat_offered & (talk.resolved_at >= since) & (talk.resolved_at < until))
    return invited.union(offered.select("conversation_id", "customer_id"))


def _answered(tables: Tables, since: datetime, until: datetime) -> ir.Table:
    said = tables.rating
    rows = said.filter((said["at"] >= since) & (said["at"] < until))
    talk = tables.conversation.select("conversation_id", whose="customer_id")
    both = rows.left_join(talk, "conversation_id")
    return both.select("conversation_id", customer_id=ibis.coalesce(both.customer_id, both.whose))
