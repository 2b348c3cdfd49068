"""What was not sold on purpose: written down here, or ended so in the CRM; and what became of the customer later."""

from dataclasses import dataclass
from datetime import date

from relevo.answers.customers import CustomerRow, Status, customer_rows
from relevo.answers.identity import current_id
from relevo.answers.reading import NotFound, Reading, Refused
from relevo.answers.relay.acting import acts_for, person_names, takes_part
from relevo.answers.relay.fit import sees_amount, sees_deal
from relevo.answers.relay.fit_deals import DECLINED, FitDeal, fit_deals
from relevo.desk.relay.fit import KeptDecline, declined, declined_deal_ids, declined_with

# More than anybody declines; a bound for the page.
MOST = 2_000


@dataclass(frozen=True)
class DeclineLine:
    """One deal that was declined. `key` is its number on the Desk, None where the CRM alone says so.

    `why` is a code of the Desk, or the CRM's own words; `amount_cents` in minor units of `currency`, None where nobody
    knows or the viewer may not see it. `later` is how the customer stands as of the book, None where it never became
    one or is not known; `since` and `left_on` are its first and last paying days.
    """

    key: int | None
    deal_id: str
    name: str
    customer_id: str
    customer: str
    person_id: str
    person: str
    amount_cents: int | None
    currency: str
    why: str
    reason: str
    declined_on: date
    created_by: str
    later: Status | None
    since: date | None
    left_on: date | None
    is_mine: bool


def declined_deals(reading: Reading) -> tuple[DeclineLine, ...]:
    """What was declined, the latest first, as far as the viewer may see it; a deal that both know stands once, as ours.

    The Desk's are as of now, the CRM's as of the book.
    """
    ours = [each for each in declined(MOST) if _sees(reading, each)]
    known = declined_deal_ids()
    found = (deal for deal in fit_deals(reading).values() if deal.outcome == DECLINED and deal.deal_id not in known)
    theirs = [deal for deal in found if sees_deal(reading, deal)]
    making = _Making(reading, {row.customer_id: row for row in customer_rows(reading)}, person_names(reading))
    lines = [*(making.ours(each) for each in ours), *(making.theirs(each) for each in theirs)]
    return tuple(sorted(lines, key=lambda line: (line.declined_on, line.key or 0, line.deal_id), reverse=True))


def declined_by(reading: Reading, person_id: str) -> tuple[DeclineLine, ...]:
    """What a person declined, the latest first: a deed of theirs, as a win is (row S4-40)."""
    return tuple(line for line in declined_deals(reading) if line.person_id == person_id)


def decline_to_withdraw(reading: Reading, key: int) -> KeptDecline:
    """A declined deal that the viewer may take back: who wrote it down, or whose deal it was, and who leads them.

    NotFound where there is none, or none that the viewer may see; Refused where it is another's.
    """
    kept = declined_with(key)
    if kept is None or not _sees(reading, kept):
        raise NotFound(f"There is no declined deal {key} here.", "Look for it under Fit.")
    if not _is_mine(reading, kept):
        raise Refused("This is another's to take back.", f"Ask {kept.created_by}.")
    return kept


def check_may_decline(reading: Reading) -> None:
    """Raise Refused for a role that only looks on."""
    if not takes_part(reading):
        raise Refused("Your role looks on.", "Ask the owner of this Relevo for a role that takes part.")


@dataclass(frozen=True)
class _Making:
    """Makes lines for one viewer; names are looked up once."""

    reading: Reading
    customers: dict[str, CustomerRow]
    persons: dict[str, str]

    def ours(self, kept: KeptDecline) -> DeclineLine:
        """What was written down here."""
        customer_id = current_id(self.reading, kept.customer_id) if kept.customer_id else ""
        sees = _sees_amount(self.reading, kept, customer_id)
        return DeclineLine(
            kept.id, kept.deal_id, kept.name, customer_id, self._name(customer_id), kept.person_id,
            self.persons.get(kept.person_id, kept.person_id), kept.amount_cents if sees else None, kept.currency,
            kept.why, kept.reason, kept.declined_on, kept.created_by, *self._later(customer_id),
            is_mine=_is_mine(self.reading, kept),
        )  # fmt: skip

    def theirs(self, deal: FitDeal) -> DeclineLine:
        """What the CRM says."""
        cents = deal.amount_cents if sees_amount(self.reading, deal) else None
        currency = self.reading.company_book.company.currency
        return DeclineLine(
            None, deal.deal_id, deal.name, deal.customer_id, self._name(deal.customer_id), deal.person_id,
            self.persons.get(deal.person_id, deal.person_id), cents, currency, deal.why, "",
            deal.closed_on or deal.opened_on, "", *self._later(deal.customer_id), is_mine=False,
        )  # fmt: skip

    def _name(self, customer_id: str) -> str:
        found = self.customers.get(customer_id)
        return found.name if found else ""

    def _later(self, customer_id: str) -> tuple[Status | None, date | None, date | None]:
        found = self.customers.get(customer_id)
        if found is None or found.since is None:
            return None, None, None
        return found.status, found.since, found.left_on


def _sees(reading: Reading, kept: KeptDecline) -> bool:
    viewer = reading.viewer
    if viewer.scope is None or kept.created_by == viewer.name:
        return True
    is_seen = bool(kept.customer_id) and current_id(reading, kept.customer_id) in viewer.scope
    return is_seen or (bool(kept.person_id) and acts_for(reading, kept.person_id))


def _sees_amount(reading: Reading, kept: KeptDecline, customer_id: str) -> bool:
    if customer_id:
        return reading.viewer.sees_money_of(customer_id)
    is_own = kept.person_id in reading.viewer.me or kept.created_by == reading.viewer.name
    return reading.viewer.money is None or is_own


def _is_mine(reading: Reading, kept: KeptDecline) -> bool:
    wrote = kept.created_by == reading.viewer.name
    return takes_part(reading) and (wrote or (bool(kept.person_id) and acts_for(reading, kept.person_id)))
