"""conversation, message, conversation_event: what customers wrote and how it was answered, as tables."""

import numpy as np

from relevo.sources.demo.conversations import (
    AREAS,
    CATEGORIES,
    CHANNELS,
    CLOSE_REASONS,
    PHONE,
    PRIORITIES,
    SPAM,
    TIERS,
    Conversations,
    conversation_id,
)
from relevo.sources.demo.customers import LANGUAGES, Customers
from relevo.sources.demo.frame import DAY, HOUR, NONE, Flags, Frame, Ints
from relevo.sources.demo.people import person_id
from relevo.sources.demo.texts import ANSWERS, MORE_QUESTIONS, QUESTIONS, SUBJECTS, THANKS
from relevo.sources.demo.threads import BOT, CUSTOMER, HUMAN, Thread
from relevo.sources.demo.writer import Either, Id, Maybe, Moment, Where, Word, Writer

_TAGGED, _RETAGGED, _REPRIORITISED, _THANKS_REOPEN = 0.3, 0.04, 0.04, 0.4
_WRITTEN = 0.05
_AT_ONCE = 500_000
"""Rows of messages or events made at once, so that large companies need little memory."""

_KINDS = ("assigned", "group", "status", "escalated", "category", "priority", "reopened", "closed", "sla_applied")
ASSIGNED, GROUP, STATUS, ESCALATED, CATEGORY, PRIORITY, REOPENED, CLOSED, PROMISED = range(len(_KINDS))
_VALUES = (
    *CATEGORIES,
    *PRIORITIES,
    *CLOSE_REASONS,
    "priority_team",
    "open",
    "first_line",
    "specialists",
    "priority_1h",
)
_PRIORITY_AT = len(CATEGORIES)
_REASON_AT = _PRIORITY_AT + len(PRIORITIES)
_ESCALATED, _OPEN, _FIRST_LINE, _SPECIALISTS, _WITHIN = range(_REASON_AT + len(CLOSE_REASONS), len(_VALUES))


def write_talks(frame: Frame, customers: Customers, rows: Conversations, thread: Thread, out: Writer) -> None:
    """Write the conversations of a part with their messages and events."""
    tags = _Tags(frame, rows, thread)
    _conversation(frame, customers, rows, tags, out)
    if out.wants("message"):
        _messages(frame, rows, thread, out)
    if out.wants("conversation_event"):
        _events(frame, rows, thread, tags, out)


class _Tags:
    """Category and priority as first set and as they stand in the end; where they change, the holder changed them."""

    def __init__(self, frame: Frame, rows: Conversations, thread: Thread) -> None:
        rng, size = frame.stream("tags", rows.part), rows.size
        is_seen = (thread.holder >= 0) & (rows.resolved >= 0)
        other = (rows.category + rng.integers(1, len(CATEGORIES), size)) % len(CATEGORIES)
        self.is_known = rng.random(size) < 0.91
        self.is_retagged = self.is_known & is_seen & (rng.random(size) < _RETAGGED)
        self.category = np.where(self.is_retagged, other, rows.category)
        step = np.where(rows.priority == 0, 1, np.where(rows.priority == 3, -1, rng.choice((-1, 1), size)))
        self.is_moved = is_seen & (rng.random(size) < _REPRIORITISED)
        self.priority = rows.priority + np.where(self.is_moved, step, 0)


def _conversation(frame: Frame, customers: Customers, rows: Conversations, tags: _Tags, out: Writer) -> None:
    rng, size = frame.stream("conversation_table", rows.part), rows.size
    subject = rows.category * 3 + rng.integers(0, 3, size)
    out.add(
        "conversation",
        {
            "conversation_id": conversation_id(rows.number),
            "customer_id": Where(rows.reason != SPAM, Id("c", rows.who)),
            "contact_id": Where(rows.reason != SPAM, Id("k", rows.contact, 8)),
            "channel": Word(rows.channel, CHANNELS),
            "category": Where(tags.is_known, Word(tags.category, CATEGORIES)),
            "product_area": Where(tags.is_known, Word(rows.area, AREAS)),
            "priority": Word(tags.priority, PRIORITIES),
            "language": Word(customers.country[rows.who], LANGUAGES),
            "subject": Where(rows.channel != PHONE, Word(subject, SUBJECTS)),
            "opened_at": Moment(rows.opened),
            "resolved_at": Moment(rows.resolved),
            "closed_at": Moment(rows.closed),
            "close_reason": Word(rows.reason, CLOSE_REASONS),
            "assignee_id": person_id(rows.assignee),
            "tier": Word(rows.is_priority.astype(np.int64), TIERS),
            "escalated": rows.is_escalated,
            "csat_offered": rows.is_offered,
        },
        size,
    )


