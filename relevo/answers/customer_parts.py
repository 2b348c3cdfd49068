"""Tabs of one customer's page: its people, its deals with who sold what, its traits and names elsewhere."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import ibis
import ibis.expr.types as ir

from relevo.answers.customers import customer_card
from relevo.answers.holding import shown_name, until_of
from relevo.answers.people import names_of_people
from relevo.answers.reading import Reading
from relevo.book.book import Tables
from relevo.insight.one_customer import ask_about, of_customer

# Columns of the customer itself that are shown as traits, undated.
OWN_TRAITS = ("segment", "industry", "size_band", "persona", "acquisition_channel", "country", "timezone", "parent_id")


@dataclass(frozen=True)
class ContactRow:
    """Somebody at the customer; `left_on` is None while there."""

    name: str
    title: str | None
    role: str | None
    email: str | None
    left_on: date | None


@dataclass(frozen=True)
class Part:
    """What a person did in a deal: the role, the name, and which part of the role is this person's (1 is all of it)."""

    role: str
    who: str
    share: Fraction


@dataclass(frozen=True)
class DealRow:
    """One deal. Amounts are in minor units of `currency`; None where unknown, or not the viewer's to see."""

    deal_id: str
    name: str
    kind: str | None
    plan: str | None
    outcome: str
    opened_at: datetime
    closed_at: datetime | None
    lost_reason: str | None
    amount_cents: int | None
    mrr_cents: int | None
    currency: str
    url: str | None
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class TraitRow:
    """A trait and its value; `since` is None where it always held. `customer_id` is a customer that may be opened."""

    name: str
    value: str
    since: datetime | None = None
    customer_id: str | None = None


@dataclass(frozen=True)
class Traits:
    """What is known of the customer, latest value first, and how other systems call it."""

    traits: tuple[TraitRow, ...]
    aliases: tuple[tuple[str, str], ...]


def customer_contacts(reading: Reading, customer_id: str) -> tuple[ContactRow, ...]:
    """The people at a customer: those who are there first. NotFound where the viewer may not see it."""
    customer_card(reading, customer_id)
    found = ask_about(reading.company_book, customer_id, _people).rows
    rows = [ContactRow(name or key, title, role, email, left) for name, key, title, role, email, left in found]
    return tuple(sorted(rows, key=lambda row: row.left_on is not None))


def customer_deals(reading: Reading, customer_id: str) -> tuple[DealRow, ...]:
    """The deals with a customer, latest first, with everybody's part in them. NotFound where it may not be seen."""
    customer_card(reading, customer_id)
    book, until = reading.company_book, until_of(reading)
    names, roles = names_of_people(reading), ask_about(book, customer_id, _roles).dicts()
    sees_money = reading.viewer.sees_money_of(customer_id)
    found = [d for d in ask_about(book, customer_id, _deals).dicts() if d["opened_at"] < until]
    return tuple(_deal(d, roles, names, sees_money=sees_money) for d in found)


def customer_traits(reading: Reading, customer_id: str) -> Traits:
    """What is known of a customer, and its names elsewhere. NotFound where the viewer may not see it."""
    customer_card(reading, customer_id)
    book = reading.company_book
    own = next(iter(ask_about(book, customer_id, _own_row).dicts()), {})
    undated = [_own_trait(reading, name, own[name]) for name in OWN_TRAITS if own.get(name)]
    dated = [TraitRow(*row) for row in ask_about(book, customer_id, _attributes).rows]
    aliases = tuple((str(source), str(name)) for source, name in ask_about(book, customer_id, _other_names).rows)
    return Traits((*undated, *dated), aliases)


def _own_trait(reading: Reading, name: str, value: str) -> TraitRow:
    """A trait of the customer's own row; a parent is named by its id and opened by whoever may see it."""
    is_open = name == "parent_id" and (reading.viewer.scope is None or value in reading.viewer.scope)
    return TraitRow(name, value, customer_id=value if is_open else None)


def _people(tables: Tables) -> ir.Table:
    mine = of_customer(tables.contact)
    asked = mine.select("name", "contact_id", "title", "role", "email", "left_on")
    return asked.order_by("name", "contact_id")


def _deals(tables: Tables) -> ir.Table:
    mine = of_customer(tables.deal)
    return mine.order_by(ibis.desc("opened_at"), "deal_id")


def _roles(tables: Tables) -> ir.Table:
    mine = of_customer(tables.deal).select("deal_id")
    held = tables.deal_role.inner_join(mine, "deal_id")
    return held.select("deal_id", "role", "person_id", "share").order_by("deal_id", "role", "person_id")


def _deal(deal: dict[str, Any], roles: list[dict[str, Any]], names: dict[str, str], *, sees_money: bool) -> DealRow:
    same = ("deal_id", "kind", "plan", "outcome", "opened_at", "closed_at", "lost_reason", "currency", "url")
    return DealRow(
        name=deal["name"] or deal["deal_id"],
        amount_cents=deal["amount_cents"] if sees_money else None,
        mrr_cents=deal["mrr_cents"] if sees_money else None,
        parts=_parts(deal, [r for r in roles if r["deal_id"] == deal["deal_id"]], names),
        **{name: deal[name] for name in same},
    )


def _parts(deal: dict[str, Any], roles: list[dict[str, Any]], names: dict[str, str]) -> tuple[Part, ...]:
    """Everybody's part; without any, the deal is wholly its owner's. A share that is not said is an equal one."""
    if not roles and deal["person_id"]:
        roles = [{"role": "sold_by", "person_id": deal["person_id"], "share": None}]
    holders = Counter(r["role"] for r in roles)
    return tuple(
        Part(r["role"], shown_name(names, r["person_id"]), _share(r["share"], holders[r["role"]])) for r in roles
    )


def _share(share: Decimal | None, holders: int) -> Fraction:
    return Fraction(1, holders) if share is None else Fraction(share)


def _own_row(tables: Tables) -> ir.Table:
    return of_customer(tables.customer).select(*OWN_TRAITS)


def _attributes(tables: Tables) -> ir.Table:
    mine = of_customer(tables.customer_attribute)
    return mine.select("name", "value", "from_at").order_by("name", ibis.desc("from_at"))


def _other_names(tables: Tables) -> ir.Table:
    mine = of_customer(tables.customer_alias)
    return mine.select("source", "external_id").order_by("source", "external_id")
