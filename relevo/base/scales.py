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

    def scores(self, answer: Answer) -> tuple[int, ...]:
        """The scores that say this, lowest first."""
        return tuple(score for score in range(self.low, self.high + 1) if self.answer(score) is answer)


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


def scale_of(kind: str, scale_max: int | None) -> Scale | None:
    """The stated scale of a kind with this highest score; None where none is stated."""
    highest = UNSAID.get(kind) if scale_max is None else scale_max
    return STATED.get((kind, None)) or STATED.get((kind, highest))


def answer_of(kind: str, score: int, scale_max: int | None) -> Answer | None:
    """What a rating says in three steps; None where its scale is not stated, or does not have the score."""
    scale = scale_of(kind, scale_max)
    return None if scale is None else scale.answer(score)


@dataclass(frozen=True)
class Tally:
    """How often each was said. Shares and scores are exact, in percent; None where nobody said anything."""

    great: int
    okay: int
    not_good: int

    @property
    def n(self) -> int:
        """How many answered."""
        return self.great + self.okay + self.not_good

    @property
    def satisfied(self) -> Fraction | None:
        """Percent who said great: satisfaction as most systems tell it, of those who answered."""
        return self._percent(self.great)

    @property
    def happiness(self) -> Fraction | None:
        """Percent great less percent not good, from -100 to 100."""
        return self._percent(self.great - self.not_good)

    def _percent(self, count: int) -> Fraction | None:
        return Fraction(100 * count, self.n) if self.n else None


def points_between(now: Tally, before: Tally) -> dict[Answer, Fraction] | None:
    """By how many points the share of each answer moved; None where one of the two is of nobody."""
    if not now.n or not before.n:
        return None
    counts = {answer: (getattr(now, answer), getattr(before, answer)) for answer in Answer}
    return {answer: Fraction(100 * a, now.n) - Fraction(100 * b, before.n) for answer, (a, b) in counts.items()}


def percent_between(now: int, before: int) -> Fraction | None:
    """By how many percent a count moved; None where there was none before."""
    return Fraction(100 * (now - before), before) if before else None


def response_percent(answered: int, asked: int) -> Fraction | None:
    """Percent of those who were asked who answered; None where nobody is known to have been asked."""
    return Fraction(100 * answered, asked) if asked else None
