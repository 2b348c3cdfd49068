"""Who would recommend the company: promoters less detractors (NPS), how many were asked, and how sure the figure is.

The question is about the company as a whole. Its answers name no reply, so that nobody's work can be credited with
them: they are told of the company and of no person or team (row S0-46).
"""

from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from relevo.base.scales import STATED
from relevo.book.book import Book
from relevo.measures.asking import frame_of
from relevo.measures.card import Ask
from relevo.measures.estimators.happiness_score import Score, score
from relevo.measures.support.happiness import HAPPINESS
from relevo.measures.support.votes import window

METHOD = (
    "The share of 9 and 10 less that of 0 to 6, of each one's latest answer; Newcombe's interval where few answered."
)
CAVEAT = "It is about the company; answers come from whoever likes to answer."
_NPS = STATED["nps", None]


@dataclass(frozen=True)
class Recommended:
    """The latest answers of a window: `score` holds NPS from -100 to 100 with its 95 % interval.

    `asked` are those who were asked in it, None where nobody noted who was; `answered` are those of them who answered.
    """

    promoters: int
    passives: int
    detractors: int
    asked: int | None
    answered: int
    score: Score

    @property
    def n(self) -> int:
        """How many answered, asked or not."""
        return self.promoters + self.passives + self.detractors

    @property
    def response_rate(self) -> float | None:
        """The part of those asked who answered; None where nobody noted who was."""
        return self.answered / self.asked if self.asked else None


def recommended(book: Book, months: int | None = None) -> Recommended:
    """The company over a window of so many months of 30 days that ends with the book's day; six by default."""
    frame = frame_of(book, HAPPINESS.card, Ask(months=months))
    rating, invite = book.tables.rating, book.tables.survey_invite
    is_one = (rating.kind == "nps") & rating.score.between(_NPS.low, _NPS.high)
    said = rating.filter(is_one & window(rating["at"], frame))
    sent = invite.filter((invite.kind == "nps") & window(invite["at"], frame))
    (told,) = book.run(answers(said)).dicts()
    (asked,) = book.run(response(sent, said)).dicts()
    good, fair, bad = (int(told[name] or 0) for name in ("promoters", "passives", "detractors"))
    of_asked = int(asked["asked"]) or None, int(asked["answered"] or 0)
    return Recommended(good, fair, bad, *of_asked, score(good, fair, bad))


def answers(said: ir.Table) -> ir.Table:
    """One row: how many of those who answered would recommend, by their latest answer."""
    who = ibis.coalesce(said.contact_id, said.customer_id, said.rating_id)
    order = ibis.window(group_by=who, order_by=[said["at"].desc(), said.rating_id.desc()])
    last = said.mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)
    good, bad = last.score >= _NPS.good, last.score <= _NPS.bad
    return last.aggregate(promoters=good.sum(), passives=(~good & ~bad).sum(), detractors=bad.sum())


def response(sent: ir.Table, said: ir.Table) -> ir.Table:
    """One row: how many contacts (customers where no contact is known) were asked, and how many of them answered."""
    who = ibis.coalesce(sent.contact_id, sent.customer_id, sent.invite_id)
    of_customer = said.filter(said.contact_id.isnull()).customer_id
    by_contact = sent.contact_id.isin(said.contact_id).fill_null(False)
    by_customer = sent.customer_id.isin(of_customer).fill_null(False)
    nameless = (sent.contact_id.isnull() & sent.customer_id.isin(said.customer_id)).fill_null(False)
    each = sent.mutate(who=who, did=by_contact | by_customer | nameless).group_by("who")
    people = each.aggregate(did=lambda t: t.did.max())
    return people.aggregate(asked=people.count(), answered=people.did.sum())
