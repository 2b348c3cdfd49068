"""Tiers and colleagues afterwards: promises kept, who stays beside others like them, and the gap of expectations."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from relevo.answers.conversations.after import (
    HELPED_METHOD,
    PUBLISHED,
    TIERS_METHOD,
    AfterPage,
    HelpedBy,
    Helper,
    PromiseKept,
    TierLeaving,
)
from relevo.web import format as written
from relevo.web.labels import slice_value
from relevo.web.parts import Cell, Grid, Head


@dataclass(frozen=True)
class GapTile:
    """Our own promises first, then what others said when they were asked."""

    own: str
    own_label: str
    published: str


def gap_tile(page: AfterPage) -> GapTile:
    """How often we keep our promise of a first answer, and the published gap."""
    rises, sure = (written.rate(share, 0) for share in PUBLISHED)
    told = _("For comparison: of leaders asked, %(rises)s said that expectations rise and %(sure)s that they are sure "
             "to meet them (a talk on world-class experience).")  # fmt: skip
    published = told % {"rises": rises, "sure": sure}
    if page.gap.share is None:
        return GapTile(_("not known"), _("no first answer is promised: set the rule response_promises"), published)
    due = _("of our promises of a first answer kept, n %(n)s, 180 days") % {"n": written.count(page.gap.due)}
    return GapTile(written.rate(page.gap.share), due, published)


def promises_grid(page: AfterPage) -> Grid:
    """Each tier's promise of a first answer and whether it was kept."""
    heads = (
        Head(_("Tier")), Head(_("First answers due"), is_number=True), Head(_("Promised, minutes"), is_number=True),
        Head(_("Kept"), is_number=True), Head(_("95 %"), is_number=True), Head(_("Within an hour"), is_number=True),
    )  # fmt: skip
    return Grid(_("Promises of a first answer, by tier"), heads, tuple(_promise(p) for p in page.promises))


def _promise(kept: PromiseKept) -> tuple[Cell, ...]:
    share = written.rate(kept.share) if kept.minutes else _("none promised")
    texts = (
        written.count(kept.n), written.MISSING if kept.minutes is None else written.count(kept.minutes), share,
        written.between(*kept.interval, written.rate), written.rate(kept.in_an_hour / kept.n if kept.n else None),
    )  # fmt: skip
    return (Cell(slice_value(kept.tier)), *(Cell(text, is_number=True) for text in texts))


def leaving_grid(page: AfterPage) -> Grid:
    """Each tier's customers beside those of the commonest tier, plainly and alike."""
    heads = (
        Head(_("Tier")), Head(_("Months at risk"), is_number=True), Head(_("Lost a month"), is_number=True),
        Head(_("Beside")), Head(_("Difference as seen, points"), is_number=True),
        Head(_("Difference alike, points"), is_number=True), Head(_("95 %"), is_number=True),
    )  # fmt: skip
    return Grid(_("Customers lost, by tier"), heads, tuple(_leaving(t) for t in page.leaving))


def _leaving(tier: TierLeaving) -> tuple[Cell, ...]:
    alike = _("too few (%(n)s)") % {"n": written.count(tier.lost)} if tier.alike is None else _fine(tier.alike)
    beside = f"{slice_value(tier.beside)}, {written.rate(tier.beside_rate, 2)}"
    return (
        Cell(slice_value(tier.tier)), Cell(written.count(tier.months), is_number=True),
        Cell(written.rate(tier.rate, 2), is_number=True), Cell(beside),
        Cell(_fine(tier.naive), is_number=True), Cell(alike, is_number=True),
        Cell(written.between(tier.low, tier.high, _fine), is_number=True),
    )  # fmt: skip


def _fine(value: float | None) -> str:
    """A difference of monthly shares in points with two decimals."""
    return written.points(value, 2)


def helpers_grid(page: AfterPage) -> Grid:
    """Colleagues with what became of the customers they helped."""
    heads = (
        Head(_("Person")), Head(_("Cases"), is_number=True), Head(_("Still here"), is_number=True),
        Head(_("Expected"), is_number=True), Head(_("In context, points"), is_number=True),
        Head(_("95 %"), is_number=True),
    )  # fmt: skip
    return Grid(_("Customers helped who stay"), heads, tuple(_helper(each) for each in page.helpers or ()))


def _helper(each: Helper) -> tuple[Cell, ...]:
    told = each.helped
    expected = written.rate(told.expected) if told.expected is not None else _why(told)
    return (
        Cell(each.name), Cell(written.number(told.n), is_number=True), Cell(written.rate(told.kept), is_number=True),
        Cell(expected, is_number=True), Cell(written.points(told.difference), is_number=True),
        Cell(written.between(told.low, told.high, written.points), is_number=True),
    )  # fmt: skip


def _why(told: HelpedBy) -> str:
    return _("too few") if told.is_comparable else _("not comparable")


def methods() -> tuple[str, str]:
    """How tiers and colleagues are compared."""
    return _(TIERS_METHOD), _(HELPED_METHOD)
