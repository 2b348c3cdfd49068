"""How good each person's answers are, as colleagues judged a random sample of them (row S2-36)."""

from relevo.measures.card import Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.estimators.severity import Severity
from relevo.measures.support.review_rows import (
    WINDOW,
    Draw,
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


def _finish(found: Found, frame: Frame) -> list[Record]:
    reviews = reviews_of(found[""], frame.assumptions.review_rubric)
    harsh = severity_of(reviews)
    persons = sorted({each.person_id for each in reviews if each.is_random})
    of = {person: draws(each for each in reviews if each.person_id == person) for person in persons}
    return [{"person_id": person, **figures(drawn, harsh)} for person, drawn in of.items()]


REVIEWS = Model(
    Card(
        name="reviews",
        title="Peer reviews",
        question="How good are each person's answers, as colleagues judged a random sample of them?",
        unit=Unit.RATIO,
        grain="one row per person of whom a conversation was drawn and reviewed",
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
        assumes=ASSUMES,
    ),
    {"": marks},
    _finish,
)
