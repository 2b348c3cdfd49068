"""The gap between fields for reports and what was learned of the customer, as a picture and a table."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from relevo.answers.relay.fill_gap import METHOD, FillGap, FillLine, SellerFill
from relevo.web import format as written
from relevo.web.charts.gaps import Between, gaps_picture
from relevo.web.charts.svg import draw
from relevo.web.parts import Cell, ChartView, Grid, Head

MOST_LINES = 14


def switch(page: FillGap) -> list[tuple[str, str, bool]]:
    """What the gap can be looked at by, for this viewer."""
    address = reverse("records")
    named = {"": (_("all deals"), f"{address}#gap"), "seller": (_("by seller"), f"{address}?by=seller#gap")}
    return [(*named[cut], cut == page.by) for cut in page.cuts]


def chart(page: FillGap) -> ChartView:
    """Everybody's line, then each seller's."""
    lines = _lines(page)
    title = _title(page)
    groups = [Between(line.name, line.fill.report, line.fill.discovery, _tip(line)) for line in lines[:MOST_LINES]]
    return ChartView(
        key="gap-chart",
        title=title,
        subtitle=_("filled share by deal: hollow for reports, full about the customer; the number is the gap"),
        drawing=draw(gaps_picture(groups, _("filled")), title) if groups else None,
        grid=_grid(lines),
        foot=_foot(page),
    )


def _lines(page: FillGap) -> list[FillLine]:
    return [] if page.whole is None else [FillLine(_("All deals"), page.whole), *page.lines]


def _title(page: FillGap) -> str:
    if page.whole is None:
        return _("No deal of two years has a customer")
    values = {"report": written.rate(page.whole.report, 0), "discovery": written.rate(page.whole.discovery, 0)}
    return _("Of each deal %(report)s is filled in for reports, %(discovery)s about the customer") % values


def _foot(page: FillGap) -> str:
    told = [_(METHOD)]
    if page.by:
        told.insert(0, _("Intervals that overlap do not tell sellers apart. Look at the form and at the time that is "
                         "given before you look at a person."))  # fmt: skip
    if page.few:
        few = ngettext("%(n)s seller has too few deals to be told.", "%(n)s sellers have too few deals to be told.",
                       page.few)  # fmt: skip
        told.append(few % {"n": written.count(page.few)})
    return " ".join(told)


def _grid(lines: list[FillLine]) -> Grid:
    heads = (
        Head(_("Seller")), Head(_("Deals"), is_number=True), Head(_("For reports"), is_number=True),
        Head(_("About the customer"), is_number=True), Head(_("Gap, points"), is_number=True),
        Head(_("95 %"), is_number=True),
    )  # fmt: skip
    return Grid(_("Fill rates by deal"), heads, tuple(_row(line) for line in lines))


def _row(line: FillLine) -> tuple[Cell, ...]:
    fill = line.fill
    numbers = (written.count(fill.deals), written.rate(fill.report), written.rate(fill.discovery),
               written.points(fill.gap), _ends(fill))  # fmt: skip
    return (Cell(line.name), *(Cell(text, is_number=True) for text in numbers))


def _ends(fill: SellerFill) -> str:
    return "" if fill.low is None else f"{written.hundredths(fill.low)} – {written.hundredths(fill.high)}"


def _tip(line: FillLine) -> str:
    values = {"name": line.name, "report": written.rate(line.fill.report),
              "discovery": written.rate(line.fill.discovery), "n": written.count(line.fill.deals)}  # fmt: skip
    return _("%(name)s: %(report)s for reports, %(discovery)s about the customer, n %(n)s") % values
