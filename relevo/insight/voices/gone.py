"""Happy, then gone: a great vote, and soon after the same trouble again, or the end.

A good talk is worth little to who meets the next problem two days later. What came after is not caused by the vote.
"""

from datetime import datetime

import ibis
import ibis.expr.types as ir

from relevo.base.scales import Answer
from relevo.book.book import Tables

# The same trouble within 7 days, the end within 2 and 30: row S2-08.
AGAIN_DAYS, AT_ONCE_DAYS, LEFT_DAYS = 7, 2, 30
COLUMNS = (
    "rating_id", "customer_id", "contact_id", "conversation_id", "category", "at", "again_at", "again_id", "left_at",
)  # fmt: skip


def happy_then_gone(tables: Tables, since: datetime, until: datetime) -> ir.Table:
    """One row per latest vote between two moments that is great, where anything followed.

    `again_at` is the next question of the customer on the same category in another conversation or episode, within 7
    days; `left_at` when it asked to leave, or left where nobody noted that it asked, within 30 days. Null where not.
    """
    vote = tables.vote
    given = vote.filter((vote["at"] >= since) & (vote["at"] < until) & vote.is_latest)
    great = given.filter((given.answer == Answer.GREAT) & given.customer_id.notnull())
    named = ("rating_id", "customer_id", "contact_id", "conversation_id", "episode", "category", "at")
    happy = great.select(*named).distinct()
    again, left = _again(tables, happy, until), _left(tables, happy, until)
    both = happy.left_join(again, "rating_id").drop("rating_id_right").left_join(left, "rating_id")
    return both.filter(both.again_at.notnull() | both.left_at.notnull()).select(*COLUMNS)


def _again(tables: Tables, happy: ir.Table, until: datetime) -> ir.Table:
    """The first episode that the same customer began on the same category within the days after."""
    episode = tables.episode
    begun = episode.filter((episode.begun_by == "customer") & (episode.begun_at < until)).select(
        "begun_at", whose="customer_id", again_id="conversation_id", nth="episode", same="category"
    )
    is_after = (begun.begun_at > happy["at"]) & (begun.begun_at <= happy["at"] + ibis.interval(days=AGAIN_DAYS))
    is_other = (begun.again_id != happy.conversation_id) | (begun.nth != happy.episode)
    both = happy.inner_join(
        begun, (happy.customer_id == begun.whose) & (happy.category == begun.same) & is_after & is_other
    )
    return both.group_by("rating_id").aggregate(
        again_at=both.begun_at.min(), again_id=both.again_id.argmin(both.begun_at)
    )


def _left(tables: Tables, happy: ir.Table, until: datetime) -> ir.Table:
    ended = tables.cancellation
    asked = ended.select(whose="customer_id", gone_at=ibis.coalesce(ended.requested_at, ended["at"]))
    asked = asked.filter(asked.gone_at < until)
    is_after = (asked.gone_at > happy["at"]) & (asked.gone_at <= happy["at"] + ibis.interval(days=LEFT_DAYS))
    both = happy.inner_join(asked, (happy.customer_id == asked.whose) & is_after)
    return both.group_by("rating_id").aggregate(left_at=both.gone_at.min())
