"""What is written in each conversation and by whom, from the question to the end: waits, picks, hand-overs, answers."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from relevo.sources.demo.conversations import CHAT, HOW_TO, NO_REPLY, PHONE, SOLVED, SPAM, Conversations
from relevo.sources.demo.desk import EASY, HARD, OTHERS, PICKS, Desk
from relevo.sources.demo.desk_hours import on_shift
from relevo.sources.demo.frame import DAY, HOUR, NONE, Flags, Floats, Frame, Ints, known_until
from relevo.sources.demo.truths import overload, p04_brave, p05_one_carries, p16_complexity

CUSTOMER, HUMAN, BOT = range(3)
_WAIT, _WAIT_PRIORITY = 4.0 * HOUR, 0.42 * HOUR
"""Mean wait of a question until it is picked, by the clock of the desk and by that of the priority tier."""
_NEXT, _NEXT_PRIORITY = 1.4 * HOUR, 0.4 * HOUR
"""Mean wait of what a customer writes later, by the clock of the holder's pod and by that of the priority tier."""
_COLLEAGUE, _BOT, _STAYS_WITH_BOT = 0.05, 0.3, 0.3
_UNWRITTEN, _GOES_ON, _REOPENS = 0.15, 0.6, 0.07
_NOTE, _MEASURED = 0.07, 0.7
_HARD_SECONDS, _EASY_SECONDS = 1.7, 0.8
_LAST = 63


@dataclass(frozen=True)
class Handovers:
    """Changes of who holds a conversation after the first; a rule made those by nobody."""

    row: Ints
    at: Ints
    giver: Ints
    taker: Ints
    by_rule: Flags


@dataclass(frozen=True)
class Thread:
    """The messages of a part in order, and what happened to its conversations; times are seconds, -1 for never."""

    first_number: int
    row: Ints
    turn: Ints
    at: Ints
    kind: Ints
    author: Ints
    is_public: Flags
    seconds: Ints
    is_hard: Flags
    points: Floats
    picked: Ints
    assigned: Ints
    by_rule: Flags
    picker: Ints
    holder: Ints
    handovers: Handovers
    solved_first: Ints
    asked_again: Ints
    thanked: Ints
    solved: Ints
    last: Ints

    @property
    def number(self) -> Ints:
        """Message numbers, running through all parts."""
        return self.first_number + np.arange(len(self.row))


class _Log:
    """Rows collected turn by turn, as columns that are joined once and given away."""

    def __init__(self, width: int) -> None:
        self.parts: list[list[Ints]] = [[np.zeros(0, dtype=np.int64)] for _ in range(width)]

    def add(self, *columns: Ints) -> None:
        for part, column in zip(self.parts, columns, strict=True):
            part.append(column)

    def keys(self) -> Ints:
        """Numbers by which rows are in order of conversation and turn: the first two columns in one."""
        return np.asarray(np.concatenate(self.parts[0]) * (_LAST + 1) + np.concatenate(self.parts[1]), dtype=np.int64)

    def take(self, order: Ints | None = None) -> Iterator[Ints]:
        """The columns, one after the other, so that no more than two of each are in memory."""
        for part in self.parts:
            whole = np.concatenate(part).astype(np.int64, copy=False)
            part.clear()
            yield whole if order is None else whole[order]


