"""How good each person's answers are, as colleagues judged a random sample of them (row S2-36)."""

import ibis.expr.types as ir

from relevo.base.errors import WrongUse
from relevo.book.schema import Tables
from relevo.measures.card import (
    BEHIND,
    TEAM,
    Card,
    Dimension,
    Direction,
    Found,
    Frame,
    Kind,
    Model,
    Out,
    Record,
    Unit,
)
from relevo.measures.estimators.severity import Severity
from relevo.measures.slices import NONE, SLICE
from relevo.measures.support.review_rows import (
    WINDOW,
    Draw,
    Review,
    adjusted,
    draws,
    marks,
    mean_of,
    reviews_of,
    severity_of,
    six,
)

FIGURES = (
    Out("n", Unit.COUNT, "Conversations drawn at random and reviewed; one that two judged counts once."),
    Out("score", Unit.RATIO, "Mean score from 0 to 100, each weighing one over its chance; null for none."),
    Out("low", Unit.RATIO, "Lower end of the 95 % interval of the score (Student's t); null below two."),
    Out("high", Unit.RATIO, "Upper end of the 95 % interval of the score; null below two."),
    Out("severity_adjusted", Unit.RATIO, "The score as an average reviewer would have given it; null for none."),
    Out("spread", Unit.RATIO, "Standard deviation of the scores, under the same weights; null below two."),
)
SCORED = (
    "A review's score is 100 times the weighted mean of the parts of the points of its criteria, by the weights of the "
    "house's rubric; a criterion that does not apply leaves the denominator, and a critical one below half of its "
    "points makes the score 0. Reviews made in the window count, which is the months that end with the as-of day's, if "
    "their conversation was drawn at random: what was picked, after a bad rating for example, is never in a score. "
    "Each conversation weighs one over the chance with which it was drawn; where that is not known, as the others do "
    "on average. One that two judged blind counts once, with the mean of both. The effect of a reviewer is told apart "
    "from that of the person reviewed by least squares with a penalty found by restricted maximum likelihood, over all "
    "reviews of the window."
)
SOURCE = "Row S2-36; scores as in Zendesk QA; Hajek 1971; Patterson and Thompson 1971."
ASSUMES = ("review_rubric",)


def figures(drawn: list[Draw], harsh: Severity) -> Record:
    """The cells of one group of drawn conversations."""
    found = mean_of(drawn)
    return {
        "n": found.n, "score": six(found.value), "low": six(found.low), "high": six(found.high),
        "severity_adjusted": six(adjusted(drawn, harsh)), "spread": six(found.spread),
    }  # fmt: skip


def marks_with_team(tables: Tables, frame: Frame) -> ir.Table:
    """One row per review of the window and criterion, with the team in which the person reviewed works."""
    rows, people = marks(tables, frame), tables.person.select("team", who="person_id")
    both = rows.left_join(people, rows.person_id == people.who)
    told = both.select(*rows.columns, team=both.team.fill_null(NONE))
    wanted = [value for name, value in frame.where if name == TEAM]
    if len(wanted) != len(frame.where):
        raise WrongUse("Reviews of persons are kept to teams alone.", "Ask review_scores --where instead.")
    return (told.filter(told.team.isin(wanted)) if wanted else told).order_by("review_id", "criterion")


def behind(tables: Tables, frame: Frame) -> ir.Table:
    """The customers whose conversations were reviewed, of each team or of all."""
    rows, talks = marks_with_team(tables, frame), tables.conversation.select("customer_id", talk="conversation_id")
    both = rows.left_join(talks, rows.conversation_id == talks.talk)
    cut = both.group_by(**{SLICE: both.team}) if frame.by == TEAM else both
    return cut.aggregate(customers=both.customer_id.nunique())


def _finish(found: Found, frame: Frame) -> list[Record]:
    """Persons, or teams: the figures of a team are those of what was drawn of all its people."""
    reviews = reviews_of(found[""], frame.assumptions.review_rubric)
    harsh = severity_of(reviews_of(found["window"], frame.assumptions.review_rubric))
    column = TEAM if frame.by == TEAM else "person_id"
    of = {row["review_id"]: row[column] for row in found[""]}
    groups: dict[str, list[Review]] = {}
    for each in reviews:
        if each.is_random:
            groups.setdefault(of[each.review_id], []).append(each)
    return [{column: name, **figures(draws(groups[name]), harsh)} for name in sorted(groups)]


OWN = (Dimension(TEAM, "the team in which the person reviewed works."),)

REVIEWS = Model(
    Card(
        name="reviews",
        title="Peer reviews",
        question="How good are each person's answers, as colleagues judged a random sample of them?",
        unit=Unit.RATIO,
        grain="one row per person of whom a conversation was drawn and reviewed, or per team of persons",
        direction=Direction.UP,
        kind=Kind.OUTCOME,
        read_with=("review_agreement",),
        columns=(Out("person_id", Unit.TEXT, "Whose answers were reviewed."), *FIGURES),
        definition=(
            f"{SCORED} With few reviews the interval is wide: for 5 points to each side at a spread of 20 it takes "
            "62. It is for learning: no pay plan can read it."
        ),
        source=SOURCE,
        months=WINDOW,
        can_slice=False,
        has_months=False,
        own_dimensions=OWN,
        assumes=ASSUMES,
        from_stage=2,
    ),
    {"": marks_with_team, "window": marks, BEHIND: behind},
    _finish,
)
