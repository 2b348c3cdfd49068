"""Peer reviews as they were made in a window, and what was drawn of them at random with which chance."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

import ibis.expr.types as ir

from relevo.book.schema import Tables
from relevo.measures.card import Frame, Record
from relevo.measures.estimators.review_score import TOP, Mark, Mean, review_score, weighted_mean
from relevo.measures.estimators.severity import Severity, severity
from relevo.measures.rubric import Criterion
from relevo.measures.support.effort import window_begins

RANDOM = "random"
WINDOW = 6
_KEYS = ("review_id", "conversation_id", "reviewer_id", "person_id", "at", "sampling", "probability", "pair_id")


@dataclass(frozen=True)
class Review:
    """One review with its score from 0 to 100; `parts` are the parts of the points by criterion, from 0 to 1.

    `probability` is the chance with which the conversation was drawn; None where nobody knows it.
    """

    review_id: str
    conversation_id: str
    reviewer_id: str
    person_id: str
    at: datetime
    score: float
    parts: Mapping[str, float]
    probability: float | None = None
    pair_id: str | None = None
    is_random: bool = True


@dataclass(frozen=True)
class Draw:
    """One conversation that was drawn: the reviews of it (two where it was judged blind by two), and its weight."""

    reviews: tuple[Review, ...]
    weight: float

    @property
    def score(self) -> float:
        """The mean of what its reviewers gave: judged twice, it still counts once."""
        return sum(each.score for each in self.reviews) / len(self.reviews)


def marks(tables: Tables, frame: Frame) -> ir.Table:
    """One row per review of the window and criterion."""
    rows = tables.review
    seen = rows.filter((rows["at"] >= window_begins(frame)) & (rows["at"] < frame.until) & (rows.max_score > 0))
    return seen.select(*_KEYS, "criterion", "score", "max_score").order_by("review_id", "criterion")


def reviews_of(rows: Iterable[Record], rubric: Sequence[Criterion]) -> list[Review]:
    """Reviews from rows of `marks`, scored by the rubric; a criterion it does not know weighs 1.

    Those of which nothing applies, or nothing that weighs, have no score and are left out.
    """
    known = {each.name: each for each in rubric}
    found = [_review(list(group), known) for _, group in groupby(rows, key=lambda row: row["review_id"])]
    return [each for each in found if each is not None]


def _review(rows: Sequence[Mapping[str, Any]], known: Mapping[str, Criterion]) -> Review | None:
    score = review_score([_mark(row, known.get(row["criterion"])) for row in rows])
    if score is None:
        return None
    first = rows[0]
    chance = first["probability"]
    return Review(
        first["review_id"], first["conversation_id"], first["reviewer_id"], first["person_id"], first["at"], score,
        {row["criterion"]: min(row["score"] / row["max_score"], 1.0) for row in rows},
        float(chance) if chance else None, first["pair_id"], first["sampling"] == RANDOM,
    )  # fmt: skip


def _mark(row: Mapping[str, Any], criterion: Criterion | None) -> Mark:
    told = criterion or Criterion(row["criterion"])
    return Mark(min(row["score"], row["max_score"]), row["max_score"], float(told.weight), told.is_critical)


def draws(reviews: Iterable[Review]) -> list[Draw]:
    """What was drawn at random, each conversation weighing one over its chance.

    Where nobody knows a chance, it weighs as the others do on average; where none is known all weigh the same.
    """
    units: dict[str, list[Review]] = {}
    for each in reviews:
        if each.is_random:
            units.setdefault(_unit(each), []).append(each)
    chances = [next((r.probability for r in unit if r.probability), None) for unit in units.values()]
    known = [1 / chance for chance in chances if chance]
    usual = sum(known) / len(known) if known else 1.0
    weights = [1 / chance if chance else usual for chance in chances]
    return [Draw(tuple(unit), weight) for unit, weight in zip(units.values(), weights, strict=True)]


def _unit(review: Review) -> str:
    return f"pair {review.pair_id} {review.person_id}" if review.pair_id else f"alone {review.review_id}"


def mean_of(drawn: Sequence[Draw]) -> Mean:
    """The weighted mean score of what was drawn."""
    return weighted_mean([each.score for each in drawn], [each.weight for each in drawn])


def severity_of(reviews: Iterable[Review]) -> Severity:
    """How harsh each reviewer is, from the reviews drawn at random."""
    drawn = [each for each in reviews if each.is_random]
    scores = [each.score for each in drawn]
    return severity(scores, [each.person_id for each in drawn], [each.reviewer_id for each in drawn])


def adjusted(drawn: Sequence[Draw], found: Severity) -> float | None:
    """The weighted mean score as an average reviewer would have given it, from 0 to 100; None without a draw."""
    evened = [
        replace(each, reviews=tuple(replace(r, score=r.score - found.effects[r.reviewer_id]) for r in each.reviews))
        for each in drawn
    ]
    value = mean_of(evened).value
    return None if value is None else min(max(value, 0.0), TOP)


def six(value: float | None) -> float | None:
    """A cell: six digits."""
    return None if value is None else round(value, 6)
