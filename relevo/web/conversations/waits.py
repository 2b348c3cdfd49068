"""The page of waits in words: the months as a picture, the promise by tier as bars, and the rows."""

from collections.abc import Sequence

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from relevo.answers.conversations.waits import WaitRow, WaitsPage
from relevo.web import format as written
from relevo.web.charts.fills import Bar, bars_picture
from relevo.web.charts.svg import draw
from relevo.web.charts.waits import waits_picture
from relevo.web.labels import slice_value
from relevo.web.parts import Cell, ChartView, Grid, Head, measure_grid

CUT_NAMES: dict[str, str | Promise] = {
    "tier": gettext_lazy("Service tier"),
    "category": gettext_lazy("Category"),
    "channel": gettext_lazy("Channel"),
    "team": gettext_lazy("Team"),
    "person": gettext_lazy("Person, own part"),
}


def months_chart(page: WaitsPage) -> ChartView | None:
    """Waits by month; None where the page is locked."""
    months = page.months
    if months is None:
        return None
    title = _months_title(page)
    drawing = draw(waits_picture(months.rows), title) if page.has_any else None
    return ChartView(
        key="months",
        title=title,
        subtitle=_("From the first question to a person’s first public answer, by the month of the answer; below each "
                   "month how many had no answer at its end"),
        drawing=drawing,
        grid=measure_grid(months),
        files=((_("download"), reverse("measure", args=["waits", "csv"])),),
        foot=_("Who still waits counts as longer than the wait has lasted so far (Kaplan–Meier), so that leaving hard "
               "cases unanswered does not make a month look better. Bots and automatic mails answer nothing."),
        is_wide=True,
    )  # fmt: skip


def _months_title(page: WaitsPage) -> str:
    rows = page.months.rows if page.months else ()
    known = [row for row in rows if row["first_response_s"] is not None]
    if len(known) < 2:
        return _("Waits for a first answer")
    values = {
        "before": written.duration(known[0]["first_response_s"]), "since": written.month(known[0]["month"]),
        "now": written.duration(known[-1]["first_response_s"]), "month": written.month(known[-1]["month"]),
    }  # fmt: skip
    return _("Half waited longer than %(now)s in %(month)s, longer than %(before)s in %(since)s") % values


def promise_chart(page: WaitsPage) -> ChartView:
    """Which tiers were answered when promised; it says where a promise is set while there is none."""
    known = [row for row in page.tiers if row.within is not None]
    title = _promise_title(known)
    bars = [
        Bar(_tier(row), row.within or 0.0, "var(--new)", f"{_tier(row)}: {written.rate(row.within)}, "
            + _("n %(count)s") % {"count": written.count(row.n)})
        for row in known
    ]  # fmt: skip
    picture = bars_picture(bars, _("share answered when promised"))
    return ChartView(
        key="promise", title=title,
        subtitle=_("First answers in the open hours that were promised, last complete month"),
        drawing=draw(picture, title) if known else None, grid=rows_grid(page.tiers, "tier"),
        files=((_("download"), reverse("measure", args=["waits", "csv"]) + "?by=tier"),),
        foot=_("An answer on closing time is in time; an open wait that has lasted longer than promised is not kept."),
    )  # fmt: skip


def _tier(row: WaitRow) -> str:
    promised = _(" (promised %(time)s)") % {"time": written.duration(row.promised_s)} if row.promised_s else ""
    return slice_value(row.value) + promised


def _promise_title(known: Sequence[WaitRow]) -> str:
    if not known:
        return _("No first answer with a promise was given in the last complete month")
    worst = min(known, key=lambda row: (row.within or 0.0, row.value))
    return _("%(tier)s was answered when promised in %(share)s of cases") % {
        "tier": slice_value(worst.value), "share": written.rate(worst.within),
    }  # fmt: skip


def rows_grid(rows: Sequence[WaitRow], cut: str) -> Grid:
    """The slices of the last complete month; by person only what is the person's own part."""
    own = cut == "person"
    heads = [Head(str(CUT_NAMES[cut])), Head(_("Own part, median") if own else _("Half waited"), is_number=True),
             Head(_("Nine in ten"), is_number=True)]  # fmt: skip
    if not own:
        heads += [Head(_("Half, open hours"), is_number=True), Head(_("When promised"), is_number=True)]
    heads += [Head(_("First answers"), is_number=True)]
    if not own:
        heads += [Head(_("Still waiting"), is_number=True)]
    return Grid(_("Waits for a first answer"), tuple(heads), tuple(_cells(row, own=own) for row in rows))


def _cells(row: WaitRow, *, own: bool) -> tuple[Cell, ...]:
    times = [written.duration(row.wait_s), written.duration(row.slow_s)]
    if own:
        texts = [*times, written.count(row.n)]
    else:
        texts = [*times, written.duration(row.open_hours_s), written.rate(row.within), written.count(row.n),
                 written.count(row.open_n)]  # fmt: skip
    return (Cell(slice_value(row.name)), *(Cell(text, is_number=True) for text in texts))


def still_waiting(page: WaitsPage) -> str:
    """How many had no answer when the last complete month ended."""
    n = page.months.last().get("open_n") if page.months else None
    if not n:
        return ""
    told = ngettext(
        "%(n)s customer had no answer when the month ended", "%(n)s customers had no answer when the month ended", n
    )
    return told % {"n": written.count(n)}
