"""Who has carried too much for too long (row S0-66): told to that person and their lead, once, and never for judging.

A signal is given when a reason comes up, and none again while it lasts. A reason that was gone for two weeks is a new
one when it comes back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import ibis.expr.types as ir

from relevo.base.periods import day_in
from relevo.book.book import Book
from relevo.book.schema import Tables
from relevo.insight.talks.pressure import OCCUPANCY
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask, Frame, Record
from relevo.measures.support.effort import cell_of, effort_of, finished, window_begins
from relevo.measures.support.hours import on_shift, place_among, seconds, starts_at, weeks_of
from relevo.measures.support.load import LOAD, carried, heavy_weeks, work

# Defaults to be edited: so many weeks above the occupancy in a row, such a part of a month's replies outside working
# hours, so many weeks in a row among the top fifth of hard minutes.
LOADED_WEEKS = 3
LATE_SHARE, LATE_WEEKS, LATE_REPLIES = 0.2, 4, 20
HARD_WEEKS = 4
# So long without a reason ends it.
QUIET_WEEKS = 2
REASONS = ("load", "after_hours", "hard")


@dataclass(frozen=True)
class PersonWeek:
    """One person's week: expected minutes of what they worked on, minutes on shift, replies by the clock, hard or not.

    `available` is None where the person's shifts are not known; 0 in a week off.
    """

    begins_on: date
    minutes: float
    available: float | None
    timed: int
    outside: int
    is_hard: bool

    @property
    def load(self) -> float | None:
        """Minutes over those on shift; None without a shift."""
        return self.minutes / self.available if self.available else None


@dataclass(frozen=True)
class Signal:
    """The week in which a state began, and why: load, after_hours, hard."""

    begins_on: date
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Strip:
    """A person's weeks, the signals that were given in them, and the reasons that hold after the last one."""

    person_id: str
    weeks: tuple[PersonWeek, ...]
    signals: tuple[Signal, ...]
    reasons: tuple[str, ...]

    @property
    def is_new(self) -> bool:
        """Whether the last week gave a signal."""
        return bool(self.signals and self.weeks) and self.signals[-1].begins_on == self.weeks[-1].begins_on


def strip_of(person_id: str, weeks: Sequence[PersonWeek]) -> Strip:
    """The signals of a person's weeks, which are complete and in order."""
    signals: list[Signal] = []
    held: dict[str, int] = {}
    for place, week in enumerate(weeks):
        now = [name for name in REASONS if _HOLDS[name](weeks[: place + 1])]
        fresh = tuple(name for name in now if name not in held)
        held = {**{name: quiet + 1 for name, quiet in held.items() if quiet + 1 < QUIET_WEEKS}, **dict.fromkeys(now, 0)}
        if fresh:
            signals.append(Signal(week.begins_on, fresh))
    return Strip(person_id, tuple(weeks), tuple(signals), tuple(name for name in REASONS if name in held))


def _is_loaded(weeks: Sequence[PersonWeek]) -> bool:
    last = weeks[-LOADED_WEEKS:]
    return len(last) == LOADED_WEEKS and all((week.load or 0.0) > OCCUPANCY for week in last)


def _is_late(weeks: Sequence[PersonWeek]) -> bool:
    last = weeks[-LATE_WEEKS:]
    timed = sum(week.timed for week in last)
    return timed >= LATE_REPLIES and sum(week.outside for week in last) > LATE_SHARE * timed


def _is_hard(weeks: Sequence[PersonWeek]) -> bool:
    last = weeks[-HARD_WEEKS:]
    return len(last) == HARD_WEEKS and all(week.is_hard for week in last)


_HOLDS = {"load": _is_loaded, "after_hours": _is_late, "hard": _is_hard}


def strips(book: Book, months: int = 6) -> tuple[Strip, ...]:
    """The strip of everybody who replied in a window, by weeks that are over by the as-of day."""
    frame = frame_of(book, LOAD.card, Ask(months=months))
    starts = weeks_of(window_begins(frame), frame.until, frame.timezone)
    rows = book.run(work(book.tables, frame)).dicts()
    effort = effort_of(book.run(finished(book.tables, frame)).dicts(), [cell_of(row) for row in rows])
    there = _there(book.run(_shifts(book.tables, frame, starts)).dicts())
    people = carried(rows, effort)
    heavy, clock = heavy_weeks(people), _clock(rows)
    whole = _whole_weeks(starts, frame)
    return tuple(
        strip_of(
            name,
            [
                PersonWeek(
                    begins_on=day_in(starts[k], frame.timezone), minutes=one.minutes_by_week.get(k, 0.0),
                    available=there[name].get(k, 0.0) if name in there else None, timed=clock.get((name, k), (0, 0))[0],
                    outside=clock.get((name, k), (0, 0))[1], is_hard=k in heavy[name],
                )
                for k in whole
            ],
        )
        for name, one in sorted(people.items())
    )  # fmt: skip


def _whole_weeks(starts: Sequence[datetime], frame: Frame) -> range:
    """The places of the weeks that lie in the window as a whole."""
    last = day_in(starts[-1], frame.timezone)
    is_over = starts_at(last + timedelta(days=7), frame.timezone) <= frame.until
    return range(int(starts[0] < window_begins(frame)), len(starts) - (not is_over))


def _clock(rows: Sequence[Record]) -> dict[tuple[str, int], tuple[int, int]]:
    """Replies whose hours are known, and those outside, by person and week."""
    found: dict[tuple[str, int], tuple[int, int]] = {}
    for row in rows:
        key = str(row["person_id"]), int(row["week"])
        timed, outside = found.get(key, (0, 0))
        found[key] = timed + int(row["timed"]), outside + int(row["outside"])
    return found


def _there(rows: Sequence[Record]) -> Mapping[str, dict[int, float]]:
    """Minutes on shift by person and week."""
    found: dict[str, dict[int, float]] = {}
    for row in rows:
        found.setdefault(str(row["person_id"]), {})[int(row["week"])] = int(row["seconds"]) / 60
    return found


def _shifts(tables: Tables, frame: Frame, starts: Sequence[datetime]) -> ir.Table:
    rows = on_shift(tables, frame, starts[0])
    placed = rows.mutate(week=place_among(rows.since, [seconds(at) for at in starts]))
    return placed.group_by(["person_id", "week"]).aggregate(seconds=(placed.until - placed.since).sum().cast("int64"))
