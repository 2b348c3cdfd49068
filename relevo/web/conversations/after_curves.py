"""After we helped, as pictures and tables: who stays, how much they use, and who stays by the time it took to solve."""

from django.utils.translation import gettext as _

from relevo.answers.conversations.after import (
    CURVES_METHOD,
    DOSE_DAYS,
    DOSE_METHOD,
    AfterHelp,
    AfterPage,
    Dose,
    Height,
    Use,
)
from relevo.web import format as written
from relevo.web.charts.after import Side, curves_picture, kept_picture
from relevo.web.charts.intervals import Estimate
from relevo.web.charts.svg import draw
from relevo.web.parts import Cell, ChartView, Grid, Head

QUARTER = 90


def curves_chart(page: AfterPage) -> ChartView:
    """Who stays after help, beside others like them."""
    found, title = page.curves, curves_title(page.curves)
    sides = [
        Side(_("helped"), [(d, a) for d, a, _b in found.curve], "var(--new)", (1, 0)),
        Side(_("others like them"), [(d, b) for d, _a, b in found.curve], "var(--mute)", (5, 3)),
    ]
    axes = (_("days after the solution"), _("share still here"))
    values = {"helped": written.count(found.n_matched), "others": written.count(found.n_others)}
    return ChartView(
        key="curves",
        title=title,
        subtitle=_("share still here, Kaplan-Meier; n %(helped)s helped with others like them, %(others)s others")
        % values,
        drawing=draw(curves_picture(sides, axes), title) if found.curve else None,
        grid=heights_grid(found),
        more_grids=(use_grid(found),) if found.use else (),
        foot=_("Both pay on the day from which they are followed; who was followed for less is censored, not dropped."),
    )


def curves_title(found: AfterHelp) -> str:
    """How many more or fewer of the helped are still here after 90 days."""
    told = next((h for h in found.heights if h.days == QUARTER and h.low is not None), None)
    if told is None:
        return _("Too few customers were helped, or left alone, to follow them")
    values = {"helped": written.rate(told.helped), "others": written.rate(told.others), "n": QUARTER}
    if (told.low or 0) > 0 or (told.high or 0) < 0:
        return _("%(n)s days after help %(helped)s are still here, of others like them %(others)s") % values
    return _("%(n)s days after help %(helped)s are still here, of others like them %(others)s: it may be chance") % (
        values
    )


def heights_grid(found: AfterHelp) -> Grid:
    """The shares still here at the landmarks."""
    return _sides_grid(_("Still here"), found.heights)


def use_grid(found: AfterHelp) -> Grid:
    """Use after, of use before."""
    return _sides_grid(_("Use, of what it was the month before"), found.use)


def _sides_grid(caption: str, rows: tuple[Height, ...] | tuple[Use, ...]) -> Grid:
    heads = (
        Head(_("Days after"), is_number=True), Head(_("Helped"), is_number=True),
        Head(_("Others like them"), is_number=True), Head(_("Difference, points"), is_number=True),
        Head(_("95 %"), is_number=True),
    )  # fmt: skip
    return Grid(caption, heads, tuple(_side(each) for each in rows))


def _side(each: Height | Use) -> tuple[Cell, ...]:
    texts = (
        written.count(each.days), written.rate(each.helped), written.rate(each.others),
        written.points(each.difference), written.between(each.low, each.high, written.points),
    )  # fmt: skip
    return tuple(Cell(text, is_number=True) for text in texts)


def dose_chart(page: AfterPage) -> ChartView:
    """Who stays by the time that the solution took."""
    title = dose_title(page.doses)
    estimates = [_estimate(each) for each in page.doses if each.kept is not None]
    return ChartView(
        key="dose",
        title=title,
        subtitle=_("share still here %(n)s days after the solution, by the time it took; difficulty held equal, 95 %%")
        % {"n": DOSE_DAYS},
        drawing=draw(kept_picture(estimates, _("still here")), title) if estimates else None,
        grid=dose_grid(page),
        foot=_("Bins of fewer than ten cases are left out. The axis does not begin at 0."),
    )


def _estimate(dose: Dose) -> Estimate:
    n, ends = f"n {written.count(dose.n)}", written.between(dose.low, dose.high, written.rate)
    tip = f"{took(dose)}: {written.rate(dose.kept)} ({ends}), {n}"
    return Estimate(took(dose), dose.kept or 0.0, dose.low or 0.0, dose.high or 0.0, n, tip)


def dose_title(doses: tuple[Dose, ...]) -> str:
    """Whether those whose solution took longest stay as those whose took least."""
    known = [d for d in doses if d.kept is not None]
    if len(known) < 2:
        return _("Too few cases were solved to tell whether the time it took goes with staying")
    first, last = known[0], known[-1]
    values = {"soon": took(first), "most": written.rate(first.kept), "late": took(last),
              "least": written.rate(last.kept)}  # fmt: skip
    if (first.low or 0) > (last.high or 1) or (last.low or 0) > (first.high or 1):
        return _("Solved in %(soon)s %(most)s stay, in %(late)s %(least)s") % values
    return _("Solved in %(soon)s %(most)s stay, in %(late)s %(least)s: it may be chance") % values


def took(dose: Dose) -> str:
    """How long a solution took, in words."""
    if dose.until_hours is None:
        return _("over %(n)s days") % {"n": dose.from_hours // 24}
    if not dose.from_hours:
        return _("under %(n)s hour") % {"n": dose.until_hours}
    if dose.until_hours <= 24:
        return _("%(low)s to %(high)s hours") % {"low": dose.from_hours, "high": dose.until_hours}
    return _("%(low)s to %(high)s days") % {"low": dose.from_hours // 24, "high": dose.until_hours // 24}


def dose_grid(page: AfterPage) -> Grid:
    """The bins with their cases, as seen and adjusted."""
    heads = (
        Head(_("Solved in")), Head(_("Cases"), is_number=True), Head(_("Still here, as seen"), is_number=True),
        Head(_("Still here, alike"), is_number=True), Head(_("95 %"), is_number=True),
    )  # fmt: skip
    rows = tuple(
        (Cell(took(d)), Cell(written.count(d.n), is_number=True), Cell(written.rate(d.raw), is_number=True),
         Cell(written.rate(d.kept), is_number=True), Cell(written.between(d.low, d.high, written.rate), is_number=True))
        for d in page.doses
    )  # fmt: skip
    return Grid(_("Staying by the time a solution took"), heads, rows)


def methods() -> tuple[str, ...]:
    """How the curves and the bins are made."""
    return _(CURVES_METHOD), _(DOSE_METHOD)
