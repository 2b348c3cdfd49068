"""Lines of customers, contacts, leads and deals."""

import ibis
import ibis.expr.types as ir

from relevo.book.book import Tables
from relevo.insight.lines import line

KIND = "selling"


def customer(tables: Tables) -> list[ir.Table]:
    """When the customer was first recorded."""
    return [line(tables.customer, "created_at", KIND, "customer.created", what="name")]


def customer_attribute(tables: Tables) -> list[ir.Table]:
    """Dated traits as they changed; undated ones hold always and are listed on the page."""
    rows = tables.customer_attribute
    return [line(rows, "from_at", KIND, "attribute.set", what=rows.name + ": " + rows.value)]


def contact(tables: Tables) -> list[ir.Table]:
    """Contacts who left."""
    rows = tables.contact
    return [line(rows, "left_on", KIND, "contact.left", what=ibis.coalesce(rows.name, rows.contact_id))]


def lead(tables: Tables) -> list[ir.Table]:
    """Leads as they came in and as they became customers."""
    rows = tables.lead
    return [
        line(rows, "created_at", KIND, "lead.created", what="channel", who="person_id"),
        line(rows, "converted_at", KIND, "lead.converted", what="channel", who="person_id"),
    ]


def deal(tables: Tables) -> list[ir.Table]:
    """Deals as they opened and as they closed."""
    rows = tables.deal
    name = ibis.coalesce(rows.name, rows.deal_id)
    closed = rows.filter(rows.outcome != "open")
    closed_name = ibis.coalesce(closed.name, closed.deal_id)
    return [
        line(rows, "opened_at", KIND, "deal.opened", what=name, who="person_id"),
        line(
            closed, "closed_at", KIND, "deal." + closed.outcome,
            what=closed_name, who="person_id", amount="amount_cents", currency="currency",
        ),
    ]  # fmt: skip


def deal_stage(tables: Tables) -> list[ir.Table]:
    """Stages that a deal reached."""
    rows = tables.deal_stage.inner_join(_deals(tables), "deal_id")
    return [line(rows, "at", KIND, "deal.stage", what=rows.deal_name + ": " + rows.stage)]


def fit_answer(tables: Tables) -> list[ir.Table]:
    """Answers to the fit questions of a deal."""
    rows = tables.fit_answer.inner_join(_deals(tables), "deal_id")
    said = rows.question + ": " + ibis.coalesce(rows.answer, "?")
    return [line(rows, "answered_at", KIND, "fit.answered", what=said, who="person_id")]


def _deals(tables: Tables) -> ir.Table:
    deals = tables.deal
    return deals.select("deal_id", "customer_id", deal_name=ibis.coalesce(deals.name, deals.deal_id))


LINES = {
    "customer": customer,
    "customer_attribute": customer_attribute,
    "contact": contact,
    "lead": lead,
    "deal": deal,
    "deal_stage": deal_stage,
    "fit_answer": fit_answer,
}
