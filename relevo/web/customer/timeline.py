"""The timeline tab: lines by month with their icons, the filters that narrow it, and the next lines."""

from collections.abc import Mapping
from datetime import UTC
from itertools import groupby
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from relevo.answers.customer_timeline import DESK, Line, Timeline, TimelineAsk, customer_timeline
from relevo.answers.reading import Reading
from relevo.web import format as written
from relevo.web.customer.head import local
from relevo.web.happenings import tell
from relevo.web.labels import LINE_KINDS, NOTE_KINDS, label
from relevo.web.numbers import offset_of
from relevo.web.reader import clock

LONGEST = 200


def told(request: HttpRequest, reading: Reading, customer_id: str) -> Mapping[str, Any]:
    """What the tab says."""
    page = customer_timeline(reading, customer_id, _ask(request), str(clock()))
    base = reverse("customer", args=[customer_id])
    return {
        "timeline": page,
        "months": _months(page),
        "kinds": [{"code": k, "name": label(LINE_KINDS, k), "on": k in page.ask.kinds} for k in page.kinds],
        "base": base,
        "more_href": f"{base}?{_query(page)}" if page.next_offset else "",
        "left_over": page.found - (page.next_offset or page.found),
        "continued": written.month(page.last_month_before) if page.last_month_before else "",
    }


def records(request: HttpRequest, reading: Reading, customer_id: str) -> tuple[list[str], list[dict[str, Any]]]:
    """Every line that was asked for, for a file."""
    ask = _ask(request)
    page = customer_timeline(
        reading, customer_id, TimelineAsk(ask.kinds, ask.person, ask.text, limit=None), str(clock())
    )
    columns = ["at", "kind", "what", "who", "amount_cents", "currency", "number", "url", "filed_at"]
    return columns, [_record(line, page.timezone) for line in page.lines]


def _ask(request: HttpRequest) -> TimelineAsk:
    asked = request.GET
    kinds = tuple(sorted({kind for kind in asked.getlist("kind") if kind}))
    return TimelineAsk(kinds, asked.get("person", ""), asked.get("text", "")[:200], offset_of(request))


def _query(page: Timeline) -> str:
    ask = page.ask
    named = [("tab", "timeline"), *(("kind", k) for k in ask.kinds), ("person", ask.person), ("text", ask.text)]
    return urlencode([(k, v) for k, v in (*named, ("offset", str(page.next_offset or ""))) if v])


def _months(page: Timeline) -> list[dict[str, Any]]:
    """Lines grouped by the month in which they fall on the reader's clock."""
    zone = ZoneInfo(page.timezone)
    lines = [_line(line, zone) for line in page.lines]
    return [{"name": name, "lines": list(group)} for name, group in groupby(lines, key=lambda t: t["month"])]


def _line(line: Line, zone: ZoneInfo) -> dict[str, Any]:
    happening = line.happening
    at = happening.at if happening.is_day else local(happening.at, zone)
    return {
        "month": written.month(at.year * 12 + at.month - 1),
        "day": written.day(at),
        "iso": at.date().isoformat(),
        "kind": happening.kind,
        "kind_name": _kind_name(line),
        "text": _words(line),
        "who": line.who,
        "url": happening.url if (happening.url or "").startswith(("https://", "http://")) else "",
        "filed": written.minute(line.filed_at.astimezone(zone)) if line.filed_at else "",
        "note": line.note,
    }


def _kind_name(line: Line) -> str:
    if line.happening.kind != DESK:
        return label(LINE_KINDS, line.happening.kind)
    return label(NOTE_KINDS, line.happening.code.partition(".")[2])


def _words(line: Line) -> str:
    """A line of the book in words; of a note its first line, for its page has all of it."""
    if line.happening.kind != DESK:
        return tell(line)
    first = (line.happening.what or "").strip().splitlines()[0]
    return first if len(first) <= LONGEST else f"{first[:LONGEST]}…"


def _record(line: Line, timezone: str) -> dict[str, Any]:
    happening = line.happening
    at = happening.at.date() if happening.is_day else happening.at.replace(tzinfo=UTC).astimezone(ZoneInfo(timezone))
    return {
        "at": at,
        "kind": happening.kind,
        "what": happening.what if happening.kind == DESK else tell(line),
        "who": line.who,
        "amount_cents": happening.amount,
        "currency": happening.currency,
        "number": happening.number,
        "url": happening.url,
        "filed_at": line.filed_at,
    }


def empty_words(page: Timeline) -> str:
    """What is said where no line is found."""
    ask = page.ask
    if ask.kinds or ask.person or ask.text:
        return _("No line matches: take a filter away.")
    return _("Nothing is known of this customer beyond its name.")
