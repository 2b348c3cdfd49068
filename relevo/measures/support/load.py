"""Who carries how much, and how much of the hard part: expected minutes per person (section 4.5 of the reference)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import fsum

import ibis
import ibis.expr.types as ir
import numpy as np

from relevo.book.schema import Tables
from relevo.measures.card import BEHIND, Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.estimators.balance import in_top_fifth
from relevo.measures.estimators.counts import binomial_two_sided
from relevo.measures.rounding import rate
from relevo.measures.support import persons
from relevo.measures.support.effort import ARRIVAL, Effort, cell_of, effort_of, finished, first_month, window_begins
from relevo.measures.support.hours import available, place_among, weeks_of
from relevo.measures.support.persons import FROM_STAGE, OWN, named, of_whom, teams_of

MONTHS = 3
# Parts of a case are counted in billionths, so that their sums are the same on every engine.
WHOLE = 10**9


def replies_in(tables: Tables, frame: Frame) -> ir.Table:
    """Public human replies of the window by `person_id`, or by team, kept by the conditions that were asked."""
    return every_reply(tables, frame).filter(lambda t: t.person_id.notnull())


def every_reply(tables: Tables, frame: Frame) -> ir.Table:
    """The same with those of other teams than were asked for, as of nobody: they took part in the same cases."""
    reply, begins = tables.reply, window_begins(frame)
    rows = reply.filter((reply["at"] >= begins) & (reply["at"] < frame.until) & reply.person_id.notnull())
    return of_whom(rows.mutate(key_month=ibis.literal(first_month(frame), "int64")), tables, frame)


def behind(tables: Tables, frame: Frame) -> ir.Table:
    """The customers who were replied to."""
    return persons.behind(replies_in(tables, frame), frame)


def work(tables: Tables, frame: Frame) -> ir.Table:
    """Per person, week and cell: cases replied to, the parts of them by replies, and replies outside working hours."""
    rows = every_reply(tables, frame)
    known = rows.in_hours.notnull()
    of_case = ["conversation_id", "episode", *ARRIVAL]
    mine = rows.group_by([*of_case, "person_id"]).aggregate(
        first_at=rows["at"].min(), replies=rows.count(),
        timed=known.cast("int64").sum().cast("int64"),
        outside=(known & ~rows.in_hours).cast("int64").sum().cast("int64"),
    )  # fmt: skip
    whole = mine.replies.sum().over(ibis.window(group_by=["conversation_id", "episode"])).cast("int64")
    shared = mine.mutate(whole=whole, share=mine.replies.cast("int64") * WHOLE)
    starts = weeks_of(window_begins(frame), frame.until, frame.timezone)
    part = (shared.share - shared.share % shared.whole) / shared.whole  # portable: a case has a reply
    exact = part.round().cast("int64")  # portable: it is whole already
    cases = shared.mutate(week=place_among(shared.first_at, starts), part=exact).filter(shared.person_id.notnull())
    return cases.group_by(["person_id", "week", *ARRIVAL]).aggregate(
        cases=cases.count(), part=_sum(cases.part), timed=_sum(cases.timed), outside=_sum(cases.outside)
    )


def _sum(values: ir.IntegerColumn) -> ir.IntegerValue:
    return values.sum().cast("int64")


def hours(tables: Tables, frame: Frame) -> ir.Table:
    """Seconds on shift within the window, per person."""
    return teams_of(available(tables, frame, window_begins(frame)), tables, frame)


@dataclass
class Carried:
    """One person's window: cases, hard ones, replies by the clock, and minutes by week, all of them and the hard."""

    cases: int = 0
    hard: int = 0
    timed: int = 0
    outside: int = 0
    minutes_by_week: dict[int, float] = field(default_factory=dict)
    hard_by_week: dict[int, float] = field(default_factory=dict)

    @property
    def minutes(self) -> float:
        """Expected minutes of the whole window."""
        return fsum(self.minutes_by_week.values())


def carried(rows: Iterable[Record], effort: Effort) -> dict[str, Carried]:
    """What each person carried, from the rows of `work`."""
    found: dict[str, Carried] = {}
    parts: dict[tuple[str, int], tuple[list[float], list[float]]] = {}
    for row in rows:
        name, cell = row["person_id"], cell_of(row)
        one, (every, hard) = found.setdefault(name, Carried()), parts.setdefault((name, row["week"]), ([], []))
        minutes = row["part"] / WHOLE * effort.minutes.get(cell, 0.0)
        every.append(minutes)
        one.cases += row["cases"]
        one.timed += row["timed"]
        one.outside += row["outside"]
        if cell in effort.hard:
            one.hard += row["cases"]
            hard.append(minutes)
    for (name, week), (every, hard) in sorted(parts.items()):
        found[name].minutes_by_week[week] = fsum(every)
        found[name].hard_by_week[week] = fsum(hard)
    return found


