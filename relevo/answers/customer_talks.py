"""The conversations with one customer: when each opened, was first answered and was solved, by whom, and its rating."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from relevo.answers.customers import customer_card
from relevo.answers.holding import is_open, shown_name, until_of
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.book.book import Tables
from relevo.insight.one_customer import END_OF_DAY, ask_about, of_customer

PAGE = 50


@dataclass(frozen=True)
class TalkRow:
    """One conversation. `subject`, `comment` and `url` are None where the viewer may not read its words.

    One that is open on the book's day has no end, whatever came later. `score` is the last rating, of the kind `rating`
    with the highest score `best`. Times are UTC, without saying so.
    """

    conversation_id: str
    subject: str | None
    category: str | None
    channel: str
    opened_at: datetime
    first_reply_at: datetime | None
    resolved_at: datetime | None
    closed_at: datetime | None
    close_reason: str | None
    escalated: bool | None
    who: str | None
    rating: str | None
    score: int | None
    best: int | None
    comment: str | None
    url: str | None

    @property
    def first_reply(self) -> timedelta | None:
        """How long the customer waited for a person's first public answer; None where there is none yet."""
        return None if self.first_reply_at is None else self.first_reply_at - self.opened_at


@dataclass(frozen=True)
class Talks:
    """A page of conversations, latest first; `found` counts all of them, `open_now` those open on the book's day."""

    rows: tuple[TalkRow, ...]
    found: int
    open_now: int
    offset: int
    reads_conversations: bool
    timezone: str

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins; None on the last one."""
        shown = self.offset + len(self.rows)
        return shown if self.rows and shown < self.found else None


def customer_talks(reading: Reading, customer_id: str, offset: int = 0, limit: int | None = PAGE) -> Talks:
    """The conversations with a customer. NotFound where the viewer may not see it."""
    customer_card(reading, customer_id)
    book, until, names = reading.company_book, until_of(reading), names_of_people(reading)
    reads = reading.viewer.reads_conversations_of(customer_id)
    found = [t for t in ask_about(book, customer_id, _talks).dicts() if t["opened_at"] < until]
    replies: dict[str, datetime] = dict(ask_about(book, customer_id, _replies).rows)
    ratings = {r["conversation_id"]: r for r in ask_about(book, customer_id, _ratings).dicts()}
    end = None if limit is None else offset + limit
    rows = tuple(
        _row(t, replies.get(t["conversation_id"]), ratings.get(t["conversation_id"], {}), names, reads=reads)
        for t in found[offset:end]
    )
    still = sum(t["is_open"] for t in found)
    return Talks(rows, len(found), still, offset, reads, book.company.timezone)


def _row(
    talk: dict[str, Any], replied: datetime | None, rated: dict[str, Any], names: dict[str, str], *, reads: bool
) -> TalkRow:
    same = ("conversation_id", "category", "channel", "opened_at", "resolved_at", "closed_at", "close_reason")
    return TalkRow(
        subject=talk["subject"] if reads else None,
        escalated=talk["escalated"],
        first_reply_at=replied,
        who=shown_name(names, talk["assignee_id"]) if talk["assignee_id"] else None,
        rating=rated.get("kind"),
        score=rated.get("score"),
        best=rated.get("scale_max"),
        comment=rated.get("comment") if reads else None,
        url=talk["url"] if reads else None,
        **{name: talk[name] for name in same},
    )


def _talks(tables: Tables) -> ir.Table:
    mine = of_customer(tables.conversation)
    still = is_open(mine, END_OF_DAY)
    ends = {name: ibis.ifelse(still, ibis.null(), mine[name]) for name in ("resolved_at", "closed_at", "close_reason")}
    return mine.mutate(is_open=still, **ends).order_by(ibis.desc("opened_at"), "conversation_id")


def _replies(tables: Tables) -> ir.Table:
    """Per conversation the first answer by a person that the customer could read."""
    mine = of_customer(tables.conversation).select("conversation_id")
    said = tables.message.inner_join(mine, "conversation_id")
    answers = said.filter((said.author_kind == "human") & said.is_public)
    return answers.group_by("conversation_id").aggregate(first=lambda t: t["at"].min())


def _ratings(tables: Tables) -> ir.Table:
    """Ratings of conversations, the last one of each last."""
    mine = of_customer(tables.conversation).select("conversation_id")
    rated = tables.rating.inner_join(mine, "conversation_id")
    return rated.select("conversation_id", "kind", "score", "scale_max", "comment", "at").order_by("at")