class _Writing:
    """The conversations of a part while they are written, one turn of all of them after the other."""

    def __init__(self, frame: Frame, desk: Desk, rows: Conversations) -> None:
        self.frame, self.desk, self.rows = frame, desk, rows
        self.rng = frame.stream("threads", rows.part)
        self.end = frame.calendar.end_second
        self.points = p04_brave.difficulty(rows.category, rows.priority, rows.channel, rows.is_priority)
        self.is_hard = self.points >= p04_brave.HARD
        self._plan()
        self.log, self.given = _Log(5), _Log(5)
        self.prev = rows.opened.copy()
        self._pick()
        self.holder = self.picker.copy()

    def draw(self, size: int | None = None) -> Floats:
        return self.rng.random(self.rows.size if size is None else size)

    def _plan(self) -> None:
        """How many turns each conversation has, whether the bot speaks first, and whether it is taken up again."""
        rows, draw = self.rows, self.draw
        counts = message_counts(self.frame, rows)
        self.has_bot = (rows.channel == CHAT) & (draw() < _BOT) & (counts > 1)
        ends_with_bot = self.has_bot & (draw() < _STAYS_WITH_BOT)
        counts = np.where(self.has_bot, np.where(ends_with_bot, 2, np.maximum(counts, 4)), counts)
        goes_on = (counts % 2 == 1) & (counts > 1) & (draw() < _GOES_ON)
        unwritten = (rows.channel == PHONE) & (draw() < _UNWRITTEN)
        self.counts = np.where(unwritten | ~rows.is_held, 1, counts + goes_on)
        even = (self.counts % 2 == 0) & (rows.reason == SOLVED) & ~ends_with_bot
        self.again = np.where(even & (draw() < _REOPENS), self.counts, _LAST)
        self.counts = self.counts + 2 * (self.again < _LAST)
        self.first_human = np.where(ends_with_bot, _LAST, np.where(self.has_bot, 3, 1))
        parted = self.counts - np.where(self.counts % 2 == 0, 1, 2)
        self.last_answer = np.where(ends_with_bot | (self.counts == 1), NONE, parted)
        self.gaps = np.maximum(300, rows.duration // np.maximum(self.counts // 2, 1))

    def _pick(self) -> None:
        """Who takes each case and when: a rule at once, or somebody who picks it from what waits."""
        rows, rng, draw, signal = self.rows, self.rng, self.draw, self.frame.company.has_signal
        waits = np.where(rows.is_priority, _WAIT_PRIORITY, _WAIT) * rng.exponential(1, rows.size)
        asked = rows.opened + np.where(self.has_bot, rng.integers(60, 600, rows.size), 0)
        clock = self.desk.clocks
        picked = np.where(rows.is_priority, clock.priority.after(asked, waits), clock.desk.after(asked, waits))
        share = np.where(self.is_hard, p04_brave.RULE_HARD, p04_brave.RULE_EASY) if signal else p04_brave.RULE_SILENT
        self.by_rule = draw() < share
        kind = np.where(self.by_rule & signal, np.where(self.is_hard, HARD, EASY), PICKS)
        picker = self.desk.take(kind, picked, draw())
        skipped = self._skips(picker, picked, asked)
        picker = np.where(skipped, self.desk.take(np.full(rows.size, OTHERS), picked, draw()), picker)
        carried = self.desk.is_carried(picker, self.is_hard, picked, draw())
        picker = np.where(carried & self.by_rule, self.desk.carrier, picker)
        self.to_carrier = carried & ~self.by_rule & (picker != self.desk.carrier)
        is_taken = rows.is_held & (picked < self.end) & (picker >= 0)
        self.asked, self.picked = asked, np.where(is_taken, picked, NONE)
        self.picker = np.where(is_taken, picker, NONE)
        soon = np.minimum(asked + rng.integers(2, 60, rows.size), picked)
        self.assigned = np.where(is_taken, np.where(self.by_rule, soon, picked), NONE)
        self._pass(draw())

    def _skips(self, picker: Ints, picked: Ints, asked: Ints) -> Flags:
        """The hard cases that waited long and that the cherry-picker, next to pick, leaves to a colleague."""
        waited = self.desk.clocks.desk.read(picked) - self.desk.clocks.desk.read(asked)
        aged = self.is_hard & (waited >= p04_brave.AGED) & ~self.by_rule
        chosen = (picker == self.desk.found.picker) & (picker >= 0)
        return np.asarray(aged & chosen & (self.draw() < p04_brave.SKIPS), dtype=np.bool_)

    def _pass(self, drawn: Floats) -> None:
        """At which turn a case is passed on to somebody else, if it is."""
        own = ~self.by_rule & (self.picker >= 0)
        if self.frame.company.has_signal:
            apart = self.desk.pod[self.picker] == p05_one_carries.POD
            passed = own & self.is_hard & ~apart & (drawn < p04_brave.PASSED)
            passed |= own & self.to_carrier
        else:
            passed = own & (drawn < p04_brave.PASSED_SILENT)
        later = (self.counts >= self.first_human + 3) & (self.draw() < 0.5) & ~self.to_carrier
        self.pass_turn = np.where(passed, self.first_human + 2 * later, _LAST)

    def write(self) -> None:
        """All turns of all conversations."""
        for turn in range(int(self.counts.max(initial=0))):
            at_turn = np.flatnonzero((self.counts > turn) & (self.prev < self.end))
            if turn % 2 == 0:
                self._ask(at_turn, turn)
            else:
                bot = self.has_bot[at_turn] & (turn == 1)
                self._greet(at_turn[bot])
                self._answer(at_turn[~bot], turn)

    def _note(self, rows: Ints, turn: int, at: Ints, kind: int, author: Ints) -> None:
        self.prev[rows] = at
        kept = at < self.end
        full = np.zeros(int(kept.sum()), dtype=np.int64)
        self.log.add(rows[kept], full + turn, at[kept], full + kind, author[kept])

    def _ask(self, rows: Ints, turn: int) -> None:
        """What the customer writes: the question, what follows an answer, and a new question days after the end."""
        if turn == 0:
            at = self.rows.opened[rows]
        else:
            lag = self.gaps[rows] * self.rng.lognormal(-0.3, 0.8, len(rows))
            again = (self.again[rows] == turn) & (turn > 0)
            lag = np.where(again, self.rng.integers(2 * HOUR, 6 * DAY, len(rows)), np.clip(lag, 120, 45 * DAY))
            at = self.prev[rows] + lag.astype(np.int64)
            second = self.has_bot[rows] & (turn == 2)
            at = np.where(second, np.maximum(self.asked[rows], self.prev[rows] + 5), at)
        self._note(rows, turn, at, CUSTOMER, np.full(len(rows), NONE))

    def _greet(self, rows: Ints) -> None:
        at = self.rows.opened[rows] + self.rng.integers(5, 50, len(rows))
        self._note(rows, 1, at, BOT, np.full(len(rows), NONE))

    def _answer(self, rows: Ints, turn: int) -> None:
        """What somebody of the desk answers: the picker first, whoever holds it later, now and then a colleague."""
        self.prev[rows[self.picker[rows] < 0]] = self.end
        rows = rows[self.picker[rows] >= 0]
        first = (self.first_human[rows] == turn) & (self.pass_turn[rows] != turn)
        passed = self.pass_turn[rows] == turn
        start = np.where(self.first_human[rows] == turn, self.picked[rows], self.prev[rows])
        start = np.where(passed, start + self.rng.integers(240, 2_400, len(rows)), start)
        self._hand_over(rows[passed], start[passed])
        self._replace_gone(rows, start)
        react = self.rng.lognormal(6.2, 0.5, len(rows)).astype(np.int64)
        at, author = self._next(rows, start)
        at, author = np.where(first, start + react, at), np.where(first, self.holder[rows], author)
        self._note(rows, turn, at, HUMAN, author)

    def _hand_over(self, rows: Ints, at: Ints) -> None:
        kind = np.full(len(rows), HARD if self.frame.company.has_signal else PICKS)
        taker = self.desk.take(kind, at, self.draw(len(rows)))
        carried = self.desk.is_carried(taker, self.is_hard[rows], at, self.draw(len(rows)))
        self._give(rows, at, np.where(self.to_carrier[rows] | carried, self.desk.carrier, taker), 0)

    def _replace_gone(self, rows: Ints, at: Ints) -> None:
        gone = self.desk.is_gone(self.holder[rows], at + 3 * DAY)
        taker = self.desk.take(np.full(int(gone.sum()), PICKS), at[gone] + 3 * DAY, self.draw(int(gone.sum())))
        self._give(rows[gone], at[gone], taker, 1)

    def _give(self, rows: Ints, at: Ints, taker: Ints, by_rule: int) -> None:
        new = (taker >= 0) & (taker != self.holder[rows]) & (at < self.end)
        rows, at, taker = rows[new], at[new], taker[new]
        self.given.add(rows, at, self.holder[rows], taker, np.full(len(rows), by_rule))
        self.holder[rows] = taker

    def _next(self, rows: Ints, start: Ints) -> tuple[Ints, Ints]:
        """When the holder answers, in shifts or in the hours of the tier, or a colleague in the holder's place."""
        rng, holder, desk = self.rng, self.holder[rows], self.desk
        priority, wait = self.rows.is_priority[rows], rng.exponential(1, len(rows))
        own = desk.clocks.of_pod(desk.pod[holder], start, wait * _NEXT)
        at = np.where(priority, desk.clocks.priority.after(start, wait * _NEXT_PRIORITY), own)
        busy = overload.is_busy(self.frame, start) & (desk.pod[holder] == overload.POD)
        late = rng.random(len(rows)) < np.where(busy, overload.LATE, overload.AFTER_HOURS)
        at = np.where(late, start + rng.integers(480, 3_000, len(rows)), at)
        elsewhere = ~late & ((priority & ~on_shift(desk.pod[holder], at)) | (rng.random(len(rows)) < _COLLEAGUE))
        elsewhere |= desk.is_gone(holder, at)
        colleague = desk.take(np.full(len(rows), PICKS), at, rng.random(len(rows)))
        return at, np.where(elsewhere & (colleague >= 0), colleague, holder)


def message_counts(frame: Frame, rows: Conversations) -> Ints:
    """How many messages each conversation has: one for spam, else a question, an answer and what follows (P16)."""
    rng = frame.stream("messages", rows.part)
    usual = np.where(rows.category == HOW_TO, 0.38 / 0.62, 0.54 / 0.46)
    more = rng.geometric(1 / (1 + usual * p16_complexity.turns(frame, rows.opened))) - 1
    return np.where(np.isin(rows.reason, (SPAM, NO_REPLY)), 1, 2 + np.minimum(more, 9))


def draw_thread(frame: Frame, desk: Desk, rows: Conversations, first_number: int) -> Thread:
    """What was written in the conversations of a part."""
    writing = _Writing(frame, desk, rows)
    writing.write()
    order = np.argsort(writing.log.keys(), kind="stable")
    row, turn, at, kind, author = writing.log.take(order)
    *given, by_rule = writing.given.take()
    is_public, seconds = _work(writing, row, turn, at, kind, author)
    ends = _ends(writing, row, turn, at, kind)
    return Thread(
        first_number=first_number, row=row, turn=turn, at=at, kind=kind, author=author, is_public=is_public,
        seconds=seconds, is_hard=writing.is_hard, points=writing.points, picked=writing.picked,
        assigned=writing.assigned, by_rule=writing.by_rule, picker=writing.picker, holder=writing.holder,
        handovers=Handovers(given[0], given[1], given[2], given[3], by_rule == 1), **ends,
    )  # fmt: skip


def _work(writing: _Writing, row: Ints, turn: Ints, at: Ints, kind: Ints, author: Ints) -> tuple[Flags, Ints]:
    """Whether customers saw each message, and how long it took, where that was measured."""
    frame, rng, size = writing.frame, writing.rng, len(row)
    human = kind == HUMAN
    between = (turn > writing.first_human[row]) & (turn < writing.last_answer[row]) & (turn != writing.again[row] - 1)
    is_note = human & between & (rng.random(size) < _NOTE)
    seconds = rng.lognormal(5.1, 0.7, size) * p16_complexity.minutes(frame, at)
    if frame.company.has_signal:
        seconds *= np.where(writing.is_hard[row], _HARD_SECONDS, _EASY_SECONDS)
        busy = overload.is_busy(frame, at) & (writing.desk.pod[author] == overload.POD)
        seconds *= np.where(busy, overload.SHORTER, 1.0)
    measured = human & (rng.random(size) < _MEASURED)
    return ~is_note, np.where(measured, seconds, NONE).astype(np.int64)


def _ends(writing: _Writing, row: Ints, turn: Ints, at: Ints, kind: Ints) -> dict[str, Ints]:
    """When each conversation was solved first and last, asked again, thanked for, and written in last."""
    rows, size = writing.rows, writing.rows.size

    def moment(chosen: Flags) -> Ints:
        found = np.full(size, NONE)
        found[row[chosen]] = at[chosen]
        return found

    done = moment((kind == HUMAN) & (turn == writing.last_answer[row]))
    first = moment((kind == HUMAN) & (turn == writing.again[row] - 1))
    again = moment(turn == writing.again[row])
    alone = known_until(np.maximum(rows.opened + rows.duration, writing.picked + 60), writing.end)
    solved = np.where((writing.again < _LAST) & (again < 0), first, done)
    odd = (writing.counts % 2 == 1) & (writing.counts > 1)
    thanked = moment(odd[row] & (turn == writing.counts[row] - 1) & (done[row] >= 0))
    return {
        "solved_first": first, "asked_again": again, "thanked": thanked,
        "solved": np.where(writing.last_answer < 0, alone, solved),
        "last": np.maximum(moment(turn >= 0), writing.assigned),
    }  # fmt: skip
