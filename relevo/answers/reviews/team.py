"""How good our answers are and how steady, whether reviewers agree, accuracy by channel, and who was coached."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from relevo.answers.dosage import is_shut
from relevo.answers.measures import Ask, MeasureAnswer, show
from relevo.answers.reading import Reading
from relevo.answers.relay.acting import person_names
from relevo.answers.stamp import Stamp, stamp
from relevo.desk.reviews.kept import KeptSample, last_sample
from relevo.measures.card import TEAM
from relevo.measures.estimators.review_score import reviews_needed
from relevo.planning.stages import PERSONS_FROM, TEAMS_FROM

# An interval that reaches so many points to each side is narrow enough to tell somebody.
HALF_WIDTH = 5.0

Rows = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Leads:
    """How much of reviews and coaching leads carry, of those in sight."""

    talks: int
    talks_by_leads: int
    reviews: int
    reviews_by_leads: int


@dataclass(frozen=True)
class ReviewsPage:
    """The team's figures. `whole` is all that was drawn at random in six months; `groups` tells persons or teams.

    `by` is 'person_id' or 'team', None where neither is shown to this viewer at this stage. `needed` is how many
    reviews of one person would tell its score within five points; None while no spread is known. `severity` and
    `coaching` are of those in sight.
    """

    stamp: Stamp
    whole: Mapping[str, Any]
    trend: Rows
    by: str | None
    groups: Rows
    accuracy: Rows
    agreement: Rows
    severity: Rows
    coaching: Rows
    leads: Leads
    needed: int | None
    sample: KeptSample | None
    names: Mapping[str, str]

    @property
    def shown(self) -> tuple[str | None, ...]:
        """The dimensions by which figures of persons are told, for the trail of who saw them."""
        is_told = bool(self.severity or self.coaching) or self.by == "person_id"
        return ("person_id",) if is_told else ()


def reviews_page(reading: Reading) -> ReviewsPage:
    """The team's figures for this viewer; figures of persons are those in sight, from the stage that shows them."""
    whole = show(reading, "review_scores", Ask()).last()
    grouped = _groups(reading)
    coaching = show(reading, "coaching", Ask()).rows if reading.viewer.can_see_person_level else ()
    return ReviewsPage(
        stamp=stamp(reading),
        whole=whole,
        trend=show(reading, "review_trend", Ask()).rows,
        by=None if grouped is None else TEAM if grouped.columns[0].name == TEAM else "person_id",
        groups=() if grouped is None else grouped.rows,
        accuracy=show(reading, "review_accuracy", Ask()).rows,
        agreement=show(reading, "review_agreement", Ask()).rows,
        severity=_severity(reading),
        coaching=coaching,
        leads=Leads(**{name: sum(row[name] for row in coaching) for name in Leads.__dataclass_fields__}),
        needed=reviews_needed(whole["spread"], HALF_WIDTH) if whole.get("spread") is not None else None,
        sample=last_sample(),
        names=person_names(reading),
    )


def _groups(reading: Reading) -> MeasureAnswer | None:
    """Persons in sight, or teams while the company is too small for persons; None while it is too small for both."""
    if is_shut(reading, PERSONS_FROM):
        return None if is_shut(reading, TEAMS_FROM) else show(reading, "reviews", Ask(by=TEAM))
    return show(reading, "reviews", Ask()) if reading.viewer.can_see_person_level else None


def _severity(reading: Reading) -> Rows:
    if is_shut(reading, PERSONS_FROM) or not reading.viewer.can_see_person_level:
        return ()
    return show(reading, "review_severity", Ask()).rows
