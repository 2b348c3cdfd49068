"""How deals fit: the questions of their day, the answers of both sources, the gate, and who let one pass."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import Any

from relevo.answers.reading import Reading
from relevo.answers.relay.fit_deals import WON, ByDeal, FitDeal, Said, fit_deals, said_before
from relevo.base.periods import day_in
from relevo.book.remembering import Remembered
from relevo.desk.house.rules import rule_history
from relevo.desk.relay import fit
from relevo.desk.relay.fit import KeptAnswer, KeptOverride
from relevo.desk.relay.fit_questions import DEFAULTS, GATE, GATE_RULE, RULE, Fit, Question, fit_of, questions_with

Kept = Mapping[str, KeptAnswer]
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_JUDGED: Remembered["JudgedDeals"] = Remembered(4)


@dataclass(frozen=True)
class Answered:
    """The answer that holds to one question: who gave it on which day; nobody is named for what a file brought."""

    answer: str
    on: date | None
    who: str


@dataclass(frozen=True)
class Rules:
    """The questions and the gate by the days from which they hold."""

    questions: tuple[tuple[date, tuple[Question, ...]], ...]
    gates: tuple[tuple[date, Fraction], ...]

    @classmethod
    def until(cls, day: date) -> "Rules":
        """What has held up to a day."""
        asked = [(rule.from_on, questions_with(rule.value)) for rule in rule_history(RULE, day)]
        gates = [(rule.from_on, _exact(rule.value)) for rule in rule_history(GATE_RULE, day)]
        return cls((_always(DEFAULTS), *asked), (_always(_exact(GATE)), *gates))

    def asked_on(self, day: date) -> tuple[Question, ...]:
        """The questions of a day; the defaults before anybody set some."""
        return next(value for since, value in reversed(self.questions) if since <= day)

    def gate_on(self, day: date) -> Fraction:
        """The gate of a day."""
        return next(value for since, value in reversed(self.gates) if since <= day)


@dataclass(frozen=True)
class Judged:
    """A deal with how it fits, the gate of its day, and who let it pass below the gate; None where nobody did."""

    deal: FitDeal
    fit: Fit
    gate: Fraction
    override: KeptOverride | None

    @property
    def is_complete(self) -> bool:
        """Whether every question was answered."""
        return self.fit.answered == self.fit.questions

    @property
    def is_qualified(self) -> bool:
        """Whether every question was answered, and the score reaches the gate or somebody said why it need not.

        What was not asked is not made good by an override.
        """
        return self.is_complete and (self.fit.passes(self.gate) or self.override is not None)


@dataclass(frozen=True)
class Judge:
    """Judges deals by what was answered and decided; `zone` is the company's time zone."""

    rules: Rules
    today: date
    said: ByDeal
    kept: Mapping[str, Kept]
    passed: Mapping[str, KeptOverride]
    zone: str

    def questions(self, deal: FitDeal) -> tuple[Question, ...]:
        """What a deal is asked: the questions of the day on which it closed, today's while it is open."""
        return self.rules.asked_on(deal.closed_on or self.today)

    def answers(self, deal: FitDeal) -> Mapping[str, Answered]:
        """The answers that hold, by question: the later of the file's and ours.

        What was answered after the day on which the deal closed does not count: nobody knew it when it was sold.
        """
        last = deal.closed_on or date.max
        theirs = {q: s for q, s in self.said.get(deal.deal_id, {}).items() if s.on is None or s.on <= last}
        found = {q: Answered(s.answer, s.on, "") for q, s in theirs.items()}
        for question, each in self.kept.get(deal.deal_id, {}).items():
            day, before = day_in(each.answered_at, self.zone), theirs.get(question)
            if day <= last and (before is None or _moment(before) <= each.answered_at):
                found[question] = Answered(each.answer, day, each.answered_by)
        return found

    def judged(self, deal: FitDeal) -> Judged:
        """How a deal fits, and whether it passes."""
        answers = {question: each.answer for question, each in self.answers(deal).items()}
        gate = self.rules.gate_on(deal.closed_on or self.today)
        return Judged(deal, fit_of(self.questions(deal), answers), gate, self.passed.get(deal.deal_id))


def judge_of(reading: Reading, today: date, deal_id: str) -> Judge:
    """A judge who knows of one deal."""
    book = reading.company_book
    passed = {each.deal_id: each for each in fit.overrides_of(deal_id)[:1]}
    return Judge(Rules.until(max(today, book.as_of)), today, said_before(reading), fit.answers_of([deal_id]), passed,
                 book.company.timezone)  # fmt: skip


@dataclass(frozen=True)
class JudgedDeals:
    """Every deal of the company that is asked about, the latest first: won ones unqualified, open ones, those let pass.

    `wins` counts the won ones, `passed` those of them with every question answered and the gate reached.
    """

    unqualified: tuple[Judged, ...]
    open: tuple[Judged, ...]
    overridden: tuple[Judged, ...]
    wins: int
    passed: int


def judged_deals(reading: Reading, today: date) -> JudgedDeals:
    """The deals of `fit_deals` but declined ones; worked out once per book, day and answers of the Desk."""
    book = reading.company_book
    rules = Rules.until(max(today, book.as_of))
    return _JUDGED.get(book, (today, fit.fingerprint(), rules), lambda: _judged(reading, rules, today))


def _judged(reading: Reading, rules: Rules, today: date) -> JudgedDeals:
    zone = reading.company_book.company.timezone
    judge = Judge(rules, today, said_before(reading), fit.every_answer(), fit.overrides_by_deal(), zone)
    asked = (deal for deal in fit_deals(reading).values() if deal.is_open or deal.outcome == WON)
    found = sorted((judge.judged(deal) for deal in asked), key=_latest, reverse=True)
    won = [each for each in found if not each.deal.is_open]
    return JudgedDeals(
        unqualified=tuple(each for each in won if not each.is_qualified),
        open=tuple(each for each in found if each.deal.is_open),
        overridden=tuple(sorted((each for each in found if each.override), key=_last_passed, reverse=True)),
        wins=len(won),
        passed=sum(each.fit.passes(each.gate) for each in won),
    )


def _latest(judged: Judged) -> tuple[date, str]:
    return judged.deal.closed_on or judged.deal.opened_on, judged.deal.deal_id


def _last_passed(judged: Judged) -> tuple[str, str]:
    return judged.override.at.isoformat() if judged.override else "", judged.deal.deal_id


def _moment(said: Said) -> datetime:
    return said.at.replace(tzinfo=UTC) if said.at else _BEGINNING


def _always(value: Any) -> tuple[date, Any]:
    return date.min, value


def _exact(value: Any) -> Fraction:
    return Fraction(str(value))
