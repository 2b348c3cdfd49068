"""Fit: the questions asked before a sale, what their answers count, and what was decided about a deal.

The questions are the house rule `fit_questions`; answers that CRM exports bring count as much as those given here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction
from typing import Any

from relevo.base.errors import WrongUse
from relevo.desk.relay.models import DeclinedDeal, FitAnswer, FitOverride

RULE, GATE_RULE = "fit_questions", "fit_gate"
# A deal needs this share of the points of all questions; rows S0-26 and S4-02 name no figure: a default, never a law.
GATE = 0.6
_MOST = 12


class Why(StrEnum):
    """Why something was not sold."""

    NO_FIT = "no_fit"
    CANNOT_BE_KEPT = "cannot_be_kept"
    TOO_SMALL = "too_small"
    TOO_COSTLY = "too_costly"
    OTHER = "other"


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


@dataclass(frozen=True)
class KeptAnswer:
    """An answer: to which question of which deal, when and by whom."""

    deal_id: str
    question: str
    answer: str
    answered_at: datetime
    answered_by: str


@dataclass(frozen=True)
class KeptOverride:
    """That somebody let a deal pass the gate, with which score (None: nothing answered) and why."""

    deal_id: str
    customer_id: str
    score: Fraction | None
    reason: str
    at: datetime
    who: str


@dataclass(frozen=True)
class KeptDecline:
    """Something that was not sold on purpose. `amount_cents` is None where nobody knows."""

    id: int
    deal_id: str
    customer_id: str
    name: str
    person_id: str
    amount_cents: int | None
    currency: str
    why: str
    reason: str
    declined_on: date
    created_by: str


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


def answers_of(deal_ids: Sequence[str]) -> Mapping[str, Mapping[str, KeptAnswer]]:
    """Answers given here, by deal and question."""
    found: dict[str, dict[str, KeptAnswer]] = {}
    for row in FitAnswer.objects.filter(deal_id__in=list(deal_ids)):
        kept = KeptAnswer(row.deal_id, row.question, row.answer, row.answered_at, row.answered_by)
        found.setdefault(row.deal_id, {})[row.question] = kept
    return found


def overrides(limit: int = 200) -> tuple[KeptOverride, ...]:
    """Deals that somebody let pass the gate, the latest first."""
    return tuple(_override(row) for row in FitOverride.objects.all()[:limit])


def declined(limit: int, offset: int = 0) -> tuple[KeptDecline, ...]:
    """What was not sold on purpose, the latest first."""
    rows = DeclinedDeal.objects.filter(withdrawn_at__isnull=True)[offset : offset + limit]
    return tuple(_decline(row) for row in rows)


def _decline(row: DeclinedDeal) -> KeptDecline:
    told: dict[str, Any] = {name: getattr(row, name) for name in KeptDecline.__dataclass_fields__ if name != "id"}
    return KeptDecline(id=row.pk, **told)


def _override(row: FitOverride) -> KeptOverride:
    score = None if row.score is None else Fraction(row.score, 1_000_000)
    return KeptOverride(row.deal_id, row.customer_id, score, row.reason, row.at, row.who)


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
