"""Channels of a year: what customers began on each, what came of it, how long it took and what they said (row S3-60).

Demand is what was begun, failed attempts included. Of a channel that does not exist nobody can know the demand.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import ibis.expr.types as ir
import numpy as np

from relevo.base.scales import STATED, Answer, Tally
from relevo.book.book import Book
from relevo.insight.talks import channel_rows as rows_of
from relevo.measures.asking import ask as ask_book
from relevo.measures.asking import frame_of
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask, Frame, Record
from relevo.measures.estimators.happiness_score import Score, score
from relevo.measures.intervals import wilson
from relevo.measures.slices import NONE
from relevo.measures.support.cover import COVER, Numbers, demand, minutes_of_week
from relevo.measures.support.effort import cell_of, effort_of, finished
from relevo.measures.support.quantiles import quantile

MONTHS = 12
MINUTES_A_WEEK = 7 * 24 * 60
NOBODY = Tally(0, 0, 0)
Interval = tuple[float | None, float | None]


@dataclass(frozen=True)
class Channel:
    """A channel over twelve months, as it stood when they ended.

    `begun` by customers, of which `open` had no end yet, `unanswered` were closed without any answer, `given_up` were
    left by the customer before one, `silent` were left after one, and `bot_alone` ended with a bot's answer alone, of
    which nobody knows whether it helped. `late` of `due` promised first answers came late or are overdue; None where
    nothing is promised. Of `asked` questions it is known whether anybody was there; `unattended` came while nobody was.
    `wait_s` and `open_hours_s` are medians in seconds; `replies` and `minutes` are per conversation, minutes expected.
    None is not known.
    """

    name: str
    customers: int
    begun: int
    open: int
    unanswered: int
    given_up: int
    silent: int
    bot_alone: int
    due: int
    late: int | None
    asked: int
    unattended: int
    wait_s: int | None
    open_hours_s: int | None
    replies: float | None
    minutes: float | None
    ease: Tally
    happy: Tally

    @property
    def failed(self) -> int:
        """Attempts that came to nothing: closed without any answer, given up, or gone silent."""
        return self.unanswered + self.given_up + self.silent

    @property
    def failed_share(self) -> float | None:
        """Their part of what was begun."""
        return share(self.failed, self.begun)

    @property
    def failed_interval(self) -> Interval:
        """The 95 % interval of that part (Wilson 1927)."""
        return wilson(self.failed, self.begun)

    @property
    def happiness(self) -> Score:
        """Share of great less share of not good in points, with its interval."""
        return score(self.happy.great, self.happy.okay, self.happy.not_good)

    @property
    def easy_share(self) -> float | None:
        """The part of those who answered about effort that found it easy; None where nobody was asked."""
        return share(self.ease.great, self.ease.n)


@dataclass(frozen=True)
class Year:
    """The channels of the twelve months that end with `last`, the most used first; `first` is the first of them.

    `left_out` counts merged ones, duplicates and spam. `ease_elsewhere` are answers about effort that name no
    conversation, so that no channel has them.
    """

    first: int
    last: int
    channels: tuple[Channel, ...]
    left_out: int
    ease_elsewhere: Tally

    @property
    def begun(self) -> int:
        """Everything that customers began."""
        return sum(each.begun for each in self.channels)

    @property
    def failed(self) -> int:
        """Everything of it that came to nothing."""
        return sum(each.failed for each in self.channels)


def share(part: int, whole: int) -> float | None:
    """A part of a whole; None where the whole is nothing."""
    return part / whole if whole else None


def year_of(book: Book, last: int, assumptions: Assumptions | None = None) -> Year:
    """The channels of the twelve months that end with month `last`, with what the house promised."""
    frame = _frame(book, last, assumptions)
    fates: dict[str, dict[str, int]] = {}
    for row in _rows(book, rows_of.fates(book.tables, frame)):
        fates.setdefault(row["named"], {})[row["fate"]] = int(row["n"])
    ease = _ease(_rows(book, rows_of.efforts(book.tables, frame)))
    beside = _beside(book, frame)
    channels = [_channel(name, found, beside, ease) for name, found in fates.items() if _begun(found)]
    return Year(
        first=last - MONTHS + 1,
        last=last,
        channels=tuple(sorted(channels, key=lambda each: (-each.begun, each.name))),
        left_out=sum(found.get(rows_of.LEFT_OUT, 0) for found in fates.values()),
        ease_elsewhere=ease.get(None, NOBODY),
    )


def first_month_of(book: Book) -> int | None:
    """The month in which the first conversation of the book began; None without one."""
    month = book.run(rows_of.known_from(book.tables)).rows[0][0]
    return None if month is None else int(month)


def asked_by_minute(book: Book, last: int) -> Numbers:
    """How many customers began to wait in each minute of the week on the company's clock, over twelve months."""
    frame, found = _frame(book, last, None), np.zeros(MINUTES_A_WEEK, dtype=np.int64)
    rows = _rows(book, demand(book.tables, frame))
    if rows:
        at, n = (np.array([int(row[name]) for row in rows], dtype=np.int64) for name in ("minute_s", "asked"))
        np.add.at(found, minutes_of_week(at, frame.timezone), n)
    return found


def _frame(book: Book, last: int, assumptions: Assumptions | None) -> Frame:
    """Twelve months, asked on the last day of the last of them."""
    question = Ask(months=MONTHS, last=last, assumptions=assumptions or Assumptions())
    return replace(frame_of(book, COVER.card, question), ends=(last,))


