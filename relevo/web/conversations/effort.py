"""What one reply solves, and whether cases take more than they did, in words and pictures."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relevo.answers.conversations.types import Complexity, Month, OneTouch
from relevo.web import format as written
from relevo.web.charts.effort import Taken, effort_picture
from relevo.web.charts.intervals import Share, shares_picture
from relevo.web.charts.svg import draw
from relevo.web.parts import Cell, ChartView, Grid, Head

BANDS: dict[str, str | Promise] = {
    "easy": gettext_lazy("easy cases"),
    "middle": gettext_lazy("middling cases"),
    "hard": gettext_lazy("hard cases"),
}
# Below so much more or less a year's change is called none.
_SLIGHT = 0.05


def touch_chart(found: OneTouch | None) -> ChartView | None:
    """What one reply solved and kept solved for a week, by how hard the case was; None where nothing can be judged."""
    if found is None or not found.all.n:
        return None
    share = {"share": written.rate(found.all.share), "n": written.count(found.all.n)}
    title = _("One reply was enough in %(share)s of %(n)s solved cases, and stayed enough for a week") % share
    known = [band for band in found.bands if band.n and band.low is not None and band.high is not None]
    shares = [Share(str(BANDS[b.name]), b.share or 0.0, b.low or 0.0, b.high or 0.0, b.n) for b in known]
    return ChartView(
        key="one-touch", title=title, subtitle=_("share of solved cases, 95 % interval, n cases"),
        drawing=draw(shares_picture(shares, _("one reply")), title) if shares else None, grid=_touch_grid(found),
        foot=_("A case that was closed and came back within a week is not solved with one reply."),
    )  # fmt: skip


def _touch_grid(found: OneTouch) -> Grid:
    """Every conversation of the window once, so that the table adds up to all."""
    rows = ((_("One reply"), found.one), (_("Two replies"), found.two), (_("Three and more"), found.more),
            (_("Reopened"), found.reopened), (_("Solved without a reply"), found.none),
            (_("Solved not a week ago"), found.waiting), (_("Open, or ended otherwise"), found.unsolved))  # fmt: skip
    total = sum(n for _name, n in rows)
    cells = tuple((Cell(name), Cell(written.count(n), is_number=True)) for name, n in rows)
    return Grid(
        _("What became of conversations"), (Head(_("What became of it")), Head(_("Conversations"), is_number=True)),
        cells, (Cell(_("All")), Cell(written.count(total), is_number=True)),
    )  # fmt: skip


def complexity_chart(found: Complexity | None) -> ChartView | None:
    """Minutes per conversation by month, beside what its kinds alone let expect; None with fewer than two months."""
    if found is None or found.growth is None:
        return None
    title = _complexity_title(found.growth, found.months[-1].month - found.months[0].month)
    spec = effort_picture([_taken(m) for m in found.months], _("minutes"), _("took"), _("its kinds alone"))
    heads = (Head(_("Month")), Head(_("Conversations"), is_number=True), Head(_("Minutes each"), is_number=True),
             Head(_("By its kinds"), is_number=True), Head(_("Replies each"), is_number=True),
             Head(_("Passed on"), is_number=True))  # fmt: skip
    rows = tuple(
        (Cell(written.month(m.month)), *(Cell(text, is_number=True) for text in (
            written.count(m.n), written.number(m.minutes, 1), written.number(m.expected, 1), written.ratio(m.replies),
            written.ratio(m.handoffs))))
        for m in found.months
    )  # fmt: skip
    foot = _("The last month may rise still: what is not over yet takes longest.")
    if found.measured is not None:
        told = _("%(share)s of the minutes are measured, the rest estimated.")
        foot += " " + told % {"share": written.rate(found.measured)}
    return ChartView(
        key="complexity",
        title=title,
        subtitle=_("conversations that are over, by the month in which they began"),
        drawing=draw(spec, title),
        grid=Grid(_("Minutes per conversation"), heads, rows),
        foot=foot,
    )


def _taken(found: Month) -> Taken:
    name = written.month(found.month)
    values = {"month": name, "took": written.number(found.minutes, 1), "kinds": written.number(found.expected, 1),
              "n": written.count(found.n)}  # fmt: skip
    return Taken(name, found.minutes, found.expected,
                 _("%(month)s: %(took)s minutes, by its kinds %(kinds)s, n %(n)s") % values)  # fmt: skip


def _complexity_title(growth: float, months: int) -> str:
    values = {"rate": written.rate(abs(growth - 1)), "n": months}
    if growth > 1 + _SLIGHT:
        told = ngettext("A conversation takes %(rate)s more than %(n)s month ago",
                        "A conversation takes %(rate)s more than %(n)s months ago", months)  # fmt: skip
    elif growth < 1 - _SLIGHT:
        told = ngettext("A conversation takes %(rate)s less than %(n)s month ago",
                        "A conversation takes %(rate)s less than %(n)s months ago", months)  # fmt: skip
    else:
        told = ngettext("A conversation takes as long as %(n)s month ago",
                        "A conversation takes as long as %(n)s months ago", months)  # fmt: skip
    return told % values
