"""One customer."""

from datetime import UTC
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.customer import CustomerPage, Line, customer_page
from relevo.answers.values import Sentence, money
from relevo.web import format as written
from relevo.web.charts.history import history_picture
from relevo.web.charts.svg import draw
from relevo.web.happenings import tell
from relevo.web.labels import CAUSES, KINDS, LINE_KINDS, ROLES, label
from relevo.web.parts import Cell, ChartView, Grid, Head
from relevo.web.reader import reading_of
from relevo.web.sentences import say

SHOWN = 200


@require_safe
def customer(request: HttpRequest, customer_id: str) -> HttpResponse:
    """What a customer pays and paid, who holds it, and everything known to have happened; `?kind=` narrows that."""
    kind = request.GET.get("kind") or None
    shown_all = request.GET.get("all") == "1"
    page = customer_page(reading_of(request), customer_id, kind)
    lines = page.lines if shown_all else page.lines[:SHOWN]
    told = {
        "page": page,
        "sentence": say(page.sentence),
        "facts": _facts(page),
        "history": _history(page),
        "movements": _movements(page),
        "months": _months(lines, page.timezone),
        "kinds": _kinds(page, kind),
        "left_over": len(page.lines) - len(lines),
        "all_href": f"?{'kind=' + kind + '&' if kind else ''}all=1#timeline",
        "contacts": [
            {
                "name": c.name,
                "title": c.title,
                "role": label(ROLES, c.role),
                "left": written.day(c.left_on) if c.left_on else "",
            }
            for c in page.contacts
        ],
    }
    return render(request, "relevo/customer.html", told)


def _facts(page: CustomerPage) -> list[tuple[str, str]]:
    card, currency = page.card, page.stamp.currency
    return [
        (_("MRR"), written.money(card.mrr_cents, currency)),
        (_("MRR a year before"), written.money(page.mrr_year_before_cents, currency)),
        (_("Customer since"), written.day(card.since)),
        (_("Plan"), card.plan or written.MISSING),
        (_("Segment"), card.segment or written.MISSING),
        (_("Came through"), card.channel or written.MISSING),
        (_("Country"), card.country or written.MISSING),
        (_("Held by"), card.owner or _("nobody")),
    ]


def _history(page: CustomerPage) -> ChartView | None:
    if not page.history:
        return None
    currency = page.stamp.currency
    ends = {"first": money(page.history[0][1], currency), "last": money(page.history[-1][1], currency)}
    title = say(Sentence("customer.history.grew", ends))
    heads = (Head(_("Month")), Head(_("MRR"), is_number=True))
    rows = tuple(
        (Cell(written.month(month)), Cell(written.money(cents, currency), is_number=True))
        for month, cents in reversed(page.history)
    )
    subtitle = _("Monthly recurring revenue at month ends, %(currency)s") % {"currency": currency}
    drawing = draw(history_picture(page.history, currency), title)
    return ChartView("history", title, subtitle, drawing, Grid(_("MRR by month"), heads, rows), is_wide=True)


def _movements(page: CustomerPage) -> Grid:
    heads = (Head(_("Day")), Head(_("What happened")), Head(_("Cause")), Head(_("Change of MRR"), is_number=True))
    rows = tuple(
        (
            Cell(written.day(move.on)),
            Cell(label(KINDS, move.kind)),
            Cell(label(CAUSES, move.cause) or written.MISSING),
            Cell(written.signed(written.money, move.base_cents, page.stamp.currency), is_number=True),
        )
        for move in page.movements
    )
    return Grid(_("Movements"), heads, rows)


def _months(lines: tuple[Line, ...], timezone: str) -> list[dict[str, Any]]:
    """Lines grouped by the month in which they fall where the company is."""
    zone = ZoneInfo(timezone)
    told = [_line(line, zone) for line in lines]
    return [{"name": name, "lines": list(group)} for name, group in groupby(told, key=lambda t: t["month"])]


def _line(line: Line, zone: ZoneInfo) -> dict[str, Any]:
    happening = line.happening
    local = happening.at if happening.is_day else happening.at.replace(tzinfo=UTC).astimezone(zone)
    return {
        "month": written.month(local.year * 12 + local.month - 1),
        "day": written.day(local),
        "iso": local.date().isoformat(),
        "kind": happening.kind,
        "kind_name": label(LINE_KINDS, happening.kind),
        "text": tell(line),
        "who": line.who,
        "url": happening.url if (happening.url or "").startswith(("https://", "http://")) else "",
    }


def _kinds(page: CustomerPage, chosen: str | None) -> list[dict[str, Any]]:
    base = reverse("customer", args=[page.card.customer_id])
    everything = {"name": _("Everything"), "href": f"{base}#timeline", "on": chosen is None}
    kinds = ({"name": label(LINE_KINDS, k), "href": f"{base}?kind={k}#timeline", "on": k == chosen} for k in page.kinds)
    return [everything, *kinds]
