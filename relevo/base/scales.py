"""How answers on different scales read as one of three: great, okay, not good. The only place that says so.

A scale that is not stated here is read as nothing, never guessed. The native score stays beside it: the same words
mean different things in different systems (on Zendesk's three steps the middle one is bad, at Help Scout it is okay).
Effort counts upwards: the highest score is the easiest. Method: ../shared/reference/support.md 3, case HP-06.
"""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Answer(StrEnum):
    """What a customer said, in three steps."""

    GREAT = "great"
    OKAY = "okay"
    NOT_GOOD = "not_good"


# The score that the canonical table keeps for each.
HAPPINESS = {Answer.GREAT: 1, Answer.OKAY: 0, Answer.NOT_GOOD: -1}


@dataclass(frozen=True)
class Scale:
    """Scores from `low` to `high`: up to `bad` they are not good, from `good` on great, between the two okay."""

    low: int
    high: int
    bad: int
    good: int

    def answer(self, score: int) -> Answer | None:
        """What a score says; None where the scale does not have it."""
        if not self.low <= score <= self.high:
            return None
        return Answer.NOT_GOOD if score <= self.bad else Answer.GREAT if score >= self.good else Answer.OKAY


@dataclass(frozen=True)
class Tally:
    """How often each was said."""

    great: int
    okay: int
    not_good: int

    @property
    def n(self) -> int:
        """How many answered."""
        return self.great + self.okay + self.not_good


_THREE, _NPS = Scale(-1, 1, -1, 1), Scale(0, 10, 6, 9)
# By kind and highest score. A kind with None has one scale alone, whatever its highest score is said to be.
STATED: dict[tuple[str, int | None], Scale] = {
    ("happiness", None): _THREE,
    ("nps", None): _NPS,
    ("csat", 1): Scale(0, 1, 0, 1),
    ("csat", 2): Scale(1, 2, 1, 2),
    ("csat", 3): Scale(1, 3, 1, 3),
    # Of longer and even scales the lower quarter is not good and the upper one great, as of 1 to 5.
    ("csat", 4): Scale(1, 4, 1, 4),
    ("csat", 5): Scale(1, 5, 2, 4),
    ("csat", 7): Scale(1, 7, 2, 6),
    ("csat", 10): Scale(1, 10, 3, 8),
    ("ces", 5): Scale(1, 5, 2, 4),
    ("ces", 7): Scale(1, 7, 3, 5),
}

# The highest score where a file says none: satisfaction is nearly always asked from 1 to 5.
UNSAID = {"csat": 5}


def response_percent(answered: int, asked: int) -> Fraction | None:
    """Percent of those who were asked who answered; None where nobody is known to have been asked."""
    return Fraction(100 * answered, asked) if asked else None
