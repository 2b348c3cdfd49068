"""How harsh each reviewer is, beside the colleagues who judged the same people."""

from relevo.measures.card import Card, Direction, Found, Frame, Kind, Model, Out, Record, Unit
from relevo.measures.support.review_rows import WINDOW, marks, reviews_of, severity_of, six
from relevo.measures.support.reviews import ASSUMES


def _finish(found: Found, frame: Frame) -> list[Record]:
    reviews = [each for each in reviews_of(found[""], frame.assumptions.review_rubric) if each.is_random]
    harsh = severity_of(reviews)
    given: dict[str, list[float]] = {}
    for each in reviews:
        given.setdefault(each.reviewer_id, []).append(each.score)
    return [
        {
            "person_id": person, "n": len(scores), "given": six(sum(scores) / len(scores)),
            "effect": six(harsh.effects[person]), "low": six(harsh.low(person)), "high": six(harsh.high(person)),
        }
        for person, scores in sorted(given.items())
    ]  # fmt: skip


REVIEW_SEVERITY = Model(
    Card(
        name="review_severity",
        title="Severity of reviewers",
        question="Who marks harder or milder than the others, the people reviewed being the same?",
        unit=Unit.RATIO,
        grain="one row per reviewer",
        direction=Direction.NONE,
        kind=Kind.CONTEXT,
        read_with=("review_agreement",),
        columns=(
            Out("person_id", Unit.TEXT, "The reviewer."),
            Out("n", Unit.COUNT, "Reviews of conversations drawn at random."),
            Out("given", Unit.RATIO, "The mean score given, from 0 to 100."),
            Out("effect", Unit.RATIO, "Points that this reviewer adds: below 0 is harsh; effects add up to 0."),
            Out("low", Unit.RATIO, "Lower end of its 95 % interval; null where it cannot be told."),
            Out("high", Unit.RATIO, "Upper end of its 95 % interval; null where it cannot be told."),
        ),
        definition=(
            "A score is the level of the person reviewed plus an effect of the reviewer. Levels are free, effects are "
            "drawn towards 0 by a penalty that the data choose, so that who gave few marks is held for average. Who "
            "alone reviewed somebody cannot be told apart from that person, and has 0."
        ),
        source="Henderson 1975; Patterson and Thompson 1971. Support method, section 5.",
        months=WINDOW,
        can_slice=False,
        from_stage=5,
        has_months=False,
        assumes=ASSUMES,
    ),
    {"": marks},
    _finish,
)
