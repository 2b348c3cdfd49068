"""The triangle of cohorts: a heat map that is its own table, so that its numbers are sent and read once."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.answers.money import MoneyPage
from relevo.answers.values import RowsAsk
from relevo.base.errors import WrongUse
from relevo.web import format as written
from relevo.web.addresses import rows_address
from relevo.web.parts import ChartView, Grid
from relevo.web.sentences import say

HEAT_STEPS = 6
# What a cell may say: the rate of revenue, the rate of customers, or how many customers.
REVENUE, CUSTOMERS, COUNT = "revenue", "customers", "count"
_SHADE = {REVENUE: "mrr_rate", CUSTOMERS: "customer_rate", COUNT: "customer_rate"}
CELL_NAMES: dict[str, str | Promise] = {
    REVENUE: gettext_lazy("revenue, %"),
    CUSTOMERS: gettext_lazy("customers, %"),
    COUNT: gettext_lazy("customers"),
}
_SUBTITLES: dict[str, str | Promise] = {
    REVENUE: gettext_lazy(
        "Revenue kept by months since the start, per cent of the first month’s; a blank cannot be seen yet"
    ),
    CUSTOMERS: gettext_lazy(
        "Customers kept by months since the start, per cent of those who started; a blank cannot be seen yet"
    ),
    COUNT: gettext_lazy(
        "Customers still paying by months since the start; the shade is their share of those who started"
    ),
}
Row = Mapping[str, Any]


def cohorts_chart(page: MoneyPage, cells: str = REVENUE) -> ChartView:
    """The triangle of cohorts. WrongUse for cells that are none."""
    if cells not in CELL_NAMES:
        raise WrongUse(f"{cells[:40]!r} is not what a cell can say.", f"Ask one of {', '.join(CELL_NAMES)}.")
    title = say(page.cohorts_title)
    seen = [r for r in page.cohorts.rows if r["mrr_rate"] is not None and r["customer_rate"] is not None]
    return ChartView(
        key="cohorts",
        title=title,
        subtitle=str(_SUBTITLES[cells]),
        drawing=_triangle(seen, cells, title) if seen else None,
        grid=Grid(title, (), ()),
        files=((_("download"), reverse("measure", args=[page.cohorts.measure, "csv"])),),
        is_own_table=True,
    )


def _triangle(rows: Sequence[Row], cells: str, title: str) -> SafeString:
    by_cohort: dict[str, list[Row]] = {}
    for row in rows:
        by_cohort.setdefault(str(row["cohort"]), []).append(row)
    ages = sorted({int(row["age"]) for row in rows})
    return format_html(
        '<table class="heat"><caption class="hidden">{}</caption><thead><tr><th scope="col">{}</th>'
        '<th scope="col" class="number">n</th>{}</tr></thead><tbody>{}</tbody></table>',
        title,
        _("Started in"),
        format_html_join("", '<th scope="col">{}</th>', ((age,) for age in ages)),
        format_html_join("", "{}", ((_row(cohort, found, cells),) for cohort, found in by_cohort.items())),
    )


def _row(cohort: str, rows: Sequence[Row], cells: str) -> SafeString:
    return format_html(
        '<tr><th scope="row">{}</th><td class="number">{}</td>{}</tr>',
        written.month(cohort),
        written.count(rows[0]["customers"]),
        format_html_join("", '<td class="h{}"><a href="{}">{}</a></td>', (_cell(cohort, row, cells) for row in rows)),
    )


def _cell(cohort: str, row: Row, cells: str) -> tuple[int, str, str]:
    share = float(row[_SHADE[cells]])
    words = written.count(row["customers"]) if cells == COUNT else written.number(share * 100)
    return _heat(share), rows_address(RowsAsk("cohort_retention", cohort=cohort, age=int(row["age"]))), words


def _heat(share: float) -> int:
    """Colour step of a share: 40 % and less is lightest, 130 % and more darkest."""
    return max(0, min(HEAT_STEPS, round((share - 0.4) / 0.9 * HEAT_STEPS)))
