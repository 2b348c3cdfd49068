"""Happiness: what customers say of how they were helped, and how it looks once their cases are taken into account."""

from collections.abc import Sequence
from dataclasses import replace

import ibis.expr.types as ir

from relevo.book.schema import Tables
from relevo.measures.card import BEHIND, TEAM, Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.estimators.in_context import InContext, Judged, judged
from relevo.measures.slices import SLICE, labelled
from relevo.measures.support import vote_cells
from relevo.measures.support.vote_cells import Cells, coded
from relevo.measures.support.votes import OWN, PERSON

# What a model computed is told to a thousandth of a point; the digits beyond depend on the machine.
DIGITS = 3
_RAW_DIGITS = 6
_NOBODY: Record = {"responses": 0, "offered": None}


def by_unit(frame: Frame) -> Frame:
    """The same frame, cut by person where one person alone is asked about: it is judged among all of them."""
    asked = [value for name, value in frame.where if name == PERSON]
    return replace(frame, by=PERSON) if frame.by is None and len(asked) == 1 else frame


def cells(tables: Tables, frame: Frame) -> ir.Table:
    """Votes that are alike, counted."""
    return vote_cells.cells(tables, by_unit(frame))


def asked(tables: Tables, frame: Frame) -> ir.Table:
    """Episodes by whether the customer was asked and answered."""
    return vote_cells.asked(tables, by_unit(frame))


def counted(tables: Tables, frame: Frame) -> ir.Table:
    """Ratings and the customers behind them."""
    return vote_cells.counted(tables, by_unit(frame))


def in_context(found: Cells) -> Judged:
    """Every group of the cells in context."""
    return judged(found.votes, found.group, found.weights)


def _finish(found: Found, frame: Frame) -> list[Record]:
    unit = by_unit(frame)
    told, counts = _told(found), {r.get(SLICE): int(r["n"]) for r in found["n"]}
    answers = answers_by_slice(found["asked"])
    named = {*told, *answers} if unit.by else {None}
    rows = {
        of: _row(counts.get(of, 0), answers.get(of, _NOBODY), told.get(of), unit.by in (PERSON, TEAM))
        for of in sorted(named, key=str)
    }
    return labelled(rows, frame)


def _told(found: Found) -> dict[str | None, InContext]:
    """The groups of which rows are kept, by their slice."""
    if not found[""]:
        return {}
    made = coded(found[""], found["asked"])
    every = zip(made.groups, in_context(made).groups, strict=True)
    return {of: one for (of, is_kept), one in every if is_kept}


def answers_by_slice(rows: Sequence[Record]) -> dict[str | None, Record]:
    """By slice the episodes rated, and those whose customer was asked; null where nobody noted who was."""
    found: dict[str | None, Record] = {}
    for of in {r.get(SLICE) for r in rows if r["kept"]}:
        mine = [r for r in rows if r["kept"] and r.get(SLICE) == of]
        known, offered, responses = (sum(int(r[name]) for r in mine) for name in ("known", "offered", "responses"))
        found[of] = {"responses": responses, "offered": offered if known else None}
    return found


def _row(n: int, answers: Record, one: InContext | None, is_unit: bool) -> Record:
    shown = one is not None and is_unit and one.shown
    raw = one.raw if one else None
    ends = (one.low, one.high) if one and shown else (raw.low, raw.high) if raw else (None, None)
    digits = DIGITS if shown else _RAW_DIGITS
    return {
        "n": n,
        **answers,
        "raw": _rounded(raw.value if raw else None, _RAW_DIGITS),
        "expected": _rounded(one.expected if one else None, DIGITS),
        "in_context": _rounded(one.pooled, DIGITS) if one and shown else None,
        "low": _rounded(ends[0], digits),
        "high": _rounded(ends[1], digits),
        "reliability": _rounded(one.reliability, DIGITS) if one and is_unit else None,
        "shown": shown,
    }


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits) + 0.0


HAPPINESS = Model(
    Card(
        name="happiness",
        title="Happiness",
        question="How happy are customers with the help they get, given the cases that it was about?",
        unit=Unit.RATIO,
        grain="one row, or one per slice",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("waits", "gross_revenue_retention"),
        columns=(
            Out("n", Unit.COUNT, "Ratings that count: the last one of every customer and episode."),
            Out("responses", Unit.COUNT, "Episodes that were rated; of a person, those in which it replied."),
            Out("offered", Unit.COUNT, "Episodes in which the customer was asked or answered; null if not noted."),
            Out("raw", Unit.RATIO, "Share of great less share of not good, from -100 to 100; okay counts as neither."),
            Out("expected", Unit.RATIO, "What the average colleague would have got on these cases; null with too few."),
            Out("in_context", Unit.RATIO, "Raw less expected, pulled to peers of a like mix; null where not shown."),
            Out("low", Unit.RATIO, "Lower end of the 95 % interval: of in_context where it is shown, else of raw."),
            Out("high", Unit.RATIO, "Upper end of the same interval."),
            Out("reliability", Unit.RATE, "Part of what differs between persons, or teams, that is not chance."),
            Out("shown", Unit.BOOLEAN, "Whether in_context is told: reliability from 0.70 on, comparable cases."),
        ),
        definition=(
            "Ratings of the kinds happiness and csat as great, okay or not good (the upper quarter of a scale, the "
            "lower one, the rest: 4 and 5, 3, 1 and 2 of five), given in the window; a month of the window is 30 "
            "days, so the default of six is the last 180. One rating per customer and episode, the last; it belongs "
            "to the reply it was given on, else in equal shares to the public replies before it, and nothing that "
            "happens later moves it. Ratings whose reason is one of the house rule ratings_not_of_persons (product, "
            "price, policy) are in no person's row and in every other. Expected is the mean over colleagues of what "
            "a penalised multinomial model gives them on the case, the customer's own fold left out; it knows the "
            "category, channel, tier, priority, language, the wait before this person and how many had replied "
            "before, and nothing that the person did. Below 300 ratings it is a table of categories and channels "
            "instead, below 30 nothing. In context each rating stands for those who did not answer (at most five "
            "usual ones), and the mean is pulled to what is usual for as hard a mix by how little is known. It is "
            "told of persons and teams alone, from a reliability of 0.70 on, and of nobody more than half of whose "
            "cases nobody else takes. Difficulty that none of these traits tells is not seen: a figure in context "
            "is a start for a talk and never an input of pay. A slice of customers is their value when the window "
            "opens."
        ),
        source="Support reference, sections 4.1 to 4.4; Help Scout's score; rows S0-46, S0-48, S0-50.",
        months=6,
        has_months=False,
        assumes=("ratings_not_of_persons",),
        own_dimensions=OWN,
        from_stage=2,
    ),
    {"": cells, "n": counted, "asked": asked, BEHIND: counted},
    _finish,
)
