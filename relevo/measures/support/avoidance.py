"""Does somebody pick easy work and leave the hard: each pick against random picking (row S0-27, section 4.4).

The queue is put together again from what is known: a conversation waits from its beginning until somebody takes it, is
given it, or it is closed.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

import ibis
import ibis.expr.types as ir
import numpy as np
from numpy.typing import NDArray

from relevo.book.schema import Tables
from relevo.measures.card import BEHIND, Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.estimators.picks import NOBODY, Picker, Waiting, pickers, picks_of
from relevo.measures.support import persons, spells
from relevo.measures.support.effort import ARRIVAL, Effort, cell_of, effort_of, finished, first_month, window_begins
from relevo.measures.support.hours import seconds
from relevo.measures.support.persons import FROM_STAGE, OWN, named, of_whom

MONTHS = 3
# What nobody took for so long is not looked at any more.
QUEUE_DAYS = 30
_DAY = 86_400
# Who may take which: a queue is a channel and a language, and what is urgent goes first by order and not by liking.
QUEUE = ("channel", "language", "priority")
_COLUMNS = tuple(dict.fromkeys((*QUEUE, *ARRIVAL)))


def waited(tables: Tables, frame: Frame) -> ir.Table:
    """Conversations that waited in the window: queue and cell, from when to when, and who (or which team) took it.

    One that still waits is left after everything else, in second `until + 1`, and what nobody picked 30 days after it
    began at the latest. `person_id` is null where a rule, a lead or nobody ended the wait.
    """
    there, _never = _ended(tables, frame)
    instant = ibis.ifelse(there.over == there.given, there.given_at, there.first_human_at)
    told = there.select(
        "conversation_id", "episode", "customer_id", "key_month", "begun", "left", *_COLUMNS, at=instant,
        person_id="picker",
    )  # fmt: skip
    return of_whom(told, tables, frame)


def taken(tables: Tables, frame: Frame) -> ir.Table:
    """The same of everybody: `picker`, and `taker`, who got it first, by own choice or because it was given to them.

    Both are null where it still waits or was closed before.
    """
    there, never = _ended(tables, frame)
    return there.select(
        "conversation_id", "customer_id", "begun", "left", *_COLUMNS, "picker", taker=_taker(there, never)
    )


def _ended(tables: Tables, frame: Frame) -> tuple[ir.Table, int]:
    """What waited in the window with how its wait ended, and the second that stands for never."""
    begins, never = window_begins(frame), seconds(frame.until) + 1
    rows = _picked(_timed(tables, frame, begins - timedelta(days=QUEUE_DAYS), never), never)
    return rows.filter(rows.left >= seconds(begins)), never


def _timed(tables: Tables, frame: Frame, since: datetime, never: int) -> ir.Table:
    """Conversations that customers began since, with the seconds in which each was given, answered and closed."""
    rows, given = tables.episode, _given(tables, frame, since)
    came = rows.filter(
        (rows.episode == 1) & (rows.begun_by == "customer") & (rows.begun_at >= since) & (rows.begun_at < frame.until)
    )
    both = came.left_join(given, came.conversation_id == given.of_conversation)
    return both.mutate(
        begun=spells.seconds(both.begun_at), given=_second(both.given_at, never),
        replied=_second(both.first_human_at, never), closed=_second(both.closed_at, never),
        key_month=ibis.literal(first_month(frame), "int64"),
    )  # fmt: skip


def _picked(rows: ir.Table, never: int) -> ir.Table:
    """The same with who picked each, and when it left the queue."""
    over = ibis.greatest(ibis.least(rows.given, rows.replied, rows.closed), rows.begun)
    timed = rows.mutate(over=over, picker=_picker(rows, never))
    stale = ibis.least(timed.over, timed.begun + _DAY * QUEUE_DAYS)
    return timed.mutate(left=ibis.ifelse(timed.picker.isnull(), stale, timed.over))


def in_line(tables: Tables, frame: Frame) -> ir.Table:
    """The same in an order of its own, with no more than its finish needs."""
    order = ["begun", "left", "person_id", *_COLUMNS]
    return waited(tables, frame).select(*order).order_by(order)


def behind(tables: Tables, frame: Frame) -> ir.Table:
    """The customers whose conversations were picked."""
    return persons.behind(waited(tables, frame), frame)


def _given(tables: Tables, frame: Frame, since: datetime) -> ir.Table:
    """Who each conversation that began since was given to first, and by whom."""
    events = tables.conversation_event.filter(lambda t: (t["at"] >= since) & (t["at"] < frame.until))
    known = events.filter((events.kind == "assigned") & events.to_value.notnull())
    order = ibis.window(group_by="conversation_id", order_by=["at", "event_id"])
    first = known.mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)
    return first.select(of_conversation="conversation_id", given_at="at", given_to="to_value", given_by="by_id")


def _second(at: ir.TimestampValue, never: int) -> ir.IntegerValue:
    """An instant in seconds; after everything else where it has not come."""
    return ibis.least(spells.seconds(at).fill_null(never), never)


def _picker(rows: ir.Table, never: int) -> ir.StringValue:
    """Who took it by own choice: gave it to themselves, or replied to what nobody had been given."""
    by_hand, by_reply = _ends(rows, never)
    is_own = (rows.given_by == rows.given_to).fill_null(False)
    return ibis.cases((by_hand & is_own, rows.given_to), (by_reply, rows.first_person_id), else_=ibis.null("string"))


def _taker(rows: ir.Table, never: int) -> ir.StringValue:
    """Whom it was given to first, whoever gave it, or who replied to what nobody had been given."""
    by_hand, by_reply = _ends(rows, never)
    return ibis.cases((by_hand, rows.given_to), (by_reply, rows.first_person_id), else_=ibis.null("string"))


def _ends(rows: ir.Table, never: int) -> tuple[ir.BooleanValue, ir.BooleanValue]:
    """Whether the wait ended by being given to somebody, and whether by a reply to what nobody had been given."""
    by_hand = (rows.given <= rows.replied) & (rows.given <= rows.closed) & (rows.given < never)
    by_reply = (rows.replied < rows.given) & (rows.replied <= rows.closed) & (rows.replied < never)
    return by_hand, by_reply


def line_of(rows: Sequence[Record], effort: Effort) -> tuple[Waiting, list[str]]:
    """The rows of `waited` as columns of numbers, and the names of those who picked, by their number."""
    queues: dict[tuple[str | None, ...], int] = {}
    people = sorted({str(row["person_id"]) for row in rows if row["person_id"] is not None})
    number = {name: place for place, name in enumerate(people)}
    hard = np.array([cell_of(row) in effort.hard for row in rows], dtype=bool)
    line = Waiting(
        queue=_whole([queues.setdefault(_queue_of(row), len(queues)) for row in rows]),
        begun=_whole([row["begun"] for row in rows]),
        left=_whole([row["left"] for row in rows]),
        hard=hard,
        picker=_whole([number.get(row["person_id"], NOBODY) for row in rows]),
    )
    return line, people


def _queue_of(row: Record) -> tuple[str | None, ...]:
    return row["channel"], row["language"], row["priority"]


def _whole(values: Sequence[int]) -> NDArray[np.int64]:
    return np.array(values, dtype=np.int64)


def usual_waits(line: Waiting) -> NDArray[np.int64]:
    """The median seconds that what somebody picked had waited, per queue: beyond it a hard case is aged.

    0 where nobody picked.
    """
    found = np.zeros(int(line.queue.max(initial=-1)) + 1, dtype=np.int64)
    picked = line.picker != NOBODY
    for queue in np.unique(line.queue[picked]):
        mine = picked & (line.queue == queue)
        found[queue] = int(np.median(line.left[mine] - line.begun[mine]))
    return found


def _finish(found: Found, frame: Frame) -> list[Record]:
    effort = effort_of(found["finished"], [cell_of(row) for row in found["waited"]])
    line, people = line_of(found["waited"], effort)
    judged = pickers(picks_of(line, usual_waits(line))) if people else {}
    return named((_row(people[place], one) for place, one in sorted(judged.items())), frame)


def _row(name: str, one: Picker) -> Record:
    return {
        "person_id": name,
        "easy_pick_share": round(one.easy_share, 6),
        "expected_share": round(one.expected_share, 6),
        "p": None if one.p is None else round(one.p, 6),
        "aged_hard_skipped": one.skipped,
        "n": one.n,
    }


AVOIDANCE = Model(
    Card(
        name="avoidance",
        title="Avoidance",
        question="Does anybody pick easy work from the queue and leave the hard to others?",
        unit=Unit.RATE,
        grain="one row per person who picked in the window",
        direction=Direction.NONE,
        kind=Kind.CONTEXT,
        read_with=("load", "work_types"),
        columns=(
            Out("person_id", Unit.TEXT, "Who picked."),
            Out("easy_pick_share", Unit.RATE, "Picks that were not hard."),
            Out("expected_share", Unit.RATE, "What it would be, had each pick been random among those that waited."),
            Out("p", Unit.RATE, "How likely random picking is to look like it; null where nothing could be avoided."),
            Out("aged_hard_skipped", Unit.COUNT, "Picks of an easy case while an older, hard one had waited too long."),
            Out("n", Unit.COUNT, "Picks."),
        ),
        definition=(
            "A pick is a conversation that somebody assigned to themselves, or replied to first while nobody had been "
            "given it, in the three months that end with the as-of day's or those of --months. What a rule or "
            "somebody else assigned is no pick. A conversation waits in its queue (channel, language and priority) "
            "from its beginning until it is taken, given or closed, and for 30 days at most if nobody picks it. Hard "
            "is what at most a fifth of the year's conversations were to be expected to exceed in minutes. Each pick "
            "is compared with the part of easy ones among those that waited at that moment; so what others left or "
            "took does not count for or against anybody. A hard one is aged once it has waited longer than half of "
            "what was picked from its queue. p is twice the smaller of two one-sided chances: of so many easy picks, "
            "and of so few of the aged hard ones; exact up to 1,000 open picks. It is read beside those of the "
            "colleagues (Benjamini and Hochberg). It names nobody's reasons: who lacks a language or a right may not "
            "be able to take a case."
        ),
        source="Row S0-27; random picking as a martingale; Poisson binomial distribution.",
        months=MONTHS,
        can_slice=False,
        has_months=False,
        ends_earlier=True,
        own_dimensions=OWN,
        from_stage=FROM_STAGE,
    ),
    {"waited": in_line, "finished": finished, BEHIND: behind},
    _finish,
)
