"""Who was coached in the last 30 days, and how much of reviews and coaching leads carry (row S3-51)."""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

import ibis
import ibis.expr.types as ir

from relevo.base.periods import day_in
from relevo.book.schema import Tables
from relevo.measures.card import Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.support.effort import window_begins
from relevo.measures.support.review_rows import WINDOW, marks

# Every agent is coached within so many days, or shows.
DAYS = 30
SUPPORT = "support"


def people(tables: Tables, frame: Frame) -> ir.Table:
    """Who works here on the as-of day: the team, and whether somebody reports to this one."""
    rows = tables.person
    here = rows.filter(
        (rows.started_on.isnull() | (rows.started_on <= ibis.date(frame.as_of)))
        & (rows.ended_on.isnull() | (rows.ended_on > ibis.date(frame.as_of)))
    )
    leads = rows.filter(rows.manager_id.notnull()).select(lead="manager_id").distinct()
    both = here.left_join(leads, here.person_id == leads.lead)
    return both.select("person_id", "team", is_lead=both.lead.notnull()).order_by("person_id")


def talks(tables: Tables, frame: Frame) -> ir.Table:
    """Coaching by coach and person: the last one of all time, and how many in the window."""
    rows = tables.coaching.filter(lambda t: t["at"] < frame.until)
    inside = ibis.ifelse(rows["at"] >= window_begins(frame), ibis.literal(1, "int64"), ibis.literal(0, "int64"))
    told = rows.mutate(inside=inside).group_by("person_id", "coach_id")
    return told.aggregate(last_at=rows["at"].max(), n=lambda t: t.inside.sum().cast("int64")).order_by(
        "person_id", "coach_id"
    )


def reviewed(tables: Tables, frame: Frame) -> ir.Table:
    """Reviews of the window by person and reviewer, drawn at random or picked."""
    rows = marks(tables, frame)
    return (
        rows.group_by("person_id", "reviewer_id")
        .aggregate(n=rows.review_id.nunique())
        .order_by("person_id", "reviewer_id")
    )


def _finish(found: Found, frame: Frame) -> list[Record]:
    leads = frozenset(row["person_id"] for row in found[""] if row["is_lead"])
    talked, judged = _by_person(found["talks"]), _by_person(found["reviewed"])
    agents = [row["person_id"] for row in found[""] if row["person_id"] in judged or _is_agent(row)]
    return [_row(each, talked.get(each, []), judged.get(each, []), leads, frame) for each in agents]


def _is_agent(row: Mapping[str, Any]) -> bool:
    return row["team"] == SUPPORT and not row["is_lead"]


def _by_person(rows: Iterable[Record]) -> dict[str, list[Record]]:
    found: dict[str, list[Record]] = {}
    for row in rows:
        found.setdefault(row["person_id"], []).append(row)
    return found


def _row(person: str, talked: list[Record], judged: list[Record], leads: frozenset[str], frame: Frame) -> Record:
    last = max((row["last_at"] for row in talked), default=None)
    day = None if last is None else day_in(last, frame.timezone)
    return {
        "person_id": person,
        "last_on": day,
        "is_covered": day is not None and day > frame.as_of - timedelta(days=DAYS),
        "talks": sum(row["n"] for row in talked),
        "talks_by_leads": sum(row["n"] for row in talked if row["coach_id"] in leads),
        "reviews": sum(row["n"] for row in judged),
        "reviews_by_leads": sum(row["n"] for row in judged if row["reviewer_id"] in leads),
    }


COACHING = Model(
    Card(
        name="coaching",
        title="Coaching",
        question="Who was coached in the last 30 days, and do leads carry coaching and reviews?",
        unit=Unit.COUNT,
        grain="one row per agent: who works in support and leads nobody, and who was reviewed in the window",
        direction=Direction.UP,
        kind=Kind.CONTEXT,
        read_with=("review_scores",),
        columns=(
            Out("person_id", Unit.TEXT, "The agent."),
            Out("last_on", Unit.DATE, "The day of the last coaching; null where there was none."),
            Out("is_covered", Unit.BOOLEAN, "Whether it was in the 30 days that end with the as-of day."),
            Out("talks", Unit.COUNT, "Coaching talks in the window."),
            Out("talks_by_leads", Unit.COUNT, "Those that a lead held: somebody to whom colleagues report."),
            Out("reviews", Unit.COUNT, "Reviews of this person's answers in the window, drawn or picked."),
            Out("reviews_by_leads", Unit.COUNT, "Those that a lead made."),
        ),
        definition=(
            "Agents are those who work in support on the as-of day and lead nobody, and those who work here and were "
            "reviewed in the window, which is the months that end with the as-of day's. One is covered by a coaching "
            "of the last 30 days, counted in the company's time zone; who is not, shows. Leads are those to whom "
            "somebody reports. What was said in a talk is not kept."
        ),
        source="Row S3-51.",
        months=WINDOW,
        can_slice=False,
        has_months=False,
    ),
    {"": people, "talks": talks, "reviewed": reviewed},
    _finish,
)
