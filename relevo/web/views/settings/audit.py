"""Settings, audit: who did what, filtered in the address, and as a file."""

import json
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from relevo.answers.settings_audit import AuditAsk, AuditLine, AuditPage, audit_page
from relevo.desk.people.actions import log_audit
from relevo.jobs.clock import now
from relevo.web import format as written
from relevo.web.downloads import csv_file
from relevo.web.numbers import offset_of
from relevo.web.parts import Cell, Grid, Head, More
from relevo.web.reader import home, reading_of
from relevo.web.views.settings.tabs import day_of, settings_page

COLUMNS = ("at", "who", "action", "about", "details")


@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """The audit: `?who=&action=&since=&until=`."""
    page = _asked(request, _ask(request))
    told = {
        "page": page,
        "grid": _grid(page),
        "more": _more(page),
        "csv_href": f"{reverse('audit-csv')}?{urlencode(_parameters(page.ask))}",
        "is_filtered": bool(_parameters(replace(page.ask, offset=0))),
    }
    if request.headers.get("HX-Request"):
        return render(request, "relevo/parts/grid_rows.html", told)
    return settings_page(request, "audit", told)


@require_safe
def audit_csv(request: HttpRequest) -> HttpResponse:
    """Everything that the page's question finds. Taking the audit out is audited too."""
    page = _asked(request, replace(_ask(request), limit=None, offset=0))
    log_audit(request.user.get_username(), "audit.exported", "", now(), _parameters(page.ask))
    return csv_file("audit", COLUMNS, (_record(line) for line in page.lines))


def _asked(request: HttpRequest, ask: AuditAsk) -> AuditPage:
    return audit_page(reading_of(request), ask, home().config().company.timezone)


def _ask(request: HttpRequest) -> AuditAsk:
    asked = request.GET
    days: dict[str, date | None] = {n: day_of(asked[n]) if asked.get(n) else None for n in ("since", "until")}
    return AuditAsk(
        asked.get("who", "")[:254], asked.get("action", "")[:64], days["since"], days["until"], offset_of(request)
    )


def _parameters(ask: AuditAsk) -> dict[str, str]:
    named = {
        "who": ask.who,
        "action": ask.action,
        "since": ask.since.isoformat() if ask.since else "",
        "until": ask.until.isoformat() if ask.until else "",
        "offset": str(ask.offset) if ask.offset else "",
    }
    return {name: value for name, value in named.items() if value}


def _more(page: AuditPage) -> More | None:
    if page.next_offset is None:
        return None
    asked = _parameters(replace(page.ask, offset=page.next_offset))
    return More(f"{reverse('audit')}?{urlencode(asked)}", page.next_offset, page.found)


def _grid(page: AuditPage) -> Grid:
    heads = tuple(Head(name) for name in (_("When"), _("Who"), _("Action"), _("About"), _("Details")))
    return Grid(_("Audit"), heads, tuple(_row(line) for line in page.lines))


def _row(line: AuditLine) -> tuple[Cell, ...]:
    told = "; ".join(f"{name}: {_plain(value)}" for name, value in line.details.items())
    return (Cell(written.moment(line.at)), Cell(line.who), Cell(line.action), Cell(line.about), Cell(told[:300]))


def _record(line: AuditLine) -> dict[str, Any]:
    details = json.dumps(line.details, ensure_ascii=False, sort_keys=True) if line.details else ""
    return vars(line) | {"at": line.at.isoformat(timespec="seconds"), "details": details}


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
