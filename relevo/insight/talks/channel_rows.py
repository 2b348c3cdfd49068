"""Counted rows by channel for a year: what became of conversations, the waits, the work, and what customers said.

Everything is told as it stood when the year ended, so that two years are seen after the same time. Merged ones,
duplicates and spam are nobody's demand and are counted apart.
"""

from functools import reduce
from operator import or_

import ibis
import ibis.expr.types as ir

from relevo.base.scales import STATED
from relevo.book.schema import Tables
from relevo.measures.card import Frame
from relevo.measures.slices import NONE
from relevo.measures.support.effort import ARRIVAL, window_begins
from relevo.measures.support.quantiles import marks
from relevo.measures.support.spells import readings, seconds
from relevo.measures.support.waits import promise_of

EFFORT = "ces"
NOT_DEMAND = ("merged", "spam", "duplicate")
# The customer stopped writing; without any answer of a person the first of them is a customer who left.
SILENT = ("went_silent", "no_reply")
LEFT_OUT, GIVEN_UP, BOT_ALONE, UNANSWERED = "left_out", "given_up", "bot_alone", "unanswered"
WENT_SILENT, OVER, STILL_OPEN = "silent", "over", "open"
FATES = (LEFT_OUT, GIVEN_UP, BOT_ALONE, UNANSWERED, WENT_SILENT, OVER, STILL_OPEN)


def begun(tables: Tables, frame: Frame) -> ir.Table:
    """Conversations that customers began in the window, each with its channel and one fate when the window ended."""
    rows = tables.episode.filter(lambda t: (t.begun_at >= window_begins(frame)) & (t.begun_at < frame.until))
    first = tables.customer_wait.filter(lambda t: t.is_first).select(
        talk="conversation_id", turn="episode", gave_at="given_up_at"
    )
    theirs = rows.filter(rows.begun_by == "customer")
    both = theirs.left_join(first, (theirs.conversation_id == first.talk) & (theirs.episode == first.turn))
    return both.select(
        "conversation_id", "episode", "customer_id", "category", "channel", "tier", "priority", "replies",
        named=both.channel.fill_null(NONE), fate=_fate(both, frame),
    )  # fmt: skip


def _fate(rows: ir.Table, frame: Frame) -> ir.StringValue:
    """What became of it by the end of the window."""
    closed = (rows.closed_at < frame.until).fill_null(False)
    gave_up = (rows.gave_at < frame.until).fill_null(False)
    return ibis.cases(
        (rows.outcome.isin(NOT_DEMAND), LEFT_OUT),
        (gave_up & (rows.outcome == SILENT[0]), GIVEN_UP),
        (gave_up & (rows.bot_messages > 0), BOT_ALONE),
        (gave_up, UNANSWERED),
        (closed & rows.outcome.isin(SILENT), WENT_SILENT),
        (closed, OVER),
        else_=STILL_OPEN,
    )


def demand(tables: Tables, frame: Frame) -> ir.Table:
    """The same without what is nobody's demand."""
    return begun(tables, frame).filter(lambda t: t.fate != LEFT_OUT)


def fates(tables: Tables, frame: Frame) -> ir.Table:
    """How many conversations there were by channel and fate."""
    rows = begun(tables, frame)
    return rows.group_by("named", "fate").aggregate(n=rows.count().cast("int64"))


def customers(tables: Tables, frame: Frame) -> ir.Table:
    """How many known customers stand behind each channel."""
    rows = demand(tables, frame)
    return rows.group_by("named").aggregate(customers=rows.customer_id.nunique().cast("int64"))


def first_waits(tables: Tables, frame: Frame) -> ir.Table:
    """First waits of the demand: whether a person had answered, seconds so far in all and open hours, the promise.

    Of those given up no length is told: it is nobody's figure.
    """
    rows, waits = demand(tables, frame), tables.customer_wait.filter(lambda t: t.is_first)
    known = waits.select(
        "from_at", "until_at", "given_up_at", "wait_s", "business_s", "from_reading_s", "calendar", "tier",
        talk="conversation_id", turn="episode",
    )  # fmt: skip
    of = rows.select("conversation_id", "episode", "named")
    both = known.inner_join(of, (known.talk == of.conversation_id) & (known.turn == of.episode))
    shown = readings(tables, frame)
    read = both.left_join(shown, both.calendar == shown.open_calendar)
    answered, gave_up = ((read[name] < frame.until).fill_null(False) for name in ("until_at", "given_up_at"))
    so_far = seconds(ibis.literal(frame.until, "timestamp")) - seconds(read.from_at)
    openly, unknown = read.reading_s.fill_null(0) - read.from_reading_s, ibis.null("int64")
    return read.select(
        "named", answered=answered.cast("int64"), promise_s=promise_of(read.tier, frame),
        waited_s=ibis.cases((answered, read.wait_s), (gave_up, unknown), else_=so_far),
        business_s=ibis.cases((answered, read.business_s), (gave_up, unknown), else_=openly),
    )  # fmt: skip


