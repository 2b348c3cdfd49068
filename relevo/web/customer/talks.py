"""The tabs of conversations and of use, as tables and a picture."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from relevo.answers.customer_talks import TalkRow, customer_talks
from relevo.answers.customer_usage import UsageMonth, customer_usage
from relevo.answers.reading import Reading
from relevo.web import format as written
from relevo.web.charts.history import bars_picture
from relevo.web.charts.svg import draw
from relevo.web.customer.head import local, not_for_you
from relevo.web.labels import RATINGS, label
from relevo.web.numbers import offset_of
from relevo.web.parts import Cell, ChartView, Grid, Head, More
from relevo.web.reader import clock

MONTHS = 24
_DAY_S, _HOUR_S = 86_400, 3_600


def conversations(request: HttpRequest, reading: Reading, customer_id: str) -> Mapping[str, Any]:
    """The conversations, a page at a time."""
    page = customer_talks(reading, customer_id, offset_of(request))
    zone = clock()
    heads = (
        Head(_("Subject")),
        Head(_("Opened")),
        Head(_("First reply after")),
        Head(_("Solved")),
        Head(_("Who")),
        Head(_("Rating")),
    )
    rows = tuple(_talk(t, zone, reads=page.reads_conversations) for t in page.rows)
    href = f"{reverse('customer', args=[customer_id])}?tab=conversations&offset={page.next_offset}"
    return {
        "grid": Grid(_("Conversations"), heads, rows),
        "more": More(href, page.next_offset, page.found) if page.next_offset else None,
        "lead": _("%(found)s conversations, %(open)s of them open.")
        % {"found": written.count(page.found), "open": written.count(page.open_now)},
        "hidden": "" if page.reads_conversations else _("What was said is not for your role."),
        "empty": _("No conversation is known: load the tables conversation and message."),
    }


def conversation_records(_request: HttpRequest, reading: Reading, customer_id: str) -> tuple[list[str], list[Any]]:
    """Every conversation, for a file."""
    columns = list(TalkRow.__dataclass_fields__)
    return columns, [vars(t) for t in customer_talks(reading, customer_id, limit=None).rows]


def usage(_request: HttpRequest, reading: Reading, customer_id: str) -> Mapping[str, Any]:
    """How much the product was used, month by month."""
    months = customer_usage(reading, customer_id)
    chart = _chart(months, customer_id) if months else None
    return {"chart": chart, "empty": _("Nothing is known of its use: load the table usage.")}


def usage_records(_request: HttpRequest, reading: Reading, customer_id: str) -> tuple[list[str], list[Any]]:
    """Use by month, for a file."""
    columns = ["month", "events", "features", "days", "users"]
    return columns, [vars(m) for m in customer_usage(reading, customer_id)]


def lasted(span: timedelta | None) -> str:
    """A wait in the two units that matter: '2 d 3 h', '1 h 10 min', '45 min'."""
    if span is None:
        return written.MISSING
    seconds = max(0, int(span.total_seconds()))
    days, hours, minutes = seconds // _DAY_S, seconds % _DAY_S // _HOUR_S, seconds % _HOUR_S // 60
    if days:
        return _("%(days)s d %(hours)s h") % {"days": written.count(days), "hours": hours}
    if hours:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": minutes}
    return _("%(minutes)s min") % {"minutes": minutes}


def _talk(talk: TalkRow, zone: ZoneInfo, *, reads: bool) -> tuple[Cell, ...]:
    link = talk.url if (talk.url or "").startswith(("https://", "http://")) else ""
    about = " · ".join(part.replace("_", " ") for part in (talk.channel, talk.category) if part)
    subject = (talk.subject or written.MISSING) if reads else not_for_you()
    ended = talk.resolved_at or talk.closed_at
    return (
        Cell(subject, link or "", small=f"{about} · {_('escalated')}" if talk.escalated else about),
        Cell(written.minute(local(talk.opened_at, zone))),
        Cell(lasted(talk.first_reply)),
        Cell(written.minute(local(ended, zone)) if ended else _("still open"), small=_ending(talk)),
        Cell(talk.who or _("nobody")),
        Cell(_rating(talk), small=talk.comment or ""),
    )


def _ending(talk: TalkRow) -> str:
    reason = talk.close_reason
    return "" if reason in (None, "solved") else reason.replace("_", " ")


def _rating(talk: TalkRow) -> str:
    if talk.score is None:
        return ""
    if talk.rating == "happiness":
        return {1: _("great"), 0: _("okay"), -1: _("not good")}.get(talk.score, written.MISSING)
    score = written.count(talk.score)
    told = _("%(score)s of %(best)s") % {"score": score, "best": written.count(talk.best)} if talk.best else score
    return f"{label(RATINGS, talk.rating)} {told}"


def _chart(months: tuple[UsageMonth, ...], customer_id: str) -> ChartView:
    last = months[-1]
    values = {"events": written.count(last.events), "month": written.month(last.month)}
    title = _("Used %(events)s times in %(month)s so far") % values
    shown = [(m.month, m.events, f"{written.month(m.month)}: {written.count(m.events)}") for m in months[-MONTHS:]]
    heads = (
        Head(_("Month")),
        Head(_("Times used"), is_number=True),
        Head(_("Features"), is_number=True),
        Head(_("Days with use"), is_number=True),
        Head(_("Most people on a day"), is_number=True),
    )
    numbers = ("events", "features", "days", "users")
    rows = tuple(
        (Cell(written.month(m.month)), *(Cell(written.count(getattr(m, n)), is_number=True) for n in numbers))
        for m in reversed(months)
    )
    file = f"{reverse('customer', args=[customer_id])}?tab=usage&as=csv"
    return ChartView(
        "use", title, _("Times the product was used, by month"), draw(bars_picture(shown), title),
        Grid(_("Use"), heads, rows), files=((_("download"), file),),
        is_wide=True,
    )  # fmt: skip
