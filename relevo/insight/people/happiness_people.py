"""Happiness person by person: what customers said, what could be expected, and all that limits what may be concluded.

What it cannot see. The expectation knows a case by its category, channel, tier, priority, language, the wait before the
person and who had replied before. Difficulty beyond these is seen only by a sign that it leaves: that a case was passed
on, that the customer had much to write, that it took long. Work can leave such signs too, so a warning is a reason to
look and corrects nothing; difficulty that leaves none is not seen at all, and no figure here can promise that it is not
there. That promise is kept on the side of pay alone: `Counted.pay`.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from relevo.book.book import Book
from relevo.measures.asking import frame_of
from relevo.measures.assumptions import Assumptions
from relevo.measures.card import Ask, Record
from relevo.measures.estimators.case_mix import EqualMix, Strata, beside
from relevo.measures.estimators.comparability import erased_by
from relevo.measures.estimators.expected_votes import Expected, Method, expected
from relevo.measures.estimators.funnel import Z998, exact_ratio_limits, flag_at, normal_limits
from relevo.measures.estimators.hidden_difficulty import Hidden, hidden_difficulty
from relevo.measures.estimators.in_context import InContext, Judged, judged
from relevo.measures.estimators.shield import Counted, shielded
from relevo.measures.estimators.voted import POINTS, Voted, sums
from relevo.measures.slices import SLICE
from relevo.measures.support.happiness import HAPPINESS, answers_by_slice
from relevo.measures.support.vote_cells import Cells, asked, cells, coded, counted
from relevo.measures.support.votes import PERSON, SIGNS, WHOLE

METHOD = (
    "Great less not good, in points. Expected: the mean over colleagues of a penalised multinomial model with person "
    "terms, the customer's own fold left out; below 300 ratings a table of categories and channels. In context: the "
    "mean of what lies beyond it, each rating standing for those who did not answer, pulled to peers with as hard a "
    "mix (DerSimonian and Laird 1986; Morris 1983). Told from a reliability of 0.70 on. Funnel: prediction limits, "
    "widened by what differs between people (Spiegelhalter 2005); who stands out is found at a false discovery rate of "
    "5 % (Benjamini and Hochberg 1995)."
)
CAVEAT = (
    "Each person is compared with the average colleague on that person's own cases; two figures are no duel. What the "
    "traits of a case do not tell is not taken out."
)
# How many ratings the ends of the funnel are drawn for, as parts of the most that anybody has.
_STEPS = 40
Mask = NDArray[np.bool_]
# Limits are not drawn below so many: they leave the scale.
_FEWEST = 5


@dataclass(frozen=True)
class Parts:
    """The three figures of the plain sentence: "44 raw, 37 expected, +6.6 in context"; None is not told."""

    raw: int | None
    expected: int | None
    in_context: float | None


@dataclass(frozen=True)
class NotGood:
    """How many votes were not good, how many were expected to be, and the count from which it is too many.

    `low` and `high` are the exact 95 % limits of observed / expected about 1; None where none is expected.
    """

    observed: float
    expected: float
    too_many_from: int
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Happy:
    """One person. `judged` holds raw, expected, what lies beyond it, reliability, overlap and the funnel's verdict.

    `n` are ratings with a part of the person's, `responses` and `offered` episodes in which it replied. `harder` is how
    many points less could be expected of its cases than of the team's. `erased_by` is the hidden difference that would
    undo the finding, `hidden` a warning that there may be one. `counted` adds up what was achieved, as measured and as
    it may touch pay, in cases. `equal_mix` sets the share of great beside all colleagues' at everybody's mix of
    categories; None where either has fewer than ten ratings of a category.
    """

    person_id: str
    n: int
    responses: int
    offered: int | None
    judged: InContext
    harder: float | None
    erased_by: float | None
    hidden: Hidden | None
    not_good: NotGood | None
    counted: Counted | None
    equal_mix: EqualMix | None = None

    @property
    def parts(self) -> Parts:
        """The figures of the plain sentence, rounded as they are said."""
        one = self.judged
        return parts(one.raw.value, one.expected, one.pooled if one.shown else None)


@dataclass(frozen=True)
class LimitsAt:
    """Where the funnel's lines lie for a number of ratings, in points: 95 % and 99.8 %."""

    votes: float
    low: float
    high: float
    low998: float
    high998: float


@dataclass(frozen=True)
class HappinessPeople:
    """All persons with a rating or a reply, the funnel's lines, and by which method the expectation was found."""

    persons: tuple[Happy, ...]
    limits: tuple[LimitsAt, ...]
    method: Method


def parts(raw: float | None, awaited: float | None, in_context: float | None) -> Parts:
    """The figures of the plain sentence: whole points, and a tenth of a point in context."""
    return Parts(
        None if raw is None else round(raw),
        None if awaited is None else round(awaited),
        None if in_context is None else round(in_context, 1) + 0.0,
    )


