"""The page of types in words: time by category, contact rate by topic, and the change as a waterfall."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from relevo.answers.conversations.types import DriverRow, TypesPage, Volume, comparable
from relevo.web import format as written
from relevo.web.charts.fills import Bar, bars_picture
from relevo.web.charts.svg import draw
from relevo.web.charts.waterfall import Scale, Step, waterfall
from relevo.web.labels import slice_value
from relevo.web.parts import Cell, ChartView, Grid, Head, measure_grid
from relevo.web.sentences import say

STEPS: Mapping[str, str | Promise] = {
    "customers": pgettext_lazy("why contacts changed", "customers"),
    "mix": pgettext_lazy("why contacts changed", "mix"),
    "rate": pgettext_lazy("why contacts changed", "rate"),
    "others": pgettext_lazy("why contacts changed", "others"),
}
NONE = "(none)"


def category(name: str) -> str:
    """A category as it was set, with blanks; '(none)' in the reader's language."""
    return slice_value(name).replace("_", " ")


def time_chart(page: TypesPage) -> ChartView:
    """The part of the time that each category takes; whatever nobody filed is in sight."""
    known = [row for row in page.rows if row.share is not None]
    bars = [
        Bar(category(r.category), r.share or 0.0, "var(--neutral)" if r.category == NONE else "var(--new)",
            _("%(category)s: %(share)s of the time, %(minutes)s minutes, n %(n)s") % {
                "category": category(r.category), "share": written.rate(r.share),
                "minutes": written.count(r.minutes), "n": written.count(r.conversations)})
        for r in known
    ]  # fmt: skip
    title = _time_title(page)
    top = max((row.share or 0.0 for row in known), default=1.0)
    query = f"?{urlencode({'where': f'segment={page.segment}'})}" if page.segment else ""
    return ChartView(
        key="time",
        title=title,
        subtitle=_("Part of the time spent on conversations that began in the last three months"),
        drawing=draw(bars_picture(bars, _("share of the time"), top=top), title) if bars else None,
        grid=measure_grid(page.types) if page.types else Grid(title, (), ()),
        files=((_("download"), reverse("measure", args=["work_types", "csv"]) + query),),
        foot=_("Time is what systems measured; a reply that nobody measured counts as the mean measured one, and as "
               "five minutes where none was. The parts add up to all."),
    )  # fmt: skip


def _time_title(page: TypesPage) -> str:
    known = {row.category: row.share for row in page.rows if row.share is not None}
    if not known:
        return _("What takes the time")
    if NONE in known:
        return _("%(share)s of the time is filed under nothing") % {"share": written.rate(known[NONE])}
    most = max(known, key=lambda name: (known[name], name))
    return _("“%(category)s” takes %(share)s of the time") % {
        "category": category(most), "share": written.rate(known[most]),
    }  # fmt: skip


def volume_chart(volume: Volume) -> ChartView:
    """The contacts of two months and what lies between them, step by step."""
    title = say(comparable(volume))
    return ChartView(
        key="volume",
        title=title,
        subtitle=_("Conversations that began in %(since)s and in %(until)s, and why there were more or fewer")
        % {"since": written.month(volume.since), "until": written.month(volume.until)},
        drawing=draw(waterfall(_steps(volume), Scale(1, _("conversations")), "", width=560), title),
        grid=drivers_grid(volume),
        foot=_("As if only the number of active customers had moved, only their mix of segments, only how often "
               "customers of a segment write: the mean over all orders (Shapley). Others are unknown senders and "
               "customers that do not pay. The steps add up exactly."),
    )  # fmt: skip


def _steps(volume: Volume) -> list[Step]:
    steps = [Step(written.month(volume.since), 0, volume.before, "var(--neutral)", is_level=True)]
    level = volume.before
    for name, part in volume.steps.items():
        colour = "var(--contraction)" if part > 0 else "var(--expansion)"
        steps.append(Step(str(STEPS[name]), level, level + part, colour))
        level += part
    return [*steps, Step(written.month(volume.until), 0, volume.after, "var(--neutral)", is_level=True)]


def drivers_grid(volume: Volume) -> Grid:
    """Each topic with its contacts, how often 100 active customers wrote about it, and the parts of the change."""
    heads = (
        Head(_("Topic")), Head(written.month(volume.since), is_number=True),
        Head(written.month(volume.until), is_number=True), Head(_("Per 100 then"), is_number=True),
        Head(_("Per 100 now"), is_number=True),
        *(Head(_("By %(part)s") % {"part": str(name)}, is_number=True) for name in STEPS.values()),
    )  # fmt: skip
    total = sum((_numbers(row)[0] for row in volume.drivers), 0), sum((_numbers(row)[1] for row in volume.drivers), 0)
    foot = (
        Cell(_("All")), *(Cell(written.count(n), is_number=True) for n in total), Cell(""), Cell(""),
        *(Cell(written.signed(written.count, volume.steps[name]), is_number=True) for name in STEPS),
    )  # fmt: skip
    return Grid(_("Contacts by topic"), heads, tuple(_driver_cells(row) for row in volume.drivers), foot)


def _numbers(row: DriverRow) -> tuple[int, int]:
    return row.change.before, row.change.after


def _driver_cells(row: DriverRow) -> tuple[Cell, ...]:
    parts = [float(getattr(row.change, name)) for name in STEPS]
    texts = [
        *(written.count(n) for n in _numbers(row)), written.number(row.per_100_before, 1),
        written.number(row.per_100, 1), *(_signed(part) for part in parts),
    ]  # fmt: skip
    return (Cell(category(row.change.driver)), *(Cell(text, is_number=True) for text in texts))


def _signed(part: float) -> str:
    """A part to one decimal with its sign; what rounds to nothing has none."""
    return written.signed(written.number, round(part, 1) or 0.0, 1)
