"""One deal: its questions with the answers that hold, the gate, and what the viewer may do with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from relevo.answers.reading import NotFound, Reading, Refused
from relevo.answers.relay.acting import person_names, reads_as, takes_part
from relevo.answers.relay.fit import FitLine, fit_line, sees_deal
from relevo.answers.relay.fit_deals import DECLINED, FitDeal, fit_deals
from relevo.answers.relay.fit_judging import Answered, judge_of
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.viewers import HERE
from relevo.desk.relay.fit import KeptOverride, overrides_of
from relevo.desk.relay.fit_questions import Question


@dataclass(frozen=True)
class QuestionLine:
    """A question with the answer that holds, and by whom; None where there is none, or the viewer may not read it.

    `is_known` says whether the answer is one that the question has: another one counts as none.
    """

    question: Question
    answered: Answered | None
    who: str
    is_known: bool


@dataclass(frozen=True)
class FitDealPage:
    """A deal under its questions: `line` says how it fits. It is answered, passed or declined while it is open.

    `reads` says whether the viewer may read the answers, which tell what the customer said.
    """

    stamp: Stamp
    line: FitLine
    questions: tuple[QuestionLine, ...]
    overrides: tuple[tuple[KeptOverride, str], ...]
    reads: bool
    may_act: bool

    @property
    def may_override(self) -> bool:
        """Whether every question is answered and the score is below the gate, and nobody said yet why it is sold."""
        judged = self.line.judged
        return self.may_act and judged.is_complete and not judged.is_qualified


def fit_deal(reading: Reading, deal_id: str, today: date) -> FitDealPage:
    """One deal as of the book, with answers as of now. NotFound for one that is not there, or not for the viewer."""
    deal = _deal(reading, deal_id)
    judge = judge_of(reading, today, deal.deal_id)
    names = person_names(reading)
    reads = _reads(reading, deal)
    held = judge.answers(deal) if reads else {}
    passed = tuple((each, names.get(HERE + each.who, each.who)) for each in overrides_of(deal.deal_id))
    return FitDealPage(
        stamp=stamp(reading),
        line=fit_line(reading, judge.judged(deal)),
        questions=tuple(_question(each, held.get(each.key), names) for each in judge.questions(deal)),
        overrides=passed,
        reads=reads,
        may_act=takes_part(reading) and deal.is_open and reads,
    )


def deal_to_act_on(reading: Reading, deal_id: str) -> FitDeal:
    """A deal that the viewer may answer, let pass or decline; Refused where it has closed, and for who looks on."""
    deal = _deal(reading, deal_id)
    if not takes_part(reading) or not _reads(reading, deal):
        raise Refused("Your role looks on.", "Ask the owner of this Relevo for a role that takes part.")
    if not deal.is_open:
        raise Refused("This deal has closed.", "What was asked, and answered, before it closed stays as it is.")
    return deal


def _deal(reading: Reading, deal_id: str) -> FitDeal:
    deal = fit_deals(reading).get(deal_id)
    if deal is None or not sees_deal(reading, deal) or deal.outcome == DECLINED:
        raise NotFound(
            f"There is no deal {deal_id[:80]!r} here.", "Fit knows open deals for new business, and a year's wins."
        )
    return deal


def _reads(reading: Reading, deal: FitDeal) -> bool:
    if reads_as(reading, deal.person_id):
        return True
    conversations = reading.viewer.conversations
    return reading.viewer.reads_conversations_of(deal.customer_id) if deal.customer_id else conversations is None


def _question(question: Question, answered: Answered | None, names: Mapping[str, str]) -> QuestionLine:
    if answered is None:
        return QuestionLine(question, None, "", False)
    who = names.get(HERE + answered.who, answered.who) if answered.who else ""
    return QuestionLine(question, answered, who, question.points(answered.answer) is not None)
