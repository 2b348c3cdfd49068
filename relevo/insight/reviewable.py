"""Which solved conversations of a week could be reviewed, and a random sample of them with the chance of each.

Strata are person, difficulty and channel: of each person some are drawn every week, spread over difficulty and channel,
and hard conversations twice as often as others, because there is more to learn from them. The chance of each is known,
so that a score can weigh them back.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

import ibis
import ibis.expr.types as ir
import numpy as np

from relevo.book.book import Book
from relevo.book.schema import Tables
from relevo.measures.estimators.systematic import chances, drawn

HARD, ORDINARY = "hard", "ordinary"
# Hard ones are drawn so much oftener; hard is the third of conversations whose kind takes the most answers.
WEIGHTS: Mapping[str, float] = {HARD: 2.0, ORDINARY: 1.0}
HARD_PART = 1 / 3
_LOOK_BACK = timedelta(days=90)
_NO_WORK = ("merged", "spam", "duplicate")

Cell = tuple[str | None, str]


@dataclass(frozen=True)
class Reviewable:
    """One conversation as the work of one person who answered in it; `authors` are all who did."""

    conversation_id: str
    customer_id: str | None
    person_id: str
    authors: frozenset[str]
    channel: str
    category: str | None
    band: str

    @property
    def stratum(self) -> tuple[str, str, str]:
        """Where it stands in the order along which is drawn."""
        return (self.band, self.channel, self.category or "")


@dataclass(frozen=True)
class Drawn:
    """One that was drawn, and the chance with which it could be."""

    unit: Reviewable
    chance: float


def solved(tables: Tables, begins: datetime, ends: datetime) -> ir.Table:
    """One row per conversation that was solved in a span and person who answered the customer in it."""
    rows = tables.conversation
    is_work = ~rows.close_reason.fill_null("").isin(_NO_WORK)
    talks = rows.filter((rows.resolved_at >= begins) & (rows.resolved_at < ends) & is_work)
    said = tables.message.filter(
        lambda t: (t.author_kind == "human") & t.is_public & t.author_id.notnull() & (t["at"] < ends)
    )
    replied = said.group_by("conversation_id", person_id=said.author_id).aggregate(replies=ibis._.count())
    both = replied.inner_join(talks, "conversation_id")
    told = both.select("conversation_id", "customer_id", "person_id", "channel", "category", "replies")
    return told.order_by("conversation_id", "person_id")


def effort(tables: Tables, begins: datetime, ends: datetime) -> ir.Table:
    """Per category and channel: how many conversations were solved in a span, and the answers that they took."""
    rows = solved(tables, begins, ends)
    return rows.group_by("category", "channel").aggregate(
        talks=rows.conversation_id.nunique(), replies=rows.replies.sum().cast("int64")
    )


def hard_cells(found: Iterable[tuple[str | None, str, int, int]]) -> frozenset[Cell]:
    """Categories and channels that take the most answers a conversation: a third of all conversations at the most."""
    cells = sorted(found, key=lambda each: (-each[3] / each[2], each[1], each[0] or ""))
    room, hard = HARD_PART * sum(each[2] for each in cells), set()
    for category, channel, talks, _ in cells:
        room -= talks
        if room < 0:
            break
        hard.add((category, channel))
    return frozenset(hard)


def reviewable(book: Book, begins: datetime, ends: datetime) -> list[Reviewable]:
    """Every conversation of a span that could be reviewed, once per person who answered; UTC as in books."""
    hard = hard_cells(book.run(effort(book.tables, ends - _LOOK_BACK, ends).select(*_EFFORT)).rows)
    rows = book.run(solved(book.tables, begins, ends)).dicts()
    found: list[Reviewable] = []
    for conversation, group in groupby(rows, key=lambda row: row["conversation_id"]):
        each = list(group)
        authors = frozenset(row["person_id"] for row in each)
        found += [
            Reviewable(
                conversation, row["customer_id"], row["person_id"], authors, row["channel"], row["category"],
                HARD if (row["category"], row["channel"]) in hard else ORDINARY,
            )
            for row in each
        ]  # fmt: skip
    return found


_EFFORT = ("category", "channel", "talks", "replies")


def sample(units: Sequence[Reviewable], per_person: int, seed: int) -> list[Drawn]:
    """So many of each person, spread over difficulty and channel; the same units and seed give the same sample."""
    rng, found = np.random.default_rng(seed), []
    ordered = sorted(units, key=lambda each: (each.person_id, each.conversation_id))
    for _, group in groupby(ordered, key=lambda each: each.person_id):
        mine = list(group)
        mixed = [mine[place] for place in rng.permutation(len(mine))]
        along = sorted(mixed, key=lambda each: each.stratum)
        chance = chances([WEIGHTS[each.band] for each in along], per_person)
        found += [Drawn(along[place], float(chance[place])) for place in drawn(chance, float(rng.random()))]
    return found