def _rows(book: Book, expression: ir.Table) -> list[Record]:
    return book.run(expression).dicts()


@dataclass(frozen=True)
class _Beside:
    """By channel what stands beside the counts."""

    customers: Mapping[str, int]
    promised: Mapping[str, Record]
    waits: Mapping[str, Record]
    open_hours: Mapping[str, Record]
    cover: Mapping[str, tuple[int, int]]
    replies: Mapping[str, float]
    minutes: Mapping[str, float]
    votes: Mapping[str | None, Tally]


def _beside(book: Book, frame: Frame) -> _Beside:
    tables, has_promises = book.tables, bool(frame.assumptions.response_promises)
    replies, minutes = _work(book, frame)
    return _Beside(
        customers={r["named"]: int(r["customers"]) for r in _rows(book, rows_of.customers(tables, frame))},
        promised=_named(_rows(book, rows_of.promised(tables, frame))) if has_promises else {},
        waits=_named(_rows(book, rows_of.waited(tables, frame, "waited_s"))),
        open_hours=_named(_rows(book, rows_of.waited(tables, frame, "business_s"))),
        cover=_cover(book, frame.ends[0]),
        replies=replies,
        minutes=minutes,
        votes=_votes(_rows(book, rows_of.votes(tables, frame))),
    )


def _named(rows: Sequence[Record]) -> dict[str, Record]:
    return {row["named"]: row for row in rows}


def _cover(book: Book, last: int) -> dict[str, tuple[int, int]]:
    """By channel the questions of which it is known whether anybody was there, and those while nobody was."""
    found: dict[str, tuple[int, int]] = {}
    for row in ask_book(book, COVER.card.name, Ask(by="channel", months=MONTHS, last=last)).rows:
        known, covered = found.get(row["channel"], (0, 0)), row["covered"] or 0
        found[row["channel"]] = (known[0] + row["n"], known[1] + row["n"] - covered)
    return found


def _work(book: Book, frame: Frame) -> tuple[dict[str, float], dict[str, float]]:
    """By channel the replies per conversation of which messages are known, and the expected minutes of each."""
    cells = _rows(book, rows_of.cells(book.tables, frame))
    effort = effort_of(_rows(book, finished(book.tables, frame)), [cell_of(row) for row in cells])
    told: dict[str, int] = {}
    n: dict[str, int] = {}
    minutes: dict[str, float] = {}
    for row in cells:
        name = row["channel"] or NONE
        told[name], n[name] = told.get(name, 0) + int(row["told"]), n.get(name, 0) + int(row["n"])
        minutes[name] = minutes.get(name, 0.0) + int(row["n"]) * effort.minutes.get(cell_of(row), effort.overall)
    said = {row["named"]: int(row["replies"]) for row in _rows(book, rows_of.replied(book.tables, frame))}
    replies = {name: said.get(name, 0) / of for name, of in told.items() if of}
    return replies, {name: whole / n[name] for name, whole in minutes.items()} if effort.minutes else {}


def _votes(rows: Sequence[Record]) -> dict[str | None, Tally]:
    counts = [(row["named"], Answer(row["answer"]), int(row["n"])) for row in rows]
    return _tallies(counts)


def _ease(rows: Sequence[Record]) -> dict[str | None, Tally]:
    """Answers about effort in three steps, by channel."""
    stated = [(row, STATED.get((rows_of.EFFORT, row["scale_max"]))) for row in rows]
    read = [(row["named"], scale.answer(int(row["score"])), int(row["n"])) for row, scale in stated if scale]
    return _tallies([(name, answer, n) for name, answer, n in read if answer is not None])


def _tallies(counts: Sequence[tuple[str | None, Answer, int]]) -> dict[str | None, Tally]:
    sums: dict[str | None, dict[str, int]] = {}
    for name, answer, n in counts:
        mine = sums.setdefault(name, {each.value: 0 for each in Answer})
        mine[answer.value] += n
    return {name: Tally(**mine) for name, mine in sums.items()}


def _begun(fates: Mapping[str, int]) -> int:
    return sum(n for fate, n in fates.items() if fate != rows_of.LEFT_OUT)


def _channel(name: str, fates: Mapping[str, int], beside: _Beside, ease: Mapping[str | None, Tally]) -> Channel:
    due, cover = beside.promised.get(name), beside.cover.get(name, (0, 0))
    return Channel(
        name=name,
        customers=beside.customers.get(name, 0),
        begun=_begun(fates),
        open=fates.get(rows_of.STILL_OPEN, 0),
        unanswered=fates.get(rows_of.UNANSWERED, 0),
        given_up=fates.get(rows_of.GIVEN_UP, 0),
        silent=fates.get(rows_of.WENT_SILENT, 0),
        bot_alone=fates.get(rows_of.BOT_ALONE, 0),
        due=int(due["due"]) if due else 0,
        late=int(due["late"]) if due and due["due"] else None,
        asked=cover[0],
        unattended=cover[1],
        wait_s=quantile(beside.waits.get(name), "half"),
        open_hours_s=quantile(beside.open_hours.get(name), "half"),
        replies=beside.replies.get(name),
        minutes=beside.minutes.get(name),
        ease=ease.get(name, NOBODY),
        happy=beside.votes.get(name, NOBODY),
    )
