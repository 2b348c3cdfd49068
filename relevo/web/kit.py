"""Values for the page that shows every component: invented, small, and one for every state a component can have."""

from datetime import date

from django.utils.translation import gettext as _

from relevo.answers.header import header
from relevo.answers.values import Direction, Figure, Sentence, Tile, count, money, rate
from relevo.web import format as written
from relevo.web.charts.base import Spec
from relevo.web.charts.history import history_picture
from relevo.web.charts.svg import draw
from relevo.web.parts import EMPTY, Cell, ChartView, Grid, Head, More
from relevo.web.sentences import say

EURO = "EUR"
MONTH, YEAR_BEFORE = "2026-10", "2025-10"
_RATES = (0.91, 0.914, 0.912, 0.92, 0.921, None, 0.93, 0.932, 0.931, 0.938, 0.94, 0.939, 0.941)
_HISTORY = tuple((f"2026-{m:02}", cents) for m, cents in enumerate((39900, 39900, 49900, 49900, 74900, 62400), 5))


def tiles() -> tuple[Tile, ...]:
    """A figure that rose, one with an interval that fell, one that is not known, and one of a day."""
    return header((_risen(), _fallen(), _unknown(), _of_a_day()))


def _risen() -> Tile:
    return Tile(
        Figure("mrr", "mrr", money(123_456_789_00, EURO)),
        Figure("mrr", "paying_customers", count(12_345)),
        MONTH,
        money(1_900_000_00, EURO),
        YEAR_BEFORE,
        Direction.UP,
        tuple(float(v) for v in (82, 85, 90, 91, 97, 99, 104, 108, 110, 113, 118, 121, 123)),
    )


def _fallen() -> Tile:
    return Tile(
        Figure("net_revenue_retention", "nrr", rate(0.941)),
        Figure("gross_revenue_retention", "grr", rate(0.888)),
        MONTH,
        rate(-0.012),
        YEAR_BEFORE,
        Direction.UP,
        _RATES,
        rate(0.924),
        rate(0.957),
        828,
    )


def _unknown() -> Tile:
    return Tile(
        Figure("logo_churn", "logo_churn", rate(None)),
        Figure("gross_mrr_churn", "gross_churn", rate(None)),
        MONTH,
    )


def _of_a_day() -> Tile:
    return Tile(
        Figure("renewals_due", "renewals", money(50_038_500, EURO)),
        Figure("renewals_due", "renewals_by_hand", money(11_800_000, EURO)),
        n=210,
        as_of=date(2026, 10, 31),
    )


def table() -> tuple[Grid, More]:
    """A table with links, a long name, an interval, a share that cannot stand, totals, and more rows to come."""
    heads = (
        Head(_("Channel"), href="?sort=name", sort="none"),
        Head(_("Customers"), is_number=True, href="?sort=customers", sort="descending"),
        Head(_("Kept net"), is_number=True),
        Head(_("Held by")),
    )
    long_name = "Compañía Interoceánica de Transportes Frigoríficos y Almacenaje del Pacífico Sur, S. A."
    rows = (
        _row("inbound", 904, 1.094, "Ana", "104.1–114.2"),
        _row(long_name, 372, 0.921, "", "88.0–95.4"),
        _row("events", 3, None, "Luis", _("too few")),
    )
    total = (Cell(_("All")), _number(1279), Cell(written.rate(1.036), is_number=True), Cell(""))
    return Grid(_("Retention by slice"), heads, rows, total), More("?offset=3#table", 3, 41)


def _row(name: str, customers: int, share: float | None, owner: str, small: str) -> tuple[Cell, ...]:
    kept = Cell("" if share is None else written.rate(share), is_number=True, small=small)
    return Cell(name, "#table"), _number(customers), kept, Cell(owner or _("nobody"))


def _number(value: int) -> Cell:
    return Cell(written.count(value), is_number=True)


def charts() -> tuple[ChartView, ChartView]:
    """A picture with its table, and one for which there are too few data."""
    ends = {"first": money(_HISTORY[0][1], EURO), "last": money(_HISTORY[-1][1], EURO)}
    finding = say(Sentence("customer.history.grew", ends))
    heads = (Head(_("Month")), Head(_("MRR"), is_number=True))
    rows = tuple((Cell(written.month(m)), Cell(written.money(c, EURO), is_number=True)) for m, c in _HISTORY)
    grid = Grid(_("MRR by month"), heads, rows)
    subtitle = _("Monthly recurring revenue at month ends, %(currency)s") % {"currency": EURO}
    spec: Spec = history_picture(_HISTORY, EURO)
    drawn = ChartView("kit-drawn", finding, subtitle, draw(spec, finding) or EMPTY, grid, is_wide=True)
    early = ChartView("kit-early", say(Sentence("cohorts.too_early")), subtitle, None, Grid(grid.caption, heads, ()))
    return drawn, early