def happiness_people(book: Book, months: int | None = None, assumptions: Assumptions | None = None) -> HappinessPeople:
    """Everybody in the window of so many months of 30 days that ends with the book's day; six by default."""
    question = Ask(by=PERSON, months=months, assumptions=assumptions or Assumptions())
    frame = frame_of(book, HAPPINESS.card, question)
    asks = (cells(book.tables, frame, SIGNS), asked(book.tables, frame), counted(book.tables, frame))
    rows, who, many = (book.run(each).dicts() for each in asks)
    answers = answers_by_slice(who)
    counts = {str(row[SLICE]): int(row["n"]) for row in many}
    if not rows:
        silent = tuple(_silent(str(name), answers[name]) for name in sorted(answers, key=str))
        return HappinessPeople(silent, (), Method.NONE)
    return _together(coded(rows, who), answers, counts)


def _together(found: Cells, answers: dict[str | None, Record], counts: dict[str, int]) -> HappinessPeople:
    awaited = expected(found.votes)
    verdict = judged(found.votes, weights=found.weights, of=awaited)
    known = awaited.method is not Method.NONE
    warned = {each.person: each for each in hidden_difficulty(found.votes, found.signs)} if known else {}
    persons = [
        _happy(name, code, found, verdict, awaited if known else None, warned.get(code), counts, answers)
        for code, name in enumerate(found.persons)
    ]
    silent = [_silent(str(name), answers[name]) for name in answers if str(name) not in found.persons]
    every = tuple(sorted((*persons, *silent), key=lambda each: each.person_id))
    return HappinessPeople(every, _limits(verdict), awaited.method)


def _silent(name: str, answers: Record) -> Happy:
    """Somebody who replied and was not rated."""
    nobody = judged(_NO_VOTES, group=np.zeros(1, dtype=np.intp)).groups[0]
    return Happy(name, 0, answers["responses"], answers["offered"], nobody, None, None, None, None, None)


def _happy(
    name: str, code: int, found: Cells, verdict: Judged, awaited: Expected | None, warned: Hidden | None,
    counts: dict[str, int], answers: dict[str | None, Record],
) -> Happy:  # fmt: skip
    one, told = verdict.groups[code], answers.get(name, {"responses": 0, "offered": None})
    facts = (name, counts.get(name, 0), told["responses"], told["offered"], one)
    if awaited is None or one.expected is None:
        return Happy(*facts, None, None, None, None, None)
    mine = found.votes.person == code
    team = float(found.votes.n @ awaited.points / found.votes.n.sum())
    erased = erased_by(one.low, one.high) if one.shown and one.low is not None and one.high is not None else None
    return Happy(
        *facts, team - one.expected, erased, warned, _not_good(found.votes, mine, awaited),
        _counted(found.votes, mine, awaited, verdict.line), beside(*_by_category(found.votes, mine)),
    )  # fmt: skip


def _by_category(votes: Voted, mine: Mask) -> tuple[Strata, Strata]:
    """By category the great ratings, of how many: the person's, and all colleagues'; exact to a millionth."""
    category, size = votes.traits[:, 0], int(votes.traits[:, 0].max()) + 1
    both = []
    for rows in (mine, ~mine):
        great, n = (sums(category[rows], each[rows], size) for each in (votes.counts[:, 0], votes.n))
        both.append({str(code): (_exact(great[code]), _exact(n[code])) for code in range(size)})
    return both[0], both[1]


def _exact(votes: float) -> Fraction:
    return Fraction(round(votes * WHOLE), WHOLE)


def _not_good(votes: Voted, mine: Mask, awaited: Expected) -> NotGood:
    observed = float(votes.counts[mine, 2].sum())
    usual = float(votes.n[mine] @ awaited.not_good[mine])
    low, high = exact_ratio_limits(usual) if usual > 0 else (None, None)
    return NotGood(observed, usual, flag_at(usual), low, high)


def _counted(votes: Voted, mine: Mask, awaited: Expected, line: float) -> Counted:
    """What lies beyond expectation, in cases: the points of every answer against those of its case, by 100."""
    n = votes.counts[mine]
    points = np.broadcast_to(POINTS, n.shape).ravel()
    found = shielded(points, np.repeat(awaited.points[mine], len(POINTS)), line, n.ravel())
    return Counted(found.measured / 100, found.pay / 100)


def _limits(verdict: Judged) -> tuple[LimitsAt, ...]:
    """The funnel's lines up to the person with most ratings."""
    if verdict.of_one_vote is None:
        return ()
    most = max(each.raw.votes for each in verdict.groups)
    counts = np.unique(np.linspace(_FEWEST, max(most, _FEWEST + 1), _STEPS))
    return tuple(
        LimitsAt(float(n), *normal_limits(float(n), verdict.of_one_vote, verdict.wider),
                 *normal_limits(float(n), verdict.of_one_vote, verdict.wider, Z998))
        for n in counts
    )  # fmt: skip


_NOTHING = np.zeros(1)
_NO_VOTES = Voted(
    np.zeros((1, 2), dtype=np.intp), np.zeros(1, dtype=np.intp), np.zeros(1, dtype=np.intp), np.zeros((1, 3)), _NOTHING
)
