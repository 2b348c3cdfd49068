"""What a customer paid, month by month, as a picture with what happened, and as a table."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.answers.customer import CustomerPage
from relevo.answers.customer_history import Mark
from relevo.answers.values import Sentence, money
from relevo.web import format as written
from relevo.web.charts.history import history_picture
from relevo.web.charts.svg import draw
from relevo.web.labels import CAUSES, KINDS, label
from relevo.web.parts import Cell, ChartView, Grid, Head
from relevo.web.sentences import say

_OTHERS = {"handoff.given": gettext_lazy("hand-off"), "conversation.escalated": gettext_lazy("escalated")}


def history_chart(page: CustomerPage) -> ChartView | None:
    """The picture in its frame; None where it never paid, or its amounts are not the viewer's to see."""
    months, currency = page.history.months, page.stamp.currency
    if not months:
        return None
    ends = {"first": money(months[0][1], currency), "last": money(months[-1][1], currency)}
    title = say(Sentence("customer.history.grew", ends))
    subtitle = _("Monthly recurring revenue at month ends, %(currency)s") % {"currency": currency}
    notes = [(mark.month, _note(mark, currency)) for mark in page.history.marks]
    drawing = draw(history_picture(months, currency, notes), title)
    href = f"{reverse('customer', args=[page.card.customer_id])}?tab=history&as=csv"
    return ChartView("history", title, subtitle, drawing, _grid(page), files=((_("download"), href),), is_wide=True)


def movements_grid(page: CustomerPage) -> Grid:
    """Every change of what the customer pays, latest first."""
    heads = (Head(_("Day")), Head(_("What happened")), Head(_("Cause")), Head(_("Change of MRR"), is_number=True))
    rows = tuple(
        (
            Cell(written.day(move.on)),
            Cell(label(KINDS, move.kind)),
            Cell(label(CAUSES, move.cause) or written.MISSING),
            Cell(written.signed(written.money, move.base_cents, page.stamp.currency), is_number=True),
        )
        for move in page.history.movements
    )
    return Grid(_("Movements"), heads, rows)


def _note(mark: Mark, currency: str) -> str:
    """A mark in few words: '+€ 210 seats'."""
    if mark.cents is None:
        return str(_OTHERS[mark.code])
    why = label(CAUSES, mark.cause) or label(KINDS, mark.code)
    return f"{written.signed(written.short_money, mark.cents, currency)} {why}"


def _grid(page: CustomerPage) -> Grid:
    currency = page.stamp.currency
    told: dict[str, list[str]] = defaultdict(list)
    for mark in page.history.marks:
        told[mark.month].append(_note(mark, currency))
    heads = (Head(_("Month")), Head(_("MRR"), is_number=True), Head(_("What happened")))
    rows = tuple(
        (
            Cell(written.month(month)),
            Cell(written.money(cents, currency), is_number=True),
            Cell("; ".join(told[month])),
        )
        for month, cents in reversed(page.history.months)
    )
    return Grid(_("MRR by month"), heads, rows)
