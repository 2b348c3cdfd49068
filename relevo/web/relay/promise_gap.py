"""The expectation gap as a picture and its table."""

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.answers.relay.promise_gaps import FEWEST_DUE, BrokenBeside, Gap, GapPage, KeptShare
from relevo.web import format as written
from relevo.web.charts.intervals import Share, shares_picture
from relevo.web.charts.svg import draw
from relevo.web.labels import Names, label, slice_value
from relevo.web.parts import Cell, ChartView, Grid, Head
from relevo.web.relay.promise_words import STATES

CUTS: Names = {
    "product_state": gettext_lazy("by what the product could do"),
    "segment": gettext_lazy("by segment"),
    "customer": gettext_lazy("by customer"),
    "deal": gettext_lazy("by deal"),
    "person": gettext_lazy("by who promised"),
}
# More lines than these are a table, not a picture.
MOST_LINES = 14


def gap_chart(page: GapPage) -> ChartView:
    """The gaps with their intervals; groups of few due promises stand in the table alone."""
    known = [each for each in page.groups if each.gap.due >= FEWEST_DUE]
    shown = [_share(name_of(page, each.name), each.gap) for each in known[:MOST_LINES]]
    title = _title(page, known[0].name, known[0].gap) if known else _("Too few promises were due to compare them")
    axis = _("share of due promises kept late or broken")
    return ChartView(
        key="gap",
        title=title,
        subtitle=_(
            "Share of due promises kept late or broken, 95 % interval, n due promises; pulled to the whole, but of "
            "what stands out as it is"
        ),
        drawing=draw(shares_picture(shown, axis), title) if shown else None,
        grid=gap_grid(page),
        foot=_(
            "An association, not blame: who is asked for what is not taken out, and what the product cannot do is "
            "promised where it is asked for. Look for a cause in the system first. In colour: what stands out."
        ),
    )


def cost_chart(found: tuple[BrokenBeside, ...]) -> ChartView | None:
    """Who still pays a year after a promise went unmet, beside the others; None where no segment has enough of both."""
    known = [each for each in found if each.unmet.share is not None and each.others.share is not None]
    if not known:
        return None
    shown = [share for each in known for share in _beside(each)]
    title = _cost_title(max(known, key=lambda each: each.unmet.n))
    return ChartView(
        key="cost",
        title=title,
        subtitle=_("Share that still pays of who paid a year before, by whether a promise was unmet by then"),
        drawing=draw(shares_picture(shown, _("share that still pays")), title),
        grid=_cost_grid(found),
        foot=_(
            "As of the book; 95 % interval, n customers. An association: who was promised much may have been at risk "
            "before. Segments stand beside each other because they leave at rates of their own."
        ),
    )


def gap_switch(page: GapPage) -> list[tuple[str, str, bool]]:
    """What promises can be compared by, with the address of each, the one that is shown marked."""
    address = reverse("promises")
    return [(label(CUTS, cut), f"{address}?{urlencode({'by': cut})}#gap", cut == page.by) for cut in page.cuts]


def name_of(page: GapPage, group: str) -> str:
    """What a group is called."""
    return label(STATES, group) if page.by == "product_state" else slice_value(group)


def gap_grid(page: GapPage) -> Grid:
    """The gaps as a table; of few due promises nothing is judged."""
    heads = (
        Head(_("Group")),
        Head(_("Due"), is_number=True),
        Head(_("Late or broken"), is_number=True),
        Head(_("Gap as it is"), is_number=True),
        Head(_("Pulled to the whole"), is_number=True),
        Head(_("95 % interval"), is_number=True),
        Head(_("What to make of it")),
    )
    rows = tuple(_row(name_of(page, each.name), each.gap) for each in page.groups)
    return Grid(_("Expectation gap"), heads, rows)


def _row(name: str, gap: Gap) -> tuple[Cell, ...]:
    _value, low, high = gap.shown
    return (
        Cell(name),
        Cell(written.count(gap.due), is_number=True),
        Cell(written.count(gap.unmet), is_number=True),
        Cell(written.rate(gap.gap), is_number=True),
        Cell(written.rate(gap.pooled), is_number=True),
        Cell(f"{written.rate(low)} – {written.rate(high)}", is_number=True),
        Cell(_judged(gap)),
    )


def _cost_grid(found: tuple[BrokenBeside, ...]) -> Grid:
    words, numbers = (_("Segment"), _("Customers")), (_("How many"), _("Still pay"), _("Share"))
    heads = (*map(Head, words), *(Head(name, is_number=True) for name in numbers), Head(_("95 % interval")))
    names = _("a promise unmet"), _("no promise unmet")
    pairs = [(each, zip(names, (each.unmet, each.others), strict=True)) for each in found]
    rows = tuple(_cost_row(each.segment, name, group) for each, groups in pairs for name, group in groups)
    return Grid(_("After a promise"), heads, rows)


def _beside(each: BrokenBeside) -> list[Share]:
    told = slice_value(each.segment)
    names = _("%(segment)s, unmet") % {"segment": told}, _("%(segment)s, others") % {"segment": told}
    pairs = ((names[0], each.unmet, True), (names[1], each.others, False))
    return [Share(name, g.share or 0.0, g.low or 0.0, g.high or 0.0, g.n, is_unmet) for name, g, is_unmet in pairs]


def _cost_title(each: BrokenBeside) -> str:
    unmet, others = each.unmet, each.others
    named = {"segment": slice_value(each.segment), "unmet": written.rate(unmet.share, 0),
             "others": written.rate(others.share, 0)}  # fmt: skip
    if (unmet.high or 0.0) < (others.low or 0.0):
        return _("After an unmet promise %(unmet)s of %(segment)s still pay, %(others)s of the others") % named
    return _("Who had a promise unmet stays about as often, as far as can be told")


def _cost_row(segment: str, name: str, group: KeptShare) -> tuple[Cell, ...]:
    between = _("too few")
    if group.share is not None:
        between = f"{written.rate(group.low)} – {written.rate(group.high)}"
    return (
        Cell(slice_value(segment)),
        Cell(name),
        Cell(written.count(group.n), is_number=True),
        Cell(written.MISSING if group.share is None else written.count(group.kept), is_number=True),
        Cell(written.rate(group.share), is_number=True),
        Cell(between),
    )


def _judged(gap: Gap) -> str:
    if gap.due < FEWEST_DUE:
        return _("too few")
    return _("stands out") if gap.stands_out else _("like the others")


def _share(name: str, gap: Gap) -> Share:
    return Share(name, *gap.shown, gap.due, gap.stands_out)


def _title(page: GapPage, group: str, gap: Gap) -> str:
    named = {"group": name_of(page, group), "unmet": written.count(gap.unmet), "due": written.count(gap.due)}
    if gap.stands_out:
        return _("Most go unmet: %(group)s, %(unmet)s of %(due)s") % named
    return _("Nothing stands out; most go unmet: %(group)s, %(unmet)s of %(due)s") % named
