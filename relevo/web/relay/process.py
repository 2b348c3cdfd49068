"""The process of handing on, as sentences, pictures and tables."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relevo.answers.relay.process import METHOD, MOST, Handed, ProcessPage
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.charts.intervals import Share, shares_picture
from relevo.web.charts.process import Count, Days, counts_picture, days_picture
from relevo.web.charts.svg import draw
from relevo.web.customer.head import local
from relevo.web.labels import ROLES, label
from relevo.web.parts import Cell, ChartView, Grid, Head
from relevo.web.reader import clock
from relevo.web.relay.words import from_and_to

CUTS: Mapping[str, str | Promise] = {
    "team": gettext_lazy("another team"),
    "person": gettext_lazy("another person"),
}


def sentence(page: ProcessPage) -> str:
    """How often a customer changes hands in its first year."""
    if not page.customers:
        return _("No customer is a year old yet, so nobody knows how often one changes hands")
    values = {"times": hand_offs(_median(page)), "n": written.count(page.customers)}
    if page.by == "person":
        return _("A customer has %(times)s to another person in its first year (median of %(n)s)") % values
    return _("A customer has %(times)s to another team in its first year (median of %(n)s)") % values


def _median(page: ProcessPage) -> Handed:
    """The group in which the customer in the middle is."""
    seen = 0
    for group in page.groups:
        seen += group.customers
        if 2 * seen >= page.customers:
            break
    return group


def switch(page: ProcessPage) -> list[tuple[str, str, bool]]:
    """What a hand-off is counted by."""
    address = reverse("process")
    return [(str(name), f"{address}?by={cut}", cut == page.by) for cut, name in CUTS.items()]


def counts_chart(page: ProcessPage) -> ChartView:
    """How many customers changed hands how often in their first year."""
    title = _("How often customers change hands in their first year")
    bars = [Count(times(each), each.customers, f"{hand_offs(each)}: {written.count(each.customers)}")
            for each in page.groups]  # fmt: skip
    drawing = draw(counts_picture(bars, _("hand-offs in the first 12 months")), title) if bars else None
    return ChartView("counts", title, _("customers whose first year is over"), drawing, groups_grid(page))


def stay_chart(page: ProcessPage) -> ChartView:
    """Who stays, by how often the customer changed hands."""
    known = [each for each in page.groups if each.rate is not None]
    shares = [Share(hand_offs(g), g.rate or 0.0, g.low or 0.0, g.high or 1.0, g.settled) for g in known]
    title = _stay_title(known)
    return ChartView(
        key="stay",
        title=title,
        subtitle=_("share of those there after the first year that are there after the second, 95 % interval"),
        drawing=draw(shares_picture(shares, _("still here")), title) if shares else None,
        grid=groups_grid(page),
        foot=_("Association, not proof: large and difficult customers are handed on more often. What is told of fewer "
               "than five customers is left out."),
    )  # fmt: skip


def value_chart(page: ProcessPage) -> ChartView:
    """Days until first value, by how often the customer changed hands."""
    known = [each for each in page.groups if each.days is not None]
    title = _value_title(known)
    days = [
        Days(times(g), g.soon or 0.0, g.days or 0.0, g.late or 0.0, f"{hand_offs(g)}: {_middle(g)}") for g in known
    ]  # fmt: skip
    drawing = draw(days_picture(days, _("hand-offs in the first 12 months"), _("days")), title) if days else None
    return ChartView(
        key="value",
        title=title,
        subtitle=_("median days from first revenue to first value, and the middle half; of those that reached it"),
        drawing=drawing,
        grid=groups_grid(page),
        foot=_("Association, not proof: who takes long to set up has more time to change hands."),
    )


def groups_grid(page: ProcessPage) -> Grid:
    """The groups with everything that is known of them."""
    heads = (
        Head(_("Hand-offs")), Head(_("Customers"), is_number=True), Head(_("There after a year"), is_number=True),
        Head(_("There after two"), is_number=True), Head(_("Stayed"), is_number=True), Head(_("95 %"), is_number=True),
        Head(_("Reached value"), is_number=True), Head(_("Days, median"), is_number=True),
    )  # fmt: skip
    return Grid(_("Customers by hand-offs in the first year"), heads, tuple(_group_row(each) for each in page.groups))


def bounced_grid(page: ProcessPage) -> Grid:
    """Customers that went straight back."""
    heads = (Head(_("Customer")), Head(_("Straight back"), is_number=True), Head(_("Other team"), is_number=True),
             Head(_("Other person"), is_number=True))  # fmt: skip
    rows = tuple(
        (Cell(b.customer, customer_address(b.customer_id)),
         *(Cell(written.count(n), is_number=True) for n in (b.ping_pongs, b.team_handoffs, b.person_handoffs)))
        for b in page.bounced
    )  # fmt: skip
    return Grid(_("Ping-pong"), heads, rows)


def silent_grid(page: ProcessPage) -> Grid:
    """Changes that nobody announced."""
    heads = (Head(_("Customer")), Head(_("On")), *from_and_to(), Head(_("Role")))
    rows = tuple(
        (Cell(s.customer, customer_address(s.customer_id)), Cell(written.day(local(s.at, clock()))), Cell(s.giver),
         Cell(s.receiver), Cell(label(ROLES, s.role)))
        for s in page.silent
    )  # fmt: skip
    return Grid(_("Changes without a hand-off"), heads, rows)


def counted(shown: int, found: int) -> str:
    """How many of how many are listed; '' where all are."""
    if shown >= found:
        return ""
    return _("%(shown)s of %(found)s") % {"shown": written.count(shown), "found": written.count(found)}


def method() -> str:
    """How the groups are counted."""
    return _(METHOD)


def times(group: Handed) -> str:
    """The number of hand-offs of a group, as an axis says it."""
    return f"{group.hand_offs}+" if group.hand_offs == MOST else str(group.hand_offs)


def hand_offs(group: Handed) -> str:
    """The number of hand-offs of a group, in words."""
    if group.hand_offs == MOST:
        return _("%(n)s hand-offs or more") % {"n": group.hand_offs}
    return ngettext("%(n)s hand-off", "%(n)s hand-offs", group.hand_offs) % {"n": group.hand_offs}


def _stay_title(known: list[Handed]) -> str:
    if len(known) < 2:
        return _("Too few customers began two years ago to tell who stays")
    first, last = known[0], known[-1]
    values = {"few": hand_offs(first), "least": written.rate(first.rate, 0), "many": hand_offs(last),
              "most": written.rate(last.rate, 0)}  # fmt: skip
    apart = (first.low or 0) > (last.high or 1) or (last.low or 0) > (first.high or 1)
    if apart:
        return _("With %(few)s %(least)s stay, with %(many)s %(most)s") % values
    return _("With %(few)s %(least)s stay, with %(many)s %(most)s: it may be chance") % values


def _value_title(known: list[Handed]) -> str:
    if len(known) < 2:
        return _("Too few customers have reached first value to compare them")
    first, last = known[0], known[-1]
    values = {"few": hand_offs(first), "soon": written.number(first.days), "many": hand_offs(last),
              "late": written.number(last.days)}  # fmt: skip
    return _("First value came after %(soon)s days with %(few)s, after %(late)s with %(many)s") % values


def _middle(group: Handed) -> str:
    values = {"median": written.number(group.days), "soon": written.number(group.soon),
              "late": written.number(group.late), "n": written.count(group.valued)}  # fmt: skip
    return _("%(median)s days (%(soon)s–%(late)s), n %(n)s") % values


def _group_row(group: Handed) -> tuple[Cell, ...]:
    ends = "" if group.low is None else f"{written.hundredths(group.low)}–{written.rate(group.high)}"
    numbers = (
        written.count(group.customers), written.count(group.settled), written.count(group.stayed),
        written.rate(group.rate), ends, written.count(group.valued), written.number(group.days),
    )  # fmt: skip
    return (Cell(hand_offs(group)), *(Cell(text, is_number=True) for text in numbers))
