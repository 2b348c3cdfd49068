"""Cover by hour: a heat map of the week that is its own table, with how many asked while nobody was there."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.answers.measures import MeasureAnswer
from relevo.web import format as written
from relevo.web.parts import ChartView, Grid

HEAT_STEPS = 6
DAYS: Mapping[str, str | Promise] = {
    "mon": gettext_lazy("Monday"),
    "tue": gettext_lazy("Tuesday"),
    "wed": gettext_lazy("Wednesday"),
    "thu": gettext_lazy("Thursday"),
    "fri": gettext_lazy("Friday"),
    "sat": gettext_lazy("Saturday"),
    "sun": gettext_lazy("Sunday"),
}
Row = Mapping[str, Any]


def cover_chart(answer: MeasureAnswer) -> ChartView | None:
    """The week; None where it is not known of any question whether somebody was there."""
    known = sum(row["n"] for row in answer.rows if row["n"])
    if not known:
        return None
    missed = {(row["weekday"], row["hour"]): _missed(row) for row in answer.rows}
    title = _title(missed, known)
    return ChartView(
        key="cover-week",
        title=title,
        subtitle=_("Questions of three months by weekday and hour of the company’s clock: how many began while nobody "
                   "was on shift or open"),
        drawing=_week(missed, title),
        grid=Grid(title, (), ()),
        files=((_("download"), reverse("measure", args=["cover", "csv"])),),
        is_own_table=True,
    )  # fmt: skip


def _missed(row: Row) -> int:
    """Questions that began while nobody was there, of those of which it is known."""
    return (row["n"] or 0) - (row["covered"] or 0)


def _title(missed: Mapping[tuple[str, int], int], known: int) -> str:
    total = sum(missed.values())
    if not total:
        return _("Somebody was there whenever a customer asked")
    day, hour = max(missed, key=lambda at: missed[at])
    values = {"share": written.rate(total / known), "day": DAYS[day], "hour": f"{hour:02}:00"}
    return _("%(share)s of questions began while nobody was there, most on %(day)s at %(hour)s") % values


def _week(missed: Mapping[tuple[str, int], int], title: str) -> SafeString:
    most = max(missed.values()) or 1
    return format_html(
        '<table class="heat"><caption class="hidden">{}</caption><thead><tr><th scope="col">{}</th>{}</tr></thead>'
        "<tbody>{}</tbody></table>",
        title,
        _("Hour"),
        format_html_join("", '<th scope="col">{}</th>', ((hour,) for hour in range(24))),
        format_html_join("", "{}", ((_day(day, missed, most),) for day in DAYS)),
    )


def _day(day: str, missed: Mapping[tuple[str, int], int], most: int) -> SafeString:
    cells = [missed.get((day, hour), 0) for hour in range(24)]
    return format_html(
        '<tr><th scope="row">{}</th>{}</tr>',
        DAYS[day],
        format_html_join(
            "", '<td class="h{}">{}</td>', ((_heat(n / most), written.count(n) if n else "") for n in cells)
        ),
    )


def _heat(share: float) -> int:
    """Colour step of a share of the largest cell."""
    return round(share * HEAT_STEPS)
