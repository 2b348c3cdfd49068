"""Fit of deals: wins that nobody qualified, open deals at the gate, who was let pass and why, what was not sold.

Deals are as of the book; answers, overrides and what was declined here are as of now.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import partial
from typing import overload

from relevo.answers.customers import names_of_customers
from relevo.answers.reading import Reading
from relevo.answers.relay.acting import acts_for, person_names, takes_part
from relevo.answers.relay.fit_deals import FitDeal, first_wins, said_of
from relevo.answers.relay.fit_judging import Judge, Judged, JudgedDeals, Rules, judged_deals
from relevo.answers.small_cells import FEWEST_CUSTOMERS
from relevo.answers.stamp import Stamp, stamp
from relevo.answers.viewers import HERE
from relevo.book.remembering import Remembered
from relevo.desk.people.roles import Right
from relevo.desk.relay.fit import declined_deal_ids
from relevo.desk.relay.fit_questions import Question
from relevo.insight.relay.kept_later import FEWEST, KeptShare, kept_a_year, shares
from relevo.measures.intervals import wilson

__all__ = ["FEWEST", "NOT_ALL", "NOT_ASKED", "FitLine", "FitPage", "KeptShare", "fit_page"]
PAGE = 50
# Bands of the score: below each of these, and the rest.
BANDS = (("0-39", Fraction(2, 5)), ("40-59", Fraction(3, 5)), ("60-79", Fraction(4, 5)), ("80-100", Fraction(2)))
NOT_ASKED, NOT_ALL = "not_asked", "not_all"
_KEPT: Remembered[tuple[KeptShare, ...]] = Remembered(4)


@dataclass(frozen=True)
class FitLine:
    """A deal as a row: `amount_cents` is None where the viewer may not see it, or nobody knows.

    `override_by` is the name of who let it pass, '' where nobody did.
    """

    judged: Judged
    customer: str
    person: str
    amount_cents: int | None
    sees_amount: bool
    override_by: str

    @property
    def deal(self) -> FitDeal:
        """The deal."""
        return self.judged.deal


@dataclass(frozen=True)
class FitLines(Sequence[FitLine]):
    """Deals as rows, of which a page shows few: a row is made when it is looked at."""

    judged: tuple[Judged, ...]
    make: Callable[[Judged], FitLine]

    def __len__(self) -> int:
        """How many deals."""
        return len(self.judged)

    @overload
    def __getitem__(self, place: int) -> FitLine: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[FitLine, ...]: ...
    def __getitem__(self, place: int | slice) -> FitLine | tuple[FitLine, ...]:
        """The row at a place, or rows."""
        if isinstance(place, slice):
            return tuple(self.make(each) for each in self.judged[place])
        return self.make(self.judged[place])


@dataclass(frozen=True)
class FitFigures:
    """The last 365 days of the book, for the whole company. `cents` sums the amounts that are known.

    `cents` is None where it would tell a viewer of the amounts of few customers; `unknown` counts wins without an
    amount. The share is that of wins that passed the gate with every question answered, with its 95 % interval.
    """

    wins: int
    unqualified: int
    cents: int | None
    unknown: int
    passed: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        """The share of wins that passed the gate; None without wins."""
        return self.passed / self.wins if self.wins else None


@dataclass(frozen=True)
class OverrideCount:
    """How many of a person's deals were let pass below the gate."""

    person_id: str
    person: str
    deals: int


@dataclass(frozen=True)
class FitPage:
    """Everything about fit that the viewer may see. `kept` is who stayed, by how the deal had fitted."""

    stamp: Stamp
    today: date
    questions: tuple[Question, ...]
    gate: Fraction
    figures: FitFigures
    unqualified: FitLines
    open: FitLines
    overridden: FitLines
    overrides_by: tuple[OverrideCount, ...]
    kept: tuple[KeptShare, ...]
    may_act: bool
    may_change_questions: bool


def fit_page(reading: Reading, today: date) -> FitPage:
    """The fit of deals as far as the viewer may see it. NotReady before the first book."""
    judged, rules, gone = judged_deals(reading, today), Rules.until(today), declined_deal_ids()
    overridden = _lines(reading, judged.overridden)
    return FitPage(
        stamp=stamp(reading),
        today=today,
        questions=rules.asked_on(today),
        gate=rules.gate_on(today),
        figures=_figures(reading, judged),
        unqualified=_lines(reading, judged.unqualified),
        open=_lines(reading, [each for each in judged.open if each.deal.deal_id not in gone]),
        overridden=overridden,
        overrides_by=_by_person(reading, overridden),
        kept=_kept_by_fit(reading, today),
        may_act=takes_part(reading),
        may_change_questions=Right.HOUSE in reading.viewer.rights,
    )


