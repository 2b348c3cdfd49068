"""Solved, and not happy: the latest vote on a solved episode, and who would not recommend us after one.

A rating of the whole company (NPS) that names no conversation belongs to the last episode that was solved for the same
customer within 30 days before it; of a contact's such ratings the latest counts.
"""

from datetime import datetime

import ibis
import ibis.expr.types as ir

from relevo.base.scales import STATED, Answer
from relevo.book.book import Tables

AFTER_DAYS = 30
COLUMNS = ("rating_id", "kind", "customer_id", "contact_id", "conversation_id", "at", "resolved_at")
_NPS = STATED["nps", None]


def unhappy_votes(tables: Tables, since: datetime, until: datetime) -> ir.Table:
    """One row per latest vote between two moments that is not good, on an episode that is solved."""
    vote, episode = tables.vote, tables.episode
    given = vote.filter((vote["at"] >= since) & (vote["at"] < until) & vote.is_latest)
    bad = given.filter(given.answer == Answer.NOT_GOOD).select(
        "rating_id", "kind", "customer_id", "contact_id", "conversation_id", "episode", "at"
    )
    solved = episode.filter(episode.resolved_at < until).select("conversation_id", "episode", "resolved_at")
    return bad.distinct().inner_join(solved, ["conversation_id", "episode"]).select(*COLUMNS)


def detractors(tables: Tables, since: datetime, until: datetime) -> ir.Table:
    """One row per contact whose latest NPS says that it would not recommend us, after an episode that was solved."""
    rating, episode = tables.rating, tables.episode
    asked = rating.filter((rating.kind == "nps") & (rating["at"] >= since) & (rating["at"] < until))
    who = ibis.coalesce(asked.contact_id, asked.customer_id, asked.rating_id)
    ranked = asked.mutate(
        place=ibis.row_number().over(group_by=who, order_by=[asked["at"].desc(), asked.rating_id.desc()])
    )
    latest = ranked.filter((ranked.place == 0) & ranked.score.between(_NPS.low, _NPS.bad))
    named = latest.select("rating_id", "kind", "customer_id", "contact_id", "at", about="conversation_id")
    solved = episode.filter(episode.resolved_at < until).select("conversation_id", "resolved_at", whose="customer_id")
    both = named.inner_join(
        solved,
        ibis.or_(
            named.about == solved.conversation_id,
            named.about.isnull()
            & (named.customer_id == solved.whose)
            & (solved.resolved_at <= named["at"])
            & (solved.resolved_at > named["at"] - ibis.interval(days=AFTER_DAYS)),
        ),
    )
    last = ibis.row_number().over(
        group_by="rating_id", order_by=[ibis.desc("resolved_at"), ibis.desc("conversation_id")]
    )
    found = both.mutate(customer_id=ibis.coalesce(both.customer_id, both.whose), last=last)
    return found.filter(found.last == 0).select(*COLUMNS)
