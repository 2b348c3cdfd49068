"""Fidelity as sentences, pictures and tables: how much of what was known arrives with the next person."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relevo.answers.relay.fidelity import FEWEST_ANSWERS, PAGE, FidelityPage, LostItem, Quarter, ScoredLine
from relevo.web import format as written
from relevo.web.addresses import customer_address
from relevo.web.charts.fills import Bar, bars_picture
from relevo.web.charts.intervals import Share, shares_picture
from relevo.web.charts.svg import draw
from relevo.web.labels import label, slice_value
from relevo.web.parts import Cell, ChartView, Grid, Head, More
from relevo.web.relay.addresses import either_address
from relevo.web.relay.words import from_and_to

CUTS: Mapping[str, str | Promise] = {
    "template": gettext_lazy("by transition"),
    "from_person": gettext_lazy("by who gave"),
    "to_person": gettext_lazy("by who took over"),
}
COSTS: Mapping[str, str | Promise] = {
    "later_value": gettext_lazy("Days without first value, of the first 180"),
    "slower_value": gettext_lazy("Pace of reaching first value"),
    "reasks": gettext_lazy("Questions asked again"),
    "early_churn": gettext_lazy("Pace of leaving in the first year"),
}
LACKING: Mapping[str, str | Promise] = {
    "customers": gettext_lazy("customers"),
    "customers with first value": gettext_lazy("customers with first value"),
    "customers lost": gettext_lazy("customers lost"),
}
MOST_LINES = 14


def sentence(page: FidelityPage) -> str:
    """How much arrives, of how many hand-offs."""
    whole = page.whole
    if not whole.get("n"):
        return _("No hand-off has been confirmed yet, so nobody knows how much arrives")
    told = ngettext(
        "%(rate)s of what was known arrived with the next person, by %(n)s confirmed hand-off",
        "%(rate)s of what was known arrived with the next person, by %(n)s confirmed hand-offs",
        whole["n"],
    )
    return told % {"rate": written.rate(whole["fidelity"]), "n": written.count(whole["n"])}


def parts(page: FidelityPage) -> list[dict[str, str]]:
    """Each part of the product and the product, with its interval."""
    whole = page.whole
    named = (("completeness", _("Completeness"), _("of the items was filled in")),
             ("accuracy", _("Accuracy"), _("of what was filled in proved right")),
             ("reask_rate", _("Re-asks"), _("of the items was left empty and asked again")))  # fmt: skip
    told = [{"name": name, "value": written.rate(whole.get(code)), "small": small} for code, name, small in named]
    told.append({"name": _("Fidelity"), "value": written.rate(whole.get("fidelity")), "small": interval(whole)})
    return told


def interval(row: Mapping[str, Any]) -> str:
    """The ends of the 95 % interval; '' where there is none."""
    if row.get("low") is None:
        return ""
    values = {"low": written.hundredths(row["low"]), "high": written.rate(row["high"])}
    return _("95 %%: %(low)s–%(high)s") % values


def switch(page: FidelityPage) -> list[tuple[str, str, bool]]:
    """What fidelity can be compared by, for this viewer."""
    address = reverse("fidelity")
    return [(label(CUTS, cut), f"{address}?by={cut}#groups", cut == page.by) for cut in page.cuts]


def groups_chart(page: FidelityPage) -> ChartView:
    """Fidelity of each group with its interval, the lowest first; its table has the parts."""
    rows = sorted(page.groups.rows, key=lambda r: (r["fidelity"] is None, r["fidelity"] or 0))
    known = [r for r in rows if r["fidelity"] is not None and r["low"] is not None]
    shares = [Share(group_name(page, r), r["fidelity"], r["low"], r["high"], r["n"]) for r in known[:MOST_LINES]]
    title = _groups_title(page, known)
    return ChartView(
        key="groups",
        title=title,
        subtitle=_("mean fidelity of confirmed hand-offs, 95 % interval, n hand-offs; one alone has no interval"),
        drawing=draw(shares_picture(shares, _("fidelity")), title) if shares else None,
        grid=_groups_grid(page, rows),
        foot=_("Intervals that overlap do not tell the groups apart. Look for a cause in the form and the time that is "
               "given before you look at a person."),
    )  # fmt: skip


def group_name(page: FidelityPage, row: Mapping[str, Any]) -> str:
    """What a group is called: the two roles of a template, the name of a person."""
    value = row[page.by]
    return transition(value) if page.by == "template" else page.names.get(value, slice_value(value))


def transition(template: str | None) -> str:
    """A template as it is read: `sales_to_success` gives 'sales → success'."""
    return " → ".join(slice_value(template or "(none)").split("_to_")).replace("_", " ")


def trend_chart(page: FidelityPage) -> ChartView:
    """Fidelity by the quarter in which it was confirmed."""
    known = [q for q in page.quarters if q.low is not None and q.high is not None]
    shares = [Share(quarter(q), q.fidelity, q.low or 0.0, q.high or 1.0, q.n) for q in known]
    title = _trend_title(known)
    return ChartView("trend", title, _("by quarter of confirmation, 95 % interval, n hand-offs"),
                     draw(shares_picture(shares, _("fidelity")), title) if shares else None,
                     _trend_grid(page.quarters))  # fmt: skip


def quarter(found: Quarter) -> str:
    """A quarter of the calendar, such as 2026 Q3."""
    return f"{found.begins.year} Q{(found.begins.month - 1) // 3 + 1}"


def lost_grid(page: FidelityPage) -> Grid:
    """What each item left empty costs, or how much is lacking before that can be said."""
    heads = (Head(_("For each item left empty")), Head(_("Estimate"), is_number=True), Head(_("95 %"), is_number=True),
             Head(_("Customers"), is_number=True), Head(_("How, and what it does not prove")))  # fmt: skip
    return Grid(_("What a lost item costs"), heads, tuple(_lost_row(each) for each in page.lost))


def leak_chart(page: FidelityPage) -> ChartView | None:
    """From what was known to what was written, by what receivers say; None while too few have said."""
    found = page.leak
    if found.answered < FEWEST_ANSWERS:
        return None
    written_down = (found.answered - found.unwritten) / found.answered
    told = [(_("Receivers who answered"), 1.0, found.answered),
            (_("All that was known was written"), written_down, found.answered - found.unwritten)]  # fmt: skip
    title = _("In %(rate)s of the hand-offs more was known than was written") % {"rate": written.rate(1 - written_down)}
    bars = [Bar(name, share, "var(--new)", f"{name}: {written.count(n)}") for name, share, n in told]
    heads = (Head(_("Step")), Head(_("Hand-offs"), is_number=True), Head(_("Share"), is_number=True))
    rows = tuple((Cell(name), Cell(written.count(n), is_number=True), Cell(written.rate(share), is_number=True))
                 for name, share, n in told)  # fmt: skip
    return ChartView("leak", title, _("confirmed hand-offs, as of now"), draw(bars_picture(bars, _("share")), title),
                     Grid(_("From known to written"), heads, rows))  # fmt: skip


def leak_lacking(page: FidelityPage) -> str:
    """How many answers are lacking before the leak can be told."""
    lacking = FEWEST_ANSWERS - page.leak.answered
    told = ngettext(
        "Not enough data: %(n)s more receiver has to say whether more was known than was written.",
        "Not enough data: %(n)s more receivers have to say whether more was known than was written.",
        lacking,
    )
    return told % {"n": written.count(lacking)}


def lines_grid(lines: tuple[ScoredLine, ...]) -> Grid:
    """Confirmed hand-offs with their parts, the least faithful first."""
    heads = (
        Head(_("Customer")), *from_and_to(), Head(_("Transition")), Head(_("Confirmed")),
        Head(_("Complete"), is_number=True), Head(_("Right"), is_number=True), Head(_("Asked again"), is_number=True),
        Head(_("Fidelity"), is_number=True),
    )  # fmt: skip
    return Grid(_("Confirmed hand-offs"), heads, tuple(_line(each) for each in lines))


def lines_more(page: FidelityPage, offset: int) -> More | None:
    """The way to the next hand-offs."""
    end = offset + PAGE
    return More(f"{reverse('fidelity')}?offset={end}", end, page.found) if end < page.found else None


def _line(each: ScoredLine) -> tuple[Cell, ...]:
    found = each.scored
    return (
        Cell(each.customer, customer_address(found.customer_id)),
        Cell(each.giver or written.MISSING),
        Cell(each.receiver or written.MISSING),
        Cell(transition(found.template)),
        Cell(written.day(found.confirmed_on)),
        *(Cell(written.rate(share, 0), is_number=True) for share in
          (found.completeness, found.accuracy, found.reask_rate)),
        Cell(written.rate(found.fidelity), either_address(each.key, found.handoff_id), is_number=True),
    )  # fmt: skip


def _groups_title(page: FidelityPage, known: list[Mapping[str, Any]]) -> str:
    if len(known) < 2:
        return _("Too few hand-offs are confirmed to compare them")
    low, high = known[0], known[-1]
    values = {"low": group_name(page, low), "high": group_name(page, high), "least": written.rate(low["fidelity"], 0),
              "most": written.rate(high["fidelity"], 0)}  # fmt: skip
    if low["high"] >= high["low"]:
        return _("From %(least)s (%(low)s) to %(most)s (%(high)s): it may be chance") % values
    return _("%(low)s keeps %(least)s of what was known, %(high)s %(most)s") % values


def _groups_grid(page: FidelityPage, rows: list[Mapping[str, Any]]) -> Grid:
    heads = (
        Head(str(label(CUTS, page.by)).capitalize()), Head(_("Hand-offs"), is_number=True),
        Head(_("Complete"), is_number=True), Head(_("Right"), is_number=True), Head(_("Asked again"), is_number=True),
        Head(_("Fidelity"), is_number=True), Head(_("95 %"), is_number=True),
    )  # fmt: skip
    return Grid(_("Fidelity of groups"), heads, tuple(_group_row(page, row) for row in rows))


def _group_row(page: FidelityPage, row: Mapping[str, Any]) -> tuple[Cell, ...]:
    shares = (written.rate(row[name]) for name in ("completeness", "accuracy", "reask_rate", "fidelity"))
    ends = "" if row["low"] is None else f"{written.hundredths(row['low'])}–{written.rate(row['high'])}"
    many = written.MISSING if row["n"] is None else written.count(row["n"])
    return (Cell(group_name(page, row)), *(Cell(text, is_number=True) for text in (many, *shares, ends)))


def _trend_title(known: list[Quarter]) -> str:
    if len(known) < 2:
        return _("Too few quarters have confirmed hand-offs for a trend")
    first, last = known[0], known[-1]
    values = {"first": written.rate(first.fidelity, 0), "since": quarter(first), "last": written.rate(last.fidelity, 0),
              "now": quarter(last)}  # fmt: skip
    return _("From %(first)s in %(since)s to %(last)s in %(now)s") % values


def _trend_grid(quarters: tuple[Quarter, ...]) -> Grid:
    heads = (Head(_("Quarter")), Head(_("Hand-offs"), is_number=True), Head(_("Fidelity"), is_number=True),
             Head(_("95 %"), is_number=True))  # fmt: skip
    rows = tuple(
        (Cell(quarter(q)), Cell(written.count(q.n), is_number=True), Cell(written.rate(q.fidelity), is_number=True),
         Cell("" if q.low is None else f"{written.hundredths(q.low)}–{written.rate(q.high)}", is_number=True))
        for q in quarters
    )  # fmt: skip
    return Grid(_("Fidelity by quarter"), heads, rows)


def _lost_row(item: LostItem) -> tuple[Cell, ...]:
    told = " ".join(part for part in (_(item.method), _(item.caveat)) if part)
    if item.estimate is None:
        return (Cell(label(COSTS, item.cost)), Cell(_lacking(item)), Cell(""),
                Cell(written.count(item.n), is_number=True), Cell(told))  # fmt: skip
    ends = f"{_amount(item, item.low)} – {_amount(item, item.high)}"
    return (
        Cell(label(COSTS, item.cost)), Cell(_amount(item, item.estimate), is_number=True), Cell(ends, is_number=True),
        Cell(written.count(item.n), is_number=True), Cell(told),
    )  # fmt: skip


def _lacking(item: LostItem) -> str:
    if item.why_not:
        return item.why_not
    values = {"n": written.count(item.missing), "what": label(LACKING, item.missing_of)}
    return _("not enough data: %(n)s more %(what)s") % values


def _amount(item: LostItem, value: float | None) -> str:
    if value is None:
        return written.MISSING
    if item.unit == "days":
        return _("%(n)s days") % {"n": written.signed(written.number, value, 1)}
    return written.signed(written.number, value, 2) if item.unit == "reasks" else f"× {written.number(value, 2)}"
