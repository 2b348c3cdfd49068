"""The rules of the house about reviews, as of a day."""

from dataclasses import dataclass
from datetime import date

from relevo.desk.house.rules import rules_in_force
from relevo.desk.reviews import drawing
from relevo.desk.reviews.kept import KeptReview
from relevo.measures.rubric import DEFAULT, Criterion, rubric_of


@dataclass(frozen=True)
class ReviewRules:
    """The rubric, how many are drawn of each person a week, the share two judge blind, and whether peers review."""

    rubric: tuple[Criterion, ...]
    per_person: int
    pairs: float
    is_peers: bool


def review_rules(on: date) -> ReviewRules:
    """What holds on a day."""
    held = {key: rule.value for key, rule in rules_in_force(on).items()}
    told = held.get(drawing.RUBRIC_RULE)
    return ReviewRules(
        rubric_of(told) if told is not None else DEFAULT,
        int(str(held.get(drawing.SAMPLE_RULE, drawing.SAMPLE))),
        float(str(held.get(drawing.PAIRS_RULE, drawing.PAIRS))),
        bool(held.get(drawing.PEERS_RULE, drawing.PEERS)),
    )


def rubric_for(kept: KeptReview, on: date) -> tuple[Criterion, ...]:
    """By what a review is judged: once it is made by what it was made by, before by what holds on a day."""
    return rubric_of([dict(each) for each in kept.rubric]) if kept.rubric else review_rules(on).rubric
