"""One review: the conversation, the rubric, what was found, and what may be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from relevo.answers.reading import Reading
from relevo.answers.relay.acting import person_names
from relevo.answers.reviews.mine import ReviewLine
from relevo.answers.reviews.sight import is_mine, reads_talk, review_seen
from relevo.desk.reviews.kept import KeptReview
from relevo.desk.reviews.rules import rubric_for
from relevo.measures.rubric import Criterion

MOST_MESSAGES = 200


@dataclass(frozen=True)
class Said:
    """One message of the conversation; `name` is that of a colleague, '' for the customer and for machines.

    `is_reviewed` says whether the person whose work is reviewed wrote it.
    """

    at: datetime
    author: str
    name: str
    text: str
    is_public: bool
    is_reviewed: bool


@dataclass(frozen=True)
class ToldReply:
    """What somebody said to the review."""

    name: str
    text: str
    at: datetime


@dataclass(frozen=True)
class ReviewOne:
    """One review. `rubric` is what it is judged by: that of the day it was made, or the one in force.

    `messages` is None where the viewer may not read the conversation. `may_score`, `may_reply` and `may_give_back` say
    what the viewer may do now; `revision` is what the viewer saw.
    """

    line: ReviewLine
    conversation_id: str
    rubric: tuple[Criterion, ...]
    marks: Mapping[str, int | None]
    note: str
    was_hard: bool | None
    revision: int
    is_open: bool
    replies: tuple[ToldReply, ...]
    subject: str | None
    messages: tuple[Said, ...] | None
    may_score: bool
    may_reply: bool
    may_give_back: bool


def review_one(reading: Reading, key: int, on: date) -> ReviewOne:
    """One review as of a day; NotFound where the viewer may not see it."""
    kept, names = review_seen(reading, key), person_names(reading)
    makes, is_about = is_mine(reading, kept.reviewer_id), is_mine(reading, kept.person_id)
    reads = reads_talk(reading, kept)
    return ReviewOne(
        line=ReviewLine.of(kept, names),
        conversation_id=kept.conversation_id,
        rubric=rubric_for(kept, on),
        marks=kept.marks,
        note=kept.note,
        was_hard=kept.was_hard,
        revision=kept.revision,
        is_open=kept.is_open,
        replies=tuple(ToldReply(names.get(r.person_id, r.person_id), r.text, r.at) for r in kept.replies),
        subject=_subject(reading, kept) if reads else None,
        messages=_messages(reading, kept, names) if reads else None,
        may_score=makes and not kept.replies and not (kept.is_pair and kept.is_open),
        may_reply=kept.is_open and (makes or is_about),
        may_give_back=makes and kept.done_at is None,
    )


def _subject(reading: Reading, kept: KeptReview) -> str | None:
    book = reading.company_book
    rows = book.tables.conversation
    found = book.run(rows.filter(rows.conversation_id == kept.conversation_id).select("subject")).rows
    return found[0][0] if found else None


def _messages(reading: Reading, kept: KeptReview, names: Mapping[str, str]) -> tuple[Said, ...]:
    """What was said, in order, up to the book's day; what machines note is left out."""
    book = reading.company_book
    rows = book.tables.message
    mine = rows.filter((rows.conversation_id == kept.conversation_id) & (rows.author_kind != "system"))
    told = mine.select("at", "author_kind", "author_id", "body", "is_public", "message_id")
    until = book.until
    return tuple(
        Said(at.replace(tzinfo=UTC), kind, names.get(author or "", "") if kind == "human" else "", body or "", public,
             kind == "human" and author == kept.person_id)
        for at, kind, author, body, public, _ in book.run(told.order_by("at", "message_id").limit(MOST_MESSAGES)).rows
        if at < until
    )  # fmt: skip
