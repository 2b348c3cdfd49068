"""Where customers meet friction on their way to use: buying, implementation, deployment, adoption (row S1-07).

Pure functions of stages that customers finished; `friction_rows` reads them. What is unknown is NaN and never 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from relevo.measures.estimators.beta import student_t95
from relevo.measures.estimators.lives import Array

Whole = NDArray[np.int64]
DAY = 86_400
# What finished within a year before the end is told; what finished in the year before that says what was usual.
RECENT_DAYS, LOOK_BACK_DAYS = 365, 2 * 365
# Fewer customers than these tell nothing of a stage or a part; fewer than those say nothing of what was usual.
FEWEST, FEWEST_BEFORE = 5, 20
METHOD = (
    "A stage ends with the deal won, the milestone set_up, go_live or adopted, and begins with the end of the one "
    "before, buying with the deal opened. Told are stages that customers finished within a year. Each part is a share "
    "from 0 to 100 %: of the days those on top of what was usual (the median of the year before); of the "
    "customers those for whom the stage took longer than planned, that is than lies between the expected days of its "
    "two ends; of the days those on which a message of the customer waited for a person's answer; of the customers "
    "those that were asked something again; and how far effort (CES, where the highest score is taken as easy) was "
    "rated from easy. A stage's friction is the mean of its known parts, all of one weight, with Student's 95 % "
    "interval over customers. How often a date was moved is not in the book; that it was not kept is."
)


class Stage(StrEnum):
    """The four stages, in order."""

    BUYING = "buying"
    IMPLEMENTATION = "implementation"
    DEPLOYMENT = "deployment"
    ADOPTION = "adoption"


class Part(StrEnum):
    """What friction is made of."""

    LONGER = "longer"
    OVER_PLAN = "over_plan"
    WAITING = "waiting"
    ASKED = "asked"
    EFFORT = "effort"


STAGES, PARTS = tuple(Stage), tuple(Part)


@dataclass(frozen=True, eq=False)
class Facts:
    """Stages that were finished, a row per customer and stage; `stage` is its place in STAGES, times are seconds UTC.

    `waited` are seconds without an answer while the customer had written, `wrote` how often that was; `over_plan` and
    `asked` are 0 or 1; `effort` is from 0, easy, to 1. NaN is unknown.
    """

    customer: Sequence[str]
    segment: Sequence[str]
    stage: Whole
    began: Whole
    ended: Whole
    waited: Array
    wrote: Whole
    over_plan: Array
    asked: Array
    effort: Array

    @property
    def days(self) -> Array:
        """How long each took, in days."""
        return np.asarray((self.ended - self.began) / DAY)

    def only(self, keep: NDArray[np.bool_]) -> "Facts":
        """The rows for which a flag holds."""
        names = ([n for n, k in zip(each, keep, strict=True) if k] for each in (self.customer, self.segment))
        numbers = (self.stage, self.began, self.ended, self.waited, self.wrote, self.over_plan, self.asked, self.effort)
        return Facts(*names, *(each[keep] for each in numbers))  # type: ignore[arg-type]


@dataclass(frozen=True)
class PartShare:
    """One part of a stage's friction: a share from 0 to 1 of `n` customers; None where fewer than FEWEST are known."""

    part: Part
    share: float | None
    n: int


@dataclass(frozen=True)
class StageFriction:
    """One stage: `n` customers finished it lately; its parts, and their mean in points from 0 to 100 with its interval.

    `days` is the median, `usual` that of the year before, `waited` the mean of days without an answer. What rests on
    too few is None.
    """

    stage: Stage
    n: int
    days: float | None
    usual: float | None
    waited: float | None
    parts: tuple[PartShare, ...]
    score: float | None
    low: float | None
    high: float | None


def friction(facts: Facts, until: int) -> tuple[StageFriction, ...]:
    """The four stages as of an instant (seconds UTC); see METHOD.

    No stage depends on what is known of another one.
    """
    return tuple(_stage(stage, facts.only(facts.stage == place), until) for place, stage in enumerate(STAGES))


def shares(facts: Facts, usual: float | None) -> Array:
    """The parts of each row of one stage as shares from 0 to 1, in the order of PARTS.

    A stage in which nobody wrote is one that the help desk does not know.
    """
    days = facts.days
    longest = np.maximum(days, 1.0)
    unknown = np.full(len(days), np.nan)
    longer = unknown if usual is None else np.maximum(0.0, 1 - usual / longest)
    waiting = np.minimum(1.0, facts.waited / DAY / longest) if facts.wrote.any() else unknown
    return np.column_stack([longer, facts.over_plan, waiting, facts.asked, facts.effort])


def _stage(stage: Stage, facts: Facts, until: int) -> StageFriction:
    is_recent = facts.ended >= until - RECENT_DAYS * DAY
    recent, before = facts.only(is_recent), facts.only(~is_recent)
    usual = float(np.median(before.days)) if len(before.customer) >= FEWEST_BEFORE else None
    parted = shares(recent, usual)
    n, known = len(recent.customer), np.isfinite(parted)
    is_told = n >= FEWEST
    parts = tuple(_part(part, parted[:, i][known[:, i]]) for i, part in enumerate(PARTS))
    score, low, high = _score(parted[:, [p.share is not None for p in parts]]) if is_told else (None, None, None)
    waited = recent.waited[known[:, PARTS.index(Part.WAITING)]] / DAY
    return StageFriction(
        stage, n, float(np.median(recent.days)) if is_told else None, usual,
        float(waited.mean()) if len(waited) >= FEWEST else None, parts, score, low, high,
    )  # fmt: skip


def _part(part: Part, known: Array) -> PartShare:
    return PartShare(part, float(known.mean()) if len(known) >= FEWEST else None, len(known))


def _score(parted: Array) -> tuple[float | None, float | None, float | None]:
    """The mean of the parts' means in points, with the interval of customers drawn at random.

    A customer moves each part by its distance from the part's mean, over those of whom the part is known.
    """
    n, many = parted.shape
    if not many:
        return None, None, None
    known = np.isfinite(parted)
    means = np.nanmean(parted, axis=0)
    moves = (np.where(known, parted - means, 0.0) / known.sum(axis=0)).mean(axis=1)
    half = student_t95(n - 1) * sqrt(n / (n - 1) * float(moves @ moves))
    score = float(means.mean())
    return 100 * score, 100 * max(0.0, score - half), 100 * min(1.0, score + half)