def _messages(frame: Frame, rows: Conversations, thread: Thread, out: Writer) -> None:
    """Few texts are written out: some questions and answers, half of the thanks, all that reopens."""
    rng = frame.stream("words", rows.part)
    for first in range(0, len(thread.row), _AT_ONCE):
        _some_messages(rng, rows, thread, slice(first, first + _AT_ONCE), out)


def _some_messages(rng: np.random.Generator, rows: Conversations, thread: Thread, cut: slice, out: Writer) -> None:
    row, at, kind, size = thread.row[cut], thread.at[cut], thread.kind[cut], len(thread.row[cut])
    human, customer = kind == HUMAN, kind == CUSTOMER
    thanks, again = customer & (at == thread.thanked[row]), customer & (at == thread.asked_again[row])
    drawn = rng.random(size)
    plain = (thread.turn[cut] < 2) & (kind != BOT) & (drawn < _WRITTEN)
    first = np.where(human, len(QUESTIONS), 0) + rows.category[row]
    closing = 2 * len(QUESTIONS) + rng.integers(0, len(THANKS), size)
    more = 2 * len(QUESTIONS) + len(THANKS) + rng.integers(0, len(MORE_QUESTIONS), size)
    words = (*QUESTIONS, *ANSWERS, *THANKS, *MORE_QUESTIONS)
    text = Word(np.where(thanks, closing, np.where(again, more, first)), words)
    writer = Id("k", np.where(customer, rows.contact[row], NONE), 8)
    out.add(
        "message",
        {
            "message_id": Id("m", thread.number[cut], 9),
            "conversation_id": conversation_id(rows.first_number + row),
            "at": Moment(at),
            "author_kind": Word(kind, ("customer", "human", "bot")),
            "author_id": Either(person_id(thread.author[cut]), writer),
            "is_public": thread.is_public[cut],
            "seconds_spent": Maybe(thread.seconds[cut], thread.seconds[cut] >= 0),
            "body": Where(plain | again | (thanks & (drawn < 0.5)), text),
        },
        size,
    )


def _events(frame: Frame, rows: Conversations, thread: Thread, tags: _Tags, out: Writer) -> None:
    """What the help desk logs, in order of kinds: what comes from rules has no author."""
    log = _EventLog(frame, rows, out)
    rng, size, first = frame.stream("events", rows.part), rows.size, thread.assigned
    held, picker, flat = first >= 0, thread.picker, np.zeros(rows.size, dtype=np.int64)
    log.all(PROMISED, rows.is_priority & held, rows.opened + 2, flat + _WITHIN)
    log.people(np.flatnonzero(held), first, flat + NONE, picker, np.where(thread.by_rule, NONE, picker))
    log.all(CATEGORY, held & tags.is_known & (rng.random(size) < _TAGGED), first + 40, rows.category, by=picker)
    log.all(PRIORITY, held & (rows.priority >= 2), first + 55, _PRIORITY_AT + rows.priority, by=picker)
    _passed(thread, log)
    log.all(
        ESCALATED, rows.is_escalated & held, (first + np.maximum(first, thread.last)) // 2, flat + _ESCALATED, by=picker
    )
    before, holder = rows.resolved - 1, thread.holder
    log.all(CATEGORY, tags.is_retagged, before, tags.category, rows.category, holder)
    moved = _PRIORITY_AT + rows.priority
    log.all(PRIORITY, tags.is_moved, before - 1, _PRIORITY_AT + tags.priority, moved, holder)
    _solved(rng, rows, thread, log)
    log.all(CLOSED, rows.closed >= 0, rows.closed, _REASON_AT + rows.reason)
    log.write()


