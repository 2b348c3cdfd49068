"""Whom to call back: solved, and not happy all the same, the newest first.

Votes that came through links are read from the Desk, so that one is listed as soon as it is given; all else stands as
of the book. A later vote that is better takes a conversation off the list.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from relevo.answers.identity import ids_now
from relevo.answers.reading import Reading
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.voices.lines import About, abouts, conversations_of, is_seen, reads
from relevo.base.periods import day_in
from relevo.base.scales import Answer
from relevo.book.book import Book
from relevo.book.remembering import Remembered
from relevo.desk.voices.votes import KeptVote, votes_since, withdrawn_ids
from relevo.insight.voices.unhappy import detractors, unhappy_votes

PAGE, WINDOW, WEEKS = 25, timedelta(days=60), 8
# Reason and comment by rating.
_Words = Mapping[str, tuple[str | None, str | None]]
_ROWS: Remembered[tuple["Voice", ...]] = Remembered(4)
_WORDS: Remembered[_Words] = Remembered(64)


@dataclass(frozen=True)
class Voice:
    """One vote that was not good; times in UTC. `resolved_at` is None where the book does not know an end yet."""

    rating_id: str
    kind: str
    customer_id: str
    conversation_id: str
    at: datetime
    resolved_at: datetime | None
    is_here: bool
    reason: str
    comment: str


@dataclass(frozen=True)
class CallBackLine:
    """A customer to call back: what was rated when and how, and of whom and what it is.

    `is_here` says that the vote came through a link; `reason` and `comment` are None where the viewer may not read it.
    """

    rating_id: str
    kind: str
    at: datetime
    resolved_at: datetime | None
    is_here: bool
    reason: str | None
    comment: str | None
    about: About


@dataclass(frozen=True)
class CallBackPage:
    """One page of the list, newest first; `found` counts it all, of the last 60 days of book and Desk.

    `weeks` are the last eight, by their Monday, with how many votes of the list were given in each.
    """

    stamp: Stamp
    rows: tuple[CallBackLine, ...]
    found: int
    offset: int
    weeks: tuple[tuple[date, int], ...]

    @property
    def next_offset(self) -> int | None:
        """Where the next page begins; None on the last one."""
        shown = self.offset + len(self.rows)
        return shown if self.rows and shown < self.found else None


def call_back(reading: Reading, now: datetime, offset: int = 0, limit: int = PAGE) -> CallBackPage:
    """Customers in sight who are unhappy though their conversation is solved. NotReady before the first book."""
    voices = _seen(reading, now)
    shown = voices[offset : offset + limit]
    words = _words(reading, shown)
    about = abouts(reading, ((v.customer_id, v.conversation_id) for v in shown))
    rows = tuple(_line(reading, v, about[v.customer_id, v.conversation_id], words) for v in shown)
    return CallBackPage(stamp(reading), rows, len(voices), offset, _weeks(reading, voices))


def _seen(reading: Reading, now: datetime) -> list[Voice]:
    """Every vote on the list that the viewer may see, newest first."""
    here = _latest(votes_since(now - WINDOW))
    loaded = [v for v in _of_book(reading.company_book) if not _is_overtaken(v, here)]
    gone = withdrawn_ids([v.rating_id for v in loaded])
    voices = [*(v for v in loaded if v.rating_id not in gone), *_of_desk(reading, here)]
    return sorted(
        (v for v in voices if is_seen(reading, v.customer_id)), key=lambda v: (v.at, v.rating_id), reverse=True
    )


def _of_book(book: Book) -> tuple[Voice, ...]:
    """The votes of the book that are on the list; looked up once per book."""
    since = book.until - WINDOW

    def look_up() -> tuple[Voice, ...]:
        tables = book.tables
        rows = [*book.run(unhappy_votes(tables, since, book.until)).dicts(),
                *book.run(detractors(tables, since, book.until)).dicts()]  # fmt: skip
        return tuple(_loaded(row) for row in rows)

    return _ROWS.get(book, "unhappy", look_up)


def _loaded(row: Mapping[str, Any]) -> Voice:
    return Voice(
        row["rating_id"], row["kind"], row["customer_id"] or "", row["conversation_id"], row["at"].replace(tzinfo=UTC),
        row["resolved_at"].replace(tzinfo=UTC), False, "", "",
    )  # fmt: skip


def _latest(votes: tuple[KeptVote, ...]) -> dict[str, KeptVote]:
    """The last vote of each conversation; they come newest first."""
    found: dict[str, KeptVote] = {}
    for vote in votes:
        found.setdefault(vote.conversation_id, vote)
    return found


def _is_overtaken(voice: Voice, here: Mapping[str, KeptVote]) -> bool:
    """Whether the Desk has this vote, or a later one on the same conversation."""
    vote = here.get(voice.conversation_id)
    return vote is not None and voice.kind != "nps" and vote.at >= voice.at


def _of_desk(reading: Reading, here: Mapping[str, KeptVote]) -> list[Voice]:
    """Votes through links that are not good: on what the book knows as solved, and on what it cannot know yet."""
    bad = {key: vote for key, vote in here.items() if vote.answer is Answer.NOT_GOOD}
    talks, now_known, until = conversations_of(reading, bad.keys()), ids_now(reading), reading.company_book.until
    found = []
    for key, vote in bad.items():
        talk = talks.get(key, {})
        resolved = talk.get("resolved_at")
        resolved = resolved if resolved is not None and resolved < until else None
        if talk and resolved is None and _naive(vote.at) < until:
            continue
        customer = talk.get("customer_id") or now_known.get(vote.customer_id, vote.customer_id)
        ended = resolved.replace(tzinfo=UTC) if resolved else None
        found.append(
            Voice(vote.rating_id, "happiness", customer, key, vote.at, ended, True, vote.reason, vote.comment)
        )  # fmt: skip
    return found


def _words(reading: Reading, shown: list[Voice]) -> _Words:
    """Reason and comment of loaded votes, by id; those of the Desk come with them."""
    ids = tuple(sorted(v.rating_id for v in shown if not v.is_here))
    return _WORDS.get(reading.company_book, ids, lambda: _look_up(reading.company_book, ids)) if ids else {}


def _look_up(book: Book, ids: Sequence[str]) -> _Words:
    rows = book.tables.rating.filter(lambda t: t.rating_id.isin(ids)).select("rating_id", "reason", "comment")
    return {key: (reason, comment) for key, reason, comment in book.run(rows).rows}


def _line(reading: Reading, voice: Voice, about: About, words: _Words) -> CallBackLine:
    reason, comment = words.get(voice.rating_id, (voice.reason or None, voice.comment or None))
    may_read = reads(reading, voice.customer_id)
    return CallBackLine(
        voice.rating_id, voice.kind, voice.at, voice.resolved_at, voice.is_here, reason if may_read else None,
        comment if may_read else None, about,
    )  # fmt: skip


def _weeks(reading: Reading, voices: list[Voice]) -> tuple[tuple[date, int], ...]:
    """The weeks up to the book's day, or to the last vote that came since."""
    zone = reading.company_book.company.timezone
    days = [day_in(_naive(v.at), zone) for v in voices]
    last = max([*days, reading.company_book.as_of])
    monday = last - timedelta(days=last.weekday())
    begins = [monday - timedelta(weeks=back) for back in reversed(range(WEEKS))]
    return tuple((first, sum(first <= day < first + timedelta(days=7) for day in days)) for first in begins)


def _naive(at: datetime) -> datetime:
    """An instant as the book's tables have it: UTC without saying so."""
    return at.replace(tzinfo=None)
