"""Who sold a deal: whoever owns it in the CRM, else who did most of the selling."""

import ibis
import ibis.expr.types as ir

from relevo.book.schema import Tables
from relevo.measures.card import Frame


def won(tables: Tables, frame: Frame) -> ir.Table:
    """Deals won by the end of the as-of day, of every kind: what `with_seller` needs of them."""
    deals = tables.deal.filter(lambda t: (t.outcome == "won") & (t.closed_at < frame.until))
    return deals.select("deal_id", "customer_id", "kind", "person_id", "closed_at")


def with_seller(deals: ir.Table, tables: Tables) -> ir.Table:
    """Deals with `seller`: the deal's own person, else the sold_by role with the largest share; null if unknown.

    A role without a share counts as 0; among equals the first person_id.
    """
    roles = tables.deal_role.filter(lambda t: t.role == "sold_by")
    order = ibis.window(group_by="deal_id", order_by=[roles.share.fill_null(0).desc(), "person_id"])
    first = roles.mutate(place=ibis.row_number().over(order)).filter(lambda t: t.place == 0)
    lead = first.select(sold="deal_id", sold_by="person_id")
    both = deals.left_join(lead, deals.deal_id == lead.sold)
    return both.select(*deals.columns, seller=ibis.coalesce(both.person_id, both.sold_by))
