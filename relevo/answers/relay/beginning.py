"""What is needed to begin a hand-off: its customer and deal, the templates of the house, who gives, who may receive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis.expr.types as ir

from relevo.answers.customers import customer_card
from relevo.answers.holding import is_held, shown_name
from relevo.answers.people import Colleague, colleagues
from relevo.answers.reading import NotFound, Reading, Refused
from relevo.answers.relay.acting import acts_for, customer_to_hand_on, my_person, person_names, takes_part
from relevo.answers.stage import company_stage
from relevo.answers.viewers import HERE
from relevo.base.errors import WrongUse
from relevo.book.book import Tables
from relevo.desk.house.rules import rules_in_force
from relevo.desk.people.members import members
from relevo.desk.relay.templates import RULE, Template, for_stage, templates_with
from relevo.insight.one_customer import END_OF_DAY, ask_about, of_customer

# After the sale a customer goes to the first of these that the company has.
_AFTER_SALE = ("implementation", "success", "account_manager")


@dataclass(frozen=True)
class DealChoice:
    """A deal after which the customer is handed on; `owner` is '' where nobody knows."""

    deal_id: str
    name: str
    outcome: str
    owner: str


@dataclass(frozen=True)
class Beginning:
    """What can be chosen for a hand-off of a customer. Persons are pairs of id and name.

    `receivers` are by team, '' those who are in no team; `chosen` is the template and `giver` the person that fit best.
    """

    customer_id: str
    customer: str
    deal_id: str
    deals: tuple[DealChoice, ...]
    templates: Mapping[str, Template]
    template_from: date | None
    chosen: str
    givers: tuple[tuple[str, str], ...]
    giver: str
    receivers: Mapping[str, tuple[tuple[str, str], ...]]
    stage: int | None

    def choose(self, template: str = "", giver: str = "") -> tuple[Template, str]:
        """The template and the giver that are named, else those that fit best; WrongUse for one not offered."""
        shape, who = self.templates.get(template or self.chosen), giver or self.giver
        if shape is None:
            raise WrongUse("This company has no such template.", f"Choose one of {', '.join(self.templates)}.")
        if who not in dict(self.givers):
            raise WrongUse("This person's hand-offs are not yours to begin.", "Choose one of the list.")
        return shape, who


def beginning(reading: Reading, customer_id: str, deal_id: str | None, today: date) -> Beginning:
    """What can be chosen, after the deal won last where `deal_id` is None.

    NotFound for a customer or a deal that the viewer may not see; Refused for who looks on.
    """
    customer_id = customer_to_hand_on(reading, customer_id)
    deals = _deals(reading, customer_id)
    if deal_id is None:
        deal_id = next((d.deal_id for d in deals if d.outcome == "won"), "")
    if deal_id and deal_id not in {d.deal_id for d in deals}:
        raise NotFound(f"There is no deal {deal_id[:80]!r} of this customer.", "Look for it on the customer's page.")
    deal = next((d for d in deals if d.deal_id == deal_id), None)
    templates, since = house_templates(reading, today)
    givers, giver = _givers(reading, deals, deal)
    return Beginning(
        customer_id=customer_id,
        customer=customer_card(reading, customer_id).name,
        deal_id=deal_id,
        deals=deals,
        templates=templates,
        template_from=since,
        chosen=_fitting(reading, customer_id, giver, templates, is_deal=bool(deal)),
        givers=givers,
        giver=giver,
        receivers=receivers(reading),
        stage=company_stage(reading).number,
    )


def check_takes_part(reading: Reading) -> None:
    """Refused for a viewer who only looks on."""
    if not takes_part(reading):
        raise Refused("Your role looks on.", "Ask the owner of this Relevo for a role that takes part.")


def house_templates(reading: Reading, today: date) -> tuple[Mapping[str, Template], date | None]:
    """The templates by name as this company uses them at its stage, and from which day they hold; None by default."""
    rule, stage = rules_in_force(today).get(RULE), company_stage(reading).number
    found = templates_with(rule.value if rule else {})
    return {name: for_stage(each, stage) for name, each in found.items()}, rule.from_on if rule else None


def receivers(reading: Reading) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Who may be named, as id and name by team: everybody of the book, then who signs in here and is nobody of it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for each in colleagues(reading):
        found.setdefault(each.team or "", []).append((each.person_id, _name(each)))
    known = {name for named in found.values() for _, name in named}
    here = [(HERE + m.username, m.name or m.username) for m in members() if m.is_active]
    others = [pair for pair in here if pair[1] not in known]
    return {**{team: tuple(named) for team, named in found.items()}, **({HERE: tuple(others)} if others else {})}


def known_receiver(reading: Reading, person_id: str) -> str:
    """The person who is named as the receiver; '' for nobody, WrongUse for one that nobody knows."""
    if person_id and person_id not in {each for named in receivers(reading).values() for each, _ in named}:
        raise WrongUse(f"Nobody is known as {person_id[:80]!r}.", "Choose one of the list, or leave it open.")
    return person_id


def _name(person: Colleague) -> str:
    return shown_name({person.person_id: person.name}, person.person_id)


def _givers(
    reading: Reading, deals: tuple[DealChoice, ...], deal: DealChoice | None
) -> tuple[tuple[tuple[str, str], ...], str]:
    """Whoever sold, as far as the viewer acts for them, and the viewer; and which of them is meant."""
    me, names = my_person(reading), person_names(reading)
    first = (deal,) if deal else ()
    sold = [d.owner for d in (*first, *deals) if d.owner and acts_for(reading, d.owner)]
    every = list(dict.fromkeys([*sold, me]))
    is_sold = deal is not None and deal.owner == every[0]
    return tuple((each, names.get(each, each)) for each in every), every[0] if is_sold else me


def _fitting(
    reading: Reading, customer_id: str, giver: str, templates: Mapping[str, Template], *, is_deal: bool
) -> str:
    """The template from the giver's role on to the next role of which there is somebody."""
    held = {role for role, person in ask_about(reading.company_book, customer_id, _held).rows if person == giver}
    role = "sales" if is_deal or not held else min(held)
    teams = {each.team for each in colleagues(reading)}
    from_role = [t for t in templates.values() if t.from_role == role] or list(templates.values())
    following = [t for to in _AFTER_SALE for t in from_role if t.to_role == to]
    found = [t for t in following if t.to_role in teams] or following or from_role
    return found[0].name if found else ""


def _deals(reading: Reading, customer_id: str) -> tuple[DealChoice, ...]:
    rows = ask_about(reading.company_book, customer_id, _deal_rows).rows
    return tuple(DealChoice(key, name or key, outcome, owner or "") for key, name, outcome, owner in rows)


def _deal_rows(tables: Tables) -> ir.Table:
    mine = of_customer(tables.deal).filter(lambda t: t.opened_at < END_OF_DAY)
    ordered = mine.order_by(mine.opened_at.desc(), "deal_id")
    return ordered.select("deal_id", "name", "outcome", "person_id")


def _held(tables: Tables) -> ir.Table:
    mine = of_customer(tables.assignment)
    return mine.filter(is_held(mine, END_OF_DAY)).select("role", "person_id")
