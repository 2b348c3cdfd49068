"""Fit: the questions asked before a sale, and what their answers count. Pure.

The questions are the house rule `fit_questions`; answers that CRM exports bring count as much as those given here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from relevo.base.errors import WrongUse

RULE, GATE_RULE = "fit_questions", "fit_gate"
# A deal needs this share of the points of all questions; rows S0-26 and S4-02 name no figure: a default, never a law.
GATE = 0.6
_MOST = 12


@dataclass(frozen=True)
class Question:
    """One question: its key, its words, and the points of each answer, as `(answer, points)` best first."""

    key: str
    text: str
    answers: tuple[tuple[str, int], ...]

    @property
    def most(self) -> int:
        """The points of the best answer."""
        return max(points for _, points in self.answers)

    def points(self, answer: str) -> int | None:
        """What an answer counts, however it is written; None for one that is not known."""
        known = {text.casefold(): points for text, points in self.answers}
        return known.get(answer.strip().casefold())


_YES_NO = (("yes", 2), ("partly", 1), ("no", 0))
DEFAULTS = (
    Question("problem_we_solve", "Do they have the problem that we solve?", _YES_NO),
    Question("uses_what_exists", "Can today's product do what they need?", _YES_NO),
    Question("owner_named", "Has somebody there the task and the time to introduce it?", _YES_NO),
    Question("value_in_numbers", "Do they expect a result in numbers?", _YES_NO),
    Question("can_pay_and_stay", "Is the price bearable for them beyond the first year?", _YES_NO),
)


@dataclass(frozen=True)
class Fit:
    """How a deal's customer fits: points over the most there are, and the part of the questions that was answered.

    `score` is None where nothing was answered: nobody asked, which is not the same as no fit.
    """

    score: Fraction | None
    answered: int
    questions: int

    @property
    def completeness(self) -> Fraction:
        """The part of the questions that was answered; 0 where there are none."""
        return Fraction(self.answered, self.questions) if self.questions else Fraction(0)

    def passes(self, gate: Fraction) -> bool:
        """Whether every question was answered and the score reaches the gate."""
        return self.score is not None and self.answered == self.questions and self.score >= gate


def questions_with(rule: object) -> tuple[Question, ...]:
    """The questions of a house rule, the defaults for an empty one; WrongUse for what cannot be asked.

    The rule is a list of `{"key", "text", "answers": {"yes": 2, "no": 0}}`.
    """
    if not isinstance(rule, Sequence) or isinstance(rule, str) or len(rule) > _MOST:
        raise WrongUse(f"The questions are no list of up to {_MOST}.", 'Write [{"key", "text", "answers"}, ...].')
    found = tuple(_question(each) for each in rule) or DEFAULTS
    if len({each.key for each in found}) != len(found):
        raise WrongUse("Two questions have one key.", "Give each a key of its own.")
    return found


def fit_of(questions: Sequence[Question], answers: Mapping[str, str | None]) -> Fit:
    """The fit of a deal from its answers by question; an answer that no question knows is not an answer."""
    points = {q.key: q.points(answers.get(q.key) or "") for q in questions}
    given = [p for p in points.values() if p is not None]
    most = sum(q.most for q in questions)
    return Fit(Fraction(sum(given), most) if given and most else None, len(given), len(questions))


def _question(told: Any) -> Question:
    if not isinstance(told, Mapping) or set(told) != {"key", "text", "answers"}:
        raise WrongUse("A question has key, text and answers.", 'Write {"key": "owner_named", "text": ..., ...}.')
    key, text, answers = told["key"], told["text"], told["answers"]
    is_word = isinstance(key, str) and 0 < len(key) <= 40 and key.replace("_", "").isalnum()
    if not is_word or not isinstance(text, str) or not text.strip():
        raise WrongUse(f"A question has the key {str(key)[:40]!r}.", "Write a lower_snake word, and the question.")
    points = answers.values() if isinstance(answers, Mapping) else ()
    if not points or any(type(p) is not int or p < 0 for p in points) or max(points) == 0:
        raise WrongUse(f"The answers of {key[:40]!r} have no points.", 'Write {"yes": 2, "partly": 1, "no": 0}.')
    return Question(key, text.strip(), tuple((str(answer), p) for answer, p in answers.items()))
