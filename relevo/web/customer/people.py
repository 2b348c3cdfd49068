"""The tabs of people, deals and traits, as tables."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from relevo.answers.customer_parts import (
    DealRow,
    TraitRow,
    customer_contacts,
    customer_deals,
    customer_traits,
)
from relevo.answers.reading import Reading
from relevo.web import format as written
from relevo.web.customer.head import local, not_for_you
from relevo.web.labels import DEAL_KINDS, OUTCOMES, PARTS, ROLES, TRAITS, label
from relevo.web.parts import Cell, Grid, Head
from relevo.web.reader import clock


def contacts(_request: HttpRequest, reading: Reading, customer_id: str) -> Mapping[str, Any]:
    """The people at the customer."""
    heads = (Head(_("Name")), Head(_("Title")), Head(_("Part they play")), Head(_("E-mail")), Head(_("There until")))
    rows = tuple(
        (
            Cell(c.name),
            Cell(c.title or ""),
            Cell(label(ROLES, c.role)),
            Cell(c.email or "", f"mailto:{c.email}" if c.email else ""),
            Cell(_("left on %(day)s") % {"day": written.day(c.left_on)} if c.left_on else ""),
        )
        for c in customer_contacts(reading, customer_id)
    )
    return {"grid": Grid(_("People there"), heads, rows), "empty": _("No contact is known: load the table contact.")}


def deals(_request: HttpRequest, reading: Reading, customer_id: str) -> Mapping[str, Any]:
    """The deals with who sold what."""
    heads = (
        Head(_("Deal")),
        Head(_("Kind")),
        Head(_("How it ended")),
        Head(_("Opened")),
        Head(_("Closed")),
        Head(_("Value"), is_number=True),
        Head(_("MRR sold"), is_number=True),
        Head(_("Who sold what")),
    )
    zone = clock()
    sees_money = reading.viewer.sees_money_of(customer_id)
    rows = tuple(_deal(d, zone, sees_money=sees_money) for d in customer_deals(reading, customer_id))
    return {
        "grid": Grid(_("Deals"), heads, rows),
        "empty": _("No deal is known: load the tables deal and deal_role."),
        "hidden": "" if sees_money else _("Amounts of deals are not for your role."),
    }


def traits(_request: HttpRequest, reading: Reading, customer_id: str) -> Mapping[str, Any]:
    """What is known of the customer, and its names elsewhere."""
    found, zone = customer_traits(reading, customer_id), clock()
    heads = (Head(_("Trait")), Head(_("Value")), Head(_("Since")))
    elsewhere = (Head(_("Source system")), Head(_("Its name there")))
    return {
        "grid": Grid(_("Traits"), heads, tuple(_trait(t, zone) for t in found.traits)),
        "empty": _("No trait is known: load the table customer_attribute."),
        "second": Grid(_("Known elsewhere as"), elsewhere, tuple((Cell(s), Cell(n)) for s, n in found.aliases)),
        "second_title": _("Known elsewhere as"),
        "second_empty": _("No other system is known to name it."),
    }


def contact_records(_request: HttpRequest, reading: Reading, customer_id: str) -> tuple[list[str], list[Any]]:
    """The people at the customer, for a file."""
    return ["name", "title", "role", "email", "left_on"], [vars(c) for c in customer_contacts(reading, customer_id)]


def deal_records(_request: HttpRequest, reading: Reading, customer_id: str) -> tuple[list[str], list[Any]]:
    """One row per deal and person with a part in it, for a file."""
    columns = ["deal_id", "name", "kind", "plan", "outcome", "opened_at", "closed_at", "lost_reason"]
    columns += ["amount_cents", "mrr_cents", "currency", "role", "who", "share"]
    rows = []
    for deal in customer_deals(reading, customer_id):
        nobody: dict[str, Any] = {"role": None, "who": None, "share": None}
        parts = [{"role": p.role, "who": p.who, "share": float(p.share)} for p in deal.parts] or [nobody]
        rows += [{**vars(deal), **part} for part in parts]
    return columns, rows


def trait_records(_request: HttpRequest, reading: Reading, customer_id: str) -> tuple[list[str], list[Any]]:
    """Traits and names elsewhere, for a file."""
    found = customer_traits(reading, customer_id)
    names = [{"name": f"alias:{source}", "value": name} for source, name in found.aliases]
    return ["name", "value", "since"], [*(vars(t) for t in found.traits), *names]


def _deal(deal: DealRow, zone: ZoneInfo, *, sees_money: bool) -> tuple[Cell, ...]:
    link = deal.url if (deal.url or "").startswith(("https://", "http://")) else ""
    return (
        Cell(deal.name, link or "", small=deal.plan or ""),
        Cell(label(DEAL_KINDS, deal.kind)),
        Cell(label(OUTCOMES, deal.outcome), small=deal.lost_reason or ""),
        Cell(written.day(local(deal.opened_at, zone))),
        Cell(written.day(local(deal.closed_at, zone)) if deal.closed_at else ""),
        _amount(deal.amount_cents, deal.currency, sees_money=sees_money),
        _amount(deal.mrr_cents, deal.currency, sees_money=sees_money),
        Cell("; ".join(_part(p.role, p.who, p.share) for p in deal.parts) or _("nobody")),
    )


def _amount(cents: int | None, currency: str, *, sees_money: bool) -> Cell:
    return Cell(written.money(cents, currency) if sees_money else not_for_you(), is_number=True)


def _part(role: str, who: str, share: Fraction) -> str:
    values = {"role": label(PARTS, role), "who": who, "share": written.rate(float(share), 0)}
    return _("%(role)s %(who)s") % values if share == 1 else _("%(role)s %(who)s, %(share)s") % values


def _trait(trait: TraitRow, zone: ZoneInfo) -> tuple[Cell, ...]:
    href = reverse("customer", args=[trait.customer_id]) if trait.customer_id else ""
    since = written.day(local(trait.since, zone)) if trait.since else ""
    return (Cell(label(TRAITS, trait.name)), Cell(trait.value, href), Cell(since))
