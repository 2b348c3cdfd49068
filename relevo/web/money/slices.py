"""The table of a year's retention by one dimension."""

from django.utils.translation import gettext as _

from relevo.answers.money_slice import SliceRow, SliceTable
from relevo.web import format as written
from relevo.web.labels import DIMENSIONS, label, slice_value
from relevo.web.money.addresses import window_address
from relevo.web.parts import Cell, Grid, Head


def slice_grid(table: SliceTable) -> Grid:
    """A year's retention by one dimension; every figure leads to its rows."""
    heads = (
        Head(label(DIMENSIONS, table.by)),
        Head(_("Customers"), is_number=True),
        Head(_("Revenue a year ago"), is_number=True),
        Head(_("Kept gross"), is_number=True),
        Head(_("Kept net"), is_number=True),
        Head(_("Left"), is_number=True),
    )
    rows = tuple(_slice_row(table, row, slice_value(row.value), table.by) for row in table.rows)
    return Grid(_("Retention by slice"), heads, rows, _slice_row(table, table.total, _("All"), None))


def _slice_row(table: SliceTable, row: SliceRow, name: str, by: str | None) -> tuple[Cell, ...]:
    value = row.value if by else None
    gross = window_address("gross_revenue_retention", table.month, by=by, value=value)
    net = window_address("net_revenue_retention", table.month, by=by, value=value)
    interval = f"{written.hundredths(row.low)}–{written.hundredths(row.high)}" if row.low is not None else ""
    too_few = _("too few")
    return (
        Cell(name, gross),
        Cell(written.count(row.customers), is_number=True),
        Cell(written.money(row.opening_cents, table.currency), gross, is_number=True),
        _rate_cell(row, row.gross, gross, too_few),
        _rate_cell(row, row.net, net, too_few),
        Cell(
            "" if row.too_few else written.rate(row.lost),
            window_address("logo_churn", table.month, by=by, value=value),
            is_number=True,
            small=too_few if row.too_few else interval,
        ),
    )


def _rate_cell(row: SliceRow, share: float | None, href: str, too_few: str) -> Cell:
    if row.too_few:
        return Cell("", "", is_number=True, small=too_few)
    return Cell(written.rate(share), href, is_number=True)
