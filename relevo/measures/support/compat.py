"""The number that another help desk shows, beside ours, with the reasons for which they differ."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import ibis
import ibis.expr.types as ir
import numpy as np
import numpy.typing as npt

from relevo.base.money import half_up
from relevo.book.book import Book
from relevo.book.ledger.stream import SETTLED_WORDS
from relevo.book.schema import OPEN, Tables
from relevo.measures.card import Card, Composite, Direction, Frame, Kind, Out, Record, Unit
from relevo.measures.rounding import rate
from relevo.measures.support import native
from relevo.measures.support.native import Numbers
from relevo.measures.support.spells import fell_in
from relevo.measures.support.waits import WAITS

# Why two numbers differ, by code; pages translate the sentences, data have them in English.
REASONS: Mapping[str, str] = {
    "average": "It is an average, which a few long waits move; ours is a median",
    "one_person": "It asks for one person, however many replies",
    "every_return": "Every return counts, thanks too; ours are those that somebody worked on",
    "hours_changed": "in %(n)s of them the hours had changed, and those at the reply count for the whole span",
    "met_a_bot": "%(n)s met a bot first, and that time is taken off",
    "no_reply_is_one": "%(n)s were solved without any reply and count as one touch",
    "came_back": "%(n)s were reopened after their one reply",
    "no_reply": "%(n)s had no reply at all",
    "by_creation": "%(n)s were answered after the period in which they were created, where they count",
    "by_an_agent": "%(n)s were begun by an agent, and ours has no first answer of them",
    "begun_later": "%(n)s were created before the customer's first message, with which ours begins",
    "still_waiting": "%(n)s who still wait are left out",
    "later_episodes": "%(n)s later episodes have an answer of their own in ours",
}
_READ = {words: re.compile(re.escape(words).replace(re.escape("%(n)s"), r"(\d+)")) for words in REASONS.values()}
Mask = npt.NDArray[np.bool_]


def endings(tables: Tables, frame: Frame) -> ir.Table:
    """Solved episodes per period of their resolution, by what tools count of them."""
    solved = tables.episode.outcome.isin(["solved", "solved_no_reply"])
    known = tables.episode.filter(solved & (tables.episode.resolved_at < frame.until))
    rows = known.mutate(month=fell_in(known.resolved_at, frame), said=known.replies.fill_null(0))
    is_one, is_kept = rows.said == 1, rows.reopens == 0
    return _counted(
        rows, solved=rows.month.notnull(), answered=rows.said > 0, below_two=rows.said < 2, one=is_one,
        one_kept=is_one & is_kept, alone=(rows.persons == 1) & is_kept,
    )  # fmt: skip


def later_turns(tables: Tables, frame: Frame) -> ir.Table:
    """First answers of episodes after the first of their conversation, per period."""
    waits = tables.customer_wait.filter(lambda t: t.is_first & (t.until_at < frame.until))
    rows = waits.mutate(month=fell_in(waits.until_at, frame))
    return _counted(rows, again=rows.episode > 1)


def returns(tables: Tables, frame: Frame) -> ir.Table:
    """Conversations per period of their last resolution: how often they became done after the first time, and ours."""
    solved = tables.episode.filter(lambda t: t.resolved_at < frame.until)
    ended = solved.group_by(talk="conversation_id").aggregate(at=solved.resolved_at.max(), ours=solved.reopens.sum())
    events = tables.conversation_event.filter(lambda t: t["at"] < frame.until)
    done = (events.kind == "status") & events.to_value.lower().isin(SETTLED_WORDS)
    is_new = done & ~events.from_value.lower().isin(SETTLED_WORDS).fill_null(False)
    seen = events.group_by(of="conversation_id").aggregate(
        done=is_new.sum().cast("int64"), back=(events.kind == "reopened").sum().cast("int64")
    )
    both = ended.left_join(seen, ended.talk == seen.of)
    theirs = ibis.greatest(both.done.fill_null(0) - 1, both.back.fill_null(0), 0)
    rows = both.mutate(month=fell_in(both["at"], frame), theirs=theirs)
    kept = rows.filter(rows.month < OPEN)
    return kept.group_by("month").aggregate(
        n=kept.count(), theirs=kept.theirs.sum().cast("int64"), ours=kept.ours.sum().cast("int64")
    )


def _counted(rows: ir.Table, **conditions: ir.BooleanValue) -> ir.Table:
    counted = rows.select("month", **{name: value.cast("int64") for name, value in conditions.items()})
    kept = counted.filter(counted.month < OPEN)
    return kept.group_by("month").aggregate(**{name: kept[name].sum().cast("int64") for name in conditions})


@dataclass(frozen=True, eq=False)
class _Desk:
    """What is asked of the book once, for every period and tool."""

    book: Book
    frame: Frame

    @cached_property
    def clocks(self) -> dict[str, native.Clock]:
        """The clock of every calendar by its name."""
        return dict(native.clocks(self.book))

    @cached_property
    def columns(self) -> dict[str, Numbers]:
        """The columns of `native.talks`; `calendar` is the place of its name among the clocks, -1 for none."""
        found = self.book.run(native.talks(self.book.tables, self.frame))
        known = {name: [row[place] for row in found.rows] for place, name in enumerate(found.columns)}
        places = {name: place for place, name in enumerate(self.clocks)}
        known["calendar"] = [places.get(name, -1) for name in known["calendar"]]
        return {name: np.array([value or 0 for value in values], dtype=np.int64) for name, values in known.items()}

    def passed(self, *, is_native: bool) -> Numbers:
        """Open seconds from creation to the first reply; with one schedule for the whole span where it is native."""
        start, end = self.columns["opened_s"], self.columns["first_s"]
        took, schedules = np.zeros_like(start), native.schedules(self.book) if is_native else {}
        for place, (name, clock) in enumerate(self.clocks.items()):
            mine = self.columns["calendar"] == place
            if is_native and mine.any():
                took[mine] = native.at_the_moment(schedules[name], start[mine], end[mine])
            elif mine.any():
                took[mine] = clock.passed(start[mine], end[mine])
        return took

    @cached_property
    def zendesk(self) -> Numbers:
        """Open seconds as Zendesk counts them."""
        return self.passed(is_native=True)

    @cached_property
    def open_s(self) -> Numbers:
        """Open seconds as the hours were at every instant."""
        return self.passed(is_native=False)

    @cached_property
    def ours(self) -> dict[int, Record]:
        """Our own figures by period, as `waits` tells them."""
        tables = self.book.tables
        parts = {name: self.book.run(make(tables, self.frame)).dicts() for name, make in WAITS.expressions.items()}
        return {row["month"]: row for row in WAITS.finished(parts, self.frame)}

    @cached_property
    def counted(self) -> dict[int, Record]:
        """Counts of episodes by period."""
        found: dict[int, Record] = {month: {} for month in self.frame.ends}
        for make in (endings, later_turns, returns):
            for row in self.book.run(make(self.book.tables, self.frame)).dicts():
                found[row.pop("month")] |= {name: int(value) for name, value in row.items()}
        return found


def compute(book: Book, frame: Frame) -> list[Record]:
    """Every figure of every tool, period by period."""
    desk = _Desk(book, frame)
    return [row for month in frame.ends for row in _month(desk, month)]


def _month(desk: _Desk, month: int) -> list[Record]:
    found = [*_zendesk(desk, month), *_intercom(desk, month), *_helpscout(desk, month), *_touches(desk, month)]
    return [{"month": month, **each} for each in found]


def _zendesk(desk: _Desk, month: int) -> list[Record]:
    """By creation; a ticket that an agent created counts with the second public comment."""
    mine, has_hours = desk.columns["opened_in"] == month, desk.columns["calendar"] >= 0
    wall = desk.columns["first_s"] - desk.columns["opened_s"]
    why = (*_begins(desk, mine), *_by_creation(desk, mine), *_agents(desk, mine), *_always(desk, month))
    changed = int((desk.zendesk[mine & has_hours] != desk.open_s[mine & has_hours]).sum())
    hours = _told(changed, "hours_changed")
    ours = desk.ours[month]
    return [
        _row("zendesk", "first_reply_s", _median(wall, mine), (ours["first_response_s"], ours["n"]), why),
        _row("zendesk", "first_reply_business_s", _median(desk.zendesk, mine & has_hours),
             (ours["business_s"], ours["n"]), (*hours, *why)),
    ]  # fmt: skip


def _intercom(desk: _Desk, month: int) -> list[Record]:
    """By creation, of what customers began; with and without the time until the last bot before had written."""
    mine = (desk.columns["opened_in"] == month) & (desk.columns["is_ours"] == 0)
    wall = desk.columns["first_s"] - desk.columns["opened_s"]
    freed = desk.columns["first_s"] - desk.columns["free_s"]
    why = (*_begins(desk, mine), *_by_creation(desk, mine), *_always(desk, month))
    met = _told(int((freed != wall)[mine].sum()), "met_a_bot")
    ours = desk.ours[month]["first_response_s"], desk.ours[month]["n"]
    return [
        _row("intercom", "first_response_s", _median(wall, mine), ours, why),
        _row("intercom", "first_response_without_bot_s", _median(freed, mine), ours, (*met, *why)),
    ]


def _helpscout(desk: _Desk, month: int) -> list[Record]:
    """By reply, as averages; with office hours as the part of the time that fell into them."""
    mine, has_hours = desk.columns["first_in"] == month, desk.columns["calendar"] >= 0
    wall = desk.columns["first_s"] - desk.columns["opened_s"]
    why = (REASONS["average"], *_begins(desk, mine), *_agents(desk, mine), *_always(desk, month))
    ours = desk.ours[month]
    return [
        _row("helpscout", "first_response_s", _mean(wall, mine), (ours["first_response_s"], ours["n"]), why),
        _row("helpscout", "first_response_office_s", _mean(desk.open_s, mine & has_hours),
             (ours["business_s"], ours["n"]), why),
    ]  # fmt: skip


def _touches(desk: _Desk, month: int) -> list[Record]:
    """What was done with one reply or by one person, and what came back."""
    n = desk.counted[month]
    solved, answered = n.get("solved", 0), n.get("answered", 0)
    ours = rate(n.get("one_kept", 0), answered), answered
    silent = _told(solved - answered, "no_reply_is_one")
    back = _told(n.get("one", 0) - n.get("one_kept", 0), "came_back")
    apart = (REASONS["one_person"], *_told(solved - answered, "no_reply"))
    return [
        _row("zendesk", "one_touch_rate", (rate(n.get("below_two", 0), solved), solved), ours, (*silent, *back)),
        _row("intercom", "first_contact_rate", (rate(n.get("alone", 0), solved), solved), ours, apart),
        _row("helpscout", "one_reply_rate", (rate(n.get("one", 0), answered), answered), ours, back),
        _row(
            "zendesk",
            "reopens",
            (n.get("theirs", 0), n.get("n", 0)),
            (n.get("ours", 0), n.get("n", 0)),
            (REASONS["every_return"],),
        ),
    ]


Cell = tuple[int | float | None, int]


def _row(tool: str, figure: str, theirs: Cell, ours: Cell, why: Sequence[str]) -> Record:
    differs = theirs[0] != ours[0]
    return {
        "tool": tool, "figure": figure, "theirs": theirs[0], "ours": ours[0], "theirs_n": theirs[1],
        "ours_n": ours[1], "reason": "; ".join(why) + "." if differs and why else "",
    }  # fmt: skip


def _told(n: int, code: str) -> tuple[str, ...]:
    return (REASONS[code] % {"n": n},) if n else ()


def reasons_of(told: str) -> tuple[tuple[str, int | None], ...]:
    """The sentences of which a `reason` is made, in its order, each with its number of conversations; None for none."""
    found = [(match.start(), words, match) for words, read in _READ.items() for match in read.finditer(told)]
    ordered = sorted(found, key=lambda each: each[0])
    return tuple((words, int(match[1]) if match.groups() else None) for _, words, match in ordered)


def _by_creation(desk: _Desk, mine: Mask) -> tuple[str, ...]:
    moved = int((desk.columns["first_in"][mine] != desk.columns["opened_in"][mine]).sum())
    return _told(moved, "by_creation")


def _agents(desk: _Desk, mine: Mask) -> tuple[str, ...]:
    return _told(int(desk.columns["is_ours"][mine].sum()), "by_an_agent")


def _begins(desk: _Desk, mine: Mask) -> tuple[str, ...]:
    late = int((desk.columns["asked_s"][mine] != desk.columns["opened_s"][mine]).sum())
    return _told(late, "begun_later")


def _always(desk: _Desk, month: int) -> tuple[str, ...]:
    """What sets every tool apart from ours: whoever still waits, and who comes back later."""
    return (
        *_told(desk.ours[month]["open_n"], "still_waiting"),
        *_told(desk.counted[month].get("again", 0), "later_episodes"),
    )


def _median(values: Numbers, mine: Mask) -> Cell:
    chosen = np.sort(values[mine])
    n = len(chosen)
    return (half_up(Fraction(int(chosen[(n - 1) // 2]) + int(chosen[n // 2]), 2)) if n else None), n


def _mean(values: Numbers, mine: Mask) -> Cell:
    n = int(mine.sum())
    return (half_up(Fraction(int(values[mine].sum()), n)) if n else None), n


WAITS_COMPAT = Composite(
    Card(
        name="waits_compat",
        title="First answers as other tools count them",
        question="Why does another help desk show another number than this book?",
        unit=Unit.RATIO,
        grain="one row per period, tool and figure",
        direction=Direction.NONE,
        kind=Kind.CONTEXT,
        read_with=("waits",),
        columns=(
            Out("month", Unit.MONTH, "The period."),
            Out("tool", Unit.TEXT, "Whose convention: zendesk, intercom, helpscout."),
            Out("figure", Unit.TEXT, "What is told; *_s are seconds, *_rate is a share, reopens are counted."),
            Out("theirs", Unit.RATIO, "The number that the tool's convention gives for these conversations."),
            Out("ours", Unit.RATIO, "Ours: first_response_s or business_s of waits, one-touch share, reopens."),
            Out("theirs_n", Unit.COUNT, "Conversations behind their number."),
            Out("ours_n", Unit.COUNT, "First answers, or solved episodes, behind ours."),
            Out("reason", Unit.TEXT, "Why they differ, with the number of conversations; empty where they do not."),
        ),
        definition=(
            "Zendesk: the median from a ticket's creation to the first public comment of an agent (the second where an "
            "agent created it with one), by creation; its business seconds take the hours in force at the reply for "
            "the whole span; one-touch tickets are the solved ones with fewer than two replies, of none too; reopens "
            "are how often a ticket became solved again. Intercom: the median from a conversation's start, its opening "
            "message included, to the first reply of a person, by start, of what customers began, with or without the "
            "time until the last bot had written; first contact is solved by one person without a return. Help Scout: "
            "averages by reply, office hours being the part of the time that fell into them; one reply of those with "
            "any. All three leave out whoever still waits. Ours are the figures of waits; one touch is one reply and "
            "no reopening, of solved episodes that had a reply; what was solved without one is a class of its own. "
            "This is what is published of a tool, not how an account is set up."
        ),
        source="Support reference, sections 1 to 3.",
        can_slice=False,
        starts_with=("episode", "begun_month"),
        from_stage=2,
    ),
    compute,
)
