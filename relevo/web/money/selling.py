"""The table of selling: efficiency at the left, what stays at the right."""

from django.utils.translation import gettext as _

from relevo.answers.selling import SellingMonth, SellingTable
from relevo.web import format as written
from relevo.web.money.addresses import window_address
from relevo.web.parts import Cell, Grid, Head


def selling_grid(table: SellingTable) -> Grid:
    """A row per month; headings say which figures are efficiency and which outcome."""
    heads = (
        Head(_("Month")),
        Head(_("Win rate"), is_number=True),
        Head(_("Days to close"), is_number=True),
        Head(_("Pipeline a day"), is_number=True),
        Head(_("Kept net"), is_number=True),
        Head(_("Kept gross"), is_number=True),
    )
    return Grid(_("Selling and what stays"), heads, tuple(_row(each, table.currency) for each in table.months))


def _row(each: SellingMonth, currency: str) -> tuple[Cell, ...]:
    n = _("n %(count)s") % {"count": written.count(each.ended)}
    net, gross = (window_address(m, each.month) for m in ("net_revenue_retention", "gross_revenue_retention"))
    return (
        Cell(written.month(each.month)),
        Cell(written.rate(each.win_rate), is_number=True, small=n),
        Cell(written.number(each.median_days, 1), is_number=True),
        Cell(written.money(each.velocity_cents, currency), is_number=True),
        Cell(written.rate(each.net), net, is_number=True),
        Cell(written.rate(each.gross), gross, is_number=True),
    )
