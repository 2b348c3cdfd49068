"""Picks beside the ratings to be expected of them, for the pages that tell persons apart."""

from collections.abc import Mapping

from relevo.answers.dosage import is_shut
from relevo.answers.reading import Reading
from relevo.book.remembering import Remembered
from relevo.insight.people.picked_ratings import Choosing, PickedRatings, picked_ratings
from relevo.measures.estimators.discoveries import believed
from relevo.measures.estimators.picked_scores import Taste
from relevo.planning.stages import PERSONS_FROM

__all__ = ["Choosing", "Taste", "likings", "picked_by_everybody"]
_PICKED: Remembered[PickedRatings] = Remembered(4)


def picked_by_everybody(reading: Reading) -> Mapping[str, Choosing]:
    """Everybody of the company by person_id; nobody while the stage forbids persons. Computed once per book."""
    if is_shut(reading, PERSONS_FROM):
        return {}
    book, assumed = reading.company_book, reading.assumed()
    return _PICKED.get(book, assumed, lambda: picked_ratings(book, assumed)).people


def likings(reading: Reading) -> Mapping[str, float]:
    """The chance of each one's choices as it is read beside those of all others, whoever of them may be seen."""
    people = picked_by_everybody(reading).items()
    known = {name: one.taste.p for name, one in people if one.taste is not None and one.taste.p is not None}
    found = believed(list(known.values()))
    return {name: float(q) for name, q in zip(known, found, strict=True)}