def fit_line(reading: Reading, judged: Judged) -> FitLine:
    """A deal as a row; whoever calls this has checked that the viewer may see it."""
    return _line(judged, reading, names_of_customers(reading), person_names(reading))


def sees_deal(reading: Reading, deal: FitDeal) -> bool:
    """Whether the viewer may see a deal: of a customer that is seen, one's own, or that of somebody led."""
    scope = reading.viewer.scope
    return scope is None or deal.customer_id in scope or acts_for(reading, deal.person_id)


def sees_amount(reading: Reading, deal: FitDeal) -> bool:
    """Amounts of customers by their right; of who is no customer yet, for who sees all, and for the deal's own."""
    if deal.customer_id:
        return reading.viewer.sees_money_of(deal.customer_id)
    return reading.viewer.money is None or deal.person_id in reading.viewer.me


def _lines(reading: Reading, judged: Iterable[Judged]) -> FitLines:
    """Those of the deals that the viewer may see."""
    customers, persons = names_of_customers(reading), person_names(reading)
    make = partial(_line, reading=reading, customers=customers, persons=persons)
    return FitLines(tuple(each for each in judged if sees_deal(reading, each.deal)), make)


def _line(judged: Judged, reading: Reading, customers: Mapping[str, str], persons: Mapping[str, str]) -> FitLine:
    sees = sees_amount(reading, judged.deal)
    deal = judged.deal if sees else replace(judged.deal, amount_cents=None)
    who = judged.override.who if judged.override else ""
    return FitLine(
        replace(judged, deal=deal), customers.get(deal.customer_id, ""), persons.get(deal.person_id, deal.person_id),
        deal.amount_cents, sees, persons.get(HERE + who, who),
    )  # fmt: skip


def _figures(reading: Reading, judged: JudgedDeals) -> FitFigures:
    amounts = [each.deal.amount_cents for each in judged.unqualified]
    is_few = 0 < len(amounts) < FEWEST_CUSTOMERS and not reading.viewer.sees_all
    cents = None if is_few else sum(each for each in amounts if each is not None)
    wins, passed = judged.wins, judged.passed
    return FitFigures(wins, len(amounts), cents, amounts.count(None), passed, *wilson(passed, wins))


def _by_person(reading: Reading, overridden: Sequence[FitLine]) -> tuple[OverrideCount, ...]:
    """Overrides by whose deals they were, of persons whose figures the viewer may see."""
    persons = reading.viewer.persons
    counted = Counter((line.deal.person_id, line.person) for line in overridden if line.deal.person_id)
    told = (OverrideCount(key, name, n) for (key, name), n in counted.items() if persons is None or key in persons)
    return tuple(sorted(told, key=lambda each: (-each.deals, each.person)))


def _kept_by_fit(reading: Reading, today: date) -> tuple[KeptShare, ...]:
    """Who pays a year after their first month, by how their first deal fitted; answers of the book alone."""
    book = reading.company_book
    rules = Rules.until(max(today, book.as_of))
    return _KEPT.get(book, rules, lambda: _kept(reading, rules, today))


def _kept(reading: Reading, rules: Rules, today: date) -> tuple[KeptShare, ...]:
    kept, wins = kept_a_year(reading.company_book), first_wins(reading)
    known = {customer: wins[customer] for customer in kept if customer in wins}
    said = said_of(reading, [deal_id for deal_id, _ in known.values()])
    if not said:
        return ()
    judge = Judge(rules, today, said, {}, {}, reading.company_book.company.timezone)
    found = shares((_band(judge, *win), kept[customer]) for customer, win in known.items())
    order = [*(name for name, _ in reversed(BANDS)), NOT_ALL, NOT_ASKED]
    return tuple(found[name] for name in order if name in found)


def _band(judge: Judge, deal_id: str, closed_on: date) -> str:
    """The band of a deal that was won: by its score where every question was answered."""
    deal = FitDeal(deal_id, "", "", "new", "", "won", closed_on, closed_on, None, "")
    found = judge.judged(deal)
    if found.fit.score is None:
        return NOT_ASKED
    score = found.fit.score
    return next(name for name, below in BANDS if score < below) if found.is_complete else NOT_ALL
