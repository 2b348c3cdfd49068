"""The overview of Conversations: the picture of three figures as a drawing and a table."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from relevo.answers.conversations.overview import Helper, SupportMap
from relevo.answers.conversations.told import Level
from relevo.base.periods import month_text
from relevo.web import format as written
from relevo.web.charts.bubbles import Bubble, bubbles_picture
from relevo.web.charts.svg import draw
from relevo.web.parts import Cell, ChartView, Grid, Head

RAW, EXPECTED = "", "expected"
MIX: dict[str, str | Promise] = {
    RAW: gettext_lazy("as it is"),
    EXPECTED: gettext_lazy("beside what their mix would take"),
}
_HOUR = 3600
# Above so many seconds a picture counts in hours.
_LONG = 2 * _HOUR


def map_chart(found: SupportMap, mix: str) -> ChartView:
    """Customers helped, response and replies per customer: a circle each, and with the mix a ring each."""
    title = _title(found)
    known = [each for each in found.helpers if each.response_s is not None and each.replies is not None]
    unit, name = _unit(known)
    spec = None
    if known:
        bubbles = [_bubble(each, unit) for each in known]
        up = _("median response, %(unit)s") % {"unit": name}
        spec = bubbles_picture(bubbles, _("customers helped"), up, with_rings=mix == EXPECTED)
    words = _("Three months to the end of %(month)s; the larger a circle, the more replies per customer.")
    if mix == EXPECTED:
        words += " " + _("A dashed ring is where the team as a whole would be on the same cases.")
    return ChartView(
        key="support-map",
        title=title,
        subtitle=words % {"month": written.month(found.month)},
        drawing=draw(spec, title) if spec else None,
        grid=map_grid(found),
        files=((_("download"), f"{reverse('measure', args=['support_map', 'csv'])}{_asked(found)}"),),
        foot=_foot(found, known),
        is_wide=True,
    )


def _asked(found: SupportMap) -> str:
    by = "&by=team" if found.told.level is Level.TEAMS else ""
    return f"?to={month_text(found.month)}{by}"


def _title(found: SupportMap) -> str:
    """The finding: whose long work is what their cases take, if it is so for anybody."""
    known = [each for each in found.helpers if each.replies and each.expected_replies]
    if not known:
        return _("Customers helped, response and replies per customer")
    most = max(known, key=lambda each: (each.replies or 0, each.name))
    values = {"name": most.name, "replies": written.ratio(most.replies),
              "expected": written.ratio(most.expected_replies)}  # fmt: skip
    if (most.expected_replies or 0) >= 0.9 * (most.replies or 0):
        return _("%(name)s writes most replies per customer, %(replies)s; those cases take %(expected)s") % values
    return _("%(name)s writes most replies per customer, %(replies)s, where the team would write %(expected)s") % values


def _unit(known: list[Helper]) -> tuple[int, str]:
    longest = max((s for each in known for s in (each.response_s, each.expected_response_s) if s), default=0)
    return (_HOUR, _("hours")) if longest > _LONG else (60, _("minutes"))


def _bubble(each: Helper, unit: int) -> Bubble:
    expected = each.expected_response_s
    return Bubble(
        name=each.name, x=each.customers, y=(each.response_s or 0) / unit, size=each.replies or 0, tip=_tip(each),
        expected_y=None if expected is None else expected / unit, expected_size=each.expected_replies,
    )  # fmt: skip


def _tip(each: Helper) -> str:
    """What a circle says, as the row of the table says it."""
    values = dict(zip(("customers", "response", "replies", "e_response", "e_replies"), _figures(each), strict=True))
    return _(
        "%(name)s: %(customers)s customers, response %(response)s, %(replies)s replies per customer; "
        "on the same cases the team: %(e_response)s, %(e_replies)s"
    ) % {**values, "name": each.name}


def _figures(each: Helper) -> tuple[str, ...]:
    return (
        written.count(each.customers), written.duration(each.response_s), written.ratio(each.replies),
        written.duration(each.expected_response_s), written.ratio(each.expected_replies),
    )  # fmt: skip


def map_grid(found: SupportMap) -> Grid:
    """The same as a table, in the order of names: no single column sorts people."""
    who = _("Team") if found.told.level is Level.TEAMS else _("Person")
    heads = (
        Head(who), Head(_("Customers helped"), is_number=True), Head(_("Response, median"), is_number=True),
        Head(_("Replies per customer"), is_number=True), Head(_("Response on such cases"), is_number=True),
        Head(_("Replies on such cases"), is_number=True),
    )  # fmt: skip
    rows = tuple((Cell(each.name), *(Cell(text, is_number=True) for text in _figures(each))) for each in found.helpers)
    return Grid(_("Customers helped, response and replies per customer"), heads, rows)


def _foot(found: SupportMap, known: list[Helper]) -> str:
    told = _("Read together, never one alone: who works long on hard cases helps fewer with more replies.")
    left_out = len(found.helpers) - len(known)
    if left_out:
        told += " " + _("Of %(n)s nothing is drawn: no response is known.") % {"n": written.count(left_out)}
    return told