def heavy_weeks(people: Mapping[str, Carried]) -> dict[str, list[int]]:
    """The weeks in which each person was among the top fifth of the hard minutes, of those who worked that week."""
    found: dict[str, list[int]] = {person: [] for person in people}
    for week in sorted({week for one in people.values() for week in one.hard_by_week}):
        there = [person for person, one in people.items() if week in one.hard_by_week]
        top = in_top_fifth(np.array([people[person].hard_by_week[week] for person in there]))
        for person, is_top in zip(there, top, strict=True):
            if is_top:
                found[person].append(week)
    return found


def hard_p(people: Mapping[str, Carried], seconds: Mapping[str, int]) -> dict[str, float | None]:
    """How likely chance alone leaves each with a number of hard cases as far from the team's.

    By available hours where shifts are known: of the hard cases of those who have hours, each is expected to get the
    part of theirs. Without any, by cases: of a person's cases, the team's part is expected to be hard.
    """
    timed = {person: seconds.get(person, 0) for person in people}
    if not any(timed.values()):
        cases, hard = sum(one.cases for one in people.values()), sum(one.hard for one in people.values())
        return {name: binomial_two_sided(one.hard, one.cases, hard / cases) for name, one in people.items()}
    total, hard = sum(timed.values()), sum(one.hard for name, one in people.items() if timed[name])
    return {
        name: binomial_two_sided(one.hard, hard, timed[name] / total) if timed[name] else None
        for name, one in people.items()
    }


def _finish(found: Found, frame: Frame) -> list[Record]:
    effort = effort_of(found["finished"], [cell_of(row) for row in found["work"]])
    people = carried(found["work"], effort)
    heavy = heavy_weeks(people)
    p = hard_p(people, {str(row["person_id"]): int(row["seconds"]) for row in found["hours"]})
    return named((_row(name, one, p[name], heavy[name], effort) for name, one in sorted(people.items())), frame)


def _row(name: str, one: Carried, p: float | None, heavy: Sequence[int], effort: Effort) -> Record:
    is_known = bool(effort.minutes)
    return {
        "person_id": name,
        "expected_minutes": round(one.minutes, 1) if is_known else None,
        "hard_share": rate(Fraction(one.hard), one.cases) if is_known else None,
        "p": None if p is None or not is_known else round(p, 6),
        "after_hours_share": rate(Fraction(one.outside), one.timed),
        "weeks_in_top_fifth": len(heavy) if is_known else None,
        "n": one.cases,
    }


LOAD = Model(
    Card(
        name="load",
        title="Load",
        question="Who carries how much of the work, and how much of the hard part?",
        unit=Unit.COUNT,
        grain="one row per person who replied in the window",
        direction=Direction.NONE,
        kind=Kind.CONTEXT,
        read_with=("avoidance", "work_types"),
        columns=(
            Out("person_id", Unit.TEXT, "Who replied."),
            Out("expected_minutes", Unit.COUNT, "Minutes that their part of the cases was to be expected to take."),
            Out("hard_share", Unit.RATE, "Hard cases among those they replied to."),
            Out("p", Unit.RATE, "How likely chance alone shares hard cases so unevenly (exact, two-sided)."),
            Out(
                "after_hours_share",
                Unit.RATE,
                "Replies outside their shift or the schedule; null if unknown.",
            ),
            Out("weeks_in_top_fifth", Unit.COUNT, "Weeks in which they were among the top fifth by hard minutes."),
            Out("n", Unit.COUNT, "Cases to which they replied."),
        ),
        definition=(
            "Expected minutes at arrival: the mean of the conversations of the last 365 days alike in category, "
            "channel, tier and priority as first set, where small cells are drawn to the larger ones that hold them "
            "(Buehlmann and Straub). Time is what systems measured; a reply that nobody measured counts as the mean "
            "measured one, and as 5 minutes where none was: an estimate then. A case's minutes are shared by its "
            "public replies within the window. Hard is what at most a fifth of the year's conversations were to be "
            "expected to exceed, half of those alike counted. p compares hard cases per available hour (shifts "
            "without absences) with the team's; without shifts, hard cases per case. Weeks begin on Monday; a case "
            "belongs to the week of the person's first reply. The window is the three months that end with the as-of "
            "day's, or those of --months. A large load is no merit and a small one no fault: it says who carries it."
        ),
        source="Rows S0-27 and S0-44; expected minutes as a relative value unit; Buehlmann and Straub 1970.",
        months=MONTHS,
        can_slice=False,
        has_months=False,
        ends_earlier=True,
        own_dimensions=OWN,
        from_stage=FROM_STAGE,
    ),
    {"work": work, "finished": finished, "hours": hours, BEHIND: behind},
    _finish,
)
