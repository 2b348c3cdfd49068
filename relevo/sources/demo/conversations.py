"""conversation, message, conversation_event: what customers wrote and how it was answered."""

from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.cast import Roster
from relevo.sources.demo.customer_tables import CONTACTS_MOST, contact_counts
from relevo.sources.demo.customers import LANGUAGES, SMB, Customers
from relevo.sources.demo.frame import DAY, HOUR, NONE, Flags, Frame, Ints, choose, choose_rows, known_until
from relevo.sources.demo.people import person_id
from relevo.sources.demo.service import Served
from relevo.sources.demo.texts import ANSWERS, QUESTIONS, SUBJECTS
from relevo.sources.demo.writer import Either, Id, Maybe, Moment, Same, Where, Word, Writer

CHANNELS = ("email", "chat", "web_form", "phone")
EMAIL, CHAT, FORM, PHONE = range(4)
CATEGORIES = ("how_to", "bug", "billing", "access", "integration", "feature_request", "data")
HOW_TO, BUG, BILLING, ACCESS, INTEGRATION, FEATURE, DATA = range(7)
AREAS = ("planning", "orders", "invoicing", "reports", "mobile", "api", "admin")
PRIORITIES = ("low", "normal", "high", "urgent")
CLOSE_REASONS = ("solved", "went_silent", "no_reply", "merged", "duplicate", "spam")
SOLVED, SILENT, NO_REPLY, MERGED, DUPLICATE, SPAM = range(6)
TIERS = ("standard", "priority")

_MONTHLY_RATE = np.array([2.25, 4.8, 10.5])
_RATE_SPREAD = 0.5
_EARLY_SHARE, _EARLY_DAYS = 0.16, 50
_CATEGORY_SHARES = np.array([[34, 17, 15, 14, 8, 7, 5], [27, 21, 9, 12, 14, 10, 7], [20, 24, 6, 10, 19, 12, 9]],
                            dtype=np.float64)  # fmt: skip
_CATEGORY_AREA = np.array([[30, 22, 8, 18, 12, 2, 8], [18, 20, 8, 14, 18, 16, 6], [0, 4, 70, 4, 0, 0, 22],
                           [4, 4, 4, 2, 16, 4, 66], [4, 12, 10, 6, 2, 62, 4], [24, 18, 6, 26, 14, 8, 4],
                           [8, 18, 12, 46, 2, 12, 2]], dtype=np.float64)  # fmt: skip
_HOURS_TO_SOLVE = np.array([4.5, 20.0, 8.0, 2.5, 26.0, 14.0, 18.0])
_CLOSE_SHARES = [86.0, 6, 3, 2.2, 1.4, 1.4]
_LOCAL_OFFSET = np.array([1, -6, -3, -5, 0, 1, 1, 8, 0, 1, -5, -4, 9, 2, -3, 1])


@dataclass(frozen=True)
class Conversations:
    """The conversations of one part; times are seconds, -1 where it has not happened."""

    part: int
    first_number: int
    who: Ints
    contact: Ints
    channel: Ints
    category: Ints
    area: Ints
    priority: Ints
    opened: Ints
    resolved: Ints
    closed: Ints
    reason: Ints
    duration: Ints
    assignee: Ints
    is_escalated: Flags
    is_offered: Flags
    leaves_at: Ints

    @property
    def size(self) -> int:
        """How many there are in the part."""
        return len(self.who)

    @property
    def number(self) -> Ints:
        """Conversation numbers, running through all parts."""
        return self.first_number + np.arange(self.size)


def conversation_id(number: Ints) -> Id:
    """How a conversation is named in every table."""
    return Id("v", number, 8)