def waited(tables: Tables, frame: Frame, length: str) -> ir.Table:
    """The marks of the median of `waited_s` or `business_s` by channel; who still waits counts as longer."""
    return marks(first_waits(tables, frame), ["named"], length)


def promised(tables: Tables, frame: Frame) -> ir.Table:
    """By channel the first answers that were promised and are due, and those that came late or are overdue."""
    rows = first_waits(tables, frame)
    in_time = rows.business_s <= rows.promise_s
    is_judged = (rows.answered == 1) | ~in_time
    return rows.group_by("named").aggregate(
        due=in_time.count(where=is_judged), late=(~in_time).sum().fill_null(0).cast("int64")
    )


def cells(tables: Tables, frame: Frame) -> ir.Table:
    """Conversations by what was known when they arrived, and those of which the messages are known."""
    rows = demand(tables, frame)
    return rows.group_by(list(ARRIVAL)).aggregate(n=rows.count().cast("int64"), told=rows.replies.count().cast("int64"))


def replied(tables: Tables, frame: Frame) -> ir.Table:
    """Public replies of people by channel, given before the window ended."""
    rows = demand(tables, frame).select("conversation_id", "episode", "named")
    said = tables.reply.filter(lambda t: t["at"] < frame.until).select(talk="conversation_id", turn="episode")
    both = said.inner_join(rows, (said.talk == rows.conversation_id) & (said.turn == rows.episode))
    return both.group_by("named").aggregate(replies=both.count().cast("int64"))


def votes(tables: Tables, frame: Frame) -> ir.Table:
    """Happiness by channel: of every customer and episode the last vote given in the window."""
    rows = tables.vote.filter(lambda t: (t["at"] >= window_begins(frame)) & (t["at"] < frame.until))
    each = rows.select(
        "rating_id", "at", "answer", "conversation_id", "episode", named=rows.channel.fill_null(NONE),
        whose=ibis.coalesce(rows.customer_id, rows.contact_id),
    ).distinct()  # fmt: skip
    last = _last(each, ["conversation_id", "episode", "whose"])
    return last.group_by("named", "answer").aggregate(n=last.count().cast("int64"))


def efforts(tables: Tables, frame: Frame) -> ir.Table:
    """Answers about effort by channel, score and scale; the channel is null where they name no conversation.

    Of every customer and conversation the last one of the window counts.
    """
    rating = tables.rating
    asked = rating.filter(_is_readable(rating) & (rating["at"] >= window_begins(frame)) & (rating["at"] < frame.until))
    talks = tables.conversation.select(talk="conversation_id", named=tables.conversation.channel.fill_null(NONE))
    both = asked.left_join(talks, asked.conversation_id == talks.talk)
    each = both.select(
        "rating_id", "at", "score", "scale_max", "named", of=ibis.coalesce(both.talk, both.rating_id),
        whose=ibis.coalesce(both.customer_id, both.contact_id),
    )  # fmt: skip
    last = _last(each, ["of", "whose"])
    return last.group_by("named", "score", "scale_max").aggregate(n=last.count().cast("int64"))


def _is_readable(rating: ir.Table) -> ir.BooleanValue:
    """Whether it is an answer about effort on a stated scale, with a score that the scale has."""
    scales = [(highest, each) for (kind, highest), each in STATED.items() if kind == EFFORT]
    fits = [(rating.scale_max == highest) & rating.score.between(each.low, each.high) for highest, each in scales]
    return (rating.kind == EFFORT) & reduce(or_, fits)


def known_from(tables: Tables) -> ir.Table:
    """The month in which the first conversation began."""
    return tables.episode.begun_month.min().name("month").as_table()


def _last(rows: ir.Table, keys: list[str]) -> ir.Table:
    newest = ibis.window(group_by=keys, order_by=[rows["at"].desc(), rows.rating_id.desc()])
    placed = rows.mutate(place=ibis.row_number().over(newest))
    return placed.filter(placed.place == 0)
