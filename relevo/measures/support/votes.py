"""Votes as counted rows: what a case was when it reached whoever is credited, and how the customer rated it.

Of a customer's votes on an episode the last one by the as-of day counts. A person's share of it is a weight. What is
told of a case was known before that person could do anything about it: never its own speed, its replies or the end.
"""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import ibis
import ibis.expr.types as ir

from relevo.base.periods import month_of
from relevo.book.schema import Tables
from relevo.measures.card import TEAM, Dimension, Frame
from relevo.measures.slices import NONE, sliced_by_own
from relevo.measures.support.teams import with_team

PERSON = "person"
OWN = (
    Dimension("channel", "how the conversation came in."),
    Dimension("category", "what it is about, as it was first said."),
    Dimension("tier", "the service tier it was handled under."),
    Dimension(TEAM, "the team of whoever is credited, at the time of the vote; of whoever holds it where nobody is."),
    Dimension(PERSON, "who is credited with the vote, as a person_id.", is_person=True),
)
# A month of the window is so many days: six are the 180 days of the contract.
DAYS_A_MONTH = 30
# Shares of a vote are counted in millionths: whole numbers have the same sum on every engine.
WHOLE = 1_000_000
# What an expectation may know of a case; the first two make its stratum.
TRAITS = ("category", "channel", "tier", "priority", "language", "waited", "handlers")
ANSWERS = ("great", "okay", "not_good")
# What may go along with difficulty and is no trait: whether it was passed on, how much the customer had to write, and
# how long it took, the last two cut so that no single case decides.
SIGNS = ("escalated", "customer_messages", "minutes")
FOLDS = 5
_MOST_MESSAGES, _MOST_MINUTES = 20, 240
_HOUR, _DAY = 3600, 86_400
# From how many seconds on a customer had waited so long when whoever is rated got the case.
WAITED = ((0, "below 1 h"), (_HOUR, "1 to 8 h"), (8 * _HOUR, "8 to 48 h"), (2 * _DAY, "above 48 h"))
# Nobody had replied before.
NO_HANDLERS = "0"


def is_of_persons(frame: Frame) -> bool:
    """Whether single persons are asked about: then votes about product, price or policy are not theirs."""
    return PERSON in asked_by(frame)


def asked_by(frame: Frame) -> set[str | None]:
    """The dimensions by which is cut or filtered."""
    return {frame.by, *(name for name, _value in frame.where)}


def window(at: ir.TimestampColumn, frame: Frame) -> ir.BooleanValue:
    """Whether an instant lies in the window that ends with the as-of day."""
    since = frame.until - timedelta(days=DAYS_A_MONTH * frame.window)
    return (at >= ibis.timestamp(since)) & (at < ibis.timestamp(frame.until))


def last_votes(tables: Tables, frame: Frame) -> ir.Table:
    """Of every customer and episode the last vote of the window, one row per person credited.

    The window ends with the as-of day, so no other vote can be the last one by then.
    """
    votes = tables.vote.filter(window(tables.vote["at"], frame))
    whose = ibis.window(
        group_by=["conversation_id", "episode", ibis.coalesce(votes.customer_id, votes.contact_id)],
        order_by=[votes["at"].desc(), votes.rating_id.desc()],
    )
    ranked = votes.mutate(place=ibis.dense_rank().over(whose))
    return ranked.filter(ranked.place == 0).drop("place")


def votes(tables: Tables, frame: Frame) -> ir.Table:
    """The votes of the window with their share, traits, fold and signs; with `slice`, and whether `where` keeps them.

    A condition on a person or a team keeps rows and takes none away: what is expected of a case is what all colleagues
    would have got on it.
    """
    last = last_votes(tables, frame)
    rows = last.mutate(person=last.person_id)
    if is_of_persons(frame):
        words = [each.lower() for each in frame.assumptions.ratings_not_of_persons]
        rows = rows.filter(rows.person.notnull() & ~rows.reason.lower().isin(words).fill_null(False))
    return kept_and_cut(_told(rows, tables, frame), tables, frame)


def kept_and_cut(rows: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    """Rows with `slice` where one is asked, and with `kept`: whether the conditions on persons and teams hold."""
    rows = with_team(rows, tables) if TEAM in asked_by(frame) else rows
    others = tuple(each for each in frame.where if each[0] not in (PERSON, TEAM))
    rows = sliced_by_own(rows, tables, replace(frame, where=others), [each.name for each in OWN])
    kept: ir.BooleanValue = ibis.literal(True)
    for name in dict.fromkeys(name for name, _value in frame.where if name in (PERSON, TEAM)):
        wanted = [value for key, value in frame.where if key == name]
        kept = kept & rows[name].fill_null(NONE).isin(wanted)
    return rows.mutate(kept=kept)


def _told(rows: ir.Table, tables: Tables, frame: Frame) -> ir.Table:
    talks = tables.episode.select(
        talk="conversation_id", turn="episode", passed="escalated", written="customer_messages", spent="seconds_spent"
    )
    both = rows.left_join(talks, (rows.conversation_id == talks.talk) & (rows.episode == talks.turn))
    share = _whole(both.part * WHOLE, both.parts)
    return both.select(
        "rating_id", "conversation_id", "episode", "customer_id", "at", "person", "answer",
        *(both[name].fill_null(NONE).name(name) for name in TRAITS[:5]),
        waited=_waited(both.waited_before_s), handlers=_handlers(both.handlers_before), share=share,
        fold=fold_of(ibis.coalesce(both.customer_id, both.conversation_id)),
        key_month=opening_month(frame),
        escalated=ibis.ifelse(both.passed.fill_null(False), 1, 0).cast("int64"),
        customer_messages=ibis.least(both.written.fill_null(0), _MOST_MESSAGES).cast("int64"),
        minutes=ibis.least(_whole(both.spent.fill_null(0), ibis.literal(60, "int64")), _MOST_MINUTES).cast("int64"),
    )  # fmt: skip


def opening_month(frame: Frame) -> ir.IntegerScalar:
    """The month in which the window opens: a customer's slice is the one it had then."""
    return ibis.literal(month_of(frame.as_of - timedelta(days=DAYS_A_MONTH * frame.window - 1)), "int64")


def fold_of(name: ir.StringValue) -> ir.IntegerValue:
    """One of the folds, by the characters at both ends of a name: the same on every engine, and for good."""
    characters = [name.substr(i, 1) for i in range(3)] + [name.right(5).substr(i, 1) for i in range(5)]
    weighed = [each.ascii_str().cast("int64") * (1 + i % 4) for i, each in enumerate(characters)]
    return sum(weighed, ibis.literal(0, "int64")) % FOLDS


def _whole(part: ir.IntegerValue, of: ir.IntegerValue) -> ir.IntegerValue:
    """How often one number goes into another, without the rest; the same on every engine."""
    return ((part - part % of) / of).round().cast("int64")  # portable: exact; of is never 0


def _waited(seconds: ir.IntegerColumn) -> ir.StringValue:
    below = ((seconds < upto, name) for (_, name), (upto, _) in pairwise(WAITED))
    return ibis.cases((seconds.isnull(), NONE), *below, else_=WAITED[-1][1])


def _handlers(before: ir.IntegerColumn) -> ir.StringValue:
    return ibis.cases((before.isnull(), NONE), (before == 0, NO_HANDLERS), (before == 1, "1"), else_="2 or more")