def draw_conversations(
    frame: Frame, customers: Customers, served: Served, agents: Roster, first_number: int
) -> Conversations:
    """The conversations of one part of the customers."""
    rng = frame.stream("conversations", served.part)
    who, opened, leaves_at = _openings(rng, frame, customers, served)
    size, segment = len(who), customers.segment[who]
    category = choose_rows(rng, _CATEGORY_SHARES[segment])
    reason = choose(rng, _CLOSE_SHARES, size)
    hours = _HOURS_TO_SOLVE[category] * rng.lognormal(0, 1.05, size)
    duration = np.clip(hours * HOUR, 240, 60 * DAY).astype(np.int64)
    end = frame.calendar.end_second
    ends = np.where(reason == SPAM, opened + rng.integers(60, DAY, size), opened + duration)
    counted = np.isin(reason, (SOLVED, SILENT, NO_REPLY))
    closed = known_until(ends + np.where(counted, rng.integers(0, 4 * DAY, size), 0), end)
    month = frame.calendar.month(opened // DAY)
    assignee = np.where(rng.random(size) < 0.98, agents.pick(month, rng.random(size)), NONE)
    contacts = contact_counts(customers)[who]
    return Conversations(
        part=served.part, first_number=first_number, who=who, channel=_channel(rng, segment), category=category,
        contact=who * CONTACTS_MOST + (rng.random(size) * contacts).astype(np.int64),
        area=choose_rows(rng, _CATEGORY_AREA[category]), priority=choose(rng, [16.0, 64, 15, 5], size),
        opened=opened, resolved=np.where(counted, known_until(ends, end), NONE), closed=closed,
        reason=np.where(closed >= 0, reason, NONE), duration=duration, assignee=assignee,
        is_escalated=rng.random(size) < np.where(category == BUG, 0.12, 0.03),
        is_offered=counted & (rng.random(size) < 0.55), leaves_at=leaves_at,
    )  # fmt: skip


def _openings(rng: np.random.Generator, frame: Frame, customers: Customers, served: Served) -> tuple[Ints, Ints, Ints]:
    """Who wrote when: more in the first weeks, mostly in office hours of their country, rarely at weekends."""
    rate = _MONTHLY_RATE[customers.segment[served.who]] * rng.lognormal(
        -(_RATE_SPREAD**2) / 2, _RATE_SPREAD, len(served.who)
    )
    row = np.repeat(np.arange(len(served.who)), rng.poisson(rate * served.months))
    size = len(row)
    length = served.stop[row] - served.start[row]
    early = rng.random(size) < _EARLY_SHARE
    spot = rng.random(size) * np.where(early, np.minimum(length, _EARLY_DAYS * DAY), length)
    day = (served.start[row] + spot.astype(np.int64)) // DAY
    weekend = ((day + 3) % 7 >= 5) & (rng.random(size) < 0.82)
    day = day + np.where(weekend, rng.integers(2, 5, size), 0)
    local = np.clip(rng.normal(13.2, 3.1, size), 0.1, 23.9) - _LOCAL_OFFSET[customers.country[served.who[row]]]
    opened = day * DAY + (local * HOUR).astype(np.int64)
    kept = (opened >= served.start[row]) & (opened < served.stop[row]) & (opened < frame.calendar.end_second)
    order = np.flatnonzero(kept)
    row, opened = row[order], opened[order]
    return served.who[row], opened, np.where(served.leaves[row] == 1, served.stop[row], NONE)


def _channel(rng: np.random.Generator, segment: Ints) -> Ints:
    shares = np.array([[46, 34, 16, 4], [54, 26, 14, 6], [62, 14, 12, 12]], dtype=np.float64)
    return choose_rows(rng, shares[segment])


def write_conversations(frame: Frame, customers: Customers, rows: Conversations, out: Writer) -> None:
    """Write the conversations of a part with their messages and events."""
    _conversation(frame, customers, rows, out)
    if out.wants("message"):
        _messages(frame, rows, out)
    if out.wants("conversation_event"):
        _events(frame, rows, out)


def _conversation(frame: Frame, customers: Customers, rows: Conversations, out: Writer) -> None:
    rng, size = frame.stream("conversation_table", rows.part), rows.size
    known = rng.random(size) < 0.91
    subject = rows.category * 3 + rng.integers(0, 3, size)
    out.add(
        "conversation",
        {
            "conversation_id": conversation_id(rows.number),
            "customer_id": Where(rows.reason != SPAM, Id("c", rows.who)),
            "contact_id": Where(rows.reason != SPAM, Id("k", rows.contact, 8)),
            "channel": Word(rows.channel, CHANNELS),
            "category": Where(known, Word(rows.category, CATEGORIES)),
            "product_area": Where(known, Word(rows.area, AREAS)),
            "priority": Word(rows.priority, PRIORITIES),
            "language": Word(customers.country[rows.who], LANGUAGES),
            "subject": Where(rows.channel != PHONE, Word(subject, SUBJECTS)),
            "opened_at": Moment(rows.opened),
            "resolved_at": Moment(rows.resolved),
            "closed_at": Moment(rows.closed),
            "close_reason": Word(rows.reason, CLOSE_REASONS),
            "assignee_id": person_id(rows.assignee),
            "tier": Word((customers.segment[rows.who] != SMB).astype(np.int64), TIERS),
            "escalated": rows.is_escalated,
            "csat_offered": rows.is_offered,
        },
        size,
    )


def message_counts(rng: np.random.Generator, rows: Conversations) -> Ints:
    """How many messages each conversation has: one for spam, else a question, an answer and what follows."""
    more = rng.geometric(np.where(rows.category == HOW_TO, 0.62, 0.46)) - 1
    return np.where(np.isin(rows.reason, (SPAM, NO_REPLY)), 1, 2 + np.minimum(more, 9))


def _messages(frame: Frame, rows: Conversations, out: Writer) -> None:
    """Customer and agent in turn, the bot first on some chats, now and then a note that only the team sees."""
    rng = frame.stream("messages", rows.part)
    counts = message_counts(rng, rows)
    row = np.repeat(np.arange(rows.size), counts)
    turn = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = turn / np.maximum(counts[row] - 1, 1)
    at = rows.opened[row] + (rows.duration[row] * share**1.2).astype(np.int64)
    kept = np.flatnonzero((at < frame.calendar.end_second) & ((rows.assignee[row] >= 0) | (turn == 0)))
    row, turn, at = row[kept], turn[kept], at[kept]
    size = len(row)
    number = out.rows.get("message", 0) + np.arange(size)
    bot = (turn == 1) & (rows.channel[row] == CHAT) & (rng.random(size) < 0.3)
    human = (turn % 2 == 1) & ~bot
    kind = np.where(human, 1, np.where(bot, 2, 0))
    written = (turn < 2) & ~bot & (rng.random(size) < 0.05)
    body = rows.category[row] * 2 + turn % 2
    out.add(
        "message",
        {
            "message_id": Id("m", number, 9),
            "conversation_id": conversation_id(rows.first_number + row),
            "at": Moment(at),
            "author_kind": Word(kind, ("customer", "human", "bot")),
            "author_id": Either(
                person_id(np.where(human, rows.assignee[row], NONE)),
                Id("k", np.where(human | bot, NONE, rows.contact[row]), 8),
            ),
            "is_public": ~(human & (turn > 1) & (rng.random(size) < 0.07)),
            "seconds_spent": Maybe(rng.lognormal(5.1, 0.7, size).astype(np.int64), human & (rng.random(size) < 0.7)),
            "body": Where(written, Word(body, [t for pair in zip(QUESTIONS, ANSWERS, strict=True) for t in pair])),
        },
        size,
    )


_EVENT_VALUES = (*CATEGORIES, *PRIORITIES, *CLOSE_REASONS, "priority_team", "open")
_PRIORITY_AT = len(CATEGORIES)
_REASON_AT = _PRIORITY_AT + len(PRIORITIES)
_ESCALATED = _REASON_AT + len(CLOSE_REASONS)
_REOPENED = _ESCALATED + 1
_EVENT_KINDS = ("assigned", "category", "priority", "escalated", "status", "reopened", "closed")


def _events(frame: Frame, rows: Conversations, out: Writer) -> None:
    """What the help desk logs: assignment, category, escalation, reopening, solving and closing."""
    rng, size, end = frame.stream("events", rows.part), rows.size, frame.calendar.end_second
    soon = rows.opened + rng.integers(20, 900, size)
    again = known_until(np.where(rows.resolved >= 0, rows.resolved + rng.integers(HOUR, 3 * DAY, size), end), end)
    reopens = (rows.resolved >= 0) & (again >= 0) & (again < rows.closed) & (rng.random(size) < 0.12)
    flat = np.zeros(size, dtype=np.int64)
    groups: tuple[tuple[Flags, Ints, Ints], ...] = (
        (rows.assignee >= 0, soon, flat + NONE),
        (rng.random(size) < 0.3, soon + 40, rows.category),
        (rows.priority >= 2, soon + 55, _PRIORITY_AT + rows.priority),
        (rows.is_escalated, rows.opened + rows.duration // 2, flat + _ESCALATED),
        (rows.resolved >= 0, rows.resolved, flat + _REASON_AT),
        (reopens, again, flat + _REOPENED),
        (rows.closed >= 0, rows.closed, _REASON_AT + rows.reason),
    )
    kept = [np.flatnonzero(flag & (at < end)) for flag, at, _ in groups]
    kind = np.repeat(np.arange(len(groups)), [len(k) for k in kept])
    at = np.concatenate([group[1][k] for group, k in zip(groups, kept, strict=True)])
    value = np.concatenate([group[2][k] for group, k in zip(groups, kept, strict=True)])
    _write_events(rows, np.concatenate(kept), kind, at, value, out)


def _write_events(rows: Conversations, row: Ints, kind: Ints, at: Ints, value: Ints, out: Writer) -> None:
    """Assignments name the person they go to; what an agent does names the agent."""
    assigned, by_agent = kind == 0, (kind >= 1) & (kind <= 4)
    out.add(
        "conversation_event",
        {
            "event_id": Id("e", out.rows.get("conversation_event", 0) + np.arange(len(row)), 9),
            "conversation_id": conversation_id(rows.first_number + row),
            "at": Moment(at),
            "kind": Word(kind, _EVENT_KINDS),
            "from_value": Where(kind == 4, Same("open")),
            "to_value": Either(
                person_id(np.where(assigned, rows.assignee[row], NONE)),
                Word(value, _EVENT_VALUES),
            ),
            "by_id": person_id(np.where(by_agent, rows.assignee[row], NONE)),
        },
        len(row),
    )