def _passed(thread: Thread, log: "_EventLog") -> None:
    """Who gave a conversation to whom; what is hard goes to another group with it."""
    given = thread.handovers
    log.people(given.row, given.at, given.giver, given.taker, np.where(given.by_rule, NONE, given.giver))
    deeper = given.row[~given.by_rule & thread.is_hard[given.row]]
    at = given.at[~given.by_rule & thread.is_hard[given.row]]
    full = np.zeros(len(deeper), dtype=np.int64)
    giver = given.giver[~given.by_rule & thread.is_hard[given.row]]
    log.some(GROUP, deeper, at, full + _SPECIALISTS, full + _FIRST_LINE, giver)


def _solved(rng: np.random.Generator, rows: Conversations, thread: Thread, log: "_EventLog") -> None:
    """Solved, taken up again by a further question or by thanks that a rule takes for one, and solved again."""
    flat, by, reason = np.zeros(rows.size, dtype=np.int64), thread.holder, _REASON_AT + np.maximum(log.reasons, 0)
    log.all(STATUS, thread.solved_first >= 0, thread.solved_first, reason, flat + _OPEN, by)
    log.all(REOPENED, thread.asked_again >= 0, thread.asked_again, flat + _OPEN)
    log.all(
        STATUS, (rows.resolved >= 0) & (rows.resolved != thread.solved_first), rows.resolved, reason, flat + _OPEN, by
    )
    stirred = (thread.thanked >= 0) & (rows.resolved >= 0) & (rng.random(rows.size) < _THANKS_REOPEN)
    log.all(REOPENED, stirred, thread.thanked, flat + _OPEN)
    settled = thread.thanked + rng.integers(HOUR // 2, DAY, rows.size)
    log.all(STATUS, stirred & ((settled < rows.closed) | (rows.closed < 0)), settled, reason, flat + _OPEN, by)


class _EventLog:
    """Events of a part, kind by kind."""

    def __init__(self, frame: Frame, rows: Conversations, out: Writer) -> None:
        self.end, self.rows, self.out = frame.calendar.end_second, rows, out
        self.reasons = rows.reason
        self.kept: list[tuple[Ints, ...]] = []

    def all(
        self, kind: int, chosen: Flags, at: Ints, to: Ints, before: Ints | None = None, by: Ints | None = None
    ) -> None:
        """An event of those conversations that are chosen, from arrays over all of them."""
        pick = np.flatnonzero(chosen)
        nothing = np.full(len(pick), NONE)
        self.some(
            kind, pick, at[pick], to[pick],
            nothing if before is None else before[pick], nothing if by is None else by[pick],
        )  # fmt: skip

    def some(self, kind: int, row: Ints, at: Ints, to: Ints, before: Ints, by: Ints) -> None:
        """An event of each of these conversations, with words for what it was and what it is."""
        nobody = np.full(len(row), NONE)
        self._keep(kind, row, at, to, before, nobody, nobody, by)

    def people(self, row: Ints, at: Ints, giver: Ints, taker: Ints, by: Ints) -> None:
        """Conversations that somebody holds from now on; the arrays are over `row`, or over all conversations."""
        arrays = [a if len(a) == len(row) else a[row] for a in (at, giver, taker, by)]
        nothing = np.full(len(row), NONE)
        self._keep(ASSIGNED, row, arrays[0], nothing, nothing, arrays[2], arrays[1], arrays[3])

    def _keep(self, kind: int, row: Ints, at: Ints, *rest: Ints) -> None:
        inside = at < self.end
        columns = (np.full(len(row), kind), row, at, *rest)
        self.kept.append(tuple(column[inside] for column in columns))
        if sum(len(kept[0]) for kept in self.kept) > _AT_ONCE:
            self.write()

    def write(self) -> None:
        """Write what has been kept since the last time."""
        if not self.kept:
            return
        kind, row, at, to, before, taker, giver, by = (np.concatenate(c) for c in zip(*self.kept, strict=True))
        self.out.add(
            "conversation_event",
            {
                "event_id": Id("e", self.out.rows.get("conversation_event", 0) + np.arange(len(row)), 9),
                "conversation_id": conversation_id(self.rows.first_number + row),
                "at": Moment(at),
                "kind": Word(kind, _KINDS),
                "from_value": Either(person_id(giver), Word(before, _VALUES)),
                "to_value": Either(person_id(taker), Word(to, _VALUES)),
                "by_id": person_id(by),
            },
            len(row),
        )
        self.kept.clear()
